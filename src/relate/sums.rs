//! Sums of awards: where the parts add up to a total that the article states, each part says of which total it is
//! a part. A heading says `Khen thưởng 58 tập thể, cá nhân`, and the text confers 20, 18 and 20 Bằng khen on
//! `tập thể, cá nhân`.
//!
//! Numbers add up by chance, too. So the parts must be all counted awards on the total's recipients in a stretch of
//! whole sentences, and leave out none of the kinds that the total names (`38 tập thể, cá nhân`: `20 tập thể`,
//! `18 cá nhân`). Where an award would be part of two sums, none of both is taken. A total that is stated again is
//! the first of both. Awards in a headline that the dump keeps apart are passed over, since `part_of` would not tell
//! that it counts there.

use crate::document::Document;
use crate::mention::Mention;
use crate::record::Award;
use crate::text::fold::fold;

/// A stretch has no more sentences than this …
const SENTENCES: usize = 8;
/// … and no more parts.
const PARTS: usize = 12;
/// An article that tells of more counted awards is a list, in which sums would come about by chance.
const AWARDS: usize = 256;

/// A counted award with its recipients.
struct Counted<'a> {
    index: usize,
    count: f64,
    heads: Vec<String>,
    form: Option<&'a str>,
    sentence: usize,
}

/// A total and its parts, as indices of counted awards.
struct Sum {
    total: usize,
    parts: Vec<usize>,
}

/// Sets `part_of` of every award that is part of a stated total, to the byte of the source where the total starts.
pub fn link(doc: &Document<'_>, awards: &mut [Mention<Award>]) {
    let counted = counted(doc, awards);
    if counted.len() < 3 || counted.len() > AWARDS {
        return;
    }
    let sums = sums(&counted);
    let clear = sums.iter().filter(|sum| {
        let shared = |other: &&Sum| other.parts.iter().any(|part| sum.parts.contains(part));
        sums.iter().filter(shared).count() == 1
    });
    let byte = |n: usize| doc.bytes(awards[counted[n].index].span).start;
    let links: Vec<(usize, usize)> =
        clear.flat_map(|sum| sum.parts.iter().map(|&part| (counted[part].index, byte(sum.total)))).collect();
    for (award, total) in links {
        awards[award].value.part_of = Some(total);
    }
}

fn counted<'a>(doc: &Document<'_>, awards: &'a [Mention<Award>]) -> Vec<Counted<'a>> {
    let one = |(index, mention): (usize, &'a Mention<Award>)| {
        let Award { form, count, recipients, .. } = &mention.value;
        let first = mention.span.start;
        let apart = doc.bytes(mention.span).start < doc.text_start;
        let passed = apart || doc.blocks[doc.block_of(first)].duplicate_of.is_some();
        let heads = heads(recipients.as_deref()?);
        let count = count.filter(|&n| n >= 1.0 && !passed && !heads.is_empty())?;
        Some(Counted { index, count, heads, form: form.as_deref(), sentence: doc.sentence_of(first) })
    };
    awards.iter().enumerate().filter_map(one).collect()
}

