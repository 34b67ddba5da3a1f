//! What was considered and given up, and why there is no record.

use super::reading::Reading;
use super::{Explanation, Lost};
use crate::extract;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::record::Kind;
use crate::text::block::BlockKind;
use crate::text::token::Shape;
use crate::trace::{Note, What};
use std::cmp::Reverse;

impl Reading<'_> {
    /// The candidates given up in `span`: of the kind wanted, and no mere part of a mention of their kind.
    pub(super) fn lost(&self, span: Span, kind: Option<Kind>, wanted: impl Fn(&&Note) -> bool) -> Vec<Lost> {
        let mut lost: Vec<(Span, Lost)> = Vec::new();
        for note in self.notes(span, What::Lost).filter(wanted) {
            let Some(of) = kind_of(note.rule).filter(|of| kind.is_none_or(|kind| kind == *of)) else {
                continue;
            };
            // An attempt that in the end became a record of its kind, or part of one, lost nothing.
            if self.is_covered(note.span, of) {
                continue;
            }
            let why = note.why.to_string();
            lost.push((note.span, Lost { words: self.words(note.span), kind: of, rule: note.rule, why }));
        }
        lost.sort_by(|(a, x), (b, y)| (a, x.kind, x.rule, &x.why).cmp(&(b, y.kind, y.rule, &y.why)));
        lost.dedup();
        lost.into_iter().map(|(_, lost)| lost).collect()
    }

    /// The notes that share a token with `span`.
    pub(super) fn notes(&self, span: Span, what: What) -> impl Iterator<Item = &Note> {
        let from = self.notes.partition_point(|note| note.span.start + self.longest <= span.start);
        let near = self.notes[from..].iter().take_while(move |note| note.span.start < span.end);
        near.filter(move |note| note.what == what && note.span.end > span.start)
    }

    /// Whether a record of `kind` stands on one of the tokens of `span`.
    fn is_covered(&self, span: Span, kind: Kind) -> bool {
        let end = span.end.min(self.covered.len());
        self.covered[span.start.min(end)..end].iter().any(|kinds| kinds & (1 << kind as u8) != 0)
    }

    /// What makes a block page furniture, if it is.
    fn furniture(&self, block: usize) -> Option<String> {
        let is_furniture = |n: usize| self.doc.blocks[n].kind == BlockKind::Boilerplate;
        if !is_furniture(block) {
            return None;
        }
        let hit = |n: usize| {
            let start = self.doc.blocks[n].start;
            let hits = (start..self.doc.blocks[n].end.min(start + 4))
                .flat_map(|i| self.doc.hits.of(TableId::Furniture, i));
            hits.max_by_key(|hit| (Reverse(hit.start), hit.end))
        };
        let mut run = (0..=block).rev().take_while(|&n| is_furniture(n));
        let told = run.find_map(|n| hit(n).map(|hit| (n, self.hit(hit, hit.span()))));
        let by = match told {
            Some((n, hit)) if n == block => format!("by the words `{}` ({})", hit.words.text, hit.row),
            Some((_, hit)) => format!("below `{}` at {} ({})", hit.words.text, hit.words.start, hit.row),
            None => "by the layout of the page".into(),
        };
        Some(format!("it stands in page furniture, in which no facts are looked for: told {by}"))
    }

    /// Why there is no record at token `at`, beside what was given up there.
    pub(super) fn why_not(&self, at: usize, explanation: &Explanation) -> Vec<String> {
        let mut why: Vec<String> = self.furniture(self.doc.block_of(at)).into_iter().collect();
        let over = self.mentions.iter().zip(&self.records).filter(|(mention, _)| mention.span.contains(at));
        why.extend(
            over.map(|(_, record)| format!("it is part of `{}`, which {} took", record.text, record.rule)),
        );
        if explanation.lost.is_empty() && why.is_empty() {
            let phrase = explanation.hits.iter().any(|hit| hit.inside);
            let known = explanation.tokens.iter().any(|token| token.inside && token.known);
            let starts = self.doc.shape(at) == Shape::Digits || self.doc.shape(at).is_capital();
            why.push(untried(phrase, starts, known).into());
        }
        why
    }
}

/// Why nothing was tried: whether phrases of the tables stand there, whether it is a number or has a capital, and whether
/// some phrase has the word.
fn untried(phrase: bool, starts: bool, known: bool) -> &'static str {
    match (phrase, starts, known) {
        (true, ..) => {
            "phrases of the tables stand here, but no rule makes a record of them in these surroundings"
        }
        (_, true, _) => "no rule reads this number or name, and no phrase of a table stands here",
        (_, _, true) => "no phrase of a table stands here: the word is only known as part of longer ones",
        _ => "no table knows this word: nothing is tried here",
    }
}

/// The kind of record that a rule makes.
pub(super) fn kind_of(rule: &str) -> Option<Kind> {
    extract::rules().find(|(_, known)| known.name == rule).map(|(kind, _)| kind)
}
