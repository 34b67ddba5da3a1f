//! One conferring put together: the award or the verb that tells it, the giver, who is honoured, for what.

use super::behind::Behind;
use super::deed::{self, Deed};
use super::honour;
use super::lexicon::{Group as Kind, Lexicon, WordKind};
use super::name::{self, Name};
use super::outcome::{Story, records};
use super::people::{self, Group};
use super::phrase;
use crate::document::Document;
use crate::extract::Found;
use crate::gazetteer::hits::Signs;
use crate::gazetteer::schema::TableId;
use crate::mention::{Mention, Span};
use crate::record::Award;
use crate::text::keyword as k;

/// What an award may begin with.
const SIGNS: Signs = Signs::of(&[TableId::Awards]).and(Signs::HONOUR);
/// Most tokens of a giver; more is no name.
const LONGEST_GIVER: usize = 36;
/// Of a sentence that goes on and on, only so many tokens before an award are read …
const BEFORE: usize = 120;
/// … and so many from it on, so that time stays linear.
const BEHIND: usize = 300;

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
    pub(super) subject: Vec<Group>,
    /// one past an award that is only proposed or was taken away
    pub(super) rejected: Option<usize>,
}

/// What the rules read with.
pub(super) struct Reader<'r, 'a> {
    pub(super) lex: &'r Lexicon,
    pub(super) doc: &'r Document<'a>,
    pub(super) found: &'r Found,
    /// the sentence, or as much of it as is read
    pub(super) sentence: Span,
    whole: Span,
    pub(super) told: Told,
}

/// All awards of an article, in text order.
pub(super) fn read(lex: &Lexicon, doc: &Document<'_>, found: &Found) -> Vec<Mention<Award>> {
    let mut awards = Vec::new();
    let none = Span::new(0, 0);
    let mut reader = Reader { lex, doc, found, sentence: none, whole: none, told: Told::default() };
    let mut cursor = 0;
    // One past the verbs that share what undoes the first of them.
    let mut undone = 0;
    for hit in doc.hits.showing(SIGNS).flat_map(|at| doc.hits.at(at)) {
        let start = hit.start as usize;
        if start < cursor || !matches!(hit.table, TableId::Awards | TableId::AwardWords) {
            continue;
        }
        let is_name = hit.table == TableId::Awards;
        let verb = !is_name && start >= undone && doc.hits.shows(Signs::HONOUR, start);
        if !is_name && !verb || doc.is_furniture(start) {
            continue;
        }
        reader.enter(start);
        let told = if is_name { reader.named(start) } else { honour::read(&mut reader, start) };
        match told {
            Some((span, end, story)) => cursor = reader.write(span, end, story, &mut awards),
            None if !is_name => undone = honour::verbs_end(&reader, start),
            None => {}
        }
    }
    awards
}

impl Reader<'_, '_> {
    /// Takes note of the sentence of token `i`; what another sentence told is forgotten.
    fn enter(&mut self, i: usize) {
        let whole = self.doc.sentence(i);
        if !self.whole.contains(i) {
            self.told = Told { end: whole.start, ..Told::default() };
        }
        self.sentence = Span::new(whole.start.max(i.saturating_sub(BEFORE)), whole.end.min(i + BEHIND));
        self.whole = whole;
    }

    /// The records of one conferring, one more for each further class of its order and each further title in quotes, and
    /// where all of that ends.
    fn write(
        &mut self,
        mut span: Span,
        mut end: usize,
        mut story: Story,
        awards: &mut Vec<Mention<Award>>,
    ) -> usize {
        let (lex, doc, found, limit) = (self.lex, self.doc, self.found, self.sentence.end);
        loop {
            records(doc, found, span, story.clone(), awards);
            if let Some((next, class)) =
                name::further_class(doc, end, limit).filter(|_| story.class.is_some())
            {
                story.class = Some(class.to_string());
                (span, end) = (next, next.end);
            } else if let Some((next, form)) =
                name::further_title(lex, doc, end, limit).filter(|_| name::is_quote(doc, end - 1))
            {
                story.form = Some(form);
                (span, end) = (next, next.end + 1);
            } else {
                return end;
            }
            self.told.end = end;
        }
    }

