//! What part of the page a line is, told by its own words first, then by its place among the others. Only what is
//! surely furniture becomes boilerplate: a fact lost there is lost for good.

use super::block::{Block, BlockKind};
use super::keyword as kw;
use super::page::{Effect, Page};
use super::stamp::Stamp;
use super::token::Shape;
use crate::gazetteer::schema::TableId;

/// Most tokens of a headline, a heading, a byline, a line of furniture; a caption may be longer.
const TITLE: usize = 50;
const HEADING: usize = 28;
const BYLINE: usize = 8;
const FURNITURE: usize = 40;
const CAPTION: usize = 100;
/// Fewest and most tokens of a lead; a longer paragraph is the whole text in one.
const LEAD: usize = 10;
const LONG: usize = 150;
/// Most tokens of a line behind the end of the article that names another article.
const RELATED: usize = 45;

/// Tells the kind of every block. `text_start` is the first token behind a title that was kept apart, else 0.
pub fn tell(page: &Page<'_>, blocks: &mut [Block], text_start: usize, stamp: Option<Stamp>) {
    let mut layout = Layout { page, blocks, known: Vec::new(), cuts: Vec::new() };
    layout.tell_by_words(text_start, stamp);
    let body = layout.tell_top();
    layout.tell_by_place(body);
    let mut done = 0;
    for n in std::mem::take(&mut layout.cuts) {
        if n >= done {
            done = layout.cut_related(n);
        }
    }
}

struct Layout<'p> {
    page: &'p Page<'p>,
    blocks: &'p mut [Block],
    /// whether the kind of a block is settled
    known: Vec<bool>,
    /// headings of lists of other articles
    cuts: Vec<usize>,
}

impl Layout<'_> {
    fn settle(&mut self, n: usize, kind: BlockKind) {
        self.blocks[n].kind = kind;
        self.known[n] = true;
    }

    fn line(&self, n: usize) -> Line<'_> {
        Line { page: self.page, start: self.blocks[n].start, end: self.blocks[n].end }
    }

    fn tell_by_words(&mut self, text_start: usize, stamp: Option<Stamp>) {
        self.known = vec![false; self.blocks.len()];
        for n in 0..self.blocks.len() {
            let line = self.line(n);
            let stamped = stamp.is_some_and(|s| line.start <= s.span.start && s.span.start < line.end);
            let kind = match () {
                _ if line.start < text_start => Some(BlockKind::Title),
                _ if stamped && line.len() <= FURNITURE => Some(BlockKind::Meta),
                _ => line.kind(),
            };
            if kind == Some(BlockKind::Boilerplate) && line.furniture() == Some((Effect::Cut, false)) {
                self.cuts.push(n);
            }
            if let Some(kind) = kind {
                self.settle(n, kind);
            }
        }
    }

    /// The first block from `from` on whose kind is open.
    fn open_from(&self, from: usize) -> Option<usize> {
        (from..self.blocks.len()).find(|&n| !self.known[n])
    }

    /// Kicker, title and lead; gives the first block behind them.
    fn tell_top(&mut self) -> usize {
        let Some(mut first) = self.open_from(0) else { return self.blocks.len() };
        if !self.blocks[..first].iter().any(|b| b.kind == BlockKind::Title) {
            let next = self.open_from(first + 1);
            if self.line(first).is_kicker() && next.is_some_and(|n| self.line(n).is_headline()) {
                self.settle(first, BlockKind::Kicker);
                first = next.unwrap_or(first);
            }
            if self.line(first).is_headline() && first + 1 < self.blocks.len() {
                self.settle(first, BlockKind::Title);
                first += 1;
            }
        }
        // a byline may stand between headline and lead
        let Some(mut lead) = self.open_from(first) else { return self.blocks.len() };
        if self.line(lead).is_byline() && lead + 1 < self.blocks.len() {
            self.settle(lead, BlockKind::Meta);
            lead += 1;
        }
        for n in 0..lead {
            // `• Minh Trí` between stamp and tools
            let line = self.line(n);
            let listed = Line { start: line.content(), ..line };
            if self.blocks[n].kind == BlockKind::List && listed.len() > 0 && listed.is_byline() {
                self.settle(n, BlockKind::Meta);
            }
        }
        if lead < self.blocks.len() && !self.known[lead] && (LEAD..=LONG).contains(&self.line(lead).len()) {
            self.settle(lead, BlockKind::Lead);
        }
        lead
    }

    /// Headings stand before longer text, bylines at the end.
    fn tell_by_place(&mut self, body: usize) {
        let mut last = true;
        for n in (body..self.blocks.len()).rev() {
            if self.known[n] {
                last &= self.blocks[n].kind != BlockKind::List;
                continue;
            }
            let line = self.line(n);
            let before_text = self.blocks.get(n + 1).is_some_and(|next| {
                let next = Line { page: self.page, start: next.start, end: next.end };
                next.is_list() || next.is_text()
            });
            if last && line.is_byline() {
                self.settle(n, BlockKind::Meta);
                continue;
            }
            last = false;
            if before_text && line.is_heading() {
                self.settle(n, BlockKind::Heading);
            }
        }
    }

    /// What follows the heading of a list of other articles: all, if only short lines follow; else the short lines up
    /// to the text that goes on, but for one that may be its heading. Gives the end of what was cut.
    fn cut_related(&mut self, cut: usize) -> usize {
        let short = |b: &Block| b.end - b.start <= RELATED;
        let run = self.blocks[cut + 1..].iter().take_while(|b| short(b)).count();
        let mut end = cut + 1 + run;
        let tokens = self.page.tokens.len();
        if run >= 2 && tokens - self.blocks[cut].start <= tokens / 5 {
            end = self.blocks.len();
        }
        if end < self.blocks.len() {
            while end > cut + 1 && !self.line(end - 1).is_headline() {
                end -= 1;
            }
            end = end.saturating_sub(1).max(cut + 1);
        }
        for n in cut + 1..end {
            self.settle(n, BlockKind::Boilerplate);
        }
        end
    }
}

