//! Hits: the phrases found in an article, and what is to be seen at each token at a glance.

use super::schema::TableId;
use crate::extract::date::words as date;
use crate::text::keyword as kw;
use crate::text::token::{Gap, Shape, Token};

/// A phrase of a table found in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// first token
    pub start: u32,
    /// one past the last token
    pub end: u32,
    /// the table
    pub table: TableId,
    /// the row in it
    pub row: u32,
}

impl Hit {
    /// Its tokens.
    pub fn span(&self) -> crate::mention::Span {
        crate::mention::Span::new(self.start as usize, self.end as usize)
    }
}

/// The kinds of row that walks look out for by themselves: table, column, what may stand there. In the order of
/// [`Signs::STATUS`], [`Signs::HONOUR`] and [`Signs::DATE`].
const KINDS: [(TableId, &str, &[&str]); 3] = [
    (TableId::TitleWords, "kind", &["status"]),
    (TableId::AwardWords, "kind", &["honour"]),
    (TableId::DateWords, "class", date::BEGINNERS),
];

/// Which of the kinds that walks look out for a row is, a bit each.
#[derive(Clone, Copy, Debug)]
pub struct Kinds(u8);

impl Kinds {
    /// Of a row, by its cells.
    pub fn of<'a>(table: TableId, cell: impl Fn(&str) -> &'a str) -> Self {
        let is =
            |&(own, column, kinds): &(TableId, &str, &[&str])| own == table && kinds.contains(&cell(column));
        Kinds(KINDS.iter().enumerate().fold(0, |bits, (n, kind)| bits | (u8::from(is(kind)) << n)))
    }

    pub(super) fn signs(self) -> Signs {
        Signs(u64::from(self.0) << FIRST_KIND)
    }
}

/// What a walk over the tokens may look out for: phrases of some tables, and rows of some kinds, that start there,
/// digits, capitals, words of the calendar; a bit each.
#[derive(Clone, Copy, Default)]
pub struct Signs(u64);

/// The bit of the first of `KINDS`, behind those of the tables.
const FIRST_KIND: usize = 48;

const _: () =
    assert!(super::schema::SCHEMAS.len() <= FIRST_KIND && KINDS.len() <= 8, "there is a bit for each");

impl Signs {
    /// a word that tells the status of a post: `nguyên`
    pub const STATUS: Signs = Signs(1 << FIRST_KIND);
    /// a verb that is an award by itself: `khen thưởng`
    pub const HONOUR: Signs = Signs(2 << FIRST_KIND);
    /// a word that a date may begin with: `hôm nay`, `quý`
    pub const DATE: Signs = Signs(4 << FIRST_KIND);
    /// the first token of a line
    pub const LINE: Signs = Signs(1 << 59);
    /// a mark
    pub const MARK: Signs = Signs(1 << 60);
    /// `tháng`, `năm`, `từ`, which dates begin with whatever the tables say
    pub const CALENDAR: Signs = Signs(1 << 61);
    /// a run of digits
    pub const DIGITS: Signs = Signs(1 << 62);
    /// a capital letter first
    pub const CAPITAL: Signs = Signs(1 << 63);

    /// The start of a phrase of one of some tables.
    pub const fn of(tables: &[TableId]) -> Signs {
        let (mut bits, mut n) = (0, 0);
        while n < tables.len() {
            bits |= 1 << tables[n] as u32;
            n += 1;
        }
        Signs(bits)
    }

    /// These and others.
    pub const fn and(self, others: Signs) -> Signs {
        Signs(self.0 | others.0)
    }

    pub(super) fn of_token(token: &Token) -> Signs {
        let shape = match token.shape {
            Shape::Lower => Signs::default(),
            Shape::Digits => Signs::DIGITS,
            Shape::Mark => Signs::MARK,
            _ => Signs::CAPITAL,
        };
        let line = if token.gap == Gap::Line { Signs::LINE } else { Signs::default() };
        let calendar = matches!(token.word, kw::THANG | kw::NAM | kw::TU);
        shape.and(line).and(if calendar { Signs::CALENDAR } else { Signs::default() })
    }

    fn meet(self, others: Signs) -> bool {
        self.0 & others.0 != 0
    }
}

