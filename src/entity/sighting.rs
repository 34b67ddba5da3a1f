//! The persons of an article, each with the posts that it gives them. A post said in short (`Bí thư Thành ủy`) takes
//! the place that the article gives the same body (`Bí thư Thành ủy Hà Nội`), if it gives it one only.

use super::phrase;
use super::post::Post;
use super::seen::Words;
use super::titles::Posts;
use crate::record::{ArticleRecord, Fact, Official, Record, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A person in an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sighting {
    /// the fullest name that the article gives
    pub name: String,
    /// where it stands
    pub words: Words,
    /// military or police rank
    pub rank: Option<String>,
    /// academic title or degree
    pub degree: Option<String>,
    /// the posts, each once
    pub posts: Vec<Said>,
}

/// A post as an article says it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Said {
    /// its key
    pub post: Post,
    /// whether it is held
    pub status: Status,
    /// the title as written
    pub words: Words,
    /// the role, the body and the place as written
    pub parts: [Option<String>; 3],
    /// programmes it is about
    pub codes: Vec<String>,
    /// whether its place is taken from elsewhere in the article
    pub completed: bool,
}

/// The persons of an article whose full name it gives. A name of one word is no full name.
pub fn sightings(article: &ArticleRecord<'_>, posts: &Posts) -> Vec<Sighting> {
    let officials = article.records.iter().filter(|record| record.duplicate_of.is_none());
    let officials = officials.filter_map(|record| match &record.fact {
        Fact::Official(official) => Some((record, official)),
        _ => None,
    });
    let mut persons: BTreeMap<(bool, String), Vec<(&Record, &Official)>> = BTreeMap::new();
    for (record, official) in officials.clone() {
        let key = match (&official.person, &official.name) {
            (Some(person), _) => (false, person.clone()),
            (None, Some(name)) => (true, phrase(name)),
            (None, None) => continue,
        };
        persons.entry(key).or_default().push((record, official));
    }
    let context = Context::new(officials.map(|(_, official)| official), posts);
    persons.values().filter_map(|mentions| sighting(article, mentions, posts, &context)).collect()
}

fn sighting(
    article: &ArticleRecord<'_>,
    mentions: &[(&Record, &Official)],
    posts: &Posts,
    context: &Context,
) -> Option<Sighting> {
    let named = mentions.iter().filter_map(|(record, official)| Some((record, official.name.as_ref()?)));
    // The first of the fullest.
    let (record, name) = named.rev().max_by_key(|(_, name)| name.split(' ').count())?;
    if phrase(name).split(' ').count() < 2 {
        return None;
    }
    let mut said: Vec<Said> = Vec::new();
    for (record, official) in mentions {
        for title in &official.titles {
            let mut post = posts.post(title);
            let completed = context.complete(&mut post);
            if said.iter().any(|known| known.post.key() == post.key() && known.status == title.status) {
                continue;
            }
            let words = Words::new(article, record.field, title.start, title.end, &title.text);
            let place = title.place.clone().or_else(|| completed.clone());
            let parts = [Some(title.role.clone()), title.org.clone(), place];
            said.push(Said {
                post,
                status: title.status,
                words,
                parts,
                codes: title.codes.clone(),
                completed: completed.is_some(),
            });
        }
    }
    // What a fuller title of the same person says is not said twice.
    let all = said.clone();
    let shorter = |a: &Said| {
        all.iter().any(|b| a.status == b.status && a.codes.is_empty() && a.post.is_short_for(&b.post))
    };
    said.retain(|a| !shorter(a));
    let first = |get: fn(&Official) -> &Option<String>| mentions.iter().find_map(|(_, o)| get(o).clone());
    Some(Sighting {
        name: name.clone(),
        words: Words::new(article, record.field, record.start, record.end, &record.text),
        rank: first(|official| &official.rank),
        degree: first(|official| &official.degree),
        posts: said,
    })
}

/// The places that an article gives to bodies: the place in a post, and as written.
struct Context(BTreeMap<String, BTreeMap<String, (Post, String)>>);

impl Context {
    fn new<'a>(officials: impl Iterator<Item = &'a Official>, posts: &Posts) -> Self {
        let mut places: BTreeMap<String, BTreeMap<String, (Post, String)>> = BTreeMap::new();
        for title in officials.flat_map(|official| &official.titles) {
            let post = posts.post(title);
            if !post.place.is_empty() && !post.body.is_empty() {
                let written = title.place.clone().unwrap_or_else(|| post.place.clone());
                let known = places.entry(post.body.clone()).or_default();
                known.entry(post.place.clone()).or_insert((post, written));
            }
        }
        Context(places)
    }

    /// Gives the post the only place that its body has in the article; the place as written.
    fn complete(&self, post: &mut Post) -> Option<String> {
        if !post.place.is_empty() || post.is_full() {
            return None;
        }
        let places = self.0.get(&post.body)?.values();
        let fits = |at: &Post| post.level.is_empty() || post.level == at.level || at.level.is_empty();
        let mut fitting = places.filter(|(at, _)| fits(at));
        let (Some((at, written)), None) = (fitting.next(), fitting.next()) else { return None };
        (post.level, post.place) = (at.level.clone(), at.place.clone());
        (post.tier, post.system, post.leads) = (at.tier, at.system, at.leads);
        Some(written.clone())
    }
}
