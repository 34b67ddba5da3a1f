//! Programmes: what an article says of a code it cites, and what all articles say of it together.

use super::phrase;
use super::seen::{Seen, Words};
use super::titles::Posts;
use crate::record::{ArticleRecord, Award, Code, Count, Fact, Record, Status, Title};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// So many things of each kind are told of a programme, those of the earliest articles; how many are left out is counted.
pub const TOLD: usize = 200;
/// So far, in code points, a figure may stand behind the code in its sentence, and before it.
const NEAR: [usize; 2] = [200, 80];
/// A programme or document, as far as the articles tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Programme {
    /// the code without marks, and a number: one code of several issuers begins with the one most seen
    pub id: String,
    /// the code
    pub canonical: String,
    /// `01`
    pub number: String,
    /// `CTr`
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `Chương trình`
    pub type_name: Option<String>,
    /// `TU`
    pub issuer: Option<String>,
    /// who issued it, as most often written; the class (`Tỉnh ủy/Thành ủy`) where no article tells
    pub issuer_name: Option<String>,
    /// how many of the articles do not tell which body issued it
    pub issuer_untold: usize,
    /// other programmes with this code, of other issuers
    pub kept_apart: Vec<String>,
    /// the years in the code, in its dates and its names
    pub years: Vec<u16>,
    /// in how many articles, when first and last, and where
    #[serde(flatten)]
    pub seen: Seen,
    /// how often it is cited in them
    pub mentions: usize,
    /// its names
    pub names: Vec<Told<Text>>,
    /// the dates right behind the code, EDTF
    pub issued: Vec<Told<Text>>,
    /// who is said to be in charge of it: whose title names the code
    pub officials: Vec<Told<InCharge>>,
    /// counts in the same sentence
    pub figures: Vec<Told<Figure>>,
    /// awards that are given for it
    pub awards: Vec<Told<Award>>,
    /// how many names, dates, officials, figures and awards more there are than are told here
    pub left_out: usize,
}

/// Something that articles say, with where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told<T> {
    /// what
    #[serde(flatten)]
    pub what: T,
    /// in how many articles, when first and last, and where
    #[serde(flatten)]
    pub seen: Seen,
}

/// A name or a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// as written
    pub value: String,
}

/// A person in charge of a programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InCharge {
    /// the fullest name that the article gives
    pub name: String,
    /// the title that names the code
    pub title: String,
    /// whether it is held
    pub status: Status,
}

/// A count in the sentence of a code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// the count
    #[serde(flatten)]
    pub count: Count,
    /// the words from the one to the other, where the texts are at hand
    pub words: Option<String>,
}

/// What one article says of one code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Citation {
    /// the code, as the article tells most of it
    pub code: Code,
    /// where it stands first
    pub words: Words,
    mentions: usize,
    names: Vec<(Text, Words)>,
    issued: Vec<(Text, Words)>,
    officials: Vec<(InCharge, Words)>,
    figures: Vec<(Figure, Words)>,
    awards: Vec<(Award, Words)>,
}

impl Citation {
    /// The issuer, if it is told and not its class alone.
    pub fn issuer(&self) -> Option<&str> {
        self.code.issuer_name.as_deref().filter(|name| !name.contains('/'))
    }
}

/// The codes of an article with what it says of each.
pub fn citations(article: &ArticleRecord<'_>, posts: &Posts) -> Vec<Citation> {
    let records = || article.records.iter().filter(|record| record.duplicate_of.is_none());
    let mut codes: BTreeMap<&str, Vec<(&Record, &Code)>> = BTreeMap::new();
    for record in records() {
        if let Fact::Code(code) = &record.fact {
            codes.entry(&code.canonical).or_default().push((record, code));
        }
    }
    let text: Vec<char> = match codes.is_empty() {
        true => Vec::new(),
        false => article.text.iter().flat_map(|text| text.chars()).collect(),
    };
    let sentences = Sentences { all: records().collect(), text: &text };
    codes.values().map(|mentions| citation(article, posts, mentions, &sentences)).collect()
}

fn citation(
    article: &ArticleRecord<'_>,
    posts: &Posts,
    mentions: &[(&Record, &Code)],
    sentences: &Sentences<'_>,
) -> Citation {
    let at = |record: &Record| Words::new(article, record.field, record.start, record.end, &record.text);
    let mut code = mentions[0].1.clone();
    for (_, other) in mentions {
        if code.issuer_name.as_ref().is_none_or(|name| name.contains('/')) && other.issuer_name.is_some() {
            code.issuer_name = other.issuer_name.clone();
        }
    }
    let said = |get: fn(&Code) -> &Option<String>| {
        let said = mentions.iter().filter_map(|(record, code)| Some((get(code).clone()?, at(record))));
        distinct(said.map(|(value, words)| (phrase(&value), Text { value }, words)))
    };
    let awards = sentences.all.iter().filter_map(|record| match &record.fact {
        Fact::Award(award) if award.codes.contains(&code.canonical) => Some((record, award)),
        _ => None,
    });
    let figures = mentions.iter().flat_map(|(record, _)| sentences.figures(record, &code.canonical));
    Citation {
        words: at(mentions[0].0),
        mentions: mentions.len(),
        names: said(|code| &code.name),
        issued: said(|code| &code.issued),
        officials: officials(article, posts, &sentences.all, &code.canonical),
        figures: distinct(figures.map(|(figure, record)| (figure_key(&figure), figure, at(record)))),
        awards: distinct(awards.map(|(record, award)| (award_key(award), award.clone(), at(record)))),
        code,
    }
}

