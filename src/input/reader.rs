//! Opens the inputs one after the other, and what archives hold, and cuts all of it into pieces.

use super::archive::{Member, Members};
#[cfg(feature = "archives")]
use super::archive::{tar::Tar, zip::Zip};
#[cfg(feature = "parquet")]
use super::columns::Columns;
use super::compress;
use super::encoding::Encoding;
use super::fault::Problem;
use super::kind::{Kind, LOOK};
use super::lines::Lines;
use super::meter::Meter;
#[cfg(any(feature = "parquet", feature = "archives"))]
use super::spool::spool;
use super::stream::{Stream, is_bomb, peek, problem};
use super::table::Table;
use super::values::Values;
use super::walk::{Files, Source, Stop, unreadable};
use super::warc::Warc;
use super::{Body, Cut, Cutter, Item, Limits, Piece, Place, Settings};
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The pieces of all inputs, in order.
pub struct Reader {
    files: Files,
    settings: Settings,
    /// counts what is read of the file that is open
    meter: Arc<Meter>,
    /// how many bytes of all files have been read
    read: Arc<AtomicU64>,
    /// how many bytes the files have that were opened so far
    opened: u64,
    /// the archives that are open, the innermost last
    archives: Vec<Open<Members>>,
    open: Option<Open<Cutter>>,
}

/// What is open, and what it is called.
struct Open<T> {
    path: Arc<str>,
    what: T,
    /// how many files were found in it
    taken: usize,
}

impl<T> Open<T> {
    fn new(path: &Arc<str>, what: T) -> Self {
        Open { path: path.clone(), what, taken: 0 }
    }
}

/// Bytes to be told apart.
struct Input {
    stream: Stream,
    /// the same as a file, where it is one
    file: Option<File>,
    /// what its name says it is made of
    named: Option<Kind>,
}

impl Reader {
    /// Reads `paths` (`-` is standard input).
    pub fn new(paths: Vec<PathBuf>, settings: Settings) -> Self {
        let read = Arc::new(AtomicU64::new(0));
        let meter = Meter::new(settings.limits, &read);
        let files = Files::new(paths);
        Reader { files, settings, meter, read, opened: 0, archives: Vec::new(), open: None }
    }

    /// Where it tells how many bytes of its files, as they are, have been read.
    pub fn read(&self) -> Arc<AtomicU64> {
        self.read.clone()
    }

    /// Opens a file; a fault if there is nothing to cut.
    fn start(&mut self, source: &Source) -> Option<Item> {
        let path: Arc<str> = source.shown().into();
        self.read.store(self.opened, Ordering::Relaxed); // some formats do not read all of a file, or some of it twice
        self.opened +=
            source.path.as_ref().and_then(|path| path.metadata().ok()).map_or(0, |meta| meta.len());
        self.meter = Meter::new(self.settings.limits, &self.read);
        let named = source.named;
        let input = match source.path.as_ref().map(|path| Input::file(path, named, &self.meter)) {
            None => Input { stream: self.meter.raw(std::io::stdin()), file: None, named },
            Some(Ok(input)) => input,
            Some(Err(error)) => return Some(Item::Fault(unreadable(Path::new(&*path), &error))),
        };
        self.enter(&path, input)
    }

    /// Opens what was found; a fault if there is nothing to cut.
    fn enter(&mut self, path: &Arc<str>, input: Input) -> Option<Item> {
        let opened = self.try_enter(path, input);
        opened.err().map(|problem| Item::Fault(problem.in_file(path, 0, 0)))
    }

    fn try_enter(&mut self, path: &Arc<str>, input: Input) -> Result<(), Problem> {
        let unpacked = compress::unpack(input.stream, &self.meter)?;
        let file = input.file.filter(|_| !unpacked.packed);
        let (head, stream) = filled(unpacked.stream)?;
        let input = Input { stream, file, named: input.named };
        match Kind::marked(&head)? {
            #[cfg(feature = "archives")]
            Some(kind @ (Kind::Tar | Kind::Zip)) => {
                let members = members(kind, input, &self.meter, self.archives.len())?;
                self.archives.push(Open::new(path, members));
            }
            marked => self.open = Some(Open::new(path, self.cutter(marked, input, &head)?)),
        }
        Ok(())
    }

    /// What cuts a stream.
    fn cutter(&self, marked: Option<Kind>, input: Input, head: &[u8]) -> Result<Cutter, Problem> {
        let Settings { fields, limits, .. } = &self.settings;
        let limits = *limits;
        match marked {
            #[cfg(feature = "parquet")]
            Some(Kind::Parquet) => return Ok(Box::new(Columns::new(input.into_file()?, fields, limits)?)),
            Some(Kind::Warc) => return Ok(Box::new(Warc::new(input.stream, limits))),
            Some(kind) => return Err(kind.left_out()),
            None => {}
        }
        let encoding = self.settings.encoding.or_else(|| Encoding::marked(head));
        let (head, stream) = match encoding {
            Some(encoding) => peek(encoding.stream(input.stream), LOOK),
            None => (head.to_vec(), input.stream),
        };
        let kind = self.settings.kind.unwrap_or_else(|| Kind::told(&head, input.named, fields));
        Ok(match kind {
            Kind::Lines => Box::new(Lines::new(stream, limits)),
            Kind::Json => Box::new(Values::new(stream, limits)),
            Kind::Table => Box::new(Table::new(stream, &head, fields, limits)?),
            Kind::Html => {
                let charset = encoding.map(|_| "utf-8");
                Box::new(std::iter::once_with(move || {
                    page(stream, limits, |bytes| Body::Html(bytes, charset))
                }))
            }
            Kind::Text => Box::new(std::iter::once_with(move || page(stream, limits, Body::Page))),
            Kind::Warc | Kind::Parquet | Kind::Tar | Kind::Zip => return Err(kind.none_such()),
        })
    }

