//! Input: from the paths of the command line to articles. Reading runs in two halves, so that it can run in parallel:
//! [`reader::Reader`] opens files and folders one after the other and cuts what it reads into pieces of whole lines
//! or whole pages; [`decode::articles`] turns one piece into articles, on whichever thread has time.
//!
//! A new format is a new [`Shape`]: how to cut it (here) and how to decode one piece (there).

pub mod compress;
pub mod decode;
pub mod fault;
pub mod fields;
pub mod json;
pub mod lines;
pub mod published;
pub mod reader;
pub mod walk;

use std::sync::Arc;

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// whole lines of JSON, an article each
    Lines,
    /// one page of text, one article
    Page,
}

/// A piece of input that one worker turns into articles.
#[derive(Clone, Debug)]
pub struct Piece {
    /// where it was read, as given
    pub path: Arc<str>,
    /// the line it starts at, from 1
    pub line: u64,
    /// how many bytes stand before it in the file (after decompression)
    pub byte: u64,
    /// what it is made of
    pub shape: Shape,
    /// the bytes
    pub bytes: Vec<u8>,
}

/// What the reader hands on.
#[derive(Clone, Debug)]
pub enum Item {
    /// something to read
    Piece(Piece),
    /// something that could not be read
    Fault(fault::InputFault),
}

/// How input is told apart and what is too much of it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// longer articles (lines, pages) are passed over and reported
    pub article_bytes: usize,
    /// how much is handed to a worker at once
    pub block_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { article_bytes: 16_000_000, block_bytes: 256 << 10 }
    }
}
