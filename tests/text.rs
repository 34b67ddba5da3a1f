//! The stages from characters to sentences: case tables for stamps, blocks and sentences, and what holds for any text.

use vnfacts::article::Article;
use vnfacts::document::{Document, Scratch};
use vnfacts::gazetteer::Gazetteers;

/// The rows of a case table: no comments, no header.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1).map(|l| l.split('\t').collect())
}

/// Reads a page and hands it to `look`.
fn read<T>(gazetteers: &Gazetteers, text: &str, look: impl FnOnce(&Document<'_>) -> T) -> T {
    let article = Article { text: text.into(), ..Article::default() };
    look(&Document::new(&article, gazetteers, &mut Scratch::default()))
}

/// The stamp of a page, as `text = day time`.
fn stamp(doc: &Document<'_>) -> Option<String> {
    let stamp = doc.stamp?;
    let time = stamp.minutes.map_or(String::new(), |m| format!(" {:02}:{:02}", m / 60, m % 60));
    Some(format!("{} = {}{time}", doc.surface(stamp.span), stamp.date))
}

#[test]
fn stamps() {
    let gazetteers = Gazetteers::embedded().unwrap();
    let mut wrong = Vec::new();
    for row in rows(include_str!("cases/stamps.tsv")) {
        let page = row[0].replace("\\n", "\n");
        let (open, close) = (page.find('['), page.rfind(']'));
        let (text, want) = match open.zip(close) {
            Some((open, close)) => {
                let inner = &page[open + 1..close];
                let own = inner.trim_matches(['[', ']']);
                (
                    format!("{}{inner}{}", &page[..open], &page[close + 1..]),
                    Some(format!("{own} = {}", row[1])),
                )
            }
            None => (page, None),
        };
        let found = read(&gazetteers, &text, stamp);
        if found != want {
            wrong.push(format!("{text:?}\n  want {want:?}\n  have {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
