//! Compression, told by the first bytes of a file and never by its name: all members of gzip, bzip2 and xz, all
//! frames of zstd, one inside another too.

use super::fault::Problem;
use super::kind::left_out;
use super::meter::Meter;
use super::stream::{Broken, Stream, peek};
use std::io::{self, BufReader, Read};
use std::sync::Arc;

const BUFFER: usize = 128 << 10;
/// How often a file may be packed.
const MOST_LAYERS: usize = 4;

type Unpack = fn(BufReader<Stream>) -> io::Result<Stream>;

struct Format {
    name: &'static str,
    is: fn(&[u8]) -> bool,
    /// `None` where the feature that brings it is left out
    unpack: Option<Unpack>,
}

const FORMATS: &[Format] = &[
    Format {
        name: "gzip",
        is: |head| head.starts_with(b"\x1f\x8b"),
        unpack: Some(|stream| Ok(Box::new(flate2::bufread::MultiGzDecoder::new(stream)))),
    },
    Format {
        name: "zstd",
        is: is_zstd,
        unpack: Some(|stream| Ok(Box::new(zstd::stream::read::Decoder::with_buffer(stream)?))),
    },
    Format {
        name: "bzip2",
        is: |head| head.starts_with(b"BZh") && head.get(3).is_some_and(|level| (b'1'..=b'9').contains(level)),
        unpack: BZIP2,
    },
    Format { name: "xz", is: |head| head.starts_with(b"\xfd7zXZ\0"), unpack: XZ },
];

#[cfg(feature = "archives")]
const BZIP2: Option<Unpack> = Some(|stream| Ok(Box::new(bzip2::bufread::MultiBzDecoder::new(stream))));
#[cfg(feature = "archives")]
const XZ: Option<Unpack> = Some(|stream| {
    /// `xz -9` takes 64 MB; what asks for more than this asks for too much.
    const MOST_KILOBYTES: u32 = 512 << 10;
    Ok(Box::new(lzma_rust2::XzReader::new_mem_limit(stream, true, MOST_KILOBYTES)))
});
#[cfg(not(feature = "archives"))]
const BZIP2: Option<Unpack> = None;
#[cfg(not(feature = "archives"))]
const XZ: Option<Unpack> = None;

/// A frame, or one of the frames that are skipped.
fn is_zstd(head: &[u8]) -> bool {
    head.starts_with(b"\x28\xb5\x2f\xfd")
        || (head.len() >= 4 && (0x50..0x60).contains(&head[0]) && &head[1..4] == b"\x2a\x4d\x18")
}

/// A stream after unpacking.
pub struct Unpacked {
    /// its bytes
    pub stream: Stream,
    /// whether it was packed at all
    pub packed: bool,
}

/// Unpacks `stream` if its first bytes say so; what comes out is counted by `meter`.
pub fn unpack(mut stream: Stream, meter: &Arc<Meter>) -> Result<Unpacked, Problem> {
    for layer in 0..=MOST_LAYERS {
        let (head, whole) = peek(stream, 8);
        let Some(format) = FORMATS.iter().find(|format| (format.is)(&head)) else {
            return Ok(Unpacked { stream: whole, packed: layer > 0 });
        };
        let Some(unpack) = format.unpack else { return Err(left_out(format.name, "archives")) };
        let named = |error| super::stream::problem(&Broken::Packed(format.name, error).into_io());
        let inner = unpack(BufReader::with_capacity(BUFFER, whole)).map_err(named)?;
        stream = meter.guard(Box::new(Named { name: format.name, inner }));
    }
    Err(Problem::error("not readable", format!("it is packed more than {MOST_LAYERS} times"), "unpack it"))
}

/// A decoder whose errors say what could not be unpacked; those from further in are left as they are.
struct Named {
    name: &'static str,
    inner: Stream,
}

impl Read for Named {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).map_err(|error| match error.get_ref().is_some_and(|e| e.is::<Broken>()) {
            true => error,
            false => Broken::Packed(self.name, error).into_io(),
        })
    }
}
