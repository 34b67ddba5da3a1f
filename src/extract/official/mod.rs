//! The official extractor: persons with the posts that the text gives them.
//!
//! `item` cuts the text into titles, names and pronouns, the `piece`s (`name`, `body` and `syllable` know what those look
//! like), `joint` says what stands between two of them, `attach` gives titles to names, `person` tells who is who
//! and writes the records. `lexicon` holds what the tables say.

mod attach;
mod body;
mod item;
mod joint;
mod lexicon;
mod name;
mod person;
mod piece;
mod syllable;
mod why;

use super::{Extractor, Found, Rule};
use crate::document::Document;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::record::Kind;
use lexicon::Lexicon;

/// The rules of this extractor.
pub const RULES: &[Rule] = &[
    Rule {
        name: "official.title-name",
        finds: "A name right behind its posts, or behind a comma and a word of address.",
        example: "Theo Giám đốc Sở Y tế Hà Nội [Trần Văn Bách], dịch đã được dập.",
    },
    Rule {
        name: "official.name-title",
        finds: "A name with its posts behind a comma, a dash or in brackets.",
        example: "Đồng chí [Lê Thị Hạnh], Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh, dự lễ.",
    },
    Rule {
        name: "official.list",
        finds: "The names of a list under one post.",
        example: "Dự lễ có các Phó Chủ tịch UBND tỉnh: [Trần Văn Bách], [Lê Thị Hạnh].",
    },
    Rule {
        name: "official.verb",
        finds: "A name that a verb gives its post.",
        example: "Ông [Trần Văn Bách] được bổ nhiệm giữ chức Giám đốc Sở Nội vụ.",
    },
    Rule {
        name: "official.rank",
        finds: "A name behind a military or police rank.",
        example: "Đại tá [Trần Văn Bách] có mặt tại hiện trường.",
    },
    Rule {
        name: "official.mention",
        finds: "A further mention of a person who has a post elsewhere in the article.",
        example: "Bà Lê Thị Hạnh, Giám đốc Sở Tư pháp, đến dự. Bà [Hạnh] nói ngắn gọn.",
    },
    Rule {
        name: "official.title-only",
        finds: "A post named without its holder.",
        example: "[Bí thư Tỉnh ủy] đề nghị các cấp vào cuộc.",
    },
];

/// The tables that it reads.
pub const TABLES: &[TableId] = &[
    TableId::Titles,
    TableId::TitleWords,
    TableId::Bodies,
    TableId::FieldWords,
    TableId::Honorifics,
    TableId::Ranks,
    TableId::Degrees,
    TableId::Surnames,
    TableId::Syllables,
    TableId::Places,
    TableId::Districts,
    TableId::Containers,
    TableId::Press,
    TableId::Awards,
    TableId::DocumentTypes,
];

struct OfficialExtractor {
    lexicon: Lexicon,
}

/// Prepares the extractor.
pub fn build(tables: &Gazetteers) -> Box<dyn Extractor> {
    Box::new(OfficialExtractor { lexicon: Lexicon::new(tables) })
}

impl Extractor for OfficialExtractor {
    fn extract(&self, doc: &Document<'_>, found: &mut Found) {
        let items = item::ItemReader { doc, lexicon: &self.lexicon, found }.read();
        let links = attach::Attacher::links(doc, &self.lexicon, &items);
        let canonical = |span: Span| {
            let at = found.codes.partition_point(|code| code.span.start < span.start);
            found.codes.get(at).filter(|code| code.span == span).map(|code| code.value.canonical.clone())
        };
        let records = person::Persons::records(doc, &self.lexicon, &items, &links, &canonical);
        for record in &records {
            found.claim(record.span, Kind::Official);
        }
        found.officials = records;
    }
}
