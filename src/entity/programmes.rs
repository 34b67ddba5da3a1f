//! From the articles of a dump to its programmes, in the order of their ids, with bounded memory: citations are sorted
//! by code and read a code at a time.

use super::officials::next_if;
use super::programme::{Citation, Cited, Programme, citations};
use super::titles::Posts;
use super::{Stop, slug};
use crate::error::Error;
use crate::output::articles::Articles;
use crate::sorted::Sorter;
use std::cmp::Reverse;
use std::collections::BTreeMap;

const PART: char = '\u{1f}';

/// Hands the programmes of all articles to `each`; sorting takes about `memory` bytes. `posts` knows the issuers.
pub fn run(
    posts: &Posts,
    articles: &mut Articles,
    memory: usize,
    mut each: impl FnMut(Programme) -> Result<(), Error>,
) -> Result<(), Stop> {
    let mut sorter = Sorter::new(memory);
    while let Some(article) = articles.next_article()? {
        for citation in citations(&article, posts) {
            sorter.push(&key(&citation), &citation)?;
        }
    }
    let mut sorted = sorter.finish()?.peekable();
    let id = |key: &str| key.split(PART).next().unwrap_or_default().to_string();
    while let Some((key, citation)) = sorted.next().transpose().map_err(Stop::from)? {
        let slug = id(&key);
        let mut code = OneId::default();
        code.take(citation, posts);
        while let Some((_, citation)) = next_if(&mut sorted, |next| id(next) == slug)? {
            code.take(citation, posts);
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
    fn take(&mut self, citation: Citation, posts: &Posts) {
        let issuers = self.0.entry(citation.code.canonical.clone()).or_default();
        issuers.entry(citation.issuer().map(|issuer| posts.body_key(issuer))).or_default().take(citation);
    }

    /// The programmes. What does not tell the issuer, or tells its first words only, goes to the only one that fits.
    fn programmes(self, slug: &str) -> Vec<Programme> {
        let mut programmes = Vec::new();
        for (_, mut issuers) in self.0 {
            for short in issuers.keys().cloned().collect::<Vec<_>>() {
                let fits = |issuer: &Option<String>| is_short(short.as_deref(), issuer.as_deref());
                let mut fitting = issuers.keys().filter(|issuer| fits(issuer)).cloned();
                if let (Some(told), None) = (fitting.next(), fitting.next())
                    && let Some(cited) = issuers.remove(&short)
                    && let Some(told) = issuers.get_mut(&told)
                {
                    told.merge(cited);
                }
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

/// Whether an issuer, told or not, may be a shorter way to say another: `Ban Bí thư`, `Ban Bí thư Trung ương Đảng`.
fn is_short(short: Option<&str>, full: Option<&str>) -> bool {
    match (short, full) {
        (None, Some(_)) => true,
        (Some(short), Some(full)) => full.strip_prefix(short).is_some_and(|more| more.starts_with(' ')),
        (_, None) => false,
    }
}
