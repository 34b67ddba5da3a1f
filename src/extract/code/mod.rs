//! Codes: documents and programmes cited by their number.
//!
//! Only digits can start a code. A first pass reads full codes (`scan`, `shape`), then the numbers of lists that share their
//! tail, then short citations (`short`), which take the full code of the article where exactly one fits. `head`
//! reads the words before a number, `detail` those behind a code, `lexicon` holds what the tables know.

mod detail;
mod head;
mod lexicon;
mod scan;
mod shape;
mod short;
mod standard;
mod why;

use super::{Extractor, Found, Rule};
use crate::document::Document;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::hits::Signs;
use crate::gazetteer::schema::TableId;
use crate::mention::Mention;
use crate::record::{Code, Kind};
use lexicon::{Lexicon, Type};
use rustc_hash::FxHashMap;
use scan::{Full, Reader};
use short::Short;

/// The rules of this extractor.
pub const RULES: &[Rule] = &[
    Rule {
        name: "code.party",
        finds: "codes of the Party and of mass organisations: number, hyphen, type, slash, issuer",
        example: "Hội nghị quán triệt Nghị quyết số [35 - NQ/T.Ư] của Bộ Chính trị.",
    },
    Rule {
        name: "code.state",
        finds: "codes of the State: number, perhaps the year, type, hyphen, issuers",
        example: "Thông tư liên tịch số [04/2021/TTLT-BCA-BQP] có hiệu lực.",
    },
    Rule {
        name: "code.assembly",
        finds: "laws, resolutions and ordinances of the National Assembly and its Standing Committee",
        example: "Luật số [45/2019/QH 14] được thông qua.",
    },
    Rule {
        name: "code.letter",
        finds: "official letters, whose code has an issuer and a drafting unit but no type",
        example: "Sở vừa có công văn số [1250/SGDĐT-VP] gửi các trường.",
    },
    Rule {
        name: "code.old",
        finds: "codes from before 1997, whose type is told by the head alone",
        example: "Theo Nghị định số [64/CP] của Chính phủ.",
    },
    Rule {
        name: "code.bare",
        finds: "number and type letters without an issuer, behind the name of the type",
        example: "Tinh thần Nghị quyết [18-NQ] được quán triệt.",
    },
    Rule {
        name: "code.standard",
        finds: "national standards and technical regulations, letters first",
        example: "Mẫu nước đạt [QCVN 01:2009/BYT] theo kết quả.",
    },
    Rule {
        name: "code.elided",
        finds: "numbers in a list that share the tail of its last code",
        example: "Các Thông tư số [07], [08] và 09/2020/TT-BYT đều bị bãi bỏ.",
    },
    Rule {
        name: "code.short",
        finds: "the name of a type of document with a number",
        example: "Thành phố vẫn theo [Chỉ thị 16] của Thủ tướng.",
    },
    Rule {
        name: "code.short-list",
        finds: "further numbers behind a short citation",
        example: "Theo Nghị quyết 18 và [19], các đầu mối được sắp xếp.",
    },
];

/// The tables that it reads.
pub const TABLES: &[TableId] = &[
    TableId::DocumentTypes,
    TableId::Issuers,
    TableId::CodeWords,
    TableId::Bodies,
    TableId::Places,
    TableId::CountNouns,
];

struct CodeExtractor {
    lexicon: Lexicon,
}

/// Prepares the extractor.
pub fn build(gazetteers: &Gazetteers) -> Box<dyn Extractor> {
    Box::new(CodeExtractor { lexicon: Lexicon::new(gazetteers) })
}

impl Extractor for CodeExtractor {
    fn extract(&self, doc: &Document<'_>, found: &mut Found) {
        let reader = Reader { doc, lexicon: &self.lexicon, committee: Default::default() };
        let fulls = full_codes(&reader, found);
        let shorts = short_codes(&reader, found);
        for full in &fulls {
            let value = full_record(&reader, full);
            if doc.trace.is_on() {
                why::full(&reader, full, &value);
            }
            found.codes.push(Mention { span: full.span, rule: full.rule, value });
        }
        let known = Known::new(&fulls, &shorts);
        for short in &shorts {
            if doc.trace.is_on() {
                why::short(doc, short, &known);
            }
            if let Some(value) = short_record(&reader, short, &known) {
                found.claim(short.span, Kind::Code);
                found.codes.push(Mention { span: short.span, rule: short.rule, value });
            }
        }
        found.codes.sort_by_key(|mention| mention.span);
    }
}

/// All full codes, and the numbers that share their tails; their tokens are claimed.
fn full_codes(reader: &Reader<'_>, found: &mut Found) -> Vec<Full> {
    let doc = reader.doc;
    let mut fulls: Vec<Full> = Vec::new();
    let mut next = 0;
    while let Some(at) = doc.hits.seek(Signs::DIGITS, next, doc.tokens.len()) {
        let full = reader.full(at, || reader.cue(at)).or_else(|| reader.standard(at));
        let Some(full) = full.filter(|full| !doc.is_furniture(full.span.start)) else {
            next = at + 1;
            continue;
        };
        next = full.span.end;
        let elided = reader.elided(&full, |i| found.claimed(i).is_some());
        for full in elided.into_iter().rev().chain([full]) {
            found.claim(full.span, Kind::Code);
            fulls.push(full);
        }
    }
    fulls
}

