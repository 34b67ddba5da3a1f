//! The words around a number that say what it is: approximators, bounds, and what makes it no count. They stand in
//! `gazetteers/count_cues.tsv`.

use crate::document::Document;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::text::token::Gap;

/// What a cue says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// `khoảng`
    About,
    /// `hơn`
    Over,
    /// `gần`
    Under,
    /// `ít nhất`: the number behind is a lower bound
    Min,
    /// `không quá`: the number behind is an upper bound
    Max,
    /// `trở lên`, behind the unit
    MinAfter,
    /// `trở xuống`, behind the unit
    MaxAfter,
    /// `là` between a bound and its number
    Filler,
    /// `điều`, `thứ`, `SEA Games`: the number behind is an ordinal or part of a name
    Ordinal,
    /// `lớp`, `nhóm`: the number behind names it, unless people or a measure follow
    Label,
    /// `xe`, `phòng`: the number behind names it, unless a noun of the tables follows (`xe 7 chỗ`)
    Group,
    /// `mỗi`, `trong`: makes a rate or an amount of the calendar word behind (`mỗi năm 500 người`)
    Rate,
    /// `trong`, `suốt`: the hours behind are a stretch, not a clock time
    Stretch,
    /// `đồng hồ`, `liên tục`: the hours before are a stretch
    StretchAfter,
    /// what stands behind a number and is not counted by it
    Stop,
    /// `ba mẹ`, `ba lô`: starts with a number word and is none
    Idiom,
    /// `nữ`, `cựu`, `nhóm`: takes the next noun into the unit
    Prefix,
    /// `danh mục`, `quốc phòng`: a longer word that only ends like a label
    Plain,
    /// `phố`, `đường`: with a name behind, the number is an address
    Street,
}

const CLASSES: &[(&str, Class)] = &[
    ("about", Class::About),
    ("over", Class::Over),
    ("under", Class::Under),
    ("min", Class::Min),
    ("max", Class::Max),
    ("min-after", Class::MinAfter),
    ("max-after", Class::MaxAfter),
    ("filler", Class::Filler),
    ("ordinal", Class::Ordinal),
    ("label", Class::Label),
    ("group", Class::Group),
    ("rate", Class::Rate),
    ("stretch", Class::Stretch),
    ("stretch-after", Class::StretchAfter),
    ("stop", Class::Stop),
    ("idiom", Class::Idiom),
    ("prefix", Class::Prefix),
    ("plain", Class::Plain),
    ("street", Class::Street),
];

/// Most tokens in a cue that is looked for backwards.
const LONGEST: usize = 4;

/// The cues, by row of their table.
pub struct Cues(Vec<Class>);

impl Cues {
    /// Compiles the table.
    pub fn new(gazetteers: &Gazetteers) -> Self {
        let class = |cell: &str| CLASSES.iter().find(|(name, _)| *name == cell).map_or(Class::Stop, |c| c.1);
        Cues(gazetteers.table(TableId::CountCues).cells("class").map(class).collect())
    }

    /// The end of the longest cue of `class` that starts at token `at`.
    pub fn at(&self, doc: &Document<'_>, class: Class, at: usize) -> Option<usize> {
        let hits = doc.hits.of(TableId::CountCues, at).filter(|hit| self.0[hit.row as usize] == class);
        hits.map(|hit| hit.end as usize).max()
    }

    /// The start of the longest cue of one of `classes` that ends before token `end`, on the same line.
    pub fn before(&self, doc: &Document<'_>, classes: &[Class], end: usize) -> Option<(usize, Class)> {
        if !doc.hits.ends(TableId::CountCues, end) {
            return None;
        }
        let from =
            (end.saturating_sub(LONGEST)..end).find(|&at| (at + 1..=end).all(|t| doc.gap(t) != Gap::Line))?;
        (from..end)
            .find_map(|at| {
                let hits = doc.hits.of(TableId::CountCues, at).filter(|hit| hit.end as usize == end);
                let wanted = |class: &Class| classes.contains(class) || *class == Class::Plain;
                hits.map(|hit| self.0[hit.row as usize])
                    .filter(wanted)
                    .min_by_key(|c| *c == Class::Plain)
                    .map(|class| (at, class))
            })
            .filter(|(_, class)| *class != Class::Plain)
    }
}
