//! CoNLL: a token a line, a blank line behind each sentence, `-DOCSTART-` before each article.
//!
//! Columns, by tabs: the token, its first code point on the page, one past its last, and the tag: `O`, or `B-`/`I-` with
//! `OFFICIAL`, `TITLE`, `CODE`, `DATE`, `COUNT` or `AWARD`. Tokens and sentences are those that the rules read. A tag is
//! one layer: where marks overlap the one that begins first counts, of those the longest, of those the first by the
//! order of the labels; what it covers is `O`-free but has no tags of its own.

use super::Format;
use super::lines::{Frame, open};
use super::page::Page;
use crate::article::Article;
use crate::document::Scratch;
use crate::error::Error;
use crate::gazetteer::Gazetteers;
use crate::output::sink::Sink;
use crate::pipeline::{Pipeline, SentenceRecord};
use crate::record::{ArticleRecord, Kind};
use crate::text::codepoint::CodePoints;
use crate::text::token::{Token, tokenize};
use crate::text::vocabulary::{Cache, Lookup, Vocabulary};
use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

/// This format.
pub const FORMAT: Format = Format {
    name: "conll",
    about: "CoNLL with BIO tags: one token a line, its code points, and its tag",
    has_texts: true,
    open: to,
};

fn to(path: Option<&Path>) -> Result<Box<dyn Sink>, Error> {
    let mut writer = Writer {
        // Only its sentences are needed: the fewest extractors.
        pipeline: Pipeline::new(Gazetteers::embedded()?, &[Kind::Code]),
        scratch: Scratch::default(),
        vocabulary: Vocabulary::default(),
        cache: Cache::default(),
        tokens: Vec::new(),
    };
    open(path, Frame::default(), move |article, out| writer.article(article, out))
}

struct Writer {
    pipeline: Pipeline,
    scratch: Scratch,
    vocabulary: Vocabulary,
    cache: Cache,
    tokens: Vec<Token>,
}

impl Writer {
    fn article(&mut self, article: &ArticleRecord<'_>, out: &mut Vec<u8>) {
        let page = Page::new(article);
        let layer = layer(&page);
        let doc: String = article.doc.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(out, "-DOCSTART- {doc}\n").expect(MEMORY);
        let source = Article {
            id: Cow::Borrowed(&article.doc),
            title: article.title.as_deref().map(Cow::Borrowed),
            text: article.text.as_deref().map_or(Cow::Borrowed(""), Cow::Borrowed),
            published: article.published,
            url: None,
        };
        let Writer { pipeline, scratch, vocabulary, cache, tokens } = self;
        pipeline.sentences(&source, scratch, |sentence| {
            tokens.clear();
            tokenize(sentence.text, &mut Lookup::Read(vocabulary, cache), tokens);
            write(&page, &sentence, tokens, &layer, out);
        });
    }
}

const MEMORY: &str = "what goes to memory can always be written";

/// The marks that are shown: start, end, label in capitals.
fn layer(page: &Page<'_>) -> Vec<(usize, usize, String)> {
    let mut marks: Vec<_> = page.marks.iter().collect();
    marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end), mark.label));
    let mut shown: Vec<(usize, usize, String)> = Vec::new();
    for mark in marks {
        if shown.last().is_none_or(|last| last.1 <= mark.start) {
            shown.push((mark.start, mark.end, mark.label.name().to_uppercase()));
        }
    }
    shown
}

fn write(
    page: &Page<'_>,
    sentence: &SentenceRecord<'_>,
    tokens: &[Token],
    layer: &[(usize, usize, String)],
    out: &mut Vec<u8>,
) {
    let points = CodePoints::new(sentence.text);
    let base = page.at(sentence.field, sentence.start);
    // A mark that runs over the end of a sentence goes on in the next one as a mark of its own.
    let mut inside = None;
    for token in tokens {
        let [start, end] = [token.start, token.end].map(|byte| base + points.at(byte as usize));
        let over = layer.partition_point(|mark| mark.1 <= start);
        let mark = layer.get(over).filter(|mark| mark.0 < end);
        let tag = match mark {
            Some((.., label)) if inside == Some(over) => format!("I-{label}"),
            Some((.., label)) => format!("B-{label}"),
            None => "O".into(),
        };
        inside = mark.map(|_| over);
        let word = &sentence.text[token.start as usize..token.end as usize];
        writeln!(out, "{word}\t{start}\t{end}\t{tag}").expect(MEMORY);
    }
    out.push(b'\n');
}
