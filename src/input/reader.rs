//! Opens the inputs one after the other and cuts what they hold into pieces.

use super::compress;
use super::fault::Problem;
use super::kind::{Kind, LOOK};
use super::lines::Lines;
use super::meter::Meter;
use super::stream::{Stream, peek, problem};
use super::values::Values;
use super::walk::{Files, Source, Stop, unreadable};
use super::{Body, Cut, Cutter, Item, Limits, Piece, Place, Settings};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The pieces of all inputs, in order.
pub struct Reader {
    files: Files,
    settings: Settings,
    open: Option<Open>,
}

/// What is being cut.
struct Open {
    path: Arc<str>,
    cutter: Cutter,
}

impl Reader {
    /// Reads `paths` (`-` is standard input).
    pub fn new(paths: Vec<PathBuf>, settings: Settings) -> Self {
        Reader { files: Files::new(paths), settings, open: None }
    }

    /// Opens a file; a fault if there is nothing to cut.
    fn start(&mut self, source: &Source) -> Option<Item> {
        let path: Arc<str> = source.shown().into();
        let meter = Meter::new(self.settings.limits);
        let stream = match source.path.as_ref().map(File::open) {
            None => meter.raw(std::io::stdin()),
            Some(Ok(file)) => meter.raw(file),
            Some(Err(error)) => return Some(Item::Fault(unreadable(Path::new(&*path), &error))),
        };
        match self.cutter(stream, source.named, &meter) {
            Ok(cutter) => self.open = Some(Open { path, cutter }),
            Err(problem) => return Some(Item::Fault(problem.in_file(&path, 0, 0))),
        }
        None
    }

    /// What cuts a stream.
    fn cutter(&self, stream: Stream, named: Option<Kind>, meter: &Arc<Meter>) -> Result<Cutter, Problem> {
        let unpacked = compress::unpack(stream, meter)?;
        let (head, mut stream) = peek(unpacked.stream, LOOK);
        if head.is_empty() {
            stream.read(&mut [0]).map_err(|error| problem(&error))?;
            return Err(Problem::error(
                "empty",
                "there is nothing in it",
                "check what should have written it",
            ));
        }
        let limits = self.settings.limits;
        Ok(match self.settings.kind.map_or_else(|| Kind::told(&head, named), Ok)? {
            Kind::Text => Box::new(std::iter::once_with(move || page(stream, limits))),
            Kind::Lines => Box::new(Lines::new(stream, limits)),
            Kind::Json => Box::new(Values::new(stream, limits)),
        })
    }
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(open) = &mut self.open {
                match open.cutter.next() {
                    Some(cut) => return Some(open.item(cut)),
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
    fn item(&self, cut: Cut) -> Item {
        let (problem, at) = match cut {
            Cut::Body(place, body) => return Item::Piece(Piece { path: self.path.clone(), place, body }),
            Cut::Fault(at, problem) => (problem, at),
            Cut::Broken(at, error) => (problem(&error), at),
        };
        Item::Fault(problem.in_file(&self.path, at.line, at.byte))
    }
}

/// One article that is a whole file.
fn page(stream: Stream, limits: Limits) -> Cut {
    let (mut bytes, most) = (Vec::new(), limits.article_bytes);
    let whole = Place { line: 0, byte: 0 };
    match stream.take(most as u64 + 1).read_to_end(&mut bytes) {
        Err(error) => Cut::Broken(Place { byte: bytes.len() as u64, ..whole }, error),
        Ok(read) if read > most => Cut::Fault(whole, too_long("page", None, most)),
        Ok(_) => Cut::Body(Place { line: 1, byte: 0 }, Body::Page(bytes)),
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
