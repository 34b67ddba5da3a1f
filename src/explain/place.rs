//! The place that is asked for: `doc:start`, or a start alone.

use crate::record::Field;
use std::str::FromStr;

/// A place in an article, as it is given on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// the article as written, up to the last colon; any if there is none
    pub doc: Option<String>,
    /// the code point
    pub start: usize,
}

impl FromStr for At {
    type Err = String;

    /// `doc:start`, `doc:title:start`, `start`; an id may hold colons itself.
    fn from_str(text: &str) -> Result<Self, String> {
        let (doc, start) = match text.rsplit_once(':') {
            Some((doc, start)) => (Some(doc.to_string()), start),
            None => (None, text),
        };
        let start = start.trim().parse().map_err(|_| {
            format!("{start:?} is not a number of code points; write DOC:START, as in page.txt:515")
        })?;
        Ok(At { doc, start })
    }
}

impl At {
    /// The field of the article called `id` that is meant; none if another article is. `page.txt:title:12` is place 12
    /// in the title of `page.txt`, unless an article is called `page.txt:title`.
    pub fn field(&self, id: &str) -> Option<Field> {
        let Some(doc) = &self.doc else { return Some(Field::Text) };
        match doc.strip_prefix(id)? {
            "" | ":text" => Some(Field::Text),
            ":title" => Some(Field::Title),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_colon_parts_article_and_place() {
        let field = |at: &str, id: &str| at.parse::<At>().ok().and_then(|at| Some((at.field(id)?, at.start)));
        assert_eq!(field("a1:28", "a1"), Some((Field::Text, 28)));
        assert_eq!(field("https://bao.vn/a:28", "https://bao.vn/a"), Some((Field::Text, 28)));
        assert_eq!(field("https://bao.vn/a:title:3", "https://bao.vn/a"), Some((Field::Title, 3)));
        assert_eq!(field("a:title:3", "a:title"), Some((Field::Text, 3)));
        assert_eq!(field("a:text:3", "a"), Some((Field::Text, 3)));
        assert_eq!(field("28", "any"), Some((Field::Text, 28)));
        assert_eq!(field("a1:28", "a"), None);
        assert_eq!(field("a:28", "a1"), None);
        for bad in ["", "a1:", "a1:x", "a1:-3", "https://bao.vn/a", "a1:99999999999999999999999"] {
            assert!(bad.parse::<At>().is_err(), "{bad}");
        }
    }
}