/// The kinds of recipients: `các tập thể và cá nhân` names two.
fn heads(recipients: &str) -> Vec<String> {
    let mut heads = vec![String::new()];
    for piece in recipients.split_inclusive([',', ' ']) {
        let word = fold(piece.trim_end_matches([',', ' ']));
        let ends = piece.ends_with(',');
        let (joins, counts) = (word == "và" || word == "cùng", word == "các" || word == "những");
        if let Some(head) = heads.last_mut().filter(|_| !joins && !counts && !word.is_empty()) {
            head.push_str(if head.is_empty() { "" } else { " " });
            head.push_str(&word);
        }
        if ends || joins {
            heads.push(String::new());
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

/// Whether two heads name one kind: the same, or one with something more said of it (`cá nhân tiêu biểu`).
fn same_head(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn covers(total: &[String], part: &[String]) -> bool {
    part.iter().all(|head| total.iter().any(|other| same_head(other, head)))
}

fn sums(counted: &[Counted<'_>]) -> Vec<Sum> {
    let mut sums = Vec::new();
    for total in 0..counted.len() {
        let again = |first: &Counted<'_>| {
            let total = &counted[total];
            first.count == total.count
                && covers(&first.heads, &total.heads)
                && covers(&total.heads, &first.heads)
        };
        if !counted[..total].iter().any(again) {
            sums_to(counted, total, &mut sums);
        }
    }
    sums
}

/// The stretches of sentences whose awards add up to one total.
fn sums_to(counted: &[Counted<'_>], total: usize, sums: &mut Vec<Sum>) {
    let whole = &counted[total];
    let fits = |part: &Counted<'_>| {
        let form = whole.form.is_none() || part.form.is_none() || part.form == whole.form;
        form && part.count < whole.count && covers(&whole.heads, &part.heads)
    };
    let parts: Vec<usize> = (0..counted.len()).filter(|&n| n != total && fits(&counted[n])).collect();
    let sentence = |at: usize| parts.get(at).map(|&n| counted[n].sentence);
    for start in 0..parts.len() {
        if start > 0 && sentence(start) == sentence(start - 1) {
            continue;
        }
        let mut sum = 0.0;
        for end in start..parts.len().min(start + PARTS) {
            sum += counted[parts[end]].count;
            let far = counted[parts[end]].sentence >= counted[parts[start]].sentence + SENTENCES;
            if far || sum > whole.count {
                break;
            }
            let whole_sentences = sentence(end) != sentence(end + 1);
            if sum == whole.count && whole_sentences && all_named(whole, &parts[start..=end], counted) {
                sums.push(Sum { total, parts: parts[start..=end].to_vec() });
            }
        }
    }
}

/// Whether each kind of recipients that the total names stands in a part.
fn all_named(whole: &Counted<'_>, parts: &[usize], counted: &[Counted<'_>]) -> bool {
    let named = |head: &String| parts.iter().any(|&n| counted[n].heads.iter().any(|h| same_head(h, head)));
    whole.heads.iter().all(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::document::Scratch;
    use crate::gazetteer::Gazetteers;
    use crate::mention::Span;
    use std::sync::OnceLock;

    /// Reads `[form|count|recipients]` as awards and says which of them, from 0, each is part of.
    fn parts(marked: &str) -> Vec<Option<usize>> {
        static TABLES: OnceLock<Gazetteers> = OnceLock::new();
        let tables = TABLES.get_or_init(|| Gazetteers::embedded().unwrap());
        let (mut text, mut said) = (String::new(), Vec::new());
        for (n, piece) in marked.split(['[', ']']).enumerate() {
            if n % 2 == 1 {
                let cells: Vec<&str> = piece.split('|').collect();
                said.push((text.len(), cells[0], cells[1], cells[2]));
                text.push_str("khen");
            } else {
                text.push_str(piece);
            }
        }
        let article = Article { text: text.as_str().into(), ..Article::default() };
        let doc = Document::new(&article, tables, &mut Scratch::default());
        let mention = |&(byte, form, count, recipients): &(usize, &str, &str, &str)| {
            let at = doc.tokens.iter().position(|t| t.start as usize == byte).unwrap();
            let some = |s: &str| (!s.is_empty()).then(|| s.to_string());
            let (form, recipients) = (some(form), some(recipients));
            let value = Award { form, count: count.parse().ok(), recipients, ..Award::default() };
            Mention { span: Span::new(at, at + 1), rule: "award.test", value }
        };
        let mut awards: Vec<Mention<Award>> = said.iter().map(mention).collect();
        link(&doc, &mut awards);
        let nth = |byte: usize| said.iter().position(|s| s.0 == byte);
        awards.iter().map(|m| m.value.part_of.and_then(nth)).collect()
    }

    #[track_caller]
    fn check(marked: &str, want: &[i32]) {
        let got: Vec<i32> = parts(marked).iter().map(|p| p.map_or(-1, |n| n as i32)).collect();
        assert_eq!(got, want, "{marked}");
    }

    #[test]
    fn parts_that_add_up() {
        // a heading, and one sentence that confers three times
        check(
            "Cuối năm [|58|tập thể, cá nhân].\nSở [Bằng khen|20|tập thể, cá nhân]; [Bằng khen|18|tập thể, cá nhân]; \
             [Bằng khen|20|các tập thể và cá nhân].\nHết.",
            &[-1, 0, 0, 0],
        );
        // the parts share out the kinds
        check("Xã [|38|tập thể, cá nhân].\nTrong đó [|20|tập thể] và [|18|cá nhân tiêu biểu].", &[-1, 0, 0]);
        // the total comes last; one part a line
        check("[Giấy khen|7|hộ].\n[Bằng khen|5|hộ].\nTất cả [|12|hộ].", &[2, 2, -1]);
        // the total in the sentence of its parts
        check(
            "Hội [Giấy khen|9|hội viên], gồm [Giấy khen|4|hội viên] nữ, [Giấy khen|5|hội viên] nam.",
            &[-1, 0, 0],
        );
        // a total that is stated twice is the first of both
        check("Tin [|30|cá nhân].\nHọ [|30|cá nhân].\nSở [|10|cá nhân], [|20|cá nhân].", &[-1, -1, 0, 0]);
        // others are honoured between them
        check("Tin [|9|hộ].\nXã [|4|hộ], [|50|học sinh], [|5|hộ].", &[-1, 0, -1, 0]);
        // a part that is a total itself
        check("Tin [|58|hộ].\nXã [|38|hộ].\nXóm [|20|hộ].\nNay [|8|hộ], [|12|hộ].", &[-1, 0, 0, 2, 2]);
    }

    #[test]
    fn parts_that_do_not() {
        // one too many, one too few
        check("Tin [|58|hộ].\nXã [|20|hộ], [|18|hộ], [|21|hộ].", &[-1; 4]);
        check("Tin [|58|hộ].\nXã [|20|hộ], [|18|hộ], [|19|hộ].", &[-1; 4]);
        // others are honoured
        check("Tin [|30|giáo viên].\nSở [|10|học sinh], [|20|học sinh].", &[-1; 3]);
        // a kind that the total names is in no part
        check("Tin [|30|tập thể, cá nhân].\nSở [|10|cá nhân], [|20|cá nhân].", &[-1; 3]);
        // the total does not say who
        check("Tin [|30|].\nSở [|10|cá nhân], [|20|cá nhân].", &[-1; 3]);
        // another award than the total's
        check("Tin [Bằng khen|30|hộ].\nSở [Giấy khen|10|hộ], [Giấy khen|20|hộ].", &[-1; 3]);
        // only some of the sentence's awards add up
        check("Tin [|30|hộ].\nSở [|10|hộ], [|20|hộ], [|5|hộ].", &[-1; 4]);
        // two stretches that share a part
        check("Tin [|6|hộ].\nMột [|2|hộ].\nHai [|4|hộ].\nBa [|2|hộ].", &[-1; 4]);
        // a part of two totals
        check("Tin [|6|hộ].\nKết [|10|hộ].\nMột [|4|hộ].\nHai [|2|hộ].\nBa [|4|hộ].", &[-1; 5]);
        // one part is no sum
        check("Tin [|6|hộ].\nMột [|6|hộ].\nHai [|7|hộ].", &[-1; 3]);
    }
}
