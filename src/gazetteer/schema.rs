//! The tables there are: file, columns, and what each cell may hold. The loader, the checker, `vnfacts gazetteers
//! list` and the matcher all read this one description.

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// one phrase, matched in articles; must not be empty
    Phrase,
    /// phrases split by `|`, matched in articles
    Phrases,
    /// free text, may be empty
    Text,
    /// free text, must not be empty
    Required,
    /// one of these words, or empty if `""` is among them
    OneOf(&'static [&'static str]),
    /// a whole number, or empty
    Number,
    /// `YYYY-MM-DD` or `YYYY-MM` or `YYYY`, or empty
    Date,
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// its header
    pub name: &'static str,
    /// what its cells hold
    pub cell: Cell,
}

/// How the case of a phrase counts when it is matched. An all-capital abbreviation (`UBND`, `TW`) is only ever found
/// in capitals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Case {
    /// not at all
    Any,
    /// the first letter must be a capital
    Proper,
    /// the first letter must be as in the table
    AsWritten,
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// its name; the file is `NAME.tsv`
    pub name: &'static str,
    /// what it is for, one line
    pub about: &'static str,
    /// its columns, in order
    pub columns: &'static [Column],
    /// the columns that make the key, which may stand only once
    pub key: &'static [&'static str],
    /// how case counts
    pub case: Case,
    /// the table that ships with the program
    pub embedded: &'static str,
}

macro_rules! tables {
    ($($id:ident $name:literal $about:literal key [$($key:literal)*] $case:ident { $($column:ident $cell:expr),* $(,)? })*) => {
        /// The tables, in the order of [`SCHEMAS`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum TableId { $(#[doc = $about] $id),* }
        /// One [`Schema`] a table.
        pub const SCHEMAS: &[Schema] = &[$(Schema {
            name: $name,
            about: $about,
            columns: &[$(Column { name: stringify!($column), cell: $cell }),*],
            key: &[$($key),*],
            case: Case::$case,
            embedded: include_str!(concat!("../../gazetteers/", $name, ".tsv")),
        }),*];
        /// Every table's id.
        pub const TABLES: &[TableId] = &[$(TableId::$id),*];
    };
}

use Cell::{Date, Number, OneOf, Phrase, Phrases, Required, Text};
const YES_NO: Cell = OneOf(&["", "yes", "no"]);

