//! What a number counts: the noun phrase or the measure behind it.

use super::cue::{Class, Cues};
use crate::document::Document;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::hits::Hit;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::fold;
use crate::text::keyword;
use crate::text::token::{Gap, Shape};
use crate::text::vocabulary::Word;

/// What is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// its tokens
    pub span: Span,
    /// as the record says it
    pub name: String,
    /// the kind of unit
    pub measure: &'static str,
    /// whether people are counted
    pub people: bool,
    /// whether bodies or places are counted
    pub bodies: bool,
    /// whether objects or parts of them are counted
    pub objects: bool,
    /// whether it is a currency that is called by a common word
    pub common: bool,
    /// whether a table knows the noun
    pub listed: bool,
}

impl Unit {
    /// The đồng that is not written behind the magnitude that ends before token `end`.
    pub fn of_money(end: usize) -> Self {
        Unit {
            span: Span::new(end - 1, end),
            name: "VND".into(),
            measure: "money",
            people: false,
            bodies: false,
            objects: false,
            common: false,
            listed: true,
        }
    }
}

struct Row {
    noun: String,
    unit: String,
    measure: &'static str,
    category: String,
}

/// The nouns, by row of their table.
pub struct Units(Vec<Row>);

const MEASURES: &[&str] =
    &["items", "percent", "money", "duration", "age", "area", "length", "mass", "ratio", "other"];
/// Tables besides the count nouns whose phrases may be counted: `hai Bộ trưởng`, `3 thông tư`.
const OTHER_NOUNS: &[TableId] =
    &[TableId::DocumentTypes, TableId::Titles, TableId::Bodies, TableId::Ranks, TableId::Awards];

impl Units {
    /// Compiles the table.
    pub fn new(gazetteers: &Gazetteers) -> Self {
        let table = gazetteers.table(TableId::CountNouns);
        let cell = |name: &str| table.column(name);
        let [noun, unit, measure, category] = ["noun", "unit", "measure", "category"].map(cell);
        let rows = table.rows.iter().map(|row| Row {
            noun: row.cells[noun].clone(),
            unit: row.cells[unit].clone(),
            measure: MEASURES.iter().find(|m| **m == row.cells[measure]).unwrap_or(&"other"),
            category: row.cells[category].clone(),
        });
        Units(rows.collect())
    }

    /// The unit that starts at token `at`, behind a number.
    pub fn read(&self, doc: &Document<'_>, cues: &Cues, at: usize) -> Option<Unit> {
        if doc.gap(at) == Gap::Line {
            return None;
        }
        if doc.is_mark(at, b'"') && doc.gap(at) == Gap::Space {
            // `hai "suất" đại biểu`: the quotes stay out of the unit.
            return self.noun(doc, cues, at + 1).or_else(|| unlisted(doc, cues, at + 1));
        }
        self.noun(doc, cues, at).or_else(|| unlisted(doc, cues, at))
    }

    /// A noun of the tables at token `at`, with its prefixes and the nouns joined to it.
    fn noun(&self, doc: &Document<'_>, cues: &Cues, at: usize) -> Option<Unit> {
        let plain = self.listed(doc, cues, at);
        let prefix = cues.at(doc, Class::Prefix, at).filter(|&after| doc.gap(after) != Gap::Line);
        let prefixed = prefix.and_then(|after| self.listed(doc, cues, after));
        let end = plain.as_ref().map_or(at, |unit| unit.span.end);
        let Some(mut unit) = prefixed.filter(|unit| unit.measure == "items" && unit.span.end > end) else {
            return plain;
        };
        unit.span.start = at;
        unit.name = doc.normal(unit.span);
        Some(unit)
    }

    fn listed(&self, doc: &Document<'_>, cues: &Cues, at: usize) -> Option<Unit> {
        let stop = cues.at(doc, Class::Stop, at).unwrap_or(at);
        let own = doc.hits.of(TableId::CountNouns, at).rev().find(|hit| self.fits(doc, *hit));
        let own = own.filter(|hit| hit.end as usize > stop);
        let other = OTHER_NOUNS.iter().filter_map(|&table| doc.hit(table, at)).max_by_key(|hit| hit.end);
        let other = other.filter(|hit| hit.end as usize > stop && doc.gap(at) == Gap::Space);
        match (own, other) {
            (Some(own), other) if other.is_none_or(|o| o.end <= own.end || !self.is_items(own)) => {
                Some(self.unit(doc, cues, own))
            }
            (_, Some(other)) => {
                let span = other.span();
                let people = matches!(other.table, TableId::Titles | TableId::Ranks);
                Some(Unit {
                    span,
                    name: doc.normal(span),
                    measure: "items",
                    people,
                    bodies: !people,
                    objects: false,
                    common: false,
                    listed: true,
                })
            }
            _ => None,
        }
    }

