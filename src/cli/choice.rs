//! So many articles of a stream as one page can hold: all of them, or those with the smallest keys, by the same keys as
//! `--sample` ([`super::sample`]), in the order they came in. Memory holds what is chosen and nothing else.

use super::sample::Key;
use crate::record::ArticleRecord;
use std::collections::BTreeMap;

/// How much is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// so many articles
    pub articles: usize,
    /// so many bytes of them, as [`weight`] has it
    pub bytes: usize,
}

/// Takes articles, and keeps the first in the order of their keys, as many as there is room for.
pub struct Choice {
    room: Room,
    seed: u64,
    kept: BTreeMap<Key, ArticleRecord<'static>>,
    bytes: usize,
    seen: u64,
    /// the smallest key that there was no room for; none behind it is kept
    out: Option<Key>,
}

/// About what an article takes on a page.
pub fn weight(article: &ArticleRecord<'_>) -> usize {
    const OF_A_RECORD: usize = 40;
    article.text.as_ref().map_or(0, |text| text.len()) + article.records.len() * OF_A_RECORD
}

impl Choice {
    /// Nothing is chosen yet.
    pub fn new(room: Room, seed: u64) -> Self {
        Choice { room, seed, kept: BTreeMap::new(), bytes: 0, seen: 0, out: None }
    }

    /// Takes the next article.
    pub fn take(&mut self, article: ArticleRecord<'static>) {
        let key = Key::new(self.seed, &article.doc, 0, self.seen);
        self.seen += 1;
        if self.out.is_some_and(|out| key > out) {
            return;
        }
        self.bytes += weight(&article);
        self.kept.insert(key, article);
        while self.kept.len() > self.room.articles || self.bytes > self.room.bytes {
            let Some((key, article)) = self.kept.pop_last() else { return };
            self.bytes -= weight(&article);
            self.out = Some(key);
        }
    }

    /// The articles chosen, in the order they came in, and how many there were.
    pub fn chosen(self) -> (Vec<ArticleRecord<'static>>, u64) {
        let mut kept: Vec<_> = self.kept.into_iter().collect();
        kept.sort_by_key(|(key, _)| key.nth());
        (kept.into_iter().map(|(_, article)| article).collect(), self.seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(n: usize, bytes: usize) -> ArticleRecord<'static> {
        ArticleRecord {
            doc: n.to_string().into(),
            text: Some("x".repeat(bytes).into()),
            ..Default::default()
        }
    }

    fn chosen(room: Room, seed: u64, of: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut choice = Choice::new(room, seed);
        of.for_each(|n| choice.take(article(n, n % 50)));
        choice.chosen().0.iter().map(|article| article.doc.parse().unwrap()).collect()
    }

    #[test]
    fn all_where_there_is_room() {
        let room = Room { articles: 100, bytes: 10_000 };
        assert_eq!(chosen(room, 0, 0..100), (0..100).collect::<Vec<_>>());
        assert_eq!(chosen(room, 0, 0..0), [0; 0]);
    }

    #[test]
    fn the_same_ones_in_whatever_order() {
        for room in [Room { articles: 20, bytes: 10_000 }, Room { articles: 1000, bytes: 500 }] {
            let forward = chosen(room, 0, 0..500);
            let mut backward = chosen(room, 0, (0..500).rev());
            backward.reverse();
            assert_eq!(forward, backward);
            assert!(forward.is_sorted() && forward.iter().map(|n| n % 50).sum::<usize>() <= room.bytes);
            assert!((10..=40).contains(&forward.len()), "{}", forward.len());
            assert_ne!(forward, chosen(room, 1, 0..500));
        }
    }

    #[test]
    fn what_is_too_large_by_itself_is_left() {
        let mut choice = Choice::new(Room { articles: 10, bytes: 100 }, 0);
        choice.take(article(1, 1000));
        assert_eq!(choice.chosen(), (vec![], 1));
    }
}