    /// A conferring told by the award's name.
    fn named(&mut self, i: usize) -> Option<(Span, usize, Story)> {
        let (lex, doc, found) = (self.lex, self.doc, self.found);
        let name = name::read(lex, doc, i, self.sentence.end)?;
        // `giải cầu thủ của năm (giải Sông Lam)`: another name of the same.
        let lost = |why| doc.trace.lost(Span::new(name.start, name.end), super::CONFERRED.name, why);
        if self.told.deed.is_some() && name.start == self.told.end + 1 && doc.is_mark(self.told.end, b'(') {
            lost("another name of the award before it, in brackets");
            return None;
        }
        let apposed = self.apposed(&name);
        let own = deed::before(lex, doc, self.told.end, name.start).filter(|_| apposed.is_none());
        let alone = own.is_none() && apposed.is_none() && !self.is_address(&name);
        let shared = alone && self.is_joined(name.start);
        let deed = if shared { self.told.deed.clone() } else { own };
        let number = phrase::number_before(doc, found, name.start);
        let behind = self.passive_behind(name.end).or_else(|| self.belongs(name.end));
        if self.is_undone(&name, deed.as_ref()) {
            lost("only proposed, denied or taken away (award_words: reject)");
            self.told.rejected = Some(name.end);
            return None;
        }
        if !self.licensed(&name, deed.as_ref(), number.is_some(), behind.is_some()) {
            lost(
                "nothing beside it says that it was given: no verb of award_words near enough, no number, no recipient",
            );
            return None;
        }
        if self.is_doubtful(&name, deed.as_ref()) {
            lost(
                "part of something else, of a lottery, of a rule or of a plan (award_words: not_award, norm, game, doubt)",
            );
            return None;
        }
        if self.describes_honoured(&name, deed.as_ref()) {
            lost("says of those who get the award before it that they won");
            return None;
        }
        let bare = Some(&name.head).filter(|_| self.is_plain_prize(&name));
        let form = name.form.as_ref().or(bare).cloned();
        let mut story = Story { form, class: name.class.clone(), ..Story::default() };
        // `15 gương mặt trẻ tiêu biểu được tuyên dương`: who bears a title is counted, a title is not.
        let counted = behind.is_some() || !matches!(name.group, Kind::Title | Kind::Hero);
        story.count = number.filter(|_| counted).map(|(value, _)| value);
        story.rule = rule_of(deed.as_ref(), behind.is_some());
        story.reach = Some(Span::new(name.start, self.reach_end(name.end)));
        self.fill(&name, deed.as_ref(), shared, behind, &mut story);
        let prize =
            matches!(name.group, Kind::Prize | Kind::Generic) && story.groups.is_empty() && number.is_none();
        if prize && (self.is_ceremony(deed.as_ref()) || self.is_plain_prize(&name) && name.form.is_none())
            || prize && phrase::is_sum(found, name.end)
            || self.is_staged(&name, deed.as_ref(), &story)
        {
            lost("a ceremony is named after it, or a bare prize: nobody is said to get it");
            return None;
        }
        if doc.trace.is_on() {
            self.told_by(name.span.start, deed.as_ref(), shared, &story);
        }
        self.told.end = name.end;
        self.told.deed = deed;
        Some((name.span, name.end, story))
    }

    /// `trao Giải thưởng X cho 18 tác giả đạt giải`: a bare prize that only describes who gets the one before it.
    fn describes_honoured(&self, name: &Name, deed: Option<&Deed>) -> bool {
        let Some(won) = deed.filter(|deed| deed.kind == WordKind::Win) else { return false };
        let gave = self.told.deed.as_ref().is_some_and(|told| !told.subject_receives());
        let between = self.told.end..won.verb.start;
        let given = between.clone().any(|i| self.doc.word(i) == k::CHO);
        let parted = between.clone().any(|i| self.doc.is_mark(i, b';') || self.doc.is_mark(i, b'.'));
        name.form.is_none() && self.is_plain_prize(name) && gave && given && !parted
    }

    /// `tiến sĩ, thầy thuốc ưu tú Nguyễn Văn A`: in a list of names the title is only how one of them is addressed.
    fn is_address(&self, name: &Name) -> bool {
        name.group == Kind::Hero && self.capitals(name.end).is_some()
    }

