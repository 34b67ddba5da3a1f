//! Output: where records go. A file is written under a temporary name beside its own and gets it when it is complete,
//! so that what bears the name is never half a file.

pub mod format;
pub mod lines;
pub mod sink;

use crate::error::Error;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where records go.
pub struct Output {
    shown: String,
    target: Target,
}

enum Target {
    Stdout(io::Stdout),
    /// a pipe, a terminal, a device: written in place
    Device(File),
    /// a file: written beside, renamed when complete
    File {
        file: File,
        part: PathBuf,
        path: PathBuf,
    },
    Closed,
}

impl Output {
    /// Standard output.
    pub fn stdout() -> Self {
        Output { shown: "standard output".into(), target: Target::Stdout(io::stdout()) }
    }

    /// A file; one that exists is replaced at the end.
    pub fn file(path: &Path) -> Result<Self, Error> {
        let shown = path.display().to_string();
        let fault = |cause| Error::Output { path: shown.clone(), cause };
        let target = match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => return Err(fault(io::Error::other("it is a folder"))),
            Ok(meta) if !meta.is_file() => {
                Target::Device(File::options().write(true).open(path).map_err(fault)?)
            }
            _ => {
                // Through a link, so that the link stays and what it points to is replaced.
                let path = path.canonicalize().unwrap_or_else(|_| path.into());
                let part = beside(&path);
                Target::File { file: File::create(&part).map_err(fault)?, part, path }
            }
        };
        Ok(Output { shown, target })
    }

    /// Writes whole lines.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let result = match &mut self.target {
            Target::Stdout(stdout) => stdout.write_all(bytes),
            Target::Device(file) | Target::File { file, .. } => file.write_all(bytes),
            Target::Closed => Ok(()),
        };
        result.map_err(|cause| self.fault(cause))
    }

    /// Makes sure that all has arrived, and gives a file its name.
    pub fn finish(mut self) -> Result<(), Error> {
        let result = match std::mem::replace(&mut self.target, Target::Closed) {
            Target::Stdout(mut stdout) => stdout.flush(),
            Target::Device(mut file) => file.flush(),
            Target::File { file, part, path } => {
                let named = file.sync_all().and_then(|()| std::fs::rename(&part, &path));
                if named.is_err() {
                    let _ = std::fs::remove_file(&part);
                }
                named
            }
            Target::Closed => Ok(()),
        };
        result.map_err(|cause| self.fault(cause))
    }

    fn fault(&self, cause: io::Error) -> Error {
        Error::Output { path: self.shown.clone(), cause }
    }
}

impl Drop for Output {
    /// What was not finished leaves nothing behind.
    fn drop(&mut self) {
        if let Target::File { part, .. } = &self.target {
            let _ = std::fs::remove_file(part);
        }
    }
}

/// The name under which a file is written: its own with the number of this process and `part` behind.
pub(crate) fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}
