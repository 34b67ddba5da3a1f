//! What an official rests on, and why words are none, in words, for whoever asks ([`crate::trace`]).

use super::attach::Way;
use super::name::Names;
use super::piece::{Item, NameItem, TitleItem};
use crate::document::Document;
use crate::mention::Span;
use crate::text::token::Gap;

/// The capitalised words at `at` are no name.
#[cold]
pub(super) fn no_name(names: Names<'_, '_>, at: usize) {
    let doc = names.doc;
    let end = names.run_end(at);
    let inside = at > 0 && doc.gap(at) != Gap::Line && doc.shape(at - 1).is_capital();
    if inside || end < at + 2 {
        return;
    }
    let why = match names.full_name(at, end) {
        Some(_) => "reads like a name, but stands in one, or behind a word for a street, a school, a prize",
        None if names.is_place(at, end) => "the name of a place or body",
        None => "capitalised words, but no full name: no surname of the tables, or too few or too many words",
    };
    doc.trace.lost(Span::new(at, end), "official.mention", why);
}

/// A mention is of the person whose name stands in `first`.
pub(super) fn linked(doc: &Document<'_>, mention: &Item, first: &Item, why: &'static str) {
    let name = |item: &Item| item.name().map_or(item.span(), |name| name.span);
    let (at, first) = (name(mention).start, name(first));
    let on = Some(first).filter(|first| first.start != at);
    doc.trace.step(at, "official.mention", on, || why.into());
}

/// A short name means nobody, where so many could bear it.
#[cold]
pub(super) fn no_bearer(doc: &Document<'_>, name: &NameItem, bearers: usize) {
    let why = match bearers {
        0 => "a short name, and no full name of the article ends with it",
        1 => "a short name that does not fit the one person it could mean",
        _ => "a short name that several persons of the article bear",
    };
    doc.trace.lost(name.span, "official.mention", why);
}

/// How a name came to a post.
#[cold]
pub(super) fn titled(doc: &Document<'_>, name: &NameItem, title: &TitleItem, way: Way) {
    let how = match way {
        Way::Before => "stands before the name",
        Way::Behind => "stands behind the name",
        Way::List => "is said of every name of a list",
        Way::Verb => "is given by a verb",
    };
    let why = || format!("the post `{}` {how}", doc.normal(title.span));
    doc.trace.step(name.span.start, "official.title-name", Some(title.span), why);
}

/// A post without a name beside it is no record.
#[cold]
pub(super) fn not_alone(doc: &Document<'_>, title: &TitleItem, capital: bool) {
    let why = match (title.plural, title.definite, capital) {
        (true, ..) => "a post named for several holders",
        (_, false, _) => "a post without its body: it does not say whose",
        (.., false) => "a post in small letters: a kind of post, not one holder's",
        _ => {
            "a post that is being given, held or shared: the words before it speak of the post, not of its holder"
        }
    };
    doc.trace.lost(title.span, "official.title-only", why);
}

/// Whose a post is that has no name beside it.
#[cold]
pub(super) fn held(doc: &Document<'_>, title: &TitleItem, holder: Option<&Item>) {
    let on = holder.map(|item| item.name().map_or(item.span(), |name| name.span));
    doc.trace.step(title.span.start, "official.title-only", on, || match holder {
        Some(_) => "its holder is the one person of the article with a post called so".into(),
        None => {
            "no person of the article has a post called so, or several have: the holder is not told".into()
        }
    });
}
