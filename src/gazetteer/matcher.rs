//! The matcher: one pass over the tokens of an article finds every phrase of every table. Being made of whole tokens,
//! a hit never starts or ends inside a word, and case, spacing, tone placement and Unicode form do not count.

use super::schema::{Case, TableId};
use crate::text::keyword as kw;
use crate::text::token::{Gap, Shape, Token};
use crate::text::vocabulary::Word;
use rustc_hash::{FxHashMap, FxHashSet};

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

#[derive(Clone, Copy, Debug)]
struct Phrase {
    row: u32,
    table: TableId,
    /// what its first token must look like
    shapes: Shapes,
    kinds: Kinds,
}

impl Phrase {
    fn signs(self) -> Signs {
        Signs::of(&[self.table]).and(Signs(u64::from(self.kinds.0) << FIRST_KIND))
    }
}

/// The kinds of row that walks look out for by themselves: table, column, what stands there. In the order of
/// [`Signs::STATUS`] and [`Signs::HONOUR`].
const KINDS: [(TableId, &str, &str); 2] =
    [(TableId::TitleWords, "kind", "status"), (TableId::AwardWords, "kind", "honour")];

/// Which of the kinds that walks look out for a row is, a bit each.
#[derive(Clone, Copy, Debug)]
pub struct Kinds(u8);

impl Kinds {
    /// Of a row, by its cells.
    pub fn of<'a>(table: TableId, cell: impl Fn(&str) -> &'a str) -> Self {
        let is = |&(own, column, kind): &(TableId, &str, &str)| own == table && cell(column) == kind;
        Kinds(KINDS.iter().enumerate().fold(0, |bits, (n, kind)| bits | (u8::from(is(kind)) << n)))
    }
}

/// Some of the shapes, a bit each.
#[derive(Clone, Copy, Debug)]
struct Shapes(u8);

impl Shapes {
    /// Those that `fits` allows.
    fn new(fits: impl Fn(Shape) -> bool) -> Self {
        Shapes(
            Shape::ALL.iter().filter(|&&shape| fits(shape)).fold(0, |bits, &shape| bits | (1 << shape as u8)),
        )
    }

    fn has(self, shape: Shape) -> bool {
        self.0 & (1 << shape as u8) != 0
    }
}

/// Gathers the phrases of all tables as a trie over words.
#[derive(Default)]
pub struct Builder {
    next: FxHashMap<(u32, Word), u32>,
    phrases: Vec<(u32, Phrase)>,
    nodes: u32,
}

impl Builder {
    /// Adds the tokens of a phrase as written in a table.
    pub fn add(&mut self, tokens: &[Token], case: Case, kinds: Kinds, table: TableId, row: u32) {
        let Some(first) = tokens.first() else { return };
        let mut node = 0;
        for token in tokens {
            node = *self.next.entry((node, token.word)).or_insert_with(|| {
                self.nodes += 1;
                self.nodes
            });
        }
        let abbreviation = tokens.len() == 1 && matches!(first.shape, Shape::Upper | Shape::Initial);
        let capital = case == Case::Proper || case == Case::AsWritten && first.shape.is_capital();
        let shapes = Shapes::new(|shape| match case {
            _ if abbreviation => matches!(shape, Shape::Upper | Shape::Initial),
            Case::Any => true,
            _ if capital => shape.is_capital() || !shape.is_word(),
            _ => !shape.is_capital(),
        });
        self.phrases.push((node, Phrase { table, row, shapes, kinds }));
    }

