//! Persons: the sightings of one name become one record or more, with their posts as a timeline.

use super::join::{Apart, Joined, Link, Node, join};
use super::post::Post;
use super::seen::Seen;
use super::sighting::{Said, Sighting};
use crate::record::Status;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// So many reasons of each kind are told.
pub const REASONS: usize = 10;

/// A person, as far as the articles tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// the name without accents, and a number: persons of one name begin with the one most seen
    pub id: String,
    /// the name, in the spelling most seen
    pub name: String,
    /// all its spellings
    pub names: Vec<String>,
    /// in how many articles, when first and last, and where
    #[serde(flatten)]
    pub seen: Seen,
    /// military and police ranks
    pub ranks: Vec<String>,
    /// academic titles and degrees
    pub degrees: Vec<String>,
    /// the posts, by the day when they were first seen
    pub posts: Vec<Held>,
    /// by what the posts are one person's
    pub joined_by: Vec<JoinedBy>,
    /// others of the same name, and why they are kept apart
    pub kept_apart: Vec<KeptApart>,
    /// how many others of the same name there are
    pub namesakes: usize,
    /// who may be the same person under another name; never joined
    pub maybe_same: Vec<MaybeSame>,
}

/// A post, with one status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// the post as most often written
    pub title: String,
    /// the role as written
    pub role: Option<String>,
    /// the body as written
    pub org: Option<String>,
    /// the place as written, or as the article gives it to this body elsewhere
    pub place: Option<String>,
    /// current, former, acting or designate, as the articles say
    pub status: Status,
    /// in how many articles, when first and last, and where
    #[serde(flatten)]
    pub seen: Seen,
    /// in how many of them the place is told elsewhere in the article
    pub completed: usize,
    /// programmes it is about
    pub codes: Vec<String>,
    /// its key, by which posts are compared
    pub key: String,
}

/// Two posts that a rule joined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JoinedBy {
    /// the rule
    pub why: Joined,
    /// the posts
    pub posts: [String; 2],
}

/// Another person of the same name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptApart {
    /// who
    pub from: String,
    /// why
    pub why: Apart,
    /// a post of this person, and one of the other, that say so
    pub posts: [String; 2],
    /// whether the days of their sightings stretch over each other; null where no days are known
    pub same_time: Option<bool>,
}

/// Someone who may be the same person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MaybeSame {
    /// who
    pub id: String,
    /// that name
    pub name: String,
    /// how the names differ
    pub why: super::duplicates::Differ,
    /// the post that both hold
    pub post: String,
}

/// All that is said of one spelling of a name, a sighting at a time.
#[derive(Default)]
pub struct Name {
    posts: Vec<Known>,
    by_key: HashMap<String, usize>,
    same_article: BTreeSet<(usize, usize)>,
}

/// A post under a name, or (no role, no body) a name with no post.
#[derive(Clone)]
struct Known {
    post: Post,
    /// whether it stands beside a post that tells more
    anchored: bool,
    /// where it is the first post of the person in the article
    first: Option<Seen>,
    seen: Option<Seen>,
    held: BTreeMap<Status, Entry>,
    names: BTreeMap<String, usize>,
    ranks: BTreeMap<String, usize>,
    degrees: BTreeMap<String, usize>,
    orders: Option<(u32, u32)>,
}

#[derive(Clone)]
struct Entry {
    seen: Seen,
    titles: BTreeMap<(String, [Option<String>; 3]), usize>,
    completed: usize,
    codes: BTreeSet<String>,
}

