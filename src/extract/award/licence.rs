//! Whether a name or a verb tells of an award at all: what must stand beside its kind, and what undoes it.

use super::deed::Deed;
use super::lexicon::{Group as Kind, WordKind};
use super::name::Name;
use super::story::Reader;
use crate::mention::Span;
use crate::text::keyword as k;
use crate::text::token::Gap;
use crate::text::vocabulary::Word;

impl Reader<'_, '_> {
    /// Whether a name tells of an award here, by what must stand beside its kind.
    pub(super) fn licensed(&self, name: &Name, deed: Option<&Deed>, number: bool, behind: bool) -> bool {
        // A second award right behind a comma or `và` shares the verb of the first, however long its name.
        let joint = name.start > self.told.end && {
            let last = name.start - 1;
            let listed = [b',', b';', b'-', b':', b'('].iter().any(|&m| self.doc.is_mark(last, m));
            (listed || matches!(self.doc.word(last), k::VA | k::CUNG | k::VOI)) && self.is_joined(name.start)
        };
        let from = |d: &Deed| match joint {
            true => name.start,
            // `Huy chương Đồng Taekwondo Giải Thiếu niên`: where the medal was won.
            false if self.is_plain_prize(name) && self.doc.shape(name.start - 1).is_capital() => d.verb.end,
            false => d.verb.end.max(self.told.end),
        };
        let gap = deed.map(|d| name.start.saturating_sub(from(d)));
        let near = |most: usize| gap.is_some_and(|gap| gap <= most);
        let capital = self.doc.shape(name.span.start).is_capital();
        let win = deed.is_some_and(|d| d.kind == WordKind::Win);
        let giving = deed.is_some_and(|d| matches!(d.kind, WordKind::Confer | WordKind::Honour));
        match name.group {
            Kind::Medal => true,
            Kind::Insignia => {
                near(12) || number || behind || self.is_told_alone(name) && !self.is_extra(name)
            }
            // Of a person who bears it in short (`NSND`), it is no more than an address.
            Kind::Hero => near(6) || name.end > name.start + 1 && self.capitals(name.end).is_some(),
            Kind::Title if self.names_contest(name) => false,
            Kind::Title => behind || near(3) && capital,
            Kind::Prize | Kind::Generic if self.is_place(name) => false,
            Kind::Prize if self.is_namesake(name) => false,
            Kind::Prize => {
                let act = near(12) && deed.is_some_and(|d| self.doc.word(d.verb.start) != k::CO);
                behind || act || (near(12) || number || self.of_contest(name)) && !self.is_priced(name)
            }
            Kind::Trophy => giving && near(3) && !win,
            Kind::Generic if name.form.is_none() => {
                let aside = (self.told.end..name.start).any(|i| self.doc.is_mark(i, b'('));
                let won = (near(4) && !giving && !aside || behind) && self.is_plain_prize(name);
                won || name.end - name.start > 1 && giving && near(0)
            }
            Kind::Generic if self.is_plain_prize(name) => {
                behind || number || near(if name.quoted { 5 } else { 1 })
            }
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

    /// `giải Nhất kỳ thi …`: in a list of what somebody won no verb is needed.
    fn of_contest(&self, name: &Name) -> bool {
        name.end < self.sentence.end && self.lex.word_of(self.doc, name.end, WordKind::Event).is_some()
    }

    /// `2 giải Nhất, mỗi giải 5 triệu đồng`: what may be won.
    fn is_priced(&self, name: &Name) -> bool {
        let priced = |i: usize| self.lex.word_of(self.doc, i, WordKind::Price).is_some();
        (name.end..(name.end + 10).min(self.sentence.end)).any(priced)
    }

    /// `Giải nhất trị giá 10 triệu đồng kèm bằng khen`: what comes with a prize that may be won.
    fn is_extra(&self, name: &Name) -> bool {
        let priced = |i: usize| self.lex.word_of(self.doc, i, WordKind::Price).is_some();
        self.told.deed.is_none() && (self.sentence.start..name.start).any(priced)
    }

    /// `Oscar Rivas`: a person who bears the name of a prize.
    fn is_namesake(&self, name: &Name) -> bool {
        let next = self.doc.shape(name.end).is_capital() && self.doc.gap(name.end) == Gap::Space;
        name.end - name.start == 1 && next
    }

    /// `tại giải Kim Mã`: a prize as the event where another is won.
    fn is_place(&self, name: &Name) -> bool {
        name.start > self.sentence.start && matches!(self.doc.word(name.start - 1), k::TAI | k::O)
    }

    /// `cuộc thi Hoa hậu Hàn Quốc`: the title is part of the contest's name.
    fn names_contest(&self, name: &Name) -> bool {
        let before = name.start.checked_sub(1).filter(|&at| at >= self.sentence.start);
        before.is_some_and(|at| {
            self.lex.over(self.doc, at, WordKind::Event, 3).is_some_and(|e| e.end == name.start)
        })
    }

    /// A bare `giải`, `giải thưởng`: the verb before it tells more.
    pub(super) fn is_plain_prize(&self, name: &Name) -> bool {
        self.doc.word(name.start) == k::GIAI
    }

    /// Whether it is only proposed, aimed at, or taken away; so are those joined to one that is.
    pub(super) fn is_undone(&self, name: &Name, deed: Option<&Deed>) -> bool {
        let verb = deed.map_or(name.start, |d| d.verb.start);
        self.has_before(verb, name.start, WordKind::Reject)
            || self.is_proposed(verb)
            || deed.is_some_and(|deed| self.is_denied(deed))
            || self.told.rejected.is_some_and(|end| name.start.saturating_sub(end) <= 6)
    }

    /// `không có huy chương`, `không được trao giải`
    pub(super) fn is_denied(&self, deed: &Deed) -> bool {
        let verb = deed.passive.unwrap_or(deed.verb.start);
        verb > self.sentence.start && self.doc.word(verb - 1) == k::KHONG
    }

    /// Whether the words are part of something else, a lottery, a plan, or perhaps never given.
    pub(super) fn is_doubtful(&self, name: &Name, deed: Option<&Deed>) -> bool {
        let verb = deed.map_or(name.start, |d| d.verb.start);
        let compound = self.lex.over(self.doc, name.start, WordKind::NotAward, 3);
        let part = |s: Span| s.start < name.start || s.end > name.end || name.group == Kind::Generic;
        let prize = matches!(name.group, Kind::Prize | Kind::Generic);
        let soft = prize || matches!(name.group, Kind::Title | Kind::Medal);
        let ahead = name.end..(name.end + 3).min(self.sentence.end);
        let general = prize && ahead.clone().any(|i| self.doc.word(i) == k::SE);
        let planned = deed.is_none() && name.group == Kind::Prize && self.sentence_has(k::SE, name.start);
        compound.is_some_and(part)
            || name.group != Kind::Medal && self.is_norm()
            || planned
            || general
            || prize && self.is_game(verb)
            || soft && self.has_before(verb, name.start, WordKind::Doubt)
    }

    /// Whether `word` stands in the sentence before token `to`.
    fn sentence_has(&self, word: Word, to: usize) -> bool {
        (self.sentence.start..to).any(|i| self.doc.word(i) == word)
    }

    /// Whether the sentence tells of a lottery, or lists what may be won; not only before the `;` of the verb's clause.
    pub(super) fn is_game(&self, verb: usize) -> bool {
        let Span { start, end } = self.sentence;
        let told = self.doc.word(verb) != k::CO
            && self.lex.word(self.doc, verb).is_some_and(|(kind, _)| kind.is_act());
        let parted = (start..verb).rev().find(|&i| told && self.doc.is_mark(i, b';'));
        (parted.unwrap_or(start)..end).any(|i| self.lex.word_of(self.doc, i, WordKind::Game).is_some())
    }

    /// Whether the sentence tells what a law or a rule says: who may get it, not who did.
    pub(super) fn is_norm(&self) -> bool {
        let Span { start, end } = self.sentence;
        (start..end).any(|i| self.lex.word_of(self.doc, i, WordKind::Norm).is_some())
    }

    /// Whether a word of this kind stands close before the verb, or between it and the award.
    pub(super) fn has_before(&self, verb: usize, to: usize, kind: WordKind) -> bool {
        let reach = if kind == WordKind::Reject { 9 } else { 6 };
        let low = verb.min(to).saturating_sub(reach).max(self.sentence.start);
        (low..to).any(|i| {
            let clear = (i + 1..verb).any(|j| self.doc.is_mark(j, b';') || self.doc.is_mark(j, b','));
            let word = i != verb && (i == self.sentence.start || !self.doc.shape(i).is_capital());
            word && !clear && self.lex.word_of(self.doc, i, kind).is_some() && !self.is_noun(i)
        })
    }

    /// `sự quan tâm`: a noun, no verb.
    fn is_noun(&self, i: usize) -> bool {
        i > self.sentence.start && self.doc.spelling(i - 1) == "sự"
    }

    /// `lễ trao giải …`: the event, not the act.
    pub(super) fn is_ceremony(&self, deed: Option<&Deed>) -> bool {
        deed.is_some_and(|deed| self.event_before(deed.verb.start).is_some())
    }

    /// The ceremony whose name the verb at token `verb` is part of.
    pub(super) fn event_before(&self, verb: usize) -> Option<Span> {
        let at = verb.checked_sub(1)?;
        if self.doc.word(at) != k::VA && !self.doc.is_mark(at, b',') {
            return self.lex.over(self.doc, at, WordKind::Event, 4);
        }
        // `lễ công bố và trao …`, `lễ trao tặng, truy tặng …`
        let told = |i: usize| {
            let event = self.lex.word_of(self.doc, i, WordKind::Event)?;
            let act = self.lex.word(self.doc, event.end).map_or(event.end, |(_, act)| act.end);
            (event.end == at || act == at).then_some(event)
        };
        (at.saturating_sub(6).max(self.sentence.start)..at).find_map(told)
    }

    /// `tại lễ tuyên dương …`: where something else happened.
    pub(super) fn is_scene(&self, verb: usize) -> bool {
        let event = self.event_before(verb);
        let before = event.and_then(|event| event.start.checked_sub(1));
        before.is_some_and(|at| self.lex.over(self.doc, at, WordKind::Front, 3).is_some())
    }

    /// `đề nghị Bộ A, Ủy ban B tặng …`: only bodies stand between the proposal and the verb.
    pub(super) fn is_proposed(&self, verb: usize) -> bool {
        let low = verb.saturating_sub(30).max(self.sentence.start);
        for i in (low..verb).rev() {
            if let Some(span) = self.lex.word_of(self.doc, i, WordKind::Reject) {
                let asks = matches!(&*self.doc.spelling(i), "đề" | "kiến" | "trình");
                return span.end > i + 1 && self.doc.word(span.end) != k::CUA && asks;
            }
            let act =
                self.lex.word(self.doc, i).is_some_and(|(kind, _)| kind.is_act() || kind == WordKind::Aux);
            if act && !self.doc.shape(i).is_capital() || matches!(self.doc.word(i), k::DA | k::VUA | k::DUOC)
            {
                return false;
            }
        }
        false
    }
}
