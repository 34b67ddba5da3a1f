//! An article made ready for the extractors: tokens, hits, blocks, sentences.

use crate::article::Article;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::hits::{Hit, Hits};
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::block::{self, Block, BlockKind};
use crate::text::fold;
use crate::text::page::Page;
use crate::text::sentence::{self, Sentence};
use crate::text::stamp::{self, Stamp};
use crate::text::token::{Gap, Shape, Token, tokenize};
use crate::text::vocabulary::{Cache, Lookup, Word};
use crate::trace::Trace;
use jiff::civil::Date;
use std::borrow::Cow;

/// What a worker keeps from article to article.
#[derive(Default)]
pub struct Scratch {
    cache: Cache,
    tokens: Vec<Token>,
    hits: Hits,
}

/// An article made ready. A title kept apart is read as a first line of its own, before the text; offsets are those
/// of `source`; the pipeline tells which field and place they mean.
pub struct Document<'a> {
    /// the tables
    pub gazetteers: &'a Gazetteers,
    /// title (if kept apart) and text
    pub source: Cow<'a, str>,
    /// where the text starts in `source`; 0 without a title of its own
    pub text_start: usize,
    /// the day the article was published, from the dump or from the page's own stamp
    pub published: Option<Date>,
    /// the page's own publication stamp
    pub stamp: Option<Stamp>,
    /// the tokens
    pub tokens: Vec<Token>,
    /// the phrases of the tables found in them
    pub hits: Hits,
    /// the blocks, covering all tokens
    pub blocks: Vec<Block>,
    /// the sentences, covering all tokens
    pub sentences: Vec<Sentence>,
    /// what extractors note of their decisions; off unless somebody asks
    pub trace: Trace,
}

impl<'a> Document<'a> {
    /// Reads `article`: tokens, hits, blocks, sentences, in this order.
    pub fn new(article: &'a Article<'_>, gazetteers: &'a Gazetteers, scratch: &mut Scratch) -> Self {
        let (source, text_start) = match &article.title {
            Some(title) => (Cow::Owned(format!("{title}\n{}", article.text)), title.len() + 1),
            None => (Cow::Borrowed(article.text.as_ref()), 0),
        };
        let (mut tokens, mut hits) = (std::mem::take(&mut scratch.tokens), std::mem::take(&mut scratch.hits));
        tokens.clear();
        tokenize(&source, &mut Lookup::Read(&gazetteers.vocabulary, &mut scratch.cache), &mut tokens);
        let body = tokens.partition_point(|t| (t.start as usize) < text_start);
        if let Some(first) = tokens.get_mut(body) {
            first.gap = Gap::Line; // whatever the two lines look like, a title ends where the text begins
        }
        gazetteers.matcher.scan(&tokens, &mut hits);
        let stamp = stamp::find(&source, &tokens);
        let page = Page { source: &source, tokens: &tokens, hits: &hits, tables: &gazetteers.page };
        let blocks = block::blocks(&page, body, stamp);
        let sentences = sentence::sentences(&page, &blocks);
        Document {
            gazetteers,
            source,
            text_start,
            published: article.published.or(stamp.map(|s| s.date)),
            stamp,
            tokens,
            hits,
            blocks,
            sentences,
            trace: Trace::default(),
        }
    }

    /// Gives the memory that it took from `scratch` back to it, for the next article.
    pub fn give_back(self, scratch: &mut Scratch) {
        (scratch.tokens, scratch.hits) = (self.tokens, self.hits);
    }

    /// The word of token `i`; unknown past the end.
    pub fn word(&self, i: usize) -> Word {
        self.tokens.get(i).map_or(Word::UNKNOWN, |t| t.word)
    }

    /// Whether token `i` is this mark.
    pub fn is_mark(&self, i: usize, mark: u8) -> bool {
        self.word(i) == Word::mark(mark)
    }

    /// The shape of token `i`; a mark past the end.
    pub fn shape(&self, i: usize) -> Shape {
        self.tokens.get(i).map_or(Shape::Mark, |t| t.shape)
    }

    /// The gap before token `i`; a line past the end.
    pub fn gap(&self, i: usize) -> Gap {
        self.tokens.get(i).map_or(Gap::Line, |t| t.gap)
    }

    /// The longest hit of a table that starts at token `i`.
    pub fn hit(&self, table: TableId, i: usize) -> Option<Hit> {
        self.hits.longest(table, i)
    }

    /// The byte range of a span.
    pub fn bytes(&self, span: Span) -> std::ops::Range<usize> {
        self.tokens[span.start].start as usize..self.tokens[span.end - 1].end as usize
    }

    /// The text of a span exactly as given.
    pub fn surface(&self, span: Span) -> &str {
        &self.source[self.bytes(span)]
    }

    /// Token `i` as rules read it: in NFC, without ignorable characters; empty past the end.
    pub fn spelling(&self, i: usize) -> Cow<'_, str> {
        self.tokens
            .get(i)
            .map_or(Cow::Borrowed(""), |t| fold::clean(&self.source[t.start as usize..t.end as usize]))
    }

    /// The text of a span in NFC, with single spaces and without ignorable characters.
    pub fn normal(&self, span: Span) -> String {
        let surface = self.surface(span);
        if fold::is_tidy(surface) {
            return surface.to_string();
        }
        let clean = fold::clean(surface);
        clean.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The index of the sentence that holds token `i`.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|s| s.end <= i)
    }

    /// The tokens of the sentence that holds token `i`.
    pub fn sentence(&self, i: usize) -> Span {
        let s = &self.sentences[self.sentence_of(i)];
        Span::new(s.start, s.end)
    }

    /// The index of the block that holds token `i`.
    pub fn block_of(&self, i: usize) -> usize {
        self.blocks.partition_point(|b| b.end <= i)
    }

    /// Whether token `i` stands in page furniture, which states no facts.
    pub fn is_furniture(&self, i: usize) -> bool {
        self.blocks[self.block_of(i)].kind == BlockKind::Boilerplate
    }
}
