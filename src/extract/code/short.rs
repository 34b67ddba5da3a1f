//! Short citations: a type's name and a number (`Chỉ thị 16`), alone or in a list (`Nghị quyết 18 và 19`), and
//! numbers whose tail stands at the end of a list (`số 18, 19-NQ/TW`).

use super::head::Head;
use super::lexicon::Cited;
use super::scan::{Full, Reader};
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::keyword;
use crate::text::token::{Gap, Shape};

/// Longest list that is read.
const LIST: usize = 12;

/// A short citation.
#[derive(Clone, Debug)]
pub(super) struct Short {
    /// head and number; in a list, behind the first, the number alone
    pub span: Span,
    /// the rule
    pub rule: &'static str,
    /// `07`
    pub number: String,
    /// `176/2013`
    pub year: Option<u16>,
    /// a year further behind (`Nghị định 46 năm 2016`), which only helps to find the full code
    pub year_hint: Option<u16>,
    /// the head
    pub head: Head,
}

impl Reader<'_> {
    /// The numbers left of a full code that share its tail.
    pub fn elided(&self, full: &Full, taken: impl Fn(usize) -> bool) -> Vec<Full> {
        let mut items = Vec::new();
        let (mut at, mut cued) = (full.span.start, 0);
        if matches!(full.rule, "code.standard" | "code.old" | "code.bare") {
            return items;
        }
        while items.len() < LIST {
            let Some((start, end, number, year)) = self.item_before(at, full.year.is_some()) else { break };
            if taken(start) {
                break;
            }
            let year = year.or_else(|| full.year.clone());
            let span = Span::new(start, end);
            items.push(Full { span, rule: "code.elided", number, year, ..full.clone() });
            at = start;
            if self.cue(start) != super::scan::Cue::None {
                cued = items.len();
                if self.head(start).is_some() {
                    break;
                }
                // `số 01, số 02/2021/TT-BTC`
                at = start - 1;
            }
        }
        items.truncate(cued);
        items
    }

    /// The number that ends before the comma or `và` before token `at`.
    fn item_before(&self, at: usize, with_year: bool) -> Option<(usize, usize, String, Option<String>)> {
        let doc = self.doc;
        let joint = at.checked_sub(1).filter(|&i| self.is_joint(i) && doc.gap(at) != Gap::Line)?;
        let end = joint;
        let last = end.checked_sub(1)?;
        let starts = [last, last.checked_sub(1)?, last.saturating_sub(2)];
        starts.into_iter().find_map(|start| {
            if doc.shape(start) != Shape::Digits
                || (start > 0 && doc.gap(start) == Gap::None && self.is_inside(start))
            {
                return None;
            }
            let (number, next) = self.number(start)?;
            if next == end {
                return Some((start, end, number, None));
            }
            let year =
                (with_year && doc.is_mark(next, b'/') && next + 2 == end).then(|| self.text(next + 1))?;
            (year.len() == 4).then(|| (start, end, number, Some(year.to_string())))
        })
    }

    /// Glued to a mark or digit that makes it part of another number.
    fn is_inside(&self, i: usize) -> bool {
        matches!(&*self.text(i - 1), "/" | "." | ":") || self.doc.is_mark(i - 1, b'-')
    }

    fn is_joint(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.is_mark(i, b',') || doc.is_mark(i, b';') || doc.is_mark(i, b'&') || doc.word(i) == keyword::VA
    }

    /// The short citations that begin with the number at `i`.
    pub fn short(&self, i: usize, taken: impl Fn(usize) -> bool, out: &mut Vec<Short>) {
        let Some(head) = self.head(i) else { return };
        let lost = |end, why| self.doc.trace.lost(Span::new(head.start, end), "code.short", why);
        if matches!(head.cited, Cited::Never | Cited::Licence) {
            return lost(
                i + 1,
                "documents of this type are never cited by number alone (code_words: kinds strong, plain, weak)",
            );
        }
        if (head.start..i).any(&taken) {
            return;
        }
        let Some((number, year, end)) = self.cited_number(i, head.cited) else {
            return lost(i + 1, "what is glued to the number makes it part of something else");
        };
        if !self.is_cited(&head, &number, year, end) {
            return lost(
                end,
                "the number counts or orders something, or the words before it are no citation",
            );
        }
        let year_hint = year.or_else(|| self.year_behind(end));
        let span = Span::new(head.start, end);
        out.push(Short { span, rule: "code.short", number, year, year_hint, head: head.clone() });
        self.short_list(&head, end, &taken, out);
    }

    /// Further numbers behind a short citation: `, 16 và 19`.
    fn short_list(&self, head: &Head, mut at: usize, taken: impl Fn(usize) -> bool, out: &mut Vec<Short>) {
        let mut items = Vec::new();
        while items.len() < LIST && self.is_list_mark(at) {
            let next = if self.doc.word(at + 1) == keyword::SO { at + 2 } else { at + 1 };
            if self.doc.shape(next) != Shape::Digits || taken(next) || self.doc.gap(next) == Gap::Line {
                break;
            }
            let Some((number, year, end)) = self.cited_number(next, head.cited) else { break };
            let small = number.len() < 2 && head.cited != Cited::Strong;
            let free = head.cited == Cited::Strong && !self.is_counted(end) && !self.is_amount(end);
            if small || !(self.is_closed(end) || self.is_list_mark(end) || free) {
                break;
            }
            let year_hint = year.or_else(|| self.year_behind(end));
            let span = Span::new(next, end);
            items.push(Short { span, rule: "code.short-list", number, year, year_hint, head: head.clone() });
            at = end;
        }
        out.extend(items);
    }

    fn is_list_mark(&self, at: usize) -> bool {
        let range = self.doc.is_mark(at, b'-') && self.text(at + 1).starts_with('0');
        self.is_joint(at) && !self.doc.is_mark(at, b';') || self.doc.word(at) == keyword::HOAC || range
    }

    /// Number, year and end of a number that stands bare: nothing glued behind it.
    fn cited_number(&self, i: usize, cited: Cited) -> Option<(String, Option<u16>, usize)> {
        let doc = self.doc;
        let (number, mut end) = self.number(i)?;
        let glued = |at: usize| at < doc.tokens.len() && doc.gap(at) == Gap::None;
        let mut year = None;
        if glued(end) && (doc.is_mark(end, b'/') || doc.is_mark(end, b'-')) {
            let digits = self.text(end + 1);
            let found = digits.parse().ok().filter(|y| digits.len() == 4 && (1945..2100).contains(y));
            let longest = if doc.is_mark(end, b'/') { 4 } else { 3 };
            let month = cited == Cited::Weak && number.parse().is_ok_and(|n: u16| n <= 12);
            if let Some(found) = found.filter(|_| number.len() <= longest && glued(end + 1) && !month) {
                (year, end) = (Some(found), end + 2);
            }
        }
        if glued(end) {
            let digits = glued(end + 1) && doc.shape(end + 1) == Shape::Digits;
            let letters = glued(end + 1) && doc.shape(end + 1).is_word();
            let mark = self.text(end);
            let inner = match &*mark {
                "%" | "+" | "/" => true,
                "," => digits && !(year.is_none() && self.is_closed_list(end)),
                "." | ":" => digits,
                _ => doc.shape(end) != Shape::Mark || doc.is_mark(end, b'-') && (digits || letters),
            };
            if inner {
                return None;
            }
        }
        Some((number, year, end))
    }

    /// `03,04` in a list, not a decimal: both have a leading zero.
    fn is_closed_list(&self, comma: usize) -> bool {
        self.text(comma + 1).starts_with('0') && self.text(comma - 1).starts_with('0')
    }

    /// Whether head and number cite a document rather than count something.
    fn is_cited(&self, head: &Head, number: &str, year: Option<u16>, end: usize) -> bool {
        let doc = self.doc;
        let shape = doc.shape(head.start);
        let capital = shape.is_capital();
        let digits = number.trim_end_matches(|c: char| !c.is_ascii_digit());
        let value: u32 = digits.parse().unwrap_or(0);
        let year_like = !head.number_word && year.is_none() && (1945..=2030).contains(&value);
        let upper_suffix = number.len() > digits.len() && number.ends_with(|c: char| c.is_ascii_uppercase());
        if value == 0
            || doc.is_mark(end, b'%')
            || doc.is_mark(end, b'+')
            || !head.number_word && self.is_amount(end)
        {
            return false;
        }
        let closed = self.is_closed(end);
        let countable = !closed && self.is_counted(end);
        let telling = digits.starts_with('0') && digits.len() > 1 || digits.len() >= 3;
        let telling = telling || year.is_some() || self.is_dated(end);
        let suffixed = number.len() > digits.len() && digits.len() > 1;
        let title = capital && shape != Shape::Upper;
        match head.cited {
            Cited::Strong if head.number_word || year.is_some() => true,
            Cited::Strong if capital => !year_like,
            Cited::Strong => !year_like && !countable,
            Cited::Plain | Cited::Weak | Cited::Numbered if head.number_word => {
                capital && !countable || digits.len() > 1
            }
            Cited::Plain if upper_suffix => false,
            Cited::Plain if year.is_some() => true,
            Cited::Plain if capital => !countable,
            Cited::Plain => !year_like && (closed && digits.len() > 1 || telling && !countable),
            Cited::Weak if suffixed => !upper_suffix || title && closed,
            Cited::Weak => (title || telling) && closed && !year_like,
            Cited::Law => true,
            Cited::Numbered | Cited::Never | Cited::Licence => false,
        }
    }

    /// A date follows: `ngày 22/9`.
    fn is_dated(&self, end: usize) -> bool {
        let doc = self.doc;
        doc.word(end) == keyword::NGAY
            && doc.shape(end + 1) == Shape::Digits
            && (doc.shape(end + 2) == Shape::Mark && doc.shape(end + 3) == Shape::Digits
                || doc.word(end + 2) == keyword::THANG)
    }

    /// A unit of money or a magnitude follows.
    fn is_amount(&self, end: usize) -> bool {
        let magnitude = ["tỷ", "tỉ", "triệu", "nghìn", "ngàn", "USD"];
        magnitude.contains(&&*self.text(end))
    }

    /// What follows is counted by the number: `Kế hoạch 5 năm`.
    fn is_counted(&self, end: usize) -> bool {
        let calendar = matches!(self.doc.word(end), keyword::NGAY | keyword::NAM | keyword::THANG);
        if calendar {
            return self.doc.shape(end + 1) != Shape::Digits;
        }
        self.doc.gap(end) != Gap::Line && self.doc.hit(TableId::CountNouns, end).is_some()
    }

    /// A mark, a line's end or a word that cannot be counted follows.
    fn is_closed(&self, end: usize) -> bool {
        let doc = self.doc;
        if doc.gap(end) == Gap::Line || end >= doc.tokens.len() {
            return true;
        }
        if doc.shape(end) == Shape::Mark {
            return !matches!(&*self.text(end), "+" | "%" | "/" | "°" | "x" | "×" | "-");
        }
        if matches!(doc.word(end), keyword::NGAY | keyword::NAM | keyword::THANG) {
            return doc.shape(end + 1) == Shape::Digits;
        }
        doc.shape(end).is_word() && self.lexicon.ends_number(&self.text(end))
    }

    fn year_behind(&self, end: usize) -> Option<u16> {
        let at = if self.doc.word(end) == keyword::NAM { end + 1 } else { return None };
        self.text(at).parse().ok().filter(|y| (1945..2100).contains(y))
    }
}

