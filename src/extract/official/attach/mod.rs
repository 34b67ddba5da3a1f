//! Which posts belong to which name: chains before and after it, lists, brackets, dashes, predicates (`verb`).

mod verb;

use super::joint::{Joint, joint};
use super::lexicon::{Lexicon, WordKind};
use super::piece::{Item, NameItem};
use crate::document::Document;
use crate::record::Status;
use crate::text::keyword as kw;
use crate::text::token::Shape;

/// How a post came to its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// the post stands before the name
    Before,
    /// the post stands behind the name
    Behind,
    /// one post for a list of names
    List,
    /// said by a verb
    Verb,
}

/// A post given to a name.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// index of the name among the pieces
    pub name: usize,
    /// index of the title
    pub title: usize,
    /// how
    pub way: Way,
    /// what the verb says of it
    pub status: Option<Status>,
}

/// Reads the links of an article.
pub struct Attacher<'a, 'd> {
    doc: &'a Document<'d>,
    lexicon: &'a Lexicon,
    items: &'a [Item],
    joints: Vec<Joint>,
    /// for each pronoun the name it stands for
    topics: Vec<Option<usize>>,
    links: Vec<Link>,
}

impl<'a, 'd> Attacher<'a, 'd> {
    /// The links among `items`, in the order of their titles.
    pub fn links(doc: &'a Document<'d>, lexicon: &'a Lexicon, items: &'a [Item]) -> Vec<Link> {
        let mut joints = vec![Joint::Other];
        joints.extend(items.windows(2).map(|pair| {
            let (from, to) = (pair[0].span().end, pair[1].span().start);
            let apart = doc.sentence_of(from - 1) != doc.sentence_of(to);
            if apart { Joint::Other } else { joint(doc, lexicon, from, to) }
        }));
        joints.push(Joint::Other);
        let topics = topics(doc, lexicon, items);
        let mut attacher = Attacher { doc, lexicon, items, joints, topics, links: Vec::new() };
        let mut at = 0;
        while at < items.len() {
            at = attacher.chain(at);
        }
        attacher.links
    }

    fn is_name(&self, i: usize) -> bool {
        self.items.get(i).is_some_and(|item| item.name().is_some())
    }

    fn is_title(&self, i: usize) -> bool {
        self.items.get(i).is_some_and(|item| item.title().is_some())
    }

