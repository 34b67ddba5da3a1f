//! Counts what is read from a file and what comes out of it, and ends it when that is a decompression bomb.

use super::Limits;
use super::stream::{Broken, Stream};
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// So much may come out of any file, whatever its size: a small test file may well be one letter.
const FREE: u64 = 64 << 20;

/// The bytes of one file as it is, and those that were unpacked from it, archives within archives included.
pub struct Meter {
    read: AtomicU64,
    /// those of all files together
    all: Arc<AtomicU64>,
    unpacked: AtomicU64,
    limits: Limits,
}

impl Meter {
    /// A meter that allows what `limits` does, and also adds what is read to `all`.
    pub fn new(limits: Limits, all: &Arc<AtomicU64>) -> Arc<Self> {
        Arc::new(Meter { read: AtomicU64::new(0), all: all.clone(), unpacked: AtomicU64::new(0), limits })
    }

    /// Counts `stream` as bytes of the file as it is.
    pub fn raw(self: &Arc<Self>, stream: impl Read + Send + 'static) -> Stream {
        let meter = self.clone();
        Box::new(Counted {
            inner: stream,
            count: move |n| {
                meter.add(&meter.read, n);
                meter.add(&meter.all, n);
                Ok(())
            },
        })
    }

    /// Counts `stream` as unpacked bytes, and ends it when there are too many.
    pub fn guard(self: &Arc<Self>, stream: Stream) -> Stream {
        let meter = self.clone();
        Box::new(Counted { inner: stream, count: move |n| meter.check(n) })
    }

    fn add(&self, counter: &AtomicU64, n: usize) -> u64 {
        counter.fetch_add(n as u64, Ordering::Relaxed) + n as u64
    }

    fn check(&self, n: usize) -> io::Result<()> {
        let (unpacked, read) = (self.add(&self.unpacked, n), self.read.load(Ordering::Relaxed));
        let Limits { ratio, unpacked_bytes, .. } = self.limits;
        if ratio > 0 && unpacked > FREE && unpacked / ratio > read {
            let why = format!("{unpacked} bytes came out of {read}, more than {ratio} times as many");
            let hint = "raise --max-ratio if the file can be trusted";
            return Err(Broken::Bomb("decompression bomb", why, hint).into_io());
        }
        if unpacked > unpacked_bytes {
            let why = format!("more than {unpacked_bytes} bytes came out of it");
            let hint = "raise --max-unpacked-bytes if the file can be trusted";
            return Err(Broken::Bomb("too much", why, hint).into_io());
        }
        Ok(())
    }
}

struct Counted<R, F> {
    inner: R,
    count: F,
}

impl<R: Read, F: FnMut(usize) -> io::Result<()>> Read for Counted<R, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        (self.count)(n)?;
        Ok(n)
    }
}
