//! Whom an award goes to: behind `cho`, between verb and award, chosen before the verb, or whoever bears it.

use super::deed::Deed;
use super::lexicon::{Group as Kind, WordKind};
use super::name::Name;
use super::people::{self, Group};
use super::phrase;
use super::story::Reader;
use crate::mention::Span;
use crate::text::keyword as k;
use crate::text::token::{Gap, Shape};

impl Reader<'_, '_> {
    /// Those a giver honours: between verb and award, or behind the award.
    pub(super) fn recipients(&self, deed: &Deed, name: &Name, shared: bool, after: usize) -> Vec<Group> {
        let (lex, doc, found) = (self.lex, self.doc, self.found);
        let first = deed.verb.end;
        if !shared && first < name.start {
            let given = doc.word(first) == k::CHO;
            let start = first + usize::from(given);
            if given
                || phrase::number_at(doc, found, first).is_none() && phrase::is_head(lex, doc, found, first)
            {
                let groups = people::groups(lex, doc, found, start, name.start);
                if !groups.is_empty() {
                    return groups;
                }
            }
        }
        if let Some(start) = self.addressee(after) {
            let groups = people::groups(lex, doc, found, start, self.sentence.end);
            if !groups.is_empty() {
                return groups;
            }
        }
        self.chosen(deed.verb.start)
    }

    /// `ngành được phong tặng danh hiệu … cho 38 nhà giáo`: those who get it, where their number is told.
    pub(super) fn counted_behind(&self, deed: &Deed, at: usize) -> Vec<Group> {
        let (doc, found) = (self.doc, self.found);
        if deed.passive.is_none() || doc.word(at) != k::CHO || phrase::number_at(doc, found, at + 1).is_none()
        {
            return Vec::new();
        }
        people::groups(self.lex, doc, found, at + 1, self.sentence.end)
    }

    /// Whether a number of people or bodies starts at token `at`: `6 tập thể`.
    fn counts_people(&self, at: usize) -> bool {
        let head = phrase::number_at(self.doc, self.found, at).map(|(_, head)| head);
        head.is_some_and(|head| self.lex.word_of(self.doc, head, WordKind::Recipient).is_some())
    }

    /// Behind `cho`, `đối với`, `tặng`: where those who are honoured start.
    pub(super) fn addressee(&self, from: usize) -> Option<usize> {
        let (lex, doc) = (self.lex, self.doc);
        // `tặng giấy khen 6 tập thể`
        if self.counts_people(from) {
            return Some(from);
        }
        for i in from..(from + 25).min(self.sentence.end) {
            if doc.word(i) == k::CHO || doc.word(i) == k::VOI && doc.word(i - 1) == k::DOI_TOWARDS {
                return Some(i + 1);
            }
            if let Some(start) = phrase::leads_to(lex, doc, i) {
                return Some(start);
            }
            if let Some((kind, span)) = lex.word(doc, i)
                && kind.is_act()
                && doc.word(i) != k::CO
            {
                // `Huy hiệu 40, 50 năm tuổi Đảng tặng 25 đảng viên`
                let apart = (from..i).any(|i| doc.word(i) == k::VA);
                let given = kind == WordKind::Confer && (i == from || self.counts_people(span.end) && !apart);
                return (given || kind == WordKind::Honour).then_some(span.end);
            }
            if doc.is_mark(i, b';') || matches!(doc.word(i), k::VI | k::DA | k::DUOC) {
                return None;
            }
        }
        None
    }

    /// `bình chọn 10 doanh nhân … để trao`, `chọn 12 tập thể, 18 cá nhân để vinh danh`: those chosen before the verb.
    pub(super) fn chosen(&self, verb: usize) -> Vec<Group> {
        let (lex, doc, found) = (self.lex, self.doc, self.found);
        let Some(purpose) = verb.checked_sub(1).filter(|&i| doc.word(i) == k::DE_AWARD) else {
            return Vec::new();
        };
        let low = purpose.saturating_sub(14).max(self.sentence.start);
        let last = (low..purpose).rev().find(|&i| self.counts_people(i));
        last.map_or(Vec::new(), |at| people::joined(lex, doc, found, self.sentence.start, at, purpose))
    }

    /// `Anh hùng Lao động Nguyễn Văn A`: who bears the title.
    pub(super) fn bearer(&self, name: &Name) -> Option<Group> {
        let near = phrase::person_at(self.found, name.end);
        let who = match near {
            Some(person) => person.value.name.clone(),
            None if name.group == Kind::Hero => self.capitals(name.end),
            None => None,
        };
        who.map(|who| Group { who: Some(who), ..Group::default() })
    }

    /// `cầu thủ Phan Văn Tạo - HCV SEA Games`, `Phan Văn Tạo (cử tạ, HCV 2018)`: whose name stands before.
    pub(super) fn apposed(&self, name: &Name) -> Option<Group> {
        if !matches!(name.group, Kind::Medal | Kind::Prize) {
            return None;
        }
        let at = self.dash_before(name.start).or_else(|| self.aside_before(name.start))?;
        let low = at.saturating_sub(6).max(self.sentence.start);
        let named = |&i: &usize| self.doc.shape(i) == Shape::Title;
        let start = (low..at).rev().take_while(named).last().filter(|i| i + 2 <= at)?;
        Some(Group { who: Some(self.doc.normal(Span::new(start, at))), ..Group::default() })
    }

    /// The dash right before token `at`.
    fn dash_before(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).filter(|&i| self.doc.is_mark(i, b'-') && self.doc.gap(i) == Gap::Space)
    }

    /// The parenthesis around token `at` in which no verb stands before it.
    fn aside_before(&self, at: usize) -> Option<usize> {
        let low = at.saturating_sub(8).max(self.sentence.start);
        let inside = |i: &usize| {
            let act = self.lex.word(self.doc, *i).is_some_and(|(kind, _)| kind.is_act());
            !self.doc.is_mark(*i, b')') && !act
        };
        (low..at).rev().take_while(inside).find(|&i| self.doc.is_mark(i, b'('))
    }

    /// The one person whom the sentence names before an award told alone.
    pub(super) fn owner(&self, at: usize) -> Option<Group> {
        let mut persons = phrase::persons(self.found, Span::new(self.sentence.start, at));
        let who = persons.next()?.value.name.clone();
        persons.all(|m| m.value.name == who).then_some(Group { who, ..Group::default() })
    }

    /// A run of capitalised words.
    pub(super) fn capitals(&self, at: usize) -> Option<String> {
        let fits = |&i: &usize| matches!(self.doc.shape(i), Shape::Title) && self.doc.gap(i) == Gap::Space;
        let end = (at..(at + 6).min(self.sentence.end)).take_while(fits).last()? + 1;
        (end >= at + 2).then(|| self.doc.normal(Span::new(at, end)))
    }
}
