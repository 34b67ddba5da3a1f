//! A file that is written under a temporary name beside its own, which it gets when it is complete.

use crate::input::walk::cause;
use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file under its temporary name. Dropped before it is finished, it is removed, unless it is to be kept.
pub struct Part {
    file: File,
    part: PathBuf,
    path: PathBuf,
    /// what happens if it is not finished
    keep: bool,
}

impl Part {
    /// A new file, to be called `path`; its temporary name is no other process's.
    pub fn create(path: &Path) -> io::Result<Self> {
        let path = resolved(path);
        let part = beside(&path);
        Ok(Part { file: File::create(&part)?, part, path, keep: false })
    }

    /// The first `length` bytes of what an earlier process kept under the temporary name (0 starts anew); no other
    /// process can do so at the same time.
    pub fn reopen(path: &Path, length: u64) -> io::Result<Self> {
        use io::Seek;
        let path = resolved(path);
        let part = kept_name(&path);
        let mut file = File::options().write(true).create(length == 0).truncate(false).open(&part)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => io::Error::other("another run is writing it"),
            TryLockError::Error(error) => error,
        })?;
        let there = file.metadata()?.len();
        if there < length {
            let why = format!("{} has {there} bytes where {length} were written", part.display());
            return Err(io::Error::other(why));
        }
        file.set_len(length)?;
        file.seek(io::SeekFrom::End(0))?;
        Ok(Part { file, part, path, keep: true })
    }

    /// Writes at the end, which is at `length`. If that fails, what stands before stays, and is kept.
    pub fn write(&mut self, bytes: &[u8], length: u64) -> io::Result<()> {
        self.file.write_all(bytes).inspect_err(|_| {
            self.keep |= length > 0 && self.file.set_len(length).is_ok();
        })
    }

    /// Makes sure that all has reached the disk.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Gives the file its name, for good. If that fails, it stays under its temporary one.
    pub fn finish(mut self) -> io::Result<()> {
        self.sync()?;
        self.keep = true;
        let named = std::fs::rename(&self.part, &self.path).and_then(|()| sync_folder(&self.path));
        named.map_err(|error| {
            let why = format!("{}, all of it stands in {}", cause(&error), self.part.display());
            io::Error::new(error.kind(), why)
        })
    }

    /// Whether it stays when it is not finished.
    pub fn keep(&mut self, keep: bool) {
        self.keep = keep;
    }

    /// Its temporary name, if it stays when it is not finished.
    pub fn kept(&self) -> Option<&Path> {
        self.keep.then_some(&self.part)
    }

    /// Its temporary name.
    pub fn name(&self) -> &Path {
        &self.part
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.keep {
            let _ = std::fs::remove_file(&self.part);
        }
    }
}

/// The temporary name of a file, or folder, that does not outlive this process.
pub fn beside(path: &Path) -> PathBuf {
    with_suffix(path, &format!(".{}.part", std::process::id()))
}

/// The temporary name of a file that outlives its process.
pub fn kept_name(path: &Path) -> PathBuf {
    with_suffix(path, ".part")
}

/// The path itself, or what it points to if it is a link: the link stays, and what it points to is replaced.
/// A slash at its end goes.
pub fn resolved(path: &Path) -> PathBuf {
    let path: PathBuf = path.components().collect();
    if path.is_symlink() { path.canonicalize().unwrap_or(path) } else { path }
}

/// The path with more behind its name.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.file_name().unwrap_or_default().into();
    name.push(suffix);
    path.with_file_name(name)
}

/// A new name in a folder stays only once the folder has reached the disk too.
fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    let _ = path;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_goes_on_where_it_was_sure() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let mut part = Part::reopen(&path, 0).unwrap();
        part.write(b"sure, lost", 0).unwrap();
        assert_eq!(Part::reopen(&path, 4).err().unwrap().to_string(), "another run is writing it");
        drop(part);
        let mut part = Part::reopen(&path, 4).unwrap();
        part.write(b"!", 4).unwrap();
        part.finish().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"sure!");
        assert!(!kept_name(&path).exists());
        assert!(Part::reopen(&path, 4).is_err(), "there is nothing to go on with");
    }

    #[test]
    fn what_is_shorter_than_it_was_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        std::fs::write(kept_name(&path), "abc").unwrap();
        let error = Part::reopen(&path, 4).err().unwrap().to_string();
        assert!(error.ends_with("has 3 bytes where 4 were written"), "{error}");
        assert_eq!(std::fs::read(kept_name(&path)).unwrap(), b"abc");
    }

    #[test]
    fn what_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut part = Part::create(&folder.path().join("out")).unwrap();
        part.write(b"abc", 0).unwrap();
        drop(part);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    }
}
