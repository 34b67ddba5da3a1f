//! What stands behind a code: whose it is, its date, its title.

use super::lexicon::Lexicon;
use super::scan::{Full, Reader};
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::fold::fold;
use crate::text::keyword;
use crate::text::token::{Gap, Shape};

/// What the words behind a code say of it.
#[derive(Default)]
pub(super) struct Detail {
    /// the body behind `của`
    pub body: Option<Span>,
    /// EDTF
    pub issued: Option<String>,
    /// the title
    pub name: Option<String>,
}

/// Words at which a title that begins with `về` ends.
const TITLE_ENDS: [&str; 17] = [
    "đã", "sẽ", "thì", "là", "cũng", "nêu", "yêu", "có", "được", "đang", "vừa", "nhưng", "cho", "mà", "tại",
    "do", "gồm",
];
/// Longest title, in tokens.
const TITLE: usize = 60;

impl Reader<'_> {
    /// Reads on behind a code that ends at `end`.
    pub fn detail(&self, end: usize) -> Detail {
        let doc = self.doc;
        let limit = doc.sentence(end.saturating_sub(1)).end;
        let (mut detail, mut at) = (Detail::default(), end);
        for _ in 0..6 {
            let next = if doc.is_mark(at, b',') || doc.is_mark(at, b'(') { at + 1 } else { at };
            if at >= limit {
                break;
            }
            if let Some((issued, end)) = self.issued(next).filter(|_| detail.issued.is_none()) {
                detail.issued = Some(issued);
                at = end
                    + usize::from(doc.is_mark(end, b')') || doc.is_mark(end, b',') && self.goes_on(end + 1));
            } else if doc.word(at) == keyword::CUA && detail.body.is_none() {
                let Some(body) = self.body(at + 1, limit) else { break };
                at = body.end;
                detail.body = Some(body);
            } else if doc.word(next) == keyword::VE {
                detail.name = self.title(next + 1, limit);
                break;
            } else if doc.is_mark(at, b'"') {
                detail.name = self.quoted(at + 1, limit);
                break;
            } else if matches!(fold(&self.text(next)).as_str(), "khóa") {
                at = next + 2 + usize::from(doc.is_mark(next + 2, b')'));
            } else {
                break;
            }
        }
        detail
    }

    fn goes_on(&self, at: usize) -> bool {
        matches!(self.doc.word(at), keyword::CUA | keyword::VE)
    }

    /// `ngày 3-6-2017`, `ngày 24 tháng 01 năm 2014`, `năm 2013` at token `at`, and the token behind.
    fn issued(&self, at: usize) -> Option<(String, usize)> {
        let doc = self.doc;
        let number =
            |i: usize| (doc.shape(i) == Shape::Digits).then(|| self.text(i).parse::<u16>().ok()).flatten();
        if doc.word(at) == keyword::NAM {
            let year = number(at + 1).filter(|y| (1945..2100).contains(y))?;
            return Some((year.to_string(), at + 2));
        }
        let day_at = if doc.word(at) == keyword::NGAY { at + 1 } else { at };
        let day = number(day_at)?;
        let (month_at, year_at) = match doc.word(day_at + 1) {
            keyword::THANG => (day_at + 2, day_at + 4),
            _ if doc.shape(day_at + 1) == Shape::Mark => (day_at + 2, day_at + 4),
            _ => return None,
        };
        let month = number(month_at)?;
        let joint = doc.word(month_at + 1);
        let year =
            match joint == doc.word(day_at + 1) || joint == keyword::NAM || doc.is_mark(month_at + 1, b'/') {
                true => number(year_at).filter(|y| (1945..2100).contains(y)),
                false => None,
            };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let civil = |year: i16| jiff::civil::Date::new(year, month, day).ok();
        match year {
            Some(year) => civil(year as i16).map(|date| (date.to_string(), year_at + 1)),
            None if doc.word(at) == keyword::NGAY => {
                let published = doc.published?;
                let years = [published.year() - 1, published.year(), published.year() + 1];
                let dates = years.into_iter().filter_map(civil);
                let nearest = dates.min_by_key(|date| (date.duration_since(published).as_hours()).abs())?;
                Some((nearest.to_string(), month_at + 1))
            }
            None => None,
        }
    }

    /// The body at token `at`: a known one, or a run of capitals, with the place behind it.
    fn body(&self, at: usize, limit: usize) -> Option<Span> {
        let doc = self.doc;
        let mut end = doc.hit(TableId::Bodies, at).map_or(at, |hit| hit.end as usize);
        if end == at && !doc.shape(at).is_capital() {
            return None;
        }
        while end < limit {
            let level = matches!(
                fold(&self.text(end)).as_str(),
                "tỉnh" | "thành" | "quận" | "huyện" | "thị" | "xã" | "phường" | "phố"
            ) && (doc.shape(end + 1).is_capital() || doc.shape(end + 2).is_capital());
            let dotted = doc.is_mark(end, b'.') && doc.gap(end) == Gap::None && doc.gap(end + 1) == Gap::None;
            if !(level || dotted || doc.shape(end).is_capital()) {
                break;
            }
            end += 1;
        }
        Some(Span::new(at, end.min(limit))).filter(|span| span.start < span.end)
    }

    /// The title up to the closing quote.
    fn quoted(&self, at: usize, limit: usize) -> Option<String> {
        let end = (at..limit.min(at + TITLE)).find(|&i| self.doc.is_mark(i, b'"'))?;
        (end > at).then(|| self.doc.normal(Span::new(at, end)))
    }

    /// The title behind `về`: the quote, or the rest of the clause.
    fn title(&self, at: usize, limit: usize) -> Option<String> {
        let doc = self.doc;
        if doc.is_mark(at, b'"') {
            return self.quoted(at + 1, limit);
        }
        let mut end = at;
        while end < limit.min(at + TITLE) {
            let mark = doc.shape(end) == Shape::Mark;
            let inner = doc.is_mark(end, b'-') || doc.is_mark(end, b'/') || doc.is_mark(end, b'"');
            if mark && !inner && !(doc.is_mark(end, b',') && self.enumerates(end + 1)) {
                break;
            }
            if !mark && TITLE_ENDS.contains(&fold(&self.text(end)).as_str()) {
                break;
            }
            end += 1;
        }
        (end > at).then(|| doc.normal(Span::new(at, end)))
    }

    /// `phòng, chống`; `nông nghiệp, nông dân và nông thôn`: the comma is inside the title.
    fn enumerates(&self, at: usize) -> bool {
        let doc = self.doc;
        let pair = matches!(
            fold(&self.text(at)).as_str(),
            "chống" | "giám" | "bổ" | "đấu" | "lãng" | "cứu" | "chữa"
        );
        let list =
            (at..at + 6).take_while(|&i| doc.shape(i) != Shape::Mark).any(|i| doc.word(i) == keyword::VA);
        doc.shape(at) == Shape::Lower && (pair || list)
    }

    /// The name of the issuer: from the words behind the code, from the article, from the table.
    pub fn issuer_name(&self, full: &Full, body: Option<Span>) -> Option<String> {
        let issuer = &self.lexicon.issuers[full.issuer?];
        let said = body.map(|body| self.doc.normal(body));
        if let Some(said) = &said {
            if let Some(name) = issuer.names.iter().find(|name| fold(said).starts_with(&fold(name))) {
                return Some(if issuer.ambiguous { said.clone() } else { name.clone() });
            }
            if issuer.ambiguous && said.starts_with(&issuer.letters) {
                return Some(said.clone());
            }
        }
        if issuer.letters == "TU" {
            let place = body.and_then(|body| self.committee_in(body.start, body.end));
            if let Some(name) = place.or_else(|| self.committee.get_or_init(|| self.only_committee()).clone())
            {
                return Some(name);
            }
        }
        (!issuer.names.is_empty()).then(|| issuer.names.join("/"))
    }

    /// `Thành ủy Hà Nội`, `Tỉnh ủy Nghệ An` in a stretch of tokens.
    fn committee_in(&self, from: usize, to: usize) -> Option<String> {
        (from..to).find_map(|at| self.committee_at(at))
    }

    fn committee_at(&self, at: usize) -> Option<String> {
        let Lexicon { committee: [province, city, word], .. } = *self.lexicon;
        let doc = self.doc;
        if doc.word(at + 1) != word || !(doc.word(at) == province || doc.word(at) == city) {
            return None;
        }
        let place = doc.hit(TableId::Places, at + 2)?;
        let name = &doc.gazetteers.table(TableId::Places).rows[place.row as usize].cells[0];
        let head = if doc.word(at) == city { "Thành ủy" } else { "Tỉnh ủy" };
        Some(format!("{head} {name}"))
    }

    /// The one provincial committee that the article names.
    fn only_committee(&self) -> Option<String> {
        let mut names = (0..self.doc.tokens.len()).filter_map(|at| self.committee_at(at));
        let first = names.next()?;
        names.all(|name| name == first).then_some(first)
    }
}