    fn name(&self, i: usize) -> Option<&'a NameItem> {
        self.items.get(i)?.name()
    }

    fn give(&mut self, name: usize, titles: std::ops::Range<usize>, way: Way, status: Option<Status>) {
        self.links.extend(titles.map(|title| Link { name, title, way, status }));
    }

    fn has_titles(&self, name: usize) -> bool {
        self.links.iter().rev().take(64).any(|link| link.name == name)
    }

    /// Handles the chain of titles that starts at piece `from`, if one does; where to go on.
    fn chain(&mut self, from: usize) -> usize {
        if !self.is_title(from) {
            return from + 1;
        }
        let mut end = from + 1;
        if self.items[from].title().is_some_and(|t| t.granted) && self.joints[end] != Joint::Adjacent {
            return end;
        }
        while self.is_title(end)
            && (matches!(self.joints[end], Joint::Comma | Joint::And | Joint::Dash | Joint::Adjacent)
                || self.opens_bracket(end))
        {
            end += 1;
        }
        if self.adjacent(from, end)
            || self.behind(from, end)
            || self.list(from, end)
            || self.verb(from, end)
            || self.apposed(from, end)
        {
            return end;
        }
        end
    }

    /// `Bí thư Đảng ủy, Giám đốc | (nguyên Giám đốc Sở Y tế)`, not the short form of the post before (`(CEO)`).
    fn opens_bracket(&self, title: usize) -> bool {
        let span = self.items[title].span();
        self.joints[title] == Joint::Open
            && (span.end > span.start + 1 || self.doc.shape(span.start) != Shape::Upper)
    }

    /// A name right behind the chain: `Bí thư Tỉnh ủy Nguyễn Văn A`.
    fn adjacent(&mut self, from: usize, end: usize) -> bool {
        if !self.is_name(end) || self.joints[end] != Joint::Adjacent {
            return false;
        }
        let mut own = from;
        let free = from > 0 && self.is_name(from - 1) && !self.has_titles(from - 1);
        // `ông A làm thư ký và Bộ trưởng Tài chính B làm cố vấn`
        let said = self.joints[from] == Joint::Be && (from + 1..end).any(|i| self.joints[i] == Joint::And);
        if end - from > 1 && free && (self.follows(from) || said) && !self.opens_clause(from) {
            // `ông A, Giám đốc Sở X, Bí thư Tỉnh ủy B`: only the last one is before its name.
            // `ông A - Bộ trưởng X và Phó Thủ tướng Y, Bộ trưởng Z B`: `và` opens the other's.
            own = (from + 1..end).find(|&i| self.joints[i] == Joint::And).unwrap_or(end - 1);
            self.give(from - 1, from..own, Way::Behind, None);
        }
        let plural =
            self.items[end - 1].title().is_some_and(|t| t.plural) || self.name(end).is_some_and(|n| n.plural);
        match plural && self.names_of_list(end).len() > 1 {
            true => self.spread(end, own..end),
            false => self.give(end, own..end, Way::Before, None),
        }
        true
    }

    /// `A, T1, T2 N`: whether the piece before is in the same list, not a name that ends another phrase.
    fn follows(&self, from: usize) -> bool {
        matches!(self.joints[from], Joint::Comma | Joint::Dash | Joint::Open)
    }

    fn opens_clause(&self, from: usize) -> bool {
        self.joints[from] == Joint::Semicolon
    }

    /// A name before the chain: `Nguyễn Văn A, Bí thư Tỉnh ủy`, `ông A - Giám đốc`, `ông A (Giám đốc)`, `ông A là …`.
    fn behind(&mut self, from: usize, end: usize) -> bool {
        if from == 0 {
            return false;
        }
        let joint = self.joints[from];
        let owner = match &self.items[from - 1] {
            Item::Name(name) if joint == Joint::Be && self.succeeds(name, from) => from - 2,
            Item::Name(_) if matches!(joint, Joint::Comma | Joint::Dash | Joint::Open | Joint::Be) => {
                from - 1
            }
            Item::Name(name) if joint == Joint::Adjacent && self.runs_on(name, from) => from - 1,
            Item::Pronoun { .. } if joint == Joint::Be => match self.topics[from - 1] {
                Some(name) => name,
                None => return false,
            },
            // `bầu ông A, Giám đốc Sở Y tế, làm Chủ tịch Hội`
            Item::Title(before)
                if joint == Joint::Be
                    && (self.doc.is_mark(before.span.end, b',')
                        || self.doc.is_mark(before.span.end, b')') && self.is_definite(from))
                    && !self.is_name(end) =>
            {
                match self.owner(from - 1) {
                    Some(name) => name,
                    None => return false,
                }
            }
            Item::Title(_) if joint == Joint::Semicolon && !self.leads_on(end) => {
                match self.owner(from - 1) {
                    Some(name) => name,
                    None => return false,
                }
            }
            _ => return false,
        };
        let weak = self.name(owner).is_some_and(|n| n.weak);
        if joint == Joint::Comma && self.apposes_next(end) && (weak || self.has_titles(owner)) {
            return false;
        }
        let way = if joint == Joint::Be { Way::Verb } else { Way::Behind };
        self.give(owner, from..end, way, None);
        true
    }

    fn is_definite(&self, title: usize) -> bool {
        self.items[title].title().is_some_and(|title| title.definite)
    }

    /// `ông A lên thay ông B làm Giám đốc`: the post is the successor's.
    fn succeeds(&self, name: &NameItem, title: usize) -> bool {
        let start = name.start;
        start > 0
            && self.doc.word(start - 1) == kw::THAY
            && title > 1
            && self.is_name(title - 2)
            && self.doc.sentence_of(self.items[title - 2].span().start) == self.doc.sentence_of(start)
    }

    /// `đồng chí A Bí thư Tỉnh ủy đến dự`: the comma between name and post is missing.
    fn runs_on(&self, name: &NameItem, title: usize) -> bool {
        let capital = self.doc.shape(self.items[title].span().start).is_capital();
        let adjacent = name.span.end == self.items[title].span().start;
        adjacent
            && capital
            && name.full
            && (name.honorific.is_some() || name.rank.is_some())
            && !self.has_titles(title - 1)
    }

    fn owner(&self, title: usize) -> Option<usize> {
        self.links.iter().rev().take(64).find(|link| link.title == title).map(|link| link.name)
    }

    /// Whether a name follows the chain that it could belong to.
    fn leads_on(&self, end: usize) -> bool {
        self.is_name(end)
            && matches!(
                self.joints[end],
                Joint::Comma | Joint::Colon | Joint::Group | Joint::Be | Joint::Adjacent
            )
    }

    fn apposes_next(&self, end: usize) -> bool {
        self.is_name(end)
            && self.joints[end] == Joint::Comma
            && self.name(end).is_some_and(|n| n.honorific.is_some() || n.rank.is_some())
    }

    /// `các Phó Chủ tịch: A, B, C`; `Phó ban gồm các ông A, B`.
    fn list(&mut self, from: usize, end: usize) -> bool {
        let joint = self.joints[end];
        if joint == Joint::Colon && self.is_title(end) && self.items[from].title().is_some_and(|t| t.plural) {
            return self.group(from, end);
        }
        if !self.is_name(end) || !matches!(joint, Joint::Colon | Joint::Group | Joint::Be) {
            return false;
        }
        // `Phát ngôn viên của Tổng thống Nga là ông A`: said of the one whose post holds the other's
        let outer = from.checked_sub(1).and_then(|i| self.items[i].title());
        if joint == Joint::Be && outer.is_some_and(|t| t.inner == Some(self.items[from].span().start)) {
            self.spread(end, from - 1..from);
            return true;
        }
        self.spread(end, from..end);
        true
    }

    /// A title for everybody up to the next semicolon: `các Ủy viên Bộ Chính trị: Thủ tướng A và Bộ trưởng B`.
    fn group(&mut self, from: usize, end: usize) -> bool {
        let sentence = self.doc.sentence_of(self.items[from].span().start);
        let (mut names, mut single, mut found) = (0, true, false);
        for i in end..self.items.len().min(end + 60) {
            let item = &self.items[i];
            let stops = i > end && self.joints[i] == Joint::Semicolon;
            single &= names == 1 || !stops;
            if self.doc.sentence_of(item.span().start) != sentence || stops && !(single && self.is_single(i))
            {
                break;
            }
            names = if stops { 0 } else { names };
            if item.name().is_some() {
                self.give(i, from..end, Way::List, None);
                names += 1;
                found = true;
            }
        }
        found
    }

    /// Whether one post and its holder's name begin at piece `i` (`các Ủy viên Bộ Chính trị: T1 A; | T2 B`).
    fn is_single(&self, i: usize) -> bool {
        let one = self.items[i].title().is_some_and(|title| !title.plural);
        one && self.is_name(i + 1) && self.joints[i + 1] == Joint::Adjacent
    }

    /// The names of a list that starts with `first`: `A, B và C`, as far as none has a post of its own.
    fn names_of_list(&self, first: usize) -> Vec<usize> {
        let mut names = vec![first];
        let mut at = first + 1;
        while self.is_name(at) && matches!(self.joints[at], Joint::Comma | Joint::And) {
            names.push(at);
            at += 1;
        }
        if self.is_title(at)
            && (self.follows(at) || self.joints[at] == Joint::Be)
            && names.len() > 1
            && !self.is_name(at + 1)
        {
            names.pop();
        }
        names
    }

    fn spread(&mut self, first: usize, titles: std::ops::Range<usize>) {
        let names = self.names_of_list(first);
        let list = names.len() > 1
            && (self.items[titles.start].title().is_some_and(|t| t.plural)
                || self.name(first).is_some_and(|n| n.plural)
                || names.iter().all(|&n| self.name(n).is_some_and(|n| n.honorific.is_some()))
                || self.joints[first] != Joint::Be);
        let count = if list { names.len() } else { 1 };
        let way = if list { Way::List } else { Way::Before };
        for &name in &names[..count] {
            self.give(name, titles.clone(), way, None);
        }
    }

    /// `Giám đốc Sở Y tế, ông A, cho biết`; `Thủ tướng Pakistan, Nawaz Sharif`.
    fn apposed(&mut self, from: usize, end: usize) -> bool {
        if !self.is_name(end) || !matches!(self.joints[end], Joint::Comma | Joint::Dash) {
            return false;
        }
        let start = self.items[from].span().start;
        let of_another = start > 0 && self.lexicon.word_before(self.doc, WordKind::Own, start).is_some();
        let titles = self.items[from].title();
        let own = self.is_title(end + 1) && self.follows(end + 1);
        let clause = start == 0
            || self.doc.shape(start - 1) == Shape::Mark
            || self.doc.gap(start) == crate::text::token::Gap::Line
            || self.doc.word(start - 1) == kw::THEO
            || self.doc.shape(start - 1) == Shape::Lower;
        if of_another || own || !clause || titles.is_some_and(|t| t.granted || t.plural) {
            return false;
        }
        let strong = self.name(end).is_some_and(|n| n.honorific.is_some() || n.rank.is_some() || n.weak);
        if !strong || self.name(end).is_some_and(|n| n.plural) {
            return false;
        }
        self.give(end, from..end, Way::Before, None);
        true
    }
}

/// For each pronoun the name it stands for: the first person of its sentence before it, else of the sentence before.
fn topics(doc: &Document<'_>, lexicon: &Lexicon, items: &[Item]) -> Vec<Option<usize>> {
    let mut topics = vec![None; items.len()];
    let mut topic: Option<usize> = None;
    let mut sentence = usize::MAX;
    for (i, item) in items.iter().enumerate() {
        let here = doc.sentence_of(item.span().start);
        match item {
            Item::Pronoun { gender, .. } => {
                let known = |n: usize| items[n].name().and_then(|name| name.gender);
                topics[i] = topic.filter(|&n| known(n).is_none() || *gender == known(n));
                sentence = here;
            }
            Item::Name(name) if here != sentence && (!name.weak || is_subject(doc, lexicon, name)) => {
                topic = Some(i);
                sentence = here;
            }
            _ => {}
        }
    }
    topics
}

/// Whether a verb or an apposition follows a name that nothing else vouches for.
fn is_subject(doc: &Document<'_>, lexicon: &Lexicon, name: &NameItem) -> bool {
    doc.is_mark(name.span.end, b',') || lexicon.word(doc, WordKind::End, name.span.end).is_some()
}
