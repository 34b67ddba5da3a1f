//! One piece of input to its articles.

use super::assemble;
use super::encoding::{not_utf8, suspect};
use super::fault::{InputFault, Level, Problem};
use super::fields::Slot;
use super::json;
use super::reader::too_long;
use super::row::{Row, Value};
use super::table::Rows;
use super::warc::{Payload, Web};
use super::{Body, Mark, Piece, Place, Settings, http};
use crate::article::Article;
#[cfg(feature = "html")]
use crate::caught::catch;
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
        Body::Rows(rows) => decoder.rows(rows),
        Body::Made(rows) => decoder.made(rows, piece.place),
        Body::Page(bytes) => decoder.page(bytes),
        Body::Html(bytes, charset) => decoder.html(bytes, *charset, piece.place),
        Body::Web(web) => decoder.web(web, piece.place),
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
        if let Some(name) = suspect::misread(&article.text) {
            let why = format!("the text looks like {name} that was read as something else");
            let hint =
                format!("make bytes of it: iconv -f UTF-8 -t CP1252 FILE | vnfacts … --encoding {name} -");
            let warning = Problem::warning("suspect_encoding", why, hint);
            self.fault(warning.of(Some(article.id.to_string())), place)?;
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
            .and_then(|text| assemble::article(row(text.into()), || path.into(), assemble::empty_text))
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
        let most = self.settings.limits.article_bytes;
        for mark in marks {
            let length = mark.end - mark.start;
            if length > most {
                self.fault(too_long("value", Some(length as u64), most), mark.place)?;
                continue;
            }
            match utf8(&bytes[mark.start..mark.end]) {
                Ok(text) => self.object(text, mark.place)?,
                Err(problem) => self.fault(problem, mark.place)?,
            }
        }
        ControlFlow::Continue(())
    }

    fn rows(&mut self, rows: &Rows) -> ControlFlow<()> {
        for (mark, cells) in &rows.rows {
            let bytes = &rows.bytes[mark.start..mark.end];
            match cells_row(rows, bytes, &rows.ends[cells.clone()], self.settings) {
                Ok(row) => self.row(row, mark.place, assemble::empty_text)?,
                Err(problem) => self.fault(problem, mark.place)?,
            }
        }
        ControlFlow::Continue(())
    }

    fn made(&mut self, rows: &[Row<'static>], from: Place) -> ControlFlow<()> {
        let most = self.settings.limits.article_bytes;
        for (row, line) in rows.iter().zip(from.line..) {
            let place = Place { line, ..from };
            match row.size() {
                size if size > most => self.fault(too_long("row", Some(size as u64), most), place)?,
                _ => self.row(row.borrow(), place, assemble::empty_text)?,
            }
        }
        ControlFlow::Continue(())
    }

    /// A page of its own, called by its address or its file.
    fn html(&mut self, bytes: &[u8], charset: Option<&str>, place: Place) -> ControlFlow<()> {
        let path = self.path;
        match html(bytes, charset) {
            Err(problem) => self.fault(problem.of(Some(path.into())), place),
            Ok((row, warning)) => {
                if let Some(warning) = warning {
                    self.fault(warning.of(Some(path.into())), place)?;
                }
                let read = assemble::article(row, || path.into(), assemble::empty_text);
                self.read(read, place)
            }
        }
    }

    /// What a crawl fetched, called by its address. Pages without an article are common in crawls, so they are
    /// warned of only.
    fn web(&mut self, web: &Web, place: Place) -> ControlFlow<()> {
        let doc = || Some(web.url.clone());
        let (mut row, warning) = match self.web_row(web) {
            Ok(None) => return ControlFlow::Continue(()),
            Ok(Some(row)) => row,
            Err(problem) if problem.what == NO_ARTICLE => {
                return self.fault(Problem { level: Level::Warning, ..problem.of(doc()) }, place);
            }
            Err(problem) => return self.fault(problem.of(doc()), place),
        };
        if let Some(warning) = warning {
            self.fault(warning.of(doc()), place)?;
        }
        if !web.url.is_empty() {
            row.set(Slot::Id, Value::Text(web.url.as_str().into()));
        }
        if !row.has(Slot::Published) && !web.date.is_empty() {
            row.set(Slot::Published, Value::Text(web.date.as_str().into()));
        }
        self.row(row, place, assemble::empty_text)
    }

    fn web_row<'w>(&self, web: &'w Web) -> Result<Option<(Row<'w>, Option<Problem>)>, Problem> {
        let charset = self.settings.encoding.map(|_| "utf-8");
        let decoded = |bytes: Vec<u8>| match self.settings.encoding {
            Some(encoding) => encoding.decode(&bytes).into_bytes(),
            None => bytes,
        };
        match web.payload {
            Payload::Http => {
                let Some(answer) = http::page(&web.bytes, self.settings.limits.article_bytes)? else {
                    return Ok(None);
                };
                html(&decoded(answer.body), charset.or(answer.charset.as_deref())).map(Some)
            }
            Payload::Html => html(&decoded(web.bytes.clone()), charset).map(Some),
            Payload::Text => {
                let mut row = Row::default();
                row.set(Slot::Text, Value::Text(utf8(&web.bytes)?.into()));
                Ok(Some((row, None)))
            }
        }
    }

    /// The article of a JSON object; blank lines hold none.
    fn object(&mut self, text: &str, place: Place) -> ControlFlow<()> {
        let object = text.strip_prefix('\u{feff}').unwrap_or(text);
        if object.trim_ascii().is_empty() {
            return ControlFlow::Continue(());
        }
        let place = Place { byte: place.byte + (text.len() - object.len()) as u64, ..place };
        match json::row(object, &self.settings.fields) {
            Ok(row) => self.row(row, place, || json::no_text(object)),
            Err(problem) => self.fault(problem, place),
        }
    }
}

