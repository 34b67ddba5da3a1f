//! What extractors consider and give up, and what they rest a value on, noted while they read. Off in normal runs: then
//! a note costs one test, at the points where something is decided, and nothing is noted. [`crate::explain`] turns it on.

use crate::mention::Span;
use std::borrow::Cow;
use std::cell::RefCell;

/// What a note is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// a candidate that was given up
    Lost,
    /// what a reading rests on
    Step,
}

/// One decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// what it is of
    pub what: What,
    /// the tokens it is about; they may reach past the end of the article
    pub span: Span,
    /// the rule that would have made the record, or made it
    pub rule: &'static str,
    /// the reason, in words
    pub why: Cow<'static, str>,
    /// the tokens that it rests on; one token stands for the mention that holds it
    pub on: Option<Span>,
}

/// The notes of one article.
#[derive(Default)]
pub struct Trace(Option<RefCell<Vec<Note>>>);

impl Trace {
    /// One that takes notes.
    pub fn on() -> Self {
        Trace(Some(RefCell::default()))
    }

    /// Whether it takes notes.
    #[inline]
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Notes that `span` could have been read by `rule` and was not.
    #[inline]
    pub fn lost(&self, span: Span, rule: &'static str, why: &'static str) {
        if self.is_on() {
            self.note(Note { what: What::Lost, span, rule, why: why.into(), on: None });
        }
    }

    /// Notes what the reading that holds token `at` rests on: a reason, and the words that it lies in.
    #[inline]
    pub fn step(&self, at: usize, rule: &'static str, on: Option<Span>, why: impl FnOnce() -> String) {
        if self.is_on() {
            let (what, span) = (What::Step, Span::new(at, at + 1));
            self.note(Note { what, span, rule, why: why().into(), on });
        }
    }

    /// The notes taken since the last call.
    pub fn take(&self) -> Vec<Note> {
        self.0.as_ref().map(RefCell::take).unwrap_or_default()
    }

    #[cold]
    fn note(&self, note: Note) {
        if let Some(notes) = &self.0 {
            notes.borrow_mut().push(note);
        }
    }
}
