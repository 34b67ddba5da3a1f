//! What stands behind an award's name: a passive, or to whom it went.

use super::lexicon::WordKind;
use super::people::{self, Group};
use super::phrase;
use super::story::Reader;
use crate::text::keyword as k;

/// Who gives and who gets it, as told behind the award's name.
pub(super) struct Behind {
    pub(super) giver: Option<String>,
    pub(super) groups: Vec<Group>,
}

impl Reader<'_, '_> {
    /// `giải nhất thuộc về …`: who gets it stands behind.
    pub(super) fn belongs(&self, at: usize) -> Option<Behind> {
        let (lex, doc, found) = (self.lex, self.doc, self.found);
        if doc.is_mark(at, b':') && phrase::opens_people(lex, doc, found, at + 1) {
            let groups = people::groups(lex, doc, found, at + 1, self.sentence.end);
            return Some(Behind { giver: None, groups });
        }
        for i in at..(at + 14).min(self.sentence.end) {
            if let Some(verb) = lex.word_of(doc, i, WordKind::Belong) {
                let groups = people::groups(lex, doc, found, verb.end, self.sentence.end);
                return Some(Behind { giver: None, groups });
            }
            let other = lex.word(doc, i).is_some_and(|(kind, _)| kind.is_act() || kind == WordKind::Reject);
            if other || phrase::names_award(lex, doc, i) || doc.is_mark(i, b';') || doc.is_mark(i, b'.') {
                return None;
            }
        }
        None
    }

    /// `… được T.Ư Đoàn tổ chức`, `… được trao cho 5 em` behind an award.
    pub(super) fn passive_behind(&self, at: usize) -> Option<Behind> {
        let (lex, doc, found) = (self.lex, self.doc, self.found);
        let passive = (at..(at + 3).min(self.sentence.end)).find(|&i| doc.word(i) == k::DUOC)?;
        if (at..passive).any(|i| !matches!(doc.word(i), k::DA | k::SE | k::VUA | k::CUNG_ALSO)) {
            return None;
        }
        let verb = (passive + 1..(passive + 24).min(self.sentence.end)).find_map(|i| {
            let (kind, span) = lex.word(doc, i)?;
            let fits = matches!(kind, WordKind::Confer | WordKind::Honour | WordKind::Aux);
            (fits && !doc.shape(i).is_capital()).then_some(span)
        });
        let (given, verb) = match (verb, lex.word(doc, passive)) {
            (_, Some((WordKind::Receive, span))) if span.end > passive + 1 => (None, span),
            (Some(verb), _) => {
                let named = doc.shape(passive + 1).is_capital();
                (self.between(passive + 1, verb.start).filter(|_| named), verb)
            }
            _ => return None,
        };
        let groups = self.addressee(verb.end).map(|s| people::groups(lex, doc, found, s, self.sentence.end));
        let groups = groups.unwrap_or_default();
        (given.is_some() || !groups.is_empty()).then_some(Behind { giver: given, groups })
    }
}
