//! The matcher: one pass over the tokens of an article finds every phrase of every table. Being made of whole tokens,
//! a hit never starts or ends inside a word, and case, spacing, tone placement and Unicode form do not count.

use super::schema::{Case, TableId};
use crate::text::token::{Gap, Shape, Token};
use crate::text::vocabulary::Word;
use rustc_hash::FxHashMap;

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

/// All phrases of all tables as a trie over words.
#[derive(Default)]
pub struct Matcher {
    /// node of each first word, by word number; 0 = none
    roots: Vec<u32>,
    next: FxHashMap<(u32, Word), u32>,
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    phrases: Vec<Phrase>,
    is_inner: bool,
}

impl Matcher {
    /// Adds the tokens of a phrase as written in a table.
    pub fn add(&mut self, tokens: &[Token], case: Case, table: TableId, row: u32) {
        let Some(first) = tokens.first() else { return };
        let mut node = self.root(first.word);
        for token in &tokens[1..] {
            self.nodes[node as usize].is_inner = true;
            let new = self.nodes.len() as u32;
            node = *self.next.entry((node, token.word)).or_insert(new);
            if node == new {
                self.nodes.push(Node::default());
            }
        }
        let abbreviation = tokens.len() == 1 && matches!(first.shape, Shape::Upper | Shape::Initial);
        let case = match case {
            _ if abbreviation => Capital::All,
            Case::Any => Capital::Any,
            Case::Proper => Capital::First,
            Case::AsWritten if first.shape.is_capital() => Capital::First,
            Case::AsWritten => Capital::None,
        };
        let phrases = &mut self.nodes[node as usize].phrases;
        if !phrases.iter().any(|p| p.table == table && p.row == row) {
            phrases.push(Phrase { table, row, case });
        }
    }

    /// The node of a first word, made if it is new. Node 0 stands for none.
    fn root(&mut self, word: Word) -> u32 {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let at = word.0 as usize;
        if self.roots.len() <= at {
            self.roots.resize(at + 1, 0);
        }
        if self.roots[at] == 0 {
            self.roots[at] = self.nodes.len() as u32;
            self.nodes.push(Node::default());
        }
        self.roots[at]
    }

    /// Finds every phrase in `tokens`; hits come in the order of their first token, shorter before longer.
    pub fn scan(&self, tokens: &[Token], hits: &mut Hits) {
        hits.clear(tokens.len());
        for (at, first) in tokens.iter().enumerate() {
            let mut id = self.roots.get(first.word.0 as usize).copied().unwrap_or(0);
            let mut end = at + 1;
            while id != 0 {
                let node = &self.nodes[id as usize];
                for phrase in &node.phrases {
                    if phrase.case.fits(first.shape) {
                        hits.push(Hit {
                            start: at as u32,
                            end: end as u32,
                            table: phrase.table,
                            row: phrase.row,
                        });
                    }
                }
                match tokens.get(end) {
                    Some(token) if node.is_inner && token.gap != Gap::Line => {
                        id = self.next.get(&(id, token.word)).copied().unwrap_or(0);
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
