//! The page of `vnfacts report`: articles with their records, to look through and to judge. One file, which asks nothing
//! of anybody: markup, style and script stand in it, and a Content-Security-Policy allows no more than these, by their
//! hashes. What articles say is data for the script ([`pack`]), never markup.
//!
//! The scripts in `page/` build everything from that data with text nodes; `frame.html` is the frame, `style.css` the
//! looks.

pub mod pack;

use crate::record::{ArticleRecord, Field};
use crate::text::codepoint::Slices;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pack::Packer;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The frame, with places for the rest.
const FRAME: &str = include_str!("page/frame.html");
const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = concat!(
    "(() => {\n'use strict';\n",
    include_str!("page/labels.js"),
    include_str!("page/data.js"),
    include_str!("page/marks.js"),
    include_str!("page/review.js"),
    include_str!("page/edit.js"),
    include_str!("page/index.js"),
    include_str!("page/filter.js"),
    include_str!("page/view.js"),
    include_str!("page/panel.js"),
    include_str!("page/frame.js"),
    "})();\n",
);

/// What the page is made of.
#[derive(Debug)]
pub struct Page<'a> {
    /// its articles, with their texts
    pub articles: &'a [ArticleRecord<'static>],
    /// of how many they were chosen
    pub of: u64,
}

/// What the script reads.
#[derive(Serialize)]
struct Data<'a> {
    version: &'static str,
    /// of the articles and all that is said of them: what a reader's verdicts are kept by
    hash: &'a str,
    of: u64,
    articles: &'a [Value],
    #[serde(flatten)]
    packer: &'a Packer,
}

impl Page<'_> {
    /// Writes the page; the same articles give the same bytes.
    pub fn write(&self) -> String {
        let style = element("style", STYLE);
        let script = element("script", SCRIPT);
        let mut page = String::new();
        let mut rest = FRAME;
        for (place, content) in [
            ("{policy}", policy().as_str()),
            ("{style}", &style),
            ("{data}", &escaped(&self.data())),
            ("{script}", &script),
        ] {
            let (before, behind) = rest.split_once(place).expect("the frame has a place for each");
            page.push_str(before);
            page.push_str(content);
            rest = behind;
        }
        page + rest
    }

    fn data(&self) -> String {
        let mut packer = Packer::default();
        let articles: Vec<Value> = self.articles.iter().map(|article| packed(article, &mut packer)).collect();
        let mut data = Data {
            version: env!("CARGO_PKG_VERSION"),
            hash: "",
            of: self.of,
            articles: &articles,
            packer: &packer,
        };
        let hash = STANDARD.encode(Sha256::digest(json(&data)));
        data.hash = &hash;
        json(&data)
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("data can always be written to memory")
}

fn packed(article: &ArticleRecord<'_>, packer: &mut Packer) -> Value {
    let ArticleRecord { doc, url, title, published, text, records } = article;
    let [text_slices, title_slices] =
        [text, title].map(|field| Slices::new(field.as_deref().unwrap_or_default()));
    let slices = |field| if field == Field::Text { &text_slices } else { &title_slices };
    let records: Vec<Value> =
        records.iter().map(|record| packer.record(record, slices(record.field))).collect();
    json!([doc, url, title, published.map(|day| day.to_string()), text, records])
}

fn element(name: &str, content: &str) -> String {
    format!("<{name}>{content}</{name}>")
}

/// What the page may do: run this script, look like this, and nothing else.
fn policy() -> String {
    let [script, style] = [SCRIPT, STYLE].map(|content| STANDARD.encode(Sha256::digest(content)));
    format!(
        "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// JSON that can stand in an element: nothing in it can end that, or begin another.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 64);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_ends_its_element() {
        let json = r#"{"a":"</script><!--<script>&amp;"}"#.replace('a', "\u{2028}\u{2029}");
        let safe = escaped(&json);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(
            serde_json::from_str::<Value>(&safe).unwrap(),
            serde_json::from_str::<Value>(&json).unwrap()
        );
    }

    #[test]
    fn script_and_style_cannot_end_early() {
        for (content, end) in [(SCRIPT, "</script"), (SCRIPT, "<!--"), (STYLE, "</style")] {
            assert!(!content.contains(end), "{end}");
        }
    }
}
