//! Mentions: what an extractor found, where, and by which rule (its provenance).

/// A half-open range of token indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// first token
    pub start: usize,
    /// one past the last token
    pub end: usize,
}

impl Span {
    /// `start..end`
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }
    /// Token `i` alone.
    pub fn token(i: usize) -> Self {
        Span::new(i, i + 1)
    }
    /// Whether token `i` lies inside.
    pub fn contains(self, i: usize) -> bool {
        self.start <= i && i < self.end
    }
    /// Whether the two share a token.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// One occurrence of something in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention<T> {
    /// where
    pub span: Span,
    /// the rule that found it, by name
    pub rule: &'static str,
    /// what it says
    pub value: T,
}

impl<T> Mention<T> {
    /// The same mention of something made from its value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Mention<U> {
        Mention { span: self.span, rule: self.rule, value: f(self.value) }
    }
}
