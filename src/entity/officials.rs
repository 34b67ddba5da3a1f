//! From the articles of a dump to its persons, in the order of their ids, with bounded memory: sightings are sorted by
//! name, read a name at a time, and the persons are sorted once more to learn of alike names.

use super::duplicates::{Holder, pairs, patterns};
use super::join::apart;
use super::person::{Draft, KeptApart, MaybeSame, Name, Person, REASONS};
use super::seen::Words;
use super::sighting::{Sighting, sightings};
use super::titles::Posts;
use super::{Stop, phrase, slug};
use crate::error::Error;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::gazetteer::table::values;
use crate::output::articles::Articles;
use crate::sorted::{Sorted, Sorter};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::iter::Peekable;

/// What separates the parts of a key; no text holds it.
const PART: char = '\u{1f}';

/// Makes persons of articles.
pub struct Officials {
    posts: Posts,
    ranks: HashMap<String, u32>,
    memory: usize,
}

impl Officials {
    /// What the tables know; sorting takes about `memory` bytes.
    pub fn new(gazetteers: &Gazetteers, memory: usize) -> Self {
        let table = gazetteers.table(TableId::Ranks);
        let [rank, aliases, order] = ["rank", "aliases", "order"].map(|column| table.column(column));
        let mut ranks = HashMap::new();
        for row in &table.rows {
            let Ok(order) = row.cells[order].parse() else { continue };
            for spelling in std::iter::once(row.cells[rank].as_str()).chain(values(&row.cells[aliases])) {
                ranks.insert(phrase(spelling), order);
            }
        }
        Officials { posts: Posts::new(gazetteers), ranks, memory }
    }

    /// Hands the persons of all articles to `each`, in the order of their ids.
    pub fn run(
        &self,
        articles: &mut Articles,
        mut each: impl FnMut(Person) -> Result<(), Error>,
    ) -> Result<(), Stop> {
        // Three sorters are never full at one time, but two are.
        let mut sorter = Sorter::new(self.memory / 2);
        while let Some(article) = articles.next_article()? {
            for sighting in sightings(&article, &self.posts) {
                sorter.push(&key(&sighting), &sighting)?;
            }
        }
        let mut persons = Sorter::new(self.memory / 4);
        let mut holders = Sorter::new(self.memory / 4);
        self.persons(sorter.finish()?, &mut persons, &mut holders)?;
        let mut alike = Sorter::new(self.memory / 4);
        suggest(holders.finish()?, &mut alike)?;
        let mut alike = alike.finish()?.peekable();
        for person in persons.finish()? {
            let (key, mut person) = person?;
            person.maybe_same = told(&mut alike, &key)?;
            each(person)?;
        }
        Ok(())
    }

    /// Brings the sightings of each name together.
    fn persons(
        &self,
        sorted: Sorted<Sighting>,
        persons: &mut Sorter<Person>,
        holders: &mut Sorter<Holder>,
    ) -> Result<(), Error> {
        let mut sorted = sorted.peekable();
        let part = |key: &str, n: usize| key.split(PART).nth(n).unwrap_or_default().to_string();
        while let Some((key, sighting)) = sorted.next().transpose()? {
            let (bare, mut folded) = (part(&key, 0), part(&key, 1));
            let (mut name, mut drafts) = (Name::default(), Vec::new());
            name.take(&sighting, |rank| self.order(rank));
            while let Some((key, sighting)) = next_if(&mut sorted, |key| part(key, 0) == bare)? {
                if part(&key, 1) != folded {
                    drafts.extend(std::mem::take(&mut name).persons());
                    folded = part(&key, 1);
                }
                name.take(&sighting, |rank| self.order(rank));
            }
            drafts.extend(name.persons());
            finish(&bare, drafts, persons, holders)?;
        }
        Ok(())
    }

    fn order(&self, rank: &str) -> Option<u32> {
        self.ranks.get(&phrase(rank)).copied()
    }
}