impl Name {
    /// Takes a sighting; `order` tells the order of a rank.
    pub fn take(&mut self, sighting: &Sighting, order: impl Fn(&str) -> Option<u32>) {
        let order = sighting.rank.as_deref().and_then(order);
        let nodes: BTreeSet<usize> = match &sighting.posts[..] {
            [] => [self.node(&Post::default(), None)].into(),
            said => {
                // A seat, or a post told in short, says little of who holds it: it goes with a whole one.
                let anchor = said.iter().map(|said| &said.post).find(|post| post.tells_who()).map(Post::key);
                said.iter().map(|said| self.say(said, anchor.as_deref())).collect()
            }
        };
        for (n, &node) in nodes.iter().enumerate() {
            let known = &mut self.posts[node];
            Seen::put(&mut known.seen, Seen::once(sighting.words.clone()));
            if n == 0 {
                Seen::put(&mut known.first, Seen::once(sighting.words.clone()));
                *known.names.entry(sighting.name.clone()).or_default() += 1;
            }
            let told = [(&mut known.ranks, &sighting.rank), (&mut known.degrees, &sighting.degree)];
            for (counts, value) in told {
                value.iter().for_each(|value| *counts.entry(value.clone()).or_default() += 1);
            }
            if let Some(order) = order {
                let (high, low) = known.orders.unwrap_or((order, order));
                known.orders = Some((high.min(order), low.max(order)));
            }
        }
        let mut nodes = nodes.into_iter();
        if let Some(first) = nodes.next() {
            self.same_article.extend(nodes.map(|node| (first, node)));
        }
    }

    fn node(&mut self, post: &Post, anchor: Option<&str>) -> usize {
        let anchor = anchor.filter(|_| !post.tells_who());
        let key = format!("{}@{}", post.key(), anchor.unwrap_or_default());
        if let Some(&node) = self.by_key.get(&key) {
            return node;
        }
        self.posts.push(Known {
            post: post.clone(),
            anchored: anchor.is_some(),
            first: None,
            seen: None,
            held: BTreeMap::new(),
            names: BTreeMap::new(),
            ranks: BTreeMap::new(),
            degrees: BTreeMap::new(),
            orders: None,
        });
        self.by_key.insert(key, self.posts.len() - 1);
        self.posts.len() - 1
    }

    fn say(&mut self, said: &Said, anchor: Option<&str>) -> usize {
        let node = self.node(&said.post, anchor);
        let seen = Seen::once(said.words.clone());
        let held = &mut self.posts[node].held;
        let entry = held
            .entry(said.status)
            .and_modify(|entry| entry.seen.add(seen.clone()))
            .or_insert(Entry { seen, titles: BTreeMap::new(), completed: 0, codes: BTreeSet::new() });
        *entry.titles.entry((said.words.text.clone(), said.parts.clone())).or_default() += 1;
        entry.completed += usize::from(said.completed);
        entry.codes.extend(said.codes.iter().cloned());
        node
    }
}

/// The posts of one person, before persons are told apart by id.
pub struct Draft {
    /// the record, without id and without others
    pub person: Person,
    posts: Vec<Known>,
}

impl Draft {
    /// Its posts, as they are compared.
    pub fn nodes(&self) -> Vec<Node<'_>> {
        self.posts.iter().filter_map(Known::node).collect()
    }

    /// The first title of the post with this index among [`Draft::nodes`], for people.
    pub fn title(&self, node: usize) -> String {
        self.posts.get(node).map(Known::title).unwrap_or_default()
    }

    /// The keys of the posts that tell which body they are of.
    pub fn full_posts(&self) -> impl Iterator<Item = (String, String)> {
        let full = self.posts.iter().filter(|known| known.post.is_full() && !known.post.role.is_empty());
        full.map(|known| (known.post.key(), known.title()))
    }
}

impl Name {
    /// The persons of this name.
    pub fn persons(self) -> Vec<Draft> {
        let nodes = self.posts.iter().filter_map(Known::node).collect();
        let same_article: Vec<(usize, usize)> = self.same_article.into_iter().collect();
        let (groups, links) = join(nodes, &same_article);
        let draft = |group: Vec<usize>| {
            let mut posts: BTreeMap<String, Known> = BTreeMap::new();
            for known in group.iter().map(|&n| &self.posts[n]) {
                let same = posts.entry(known.post.key());
                same.and_modify(|sum| sum.merge(known)).or_insert_with(|| known.clone());
            }
            let posts: Vec<Known> = posts.into_values().collect();
            Draft { person: person(&posts, &self.posts, &links, &group), posts }
        };
        groups.into_iter().map(draft).collect()
    }
}