impl Short {
    /// The canonical code where the article gives no fuller one. A law has no letters but those of its assembly.
    pub fn canonical(&self) -> Option<String> {
        let letters = match (self.head.letters.as_str(), self.head.cited) {
            ("", Cited::Law) => self.year.map(|_| "QH")?,
            (_, Cited::Law) if self.head.row.is_none() => return None,
            ("", _) => return None,
            (letters, _) => letters,
        };
        Some(match self.year {
            Some(year) => format!("{}/{year}/{letters}", self.number),
            None => format!("{}-{letters}", self.number),
        })
    }

    /// Whether `full` may be what is cited.
    pub fn fits(&self, full: &Full) -> bool {
        let plain = |number: &str| number.trim_start_matches('0').to_lowercase();
        let full_year = full.year.as_ref().and_then(|year| year.parse::<u16>().ok());
        let year = self.year.or(self.year_hint);
        let years = year.zip(full_year).is_none_or(|(a, b)| a == b);
        let assembly = full.suffix.starts_with("/QH") || full.suffix.starts_with("/UBTVQH");
        let head = self.head.letters.as_str();
        let types = match &full.letters {
            Some(letters) => head == letters || head == "VB" || head == "CTrHĐ" && letters == "CTr",
            None if assembly => matches!(head, "" | "NQ" | "PL"),
            None => matches!(head, "CV" | "VB"),
        };
        types && years && plain(&self.number) == plain(&full.number)
    }
}
