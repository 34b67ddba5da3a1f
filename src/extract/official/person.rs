//! The persons of an article: which names are one person's, and the records made of them.

use super::attach::{Link, Way};
use super::lexicon::{Lexicon, WordKind};
use super::name::Names;
use super::piece::{Item, NameItem, TitleItem};
use super::why;
use crate::document::Document;
use crate::mention::{Mention, Span};
use crate::record::{Official, Status, Title};
use crate::text::fold::fold;
use crate::text::keyword as kw;
use crate::text::vocabulary::Word;
use rustc_hash::{FxHashMap, FxHashSet};

/// A person: the full name's words and where the name is mentioned.
struct Person {
    words: Vec<Word>,
    first: usize,
    known: bool,
    /// a full name of this person has a post
    posted: bool,
    foreign: bool,
}

/// Links the names of an article to persons.
pub struct Persons<'a, 'd> {
    doc: &'a Document<'d>,
    lexicon: &'a Lexicon,
    items: &'a [Item],
    links: &'a [Link],
    /// for each name its links, for each title whether it has a holder
    links_of: Vec<Vec<usize>>,
    owned: Vec<bool>,
    persons: Vec<Person>,
    /// the words that no table knows, folded, numbered on from those that one does
    unknown: FxHashMap<String, Word>,
    /// the persons whose name starts or ends with a word
    starting: FxHashMap<Word, Vec<usize>>,
    ending: FxHashMap<Word, Vec<usize>>,
    /// for each piece its person
    of: Vec<Option<usize>>,
}

impl<'a, 'd> Persons<'a, 'd> {
    /// The records of the article's officials, in text order.
    pub fn records(
        doc: &'a Document<'d>,
        lexicon: &'a Lexicon,
        items: &'a [Item],
        links: &'a [Link],
        codes: &dyn Fn(Span) -> Option<String>,
    ) -> Vec<Mention<Official>> {
        let mut links_of = vec![Vec::new(); items.len()];
        let mut owned = vec![false; items.len()];
        for (n, link) in links.iter().enumerate() {
            links_of[link.name].push(n);
            owned[link.title] = true;
        }
        let mut persons = Persons {
            doc,
            lexicon,
            items,
            links,
            links_of,
            owned,
            persons: Vec::new(),
            unknown: FxHashMap::default(),
            starting: FxHashMap::default(),
            ending: FxHashMap::default(),
            of: vec![None; items.len()],
        };
        persons.link_full(false);
        persons.link_full(true);
        persons.link_given();
        persons.mark_known();
        persons.write(codes)
    }

    fn names(&self) -> impl Iterator<Item = (usize, &'a NameItem)> {
        let items = self.items;
        items.iter().enumerate().filter_map(|(i, item)| Some((i, item.name()?)))
    }

    fn words(&mut self, name: &NameItem) -> Vec<Word> {
        let span = name.span;
        let start = self
            .lexicon
            .honorific(self.doc, span.start)
            .filter(|(_, row)| row.in_name)
            .map_or(span.start, |(hit, _)| hit.end as usize);
        let from = if start < span.end { start } else { span.start };
        (from..span.end).map(|i| self.word(i)).collect()
    }

    /// The word of token `i`, also one that no table knows.
    fn word(&mut self, i: usize) -> Word {
        let known = self.doc.word(i);
        if known != Word::UNKNOWN {
            return known;
        }
        let next = Word((self.doc.gazetteers.vocabulary.len() + self.unknown.len()) as u32);
        *self.unknown.entry(fold(self.doc.surface(Span::new(i, i + 1)))).or_insert(next)
    }

    fn is_linked(&self, name: usize) -> bool {
        !self.links_of[name].is_empty()
    }