/// By name without accents, name, day (those without one last), article.
fn key(sighting: &Sighting) -> String {
    let day = sighting.words.published.as_deref().unwrap_or("~");
    let (bare, folded) = (slug(&sighting.name), phrase(&sighting.name));
    let Words { doc, start, .. } = &sighting.words;
    format!("{bare}{PART}{folded}{PART}{day}{PART}{doc}{PART}{start:012}")
}

/// Gives the persons of one name their ids, and tells each of the others.
fn finish(
    bare: &str,
    mut drafts: Vec<Draft>,
    persons: &mut Sorter<Person>,
    holders: &mut Sorter<Holder>,
) -> Result<(), Error> {
    drafts.sort_by_cached_key(|draft| {
        let post = draft.person.posts.first().map(|held| held.key.clone());
        (Reverse(draft.person.seen.articles), phrase(&draft.person.name), post)
    });
    for (n, draft) in drafts.iter_mut().enumerate() {
        draft.person.id = format!("{bare}-{}", n + 1);
    }
    for n in 0..drafts.len() {
        let same = |other: &&Draft| phrase(&other.person.name) == phrase(&drafts[n].person.name);
        let others =
            || drafts.iter().enumerate().filter(|(m, other)| *m != n && same(other)).map(|(_, other)| other);
        let kept_apart = others().take(REASONS).map(|other| kept_apart(&drafts[n], other)).collect();
        let namesakes = others().count();
        let mut person = drafts[n].person.clone();
        (person.kept_apart, person.namesakes) = (kept_apart, namesakes);
        // Ids in the order of their numbers.
        let key = format!("{bare}{PART}{n:09}");
        for (post, title) in drafts[n].full_posts() {
            let holder = Holder {
                id: key.clone() + &PART.to_string() + &person.id,
                name: person.name.clone(),
                post: title,
            };
            for pattern in patterns(&person.name) {
                holders.push(&[post.as_str(), &pattern].join(&PART.to_string()), &holder)?;
            }
        }
        persons.push(&key, &person)?;
    }
    Ok(())
}

fn kept_apart(person: &Draft, other: &Draft) -> KeptApart {
    let (why, n, m) = apart(&person.nodes(), &other.nodes());
    KeptApart {
        from: other.person.id.clone(),
        why,
        posts: [person.title(n), other.title(m)],
        same_time: person.person.seen.overlaps(&other.person.seen),
    }
}

/// Tells persons with alike names and the same post of each other.
fn suggest(holders: Sorted<Holder>, alike: &mut Sorter<MaybeSame>) -> Result<(), Error> {
    let mut holders = holders.peekable();
    while let Some((key, holder)) = holders.next().transpose()? {
        let mut group = vec![holder];
        while let Some((_, holder)) = next_if(&mut holders, |next| next == key)? {
            group.push(holder);
        }
        for (to, mut other) in pairs(&group) {
            let Some((key, _)) = to.rsplit_once(PART) else { continue };
            other.id = other.id.rsplit(PART).next().unwrap_or_default().to_string();
            alike.push(key, &other)?;
        }
    }
    Ok(())
}

/// What is told to the person with this key, each once.
fn told(alike: &mut Peekable<Sorted<MaybeSame>>, key: &str) -> Result<Vec<MaybeSame>, Error> {
    let mut told: Vec<MaybeSame> = Vec::new();
    while let Some((_, other)) = next_if(alike, |next| next <= key)? {
        if told.len() < REASONS && !told.iter().any(|known| known.id == other.id) {
            told.push(other);
        }
    }
    told.sort();
    Ok(told)
}

/// The next item if its key is as wanted. An error counts as wanted.
pub(super) fn next_if<T: serde::de::DeserializeOwned>(
    sorted: &mut Peekable<Sorted<T>>,
    wanted: impl Fn(&str) -> bool,
) -> Result<Option<(String, T)>, Error> {
    sorted.next_if(|next| next.as_ref().map_or(true, |(key, _)| wanted(key))).transpose()
}
