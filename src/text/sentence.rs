//! The sentence splitter.

use super::block::Block;

/// One sentence; `start..end` are token indices, within one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// first token
    pub start: usize,
    /// one past the last token
    pub end: usize,
    /// index of the block it stands in
    pub block: usize,
}

/// Splits blocks into sentences.
pub fn sentences(blocks: &[Block]) -> Vec<Sentence> {
    blocks.iter().enumerate().map(|(i, b)| Sentence { start: b.start, end: b.end, block: i }).collect()
}