/// One line, by its own words.
#[derive(Clone, Copy)]
struct Line<'p> {
    page: &'p Page<'p>,
    start: usize,
    end: usize,
}

impl Line<'_> {
    fn len(&self) -> usize {
        self.end - self.start
    }

    fn kind(&self) -> Option<BlockKind> {
        if let Some((_, makers)) = self.furniture() {
            return Some(match makers {
                true if self.len() > 2 * BYLINE => BlockKind::Caption,
                true => BlockKind::Meta,
                false => BlockKind::Boilerplate,
            });
        }
        if self.is_source() {
            return Some(BlockKind::Meta);
        }
        if self.is_list() {
            return Some(BlockKind::List);
        }
        self.is_credited().then_some(BlockKind::Caption)
    }

    /// Past bullets and dashes.
    fn content(&self) -> usize {
        let page = self.page;
        let marks = |&i: &usize| {
            page.word(i) == kw::BULLET || [b'-', b'+', b'*', b'|'].iter().any(|&m| page.is(i, m))
        };
        (self.start..self.end).find(|i| !marks(i)).unwrap_or(self.end)
    }

    /// What the furniture table makes of the line.
    fn furniture(&self) -> Option<(Effect, bool)> {
        let page = self.page;
        let at = self.content();
        if at == self.end || self.len() > FURNITURE {
            return None;
        }
        let rest = (self.end - 1).max(at)
            + usize::from(!page.is(self.end - 1, b':') && !page.is(self.end - 1, b'.'));
        let full = |end: usize| end == rest || end == self.end;
        let counted = page.shape(at) == Shape::Digits
            && page.furniture(at + 1).any(|(effect, _, end)| effect == Effect::Counted && full(end));
        if counted {
            return Some((Effect::Counted, false));
        }
        let fits = |&(effect, _, end): &(Effect, bool, usize)| match effect {
            Effect::Line => end <= self.end && (page.shape(at) == Shape::Mark || page.shape(at).is_capital()),
            Effect::Whole | Effect::Cut => full(end),
            Effect::Counted => false,
        };
        page.furniture(at).filter(fits).last().map(|(effect, makers, _)| (effect, makers))
    }

    /// `Theo VnExpress`, `(TTXVN)`: nothing but a newspaper.
    fn is_source(&self) -> bool {
        let page = self.page;
        let at = self.start + usize::from(page.is(self.start, b'('));
        let at = at + usize::from(page.word(at) == kw::THEO);
        let end = self.end - usize::from(page.is(self.end - 1, b')') || page.is(self.end - 1, b'.'));
        at < end && page.hits.of(TableId::Press, at).any(|hit| hit.end as usize == end)
    }

    /// Starts with a bullet, or a dash and a blank.
    fn is_list(&self) -> bool {
        let page = self.page;
        let dash = [b'-', b'+', b'*'].iter().any(|&m| page.is(self.start, m));
        self.len() > 1 && (page.word(self.start) == kw::BULLET || dash && !page.is(self.start + 1, b'-'))
    }

    /// Ends in the name of the photographer: `… tại hội nghị. Ảnh: Minh Trí`.
    fn is_credited(&self) -> bool {
        let page = self.page;
        let from = self.end.saturating_sub(12).max(self.start + 1);
        self.len() <= CAPTION
            && (from..self.end).any(|i| page.word(i) == kw::ANH_PHOTO && page.is(i + 1, b':'))
    }

    fn is_stopped(&self) -> bool {
        let page = self.page;
        let quote = page.is(self.end - 1, b'"') || page.is(self.end - 1, b')');
        let last = self.end - 1 - usize::from(quote && self.len() > 1);
        page.is(last, b'.') || page.word(last) == kw::ELLIPSIS && self.len() > TITLE
    }

    /// A line above the headline.
    fn is_kicker(&self) -> bool {
        self.len() <= HEADING && self.page.is(self.end - 1, b':')
    }

    fn is_headline(&self) -> bool {
        self.len() <= TITLE && !self.is_stopped() && !self.page.is(self.end - 1, b',')
    }

    fn is_heading(&self) -> bool {
        let carries_on = [b',', b';', b':'].iter().any(|&m| self.page.is(self.end - 1, m));
        let opens = self.page.shape(self.start) != Shape::Lower;
        self.len() <= HEADING && opens && !carries_on && !self.is_stopped()
    }

    /// Running text.
    fn is_text(&self) -> bool {
        self.len() > HEADING || self.len() > LEAD && self.is_stopped()
    }

    /// Names and what joins them: `Minh Trí`, `Trần Long - Thùy Linh`, `PV/TTXVN`.
    fn is_byline(&self) -> bool {
        let page = self.page;
        let part = |i: usize| match page.shape(i) {
            Shape::Title | Shape::Upper | Shape::Initial => true,
            Shape::Mark => [b'-', b',', b'/', b'.', b'(', b')', b'&'].iter().any(|&m| page.is(i, m)),
            _ => false,
        };
        self.len() <= BYLINE
            && (self.start..self.end).all(part)
            && (self.start..self.end).any(|i| page.shape(i).is_capital())
    }
}