    /// Full names: one person for each, the same words or the end of longer ones being the same person. Names that
    /// nothing vouches for come second.
    fn link_full(&mut self, weak: bool) {
        let names: Vec<(usize, &NameItem)> = self.names().collect();
        for (i, name) in names {
            let vouched = !name.weak || self.is_linked(i);
            if !name.full || vouched == weak {
                continue;
            }
            let words = self.words(name);
            match self.same(&words).or_else(|| self.longer(&words)) {
                Some(person) => {
                    why::linked(
                        self.doc,
                        &self.items[i],
                        &self.items[self.persons[person].first],
                        "the same person: the same words, or the end of the longer name",
                    );
                    self.add(person, i);
                }
                None => self.create(words, i, name),
            }
        }
    }

    fn create(&mut self, words: Vec<Word>, mention: usize, name: &NameItem) {
        let names = Names { doc: self.doc, lexicon: self.lexicon };
        let foreign = names.is_foreign(name.span.start, name.span.end);
        let person = self.persons.len();
        if let (Some(&first), Some(&last)) = (words.first(), words.last()) {
            self.starting.entry(first).or_default().push(person);
            self.ending.entry(last).or_default().push(person);
        }
        self.persons.push(Person { words, first: mention, known: false, posted: false, foreign });
        self.add(person, mention);
    }

    /// The persons whose name ends with the last of `words`.
    fn ending(&self, words: &[Word]) -> &[usize] {
        words.last().and_then(|word| self.ending.get(word)).map_or(&[], Vec::as_slice)
    }

    /// The persons whose name starts with the first of `words`.
    fn starting(&self, words: &[Word]) -> &[usize] {
        words.first().and_then(|word| self.starting.get(word)).map_or(&[], Vec::as_slice)
    }

    fn same(&self, words: &[Word]) -> Option<usize> {
        self.ending(words).iter().copied().find(|&p| self.persons[p].words == words)
    }

    /// The one person whose longer name ends with `words`.
    fn longer(&self, words: &[Word]) -> Option<usize> {
        let fits = |p: &Person| p.words.len() > words.len() && p.words.ends_with(words);
        only(self.ending(words).iter().copied().filter(|&p| fits(&self.persons[p])))
    }

    fn add(&mut self, person: usize, mention: usize) {
        self.of[mention] = Some(person);
        self.persons[person].posted |= self.is_linked(mention);
        let first = &mut self.persons[person].first;
        *first = mention.min(*first);
    }

    /// Given names: the one person who bears it, of those named before if there are several. A name of two words or
    /// more that has a post, or a foreign one, is a person by itself.
    fn link_given(&mut self) {
        let names: Vec<(usize, &NameItem)> = self.names().filter(|(_, name)| !name.full).collect();
        for (i, name) in names {
            let words = self.words(name);
            if let Some(person) = self.bearer(&words, i) {
                why::linked(
                    self.doc,
                    &self.items[i],
                    &self.items[self.persons[person].first],
                    "the one person of the article that this short name fits",
                );
                self.add(person, i);
                continue;
            }
            let foreign =
                Names { doc: self.doc, lexicon: self.lexicon }.is_foreign(name.span.start, name.span.end);
            if self.is_linked(i) && (foreign && self.is_central(i) || words.len() > 1)
                || name.rank.is_some() && words.len() > 1
            {
                self.create(words, i, name);
            } else if self.doc.trace.is_on() {
                why::no_bearer(self.doc, name, self.ending(&words).len());
            }
        }
    }

    /// Whether a name has a post that makes one word enough to know its holder (`Tổng thống Macron`).
    fn is_central(&self, name: usize) -> bool {
        let links = self.links_of[name].iter().map(|&n| &self.links[n]);
        links.filter_map(|link| self.items[link.title].title()).any(|title| title.central)
    }