tables! {
    Titles "titles" "posts, with the role that remains without the body" key ["title"] Any {
        title Phrase, aliases Phrases, role Required, kind OneOf(&["post", "profession", "status", "clergy"]), system Text,
        level Text, body OneOf(&["no", "optional", "yes"]), rank Number, source Text,
    }
    Ranks "ranks" "military and police ranks before a name" key ["rank"] Any {
        rank Phrase, aliases Phrases, service Text, order Number, source Text,
    }
    Degrees "degrees" "academic titles, degrees and honorary titles before a name" key ["degree"] Any {
        degree Phrase, aliases Phrases, kind Text, source Text,
    }
    Honorifics "honorifics" "words of address before a name" key ["honorific"] Any {
        honorific Phrase, aliases Phrases, plural YES_NO, gender Text, register Text, source Text,
    }
    Bodies "bodies" "organisations: full names, and heads that take a place or a field behind them" key ["body"] Any {
        body Phrase, aliases Phrases, kind OneOf(&["full", "head"]), system Text, level Text, slot Text, from Date, to Date,
        source Text,
    }
    Press "press" "newspapers, with the tags they print before a lead" key ["press"] AsWritten {
        press Phrase, aliases Phrases, datelines Phrases, level Text, source Text,
    }
    Issuers "issuers" "the issuer letters of document codes" key ["issuer"] AsWritten {
        issuer Required, aliases Text, names Text, level Text, system Text, ambiguous YES_NO, from Date, to Date,
        successor Text, source Text,
    }
    DocumentTypes "document_types" "the type letters of document codes, with the type's name" key ["type" "name"] Any {
        type Text, name Phrase, aliases Text, system Text, in_code YES_NO, source Text,
    }
    CodeWords "code_words" "which document types are cited by a bare number, and what may follow it" key ["phrase" "kind"] Any {
        phrase Required,
        kind OneOf(&["strong", "plain", "weak", "numbered", "law", "licence", "next"]), source Text,
    }
    Awards "awards" "orders, medals, titles, certificates, prizes, gifts" key ["award" "class"] Any {
        award Phrase, class Text, aliases Phrases, category Text, recipients Text, giver Text, source Text,
    }
    AwardWords "award_words" "verbs of conferring, kinds of recipients, reasons, and what is no award" key ["phrase"] Any {
        phrase Phrase,
        kind OneOf(&["confer", "honour", "receive", "win", "praise", "aux", "event", "reject", "doubt", "game", "norm", "belong", "merit", "price", "contest", "vague", "proxy", "front", "lead", "not_award", "recipient", "reason"]), source Text,
    }
    CountNouns "count_nouns" "what is counted, and in which unit" key ["noun"] Any {
        noun Phrase, aliases Phrases,
        measure OneOf(&["items", "percent", "money", "duration", "age", "area", "length", "mass", "ratio", "other"]),
        unit Text, category Text, source Text,
    }
    NumberWords "number_words" "numbers in words" key ["word"] Any {
        word Phrase, value Text, kind OneOf(&["unit", "ten", "hundred", "magnitude", "half", "open", "vague", "link"]),
        source Text,
    }
    CountCues "count_cues" "words around a number: approximators, bounds, and what makes it no count" key ["phrase" "class"] Any {
        phrase Phrase, class OneOf(&["about", "over", "under", "min", "max", "min-after", "max-after", "filler", "ordinal",
            "label", "group", "rate", "stretch", "stretch-after", "stop", "idiom", "prefix", "plain", "street"]),
        source Text,
    }
    Surnames "surnames" "surnames of all peoples of Viet Nam" key ["surname"] Proper {
        surname Phrase, groups Text, frequency Text, alone YES_NO, source Text,
    }
    Syllables "syllables" "syllables of given names" key ["syllable"] Proper {
        syllable Phrase, role OneOf(&["given", "middle", "both"]), given Text, middle Text, gender Text, ambiguity Text,
        source Text,
    }
    Places "places" "provinces before and after 1 July 2025, regions, countries" key ["place" "from" "level"] Proper {
        place Phrase, aliases Phrases, level Text, type Text, from Date, to Date, parent Text, successor Text,
        ambiguity Text, source Text,
    }
    Districts "districts" "district units up to 30 June 2025" key ["district" "type" "province"] Proper {
        district Phrase, type Text, province Text, province_2025 Text, aliases Phrases, from Date, to Date, source Text,
    }
    LunarYears "lunar_years" "the lunar feasts of each year in the Gregorian calendar" key ["year"] Any {
        year Number, can_chi Required, tet Date, new_year_eve Date, leap_month Number, gieng_15 Date, gio_to Date,
        phat_dan Date, doan_ngo Date, vu_lan Date, trung_thu Date, ong_cong Date, source Text,
    }
    Anniversaries "anniversaries" "days with a fixed date" key ["name"] Any {
        name Phrase, aliases Phrases, day Text, calendar OneOf(&["solar", "lunar"]), year Number, source Text,
    }
    Abbreviations "abbreviations" "abbreviations whose dot ends no sentence" key ["abbreviation"] AsWritten {
        abbreviation Phrase, class Text, at_end YES_NO, source Text,
    }
    Openers "openers" "words that open a sentence behind an abbreviation" key ["opener"] Proper {
        opener Phrase, strength OneOf(&["strong", "weak"]), source Text,
    }
    Furniture "furniture" "what pages print beside the article" key ["phrase"] Any {
        phrase Phrase, class Text, effect OneOf(&["line", "cut", "whole", "counted"]), source Text,
    }
    TitleWords "title_words" "words around posts: what joins them to a holder, what ends their body" key ["phrase" "kind"] Any {
        phrase Phrase,
        kind OneOf(&["status", "modifier", "be", "group", "hold", "appoint", "join", "aside", "grant", "own", "assistant",
            "plural", "level", "deictic", "end", "english", "whole", "onto", "then", "firm"]),
        value Text, source Text,
    }
    FieldWords "field_words" "words of two syllables that the names of bodies are made of" key ["phrase"] Any {
        phrase Required, kind OneOf(&["field", "act"]), source Text,
    }
    Containers "containers" "words before a person's name that make it a street, a school, a prize" key ["phrase"] Any {
        phrase Phrase, class Text, source Text,
    }
    Confidence "confidence" "how often each rule was right on annotated articles; rebuilt by `vnfacts calibrate`" key ["rule"] Any {
        rule Required, right Number, found Number, source Text,
    }
    DateWords "date_words" "the words that dates are made of, and those that make a number no date" key ["phrase" "class"] Any {
        phrase Phrase, class OneOf(crate::extract::date::words::CLASS_NAMES), value Text, source Text,
    }
    BodySpans "body_spans" "bodies that began or ended, for `vnfacts audit`" key ["body" "from"] Any {
        body Required, aliases Text, match OneOf(&["whole", "head", "place"]), from Date, to Date, became Text,
        source Required,
    }
    ExclusivePosts "exclusive_posts" "posts that one person holds at a time, for `vnfacts audit`" key ["role" "body"] Any {
        role Required, body Required, aliases Text, place OneOf(&["", "province"]), group Required, source Required,
    }
    TypeIssuers "type_issuers" "who issues which type of document, for `vnfacts audit`" key ["type"] Any {
        type Required, only Text, never Text, from Date, source Required,
    }
    PostWords "post_words" "what posts are, for `vnfacts officials` and `programmes`" key ["phrase" "class"] Any {
        phrase Required, class OneOf(&["charge", "seat", "seat-last", "head"]), source Required,
    }
    AuditWords "audit_words" "the words that `vnfacts audit` reads sentences by" key ["phrase" "class"] Any {
        phrase Required, class OneOf(&["parts", "goes-on", "today", "other-day", "part-of-day", "look-back", "past", "just",
            "future", "until", "ordinal", "changes", "then", "document", "document-word"]), source Required,
    }
}
