//! A place with all that stands round it: words, block, sentence, tokens, rows, rule, and what a record rests on.

use super::lost::kind_of;
use super::reading::Reading;
use super::{Block, Explanation, Hit, Published, Rule, Sentence, Step, Token, Words};
use crate::confidence::Measure;
use crate::extract;
use crate::gazetteer::hits;
use crate::mention::{Mention, Span};
use crate::record::{Fact, Kind};
use crate::text::fold::fold;
use crate::text::vocabulary::Word;
use crate::trace::{Note, What};

/// How many tokens on either side of what is explained are shown.
const AROUND: usize = 4;
/// Most tokens of a phrase of the tables that begins before what is shown.
const LONGEST: usize = 24;

/// What a place is explained from.
#[derive(Clone, Copy)]
pub(super) struct View {
    /// the words that are explained
    pub span: Span,
    /// the same with all that belongs to them: the posts of a person
    pub hull: Span,
    /// the kind of the record
    pub kind: Option<Kind>,
    /// the kind that is asked for, where there is no record
    pub only: Option<Kind>,
}

impl Reading<'_> {
    /// All that is said of a place, but for what only a record or its lack has.
    pub(super) fn explanation(&self, view: View) -> Explanation {
        let first = view.span.start;
        let sentence = self.doc.sentence(first);
        let window = Span::new(
            view.hull.start.saturating_sub(AROUND).max(sentence.start.min(view.hull.start)),
            (view.hull.end + AROUND).min(sentence.end.max(view.hull.end)),
        );
        Explanation {
            doc: self.article.id.to_string(),
            words: self.words(view.span),
            record: None,
            rule: None,
            why_not: Vec::new(),
            published: self.published(),
            block: self.block(first),
            sentence: Sentence { index: self.doc.sentence_of(first), words: self.words(sentence) },
            tokens: (window.start..window.end).map(|i| self.shown(i, view.hull)).collect(),
            hits: self.hits(window, view.hull),
            steps: self.steps(view),
            lost: self.lost(view.hull, view.only, |_| true),
            related: Vec::new(),
        }
    }

    /// The tokens of a mention and of the posts that it has.
    pub(super) fn hull(&self, mention: &Mention<Fact>) -> Span {
        let Fact::Official(official) = &mention.value else { return mention.span };
        let token = |byte: usize| self.doc.tokens.partition_point(|t| (t.start as usize) < byte);
        let titles = official.titles.iter().map(|title| Span::new(token(title.start), token(title.end)));
        titles.fold(mention.span, |a, b| Span::new(a.start.min(b.start), a.end.max(b.end)))
    }

    /// The words of `span`, as far as they stand in the article and in one field.
    pub(super) fn words(&self, span: Span) -> Words {
        let (tokens, text_start) = (&self.doc.tokens, self.doc.text_start);
        let start = span.start.min(tokens.len() - 1);
        let last = match (tokens[start].start as usize) < text_start {
            true => tokens.partition_point(|token| (token.start as usize) < text_start),
            false => tokens.len(),
        };
        let span = Span::new(start, span.end.clamp(start + 1, last));
        let bytes = self.doc.bytes(span);
        let (field, start) = self.places.of(bytes.start);
        Words { field, start, end: self.places.of(bytes.end).1, text: self.doc.surface(span).into() }
    }

    fn published(&self) -> Option<Published> {
        let day = self.doc.published?;
        let from = match (self.article.published, self.doc.stamp) {
            (Some(_), _) => "given with the article".into(),
            (None, Some(stamp)) => format!("the page's stamp `{}`", self.doc.normal(stamp.span)),
            (None, None) => "given for articles without a date".into(),
        };
        Some(Published { day, from })
    }

    fn block(&self, at: usize) -> Block {
        let words = |n: usize| {
            let block = &self.doc.blocks[n];
            self.words(Span::new(block.start, block.end))
        };
        let n = self.doc.block_of(at);
        let block = &self.doc.blocks[n];
        let Words { start, end, .. } = words(n);
        Block {
            kind: block.kind,
            start,
            end,
            duplicate_of: block.duplicate_of.map(|first| words(first).start),
        }
    }

    fn shown(&self, i: usize, hull: Span) -> Token {
        let token = &self.doc.tokens[i];
        Token {
            words: self.words(Span::token(i)),
            folded: fold(&self.doc.spelling(i)),
            shape: token.shape,
            gap: token.gap,
            known: token.word != Word::UNKNOWN,
            inside: hull.contains(i),
            taken: self.found.claimed(i),
        }
    }

    /// The hits that share a token with `window`.
    fn hits(&self, window: Span, hull: Span) -> Vec<Hit> {
        let starts = window.start.saturating_sub(LONGEST)..window.end;
        let hits = starts.flat_map(|i| self.doc.hits.at(i)).filter(|hit| hit.span().overlaps(window));
        hits.map(|hit| self.hit(*hit, hull)).collect()
    }

    /// A hit with its row.
    pub(super) fn hit(&self, hit: hits::Hit, hull: Span) -> Hit {
        let table = self.pipeline.gazetteers().table(hit.table);
        let row = &table.rows[hit.row as usize];
        let cells = table.schema.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(column, cell)| (column.name, cell.clone())).collect();
        let reads = extract::EXTRACTORS.iter().filter(|entry| entry.tables.contains(&hit.table));
        Hit {
            words: self.words(hit.span()),
            table: table.schema.name,
            row: row.place(),
            cells,
            inside: hit.span().overlaps(hull),
            inner: self.is_inner(hit),
            read_for: reads.map(|entry| entry.kind).collect(),
        }
    }

    /// Whether a longer phrase of the same table stands over a hit.
    fn is_inner(&self, hit: hits::Hit) -> bool {
        let (start, end) = (hit.start as usize, hit.end);
        let mut over = (start.saturating_sub(LONGEST)..=start).flat_map(|i| self.doc.hits.of(hit.table, i));
        over.any(|other| other.end >= end && (other.start, other.end) != (hit.start, end))
    }

    /// The rule of a mention, and how it was measured.
    pub(super) fn rule(&self, mention: &Mention<Fact>) -> Option<Rule> {
        let kind = mention.value.kind();
        let (_, rule) = extract::rules().find(|(_, rule)| rule.name == mention.rule)?;
        let extract::Rule { name, finds, example } = *rule;
        let measured = Measure::new(self.pipeline.gazetteers(), kind, name);
        Some(Rule { name, finds, example, confidence: self.pipeline.confidence(name), measured })
    }

    /// What the notes say that the mention at `view` rests on.
    fn steps(&self, view: View) -> Vec<Step> {
        let own = |note: &&Note| view.kind == kind_of(note.rule);
        let mut steps: Vec<Step> = Vec::new();
        for note in self.notes(view.span, What::Step).filter(own) {
            let elsewhere = note.on.filter(|on| !view.span.contains(on.start));
            let on = elsewhere.map(|on| self.words(self.around(on)));
            let step = Step { why: note.why.to_string(), on };
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        steps
    }

    /// The mention that begins on `span`, or holds it if it is one token; else the words themselves.
    fn around(&self, span: Span) -> Span {
        let before = self.mentions.partition_point(|mention| mention.span.start <= span.start);
        let mut near = self.mentions[..before].iter().rev().take(8).map(|mention| mention.span);
        let one = span.end == span.start + 1;
        near.find(|mention| one && mention.contains(span.start)).unwrap_or(span)
    }
}
