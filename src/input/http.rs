//! Answers of web servers as crawls keep them: headers, and a body that may be chunked and packed.

use super::fault::Problem;
use std::io::{self, Read};

/// Headers, of whatever protocol, with their names in small letters.
#[derive(Debug)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Reads the lines of a block, the first of which says what it is.
    pub fn of(block: &[u8]) -> Self {
        let block = String::from_utf8_lossy(block);
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.trim().to_ascii_lowercase(), value.trim().to_string()))
        };
        Headers(block.lines().skip(1).filter_map(header).collect())
    }

    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// A page in an answer.
#[derive(Debug)]
pub struct Answer {
    /// its bytes, as its author wrote them
    pub body: Vec<u8>,
    /// the encoding that the server names
    pub charset: Option<String>,
}

/// The page in an answer; nothing if it is none, as images, redirects and errors are. No page is larger than `most`.
pub fn page(bytes: &[u8], most: usize) -> Result<Option<Answer>, Problem> {
    let end = memchr::memmem::find(bytes, b"\r\n\r\n").map(|n| (n, n + 4));
    let end = end.or_else(|| memchr::memmem::find(bytes, b"\n\n").map(|n| (n, n + 2)));
    let (head, body) = end.map_or((bytes, &[][..]), |(end, start)| (&bytes[..end], &bytes[start..]));
    let headers = Headers::of(head);
    let kind = headers.get("content-type").unwrap_or("text/html").to_ascii_lowercase();
    if !is_success(head) || !kind.contains("html") {
        return Ok(None);
    }
    let coding = |name| headers.get(name).unwrap_or_default().to_ascii_lowercase();
    let body = match coding("transfer-encoding").contains("chunked") {
        // Some crawlers join the chunks and leave the header as it was.
        true => joined(body).unwrap_or_else(|| body.to_vec()),
        false => body.to_vec(),
    };
    let body = unpacked(body, &coding("content-encoding"), most)?;
    let charset =
        kind.split_once("charset=").map(|(_, name)| name.trim_matches(['"', '\'', ' ']).to_string());
    Ok(Some(Answer { body, charset }))
}

/// `HTTP/1.1 200 OK`
fn is_success(head: &[u8]) -> bool {
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    line.split(|&b| b == b' ').nth(1).is_some_and(|status| status.starts_with(b"2"))
}

/// The chunks of a body one behind the other; nothing if they are no chunks.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memchr(b'\n', body)?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        let chunk = body.get(end + 1..)?.get(..size)?;
        whole.extend_from_slice(chunk);
        body = &body[end + 1 + size..];
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n"))?;
    }
}

fn unpacked(body: Vec<u8>, coding: &str, most: usize) -> Result<Vec<u8>, Problem> {
    let packed: Box<dyn Read + '_> = match coding {
        // Crawlers often unpack the body and leave the header as it was.
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
            Box::new(flate2::read::MultiGzDecoder::new(&*body))
        }
        "deflate" if body.first().is_some_and(|b| b & 15 == 8) => {
            Box::new(flate2::read::ZlibDecoder::new(&*body))
        }
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => {
            Box::new(zstd::stream::read::Decoder::new(&*body).map_err(|error| damaged(coding, &error))?)
        }
        "br" if std::str::from_utf8(&body).is_err() => {
            let hint = "let the crawler ask for gzip";
            return Err(Problem::error("not readable", "the page is packed with Brotli", hint));
        }
        _ => return Ok(body),
    };
    let mut page = Vec::new();
    packed.take(most as u64 + 1).read_to_end(&mut page).map_err(|error| damaged(coding, &error))?;
    if page.len() > most { Err(super::reader::too_long("page", None, most)) } else { Ok(page) }
}

fn damaged(coding: &str, error: &io::Error) -> Problem {
    let why = format!("the {coding} of the page breaks off ({})", super::walk::cause(error));
    Problem::error("damaged", why, "fetch the page again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn told(answer: &[u8]) -> Option<(String, Option<String>)> {
        let page = page(answer, 1000).unwrap();
        page.map(|page| (String::from_utf8(page.body).unwrap(), page.charset))
    }

    #[test]
    fn bodies_are_joined_and_unpacked() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all("Một câu.".as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        let packed = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".as_slice(), &gzip].concat();
        let all = Some(("Một câu.".to_string(), None));
        assert_eq!(told(&packed), all);
        let chunks = "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nM\u{1ed9}\r\n6;x\r\nt c\u{e2}u\r\n1\r\n.\r\n0\r\n\r\n";
        assert_eq!(told(chunks.as_bytes()), all);
        let left = "HTTP/1.1 200\nTransfer-Encoding: chunked\nContent-Encoding: gzip\n\nMột câu.";
        assert_eq!(told(left.as_bytes()), all);
        let charset = "HTTP/1.1 200\r\ncontent-type: text/html; charset=\"UTF-8\"\r\n\r\nMột câu.";
        assert_eq!(told(charset.as_bytes()), Some(("Một câu.".to_string(), Some("utf-8".to_string()))));
        assert_eq!(page(&packed[..packed.len() - 9], 1000).unwrap_err().what, "damaged");
        assert_eq!(page(&packed, 4).unwrap_err().what, "too long");
    }

    #[test]
    fn what_is_no_page_is_none() {
        for answer in [
            "HTTP/1.1 404 Not Found\r\n\r\n<p>",
            "HTTP/1.1 301\r\nLocation: /\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\npng",
            "oops",
        ] {
            assert_eq!(told(answer.as_bytes()), None, "{answer}");
        }
    }
}
