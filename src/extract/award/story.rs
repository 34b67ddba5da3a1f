//! One conferring put together: the award or the verb that tells it, the giver, who is honoured, for what.

use super::deed::{self, Deed};
use super::honour;
use super::lexicon::{Group as Kind, Lexicon, WordKind};
use super::name::{self, Name};
use super::people::{self, Group};
use super::phrase;
use crate::document::Document;
use crate::extract::Found;
use crate::gazetteer::schema::TableId;
use crate::mention::{Mention, Span};
use crate::record::{Amount, Award};
use crate::text::keyword as k;

/// Most tokens of a giver; more is no name.
const LONGEST_GIVER: usize = 36;

/// What a sentence has told so far; a second award joined to the first shares its verb, giver and recipients.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// one past the last award or verb
    pub(super) end: usize,
    /// the act
    pub(super) deed: Option<Deed>,
    /// who gave
    pub(super) giver: Option<String>,
    /// who received, where the subject did
    pub(super) subject: Option<Group>,
}

/// What the rules read with.
pub(super) struct Reader<'r, 'a> {
    pub(super) lex: &'r Lexicon,
    pub(super) doc: &'r Document<'a>,
    pub(super) found: &'r Found,
    pub(super) sentence: Span,
    pub(super) told: Told,
}

/// A conferring before it becomes records.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) rule: &'static str,
    pub(super) form: Option<String>,
    pub(super) class: Option<String>,
    pub(super) count: Option<f64>,
    pub(super) groups: Vec<Group>,
    pub(super) giver: Option<String>,
    pub(super) presenter: Option<String>,
    /// the tokens whose codes and sums belong to it
    pub(super) reach: Option<Span>,
}

/// All awards of an article, in text order.
pub(super) fn read(lex: &Lexicon, doc: &Document<'_>, found: &Found) -> Vec<Mention<Award>> {
    let mut awards = Vec::new();
    let mut reader = Reader { lex, doc, found, sentence: Span::new(0, 0), told: Told::default() };
    let mut cursor = 0;
    for hit in doc.hits.all() {
        let start = hit.start as usize;
        if start < cursor || !matches!(hit.table, TableId::Awards | TableId::AwardWords) {
            continue;
        }
        let is_name = hit.table == TableId::Awards;
        if !is_name && lex.word_of(doc, start, WordKind::Honour).is_none() || doc.is_furniture(start) {
            continue;
        }
        reader.enter(start);
        let told = if is_name { reader.named(start) } else { honour::read(&mut reader, start) };
        if let Some((span, end, story)) = told {
            cursor = end;
            records(found, span, story, &mut awards);
        }
    }
    awards
}

impl Reader<'_, '_> {
    /// Takes note of the sentence of token `i`; what another sentence told is forgotten.
    fn enter(&mut self, i: usize) {
        if !self.sentence.contains(i) {
            self.sentence = self.doc.sentence(i);
            self.told = Told { end: self.sentence.start, ..Told::default() };
        }
    }

    /// A conferring told by the award's name.
    fn named(&mut self, i: usize) -> Option<(Span, usize, Story)> {
        let (lex, doc, found) = (self.lex, self.doc, self.found);
        let name = name::read(lex, doc, i, self.sentence.end)?;
        let own = deed::before(lex, doc, self.told.end, name.start);
        let shared = own.is_none() && self.is_joined(name.start);
        let deed = if shared { self.told.deed.clone() } else { own };
        let number = phrase::number_before(doc, found, name.start);
        let behind = self.passive_behind(name.end);
        if !self.licensed(&name, deed.as_ref(), number.is_some(), behind.is_some())
            || self.is_rejected(&name, deed.as_ref())
        {
            return None;
        }
        let mut story = Story { form: name.form.clone(), class: name.class.clone(), ..Story::default() };
        story.count = number.map(|(value, _)| value);
        story.rule = rule_of(deed.as_ref(), behind.is_some());
        story.reach = Some(Span::new(name.start, self.reach_end(name.end)));
        self.fill(&name, deed.as_ref(), shared, behind, &mut story);
        let prize = matches!(name.group, Kind::Prize | Kind::Generic);
        if prize && story.groups.is_empty() && number.is_none() && self.is_ceremony(deed.as_ref()) {
            return None;
        }
        self.told.end = name.end;
        self.told.deed = deed;
        Some((name.span, name.end, story))
    }

