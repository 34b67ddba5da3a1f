//! What the tables say about posts, bodies, names and the words around them, compiled for the extractor.

use crate::document::Document;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::hits::Hit;
use crate::gazetteer::schema::TableId;
use crate::record::Status;
use crate::text::vocabulary::Word;
use rustc_hash::FxHashSet;

/// What a row of `titles` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// makes an official
    Post,
    /// stands before a name and makes nobody an official
    Other,
}

/// A row of `titles`.
#[derive(Clone, Copy, Debug)]
pub struct Post {
    /// what it is
    pub class: Class,
    /// how many tokens of the title are the role
    pub role: usize,
    /// complete without a body
    pub complete: bool,
    /// of a company or another unit whose name may be foreign words
    pub company: bool,
    /// of a whole State or Party
    pub central: bool,
}

/// What may follow a row of `bodies`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// nothing but a place
    Full,
    /// a place, or none
    Place,
    /// a place, nearly always
    NeedsPlace,
    /// words of a field
    Field,
    /// a proper name
    Name,
}

/// A row of `bodies`.
#[derive(Clone, Copy, Debug)]
pub struct BodyRow {
    /// what may follow
    pub slot: Slot,
    /// how high it stands: a body may be named behind the one it belongs to
    pub height: u8,
}

/// Words that stand side by side.
type Pairs = FxHashSet<(Word, Word)>;

/// A kind of word around posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum WordKind {
    Status,
    Modifier,
    Be,
    Group,
    Hold,
    Appoint,
    Join,
    Aside,
    Grant,
    Own,
    Assistant,
    Plural,
    Level,
    Deictic,
    End,
    English,
    Whole,
    Onto,
    Then,
    Firm,
}

/// A row of `surnames`.
#[derive(Clone, Copy, Debug)]
pub struct Surname {
    /// how common: 0 very rare … 5 very common
    pub weight: u8,
    /// of a people whose syllables need not be those of Vietnamese
    pub minority: bool,
}

/// A row of `honorifics`.
#[derive(Clone, Copy, Debug)]
pub struct Honorific {
    /// opens a list
    pub plural: bool,
    /// belongs to the name as people write it (`Samdech`)
    pub in_name: bool,
    /// `m`, `f` or unknown
    pub gender: Option<char>,
}

/// The tables as the extractor reads them.
pub struct Lexicon {
    posts: Vec<Post>,
    bodies: Vec<BodyRow>,
    words: Vec<(WordKind, Option<Status>)>,
    surnames: Vec<Surname>,
    honorifics: Vec<Honorific>,
    countries: Vec<bool>,
    in_body: Vec<bool>,
    pairs: Pairs,
    fields: Pairs,
}

impl Lexicon {
    /// Compiles the tables.
    pub fn new(tables: &Gazetteers) -> Self {
        let (in_body, mut pairs) = body_words(tables);
        let (fields, acts) = field_words(tables);
        pairs.extend(fields.iter().chain(&acts));
        Lexicon {
            posts: rows(tables, TableId::Titles, &["title", "role", "kind", "body", "system", "level"], post),
            bodies: rows(tables, TableId::Bodies, &["body", "kind", "slot", "level"], body),
            words: rows(tables, TableId::TitleWords, &["kind", "value"], |c| (word_kind(c[0]), status(c[1]))),
            surnames: rows(tables, TableId::Surnames, &["groups", "frequency"], surname),
            honorifics: rows(tables, TableId::Honorifics, &["honorific", "plural", "gender"], honorific),
            countries: rows(tables, TableId::Places, &["level"], |c| c[0] == "country"),
            in_body,
            pairs,
            fields,
        }
    }

    /// The longest title at `i`, a post before another of the same length.
    pub fn post(&self, doc: &Document<'_>, i: usize) -> Option<(Hit, Post)> {
        let hits = doc.hits.of(TableId::Titles, i).map(|hit| (hit, self.posts[hit.row as usize]));
        hits.max_by_key(|(hit, post)| (hit.end, post.class == Class::Post))
    }

    /// The longest body at `i`.
    pub fn body(&self, doc: &Document<'_>, i: usize) -> Option<(Hit, BodyRow)> {
        doc.hit(TableId::Bodies, i).map(|hit| (hit, self.bodies[hit.row as usize]))
    }

