//! Zip archives, read from the list at their end.

use super::Member;
use crate::input::fault::Problem;
use crate::input::meter::Meter;
use crate::input::stream::{Broken, Stream};
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::sync::Arc;
use zip::{CompressionMethod, ZipArchive};

/// What a zip archive holds.
pub struct Zip {
    file: File,
    meter: Arc<Meter>,
    entries: std::vec::IntoIter<Entry>,
}

/// A file in the archive.
struct Entry {
    name: String,
    start: u64,
    packed: u64,
    method: CompressionMethod,
    encrypted: bool,
    checksum: u32,
}

impl Zip {
    /// Reads the list of an archive.
    pub fn new(file: File, meter: Arc<Meter>) -> Result<Self, Problem> {
        let list = file.try_clone().map_err(Into::into).and_then(|file| list(BufReader::new(file)));
        let entries = list.map_err(|error| {
            let why = format!("the list of the zip archive cannot be read ({error})");
            Problem::error("damaged", why, "fetch or pack the file again")
        })?;
        Ok(Zip { file, meter, entries: entries.into_iter() })
    }

    fn content(&self, entry: &Entry) -> Result<Stream, Problem> {
        let problem = |why: String, hint: &str| Problem::error("not readable", why, hint);
        if entry.encrypted {
            return Err(problem("it is encrypted".into(), "unpack it with its password and give the folder"));
        }
        let raw = self.file.try_clone().and_then(|mut file| {
            file.seek(SeekFrom::Start(entry.start))?;
            Ok(BufReader::with_capacity(128 << 10, self.meter.raw(file.take(entry.packed))))
        });
        let raw = raw.map_err(|error| crate::input::stream::problem(&error))?;
        let unpacked: Stream = match entry.method {
            CompressionMethod::Stored => Box::new(raw),
            CompressionMethod::Deflated => Box::new(flate2::bufread::DeflateDecoder::new(raw)),
            CompressionMethod::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(raw)),
            CompressionMethod::Zstd => match zstd::stream::read::Decoder::with_buffer(raw) {
                Ok(decoder) => Box::new(decoder),
                Err(error) => return Err(crate::input::stream::problem(&error)),
            },
            method => {
                return Err(problem(format!("it is packed with {method}"), "unpack it and give the folder"));
            }
        };
        let checked = Checked { inner: unpacked, sum: flate2::Crc::new(), want: entry.checksum };
        Ok(self.meter.guard(Box::new(checked)))
    }
}

fn list(file: BufReader<File>) -> zip::result::ZipResult<Vec<Entry>> {
    let mut archive = ZipArchive::new(file)?;
    let mut entries = Vec::with_capacity(archive.len());
    for n in 0..archive.len() {
        let file = archive.by_index_raw(n)?;
        if !file.is_file() {
            continue;
        }
        entries.push(Entry {
            name: String::from_utf8_lossy(file.name_raw()).into_owned(),
            start: file.data_start().unwrap_or_default(),
            packed: file.compressed_size(),
            method: file.compression(),
            encrypted: file.encrypted(),
            checksum: file.crc32(),
        });
    }
    Ok(entries)
}

impl Iterator for Zip {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let entry = self.entries.next()?;
        let content = self.content(&entry);
        Some(Member { name: entry.name, content })
    }
}

/// Compares the checksum at the end.
struct Checked {
    inner: Stream,
    sum: flate2::Crc,
    want: u32,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let named = |error| Broken::Packed("zip", error).into_io();
        let n = self.inner.read(buffer).map_err(named)?;
        self.sum.update(&buffer[..n]);
        if n == 0 && !buffer.is_empty() && self.sum.sum() != self.want {
            return Err(named(io::Error::new(ErrorKind::InvalidData, "its checksum is wrong")));
        }
        Ok(n)
    }
}
