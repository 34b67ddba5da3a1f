//! The records that belong to one: those of the same person, of the same code, the parts and the whole of an award, and
//! what an award is made of.

use super::{Related, Words};
use crate::record::{Award, Fact, Official, Record};

/// How many are told of one sort.
const MOST: usize = 12;

/// The records among `all`, which are those of its article, that belong to `record`.
pub(super) fn of(record: &Record, all: &[Record]) -> Vec<Related> {
    let mut related = Vec::new();
    let mut add = |how: &str, belongs: &dyn Fn(&Record) -> bool| {
        let others = all.iter().filter(|other| !std::ptr::eq(*other, record) && belongs(other));
        related.extend(others.take(MOST).map(|other| relate(how, other)));
    };
    let same_sentence = |other: &Record| other.sentence == record.sentence;
    if let Some(first) = record.duplicate_of {
        add("the first printing", &|other| {
            other.start == first && other.field == record.field && other.rule == record.rule
        });
    }
    match &record.fact {
        Fact::Official(Official { person: Some(person), .. }) => {
            add(&format!("the same person, {person}"), &|other| person_of(other) == Some(person));
        }
        Fact::Code(code) => {
            add(
                "the same code",
                &|other| matches!(&other.fact, Fact::Code(c) if c.canonical == code.canonical),
            );
        }
        Fact::Award(award) => {
            let Award { codes, giver, presenter, recipients, count, part_of, .. } = award;
            add("the total that it is part of", &|other| Some(other.start) == *part_of && is_award(other));
            add(
                "a part of it",
                &|other| matches!(&other.fact, Fact::Award(part) if part.part_of == Some(record.start)),
            );
            add("a code that it is for", &|other| {
                matches!(&other.fact, Fact::Code(code) if codes.contains(&code.canonical))
                    && same_sentence(other)
            });
            let named = [giver, presenter, recipients];
            add("a person it names", &|other| {
                let name = name_of(other).filter(|_| same_sentence(other));
                name.is_some_and(|name| named.iter().any(|named| named.as_deref() == Some(name)))
            });
            add("its number", &|other| {
                let number = matches!(&other.fact, Fact::Count(c) if c.value.is_some() && c.value == *count);
                number && same_sentence(other)
            });
        }
        _ => {}
    }
    related
}

fn relate(how: &str, record: &Record) -> Related {
    let Record { field, start, end, ref text, .. } = *record;
    let words = Words { field, start, end, text: text.clone() };
    Related { how: how.into(), words, kind: record.fact.kind(), rule: record.rule.clone() }
}

fn is_award(record: &Record) -> bool {
    matches!(record.fact, Fact::Award(_))
}

fn person_of(record: &Record) -> Option<&String> {
    match &record.fact {
        Fact::Official(official) => official.person.as_ref(),
        _ => None,
    }
}

fn name_of(record: &Record) -> Option<&str> {
    match &record.fact {
        Fact::Official(official) => official.name.as_deref(),
        _ => None,
    }
}