    /// The next thing in the innermost archive.
    fn member(&mut self) -> Option<Item> {
        let archive = self.archives.last_mut()?;
        let Some(Member { name, content }) = archive.what.next() else {
            let archive = self.archives.pop()?;
            return (archive.taken == 0).then(|| Item::Fault(no_articles().in_file(&archive.path, 0, 0)));
        };
        let inside = Path::new(&name);
        let named = Kind::named(inside);
        let is_hidden = |part: Component<'_>| matches!(part, Component::Normal(name) if name.as_encoded_bytes()[0] == b'.');
        let hidden = inside.components().any(is_hidden);
        let path: Arc<str> = match &*name {
            "" => archive.path.clone(),
            name => format!("{}/{name}", archive.path).into(),
        };
        match content {
            Err(problem) => {
                archive.taken += 1;
                Some(Item::Fault(problem.in_file(&path, 0, 0)))
            }
            Ok(_) if named.is_none() || hidden => None,
            Ok(stream) => {
                archive.taken += 1;
                self.enter(&path, Input { stream, file: None, named })
            }
        }
    }

    /// The next piece of what is being cut.
    fn cut(&mut self) -> Option<Item> {
        let open = self.open.as_mut()?;
        let path = open.path.clone();
        let (problem, at) = match open.what.next() {
            None => {
                self.open = None;
                return None;
            }
            Some(Cut::Body(place, body)) => return Some(Item::Piece(Piece { path, place, body })),
            Some(Cut::Fault(at, problem)) => (problem, at),
            Some(Cut::Broken(at, error)) => {
                if is_bomb(&error) {
                    (self.open, self.archives) = (None, Vec::new());
                }
                (problem(&error), at)
            }
        };
        Some(Item::Fault(problem.in_file(&path, at.line, at.byte)))
    }
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            let item = if self.open.is_some() {
                self.cut()
            } else if !self.archives.is_empty() {
                self.member()
            } else {
                match self.files.next()? {
                    Stop::Source(source) => self.start(&source),
                    Stop::Fault(fault) => Some(Item::Fault(fault)),
                }
            };
            if item.is_some() {
                return item;
            }
        }
    }
}

impl Input {
    fn file(path: &Path, named: Option<Kind>, meter: &Arc<Meter>) -> std::io::Result<Input> {
        let file = File::open(path)?;
        let whole = if file.metadata()?.is_file() { Some(file.try_clone()?) } else { None };
        Ok(Input { stream: meter.raw(file), file: whole, named })
    }

    /// It as a file, for formats that are read from their end.
    #[cfg(any(feature = "parquet", feature = "archives"))]
    fn into_file(self) -> Result<File, Problem> {
        self.file.map_or_else(|| spool(self.stream), Ok)
    }
}

/// What an archive holds, which stands in so many others.
#[cfg(feature = "archives")]
fn members(kind: Kind, input: Input, meter: &Arc<Meter>, depth: usize) -> Result<Members, Problem> {
    const MOST: usize = 4;
    if depth == MOST {
        let why = format!("more than {MOST} archives stand in each other");
        return Err(Problem::error("not readable", why, "unpack the outer ones and give the folder"));
    }
    Ok(match kind {
        Kind::Tar => Box::new(Tar::new(input.stream)),
        _ => Box::new(Zip::new(input.into_file()?, meter.clone())?),
    })
}

fn no_articles() -> Problem {
    let why = "the archive holds no files with the names of articles";
    Problem::error("no articles", why, "unpack it and name its files one by one if they are called otherwise")
}

/// The beginning of a stream that has one.
fn filled(stream: Stream) -> Result<(Vec<u8>, Stream), Problem> {
    let (head, mut stream) = peek(stream, LOOK);
    if head.is_empty() {
        stream.read(&mut [0]).map_err(|error| problem(&error))?;
        return Err(Problem::error("empty", "there is nothing in it", "check what should have written it"));
    }
    Ok((head, stream))
}

/// One article that is a whole file.
fn page(stream: Stream, limits: Limits, body: impl Fn(Vec<u8>) -> Body) -> Cut {
    let (mut bytes, most) = (Vec::new(), limits.article_bytes);
    let whole = Place { line: 0, byte: 0 };
    match stream.take(most as u64 + 1).read_to_end(&mut bytes) {
        Err(error) => Cut::Broken(Place { byte: bytes.len() as u64, ..whole }, error),
        Ok(read) if read > most => Cut::Fault(whole, too_long("page", None, most)),
        Ok(_) => Cut::Body(Place { line: 1, byte: 0 }, body(bytes)),
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
