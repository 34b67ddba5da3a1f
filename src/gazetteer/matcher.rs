//! The matcher: one pass over the tokens of an article finds every phrase of every table. Being made of whole tokens,
//! a hit never starts or ends inside a word, and case, spacing, tone placement and Unicode form do not count.

use super::hits::{Hit, Hits, Kinds, Signs};
use super::schema::{Case, TableId};
use crate::text::token::{Gap, Shape, Token};
use crate::text::vocabulary::Word;
use std::collections::VecDeque;
use std::ops::Range;

/// A phrase that ends at a node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Phrase {
    table: TableId,
    row: u32,
}

/// How the first token of a phrase is written, as far as tables ask: each way has tries of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Lower,
    Capital,
    Upper,
    NoWord,
}

impl Manner {
    const ALL: [Manner; 4] = [Manner::Lower, Manner::Capital, Manner::Upper, Manner::NoWord];

    fn of(shape: Shape) -> Self {
        match shape {
            Shape::Lower => Manner::Lower,
            Shape::Title | Shape::Mixed => Manner::Capital,
            Shape::Initial | Shape::Upper => Manner::Upper,
            Shape::Digits | Shape::Mark => Manner::NoWord,
        }
    }

    /// Those in which a phrase is found, as it is written in its table.
    fn found(phrase: &[Token], case: Case) -> &'static [Manner] {
        use Manner::*;
        match (Manner::of(phrase[0].shape), case) {
            (NoWord, _) => &[NoWord],
            (Upper, _) if phrase.len() == 1 => &[Upper],
            (_, Case::Any) => &[Lower, Capital, Upper],
            (Lower, Case::AsWritten) => &[Lower],
            _ => &[Capital, Upper],
        }
    }
}

/// Gathers the phrases of all tables.
#[derive(Default)]
pub struct Builder {
    /// the words of all entries, one after the other
    words: Vec<Word>,
    entries: Vec<Entry>,
}

/// A phrase as it is written in a table.
struct Entry {
    words: Range<usize>,
    phrase: Phrase,
    manners: &'static [Manner],
    kinds: Kinds,
}

impl Builder {
    /// Adds the tokens of a phrase as written in a table.
    pub fn add(&mut self, tokens: &[Token], case: Case, kinds: Kinds, table: TableId, row: u32) {
        if tokens.is_empty() {
            return;
        }
        let from = self.words.len();
        self.words.extend(tokens.iter().map(|token| token.word));
        let (words, manners) = (from..self.words.len(), Manner::found(tokens, case));
        self.entries.push(Entry { words, phrase: Phrase { table, row }, manners, kinds });
    }

    /// The matcher: tries, cut out of the sorted entries level by level.
    pub fn build(self) -> Matcher {
        let Builder { words, mut entries } = self;
        let words = |entry: &Entry| &words[entry.words.clone()];
        entries.sort_by(|a, b| (words(a), a.phrase).cmp(&(words(b), b.phrase)));
        // a node's entries, and how many of their words lead to it
        let mut level: VecDeque<(Vec<&Entry>, usize)> = VecDeque::new();
        for own in entries.chunk_by(|a, b| words(a)[0] == words(b)[0]) {
            level.resize_with(words(&own[0])[0].0 as usize * Manner::ALL.len(), Default::default);
            for manner in Manner::ALL {
                level.push_back((own.iter().filter(|entry| entry.manners.contains(&manner)).collect(), 1));
            }
        }
        let mut matcher = Matcher { inner: level.len() as u32, ..Matcher::default() };
        while let Some((through, depth)) = level.pop_front() {
            let ending = through.partition_point(|entry| words(entry).len() == depth);
            let (here, further) = through.split_at(ending);
            let mut node = matcher.end();
            for Entry { phrase, kinds, .. } in here {
                node.signs = node.signs.and(Signs::of(&[phrase.table])).and(kinds.signs());
                // a row may write one phrase in two ways
                if matcher.phrases[node.phrases as usize..].last() != Some(phrase) {
                    matcher.phrases.push(*phrase);
                }
            }
            for next in further.chunk_by(|a, b| words(a)[depth] == words(b)[depth]) {
                let word = words(next[0])[depth];
                node.words |= word_bit(word);
                matcher.edges.push(word);
                level.push_back((next.to_vec(), depth + 1));
            }
            matcher.nodes.push(node);
        }
        matcher.nodes.push(matcher.end());
        matcher
    }
}

/// All phrases of all tables as tries over words, one for each first word and manner of writing it. The nodes stand
/// level by level, the children of a node side by side, so that a scan jumps about in memory as little as can be.
#[derive(Default)]
pub struct Matcher {
    /// a node for each first word in each manner, by the number of the word, then the others; one more behind the last
    nodes: Vec<Node>,
    /// the words that go on from each node, in order; each leads to the node as far behind node `inner`
    edges: Vec<Word>,
    /// the first node that is no first word's
    inner: u32,
    /// the phrases that end at each node
    phrases: Vec<Phrase>,
}

/// A node; what it has ends where that of the next node begins.
#[derive(Default)]
struct Node {
    /// a bit for each word that may go on from here: most words that cannot are told by it
    words: u64,
    /// what its phrases show
    signs: Signs,
    /// its first edge
    edges: u32,
    /// its first phrase
    phrases: u32,
}

fn word_bit(word: Word) -> u64 {
    1 << (word.0 & 63)
}

impl Matcher {
    /// A node that has nothing yet, of what stands behind all that is there.
    fn end(&self) -> Node {
        let (edges, phrases) = (self.edges.len() as u32, self.phrases.len() as u32);
        Node { edges, phrases, ..Node::default() }
    }