/// The hits of one article. What they say of each token stands beside them, so that nearly every question is answered
/// without looking at them.
#[derive(Default)]
pub struct Hits {
    pub(super) list: Vec<Hit>,
    /// what there is to see at each token
    pub(super) signs: Vec<Signs>,
    /// where in the list the hits behind each token begin
    pub(super) next: Vec<u32>,
    /// the tables that have a hit ending right before each token, and before the end
    pub(super) ends: Vec<Signs>,
}

impl Hits {
    /// Forgets all hits, and makes room for those of an article of `tokens` tokens.
    pub(super) fn clear(&mut self, tokens: usize) {
        self.list.clear();
        self.ends.clear();
        self.ends.resize(tokens + 1, Signs::default());
        self.signs.resize(tokens, Signs::default());
        self.next.resize(tokens, 0);
    }

    /// The hits that start at token `at`, shorter before longer.
    pub fn at(&self, at: usize) -> &[Hit] {
        match self.next.get(at) {
            Some(&next) => {
                let from = if at == 0 { 0 } else { self.next[at - 1] };
                &self.list[from as usize..next as usize]
            }
            None => &[],
        }
    }

    /// The first token from `from` on, before `to`, that shows one of some signs.
    #[inline]
    pub fn seek(&self, signs: Signs, from: usize, to: usize) -> Option<usize> {
        let ahead = self.signs.get(from..to)?;
        ahead.iter().position(|here| here.meet(signs)).map(|n| from + n)
    }

    /// All tokens that show one of some signs.
    pub fn showing(&self, signs: Signs) -> impl Iterator<Item = usize> + '_ {
        self.signs.iter().enumerate().filter(move |(_, here)| here.meet(signs)).map(|(at, _)| at)
    }

    /// Whether token `at` shows one of some signs.
    #[inline]
    pub fn shows(&self, signs: Signs, at: usize) -> bool {
        self.signs.get(at).is_some_and(|here| here.meet(signs))
    }

    /// Whether a hit of a table starts at token `at`.
    #[inline]
    pub fn starts(&self, table: TableId, at: usize) -> bool {
        self.shows(Signs::of(&[table]), at)
    }

    /// Whether a hit of a table ends right before token `at`.
    #[inline]
    pub fn ends(&self, table: TableId, at: usize) -> bool {
        self.ends.get(at).is_some_and(|here| here.meet(Signs::of(&[table])))
    }

    /// The hits of one table that start at token `at`, shorter before longer.
    #[inline]
    pub fn of(&self, table: TableId, at: usize) -> impl DoubleEndedIterator<Item = Hit> + '_ {
        let hits = if self.starts(table, at) { self.at(at) } else { &[] };
        hits.iter().copied().filter(move |hit| hit.table == table)
    }

    /// The longest hit of one table that starts at token `at`.
    #[inline]
    pub fn longest(&self, table: TableId, at: usize) -> Option<Hit> {
        self.of(table, at).next_back()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteers;
    use crate::text::token::tokenize;
    use crate::text::vocabulary::{Cache, Lookup};

    #[test]
    fn a_walk_halts_where_a_sign_shows() {
        let tables = Gazetteers::embedded().unwrap();
        let (mut tokens, mut hits, mut cache) = (Vec::new(), Hits::default(), Cache::default());
        let text = "trong tháng 11 có Bằng khen";
        tokenize(text, &mut Lookup::Read(&tables.vocabulary, &mut cache), &mut tokens);
        tables.matcher.scan(&tokens, &mut hits);
        let end = tokens.len();
        for (signs, from, to, want) in [
            (Signs::DIGITS, 0, end, Some(2)),
            (Signs::DIGITS, 2, end, Some(2)),
            (Signs::DIGITS, 3, end, None),
            (Signs::DIGITS, 0, 2, None),
            (Signs::DIGITS, end, end, None),
            (Signs::CALENDAR, 0, end, Some(1)),
            (Signs::CAPITAL, 0, end, Some(4)),
            (Signs::CAPITAL.and(Signs::DIGITS), 0, end, Some(2)),
            (Signs::of(&[TableId::Awards]), 0, end, Some(4)),
            (Signs::of(&[TableId::Ranks]), 0, end, None),
        ] {
            assert_eq!(hits.seek(signs, from, to), want, "{from}..{to}");
            assert_eq!(hits.showing(signs).find(|&at| at >= from && at < to), want);
        }
        assert!(hits.longest(TableId::Awards, 4).is_some_and(|hit| hit.end == 6));
        assert!(hits.ends(TableId::Awards, 6) && !hits.ends(TableId::Awards, 5));
    }
}
