//! Opens the inputs one after the other and cuts what they hold into pieces.

use super::compress::{self, Failing, Stream};
use super::fault::Problem;
use super::lines::{Cut, Lines};
use super::walk::{Files, Source, Stop, cause, unreadable};
use super::{Item, Limits, Piece, Shape};
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How much is looked at to tell JSON Lines from text where the name does not.
const LOOK: usize = 64 << 10;

/// The pieces of all inputs, in order.
pub struct Reader {
    files: Files,
    limits: Limits,
    /// what everything is made of, whatever its name says
    shape: Option<Shape>,
    open: Option<Open>,
}

/// The file being read line by line.
struct Open {
    path: Arc<str>,
    lines: Lines,
    compression: &'static str,
}

impl Reader {
    /// Reads `paths` (`-` is standard input). What is made of what is told by names, or by content where those say
    /// nothing, or is `shape`.
    pub fn new(paths: Vec<PathBuf>, shape: Option<Shape>, limits: Limits) -> Self {
        Reader { files: Files::new(paths), limits, shape, open: None }
    }

    fn start(&mut self, source: &Source) -> Option<Item> {
        let shown = source.shown();
        let path = Path::new(&shown);
        match self.try_start(source, &shown) {
            Ok(item) => item,
            Err(error) => Some(Item::Fault(unreadable(path, &error))),
        }
    }

    fn try_start(&mut self, source: &Source, shown: &str) -> std::io::Result<Option<Item>> {
        let raw: Stream = match &source.path {
            Some(path) => Box::new(File::open(path)?),
            None => Box::new(std::io::stdin()),
        };
        let fault = |problem: Problem| Ok(Some(Item::Fault(problem.in_file(shown, 0, 0))));
        let mut opened = match compress::open(raw)? {
            Ok(opened) => opened,
            Err((name, hint)) => {
                return fault(Problem::error("not readable", format!("it is {name}"), hint));
            }
        };
        let shape = self.shape.or(source.shape);
        let (head, error) = compress::peek(&mut opened.stream, if shape.is_some() { 1 } else { LOOK });
        match (head.is_empty(), &error) {
            (true, Some(error)) => return fault(broken(opened.compression, error)),
            (true, None) => return fault(empty()),
            _ => {}
        }
        if error.is_some() {
            opened.stream = Box::new(Failing(error));
        }
        let shape = shape.unwrap_or_else(|| look(&head));
        let stream: Stream = Box::new(Cursor::new(head).chain(opened.stream));
        match shape {
            Shape::Page => Ok(Some(self.page(shown, stream, opened.compression))),
            Shape::Lines => {
                let lines = Lines::new(stream, self.limits);
                self.open = Some(Open { path: shown.into(), lines, compression: opened.compression });
                Ok(None)
            }
        }
    }

    fn page(&self, shown: &str, stream: Stream, compression: &str) -> Item {
        let mut bytes = Vec::new();
        let most = self.limits.article_bytes;
        match stream.take(most as u64 + 1).read_to_end(&mut bytes) {
            Err(error) => Item::Fault(broken(compression, &error).in_file(shown, 0, bytes.len() as u64)),
            Ok(read) if read > most => Item::Fault(too_long("page", None, most).in_file(shown, 0, 0)),
            Ok(_) => Item::Piece(Piece { path: shown.into(), line: 1, byte: 0, shape: Shape::Page, bytes }),
        }
    }
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(open) = &mut self.open {
                match open.lines.next() {
                    Some(cut) => return Some(open.item(cut, self.limits.article_bytes)),
                    None => self.open = None,
                }
            }
            let item = match self.files.next()? {
                Stop::Source(source) => self.start(&source),
                Stop::Fault(fault) => Some(Item::Fault(fault)),
            };
            if item.is_some() {
                return item;
            }
        }
    }
}

impl Open {
    fn item(&self, cut: Cut, most: usize) -> Item {
        match cut {
            Cut::Block(at, bytes) => {
                let path = self.path.clone();
                Item::Piece(Piece { path, line: at.line, byte: at.byte, shape: Shape::Lines, bytes })
            }
            Cut::TooLong(at, length) => {
                Item::Fault(too_long("line", Some(length), most).in_file(&self.path, at.line, at.byte))
            }
            Cut::Broken(at, error) => {
                Item::Fault(broken(self.compression, &error).in_file(&self.path, at.line, at.byte))
            }
        }
    }
}

/// The problem of an article that is longer than allowed.
pub fn too_long(what: &str, length: Option<u64>, most: usize) -> Problem {
    let why = match length {
        Some(length) => format!("the {what} has {length} bytes, allowed are {most}"),
        None => format!("the {what} has more than the {most} bytes allowed"),
    };
    Problem::error("too long", why, "raise --max-article-bytes if it is an article")
}

fn empty() -> Problem {
    Problem::error("empty", "there is nothing in it", "check what should have written it")
}

fn broken(compression: &str, error: &std::io::Error) -> Problem {
    match compression {
        "" => Problem::error("reading failed", cause(error), "check the file and the disk"),
        name => {
            let what =
                if error.kind() == std::io::ErrorKind::UnexpectedEof { "cut short" } else { "damaged" };
            let why = format!("the {name} stream breaks off ({}); what stands before was read", cause(error));
            Problem::error(what, why, "fetch or pack the file again")
        }
    }
}

/// JSON Lines if one of the first lines begins like an object, else text.
fn look(head: &[u8]) -> Shape {
    let begins = |line: &[u8]| {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        line.trim_ascii_start().first() == Some(&b'{')
    };
    if head.split(|&b| b == b'\n').any(begins) { Shape::Lines } else { Shape::Page }
}
