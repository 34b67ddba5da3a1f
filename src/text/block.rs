//! Blocks: what part of the page a line is (title, lead, caption, furniture …).

use super::token::{Gap, Token};
use serde::{Deserialize, Serialize};

/// What part of the page a piece of text stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// the headline
    Title,
    /// a short line above the headline
    Kicker,
    /// stamp, byline, source
    Meta,
    /// the first paragraph
    Lead,
    /// a heading between paragraphs
    Heading,
    /// running text
    Paragraph,
    /// the text of a picture
    Caption,
    /// an item of a list
    List,
    /// page furniture: no facts
    Boilerplate,
}

/// One line of the text; `start..end` are token indices.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// first token
    pub start: usize,
    /// one past the last token
    pub end: usize,
    /// what it is
    pub kind: BlockKind,
    /// the earlier block that says the same, word for word (a caption printed twice)
    pub duplicate_of: Option<usize>,
}

/// Cuts tokens into blocks.
pub fn blocks(tokens: &[Token]) -> Vec<Block> {
    let mut starts: Vec<usize> = (0..tokens.len()).filter(|&i| tokens[i].gap == Gap::Line).collect();
    starts.push(tokens.len());
    starts
        .windows(2)
        .map(|w| Block { start: w[0], end: w[1], kind: BlockKind::Paragraph, duplicate_of: None })
        .collect()
}