fn person(posts: &[Known], all: &[Known], links: &[Link], group: &[usize]) -> Person {
    let (mut seen, mut names) = (None, BTreeMap::new());
    let (mut ranks, mut degrees) = (BTreeMap::new(), BTreeMap::new());
    for known in posts {
        known.first.iter().for_each(|first| Seen::put(&mut seen, first.clone()));
        add(&mut names, &known.names);
        add(&mut ranks, &known.ranks);
        add(&mut degrees, &known.degrees);
    }
    let mut held: Vec<Held> = posts.iter().flat_map(Known::held).collect();
    held.sort_by(|a, b| {
        let day = |held: &Held| (held.seen.first_seen.is_none(), held.seen.first_seen.clone());
        (day(a), &a.key, a.status).cmp(&(day(b), &b.key, b.status))
    });
    let mine = links.iter().filter(|link| group.contains(&link.a));
    let joined =
        mine.map(|link| JoinedBy { why: link.why, posts: [all[link.a].title(), all[link.b].title()] });
    let names = most(names);
    Person {
        id: String::new(),
        name: names.first().cloned().unwrap_or_default(),
        names,
        seen: seen.or_else(|| posts[0].seen.clone()).expect("a post stands in an article"),
        ranks: most(ranks),
        degrees: most(degrees),
        posts: held,
        joined_by: joined.take(REASONS).collect(),
        kept_apart: Vec::new(),
        namesakes: 0,
        maybe_same: Vec::new(),
    }
}

impl Known {
    fn node(&self) -> Option<Node<'_>> {
        let mut now = None;
        for (_, entry) in self.held.iter().filter(|(status, _)| **status != Status::Former) {
            Seen::put(&mut now, entry.seen.clone());
        }
        let seen = self.seen.as_ref()?;
        Some(Node { post: &self.post, seen, now, anchored: self.anchored, ranks: self.orders })
    }

    /// Adds what is known of the same post of the same person.
    fn merge(&mut self, other: &Known) {
        other.first.iter().for_each(|first| Seen::put(&mut self.first, first.clone()));
        other.seen.iter().for_each(|seen| Seen::put(&mut self.seen, seen.clone()));
        for (status, entry) in &other.held {
            let same = self.held.entry(*status);
            same.and_modify(|sum| sum.merge(entry)).or_insert_with(|| entry.clone());
        }
        add(&mut self.names, &other.names);
        add(&mut self.ranks, &other.ranks);
        add(&mut self.degrees, &other.degrees);
        self.orders = match (self.orders, other.orders) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }

    /// The title most often written.
    fn title(&self) -> String {
        let titles = self.held.values().flat_map(|entry| &entry.titles);
        let most = titles.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        most.map_or_else(|| "(no post)".into(), |((title, _), _)| title.clone())
    }

    /// One entry for each status.
    fn held(&self) -> impl Iterator<Item = Held> {
        self.held.iter().filter_map(|(&status, entry)| {
            let most = entry.titles.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            let ((title, [role, org, place]), _) = most?;
            Some(Held {
                title: title.clone(),
                role: role.clone(),
                org: org.clone(),
                place: place.clone(),
                status,
                seen: entry.seen.clone(),
                completed: entry.completed,
                codes: entry.codes.iter().cloned().collect(),
                key: self.post.key(),
            })
        })
    }
}

impl Entry {
    fn merge(&mut self, other: &Entry) {
        self.seen.add(other.seen.clone());
        add(&mut self.titles, &other.titles);
        self.completed += other.completed;
        self.codes.extend(other.codes.iter().cloned());
    }
}

fn add<T: Ord + Clone>(sum: &mut BTreeMap<T, usize>, counts: &BTreeMap<T, usize>) {
    counts.iter().for_each(|(value, n)| *sum.entry(value.clone()).or_default() += n);
}

/// The values, the most frequent first.
fn most(counts: BTreeMap<String, usize>) -> Vec<String> {
    let mut values: Vec<(String, usize)> = counts.into_iter().collect();
    values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    values.into_iter().map(|(value, _)| value).collect()
}
