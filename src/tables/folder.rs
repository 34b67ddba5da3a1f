//! A folder of tables that appears when it is complete: written beside its own name, then renamed. A folder that is
//! there is replaced only if nothing but such tables stands in it.

use super::refused;
use super::schema::Set;
use crate::error::Error;
use crate::output::part::{beside, resolved};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A folder being written.
pub struct Folder {
    shown: String,
    path: PathBuf,
    part: PathBuf,
    names: Vec<String>,
}

/// The files of the tables with this suffix.
pub fn names(set: &Set, suffix: &str) -> Vec<String> {
    set.tables.iter().map(|table| format!("{}.{suffix}", table.name)).collect()
}

/// Whether a folder of these files may be written at `path`: nothing else is there.
pub fn check(path: &Path, names: &[String]) -> Result<(), Error> {
    let fault = |cause| Error::Output { path: path.display().to_string(), cause };
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(fault(error)),
        Ok(meta) if !meta.is_dir() => {
            return Err(refused(path, "it is there, and the tables are a folder of files; name another"));
        }
        Ok(_) => {}
    }
    for entry in fs::read_dir(path).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !entry.file_type().map_err(fault)?.is_file() || !names.contains(&name) {
            let why =
                format!("the folder holds {name}, which is none of these tables; name another or remove it");
            return Err(refused(path, &why));
        }
    }
    Ok(())
}

impl Folder {
    /// Begins a folder of the tables with this suffix.
    pub fn create(path: &Path, set: &Set, suffix: &str) -> Result<Self, Error> {
        let names = names(set, suffix);
        check(path, &names)?;
        let shown = path.display().to_string();
        let path = resolved(path);
        let folder = Folder { shown, part: beside(&path), path, names };
        fs::create_dir(&folder.part).map_err(|cause| folder.fault(cause))?;
        Ok(folder)
    }

    /// Creates the files of the tables, in their order.
    pub fn files(&self) -> Result<Vec<File>, Error> {
        let create = |name| File::create(self.part.join(name)).map_err(|cause| self.fault(cause));
        self.names.iter().map(create).collect()
    }

    /// Gives the folder its name, once its files are written and synced.
    pub fn finish(self) -> Result<(), Error> {
        self.replace().map_err(|cause| self.fault(cause))
    }

    fn replace(&self) -> io::Result<()> {
        if self.path.exists() {
            check(&self.path, &self.names).map_err(|error| match error {
                Error::Output { cause, .. } => cause,
                other => io::Error::other(other.to_string()),
            })?;
            let mut old = self.part.clone().into_os_string();
            old.push(".old");
            fs::rename(&self.path, &old)?;
            let renamed = fs::rename(&self.part, &self.path);
            if renamed.is_err() {
                let _ = fs::rename(&old, &self.path);
                return renamed;
            }
            return remove(Path::new(&old), &self.names);
        }
        fs::rename(&self.part, &self.path)?;
        match self.path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            Some(parent) => File::open(parent)?.sync_all(),
            None => File::open(".")?.sync_all(),
        }
    }

    /// What the system says, as an error of this output.
    pub fn fault(&self, cause: io::Error) -> Error {
        Error::Output { path: self.shown.clone(), cause }
    }
}

impl Drop for Folder {
    /// What was not finished leaves nothing behind.
    fn drop(&mut self) {
        if self.part.exists() {
            let _ = remove(&self.part, &self.names);
        }
    }
}

/// Removes these files, and the folder if it is empty then.
fn remove(folder: &Path, names: &[String]) -> io::Result<()> {
    for name in names {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::remove_dir(folder)
}