    /// Notes what tells of the award at token `at`.
    #[cold]
    fn told_by(&self, at: usize, deed: Option<&Deed>, shared: bool, story: &Story) {
        let step = |on, why: String| self.doc.trace.step(at, story.rule, on, || why);
        match deed {
            Some(deed) => {
                let verb = self.doc.normal(deed.verb);
                let how = match (shared, deed.passive) {
                    (true, _) => ", shared with the award before",
                    (_, Some(_)) => ", in the passive",
                    _ => "",
                };
                step(Some(deed.verb), format!("told by the verb `{verb}`{how}"));
            }
            None => step(None, "told by its name alone, no verb".into()),
        }
        for group in &story.groups {
            let who = group.who.as_deref().unwrap_or("untold");
            let counted = group.count.map(|n| format!("{n} ")).unwrap_or_default();
            step(None, format!("goes to `{counted}{who}`"));
        }
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
            if signed.is_some() && self.is_owned(name) {
                story.groups.push(Group { who: signed, ..Group::default() });
                return;
            }
            story.giver = signed;
            let held = self.apposed(name).or_else(|| self.bearer(name)).or_else(|| self.owner(name.start));
            story.groups.extend(held);
            return;
        };
        let (actor, receiver) = if shared { self.shared() } else { self.parties(deed) };
        if deed.subject_receives() {
            story.giver = signed.or(actor);
            story.groups = self.counted_behind(deed, after);
            if story.groups.is_empty() {
                story.groups.extend(receiver);
            }
        } else {
            story.groups = self.recipients(deed, name, shared, after);
            (story.giver, story.presenter) = match signed {
                Some(signed) => (Some(signed), actor.filter(|_| !shared)),
                None => match self.proxy(deed.verb.start) {
                    Some(giver) => (Some(giver), actor),
                    None => (actor, None),
                },
            };
        }
        if story.groups.is_empty() {
            story.groups.extend(self.bearer(name));
        }
    }

    /// A title or prize that only a ceremony is named after.
    fn is_staged(&self, name: &Name, deed: Option<&Deed>, story: &Story) -> bool {
        let prize = matches!(name.group, Kind::Prize | Kind::Generic | Kind::Title);
        let bare_event = story.count.is_none() && name.group != Kind::Hero;
        let untold = story.groups.is_empty() && story.rule == super::CONFERRED.name;
        let scene = deed.is_some_and(|deed| self.is_scene(deed.verb.start));
        let bare = name.form.is_none() && name.end - name.start == 1;
        let uncounted = story.count.is_none() && !story.groups.iter().any(|g| g.count.is_some());
        bare && uncounted
            || (prize || bare_event) && untold && self.is_ceremony(deed) && story.giver.is_none()
            || prize && scene
    }

    fn shared(&self) -> (Option<String>, Vec<Group>) {
        (self.told.giver.clone(), self.told.subject.clone())
    }

    /// Where the subject of the verb at token `to` may start: not among what is still said of the last award.
    fn subject_from(&self, to: usize) -> usize {
        let from = self.told.end.max(self.sentence.start);
        let counted = |i: usize| {
            let head = phrase::number_at(self.doc, self.found, i).map(|(_, head)| head);
            head.is_some_and(|head| self.lex.word_of(self.doc, head, WordKind::Recipient).is_some())
        };
        let parts = |i: usize| {
            [b',', b';', b'.', b'-', b':'].iter().any(|&m| self.doc.is_mark(i, m))
                || self.doc.word(i) == k::VA && counted(i + 1)
        };
        if from == self.sentence.start
            || !self.told.deed.as_ref().is_some_and(Deed::subject_receives)
            || parts(from)
            || self.doc.word(from) == k::VA
        {
            return from;
        }
        (from..to).find(|&i| parts(i)).unwrap_or(to)
    }

    /// Who gives and, where the subject of the sentence receives, who receives.
    pub(super) fn parties(&mut self, deed: &Deed) -> (Option<String>, Vec<Group>) {
        let (lex, doc, found) = (self.lex, self.doc, self.found);
        let to = deed.passive.unwrap_or(deed.verb.start);
        let from = self.subject_from(to);
        let receives = deed.subject_receives();
        let subject = deed::subject(lex, doc, found, from, to, receives).filter(|_| from <= to);
        let mut giver = None;
        let mut receiver = Vec::new();
        if let Some(passive) = deed.passive {
            giver = self.between(passive + 1, deed.verb.start);
        }
        if deed.subject_receives() {
            receiver = subject
                .filter(|&span| phrase::names_people(lex, doc, found, span))
                .map(|span| people::of_subject(lex, doc, found, from, span))
                .unwrap_or_else(|| self.told.subject.clone());
        } else {
            // `tặng … cho Công an tỉnh, tặng …`: whom the first went to does not give the second
            let addressed = subject.is_some_and(|span| doc.word(span.start) == k::CHO);
            let own = subject.and_then(|span| self.giver(span));
            let before = self.told.giver.clone();
            giver = if addressed { before.or(own) } else { own.or(before) };
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
    pub(super) fn between(&self, from: usize, to: usize) -> Option<String> {
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
    pub(super) fn signed(&self, at: usize) -> (Option<String>, usize) {
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

    /// `HCV của cô A`, `tấm huân chương của ông B`: behind `của` stands who has it.
    fn is_owned(&self, name: &Name) -> bool {
        let doc = self.doc;
        doc.word(name.end) == k::CUA
            && (name.group == Kind::Medal || doc.hit(TableId::Honorifics, name.end + 1).is_some())
    }

    /// `thừa ủy quyền của Chủ tịch nước, ông A trao …`: in whose name the award is handed over.
    fn proxy(&self, verb: usize) -> Option<String> {
        let (lex, doc, found) = (self.lex, self.doc, self.found);
        let span = (self.sentence.start..verb).find_map(|i| lex.word_of(doc, i, WordKind::Proxy))?;
        let start = span.end + usize::from(doc.word(span.end) == k::CUA);
        let end = phrase::people_end(lex, doc, found, start, verb);
        let comma = (start..end).find(|&i| doc.is_mark(i, b',')).unwrap_or(end);
        (comma > start && doc.shape(start).is_capital()).then(|| doc.normal(Span::new(start, comma)))
    }

    /// Where what is said about the award at token `at` ends: at the next award, or with the sentence.
    fn reach_end(&self, at: usize) -> usize {
        let own = |&i: &usize| {
            self.doc.hits.of(TableId::Awards, i).any(|h| self.lex.award(h.row).group != Kind::Nothing)
        };
        (at..self.sentence.end).find(own).unwrap_or(self.sentence.end)
    }
}

fn rule_of(deed: Option<&Deed>, behind: bool) -> &'static str {
    match deed {
        _ if behind => super::CONFERRED.name,
        None => super::HELD.name,
        Some(deed) if deed.subject_receives() => super::RECEIVED.name,
        Some(_) => super::CONFERRED.name,
    }
}