    fn is_items(&self, hit: Hit) -> bool {
        self.0[hit.row as usize].measure == "items"
    }

    /// Units of one or two letters count only as they are written: `5m` is a length, `5M` and `4G` are names.
    fn fits(&self, doc: &Document<'_>, hit: Hit) -> bool {
        let row = &self.0[hit.row as usize];
        let span = hit.span();
        let glued = doc.gap(span.start) == Gap::None && doc.shape(span.start).is_word();
        let surface = fold::clean(doc.surface(span));
        if surface.len() <= 2 && row.measure != "items" && surface.is_ascii() {
            // `500 KV`
            let letters = row.noun.bytes().all(|b| b.is_ascii_alphabetic());
            let capitals = letters && row.noun.len() == 2 && surface == row.noun.to_uppercase();
            return capitals || doc.normal(span) == row.noun || !row.noun.is_ascii() || row.noun.len() > 2;
        }
        !glued || row.measure != "items" || surface.len() > 2
    }

    fn unit(&self, doc: &Document<'_>, cues: &Cues, hit: Hit) -> Unit {
        let row = &self.0[hit.row as usize];
        let mut span = hit.span();
        let name = match row.measure {
            "items" => {
                span.end = self.joined(doc, cues, hit);
                doc.normal(span)
            }
            "money" if row.unit.is_empty() => row.noun.clone(),
            "money" => row.unit.chars().take_while(|c| *c != '/').collect(),
            "percent" => {
                if row.noun == "%" {
                    "%".into()
                } else {
                    doc.normal(span)
                }
            }
            "area" | "length" | "mass" => row.noun.clone(),
            "duration" if !row.unit.is_empty() => row.unit.clone(),
            _ => doc.normal(span),
        };
        let (people, bodies) = (row.category == "person", row.category == "collective_and_org");
        let objects = row.category == "object_and_asset";
        let common = row.category == "common_money";
        Unit { span, name, measure: row.measure, people, bodies, objects, common, listed: true }
    }

    /// The end of the nouns that share the number: `58 tập thể, cá nhân`, `18 cuộc gọi và thư điện tử`.
    fn joined(&self, doc: &Document<'_>, cues: &Cues, first: Hit) -> usize {
        let category = |hit: Hit| self.0[hit.row as usize].category.as_str();
        let mut end = first.end as usize;
        for _ in 0..4 {
            let and = doc.word(end) == keyword::VA;
            if !(and || doc.is_mark(end, b',')) || (end..end + 2).any(|i| doc.gap(i) == Gap::Line) {
                break;
            }
            let stop = cues.at(doc, Class::Stop, end + 1).unwrap_or(end + 1);
            let Some(next) = doc.hit(TableId::CountNouns, end + 1).filter(|h| self.is_items(*h)) else {
                break;
            };
            let after = next.end as usize;
            let same =
                category(next) == category(first) || (!and && are_partners(category(first), category(next)));
            let named = doc.shape(after).is_capital() && doc.gap(after) == Gap::Space;
            if !same
                || after <= stop
                || doc.shape(end + 1).is_capital()
                || named
                || (doc.shape(after) == Shape::Digits && doc.gap(after) == Gap::Space)
                || doc.word(after) == keyword::LA
            {
                break;
            }
            end = after;
        }
        end
    }
}

/// Bodies and people are often counted together: `tập thể, cá nhân`, `tổ chức, cá nhân`.
fn are_partners(a: &str, b: &str) -> bool {
    matches!((a, b), ("collective_and_org", "person") | ("person", "collective_and_org"))
}

/// A noun that no table knows: one or two lower-case syllables that are no function words.
fn unlisted(doc: &Document<'_>, cues: &Cues, at: usize) -> Option<Unit> {
    let plain = |i: usize| {
        doc.shape(i) == Shape::Lower
            && doc.gap(i) == Gap::Space
            && cues.at(doc, Class::Stop, i).is_none()
            && doc.hit(TableId::NumberWords, i).is_none()
    };
    let long_enough = |i: usize| doc.bytes(Span::new(i, i + 1)).len() > 1;
    let quoted = doc.is_mark(at.wrapping_sub(1), b'"');
    let first = plain(at) || (quoted && doc.shape(at) == Shape::Lower);
    if !first || !long_enough(at) {
        return None;
    }
    let second = plain(at + 1) && doc.word(at + 1) != Word::mark(b'x');
    let span = Span::new(at, at + 1 + usize::from(second));
    Some(Unit {
        span,
        name: doc.normal(span),
        measure: "items",
        people: false,
        bodies: false,
        objects: false,
        common: false,
        listed: false,
    })
}
