//! From the articles of a dump to its programmes, in the order of their ids, with bounded memory: citations are sorted
//! by code and read a code at a time.

use super::officials::next_if;
use super::programme::{Citation, Cited, Programme, citations};
use super::{Stop, phrase, slug};
use crate::error::Error;
use crate::output::articles::Articles;
use crate::sorted::Sorter;
use std::cmp::Reverse;
use std::collections::BTreeMap;

const PART: char = '\u{1f}';

/// Hands the programmes of all articles to `each`; sorting takes about `memory` bytes.
pub fn run(
    articles: &mut Articles,
    memory: usize,
    mut each: impl FnMut(Programme) -> Result<(), Error>,
) -> Result<(), Stop> {
    let mut sorter = Sorter::new(memory);
    while let Some(article) = articles.next_article()? {
        for citation in citations(&article) {
            sorter.push(&key(&citation), &citation)?;
        }
    }
    let mut sorted = sorter.finish()?.peekable();
    let id = |key: &str| key.split(PART).next().unwrap_or_default().to_string();
    while let Some((key, citation)) = sorted.next().transpose().map_err(Stop::from)? {
        let slug = id(&key);
        let mut code = OneId::default();
        code.take(citation);
        while let Some((_, citation)) = next_if(&mut sorted, |next| id(next) == slug)? {
            code.take(citation);
        }
        code.programmes(&slug).into_iter().try_for_each(&mut each)?;
    }
    Ok(())
}

/// By code without marks, day (those without one last), article.
fn key(citation: &Citation) -> String {
    let day = citation.words.published.as_deref().unwrap_or("~");
    format!("{}{PART}{day}{PART}{}", slug(&citation.code.canonical), citation.words.doc)
}

/// All that is cited under codes that differ in marks alone: by code, and by issuer where it is told.
#[derive(Default)]
struct OneId(BTreeMap<String, BTreeMap<Option<String>, Cited>>);

impl OneId {
    fn take(&mut self, citation: Citation) {
        let issuers = self.0.entry(citation.code.canonical.clone()).or_default();
        issuers.entry(citation.issuer().map(phrase)).or_default().take(citation);
    }

    /// The programmes. What does not tell the issuer goes to the only one that is told.
    fn programmes(self, slug: &str) -> Vec<Programme> {
        let mut programmes = Vec::new();
        for (_, mut issuers) in self.0 {
            if issuers.len() == 2
                && let Some(untold) = issuers.remove(&None)
                && let Some(told) = issuers.values_mut().next()
            {
                told.merge(untold);
            }
            programmes.extend(issuers.into_values().filter_map(Cited::programme));
        }
        programmes.sort_by_cached_key(|programme| {
            (Reverse(programme.seen.articles), programme.canonical.clone(), programme.issuer_name.clone())
        });
        for (n, programme) in programmes.iter_mut().enumerate() {
            programme.id = format!("{slug}-{}", n + 1);
        }
        let codes: Vec<(String, String)> =
            programmes.iter().map(|p| (p.canonical.clone(), p.id.clone())).collect();
        for programme in &mut programmes {
            let others =
                codes.iter().filter(|(code, id)| *code == programme.canonical && *id != programme.id);
            programme.kept_apart = others.map(|(_, id)| id.clone()).collect();
        }
        programmes
    }
}
