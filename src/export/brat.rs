//! brat: a folder with a text and an annotation file for each article, and the configuration that knows their types.
//!
//! Files are called by number, with the article in `index.tsv`: ids are never used as paths. Offsets are code points.
//! brat knows no words over the end of a line, so such words are parts (`0 5;6 9`); and since it reads CR LF as one
//! character, and other controls as line ends, all controls but the line feed are blanks in the text, one for one.
//! Values stand in the notes of an annotation, the status of a post in an attribute; `Held-by` leads from a post to who
//! holds it.

use super::Format;
use super::page::{Label, Mark, Page};
use crate::error::Error;
use crate::output::part::{beside, resolved};
use crate::output::sink::Sink;
use crate::record::ArticleRecord;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// This format.
pub const FORMAT: Format = Format {
    name: "brat",
    about: "brat standoff: a folder of .txt and .ann files with annotation.conf",
    has_texts: true,
    open,
};

/// The types of annotations.
pub const CONFIG: &str = include_str!("brat.conf");

fn open(path: Option<&Path>) -> Result<Box<dyn Sink>, Error> {
    let Some(path) = path else { return Err(Error::NoPath { format: FORMAT.name }) };
    Ok(Box::new(Folder::create(path)?))
}

/// A folder being written, under another name until it is complete.
struct Folder {
    shown: String,
    path: PathBuf,
    part: PathBuf,
    index: Option<File>,
}

impl Folder {
    fn create(path: &Path) -> Result<Self, Error> {
        let (shown, path) = (path.display().to_string(), resolved(path));
        let mut folder = Folder { shown, part: beside(&path), path, index: None };
        folder.begin().map_err(|cause| folder.fault(cause))?;
        Ok(folder)
    }

    fn begin(&mut self) -> io::Result<()> {
        let there = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            entries => entries?.next(),
        };
        if there.is_some() {
            return Err(io::Error::other("it is there and not empty; name another or remove it"));
        }
        fs::create_dir(&self.part)?;
        fs::write(self.part.join("annotation.conf"), CONFIG)?;
        let mut index = File::create(self.part.join("index.tsv"))?;
        index.write_all(b"file\tdoc\tpublished\n")?;
        self.index = Some(index);
        Ok(())
    }

    fn add(&mut self, number: u64, article: &ArticleRecord<'_>) -> io::Result<()> {
        let page = Page::new(article);
        let name = format!("{number:06}");
        fs::write(self.part.join(format!("{name}.txt")), plain(&page.text))?;
        fs::write(self.part.join(format!("{name}.ann")), annotations(&page))?;
        let day = article.published.map_or_else(String::new, |day| day.to_string());
        let index = self.index.as_mut().map(|index| writeln!(index, "{name}\t{}\t{day}", line(&article.doc)));
        index.unwrap_or(Ok(()))
    }

    fn complete(&mut self) -> io::Result<()> {
        self.index.take().map_or(Ok(()), |index| index.sync_all())?;
        if self.path.exists() {
            fs::remove_dir(&self.path)?; // it is empty
        }
        fs::rename(&self.part, &self.path)
    }

    fn fault(&self, cause: io::Error) -> Error {
        Error::Output { path: self.shown.clone(), cause }
    }
}

impl Sink for Folder {
    fn article(&mut self, number: u64, article: &ArticleRecord<'_>) -> Result<(), Error> {
        self.add(number, article).map_err(|cause| self.fault(cause))
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        self.complete().map_err(|cause| self.fault(cause))
    }
}

impl Drop for Folder {
    /// What was not finished leaves nothing behind.
    fn drop(&mut self) {
        if self.index.is_some() {
            let _ = fs::remove_dir_all(&self.part);
        }
    }
}

/// The type of an annotation: brat writes types with a capital.
fn kind(label: Label) -> String {
    let mut name = label.name().to_string();
    name[..1].make_ascii_uppercase();
    name
}

fn annotations(page: &Page<'_>) -> String {
    let mut out = String::new();
    let (mut attributes, mut relations) = (0, 0);
    for mark in &page.marks {
        let n = mark.number + 1;
        let _ = writeln!(out, "T{n}\t{} {}\t{}", kind(mark.label), fragments(mark), words(mark.text));
        if let Some((_, status)) = mark.values.iter().find(|(key, _)| key == "status") {
            attributes += 1;
            let _ = writeln!(out, "A{attributes}\tStatus T{n} {}", status.join("|"));
        }
        if let Some(holder) = mark.holder {
            relations += 1;
            let _ = writeln!(out, "R{relations}\tHeld-by Post:T{n} Holder:T{}", holder + 1);
        }
        let mut notes: Vec<String> =
            mark.values.iter().map(|(key, values)| format!("{key}={}", line(&values.join("|")))).collect();
        notes.push(format!("rule={}", mark.record.rule));
        notes.push(format!("confidence={}", mark.record.confidence));
        let _ = writeln!(out, "#{n}\tAnnotatorNotes T{n}\t{}", notes.join("; "));
    }
    out
}

/// The stretches of a text between line ends, each with its first code point.
fn parts(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let parts = text.split(['\n', '\r']).map(|part| {
        let start = at;
        at += part.chars().count() + 1;
        (start, part)
    });
    parts.filter(|(_, part)| !part.is_empty()).collect()
}

/// Where the parts of a mark stand: `0 5;6 9`.
fn fragments(mark: &Mark<'_>) -> String {
    let of = |(at, part): (usize, &str)| {
        let start = mark.start + at;
        format!("{start} {}", start + part.chars().count())
    };
    let parts: Vec<String> = parts(mark.text).into_iter().map(of).collect();
    parts.join(";")
}

/// The words of a mark as brat repeats them: its parts, with blanks between.
fn words(text: &str) -> String {
    let parts: Vec<String> = parts(text).into_iter().map(|(_, part)| plain(part)).collect();
    parts.join(" ")
}

/// The text as brat counts it.
fn plain(text: &str) -> String {
    let blank = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    text.chars().map(|c| if blank(c) { ' ' } else { c }).collect()
}

/// A text that fits on a line and in a cell.
fn line(text: &str) -> String {
    plain(text).replace('\n', " ")
}