    /// The matcher. What belongs to a node is put side by side, so that a scan jumps about in memory as little as can be.
    pub fn build(mut self) -> Matcher {
        let mut seen = FxHashSet::default();
        self.phrases.retain(|&(node, phrase)| seen.insert((node, phrase.table, phrase.row)));
        self.phrases.sort_by_key(|&(node, _)| node);
        let mut edges: Vec<(u32, Word, u32)> =
            self.next.iter().map(|(&(from, word), &to)| (from, word, to)).collect();
        edges.sort_unstable();
        let inner = edges.partition_point(|&(from, ..)| from == 0);
        let mut roots = vec![0; edges[..inner].last().map_or(0, |&(_, word, _)| word.0 as usize + 1)];
        edges[..inner].iter().for_each(|&(_, word, to)| roots[word.0 as usize] = to);
        let edges = &edges[inner..];
        let mut nodes = Vec::with_capacity(self.nodes as usize + 2);
        for id in 0..self.nodes + 2 {
            let from = edges.partition_point(|&(from, ..)| from < id);
            let own = edges[from..].iter().take_while(|&&(from, ..)| from == id);
            let words = own.fold(0, |bits, &(_, word, _)| bits | word_bit(word));
            let phrases = self.phrases.partition_point(|&(node, _)| node < id) as u32;
            nodes.push(Node { words, edges: from as u32, phrases });
        }
        Matcher {
            roots,
            nodes,
            edges: edges.iter().map(|&(_, word, to)| (word, to)).collect(),
            phrases: self.phrases.into_iter().map(|(_, phrase)| phrase).collect(),
        }
    }
}

/// All phrases of all tables as a trie over words.
pub struct Matcher {
    /// node of each first word, by word number; 0 = none
    roots: Vec<u32>,
    /// by number, with one more behind the last; node 0 stands for none
    nodes: Vec<Node>,
    /// the words that go on from each node, in order, and where they lead
    edges: Vec<(Word, u32)>,
    /// the phrases that end at each node
    phrases: Vec<Phrase>,
}

/// A node; what it has ends where that of the next node begins.
struct Node {
    /// a bit for each word that may go on from here: most words that cannot are told by it
    words: u64,
    /// its first edge
    edges: u32,
    /// its first phrase
    phrases: u32,
}

fn word_bit(word: Word) -> u64 {
    1 << (word.0 & 63)
}

impl Matcher {
    /// Finds every phrase in `tokens`; hits come in the order of their first token, shorter before longer.
    pub fn scan(&self, tokens: &[Token], hits: &mut Hits) {
        hits.clear(tokens.len());
        let Hits { list, signs: seen, next, ends } = hits;
        for (at, ((first, seen), next)) in tokens.iter().zip(seen).zip(next).enumerate() {
            let mut id = self.roots.get(first.word.0 as usize).copied().unwrap_or(0);
            let mut signs = Signs::of_token(first);
            let mut end = at + 1;
            while id != 0 {
                let (node, after) = (&self.nodes[id as usize], &self.nodes[id as usize + 1]);
                for phrase in &self.phrases[node.phrases as usize..after.phrases as usize] {
                    if phrase.shapes.has(first.shape) {
                        let Phrase { table, row, .. } = *phrase;
                        signs = signs.and(phrase.signs());
                        ends[end] = ends[end].and(Signs::of(&[table]));
                        list.push(Hit { start: at as u32, end: end as u32, table, row });
                    }
                }
                match tokens.get(end) {
                    Some(token) if node.words & word_bit(token.word) != 0 && token.gap != Gap::Line => {
                        let edges = &self.edges[node.edges as usize..after.edges as usize];
                        id = edges.binary_search_by_key(&token.word, |e| e.0).map_or(0, |n| edges[n].1);
                        end += 1;
                    }
                    _ => break,
                }
            }
            (*seen, *next) = (signs, list.len() as u32);
        }
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

    fn of_token(token: &Token) -> Signs {
        match token.word {
            _ if token.shape == Shape::Digits => Signs::DIGITS,
            kw::THANG | kw::NAM | kw::TU if token.shape.is_capital() => Signs::CAPITAL.and(Signs::CALENDAR),
            kw::THANG | kw::NAM | kw::TU => Signs::CALENDAR,
            _ if token.shape.is_capital() => Signs::CAPITAL,
            _ => Signs::default(),
        }
    }

    fn meet(self, others: Signs) -> bool {
        self.0 & others.0 != 0
    }
}

/// The hits of one article. What they say of each token stands beside them, so that nearly every question is answered
/// without looking at them.
#[derive(Default)]
pub struct Hits {
    list: Vec<Hit>,
    /// what there is to see at each token
    signs: Vec<Signs>,
    /// where in the list the hits behind each token begin
    next: Vec<u32>,
    /// the tables that have a hit ending right before each token, and before the end
    ends: Vec<Signs>,
}

impl Hits {
    /// Forgets all hits, and makes room for those of an article of `tokens` tokens.
    fn clear(&mut self, tokens: usize) {
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
