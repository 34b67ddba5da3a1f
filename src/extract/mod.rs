//! The extractors, one file each, and their registry. They run in the order of [`EXTRACTORS`]; each sees what those
//! before it found and claimed, and passes over claimed tokens: the digits of a code are no date, those of a date no
//! count. That order is the one rule by which overlapping readings are decided.

pub mod award;
pub mod code;
pub mod count;
pub mod date;
pub mod official;

use crate::document::Document;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::mention::{Mention, Span};
use crate::record::{Award, Code, Count, DateFact, Fact, Kind, Official};

/// A rule: its name stands in the records it makes.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// stable between versions: `count.number-noun`
    pub name: &'static str,
    /// one sentence: what it finds
    pub finds: &'static str,
    /// an example with `[brackets]` around what it finds
    pub example: &'static str,
}

/// Finds the mentions of one kind.
pub trait Extractor: Send + Sync {
    /// Reads `doc` and adds what it finds to `found`.
    fn extract(&self, doc: &Document<'_>, found: &mut Found);
}

/// One extractor of the registry.
pub struct Entry {
    /// the kind of record it makes
    pub kind: Kind,
    /// its rules
    pub rules: &'static [Rule],
    /// the tables that it reads
    pub tables: &'static [TableId],
    /// prepares it from the tables
    pub build: fn(&Gazetteers) -> Box<dyn Extractor>,
}

/// All extractors, in the order they run.
pub const EXTRACTORS: &[Entry] = &[
    Entry { kind: Kind::Code, rules: code::RULES, tables: code::TABLES, build: code::build },
    Entry { kind: Kind::Date, rules: date::RULES, tables: date::TABLES, build: date::build },
    Entry { kind: Kind::Count, rules: count::RULES, tables: count::TABLES, build: count::build },
    Entry { kind: Kind::Official, rules: official::RULES, tables: official::TABLES, build: official::build },
    Entry { kind: Kind::Award, rules: award::RULES, tables: award::TABLES, build: award::build },
];

/// Every rule with the kind of record it makes.
pub fn rules() -> impl Iterator<Item = (Kind, &'static Rule)> {
    EXTRACTORS.iter().flat_map(|entry| entry.rules.iter().map(move |rule| (entry.kind, rule)))
}

/// What has been found in one article, and which tokens are taken.
#[derive(Clone, Default)]
pub struct Found {
    /// codes, in text order
    pub codes: Vec<Mention<Code>>,
    /// dates, in text order
    pub dates: Vec<Mention<DateFact>>,
    /// counts, in text order
    pub counts: Vec<Mention<Count>>,
    /// persons, in text order; the offsets of their titles are bytes of the document's source
    pub officials: Vec<Mention<Official>>,
    /// awards, in text order
    pub awards: Vec<Mention<Award>>,
    claimed: Vec<Option<Kind>>,
}

impl Found {
    /// Nothing found yet in an article of `tokens` tokens.
    pub fn new(tokens: usize) -> Self {
        Found { claimed: vec![None; tokens], ..Found::default() }
    }

    /// Takes the tokens of a mention, so that later extractors pass them over.
    pub fn claim(&mut self, span: Span, kind: Kind) {
        self.claimed[span.start..span.end].fill(Some(kind));
    }

    /// The same, with no token taken.
    pub fn unclaimed(&self) -> Self {
        Found { claimed: vec![None; self.claimed.len()], ..self.clone() }
    }

    /// All that was found, kind after kind.
    pub fn mentions(self) -> Vec<Mention<Fact>> {
        let Found { codes, dates, counts, officials, awards, .. } = self;
        let mut mentions: Vec<Mention<Fact>> = Vec::new();
        mentions.extend(codes.into_iter().map(|m| m.map(Fact::Code)));
        mentions.extend(dates.into_iter().map(|m| m.map(Fact::Date)));
        mentions.extend(counts.into_iter().map(|m| m.map(Fact::Count)));
        mentions.extend(officials.into_iter().map(|m| m.map(Fact::Official)));
        mentions.extend(awards.into_iter().map(|m| m.map(Fact::Award)));
        mentions
    }

    /// Which kind has taken token `i`.
    pub fn claimed(&self, i: usize) -> Option<Kind> {
        self.claimed.get(i).copied().flatten()
    }

    /// Whether any token of `span` is taken.
    pub fn is_claimed(&self, span: Span) -> bool {
        (span.start..span.end).any(|i| self.claimed(i).is_some())
    }
}
