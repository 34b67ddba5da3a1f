//! A sample of articles: each has a key, made of the seed and its id, and those with the N smallest keys are the
//! sample. It is the same for any number of threads, and takes no memory but N keys; for the price of reading the
//! input twice, the first time without extracting anything. Every N articles are equally likely to be chosen; a larger
//! N with the same seed holds the smaller sample, and the same articles in another order or format give the same one.

use super::ordered::Job;
use crate::input::decode::{self, Event};
use crate::input::reader::Reader;
use crate::input::{Item, Settings};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BinaryHeap;
use std::convert::Infallible;
use std::ops::ControlFlow;

/// What articles are chosen by; where ids are the same, their places decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    hash: u64,
    piece: u64,
    nth: u64,
}

/// Which articles are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    seed: u64,
    /// the largest key of the sample; none if nothing is in it
    largest: Option<Key>,
}

impl Sample {
    /// Chooses `size` of the articles that `reader` gives.
    pub fn choose(reader: Reader, settings: &Settings, size: usize, seed: u64, threads: usize) -> Self {
        let mut chosen = BinaryHeap::new();
        let job = Job {
            source: reader.zip(0u64..),
            state: || (),
            work: |(item, piece), _: &mut ()| keys(item, piece, settings, seed),
            deliver: |keys: Vec<Key>| -> Result<_, Infallible> {
                for key in keys {
                    chosen.push(key);
                    if chosen.len() > size {
                        chosen.pop();
                    }
                }
                Ok(ControlFlow::Continue(()))
            },
        };
        let Ok(()) = job.run(threads);
        Sample { seed, largest: chosen.peek().copied() }
    }

    /// Whether the article is in it that is the `nth` of a piece.
    pub fn has(&self, doc: &str, piece: u64, nth: u64) -> bool {
        self.largest.is_some_and(|largest| Key::new(self.seed, doc, piece, nth) <= largest)
    }
}

impl Key {
    /// The key of an article that is the `nth` of a piece.
    pub fn new(seed: u64, doc: &str, piece: u64, nth: u64) -> Self {
        let hash = Sha256::new().chain_update(seed.to_le_bytes()).chain_update(doc).finalize();
        let hash = hash[..8].try_into().map_or(0, u64::from_le_bytes);
        Key { hash, piece, nth }
    }

    /// Which article of its piece it is the key of.
    pub fn nth(&self) -> u64 {
        self.nth
    }
}

/// The keys of the articles of a piece. What cannot be read is told when the piece is read again.
fn keys(item: Item, piece: u64, settings: &Settings, seed: u64) -> Vec<Key> {
    let mut keys = Vec::new();
    if let Item::Piece(body) = item {
        let _ = decode::articles(&body, settings, |event| {
            if let Event::Article(article, ..) = event {
                keys.push(Key::new(seed, &article.id, piece, keys.len() as u64));
            }
            ControlFlow::Continue(())
        });
    }
    keys
}
