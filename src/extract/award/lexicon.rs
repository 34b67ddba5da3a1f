//! What the tables `awards` and `award_words` say, indexed by row.

use crate::document::Document;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::gazetteer::table::Table;
use crate::mention::Span;

/// What a word does round an award.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordKind {
    /// `trao`, `tặng`
    Confer,
    /// `khen thưởng`, `vinh danh`: an award by itself
    Honour,
    /// `nhận`, `đón nhận`
    Receive,
    /// `giành`, `đoạt`
    Win,
    /// `ghi nhận`, `đánh giá cao`
    Praise,
    /// `tổ chức`, `quyết định`: between the giver and the verb
    Aux,
    /// `lễ`, `buổi`
    Event,
    /// `xét tặng`, `thu hồi`
    Reject,
    /// `cần`, `xứng đáng`
    Doubt,
    /// `xổ số`, `cơ cấu giải`: lotteries and lists of prizes
    Game,
    /// `dự luật`, `mức thưởng cho`: tells who may get it, not who did
    Norm,
    /// `thuộc về`: who gets it stands behind
    Belong,
    /// `trị giá`: what a prize is worth
    Price,
    /// `hành động`, `nghĩa cử`: a deed that is honoured
    Merit,
    /// `Open`, `vô địch`: a title with it is won in a tournament
    Contest,
    /// `cao quý`, `này`: after `danh hiệu` no name
    Vague,
    /// `thừa ủy quyền`: who gives stands behind
    Proxy,
    /// `giúp`, `cho biết`: a subject of its own stands behind
    Lead,
    /// `tại`, `nhân dịp`: opens an adverbial
    Front,
    /// a phrase in which the verb is no act
    NotAward,
    /// `tập thể`, `học sinh`
    Recipient,
    /// `có thành tích`, `vì đã`
    Reason,
}

impl WordKind {
    fn of(kind: &str) -> Self {
        match kind {
            "confer" => WordKind::Confer,
            "honour" => WordKind::Honour,
            "receive" => WordKind::Receive,
            "win" => WordKind::Win,
            "praise" => WordKind::Praise,
            "aux" => WordKind::Aux,
            "event" => WordKind::Event,
            "reject" => WordKind::Reject,
            "doubt" => WordKind::Doubt,
            "game" => WordKind::Game,
            "norm" => WordKind::Norm,
            "belong" => WordKind::Belong,
            "price" => WordKind::Price,
            "merit" => WordKind::Merit,
            "contest" => WordKind::Contest,
            "vague" => WordKind::Vague,
            "proxy" => WordKind::Proxy,
            "lead" => WordKind::Lead,
            "front" => WordKind::Front,
            "recipient" => WordKind::Recipient,
            "reason" => WordKind::Reason,
            _ => WordKind::NotAward,
        }
    }

    /// Says that an award changes hands.
    pub(super) fn is_act(self) -> bool {
        matches!(self, WordKind::Confer | WordKind::Honour | WordKind::Receive | WordKind::Win)
    }
}

/// How an award must be told to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// orders, certificates, flags, badges: the name alone tells
    Insignia,
    /// medals of contests
    Medal,
    /// titles of heroes: the name alone before a person, else as a title
    Hero,
    /// titles: beside a verb
    Title,
    /// named prizes: beside a verb
    Prize,
    /// cups: only where they are conferred
    Trophy,
    /// `danh hiệu`, `giải`: the name follows
    Generic,
    /// gifts, money, ranks: no awards
    Nothing,
}

impl Group {
    fn of(category: &str) -> Self {
        match category {
            "order" | "medal" | "certificate" | "flag" | "badge" => Group::Insignia,
            "sports_medal" => Group::Medal,
            "hero_title" => Group::Hero,
            "honorary_title" | "emulation_title" | "recognition" => Group::Title,
            "prize" => Group::Prize,
            "trophy" => Group::Trophy,
            "generic" => Group::Generic,
            _ => Group::Nothing,
        }
    }
}

/// One row of `awards`.
pub(super) struct AwardRow {
    /// the standard name
    pub(super) name: String,
    /// how it must be told
    pub(super) group: Group,
    /// a head (`Huân chương`, `Kỷ niệm chương`) whose proper name may follow
    pub(super) open: bool,
    /// its name may be cut before `của`: who signs it is the giver
    pub(super) certificate: bool,
}

/// Both tables, by row.
pub(super) struct Lexicon {
    words: Vec<WordKind>,
    awards: Vec<AwardRow>,
}

impl Lexicon {
    pub(super) fn new(gazetteers: &Gazetteers) -> Self {
        let words = gazetteers.table(TableId::AwardWords).cells("kind").map(WordKind::of).collect();
        Lexicon { words, awards: awards(gazetteers.table(TableId::Awards)) }
    }

    /// The row of an `awards` hit.
    pub(super) fn award(&self, row: u32) -> &AwardRow {
        &self.awards[row as usize]
    }

    /// What the word of a row does.
    pub(super) fn kind(&self, row: u32) -> WordKind {
        self.words[row as usize]
    }

    /// The longest phrase of `award_words` that starts at token `i`.
    pub(super) fn word(&self, doc: &Document<'_>, i: usize) -> Option<(WordKind, Span)> {
        let hit = doc.hit(TableId::AwardWords, i)?;
        Some((self.words[hit.row as usize], hit.span()))
    }

    /// All phrases of `award_words` that start at token `i`, shorter before longer.
    pub(super) fn words<'d>(
        &'d self,
        doc: &'d Document<'_>,
        i: usize,
    ) -> impl DoubleEndedIterator<Item = (WordKind, Span)> + 'd {
        doc.hits.of(TableId::AwardWords, i).map(|hit| (self.words[hit.row as usize], hit.span()))
    }

    /// The longest phrase of one kind that starts at token `i`.
    pub(super) fn word_of(&self, doc: &Document<'_>, i: usize, kind: WordKind) -> Option<Span> {
        let fits = |hit: &crate::gazetteer::hits::Hit| self.words[hit.row as usize] == kind;
        doc.hits.of(TableId::AwardWords, i).rfind(fits).map(|hit| hit.span())
    }

    /// The longest phrase of one kind over token `i`, starting at most `reach` tokens before it.
    pub(super) fn over(&self, doc: &Document<'_>, i: usize, kind: WordKind, reach: usize) -> Option<Span> {
        (i.saturating_sub(reach)..=i).find_map(|at| self.word_of(doc, at, kind).filter(|span| span.end > i))
    }
}

fn awards(table: &Table) -> Vec<AwardRow> {
    const OPEN: [&str; 6] = ["order", "medal", "badge", "trophy", "generic", "flag"];
    let names: Vec<&str> = table.cells("award").collect();
    let category: Vec<&str> = table.cells("category").collect();
    let heads = |name: &str| names.iter().any(|n| n.strip_prefix(name).is_some_and(|r| r.starts_with(' ')));
    names
        .iter()
        .zip(&category)
        .map(|(name, category)| AwardRow {
            name: name.to_string(),
            group: Group::of(category),
            open: OPEN.contains(category) && heads(name),
            certificate: matches!(*category, "certificate" | "flag"),
        })
        .collect()
}
