//! Awards: who confers what on whom. It runs last, and reads what the others found: persons for givers and
//! recipients, codes for the programmes, counts for numbers and sums.
//!
//! `name` reads an award's name, `clause` and `deed` the verb and the subject, `people` who is honoured and how many,
//! `whom` who gets it, `licence` whether it tells of an award at all,
//! `story` puts one conferring together, `honour` those told by a verb alone, `outcome` makes the records.

mod behind;
mod clause;
mod deed;
mod honour;
mod lexicon;
mod licence;
mod name;
mod outcome;
mod people;
mod phrase;
mod story;
mod whom;

use super::{Extractor, Found, Rule};
use crate::document::Document;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use lexicon::Lexicon;

/// An award told with a verb of giving.
const CONFERRED: Rule = Rule {
    name: "award.conferred",
    finds: "an award by its name, beside a verb of giving",
    example: "UBND huyện Sông Lam đã tặng [Giấy khen] cho 12 tập thể.",
};
/// An award told with a verb of receiving or winning.
const RECEIVED: Rule = Rule {
    name: "award.received",
    finds: "an award by its name, beside a verb of receiving or winning, or in the passive",
    example: "Trường Tiểu học Sông Lam đón nhận [Huân chương Lao động hạng Ba].",
};
/// An award that somebody has.
const HELD: Rule = Rule {
    name: "award.held",
    finds: "an award by its name alone: somebody has it",
    example: "Trên tường treo [Huân chương Kháng chiến hạng Ba] đã ố vàng.",
};
/// A conferring without a name.
const HONOUR: Rule = Rule {
    name: "award.honour",
    finds: "a verb that is an award by itself, with who is honoured",
    example: "UBND xã [tuyên dương] 15 học sinh nghèo.",
};

/// The rules of this extractor.
pub const RULES: &[Rule] = &[CONFERRED, RECEIVED, HELD, HONOUR];

/// The tables that it reads.
pub const TABLES: &[TableId] = &[
    TableId::Awards,
    TableId::AwardWords,
    TableId::Honorifics,
    TableId::Titles,
    TableId::Bodies,
    TableId::CountNouns,
    TableId::NumberWords,
    TableId::Press,
];

struct AwardExtractor {
    lexicon: Lexicon,
}

/// Prepares the extractor.
pub fn build(gazetteers: &Gazetteers) -> Box<dyn Extractor> {
    Box::new(AwardExtractor { lexicon: Lexicon::new(gazetteers) })
}

impl Extractor for AwardExtractor {
    fn extract(&self, doc: &Document<'_>, found: &mut Found) {
        let awards = story::read(&self.lexicon, doc, found);
        found.awards.extend(awards);
    }
}