    /// The longest word of a kind at `i`: its end, and the status it gives.
    pub fn word(&self, doc: &Document<'_>, kind: WordKind, i: usize) -> Option<(usize, Option<Status>)> {
        let mut hits = doc.hits.of(TableId::TitleWords, i).rev();
        let hit = hits.find(|hit| self.words[hit.row as usize].0 == kind)?;
        Some((hit.end as usize, self.words[hit.row as usize].1))
    }

    /// The longest word of a kind that ends right before `i`: its start, and the status it gives.
    pub fn word_before(
        &self,
        doc: &Document<'_>,
        kind: WordKind,
        i: usize,
    ) -> Option<(usize, Option<Status>)> {
        const LONGEST: usize = 6;
        if !doc.hits.ends(TableId::TitleWords, i) {
            return None;
        }
        (i.saturating_sub(LONGEST)..i).find_map(|at| {
            let mut hits = doc.hits.of(TableId::TitleWords, at);
            let hit = hits.find(|hit| hit.end as usize == i && self.words[hit.row as usize].0 == kind)?;
            Some((at, self.words[hit.row as usize].1))
        })
    }

    /// The longest surname at `i`.
    pub fn surname(&self, doc: &Document<'_>, i: usize) -> Option<(Hit, Surname)> {
        doc.hit(TableId::Surnames, i).map(|hit| (hit, self.surnames[hit.row as usize]))
    }

    /// The longest word of address at `i`.
    pub fn honorific(&self, doc: &Document<'_>, i: usize) -> Option<(Hit, Honorific)> {
        doc.hit(TableId::Honorifics, i).map(|hit| (hit, self.honorifics[hit.row as usize]))
    }

    /// Whether a word of address for several (`các đồng chí`) ends right before `i`.
    pub fn plural_before(&self, doc: &Document<'_>, i: usize) -> bool {
        (i.saturating_sub(4)..i)
            .any(|at| self.honorific(doc, at).is_some_and(|(hit, row)| row.plural && hit.end as usize == i))
    }

    /// Whether a place is a country.
    pub fn is_country(&self, hit: Hit) -> bool {
        self.countries[hit.row as usize]
    }

    /// Whether a word occurs in the name of some body.
    pub fn in_body(&self, word: Word) -> bool {
        self.in_body.get(word.0 as usize).copied().unwrap_or(false)
    }

    /// Whether the word at `i` is the second half of one that only looks like a title or status (`chính | quyền`).
    pub fn is_inside(&self, doc: &Document<'_>, i: usize) -> bool {
        (i.saturating_sub(2)..i).any(|at| self.word(doc, WordKind::Whole, at).is_some_and(|(end, _)| end > i))
    }

    /// Whether two words name a field and are no verb (`tiếp thị`).
    pub fn is_field(&self, first: Word, second: Word) -> bool {
        self.fields.contains(&(first, second))
    }

    /// Whether two words stand side by side in the name of some body (`Kinh tế`).
    pub fn is_pair(&self, first: Word, second: Word) -> bool {
        self.pairs.contains(&(first, second))
    }
}

/// One value for each row of a table, made of some of its cells.
fn rows<T>(tables: &Gazetteers, id: TableId, columns: &[&str], make: impl Fn(&[&str]) -> T) -> Vec<T> {
    let table = tables.table(id);
    let at: Vec<usize> = columns.iter().map(|c| table.column(c)).collect();
    let cells = |row: &'_ crate::gazetteer::table::Row| -> T {
        let cells: Vec<&str> = at.iter().map(|&c| row.cells[c].as_str()).collect();
        make(&cells)
    };
    table.rows.iter().map(cells).collect()
}

fn post(cells: &[&str]) -> Post {
    let role = cells[1].split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
    // `Trưởng Ban Nội chính`: the post is called `Trưởng ban`.
    let lone = role == 1 && cells[0].split(' ').nth(1).is_some_and(|w| w.eq_ignore_ascii_case("ban"));
    Post {
        class: if cells[2] == "post" { Class::Post } else { Class::Other },
        role: role + usize::from(lone),
        complete: cells[3] == "no",
        company: cells[4] == "enterprise",
        central: cells[5] == "central",
    }
}

fn body(cells: &[&str]) -> BodyRow {
    let slot = match (cells[1], cells[2]) {
        ("full", _) => Slot::Full,
        (_, "place") => Slot::NeedsPlace,
        (_, "place?" | "place_level" | "at_place" | "event" | "org_or_place" | "org") => Slot::Place,
        (_, "field" | "topic") => Slot::Field,
        _ => Slot::Name,
    };
    BodyRow { slot, height: height(cells[0]) }
}

