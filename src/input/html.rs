//! One HTML page to a row: headline, day and main text, without menus, boxes and scripts. The lead that
//! Vietnamese papers print above the text (`sapo`) is kept, wherever the page has it.

use super::decode::NO_ARTICLE;
use super::fault::Problem;
use super::fields::Slot;
use super::published;
use super::row::{Row, Value};
use dom_smoothie::{Config, Metadata, Readability, TextMode};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

/// How deep elements may stand in each other: what walks the tree of a page does so in recursion.
const MOST_DEPTH: usize = 400;

/// Where leads stand that are no part of the text.
const LEADS: &str = "[class*=sapo], [class*=Sapo], [id*=sapo], p.description, h2.description, p.lead, div.lead, h2.lead, \
                     [class*=article-lead], [class*=article-summary], [class*=detail-summary], [class*=tomtat], \
                     [class*=tom-tat], [itemprop=description]";

/// What stands around articles, by the names that Vietnamese sites give it.
const AROUND: &str = "nav, footer, [role=navigation], [class*=menu], [id*=menu], [class*=footer], [id*=footer], \
                      [class*=chantrang], [class*=chan-trang], [class*=breadcrumb], [class*=lienquan], \
                      [class*=lien-quan], [class*=related], [class*=tinkhac], [class*=tin-khac], [class*=comment], \
                      [class*=binhluan], [class*=binh-luan], [class*=social], [class*=share]";

/// Where days of publication stand besides the usual `meta`, and the attribute that holds them; none is the text.
const DAYS: &[(&str, Option<&str>)] = &[
    ("meta[itemprop=datePublished]", Some("content")),
    ("meta[name=pubdate]", Some("content")),
    ("meta[name=publishdate]", Some("content")),
    ("[itemprop=datePublished]", Some("datetime")),
    ("time[datetime]", Some("datetime")),
    ("time, [class*=date], [class*=Date], [class*=time], [class*=publish], [id*=date]", None),
];

/// What a page comes to.
pub struct Page {
    /// headline, address, day and text
    pub row: Row<'static>,
    /// what is odd about it
    pub warning: Option<Problem>,
}

/// Reads a page. `charset` is what a server says it is written in; else the page says so itself, or it is UTF-8.
pub fn page(bytes: &[u8], charset: Option<&str>) -> Result<Page, Problem> {
    let label = charset.map(str::as_bytes).or_else(|| declared(bytes));
    let encoding = label.and_then(Encoding::for_label).unwrap_or(UTF_8);
    let (text, encoding, lossy) = encoding.decode(bytes);
    // windows-1258 writes marks behind their letters.
    let text = if encoding == WINDOWS_1258 { text.nfc().collect::<String>().into() } else { text };
    let warning = lossy.then(|| {
        let why = format!("some bytes are no {}, so characters are missing in it", encoding.name());
        Problem::warning("bad characters", why, "name what it is written in: --encoding")
    });
    if depth(text.as_bytes()) > MOST_DEPTH {
        let why = format!("more than {MOST_DEPTH} elements stand in each other");
        return Err(Problem::error("nested too deeply", why, "drop the page"));
    }
    Ok(Page { row: row(&text)?, warning })
}

/// The encoding that a page names in its head.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(4096)];
    let start = memchr::memmem::find(head, b"charset=")? + "charset=".len();
    let label = head[start..].trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:".contains(b))?;
    Some(&label[..end])
}

/// At least how deep the elements of a page can stand in each other.
fn depth(html: &[u8]) -> usize {
    let (mut depth, mut most) = (0usize, 0);
    for at in memchr::memchr_iter(b'<', html) {
        match html.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b) if b.is_ascii_alphabetic() && !closes_itself(&html[at + 1..]) => depth += 1,
            _ => {}
        }
        most = most.max(depth);
    }
    most
}

/// Elements that are often left open and hold none of their kind.
fn closes_itself(tag: &[u8]) -> bool {
    const NAMES: &[&str] = &[
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
        "option", "p", "param", "source", "td", "th", "tr", "track", "wbr", "tbody", "path", "rect",
        "circle", "use",
    ];
    let end = tag.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(tag.len());
    NAMES.iter().any(|name| tag[..end].eq_ignore_ascii_case(name.as_bytes()))
}