/// Those whose title puts them in charge of what the code names.
fn officials(
    article: &ArticleRecord<'_>,
    posts: &Posts,
    records: &[&Record],
    code: &str,
) -> Vec<(InCharge, Words)> {
    let official = |record: &&&Record| match &record.fact {
        Fact::Official(official) => Some((record.field, official.clone())),
        _ => None,
    };
    let all: Vec<_> = records.iter().filter_map(|record| official(&record)).collect();
    let fullest = |person: &Option<String>| {
        let same = all.iter().filter(|(_, other)| person.is_some() && other.person == *person);
        same.filter_map(|(_, other)| other.name.clone()).max_by_key(|name| name.split(' ').count())
    };
    let charges = all.iter().flat_map(|(field, official)| {
        let name = fullest(&official.person).or_else(|| official.name.clone());
        let names = |title: &&Title| title.codes.iter().any(|named| named == code) && posts.is_charge(title);
        let titles = official.titles.iter().filter(names);
        titles.filter_map(move |title| {
            let words = Words::new(article, *field, title.start, title.end, &title.text);
            let who = InCharge { name: name.clone()?, title: title.text.clone(), status: title.status };
            Some((charge_key(&who), who, words))
        })
    });
    distinct(charges)
}

/// The records of an article by sentence.
struct Sentences<'a> {
    all: Vec<&'a Record>,
    text: &'a [char],
}

impl<'a> Sentences<'a> {
    /// The counts that the sentence of this code says of it. With another code in the sentence, only those of a part
    /// between semicolons in which it stands alone; where the text is not at hand, none.
    fn figures(&self, code: &'a Record, canonical: &str) -> Vec<(Figure, &'a Record)> {
        let near = |record: &&&Record| {
            let gaps = [record.start.saturating_sub(code.end), code.start.saturating_sub(record.end)];
            let near = gaps[0] <= NEAR[0] && gaps[1] <= NEAR[1];
            record.field == code.field && record.sentence == code.sentence && near
        };
        let other = |record: &&&Record| {
            let other = matches!(&record.fact, Fact::Code(other) if other.canonical != canonical);
            other && record.field == code.field && record.sentence == code.sentence
        };
        let others: Vec<&&Record> = self.all.iter().filter(other).collect();
        let counts = self.all.iter().filter(near).filter_map(|record| match &record.fact {
            Fact::Count(count) => Some((*record, count)),
            _ => None,
        });
        let mine = counts.filter(|(record, _)| match (others.is_empty(), self.part(code)) {
            (true, _) => true,
            (false, None) => false,
            (false, Some((from, to))) => {
                let inside = |record: &Record| (from..to).contains(&record.start);
                inside(record) && !others.iter().any(|other| inside(other))
            }
        });
        mine.map(|(record, count)| {
            (Figure { count: count.clone(), words: self.between(code, record) }, record)
        })
        .collect()
    }

    /// The part of the text between semicolons or line ends that a record stands in.
    fn part(&self, record: &Record) -> Option<(usize, usize)> {
        let text = Some(self.text)
            .filter(|text| record.field == crate::record::Field::Text && record.end <= text.len())?;
        let ends = |c: &char| matches!(c, ';' | '\n');
        let from = text[..record.start].iter().rposition(ends).map_or(0, |at| at + 1);
        let to = text[record.end..].iter().position(ends).map_or(text.len(), |at| record.end + at);
        Some((from, to))
    }

    fn between(&self, code: &Record, count: &Record) -> Option<String> {
        let (from, to) = (code.start.min(count.start), code.end.max(count.end));
        let words = self.text.get(from..to).filter(|_| code.field == crate::record::Field::Text)?;
        Some(words.iter().collect())
    }
}

fn figure_key(figure: &Figure) -> String {
    let Count { value, min, max, approx, unit, measure } = &figure.count;
    format!("{value:?} {min:?} {max:?} {approx:?} {measure} {}", phrase(unit))
}

fn award_key(award: &Award) -> String {
    let Award { form, class, count, recipients, giver, .. } = award;
    let texts = [form, class, recipients, giver].map(|text| text.as_deref().map(phrase));
    format!("{count:?} {texts:?}")
}

fn charge_key(who: &InCharge) -> String {
    format!("{}|{}|{:?}", phrase(&who.name), phrase(&who.title), who.status)
}