/// What a page without an article is called.
pub const NO_ARTICLE: &str = "no article";

/// The row of a page, and what is odd about it.
#[cfg(feature = "html")]
fn html(bytes: &[u8], charset: Option<&str>) -> Result<(Row<'static>, Option<Problem>), Problem> {
    let page = catch(|| super::html::page(bytes, charset)).map_err(|words| {
        let hint = "this is a mistake in vnfacts: please report it with the page";
        Problem::error("panic", words, hint)
    })??;
    Ok((page.row, page.warning))
}

#[cfg(not(feature = "html"))]
fn html(_: &[u8], _: Option<&str>) -> Result<(Row<'static>, Option<Problem>), Problem> {
    Err(super::kind::left_out("an HTML page", "html"))
}

/// The row of cells, the last of which ends at the end of `bytes`.
fn cells_row<'a>(
    rows: &Rows,
    bytes: &'a [u8],
    ends: &[usize],
    settings: &Settings,
) -> Result<Row<'a>, Problem> {
    let most = rows.columns.len();
    if ends.len() != most {
        let why = format!("the row has {} cells, the header {most}", ends.len());
        let hint = "put cells that hold delimiters, quotes or line ends in quotes";
        return Err(Problem::error("wrong number of cells", why, hint));
    }
    let mut row = Row::default();
    let mut start = 0;
    for (&end, &mask) in ends.iter().zip(&*rows.columns) {
        if mask != 0 && end > start {
            let cell = utf8(&bytes[start..end]).map_err(|problem| problem.at(start))?;
            row.keep(&settings.fields, mask, &mut || Value::Text(cell.into()));
        }
        start = end;
    }
    Ok(row)
}

/// The bytes as text; a problem with the place of the first byte that is none.
fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    simdutf8::compat::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let why = match error.error_len() {
            None => "the last character is cut short".into(),
            Some(_) => format!("byte 0x{:02X} at {at} begins no character", bytes[at]),
        };
        not_utf8(bytes, why).at(at)
    })
}