    /// Whether only a comma, `và` and the like stand between the last award and token `at`.
    pub(super) fn is_joined(&self, at: usize) -> bool {
        let from = self.told.end;
        self.told.deed.is_some()
            && at.saturating_sub(from) <= 30
            && (from..at).all(|i| !self.doc.is_mark(i, b';') || self.lex.word(self.doc, i).is_none())
    }

    /// Giver, presenter and recipients of a named award.
    fn fill(
        &mut self,
        name: &Name,
        deed: Option<&Deed>,
        shared: bool,
        behind: Option<Behind>,
        story: &mut Story,
    ) {
        let (signed, after) = self.signed(name.end);
        if let Some(behind) = behind {
            story.giver = behind.giver.or(signed);
            story.groups = behind.groups;
            return;
        }
        let Some(deed) = deed else {
            story.giver = signed;
            story.groups.extend(self.bearer(name));
            return;
        };
        let (actor, receiver) = if shared { self.shared() } else { self.parties(deed) };
        if deed.subject_receives() {
            story.giver = signed.or(actor);
            story.groups.extend(receiver);
        } else {
            story.groups = self.recipients(deed, name, shared, after);
            (story.giver, story.presenter) = match signed {
                Some(signed) => (Some(signed), actor.filter(|_| !shared)),
                None => (actor, None),
            };
        }
        if story.groups.is_empty() {
            story.groups.extend(self.bearer(name));
        }
    }

    /// `lễ trao giải …`: the event, not the act.
    fn is_ceremony(&self, deed: Option<&Deed>) -> bool {
        let before = deed.and_then(|deed| deed.verb.start.checked_sub(1));
        before.is_some_and(|at| self.lex.over(self.doc, at, WordKind::Event, 4).is_some())
    }

    fn shared(&self) -> (Option<String>, Option<Group>) {
        (self.told.giver.clone(), self.told.subject.clone())
    }

    /// Who gives and, where the subject of the sentence receives, who receives.
    pub(super) fn parties(&mut self, deed: &Deed) -> (Option<String>, Option<Group>) {
        let (lex, doc, found) = (self.lex, self.doc, self.found);
        let from = self.told.end.max(self.sentence.start);
        let to = deed.passive.unwrap_or(deed.verb.start);
        let receives = deed.subject_receives();
        let subject = deed::subject(lex, doc, found, from, to, receives).filter(|_| from <= to);
        let mut giver = None;
        let mut receiver = None;
        if let Some(passive) = deed.passive {
            giver = self.between(passive + 1, deed.verb.start);
        }
        if deed.subject_receives() {
            receiver = subject.map(|span| people::of_subject(doc, found, span)).or(self.told.subject.clone());
        } else {
            giver = subject.and_then(|span| self.giver(span)).or(self.told.giver.clone());
        }
        self.told.giver.clone_from(&giver);
        self.told.subject.clone_from(&receiver);
        (giver, receiver)
    }

    /// The giver as the subject names it: the person, if there is one, else the words.
    fn giver(&self, span: Span) -> Option<String> {
        let mut persons = phrase::persons(self.found, span);
        match (persons.next(), persons.next()) {
            (Some(person), None) => person.value.name.clone(),
            _ if span.end - span.start > LONGEST_GIVER => None,
            _ => Some(self.doc.normal(span)),
        }
    }

    /// The giver between `được` and the verb.
    fn between(&self, from: usize, to: usize) -> Option<String> {
        let aux = |i: &usize| {
            self.doc.word(*i) == k::DA
                || self.lex.word(self.doc, *i).is_some_and(|(kind, _)| {
                    matches!(
                        kind,
                        WordKind::Aux
                            | WordKind::Praise
                            | WordKind::Confer
                            | WordKind::Honour
                            | WordKind::Front
                    )
                }) && !self.doc.shape(*i).is_capital()
                    && !phrase::inside_noun(self.lex, self.doc, *i)
        };
        let end = (from..to).find(aux).unwrap_or(to);
        (end > from).then(|| self.giver(Span::new(from, end))).flatten()
    }

    /// `của Thủ tướng`, `do Bộ Y tế trao tặng`, `từ UBND tỉnh` behind an award, and where it ends.
    fn signed(&self, at: usize) -> (Option<String>, usize) {
        let (lex, doc, found) = (self.lex, self.doc, self.found);
        if !matches!(doc.word(at), k::CUA | k::DO | k::TU) || at + 1 >= self.sentence.end {
            return (None, at);
        }
        let end = phrase::people_end(lex, doc, found, at + 1, self.sentence.end);
        let named =
            end > at + 1 && (doc.shape(at + 1).is_capital() || phrase::opens_people(lex, doc, found, at + 1));
        let given = doc.word(at) == k::CUA
            || doc.word(at) == k::TU
            || lex.word(doc, end).is_some_and(|(kind, _)| matches!(kind, WordKind::Confer | WordKind::Aux));
        if named && given { (self.giver(Span::new(at + 1, end)), end) } else { (None, at) }
    }