/// Each once.
fn distinct<T>(items: impl Iterator<Item = (String, T, Words)>) -> Vec<(T, Words)> {
    let mut known = BTreeSet::new();
    items.filter(|(key, ..)| known.insert(key.clone())).map(|(_, item, words)| (item, words)).collect()
}

/// Things said, each once with its sightings.
struct Tally<T> {
    by_key: BTreeMap<String, usize>,
    all: Vec<Told<T>>,
    left_out: usize,
}

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Tally { by_key: BTreeMap::new(), all: Vec::new(), left_out: 0 }
    }
}

impl<T> Tally<T> {
    fn add(&mut self, key: String, what: T, seen: Seen) {
        match self.by_key.get(&key) {
            Some(&n) => self.all[n].seen.add(seen),
            None if self.all.len() == TOLD => self.left_out += 1,
            None => {
                self.by_key.insert(key, self.all.len());
                self.all.push(Told { what, seen });
            }
        }
    }

    fn merge(&mut self, other: Tally<T>) {
        let keys: BTreeMap<usize, String> = other.by_key.into_iter().map(|(key, n)| (n, key)).collect();
        for (told, key) in other.all.into_iter().zip(keys.into_values()) {
            self.add(key, told.what, told.seen);
        }
        self.left_out += other.left_out;
    }

    /// All, the most said first.
    fn told(mut self) -> Vec<Told<T>> {
        self.all.sort_by_key(|told| std::cmp::Reverse(told.seen.articles));
        self.all
    }
}

/// What the articles say of one code of one issuer, an article at a time.
#[derive(Default)]
pub struct Cited {
    code: Option<Code>,
    seen: Option<Seen>,
    mentions: usize,
    untold: usize,
    /// the issuers told, and how often
    issuers: BTreeMap<String, usize>,
    names: Tally<Text>,
    issued: Tally<Text>,
    officials: Tally<InCharge>,
    figures: Tally<Figure>,
    awards: Tally<Award>,
}

impl Cited {
    /// Takes what an article says.
    pub fn take(&mut self, citation: Citation) {
        self.untold += usize::from(citation.issuer().is_none());
        citation.issuer().iter().for_each(|name| *self.issuers.entry((*name).into()).or_default() += 1);
        Seen::put(&mut self.seen, Seen::once(citation.words));
        self.mentions += citation.mentions;
        self.code.get_or_insert(citation.code);
        let texts = [(&mut self.names, citation.names), (&mut self.issued, citation.issued)];
        for (tally, said) in texts {
            said.into_iter()
                .for_each(|(text, words)| tally.add(phrase(&text.value), text, Seen::once(words)));
        }
        for (who, words) in citation.officials {
            self.officials.add(charge_key(&who), who, Seen::once(words));
        }
        for (figure, words) in citation.figures {
            self.figures.add(figure_key(&figure), figure, Seen::once(words));
        }
        for (award, words) in citation.awards {
            self.awards.add(award_key(&award), award, Seen::once(words));
        }
    }

    /// Takes what was said where the issuer was not told.
    pub fn merge(&mut self, other: Cited) {
        other.seen.into_iter().for_each(|seen| Seen::put(&mut self.seen, seen));
        self.mentions += other.mentions;
        self.untold += other.untold;
        other.issuers.into_iter().for_each(|(name, n)| *self.issuers.entry(name).or_default() += n);
        if self.code.is_none() {
            self.code = other.code;
        }
        self.names.merge(other.names);
        self.issued.merge(other.issued);
        self.officials.merge(other.officials);
        self.figures.merge(other.figures);
        self.awards.merge(other.awards);
    }

    /// The programme, without id and without others.
    pub fn programme(self) -> Option<Programme> {
        let code = self.code?;
        let left_out = [
            self.names.left_out,
            self.issued.left_out,
            self.officials.left_out,
            self.figures.left_out,
            self.awards.left_out,
        ];
        let (names, issued) = (self.names.told(), self.issued.told());
        let most = self.issuers.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        let mut years: BTreeSet<u16> = code.year.into_iter().collect();
        names.iter().chain(&issued).for_each(|told| years.extend(years_in(&told.what.value)));
        Some(Programme {
            id: String::new(),
            canonical: code.canonical,
            number: code.number,
            kind: code.kind,
            type_name: code.type_name,
            issuer: code.issuer,
            issuer_name: most.map(|(name, _)| name.clone()).or(code.issuer_name),
            issuer_untold: self.untold,
            kept_apart: Vec::new(),
            years: years.into_iter().collect(),
            seen: self.seen?,
            mentions: self.mentions,
            names,
            issued,
            officials: self.officials.told(),
            figures: self.figures.told(),
            awards: self.awards.told(),
            left_out: left_out.iter().sum(),
        })
    }
}

/// The years from 1945 on that a text writes with four digits.
fn years_in(text: &str) -> impl Iterator<Item = u16> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).filter(|year| (1945..2100).contains(year))
}
