//! What a code rests on, in words, for whoever asks ([`crate::trace`]).

use super::Known;
use super::scan::{Full, Reader};
use super::short::Short;
use crate::document::Document;
use crate::gazetteer::schema::TableId;
use crate::record::Code;

/// What told the type and the issuer of a full code.
pub(super) fn full(reader: &Reader<'_>, full: &Full, code: &Code) {
    let row = |table, n: usize| reader.doc.gazetteers.table(table).rows[n].place();
    let step = |why: String| reader.doc.trace.step(full.span.start, full.rule, None, || why);
    let letters = code.kind.as_deref().unwrap_or("none");
    let named = reader.type_row(full);
    let usual = || {
        super::type_of(reader, full)
            .and_then(|t| reader.lexicon.types.iter().position(|o| std::ptr::eq(o, t)))
    };
    step(match (&code.type_name, named.or_else(usual)) {
        (Some(name), Some(n)) => {
            let how =
                if named.is_some() { "named before the number" } else { "the usual one of its letters" };
            format!("type `{letters}`, `{name}`: {how} ({})", row(TableId::DocumentTypes, n))
        }
        _ => format!("type `{letters}`: no table knows it"),
    });
    let letters = code.issuer.as_deref().unwrap_or("none");
    step(match (&code.issuer_name, full.issuer) {
        (Some(name), Some(n)) => format!("issuer `{letters}`, `{name}` ({})", row(TableId::Issuers, n)),
        (None, Some(n)) => format!("issuer `{letters}` ({})", row(TableId::Issuers, n)),
        _ => format!("issuer `{letters}`: no table knows it"),
    });
}

/// What a short citation was resolved to.
pub(super) fn short(doc: &Document<'_>, short: &Short, known: &Known<'_>) {
    let step = |on, why: String| doc.trace.step(short.span.start, short.rule, on, || why);
    if let Some(full) = known.full(short) {
        step(Some(full.span), format!("the one full code of the article that fits: {}", full.canonical()));
    } else if let Some(dated) = known.dated(short).filter(|dated| dated.span != short.span) {
        step(Some(dated.span), "the one citation of the article with a year that fits".into());
    } else if short.canonical().is_none() {
        let why = "a law's number without its year or its assembly: no code can be made of it";
        doc.trace.lost(short.span, short.rule, why);
    } else {
        step(
            None,
            match known.fitting(short) {
                0 => "the article gives no fuller code with this number and type: both alone stand for it"
                    .into(),
                n => format!(
                    "{n} full codes of the article fit, so none is taken: number and type stand for it"
                ),
            },
        );
    }
}