    /// Those a giver honours: between verb and award, or behind the award.
    fn recipients(&self, deed: &Deed, name: &Name, shared: bool, after: usize) -> Vec<Group> {
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
        self.chosen(deed.verb.start).into_iter().collect()
    }

    /// Behind `cho`, `đối với`, `tặng`: where those who are honoured start.
    pub(super) fn addressee(&self, from: usize) -> Option<usize> {
        let (lex, doc) = (self.lex, self.doc);
        for i in from..(from + 25).min(self.sentence.end) {
            if doc.word(i) == k::CHO || doc.word(i) == k::VOI && doc.word(i - 1) == k::DOI_TOWARDS {
                return Some(i + 1);
            }
            if let Some((kind, span)) = lex.word(doc, i)
                && kind.is_act()
                && doc.word(i) != k::CO
            {
                return (kind == WordKind::Confer && i == from || kind == WordKind::Honour)
                    .then_some(span.end);
            }
            if doc.is_mark(i, b';') || matches!(doc.word(i), k::VI | k::DA | k::DUOC) {
                return None;
            }
        }
        None
    }

    /// `bình chọn 10 doanh nhân … để trao`: those chosen before the verb.
    pub(super) fn chosen(&self, verb: usize) -> Option<Group> {
        let (lex, doc, found) = (self.lex, self.doc, self.found);
        let purpose = verb.checked_sub(1).filter(|&i| doc.word(i) == k::DE_AWARD)?;
        let low = purpose.saturating_sub(14).max(self.sentence.start);
        let counted = |&i: &usize| {
            let head = phrase::number_at(doc, found, i).map(|(_, head)| head);
            head.is_some_and(|head| lex.word_of(doc, head, WordKind::Recipient).is_some())
        };
        let at = (low..purpose).rev().find(counted)?;
        people::groups(lex, doc, found, at, purpose).into_iter().next()
    }

    /// `Anh hùng Lao động Nguyễn Văn A`: who bears the title.
    fn bearer(&self, name: &Name) -> Option<Group> {
        let near = phrase::person_at(self.found, name.end);
        let who = match near {
            Some(person) => person.value.name.clone(),
            None if name.group == Kind::Hero => self.capitals(name.end),
            None => None,
        };
        who.map(|who| Group { who: Some(who), ..Group::default() })
    }

    /// A run of capitalised words.
    fn capitals(&self, at: usize) -> Option<String> {
        use crate::text::token::{Gap, Shape};
        let fits = |&i: &usize| matches!(self.doc.shape(i), Shape::Title) && self.doc.gap(i) == Gap::Space;
        let end = (at..(at + 6).min(self.sentence.end)).take_while(fits).last()? + 1;
        (end >= at + 2).then(|| self.doc.normal(Span::new(at, end)))
    }

