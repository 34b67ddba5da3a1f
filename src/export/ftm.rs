//! FollowTheMoney: entities as Aleph, OpenSanctions and the `ftm` command read them, a line each.
//!
//! An article is an `Article`; each person whom it names a `Person`; each post a `Position`, with an `Occupancy` between
//! the two; each place where a person is named a `Mention`. The ids are hashes of the article and what it calls them, so
//! that the same records give the same ids, and persons of two articles are never taken for one. The day of the article
//! is the `date` of an occupancy, a sighting: nothing tells when a term began.

use super::Format;
use super::lines::{Frame, json, open};
use crate::eval::normal::norm;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::gazetteer::table::{Table, values};
use crate::record::{ArticleRecord, Fact, Official, Record, Status, Title};
use crate::text::fold;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::iter;

/// This format.
pub const FORMAT: Format = Format {
    name: "ftm",
    about: "FollowTheMoney (Aleph, OpenSanctions): entities, JSON Lines",
    has_texts: false,
    open: |path| {
        let vietnamese = vietnamese(Gazetteers::embedded()?.table(TableId::Places));
        open(path, Frame::default(), move |article, out| write(article, &vietnamese, out))
    },
};

/// What the articles are written in.
const LANGUAGE: &str = "vie";

/// The levels of the table of places that lie in Vietnam.
const LEVELS: [&str; 4] = ["province", "district", "commune", "historic"];

/// The names of Vietnamese places.
fn vietnamese(places: &Table) -> HashSet<String> {
    let rows = places.cells("level").zip(places.cells("place").zip(places.cells("aliases")));
    let rows = rows.filter(|(level, _)| LEVELS.contains(level));
    rows.flat_map(|(_, (name, aliases))| iter::once(name).chain(values(aliases))).map(norm).collect()
}

fn write(article: &ArticleRecord<'_>, vietnamese: &HashSet<String>, out: &mut Vec<u8>) {
    let mut entities = Entities { doc: &article.doc, vietnamese, all: BTreeMap::new(), order: Vec::new() };
    let id = entities.article(article);
    for record in &article.records {
        if let Fact::Official(official) = &record.fact {
            entities.official(article, &id, record, official);
        }
    }
    for id in &entities.order {
        let (schema, properties) = &entities.all[id];
        json(out, &json!({"id": id, "schema": schema, "properties": properties}));
    }
}

/// The entities of an article, in the order it names them; one that is named again gets further values.
struct Entities<'a> {
    doc: &'a str,
    vietnamese: &'a HashSet<String>,
    all: BTreeMap<String, (&'static str, Map<String, Value>)>,
    order: Vec<String>,
}

impl Entities<'_> {
    /// `vnfacts-` and 160 bits of a hash of what identifies it.
    fn id(&self, parts: &[&str]) -> String {
        let mut hash = Sha256::new();
        for part in iter::once(&self.doc).chain(parts) {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        let hex: String = hash.finalize().iter().take(20).map(|byte| format!("{byte:02x}")).collect();
        format!("vnfacts-{hex}")
    }

    /// Adds values to an entity, each once.
    fn put(&mut self, id: &str, schema: &'static str, properties: &[(&str, Option<&str>)]) {
        if !self.all.contains_key(id) {
            self.order.push(id.into());
        }
        let (_, own) = self.all.entry(id.into()).or_insert_with(|| (schema, Map::new()));
        for (key, value) in properties {
            let Some(value) = value.filter(|value| !value.trim().is_empty()) else { continue };
            let values = own.entry(*key).or_insert_with(|| json!([]));
            if let Some(values) = values.as_array_mut().filter(|values| !values.contains(&json!(value))) {
                values.push(json!(value));
            }
        }
    }

    /// Whether a place ends in the name of a Vietnamese one (`tỉnh Đồng Tháp`).
    fn is_vietnamese(&self, place: &str) -> bool {
        let place = norm(place);
        let names = place.match_indices(' ').map(|(at, _)| &place[at + 1..]);
        iter::once(place.as_str()).chain(names).any(|name| self.vietnamese.contains(name))
    }

    fn article(&mut self, article: &ArticleRecord<'_>) -> String {
        let id = self.id(&["article"]);
        let day = article.published.map(|day| day.to_string());
        let url = article.url.as_deref().filter(|url| url.starts_with("http"));
        let properties = [
            ("title", Some(article.title.as_deref().unwrap_or(&article.doc))),
            ("publishedAt", day.as_deref()),
            ("date", day.as_deref()),
            ("sourceUrl", url),
            ("language", Some(LANGUAGE)),
        ];
        self.put(&id, "Article", &properties);
        id
    }

    fn official(&mut self, article: &ArticleRecord<'_>, page: &str, record: &Record, official: &Official) {
        let Some(name) = &official.name else { return };
        let known = official.person.as_deref().unwrap_or(name);
        let person = self.id(&["person", known]);
        let called =
            [&official.honorific, &official.rank, &official.degree].map(|word| ("title", word.as_deref()));
        self.put(&person, "Person", &[("name", Some(name)), ("proof", Some(page))]);
        self.put(&person, "Person", &called);
        let place = format!("{:?}:{}", record.field, record.start).to_lowercase();
        let mention = self.id(&["mention", known, &place]);
        let properties = [
            ("name", Some(name.as_str())),
            ("document", Some(page)),
            ("resolved", Some(&person)),
            ("detectedSchema", Some("Person")),
        ];
        self.put(&mention, "Mention", &properties);
        for title in &official.titles {
            self.occupancy(article, page, (known, &person), title);
        }
    }

    fn occupancy(
        &mut self,
        article: &ArticleRecord<'_>,
        page: &str,
        (known, person): (&str, &str),
        title: &Title,
    ) {
        let name = post_name(title);
        let post = self.id(&["position", &name]);
        let properties = [
            ("name", Some(name.as_str())),
            ("subnationalArea", title.place.as_deref()),
            ("country", title.place.as_deref().filter(|place| self.is_vietnamese(place)).map(|_| "vn")),
            ("summary", title.org.as_deref()),
            ("proof", Some(page)),
        ];
        self.put(&post, "Position", &properties);
        self.put(person, "Person", &[("position", Some(&name))]);
        let (status, said) = status(title.status);
        let id = self.id(&["occupancy", known, &name, said]);
        let day = article.published.map(|day| day.to_string());
        let properties = [
            ("holder", Some(person)),
            ("post", Some(&post)),
            ("status", Some(status)),
            ("date", day.as_deref()),
            ("description", Some(said)),
            ("proof", Some(page)),
        ];
        self.put(&id, "Occupancy", &properties);
    }
}

/// The post, in NFC with single blanks, without the word for its status (`nguyên`) before the role.
fn post_name(title: &Title) -> String {
    let words: Vec<&str> = title.text.split_whitespace().collect();
    let text = fold::clean(&words.join(" ")).into_owned();
    let role = text.find(title.role.as_str()).unwrap_or_default();
    text[role..].to_string()
}

/// The status as FollowTheMoney users write it, and as the article says it.
fn status(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Current => ("current", "current"),
        Status::Acting => ("current", "acting"),
        Status::Former => ("ended", "former"),
        Status::Designate => ("unknown", "designate"),
    }
}
