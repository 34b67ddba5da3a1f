//! What the stages after the tokens read a page with: its text, tokens and hits, and the tables that tell furniture
//! from text and abbreviations from the ends of sentences.

use super::fold;
use super::keyword as kw;
use super::token::{Gap, Shape, Token};
use super::vocabulary::Word;
use crate::gazetteer::hits::{Hit, Hits};
use crate::gazetteer::schema::TableId;
use crate::gazetteer::table::Table;
use std::borrow::Cow;

/// What may follow the dot of an abbreviation for it to end the sentence too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtEnd {
    /// any capital: `v.v. Theo`
    Capital,
    /// a word that opens sentences: `TS. Trong đó` but not `TS. Trung`
    Opener,
    /// the same, where the name of a place may follow: `TP. Trong đó` but not `TP. Vinh`
    Place,
}

/// What a line that starts with a phrase of the furniture table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// furniture, if it starts so
    Line,
    /// furniture, if it says nothing else
    Whole,
    /// the same, and what follows it too
    Cut,
    /// furniture, if a number stands before it and nothing else
    Counted,
}

/// The columns of the tables that a page is read with, by row.
pub struct PageTables {
    abbreviations: Vec<AtEnd>,
    strong: Vec<bool>,
    furniture: Vec<(Effect, bool)>,
}

impl PageTables {
    /// Compiles the tables, which `table` gives.
    pub fn new<'t>(table: impl Fn(TableId) -> &'t Table) -> Self {
        let (abbreviations, openers) = (table(TableId::Abbreviations), table(TableId::Openers));
        let furniture = table(TableId::Furniture);
        let at_end = |(class, at_end): (&str, &str)| match class {
            "body" => AtEnd::Capital,
            "misc" if at_end == "yes" => AtEnd::Capital,
            "place" => AtEnd::Place,
            _ => AtEnd::Opener,
        };
        let effect = |(class, effect): (&str, &str)| {
            let effect = match effect {
                "cut" => Effect::Cut,
                "whole" => Effect::Whole,
                "counted" => Effect::Counted,
                _ => Effect::Line,
            };
            (effect, matches!(class, "byline" | "source" | "photo"))
        };
        PageTables {
            abbreviations: abbreviations
                .cells("class")
                .zip(abbreviations.cells("at_end"))
                .map(at_end)
                .collect(),
            strong: openers.cells("strength").map(|s| s == "strong").collect(),
            furniture: furniture.cells("class").zip(furniture.cells("effect")).map(effect).collect(),
        }
    }
}

/// A page between tokens and blocks.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// the text
    pub source: &'a str,
    /// its tokens
    pub tokens: &'a [Token],
    /// the phrases found in them
    pub hits: &'a Hits,
    /// the tables
    pub tables: &'a PageTables,
}

impl Page<'_> {
    /// The word of token `i`; unknown past the end.
    pub fn word(&self, i: usize) -> Word {
        self.tokens.get(i).map_or(Word::UNKNOWN, |t| t.word)
    }

    /// Whether token `i` is this mark.
    pub fn is(&self, i: usize, mark: u8) -> bool {
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

    /// Token `i` in NFC, without ignorable characters; empty past the end.
    pub fn spelling(&self, i: usize) -> Cow<'_, str> {
        self.tokens
            .get(i)
            .map_or(Cow::Borrowed(""), |t| fold::clean(&self.source[t.start as usize..t.end as usize]))
    }

    /// Whether token `i` is a full stop, a question or exclamation mark, or an ellipsis.
    pub fn is_stop(&self, i: usize) -> bool {
        self.is(i, b'.') || self.is(i, b'?') || self.is(i, b'!') || self.word(i) == kw::ELLIPSIS
    }

    /// The abbreviation whose last dot is token `dot`, which stands in no gap.
    pub fn abbreviation(&self, dot: usize) -> Option<AtEnd> {
        let ends = |hit: &Hit| hit.end as usize == dot + 1;
        let found = (dot.saturating_sub(6)..dot)
            .find_map(|at| self.hits.of(TableId::Abbreviations, at).find(ends))?;
        let dotted = self.gap(dot) == Gap::None;
        dotted.then(|| self.tables.abbreviations[found.row as usize])
    }

    /// Whether token `i` opens a sentence and no name: of a place, where one could follow, else of a person.
    pub fn opens_sentence(&self, i: usize, place: bool) -> bool {
        let tables: &[TableId] = match place {
            true => &[TableId::Places, TableId::Districts],
            false => &[TableId::Syllables],
        };
        let named = || tables.iter().any(|&table| self.hits.of(table, i).next().is_some());
        // `Anh K. báo …`, `TP. Bà Thu nói`
        let addressed = || {
            let honorific = self.hits.of(TableId::Honorifics, i).any(|hit| hit.end as usize == i + 1);
            honorific && (self.shape(i + 1) == Shape::Initial || place && !named())
        };
        let goes_on = || matches!(self.shape(i + 1), Shape::Lower | Shape::Digits) && !named();
        let open = |hit: Hit| {
            let strong = self.tables.strong[hit.row as usize];
            hit.end as usize == i + 1 && (strong || goes_on() || addressed())
        };
        matches!(self.shape(i), Shape::Title | Shape::Initial) && self.hits.of(TableId::Openers, i).any(open)
    }

    /// The furniture phrases that start at token `i`: what they make of the line, whether they tell of its makers
    /// (byline, source, photographer), and one past their last token.
    pub fn furniture(&self, i: usize) -> impl Iterator<Item = (Effect, bool, usize)> + '_ {
        // all double quotes are one word, but only `»` points to other articles
        let quote = self.is(i, b'"') && self.spelling(i) != "»";
        self.hits.of(TableId::Furniture, i).filter(move |_| !quote).map(|hit| {
            let (effect, makers) = self.tables.furniture[hit.row as usize];
            (effect, makers, hit.end as usize)
        })
    }
}
