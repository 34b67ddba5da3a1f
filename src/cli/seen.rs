//! Counts articles whose id has been seen before. It remembers a fingerprint of each of the last million or so ids in
//! four megabytes, however many there are: what is given twice far apart in a dump of many millions may be missed, but
//! hardly ever is one counted that is not.

use std::hash::{DefaultHasher, Hasher};

const BUCKETS: usize = 1 << 17;
const WAYS: usize = 8;

/// From so many ids on some may have been forgotten.
const SURE: u64 = (BUCKETS * WAYS / 4) as u64;

/// The hash of an id.
pub fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    hasher.finish()
}

/// The ids seen.
pub struct Seen {
    /// the youngest of a bucket first; 0 is none
    buckets: Vec<[u32; WAYS]>,
    all: u64,
    again: u64,
}

impl Default for Seen {
    fn default() -> Self {
        Seen { buckets: vec![[0; WAYS]; BUCKETS], all: 0, again: 0 }
    }
}

impl Seen {
    /// Takes the hashes of ids.
    pub fn take(&mut self, ids: &[u64]) {
        for &id in ids {
            self.all += 1;
            let bucket = &mut self.buckets[id as usize % BUCKETS];
            let print = (id >> 32) as u32 | 1;
            if bucket.contains(&print) {
                self.again += 1;
            } else {
                bucket.rotate_right(1);
                bucket[0] = print;
            }
        }
    }

    /// How many have been seen before, and whether that is all.
    pub fn again(&self) -> (u64, bool) {
        (self.again, self.all <= SURE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_is_counted() {
        let ids = |numbers: std::ops::Range<u32>| numbers.map(|n| hash(&n.to_string())).collect::<Vec<_>>();
        let mut seen = Seen::default();
        seen.take(&ids(0..200_000));
        assert_eq!(seen.again(), (0, true));
        seen.take(&ids(0..50_000));
        let (again, sure) = seen.again();
        assert!((49_900..=50_000).contains(&again) && sure, "{again}");
        seen.take(&ids(1_000_000..2_000_000));
        assert!(!seen.again().1);
    }
}