fn row(html: &str) -> Result<Row<'static>, Problem> {
    let unreadable = |why: String| Problem::error(NO_ARTICLE, why, "drop the page if it is none");
    // News can be short: below the threshold the library gives up telling the article from what stands around it.
    let config = Config { text_mode: TextMode::Formatted, char_threshold: 150, ..Config::default() };
    let mut page =
        Readability::new(html, None, Some(config)).map_err(|error| unreadable(error.to_string()))?;
    let metadata = page.get_article_metadata(page.parse_json_ld());
    let (title, lead, day) = (headline(&page, &metadata), lead(&page, &metadata), day(&page, &metadata));
    let url = address(&page);
    clear(&page);
    let article = page.parse().map_err(|_| unreadable("no main text is found in the page".into()))?;
    let mut row = Row::default();
    row.set(Slot::Text, Value::Text(text(&article.text_content, &title, lead).into()));
    let mut set = |slot, value: Option<String>| {
        if let Some(value) = value {
            row.set(slot, Value::Text(value.into()));
        }
    };
    set(Slot::Title, Some(title));
    set(Slot::Published, day);
    set(Slot::Url, url);
    Ok(row)
}

/// Takes out what stands around the article; never much of the page, whatever that is called.
fn clear(page: &Readability) {
    let all = page.doc.text().len();
    for around in page.doc.select(AROUND).iter() {
        if around.text().len() < all / 3 && !around.select("h1, article").exists() {
            around.remove();
        }
    }
}

/// The headline of the text, if there is but one; else the one that the page names.
fn headline(page: &Readability, metadata: &Metadata) -> String {
    let headings = page.doc.select("h1");
    let mut texts = headings.iter().map(|heading| spaced(&heading.text())).filter(|text| !text.is_empty());
    match (texts.next(), texts.next()) {
        (Some(heading), None) => heading,
        _ => spaced(&metadata.title),
    }
}

/// The lead: an element that is called so, or that says what the page says of itself.
fn lead(page: &Readability, metadata: &Metadata) -> Option<String> {
    const SHORT: usize = 40;
    const LONG: usize = 1_500;
    let leads = page.doc.select(LEADS);
    let named =
        leads.iter().map(|lead| spaced(&lead.text())).find(|text| (SHORT..LONG).contains(&text.len()));
    named.or_else(|| {
        let about = spaced(metadata.excerpt.as_deref()?);
        let about = about.trim_end_matches(['.', '…']);
        if about.len() < SHORT {
            return None;
        }
        let blocks = page.doc.select("p, h2, h3, strong, div");
        let mut texts = blocks.iter().map(|block| spaced(&block.text()));
        texts.find(|text| text.starts_with(about) && text.len() < about.len() + LONG / 2)
    })
}

/// The first thing on the page that is a day.
fn day(page: &Readability, metadata: &Metadata) -> Option<String> {
    let named = metadata.published_time.clone().filter(|day| published::parse(day).is_some());
    named.or_else(|| {
        DAYS.iter().find_map(|(selector, attribute)| {
            page.doc.select(selector).iter().find_map(|found| {
                let day = match attribute {
                    Some(attribute) => found.attr(attribute)?.to_string(),
                    None => Some(spaced(&found.text())).filter(|text| text.len() < 80)?,
                };
                published::parse(&day).is_some().then_some(day)
            })
        })
    })
}

/// The address that the page gives itself.
fn address(page: &Readability) -> Option<String> {
    let link = page.doc.select("link[rel=canonical]").attr("href");
    let url = link.or_else(|| page.doc.select("meta[property=\"og:url\"]").attr("content"))?;
    let url = url.trim();
    (url.starts_with("http://") || url.starts_with("https://")).then(|| url.to_string())
}

/// The main text, without the headline above it, with the lead if it lacks that.
fn text(found: &str, title: &str, lead: Option<String>) -> String {
    let mut text = found.trim();
    if let Some((first, rest)) = text.split_once('\n')
        && spaced(first) == title
    {
        text = rest.trim_start();
    }
    match lead {
        Some(lead) if !spaced(text).contains(&*lead) && lead != title => format!("{lead}\n\n{text}"),
        _ => text.to_string(),
    }
}

/// One blank for every run of them.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
