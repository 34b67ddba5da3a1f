//! One piece of input to its articles.

use super::assemble;
use super::fault::{InputFault, Problem};
use super::fields::Slot;
use super::json;
use super::reader::too_long;
use super::row::{Row, Value};
use super::{Body, Mark, Piece, Place, Settings};
use crate::article::Article;
use memchr::{memchr, memchr_iter};
use std::ops::ControlFlow;

/// What is found in a piece.
pub enum Event<'a> {
    /// an article; the line and byte it starts at
    Article(Article<'a>, u64, u64),
    /// something that is wrong
    Fault(InputFault),
}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Hands the articles and faults of `piece` to `each`, in order, until it breaks.
pub fn articles(
    piece: &Piece,
    settings: &Settings,
    each: impl FnMut(Event<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut decoder = Decoder { path: &piece.path, settings, each };
    match &piece.body {
        Body::Lines(bytes) => decoder.lines(bytes, piece.place),
        Body::Values(bytes, marks) => decoder.values(bytes, marks),
        Body::Page(bytes) => decoder.page(bytes),
    }
}

struct Decoder<'p, E> {
    path: &'p str,
    settings: &'p Settings,
    each: E,
}

impl<E: FnMut(Event<'_>) -> ControlFlow<()>> Decoder<'_, E> {
    fn fault(&mut self, problem: Problem, place: Place) -> ControlFlow<()> {
        (self.each)(Event::Fault(problem.in_file(self.path, place.line, place.byte)))
    }

    /// Hands on the article of a row; one without a name of its own is called by its place.
    fn row(&mut self, row: Row<'_>, place: Place, no_text: impl Fn() -> Problem) -> ControlFlow<()> {
        let name = || format!("{}#{}", self.path, place.line);
        let read = assemble::article(row, name, no_text);
        self.read(read, place)
    }

    fn read(&mut self, read: Result<assemble::Read<'_>, Problem>, place: Place) -> ControlFlow<()> {
        let (article, warning) = match read {
            Ok(read) => read,
            Err(problem) => return self.fault(problem, place),
        };
        if let Some(warning) = warning {
            self.fault(warning, place)?;
        }
        (self.each)(Event::Article(article, place.line, place.byte))
    }

    /// Text without any fields, called by its file.
    fn page(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        let text = bytes.strip_prefix(BOM).unwrap_or(bytes);
        let start = (bytes.len() - text.len()) as u64;
        let row = |text| {
            let mut row = Row::default();
            row.set(Slot::Text, Value::Text(text));
            row
        };
        let path = self.path;
        let read = utf8(text)
            .and_then(|text| assemble::article(row(text.into()), || path.into(), || assemble::no_text(&[])))
            .map_err(|problem| problem.of(Some(path.into())));
        let at = read.as_ref().err().map_or(0, |problem| problem.at);
        let line = 1 + memchr_iter(b'\n', &text[..at]).count() as u64;
        self.read(read, Place { line, byte: start })
    }

    fn lines(&mut self, bytes: &[u8], from: Place) -> ControlFlow<()> {
        // One check for the whole piece; line by line only if it fails.
        let whole = simdutf8::basic::from_utf8(bytes).ok();
        let most = self.settings.limits.article_bytes;
        let (mut start, mut line) = (0, from.line);
        while start < bytes.len() {
            let end = memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |n| start + n);
            let text = match whole {
                Some(text) => Ok(&text[start..end]),
                None => utf8(&bytes[start..end]),
            };
            let place = Place { line, byte: from.byte + start as u64 };
            match text {
                Ok(text) if text.len() > most => {
                    self.fault(too_long("line", Some(text.len() as u64), most), place)?;
                }
                Ok(text) => self.object(text, place)?,
                Err(problem) => self.fault(problem, place)?,
            }
            (start, line) = (end + 1, line + 1);
        }
        ControlFlow::Continue(())
    }

    fn values(&mut self, bytes: &[u8], marks: &[Mark]) -> ControlFlow<()> {
        for mark in marks {
            match utf8(&bytes[mark.start..mark.end]) {
                Ok(text) => self.object(text, mark.place)?,
                Err(problem) => self.fault(problem, mark.place)?,
            }
        }
        ControlFlow::Continue(())
    }

    /// The article of a JSON object; blank lines hold none.
    fn object(&mut self, text: &str, place: Place) -> ControlFlow<()> {
        let object = text.strip_prefix('\u{feff}').unwrap_or(text);
        if object.trim_ascii().is_empty() {
            return ControlFlow::Continue(());
        }
        let place = Place { byte: place.byte + (text.len() - object.len()) as u64, ..place };
        match json::row(object, &self.settings.fields) {
            Ok(row) => self.row(row, place, || assemble::no_text(&json::names(object))),
            Err(problem) => self.fault(problem, place),
        }
    }
}

/// The bytes as text; a problem with the place of the first byte that is none.
fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    simdutf8::compat::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let why = match error.error_len() {
            None => "the last character is cut short".into(),
            Some(_) => format!("byte 0x{:02X} at {at} begins no character", bytes[at]),
        };
        let hint = "convert the file (iconv -f WINDOWS-1258 -t UTF-8, or what it is written in)";
        Problem::error("not UTF-8", why, hint).at(at)
    })
}