/// How high a body stands, by its first words.
fn height(body: &str) -> u8 {
    const STARTS: &[(&[&str], u8)] = &[
        (&["bộ môn", "tiểu đoàn", "đại đội", "trạm"], 2),
        (&["nhà máy", "xí nghiệp", "đồn", "lữ đoàn"], 3),
        (&["tòa án", "tổng cục", "tổng công ty", "sư đoàn"], 4),
        (&["tập đoàn", "quân khu", "quân đoàn", "quân chủng", "binh chủng"], 5),
    ];
    let body = body.to_lowercase();
    let known = STARTS.iter().find(|(starts, _)| starts.iter().any(|start| body.starts_with(start)));
    if let Some(&(_, height)) = known {
        return height;
    }
    match body.split(' ').next().unwrap_or_default() {
        "đội" | "tổ" => 1,
        "khoa" | "phòng" | "tòa" | "chi" => 2,
        "cơ" | "cục" | "vụ" | "viện" | "trung" | "ban" | "văn" | "tổng" => 3,
        "sở" | "trường" | "học" | "đại" | "bệnh" | "tand" | "công" | "ubnd" | "hđnd" => 4,
        "bộ" | "tandtc" | "quốc" | "chính" => 5,
        _ => 0,
    }
}

fn word_kind(kind: &str) -> WordKind {
    match kind {
        "status" => WordKind::Status,
        "modifier" => WordKind::Modifier,
        "be" => WordKind::Be,
        "group" => WordKind::Group,
        "hold" => WordKind::Hold,
        "appoint" => WordKind::Appoint,
        "join" => WordKind::Join,
        "aside" => WordKind::Aside,
        "grant" => WordKind::Grant,
        "own" => WordKind::Own,
        "assistant" => WordKind::Assistant,
        "plural" => WordKind::Plural,
        "level" => WordKind::Level,
        "deictic" => WordKind::Deictic,
        "english" => WordKind::English,
        "whole" => WordKind::Whole,
        "onto" => WordKind::Onto,
        "then" => WordKind::Then,
        "firm" => WordKind::Firm,
        _ => WordKind::End,
    }
}

fn status(value: &str) -> Option<Status> {
    match value {
        "former" => Some(Status::Former),
        "acting" => Some(Status::Acting),
        "designate" => Some(Status::Designate),
        "current" => Some(Status::Current),
        _ => None,
    }
}

fn surname(cells: &[&str]) -> Surname {
    let weight = match cells[1] {
        "very_high" => 5,
        "high" => 4,
        "medium" => 3,
        "low" => 2,
        "rare" => 1,
        _ => 0,
    };
    let minority = !cells[0].split('|').any(|group| group == "Kinh");
    Surname { weight, minority }
}

fn honorific(cells: &[&str]) -> Honorific {
    Honorific {
        plural: cells[1] == "yes",
        in_name: matches!(cells[0], "Samdech" | "Techo"),
        gender: cells[2].chars().next(),
    }
}

/// The words that the names of bodies are made of, and which stand side by side in them.
fn body_words(tables: &Gazetteers) -> (Vec<bool>, Pairs) {
    let mut known = vec![false; tables.vocabulary.len()];
    let mut pairs = FxHashSet::default();
    for (id, columns) in [(TableId::Bodies, ["body", "aliases"]), (TableId::Titles, ["title", "aliases"])] {
        for cell in columns.iter().flat_map(|column| tables.table(id).cells(column)) {
            let split = cell.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            let words: Vec<Word> = split.map(|word| tables.vocabulary.get(word)).collect();
            words.iter().for_each(|word| known[word.0 as usize] = true);
            pairs.extend(words.windows(2).map(|pair| (pair[0], pair[1])));
        }
    }
    known[Word::UNKNOWN.0 as usize] = false;
    (known, pairs)
}

/// The words of two syllables that name fields, and those of them that may also be verbs.
fn field_words(tables: &Gazetteers) -> (Pairs, Pairs) {
    let (mut fields, mut acts) = (Pairs::default(), Pairs::default());
    let kinds = tables.table(TableId::FieldWords).cells("kind");
    for (phrase, kind) in tables.table(TableId::FieldWords).cells("phrase").zip(kinds) {
        let words: Vec<Word> = phrase.split(' ').map(|word| tables.vocabulary.get(word)).collect();
        let pairs = words.windows(2).map(|pair| (pair[0], pair[1]));
        match kind == "field" {
            true => fields.extend(pairs),
            false => acts.extend(pairs),
        }
    }
    (fields, acts)
}
