//! What the tables know about codes: type letters, issuer letters, which heads are cited by a bare number.

use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::gazetteer::table::values;
use crate::text::fold::{clean, fold};
use crate::text::vocabulary::Word;
use rustc_hash::{FxHashMap, FxHashSet};

/// How a type of document may be cited by its name and a bare number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cited {
    /// always: `Nghị định 100`
    Strong,
    /// with a capital, else as weak: `Quyết định 33`
    Plain,
    /// with a capital or a telling number, and a word or mark behind that ends the number: `Chương trình 135,`
    Weak,
    /// only with `số` between: `Báo cáo số 12`
    Numbered,
    /// only with its year, or where the article gives its full code: `Luật 91/2015`
    Law,
    /// a licence or contract: its numbers are no documents of public life
    Licence,
    /// not at all
    Never,
}

/// A row of the types of documents.
pub(super) struct Type {
    /// `CTr`; empty for `Luật`
    pub letters: String,
    /// `Chương trình`, without ` của …`
    pub name: String,
    /// how it is cited
    pub cited: Cited,
    party: bool,
    /// how many systems use it
    pub systems: usize,
}

/// What issuer letters stand for.
pub(super) struct Issuer {
    /// in standard case
    pub letters: String,
    /// the bodies, the likeliest first
    pub names: Vec<String>,
    /// the text must say which body
    pub ambiguous: bool,
    /// a body of the Party or a mass organisation, whose codes read `NUM-TYPE/ISS`
    pub party: bool,
    /// a drafting unit, never the issuer
    pub unit: bool,
}

/// A table entry found by letters: in standard case, and the row.
#[derive(Clone)]
pub(super) struct Letters {
    /// as a code should write them
    pub text: String,
    /// the row
    pub row: usize,
    /// only spelled differently from the row's own letters
    pub variant: bool,
}

/// The maps.
pub(super) struct Lexicon {
    /// aligned with the rows of the document types
    pub types: Vec<Type>,
    /// aligned with the rows of the issuers
    pub issuers: Vec<Issuer>,
    by_type: FxHashMap<String, Letters>,
    by_issuer: FxHashMap<String, Letters>,
    next: FxHashSet<String>,
    /// `tỉnh`, `thành`, `ủy`
    pub committee: [Word; 3],
    /// `kỷ`, `pháp`, `đạo`: before `luật` they make another word
    other_law: [Word; 3],
}

/// The key of letters: capitals, `Ð` as `Đ`, no dots, hyphens or `&`, `TƯ` as `TW`.
pub(super) fn key(letters: &str) -> String {
    let capitals: String = clean(letters)
        .chars()
        .flat_map(char::to_uppercase)
        .map(|c| if matches!(c, '\u{d0}' | '\u{189}') { 'Đ' } else { c })
        .filter(|c| c.is_alphanumeric())
        .collect();
    capitals.replace("TƯ", "TW")
}

/// The key with strokes and horns forgiven: `QD` for `QĐ`.
fn bare(key: &str) -> String {
    key.chars()
        .map(|c| match c {
            'Đ' => 'D',
            'Ư' => 'U',
            c => c,
        })
        .collect()
}

impl Lexicon {
    pub fn new(gazetteers: &Gazetteers) -> Self {
        let mut lexicon = Lexicon {
            types: Vec::new(),
            issuers: Vec::new(),
            by_type: FxHashMap::default(),
            by_issuer: FxHashMap::default(),
            next: FxHashSet::default(),
            committee: ["tỉnh", "thành", "ủy"].map(|word| gazetteers.vocabulary.get(word)),
            other_law: ["kỷ", "pháp", "đạo"].map(|word| gazetteers.vocabulary.get(word)),
        };
        lexicon.read_issuers(gazetteers);
        lexicon.read_types(gazetteers);
        lexicon
    }

    fn read_issuers(&mut self, gazetteers: &Gazetteers) {
        let table = gazetteers.table(TableId::Issuers);
        let column = |name| table.column(name);
        let (letters, aliases, names) = (column("issuer"), column("aliases"), column("names"));
        let (level, system, ambiguous) = (column("level"), column("system"), column("ambiguous"));
        for row in &table.rows {
            let cell = |at: usize| row.cells[at].as_str();
            self.issuers.push(Issuer {
                letters: cell(letters).into(),
                names: values(cell(names)).map(String::from).collect(),
                ambiguous: cell(ambiguous) == "yes",
                party: matches!(cell(system), "party" | "mass_org"),
                unit: cell(system) == "unit_suffix" || cell(level) == "unit_suffix",
            });
        }
        let rows = table.rows.iter().map(|row| (row.cells[letters].as_str(), row.cells[aliases].as_str()));
        self.by_issuer = letters_of(rows, |_, _| true);
    }