/// All short citations outside full codes.
fn short_codes(reader: &Reader<'_>, found: &Found) -> Vec<Short> {
    let doc = reader.doc;
    let mut shorts: Vec<Short> = Vec::new();
    for at in doc.hits.showing(Signs::DIGITS).filter(|&at| at > 0) {
        let before = shorts.last().map_or(0, |short| short.span.end);
        if at >= before && !doc.is_furniture(at) {
            reader.short(at, |i| i < before || found.claimed(i).is_some(), &mut shorts);
        }
    }
    shorts.retain(|short| !found.is_claimed(short.span));
    shorts
}

fn full_record(reader: &Reader<'_>, full: &Full) -> Code {
    let detail = reader.detail(full.span.end);
    let kind = type_of(reader, full);
    let letters = full.letters.clone().or_else(|| {
        let own = kind.map(|kind| kind.letters.clone()).filter(|l| !l.is_empty() && l != "VB");
        own.or_else(|| (full.rule == "code.letter").then(|| "CV".to_string()))
    });
    Code {
        canonical: full.canonical(),
        number: full.number.rsplit(' ').next().unwrap_or_default().to_string(),
        year: full.year.as_ref().and_then(|year| year.parse().ok()).filter(|y| *y < 2100).or(full.late_year),
        type_name: kind.map(|kind| kind.name.clone()),
        kind: letters,
        issuer: full.issuer_letters.clone(),
        issuer_name: reader.issuer_name(full, detail.body),
        name: detail.name,
        issued: detail.issued,
    }
}

/// The type that the head names, else the usual one of the letters.
fn type_of<'a>(reader: &Reader<'a>, full: &Full) -> Option<&'a Type> {
    let lexicon = reader.lexicon;
    if let Some(row) = reader.type_row(full) {
        return Some(&lexicon.types[row]);
    }
    match &full.letters {
        Some(letters) => lexicon.default_type(letters, full.party),
        None if full.rule == "code.letter" => lexicon.default_type("CV", full.party),
        None => None,
    }
}

/// What the article cites more fully elsewhere, by number without leading zeros; each code once.
#[derive(Default)]
struct Known<'a> {
    fulls: FxHashMap<&'a str, Vec<&'a Full>>,
    dated: FxHashMap<&'a str, Vec<&'a Short>>,
}

impl<'a> Known<'a> {
    fn new(fulls: &'a [Full], shorts: &'a [Short]) -> Self {
        let mut known = Known::default();
        for full in fulls {
            let same = known.fulls.entry(full.number.trim_start_matches('0')).or_default();
            if same.iter().all(|other| other.suffix != full.suffix || other.year != full.year) {
                same.push(full);
            }
        }
        for short in shorts.iter().filter(|short| short.year.is_some()) {
            let same = known.dated.entry(short.number.trim_start_matches('0')).or_default();
            if same.iter().all(|o| (o.year, &o.head.letters) != (short.year, &short.head.letters)) {
                same.push(short);
            }
        }
        known
    }

    /// The one full code that a short citation can mean.
    fn full(&self, short: &Short) -> Option<&'a Full> {
        let same = self.fulls.get(short.number.trim_start_matches('0'))?;
        only(same.iter().copied().filter(|full| short.fits(full)))
    }

    /// How many full codes a short citation can mean.
    fn fitting(&self, short: &Short) -> usize {
        let same = self.fulls.get(short.number.trim_start_matches('0'));
        same.map_or(0, |same| same.iter().filter(|full| short.fits(full)).count())
    }

    /// The one short citation with a year that a bare number can mean.
    fn dated(&self, short: &Short) -> Option<&'a Short> {
        let same = self.dated.get(short.number.trim_start_matches('0'))?;
        let year = |other: &Short| short.year_hint.is_none() || short.year_hint == other.year;
        let fits = |other: &&Short| other.head.letters == short.head.letters && year(other);
        only(same.iter().copied().filter(fits))
    }
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}

/// A short citation with what the article says elsewhere; nothing where a law's number stays unknown.
fn short_record(reader: &Reader<'_>, short: &Short, known: &Known<'_>) -> Option<Code> {
    let detail = reader.detail(short.span.end);
    let name = short.head.row.map(|row| reader.lexicon.types[row].name.clone());
    if let Some(full) = known.full(short) {
        let mut code = full_record(reader, full);
        code.type_name = code.type_name.or(name);
        code.name = code.name.or(detail.name);
        code.issued = code.issued.or(detail.issued);
        return Some(code);
    }
    let source = known.dated(short).unwrap_or(short);
    Some(Code {
        canonical: source.canonical()?,
        number: short.number.clone(),
        year: source.year,
        kind: Some(short.head.letters.clone()).filter(|letters| !letters.is_empty()),
        type_name: name,
        issuer_name: detail.body.map(|body| reader.doc.normal(body)),
        name: detail.name,
        issued: detail.issued,
        ..Code::default()
    })
}
