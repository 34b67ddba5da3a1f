//! The stages from characters to sentences: case tables for stamps, blocks and sentences, and what holds for any text.

use vnfacts::article::Article;
use vnfacts::document::{Document, Scratch};
use vnfacts::gazetteer::Gazetteers;
use vnfacts::text::block::{Block, BlockKind};

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
    let gazetteers = tables();
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
        let found = read(gazetteers, &text, stamp);
        if found != want {
            wrong.push(format!("{text:?}\n  want {want:?}\n  have {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where the sentences of a page end, in bytes, the last one left out.
fn ends(doc: &Document<'_>) -> Vec<usize> {
    let mut ends: Vec<usize> = doc.sentences.iter().map(|s| doc.tokens[s.end - 1].end as usize).collect();
    ends.pop();
    ends
}

#[test]
fn sentences() {
    let gazetteers = tables();
    let mut wrong = Vec::new();
    let (mut boundaries, mut quiet) = (0, 0);
    for row in rows(include_str!("cases/sentences.tsv")) {
        let page = row[0].replace("\\n", "\n");
        boundaries += page.matches('‖').count();
        quiet += usize::from(!page.contains('‖'));
        // alone, and behind another paragraph
        for before in ["", "Trời mưa to.‖\n\n"] {
            let marked = format!("{before}{page}");
            let (text, mut want) = (marked.replace('‖', ""), Vec::new());
            for (n, (at, mark)) in marked.match_indices('‖').enumerate() {
                want.push(at - n * mark.len());
            }
            let found = read(gazetteers, &text, ends);
            if found != want {
                let shown =
                    found.iter().rev().fold(text.clone(), |t, &at| format!("{}‖{}", &t[..at], &t[at..]));
                wrong.push(format!("want {marked}\nhave {shown}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(boundaries >= 60 && quiet >= 40, "{boundaries} boundaries, {quiet} cases without one");
}

/// The kind of each line as the table writes it, with the place of the line it repeats.
fn kinds(doc: &Document<'_>) -> Vec<String> {
    let kind = |b: &Block| match b.duplicate_of {
        Some(first) => format!("{} = {}", name(b.kind), first + 1),
        None => name(b.kind),
    };
    doc.blocks.iter().map(kind).collect()
}

fn name(kind: BlockKind) -> String {
    serde_json::to_value(kind).unwrap().as_str().unwrap().to_string()
}

#[test]
fn blocks() {
    let gazetteers = tables();
    let lines: Vec<Vec<&str>> = rows(include_str!("cases/blocks.tsv")).collect();
    let mut wrong = Vec::new();
    for page in lines.split(|row| row[0] == "---") {
        let texts: Vec<&str> = page.iter().map(|row| row[1]).collect();
        for (title, joint) in [(false, "\n"), (false, "\n\n"), (true, "\r\n")] {
            // once more with the headline kept apart, where the page begins with it
            let apart = title && page[0][0] == "title";
            let text = texts[usize::from(apart)..].join(joint);
            let title = apart.then(|| texts[0].into());
            let article = Article { text: text.into(), title, ..Article::default() };
            let doc = Document::new(&article, gazetteers, &mut Scratch::default());
            let found = kinds(&doc);
            for (n, row) in page.iter().enumerate() {
                let found = found.get(n).map_or("nothing", |k| k);
                if found != row[0] {
                    wrong.push(format!("want {}, have {found}: {}", row[0], row[1]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What holds for any page.
fn check_any(gazetteers: &Gazetteers, title: Option<&str>, text: &str) {
    let title = title.map(Into::into);
    let article = Article { text: text.into(), title, ..Article::default() };
    let doc = Document::new(&article, gazetteers, &mut Scratch::default());
    let mut at = 0;
    for block in &doc.blocks {
        assert!(block.start == at && block.end > at, "blocks follow one another");
        at = block.end;
    }
    assert_eq!(at, doc.tokens.len(), "blocks cover the tokens");
    let body = doc.tokens.partition_point(|t| (t.start as usize) < doc.text_start);
    let split = doc.blocks.iter().all(|b| b.end <= body || body <= b.start);
    assert!(split, "a title ends where the text begins");
    at = 0;
    for sentence in &doc.sentences {
        let block = &doc.blocks[sentence.block];
        assert!(sentence.start == at && sentence.end > at, "sentences follow one another");
        assert!(block.start <= sentence.start && sentence.end <= block.end, "sentences keep to their block");
        at = sentence.end;
    }
    assert_eq!(at, doc.tokens.len(), "sentences cover the tokens");
    for block in &doc.blocks {
        let Some(first) = block.duplicate_of.map(|n| &doc.blocks[n]) else { continue };
        assert!(first.start < block.start, "a line repeats an earlier one");
    }
    if let Some(stamp) = doc.stamp {
        assert!(stamp.span.start < stamp.span.end && stamp.span.end <= doc.tokens.len());
    }
}

/// Pieces that the rules look at, so that random pages reach them.
const PIECES: &[&str] = &[
    " ",
    "\n",
    "\n\n",
    ".",
    "...",
    "…",
    "?",
    "!",
    ",",
    ":",
    "“",
    "”",
    "\"",
    "(",
    ")",
    "- ",
    "• ",
    "/",
    "./.",
    "TP.",
    "Th",
    "ThS.",
    "V.",
    "N.V.A.",
    "v.v.",
    "Điều",
    "5",
    "1.",
    "2019",
    "15/12/2019",
    "07:50",
    "Thứ",
    "Ba",
    "T4",
    "T",
    "GMT",
    "+7",
    "Z",
    "Cập nhật",
    "ngày",
    "tháng",
    "Theo",
    "TTXVN",
    "Ảnh:",
    "Tin liên quan",
    "0 bình luận",
    "In bài",
    "hội nghị",
    "Lê An",
    "UBND",
    "\u{200b}",
    "\u{301}",
    "\u{a0}",
    "a",
    "Á",
    "»",
    ">>",
    "'",
    "[",
    "]",
    "@",
    "vn",
];

proptest::proptest! {
    #[test]
    fn any_text(text in "\\PC*|(\\PC|\n){0,80}") {
        check_any(tables(), None, &text);
        check_any(tables(), Some("Lê An"), &text);
    }

    #[test]
    fn any_page(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        let text = pieces.concat();
        check_any(tables(), None, &text);
        check_any(tables(), Some(&text), &text);
    }
}

fn tables() -> &'static Gazetteers {
    static TABLES: std::sync::OnceLock<Gazetteers> = std::sync::OnceLock::new();
    TABLES.get_or_init(|| Gazetteers::embedded().unwrap())
}