    fn bearer(&self, words: &[Word], mention: usize) -> Option<usize> {
        let fits = |p: &Person| {
            p.words == words
                || p.words.len() > words.len()
                    && (p.words.ends_with(words) || p.foreign && p.words.starts_with(words))
        };
        let mut all: Vec<usize> = self.ending(words).iter().chain(self.starting(words)).copied().collect();
        all.retain(|&p| fits(&self.persons[p]));
        all.sort_unstable();
        all.dedup();
        let before = |p: &usize| self.persons[*p].first < mention;
        only(all.iter().copied().filter(before))
            .or_else(|| only(all.iter().copied().filter(|&p| self.persons[p].posted)))
            .or_else(|| only(all.iter().copied()).filter(|_| !all.iter().any(before)))
            .or_else(|| self.family(words, mention).filter(|_| all.is_empty()))
    }

    /// `ông Tập` for `Tập Cận Bình`: by the family name, where no Vietnamese has it.
    fn family(&self, words: &[Word], mention: usize) -> Option<usize> {
        let at = self.items[mention].name()?.span.start;
        let common = self.lexicon.surname(self.doc, at).is_some_and(|(_, row)| row.weight > 2);
        let fits = |p: &Person| p.words.len() > 1 && p.words.starts_with(words);
        if common {
            return None;
        }
        only(self.starting(words).iter().copied().filter(|&p| fits(&self.persons[p])))
    }

    /// A person with a post or a rank anywhere is an official everywhere.
    fn mark_known(&mut self) {
        for link in self.links {
            if let Some(person) = self.of[link.name] {
                self.persons[person].known = true;
            }
        }
        let ranked: Vec<usize> = self.names().filter(|(_, n)| n.rank.is_some()).map(|(i, _)| i).collect();
        for i in ranked {
            if let Some(person) = self.of[i] {
                self.persons[person].known = true;
            }
        }
    }

    fn write(&mut self, codes: &dyn Fn(Span) -> Option<String>) -> Vec<Mention<Official>> {
        let mut order: Vec<usize> = (0..self.persons.len()).filter(|&p| self.persons[p].known).collect();
        order.sort_by_key(|&p| self.persons[p].first);
        let mut rank = vec![0; self.persons.len()];
        order.iter().enumerate().for_each(|(n, &p)| rank[p] = n + 1);
        let holders = self.holders();
        let id = |person: usize| (rank[person] > 0).then(|| format!("p{}", rank[person]));
        let mut records = Vec::new();
        for (i, item) in self.items.iter().enumerate() {
            match item {
                Item::Name(name) => {
                    let Some(person) = self.of[i].filter(|&p| self.persons[p].known) else {
                        if self.of[i].is_some() {
                            let why = "a name, but nothing in the article gives its bearer a post or a rank";
                            self.doc.trace.lost(name.span, "official.mention", why);
                        }
                        continue;
                    };
                    records.push(self.named(i, name, id(person), codes));
                }
                Item::Title(title) if self.stands_alone(i, title) => {
                    let holder = holder(&holders, &self.post(title));
                    if self.doc.trace.is_on() {
                        let first = holder.map(|person| &self.items[self.persons[person].first]);
                        why::held(self.doc, title, first);
                    }
                    records.push(Mention {
                        span: title.span,
                        rule: "official.title-only",
                        value: Official {
                            person: holder.and_then(id),
                            titles: vec![self.title(title, None, codes)],
                            ..Official::default()
                        },
                    });
                }
                _ => {}
            }
        }
        records
    }

    fn named(
        &self,
        i: usize,
        name: &NameItem,
        person: Option<String>,
        codes: &dyn Fn(Span) -> Option<String>,
    ) -> Mention<Official> {
        let normal = |span: Option<Span>| span.map(|span| self.doc.normal(span));
        let links = self.links_of[i].iter().map(|&n| &self.links[n]);
        if self.doc.trace.is_on() {
            let titles = links.clone().filter_map(|link| Some((self.items[link.title].title()?, link.way)));
            titles.for_each(|(title, way)| why::titled(self.doc, name, title, way));
        }
        let titles: Vec<Title> = links
            .clone()
            .filter_map(|link| Some(self.title(self.items[link.title].title()?, link.status, codes)))
            .collect();
        let rule = match links.map(|link| link.way).next() {
            Some(Way::Before) => "official.title-name",
            Some(Way::Behind) => "official.name-title",
            Some(Way::List) => "official.list",
            Some(Way::Verb) => "official.verb",
            None if name.rank.is_some() => "official.rank",
            None => "official.mention",
        };
        Mention {
            span: name.span,
            rule,
            value: Official {
                name: Some(self.doc.normal(name.span)),
                person,
                honorific: normal(name.honorific),
                rank: normal(name.rank),
                degree: normal(name.degree),
                titles,
            },
        }
    }

