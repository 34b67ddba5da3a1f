//! Cuts WARC, the files of web crawls, into the pages that were fetched. Requests, images, redirects and whatever else
//! holds no page is streamed past.

use super::fault::Problem;
use super::http::Headers;
use super::reader::too_long;
use super::stream::Stream;
use super::{Body, Cut, Limits, Place};
use std::io::{self, BufRead, BufReader, ErrorKind, Read};

/// How every record begins.
pub const MAGIC: &[u8] = b"WARC/1.";
const MOST_HEADERS: u64 = 256 << 10;

/// What a crawl fetched from an address.
#[derive(Clone, Debug, PartialEq)]
pub struct Web {
    /// the address
    pub url: String,
    /// when it was fetched
    pub date: String,
    /// what kind of record it is
    pub payload: Payload,
    /// its block
    pub bytes: Vec<u8>,
}

/// What the block of a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// an answer of a server, headers first
    Http,
    /// a page
    Html,
    /// text
    Text,
}

/// The pages of one stream.
pub struct Warc {
    input: BufReader<Stream>,
    limits: Limits,
    place: Place,
    pages: u64,
    ended: bool,
}

impl Warc {
    /// The pages of `stream`.
    pub fn new(stream: Stream, limits: Limits) -> Self {
        let input = BufReader::with_capacity(128 << 10, stream);
        Warc { input, limits, place: Place { line: 0, byte: 0 }, pages: 0, ended: false }
    }

    /// The headers of the next record; nothing at the end.
    fn headers(&mut self) -> io::Result<Option<Headers>> {
        let mut block = Vec::new();
        loop {
            let before = block.len();
            let room = MOST_HEADERS - before as u64;
            let read = (&mut self.input).take(room).read_until(b'\n', &mut block)?;
            self.place.byte += read as u64;
            let line = block[before..].trim_ascii_end();
            match (read, line.is_empty()) {
                (0, _) if before == 0 => return Ok(None),
                (0, _) => return Err(ErrorKind::UnexpectedEof.into()),
                // Blank lines stand between records.
                (_, true) if before == 0 => block.clear(),
                (_, true) => break,
                _ if before == 0 && !line.starts_with(MAGIC) => {
                    return Err(io::Error::new(ErrorKind::InvalidData, "no record begins where one should"));
                }
                _ => {}
            }
        }
        Ok(Some(Headers::of(&block)))
    }

    /// The next record; nothing where it holds no page.
    fn record(&mut self) -> io::Result<Option<Cut>> {
        let start = self.place.byte;
        let Some(headers) = self.headers()? else {
            self.ended = true;
            return Ok(None);
        };
        self.place.line += 1;
        let place = Place { byte: start, ..self.place };
        let length = headers.get("content-length").and_then(|length| length.parse::<u64>().ok());
        let length =
            length.ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "a record without a length"))?;
        let most = self.limits.article_bytes;
        let payload = payload(&headers).filter(|_| length <= most as u64);
        let Some(payload) = payload else {
            let passed = self.pass(length)?;
            debug_assert_eq!(passed, length);
            let is_page = self::payload(&headers).is_some();
            return Ok(is_page.then(|| Cut::Fault(place, too_long("record", Some(length), most))));
        };
        let mut bytes = Vec::with_capacity(length as usize);
        (&mut self.input).take(length).read_to_end(&mut bytes)?;
        if bytes.len() < length as usize {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.place.byte += length;
        let text = |name| headers.get(name).unwrap_or_default().trim_matches(['<', '>']).to_string();
        self.pages += 1;
        let web = Web { url: text("warc-target-uri"), date: text("warc-date"), payload, bytes };
        Ok(Some(Cut::Body(place, Body::Web(web))))
    }

    fn pass(&mut self, length: u64) -> io::Result<u64> {
        let passed = io::copy(&mut (&mut self.input).take(length), &mut io::sink())?;
        self.place.byte += passed;
        if passed < length { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(passed) }
    }
}

/// What the block of a record is, if it may be a page.
fn payload(headers: &Headers) -> Option<Payload> {
    let kind = headers.get("content-type").unwrap_or_default().to_ascii_lowercase();
    match headers.get("warc-type")? {
        "response" if kind.starts_with("application/http") => Some(Payload::Http),
        "resource" if kind.contains("html") => Some(Payload::Html),
        "conversion" if kind.starts_with("text/plain") => Some(Payload::Text),
        _ => None,
    }
}

impl Iterator for Warc {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        while !self.ended {
            let place = self.place;
            match self.record() {
                Ok(None) => {}
                Ok(cut) => return cut,
                Err(error) => {
                    self.ended = true;
                    return Some(broken(place, error));
                }
            }
        }
        (std::mem::replace(&mut self.pages, 1) == 0).then(|| {
            let why = "it holds no answers of servers, pages or texts";
            Cut::Fault(
                Place { line: 0, byte: 0 },
                Problem::error("no articles", why, "give the file of the pages"),
            )
        })
    }
}

/// A stream that ends too early, or is no WARC further on, is a fault of the file and not of the disk.
fn broken(place: Place, error: io::Error) -> Cut {
    let what = match error.kind() {
        ErrorKind::UnexpectedEof if error.get_ref().is_none() => "cut short",
        ErrorKind::InvalidData if error.get_ref().is_some_and(|e| !e.is::<super::stream::Broken>()) => {
            "damaged"
        }
        _ => return Cut::Broken(place, error),
    };
    let why =
        format!("the WARC file breaks off ({}); what stands before was read", super::walk::cause(&error));
    Cut::Fault(place, Problem::error(what, why, "fetch the file again"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, content: &str, body: &str) -> String {
        let length = body.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <http://a/{length}>\r\n\
             Content-Type: {content}\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
    }

    fn cuts(text: &str) -> Vec<String> {
        let stream: Stream = Box::new(io::Cursor::new(text.as_bytes().to_vec()));
        let limits = Limits { article_bytes: 50, ..Limits::default() };
        let tell = |cut| match cut {
            Cut::Body(at, Body::Web(web)) => format!("{} {} {:?}", at.line, web.url, web.payload),
            Cut::Fault(at, problem) => format!("{} {}", at.line, problem.what),
            other => panic!("{other:?}"),
        };
        Warc::new(stream, limits).map(tell).collect()
    }

    #[test]
    fn pages_are_found_among_records() {
        let http = "application/http; msgtype=response";
        let text = [
            record("warcinfo", "application/warc-fields", "a: b"),
            record("request", "application/http; msgtype=request", "GET /"),
            record("response", http, "HTTP/1.1 200 OK\r\n\r\nWARC/1.0"),
            record("response", http, &"x".repeat(60)),
            record("resource", "text/html", "<p>"),
            record("resource", "image/png", "png"),
            record("conversion", "text/plain", "Một câu."),
        ];
        let want = ["3 http://a/27 Http", "4 too long", "5 http://a/3 Html", "7 http://a/11 Text"];
        assert_eq!(cuts(&text.concat()), want);
        assert_eq!(cuts(&text[..2].concat()), ["0 no articles"]);
        let whole = text[6..].concat();
        assert_eq!(cuts(&whole[..whole.len() - 9]), ["0 cut short", "0 no articles"]);
        assert_eq!(cuts(&(whole + "oops\r\n")), ["1 http://a/11 Text", "1 damaged"]);
    }
}