    /// `… được T.Ư Đoàn tổ chức`, `… được trao cho 5 em` behind an award.
    fn passive_behind(&self, at: usize) -> Option<Behind> {
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

    /// Where what is said about the award at token `at` ends: at the next award, or with the sentence.
    fn reach_end(&self, at: usize) -> usize {
        let own = |&i: &usize| {
            self.doc.hits.of(TableId::Awards, i).any(|h| self.lex.award(h.row).group != Kind::Nothing)
        };
        (at..self.sentence.end).find(own).unwrap_or(self.sentence.end)
    }

    /// Whether a name tells of an award here, by what must stand beside its kind.
    fn licensed(&self, name: &Name, deed: Option<&Deed>, number: bool, behind: bool) -> bool {
        let gap = deed.map(|d| name.start.saturating_sub(d.verb.end));
        let near = |most: usize| gap.is_some_and(|gap| gap <= most);
        let capital = self.doc.shape(name.span.start).is_capital();
        let win = deed.is_some_and(|d| d.kind == WordKind::Win);
        let giving = deed.is_some_and(|d| matches!(d.kind, WordKind::Confer | WordKind::Honour));
        match name.group {
            Kind::Medal => true,
            Kind::Insignia => near(12) || number || behind || self.is_told_alone(name),
            Kind::Hero => deed.is_some() || self.capitals(name.end).is_some(),
            Kind::Title => behind || near(3) && capital,
            Kind::Prize => behind || number || near(12),
            Kind::Trophy => giving && near(3) && !win,
            Kind::Generic if name.form.is_none() => giving && near(0) && !self.is_plain_prize(name),
            Kind::Generic if self.is_plain_prize(name) => near(1) || number,
            Kind::Generic => behind || near(12),
            Kind::Nothing => false,
        }
    }

    /// Without a verb: `Huân chương Lao động hạng Ba`, `Bằng khen của Bộ Y tế`, but no bare `giấy khen`.
    fn is_told_alone(&self, name: &Name) -> bool {
        let proper = name.form.as_ref().is_some_and(|form| form.split(' ').count() > 2);
        let shared = self.told.deed.is_some() && self.is_joined(name.start);
        shared || name.class.is_some() || proper || self.signed(name.end).0.is_some()
    }

    /// A bare `giải`, `giải thưởng`: the verb before it tells more.
    fn is_plain_prize(&self, name: &Name) -> bool {
        self.doc.word(name.start) == k::GIAI
    }

    /// Whether it is only proposed, aimed at, or taken away.
    fn is_rejected(&self, name: &Name, deed: Option<&Deed>) -> bool {
        let verb = deed.map_or(name.start, |d| d.verb.start);
        let compound = self.lex.over(self.doc, name.start, WordKind::NotAward, 3);
        if compound.is_some_and(|span| span.start < name.start || span.end > name.end) {
            return true;
        }
        if matches!(name.group, Kind::Prize | Kind::Generic) && self.is_game() {
            return true;
        }
        let hard = self.has_before(verb, name.start, WordKind::Reject);
        let soft = matches!(name.group, Kind::Title | Kind::Prize | Kind::Generic | Kind::Medal)
            && self.has_before(verb, name.start, WordKind::Doubt);
        hard || soft
    }

    /// Whether the sentence tells of a lottery, or lists what may be won.
    pub(super) fn is_game(&self) -> bool {
        let Span { start, end } = self.sentence;
        (start..end).any(|i| self.lex.word_of(self.doc, i, WordKind::Game).is_some())
    }

    /// Whether a word of this kind stands close before the verb, or between it and the award.
    pub(super) fn has_before(&self, verb: usize, to: usize, kind: WordKind) -> bool {
        let reach = if kind == WordKind::Reject { 9 } else { 6 };
        let low = verb.min(to).saturating_sub(reach).max(self.sentence.start);
        (low..to).any(|i| {
            let clear = (i + 1..verb).any(|j| self.doc.is_mark(j, b';') || self.doc.is_mark(j, b','));
            let word = i == self.sentence.start || !self.doc.shape(i).is_capital();
            word && !clear && self.lex.word_of(self.doc, i, kind).is_some()
        })
    }
}

/// A passive behind the award's name.
struct Behind {
    giver: Option<String>,
    groups: Vec<Group>,
}

fn rule_of(deed: Option<&Deed>, behind: bool) -> &'static str {
    match deed {
        _ if behind => super::CONFERRED.name,
        None => super::HELD.name,
        Some(deed) if deed.subject_receives() => super::RECEIVED.name,
        Some(_) => super::CONFERRED.name,
    }
}

/// One record for each group that is honoured.
fn records(found: &Found, span: Span, story: Story, awards: &mut Vec<Mention<Award>>) {
    let Story { rule, form, class, count, mut groups, giver, presenter, reach } = story;
    if groups.is_empty() {
        groups.push(Group::default());
    }
    if count.is_some() {
        groups.truncate(1);
    }
    for group in groups {
        let reach = group.reach.or(reach).unwrap_or(span);
        let value = Award {
            form: form.clone(),
            class: class.clone(),
            count: count.or(group.count),
            recipients: group.who,
            giver: giver.clone(),
            presenter: presenter.clone(),
            codes: people::codes(found, reach),
            amount: amount(found, reach),
            part_of: None,
        };
        awards.push(Mention { span, rule, value });
    }
}

/// The first sum of money that comes with it.
fn amount(found: &Found, reach: Span) -> Option<Amount> {
    let from = found.counts.partition_point(|m| m.span.start < reach.start);
    let near = found.counts[from..].iter().take_while(|m| m.span.start < reach.end);
    let money = near.filter(|m| m.value.measure == "money").next()?;
    money.value.value.map(|value| Amount { value, unit: money.value.unit.clone() })
}
