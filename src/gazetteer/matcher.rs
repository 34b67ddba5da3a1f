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
        hits.list.clear();
        hits.first.clear();
        hits.first.reserve(tokens.len() + 1);
        for (at, first) in tokens.iter().enumerate() {
            hits.first.push(hits.list.len() as u32);
            let mut id = self.roots.get(first.word.0 as usize).copied().unwrap_or(0);
            let mut end = at + 1;
            while id != 0 {
                let node = &self.nodes[id as usize];
                let fitting = node.phrases.iter().filter(|phrase| phrase.case.fits(first.shape));
                hits.list.extend(fitting.map(|p| Hit {
                    start: at as u32,
                    end: end as u32,
                    table: p.table,
                    row: p.row,
                }));
                match tokens.get(end) {
                    Some(token) if node.is_inner && token.gap != Gap::Line => {
                        id = self.next.get(&(id, token.word)).copied().unwrap_or(0);
                        end += 1;
                    }
                    _ => break,
                }
            }
        }
        hits.first.push(hits.list.len() as u32);
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
    first: Vec<u32>,
}

impl Hits {
    /// The hits that start at token `at`, shorter before longer.
    pub fn at(&self, at: usize) -> &[Hit] {
        match (self.first.get(at), self.first.get(at + 1)) {
            (Some(&from), Some(&to)) => &self.list[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The hits of one table that start at token `at`, shorter before longer.
    pub fn of(&self, table: TableId, at: usize) -> impl DoubleEndedIterator<Item = Hit> + '_ {
        self.at(at).iter().copied().filter(move |hit| hit.table == table)
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
