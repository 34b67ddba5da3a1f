//! Input: from the paths of the command line to articles. Reading runs in two halves, so that it can run in parallel:
//! [`reader::Reader`] opens files, folders and archives one after the other and cuts what it reads into pieces, the
//! same for any number of threads; [`decode::articles`] turns one piece into articles, on whichever thread has time.
//!
//! ```text
//! walk → stream ─ compress ─ encoding ─→ kind → lines, values, table … → Piece → decode → row → assemble → Article
//!            └──────── archive ──────┘
//! ```
//!
//! A new format is a new [`Kind`](kind::Kind), told from others in [`kind`]; a cutter, which turns a stream into
//! [bodies](Body); and an arm of [`decode`], which turns a body into [rows](row::Row). What becomes of a row is the
//! same for all, so the same article gives the same records whatever it came in.

pub mod archive;
pub mod assemble;
#[cfg(feature = "parquet")]
pub mod columns;
pub mod compress;
pub mod decode;
pub mod encoding;
pub mod fault;
pub mod fields;
#[cfg(feature = "html")]
pub mod html;
pub mod http;
pub mod json;
pub mod kind;
pub mod lines;
pub mod meter;
pub mod published;
pub mod reader;
pub mod row;
#[cfg(any(feature = "parquet", feature = "archives"))]
pub mod spool;
pub mod stream;
pub mod table;
pub mod values;
pub mod walk;
pub mod warc;

use std::sync::Arc;

/// A place in a file. The number is that of the line, or of the element, row or record in formats that count those,
/// from 1; the byte counts from 0 after decompression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// the line, element, row or record
    pub line: u64,
    /// the byte
    pub byte: u64,
}

/// Something that begins at a place of the file and ends, in the bytes of a piece, at `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// where it begins in the bytes of the piece
    pub start: usize,
    /// where it ends in the bytes of the piece
    pub end: usize,
    /// where it begins in the file
    pub place: Place,
}

/// What a piece is made of.
#[derive(Clone, Debug)]
pub enum Body {
    /// whole lines of JSON, an article each
    Lines(Vec<u8>),
    /// JSON values, an article each
    Values(Vec<u8>, Vec<Mark>),
    /// rows of a table, an article each
    Rows(table::Rows),
    /// rows that need no decoding, the first at the place of the piece
    Made(Vec<row::Row<'static>>),
    /// one page of text, one article
    Page(Vec<u8>),
    /// one HTML page, with what it is written in, if that is known without looking at it
    Html(Vec<u8>, Option<&'static str>),
    /// what a crawl fetched
    Web(warc::Web),
}

impl Body {
    /// How many bytes it has.
    pub fn size(&self) -> usize {
        match self {
            Body::Lines(bytes) | Body::Values(bytes, _) | Body::Page(bytes) | Body::Html(bytes, _) => {
                bytes.len()
            }
            Body::Rows(rows) => rows.bytes.len(),
            Body::Made(rows) => rows.iter().map(row::Row::size).sum(),
            Body::Web(web) => web.bytes.len(),
        }
    }
}

/// A piece of input that one worker turns into articles.
#[derive(Clone, Debug)]
pub struct Piece {
    /// where it was read, as given
    pub path: Arc<str>,
    /// where it begins
    pub place: Place,
    /// what it is made of
    pub body: Body,
}

/// What the reader hands on.
#[derive(Clone, Debug)]
pub enum Item {
    /// something to read
    Piece(Piece),
    /// something that could not be read
    Fault(fault::InputFault),
}

/// What comes next in a stream.
#[derive(Debug)]
pub enum Cut {
    /// something to read
    Body(Place, Body),
    /// something that is passed over
    Fault(Place, fault::Problem),
    /// the stream broke off here; what was read of the article it broke in is dropped
    Broken(Place, std::io::Error),
}

/// Cuts one stream into pieces, flat in memory and the same whatever the sizes of reads.
pub type Cutter = Box<dyn Iterator<Item = Cut> + Send>;

/// How input is read.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// what everything is made of; if not given, contents and names tell
    pub kind: Option<kind::Kind>,
    /// what text is written in; UTF-8 if not given, or UTF-16 that says so
    pub encoding: Option<encoding::Encoding>,
    /// which keys hold what
    pub fields: fields::Fields,
    /// what is too much
    pub limits: Limits,
}

/// What is too much.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// longer articles (lines, pages …) are passed over and reported
    pub article_bytes: usize,
    /// how much is handed to a worker at once
    pub block_bytes: usize,
    /// so many times its size may come out of a file; 0 for any
    pub ratio: u64,
    /// so many bytes may come out of a file
    pub unpacked_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            article_bytes: 16_000_000,
            block_bytes: 256 << 10,
            ratio: 256,
            unpacked_bytes: 1_000_000_000_000,
        }
    }
}
