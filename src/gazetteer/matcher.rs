//! The matcher: one pass over the tokens of an article finds every phrase of every table. Being made of whole tokens,
//! a hit never starts or ends inside a word, and case, spacing, tone placement and Unicode form do not count.

use super::schema::{Case, TableId};
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
    table: TableId,
    row: u32,
    case: Capital,
}

/// What the first token of a hit must look like.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Capital {
    Any,
    First,
    None,
    All,
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
    pub fn add(&mut self, tokens: &[Token], case: Case, table: TableId, row: u32) {
        let Some(first) = tokens.first() else { return };
        let mut node = 0;
        for token in tokens {
            node = *self.next.entry((node, token.word)).or_insert_with(|| {
                self.nodes += 1;
                self.nodes
            });
        }
        let abbreviation = tokens.len() == 1 && matches!(first.shape, Shape::Upper | Shape::Initial);
        let case = match case {
            _ if abbreviation => Capital::All,
            Case::Any => Capital::Any,
            Case::Proper => Capital::First,
            Case::AsWritten if first.shape.is_capital() => Capital::First,
            Case::AsWritten => Capital::None,
        };
        self.phrases.push((node, Phrase { table, row, case }));
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
        for (at, first) in tokens.iter().enumerate() {
            let mut id = self.roots.get(first.word.0 as usize).copied().unwrap_or(0);
            let mut end = at + 1;
            while id != 0 {
                let (node, after) = (&self.nodes[id as usize], &self.nodes[id as usize + 1]);
                for phrase in &self.phrases[node.phrases as usize..after.phrases as usize] {
                    if phrase.case.fits(first.shape) {
                        let Phrase { table, row, .. } = *phrase;
                        hits.push(Hit { start: at as u32, end: end as u32, table, row });
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
            hits.close(at);
        }
    }
}

impl Capital {
    fn fits(self, shape: Shape) -> bool {
        match self {
            Capital::Any => true,
            Capital::First => shape.is_capital() || !shape.is_word(),
            Capital::None => !shape.is_capital(),
            Capital::All => matches!(shape, Shape::Upper | Shape::Initial),
        }
    }
}

/// The hits of one article.
#[derive(Default)]
pub struct Hits {
    list: Vec<Hit>,
    places: Vec<Place>,
}

/// What the hits say of one token, so that nearly every question is answered without looking at them.
#[derive(Clone, Copy, Default)]
struct Place {
    /// where the hits that start behind it begin in the list
    next: u32,
    /// the tables that have a hit starting here, a bit each
    starts: u32,
    /// the tables that have a hit ending right before it, a bit each
    ends: u32,
}

const _: () = assert!(super::schema::SCHEMAS.len() <= 32, "a table is a bit of a u32");

impl Hits {
    fn clear(&mut self, tokens: usize) {
        self.list.clear();
        self.places.clear();
        self.places.resize(tokens + 1, Place::default());
    }

    fn push(&mut self, hit: Hit) {
        self.places[hit.start as usize].starts |= 1 << hit.table as u32;
        self.places[hit.end as usize].ends |= 1 << hit.table as u32;
        self.list.push(hit);
    }

    /// All hits that start at token `at` or before are in the list.
    fn close(&mut self, at: usize) {
        self.places[at].next = self.list.len() as u32;
    }

    /// The hits that start at token `at`, shorter before longer.
    pub fn at(&self, at: usize) -> &[Hit] {
        match self.places.get(at) {
            Some(place) if place.starts != 0 => {
                let from = if at == 0 { 0 } else { self.places[at - 1].next };
                &self.list[from as usize..place.next as usize]
            }
            _ => &[],
        }
    }

    /// Whether a hit of a table starts at token `at`.
    pub fn starts(&self, table: TableId, at: usize) -> bool {
        self.places.get(at).is_some_and(|place| place.starts & (1 << table as u32) != 0)
    }

    /// Whether a hit of one of some tables starts at token `at`.
    pub fn starts_any(&self, tables: &[TableId], at: usize) -> bool {
        let wanted = tables.iter().fold(0, |bits, &table| bits | (1 << table as u32));
        self.places.get(at).is_some_and(|place| place.starts & wanted != 0)
    }

    /// Whether a hit of a table ends right before token `at`.
    pub fn ends(&self, table: TableId, at: usize) -> bool {
        self.places.get(at).is_some_and(|place| place.ends & (1 << table as u32) != 0)
    }

    /// The hits of one table that start at token `at`, shorter before longer.
    pub fn of(&self, table: TableId, at: usize) -> impl DoubleEndedIterator<Item = Hit> + '_ {
        let hits = if self.starts(table, at) { self.at(at) } else { &[] };
        hits.iter().copied().filter(move |hit| hit.table == table)
    }

    /// The longest hit of one table that starts at token `at`.
    pub fn longest(&self, table: TableId, at: usize) -> Option<Hit> {
        self.of(table, at).next_back()
    }

    /// All hits, in the order of their first token.
    pub fn all(&self) -> &[Hit] {
        &self.list
    }
}