    /// The node of a first word, if any phrase begins with it.
    fn root(&self, first: &Token) -> Option<u32> {
        let id = first.word.0 * Manner::ALL.len() as u32 + Manner::of(first.shape) as u32;
        (id < self.inner).then_some(id)
    }

    /// Where word `next` leads from a node, the one behind it being `after`.
    fn step(&self, node: &Node, after: &Node, next: &Token) -> Option<u32> {
        if node.words & word_bit(next.word) == 0 || next.gap == Gap::Line {
            return None;
        }
        let edges = &self.edges[node.edges as usize..after.edges as usize];
        edges.binary_search(&next.word).ok().map(|n| self.inner + node.edges + n as u32)
    }

    /// Finds every phrase in `tokens`; hits come in the order of their first token, shorter before longer.
    #[inline(never)] // alone it keeps what it needs in registers
    pub fn scan(&self, tokens: &[Token], hits: &mut Hits) {
        hits.clear(tokens.len());
        let Hits { list, signs: seen, next, ends } = hits;
        for (at, ((first, seen), next)) in tokens.iter().zip(seen).zip(next).enumerate() {
            let mut signs = Signs::of_token(first);
            let (mut end, mut node) = (at + 1, self.root(first));
            while let Some(id) = node {
                let (own, after) = (&self.nodes[id as usize], &self.nodes[id as usize + 1]);
                signs = signs.and(own.signs);
                ends[end] = ends[end].and(own.signs);
                let phrases = &self.phrases[own.phrases as usize..after.phrases as usize];
                let (start, to) = (at as u32, end as u32);
                list.extend(phrases.iter().map(|&Phrase { table, row }| Hit { start, end: to, table, row }));
                node = tokens.get(end).and_then(|token| self.step(own, after, token));
                end += 1;
            }
            (*seen, *next) = (signs, list.len() as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokenize;
    use crate::text::vocabulary::{Cache, Lookup, Vocabulary};

    /// The hits of `text`, of a matcher of two tables, as `0 Row 2..4`, table and row being numbers.
    fn hits(phrases: &[(&str, Case)], text: &str) -> Vec<String> {
        let (mut vocabulary, mut builder, mut tokens) =
            (Vocabulary::default(), Builder::default(), Vec::new());
        for (row, &(phrase, case)) in phrases.iter().enumerate() {
            tokens.clear();
            tokenize(phrase, &mut Lookup::Build(&mut vocabulary), &mut tokens);
            let kinds = Kinds::of(TableId::Titles, |_| "");
            builder.add(&tokens, case, kinds, TableId::Titles, row as u32);
            builder.add(&tokens, case, kinds, TableId::Titles, row as u32);
        }
        let matcher = builder.build();
        let (mut hits, mut cache) = (Hits::default(), Cache::default());
        tokens.clear();
        tokenize(text, &mut Lookup::Read(&vocabulary, &mut cache), &mut tokens);
        matcher.scan(&tokens, &mut hits);
        let all = (0..tokens.len()).flat_map(|at| hits.at(at));
        all.map(|hit| format!("{} {}..{}", phrases[hit.row as usize].0, hit.start, hit.end)).collect()
    }

    #[test]
    fn phrases_are_found_as_their_tables_ask() {
        use Case::{Any, AsWritten, Proper};
        for (phrases, text, want) in [
            // case
            (
                &[("chủ tịch", Any)][..],
                "Chủ tịch, CHỦ TỊCH, chủ  tịch",
                &["chủ tịch 0..2", "chủ tịch 3..5", "chủ tịch 6..8"][..],
            ),
            (&[("an giang", Proper)], "an giang An Giang AN GIANG", &["an giang 2..4", "an giang 4..6"]),
            (&[("Sở", AsWritten), ("sở", AsWritten)], "sở Sở", &["sở 0..1", "Sở 1..2"]),
            (&[("iPhone", AsWritten)], "iphone iPhone", &["iPhone 1..2"]),
            // an abbreviation of capitals is found in capitals alone, at the start of a phrase in any case
            (&[("UBND", Any)], "ubnd Ubnd UBND", &["UBND 2..3"]),
            (&[("UBND tỉnh", Any)], "ubnd tỉnh, UBND Tỉnh", &["UBND tỉnh 0..2", "UBND tỉnh 3..5"]),
            // digits and marks have no case
            (&[("30/4", Proper)], "ngày 30/4", &["30/4 1..4"]),
            // one in another, one behind another, one that breaks off
            (
                &[("a", Any), ("a b", Any), ("a b c d", Any), ("b c", Any)],
                "a b c",
                &["a 0..1", "a b 0..2", "b c 1..3"],
            ),
            (&[("a b", Any), ("a c", Any)], "a c a d a b", &["a c 0..2", "a b 4..6"]),
            // a line ends a phrase
            (&[("a b", Any)], "A\nB", &[]),
            (&[], "a b", &[]),
        ] {
            assert_eq!(hits(phrases, text), want, "{text}");
        }
    }

    #[test]
    fn a_node_of_many_words_finds_each() {
        let words: Vec<String> = (0..300).map(|n| format!("xã số{}", "x".repeat(n))).collect();
        let phrases: Vec<(&str, Case)> = words.iter().map(|word| (word.as_str(), Case::Any)).collect();
        for word in &words {
            assert_eq!(hits(&phrases, word), [format!("{word} 0..2")]);
        }
        assert!(hits(&phrases, "xã sốy").is_empty());
    }
}