    fn read_types(&mut self, gazetteers: &Gazetteers) {
        let mut cited = FxHashMap::default();
        let words = gazetteers.table(TableId::CodeWords);
        for (phrase, kind) in words.cells("phrase").zip(words.cells("kind")) {
            match kind {
                "next" => drop(self.next.insert(fold(phrase))),
                kind => drop(cited.insert(phrase.to_lowercase(), cited_of(kind))),
            }
        }
        let table = gazetteers.table(TableId::DocumentTypes);
        let column = |name| table.column(name);
        let (letters, name, system) = (column("type"), column("name"), column("system"));
        let (aliases, in_code) = (column("aliases"), column("in_code"));
        for row in &table.rows {
            let full = row.cells[name].as_str();
            let base = full.split_once(" của ").map_or(full, |(base, _)| base);
            let systems = &row.cells[system];
            self.types.push(Type {
                letters: row.cells[letters].clone(),
                name: base.into(),
                cited: cited.get(&base.to_lowercase()).copied().unwrap_or(Cited::Never),
                party: systems.contains("party") || systems.contains("mass_org"),
                systems: values(systems).count(),
            });
        }
        let rows = table.rows.iter().map(|row| match row.cells[in_code].as_str() {
            "yes" => (row.cells[letters].as_str(), row.cells[aliases].as_str()),
            _ => ("", ""),
        });
        // `NĐCP` is a type and an issuer in one word: the grammar splits it.
        let whole = |letters: &str, alias: &str| {
            let rest = key(alias).strip_prefix(&key(letters)).map(String::from);
            !alias.contains(['.', '-']) && rest.is_none_or(|r| r.is_empty() || self.issuer(&r).is_none())
        };
        self.by_type = letters_of(rows, whole);
    }

    /// The type with these letters, by [`key`].
    pub fn type_of(&self, key: &str) -> Option<&Letters> {
        self.by_type.get(key)
    }

    /// The issuer with these letters, by [`key`].
    pub fn issuer(&self, key: &str) -> Option<&Letters> {
        self.by_issuer.get(key)
    }

    /// Whether `luật` behind this word is part of another word.
    pub fn is_other_law(&self, before: Word) -> bool {
        before != Word::UNKNOWN && self.other_law.contains(&before)
    }

    /// Whether a number may end before this word.
    pub fn ends_number(&self, word: &str) -> bool {
        self.next.contains(&fold(word))
    }

    /// The type that letters stand for where no head word says: the one of this system, the shortest, the commonest.
    pub fn default_type(&self, letters: &str, party: bool) -> Option<&Type> {
        let same = self.types.iter().filter(|t| t.letters == letters);
        same.max_by_key(|t| (t.party == party, usize::MAX - t.name.split(' ').count(), t.systems))
    }

    /// Splits letters written in one: `QĐUBND` is `QĐ` and `UBND`.
    pub fn split(&self, key: &str) -> Option<(&Letters, &Letters)> {
        let cuts = key.char_indices().map(|(at, _)| at).filter(|&at| at > 1).rev();
        cuts.filter_map(|at| self.type_of(&key[..at]).zip(self.issuer(&key[at..]))).next()
    }
}

fn cited_of(kind: &str) -> Cited {
    match kind {
        "strong" => Cited::Strong,
        "plain" => Cited::Plain,
        "weak" => Cited::Weak,
        "numbered" => Cited::Numbered,
        "law" => Cited::Law,
        "licence" => Cited::Licence,
        _ => Cited::Never,
    }
}

/// The map from keys to letters. Own letters go before aliases, exact ones before those with strokes forgiven.
fn letters_of<'a>(
    rows: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    fits: impl Fn(&str, &str) -> bool,
) -> FxHashMap<String, Letters> {
    let mut map = FxHashMap::default();
    for (row, (letters, _)) in rows.clone().enumerate().filter(|(_, (letters, _))| !letters.is_empty()) {
        map.entry(key(letters)).or_insert(Letters { text: letters.into(), row, variant: true });
    }
    for (row, (letters, aliases)) in rows.enumerate().filter(|(_, (letters, _))| !letters.is_empty()) {
        for alias in values(aliases).filter(|alias| fits(letters, alias)) {
            let variant = bare(&key(alias)) == bare(&key(letters));
            let text = if variant { letters.into() } else { alias.replace(['.', ' '], "") };
            map.entry(key(alias)).or_insert(Letters { text, row, variant });
        }
    }
    let mut exact: Vec<(String, Letters)> =
        map.iter().map(|(key, letters): (&String, &Letters)| (bare(key), letters.clone())).collect();
    exact.sort_by(|a, b| (&a.0, a.1.row, &a.1.text).cmp(&(&b.0, b.1.row, &b.1.text)));
    for (bare, letters) in exact {
        map.entry(bare).or_insert(letters);
    }
    map
}