    fn title(
        &self,
        title: &TitleItem,
        status: Option<Status>,
        codes: &dyn Fn(Span) -> Option<String>,
    ) -> Title {
        let bytes = self.doc.bytes(title.span);
        let (role, org) = self.role_and_org(title);
        Title {
            text: self.doc.surface(title.span).to_string(),
            start: bytes.start,
            end: bytes.end,
            role: self.doc.normal(role),
            org: (org.start < org.end).then(|| self.doc.normal(org)),
            place: title.place.map(|place| self.doc.normal(place)),
            status: match (title.status, status) {
                (Status::Current, Some(status)) => status,
                (status, _) => status,
            },
            codes: title.codes.iter().filter_map(|&span| codes(span)).collect(),
        }
    }

    /// The post and its body. In `Trưởng Ban Nội chính` the word `ban` belongs to both.
    fn role_and_org(&self, title: &TitleItem) -> (Span, Span) {
        let is_ban = |i: usize| i < title.span.end && self.doc.word(i) == kw::BAN_BODY;
        let Span { start, end } = title.role;
        if is_ban(end - 1) {
            return (title.role, Span::new(end - usize::from(end < title.span.end), title.span.end));
        }
        let chief = self.doc.word(end - 1) == kw::TRUONG;
        (Span::new(start, end + usize::from(chief && is_ban(end))), Span::new(end, title.span.end))
    }

    /// Whether a post that has no name beside it still means one person.
    fn stands_alone(&self, i: usize, title: &TitleItem) -> bool {
        let owned = self.owned[i];
        let start = title.span.start;
        let generic = self.lexicon.word_before(self.doc, WordKind::Plural, start).is_some()
            || self.lexicon.word_before(self.doc, WordKind::Hold, start).is_some()
            || self.lexicon.word_before(self.doc, WordKind::Appoint, start).is_some();
        let capital = self.doc.shape(start).is_capital() || self.doc.shape(title.role.start).is_capital();
        let alone = !owned && !title.plural && title.definite && capital && !generic;
        if !alone && !owned {
            why::not_alone(self.doc, title, capital);
        }
        alone
    }

    /// The different posts of the article by their first word, each with its holder.
    fn holders(&mut self) -> Holders {
        let mut holders = Holders::default();
        for link in self.links {
            let (Some(title), Some(person)) = (self.items[link.title].title(), self.of[link.name]) else {
                continue;
            };
            let held = self.post(title);
            if let Some(&first) = held.first() {
                holders.entry(first).or_default().insert((held, person));
            }
        }
        holders
    }

    fn post(&mut self, title: &TitleItem) -> Vec<Word> {
        (title.role.start..title.span.end).map(|i| self.word(i)).collect()
    }
}

/// The posts of an article by their first word, with their holders.
type Holders = FxHashMap<Word, FxHashSet<(Vec<Word>, usize)>>;

/// The one person who holds a post called like this.
fn holder(holders: &Holders, wanted: &[Word]) -> Option<usize> {
    let held = holders.get(wanted.first()?)?;
    let fits = held.iter().filter(|(held, _)| held.starts_with(wanted) || wanted.starts_with(held));
    let mut persons: Vec<usize> = fits.map(|(_, person)| *person).collect();
    persons.sort_unstable();
    persons.dedup();
    only(persons.into_iter())
}

/// The only element, if there is exactly one.
fn only(mut all: impl Iterator<Item = usize>) -> Option<usize> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
