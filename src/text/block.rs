//! Blocks: what part of the page a line is (title, lead, caption, furniture …).

use super::layout;
use super::page::Page;
use super::stamp::Stamp;
use super::vocabulary::Word;
use crate::gazetteer::hits::Signs;
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};
use std::hash::Hasher;
use std::ops::Range;

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
    /// the earlier block that says the same, token for token but for final stops (a caption printed twice)
    pub duplicate_of: Option<usize>,
}

/// Cuts a page into blocks and tells what they are. `text_start` is the first token behind a title that was kept
/// apart, 0 if none was.
pub fn blocks(page: &Page<'_>, text_start: usize, stamp: Option<Stamp>) -> Vec<Block> {
    let mut blocks = cut(page);
    layout::tell(page, &mut blocks, text_start, stamp);
    find_repeated(page, &mut blocks);
    blocks
}

fn cut(page: &Page<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for start in page.hits.showing(Signs::LINE) {
        if let Some(last) = blocks.last_mut() {
            last.end = start;
        }
        let end = page.tokens.len();
        blocks.push(Block { start, end, kind: BlockKind::Paragraph, duplicate_of: None });
    }
    blocks
}

/// Fewest tokens of a line that counts as repeated; shorter ones come twice by chance.
const REPEATED: usize = 6;
/// Most tokens of the text of a picture.
const CAPTION: usize = 100;

/// Finds lines that say the same as an earlier one, final punctuation aside.
fn find_repeated(page: &Page<'_>, blocks: &mut [Block]) {
    if blocks.len() < 3 {
        return;
    }
    let mut first: FxHashMap<u64, usize> = FxHashMap::default();
    for n in 0..blocks.len() {
        let end = unstopped(page, &blocks[n]);
        if end - blocks[n].start < REPEATED {
            continue;
        }
        let earlier = *first.entry(hash(page, blocks[n].start..end)).or_insert(n);
        let same = earlier != n && same(page, &blocks[earlier], &blocks[n]);
        if same {
            blocks[n].duplicate_of = Some(earlier);
            let unstopped = [earlier, n].iter().any(|&n| unstopped(page, &blocks[n]) == blocks[n].end);
            let caption = unstopped && end - blocks[n].start <= CAPTION;
            repeat_kind(blocks, earlier, n, caption);
        }
    }
}

/// What the two printings of a line are: a headline printed again, else the text of a picture.
fn repeat_kind(blocks: &mut [Block], earlier: usize, later: usize, caption: bool) {
    if blocks[later].kind == BlockKind::Boilerplate {
        return;
    }
    if blocks[earlier].kind == BlockKind::Title {
        blocks[later].kind = BlockKind::Title;
        return;
    }
    for n in [earlier, later] {
        if caption && matches!(blocks[n].kind, BlockKind::Paragraph | BlockKind::Heading) {
            blocks[n].kind = BlockKind::Caption;
        }
    }
}

/// The end of a block without its final stops.
fn unstopped(page: &Page<'_>, block: &Block) -> usize {
    let mut end = block.end;
    while end > block.start && page.is_stop(end - 1) {
        end -= 1;
    }
    end
}

fn hash(page: &Page<'_>, range: Range<usize>) -> u64 {
    let mut hasher = FxHasher::default();
    for i in range {
        match page.word(i) {
            Word::UNKNOWN => hasher.write(page.spelling(i).as_bytes()),
            word => hasher.write_u32(word.0),
        }
    }
    hasher.finish()
}

fn same(page: &Page<'_>, a: &Block, b: &Block) -> bool {
    let (a, b) = (a.start..unstopped(page, a), b.start..unstopped(page, b));
    let token = |i: usize, j: usize| {
        page.word(i) == page.word(j)
            && (page.word(i) != Word::UNKNOWN || page.spelling(i) == page.spelling(j))
    };
    a.len() == b.len() && a.zip(b).all(|(i, j)| token(i, j))
}
