//! What the output of a run depends on: version, options, tables and inputs. A run may only go on where an earlier one
//! was stopped if all of it is the same.

use super::options::{COMMAND, Given};
use crate::gazetteer::Gazetteers;
use crate::gazetteer::table::Table;
use crate::input::walk::{Files, Stop};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What the output of a run depends on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// of the program
    pub version: String,
    /// the options that matter, as given or by default
    pub options: Given,
    /// the hash of each table, as loaded
    pub tables: BTreeMap<String, String>,
    /// the inputs, as given
    pub inputs: Vec<Input>,
}

/// A file or folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// as given
    pub path: String,
    /// how many files it has
    pub files: u64,
    /// their bytes
    pub bytes: u64,
    /// hash of their names, sizes and times; while it is the same, nothing needs to be read
    pub status: String,
    /// hash of their names and contents
    pub contents: String,
}

impl Identity {
    /// What a run over `inputs` depends on. Reads the inputs whole.
    pub fn new(options: &Given, gazetteers: &Gazetteers, inputs: &[PathBuf]) -> Self {
        let tables = gazetteers.tables().iter();
        Identity {
            version: env!("CARGO_PKG_VERSION").into(),
            options: options.clone(),
            tables: tables.map(|table| (table.schema.name.into(), of_table(table))).collect(),
            inputs: inputs.iter().map(|path| Input::new(path)).collect(),
        }
    }

    /// The first thing that is not the same now, in words. Inputs are only read whole where their times have changed.
    pub fn change(&self, options: &Given, gazetteers: &Gazetteers, inputs: &[PathBuf]) -> Option<String> {
        let now = Identity::new(options, gazetteers, &[]);
        (self.version != now.version)
            .then(|| format!("vnfacts was {} then and is {} now", self.version, now.version))
            .or_else(|| other_options(&self.options, &now.options))
            .or_else(|| other_table(&self.tables, &now.tables))
            .or_else(|| self.other_inputs(inputs))
    }

    fn other_inputs(&self, inputs: &[PathBuf]) -> Option<String> {
        let shown = inputs.iter().map(|path| path.display().to_string());
        if !shown.eq(self.inputs.iter().map(|input| input.path.clone())) {
            let then: Vec<&str> = self.inputs.iter().map(|input| input.path.as_str()).collect();
            return Some(format!("the inputs were {}", then.join(" ")));
        }
        self.inputs.iter().zip(inputs).find_map(|(input, path)| input.change(path))
    }
}

fn other_options(then: &Given, now: &Given) -> Option<String> {
    let shown = |values: Option<&Vec<String>>| match values.map(Vec::as_slice) {
        None | Some([]) => "not given".into(),
        Some(values) => values.join(","),
    };
    let command = COMMAND.to_string();
    let mut names = std::iter::once(&command).chain(then.keys()).chain(now.keys());
    let name = names.find(|&name| then.get(name) != now.get(name))?;
    Some(format!("{name} was {} then and is {} now", shown(then.get(name)), shown(now.get(name))))
}

fn other_table(then: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Option<String> {
    let other = then.keys().chain(now.keys()).find(|&name| then.get(name) != now.get(name))?;
    Some(format!("the table `{other}` has changed"))
}

impl Input {
    fn new(path: &Path) -> Self {
        let mut input = Input::seen(path);
        input.contents = contents(path);
        input
    }

    /// Without its contents.
    fn seen(path: &Path) -> Self {
        let (mut files, mut bytes, mut hash) = (0, 0, Sha256::new());
        for stop in Files::new(vec![path.into()]) {
            hash.update(name(&stop));
            if let Some(meta) = file(&stop).and_then(|path| path.metadata().ok()) {
                (files, bytes) = (files + 1, bytes + meta.len());
                hash.update(meta.len().to_le_bytes());
                hash.update(modified(&meta).to_le_bytes());
            }
        }
        let path = path.display().to_string();
        Input { path, files, bytes, status: hex(hash), contents: String::new() }
    }

    fn change(&self, path: &Path) -> Option<String> {
        let now = Input::seen(path);
        if (self.files, self.bytes) != (now.files, now.bytes) {
            let told = |input: &Input| match input.files {
                1 => format!("{} bytes", input.bytes),
                files => format!("{files} files with {} bytes", input.bytes),
            };
            return Some(format!("{} had {} then and has {} now", self.path, told(self), told(&now)));
        }
        let same = self.status == now.status || self.contents == contents(path);
        (!same).then(|| format!("{} has other contents now", self.path))
    }
}

/// The hash of all that can be read at `path`.
fn contents(path: &Path) -> String {
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 20]);
    for stop in Files::new(vec![path.into()]) {
        hash.update(name(&stop));
        let mut read = 0u64;
        if let Some(mut file) = file(&stop).and_then(|path| File::open(path).ok()) {
            while let Ok(n @ 1..) = file.read(&mut buffer) {
                hash.update(&buffer[..n]);
                read += n as u64;
            }
        }
        hash.update(read.to_le_bytes());
    }
    hex(hash)
}

/// What tells one stop of the walk from another, with an end that no name has.
fn name(stop: &Stop) -> String {
    match stop {
        Stop::Source(source) => format!("{}\0", source.shown()),
        Stop::Fault(fault) => format!("{fault}\0"),
    }
}

fn file(stop: &Stop) -> Option<&Path> {
    if let Stop::Source(source) = stop { source.path.as_deref() } else { None }
}

/// Nanoseconds, where the file system keeps them; two's complement before 1970.
fn modified(meta: &Metadata) -> i128 {
    let Ok(time) = meta.modified() else { return 0 };
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    }
}

fn of_table(table: &Table) -> String {
    let mut hash = Sha256::new();
    for row in &table.rows {
        for cell in &row.cells {
            hash.update(cell);
            hash.update(b"\t");
        }
        hash.update(b"\n");
    }
    hex(hash)
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of all inputs, if they are files and folders.
pub fn bytes(inputs: &[PathBuf]) -> Option<u64> {
    all_files(inputs).then(|| inputs.iter().map(|path| Input::seen(path).bytes).sum())
}

/// Whether all inputs can be read twice: no standard input, no pipes. What is not there counts as a file.
pub fn all_files(inputs: &[PathBuf]) -> bool {
    let is_file = |path: &PathBuf| match path.metadata() {
        _ if path.as_os_str() == "-" => false,
        Ok(meta) => meta.is_file() || meta.is_dir(),
        Err(_) => true,
    };
    !inputs.is_empty() && inputs.iter().all(is_file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::time::{Duration, SystemTime};

    fn given(values: &[(&str, &[&str])]) -> Given {
        let owned = |values: &[&str]| values.iter().map(|value| value.to_string()).collect();
        values.iter().map(|(name, values)| (name.to_string(), owned(values))).collect()
    }

    #[test]
    fn options_that_differ_are_named() {
        let then = given(&[("--only", &["code"]), ("--limit", &[])]);
        for (now, words) in [
            (given(&[("--only", &["code"]), ("--limit", &[])]), None),
            (
                given(&[("--only", &["date", "code"]), ("--limit", &[])]),
                Some("--only was code then and is date,code now"),
            ),
            (
                given(&[("--only", &["code"]), ("--limit", &["3"])]),
                Some("--limit was not given then and is 3 now"),
            ),
            (given(&[("--limit", &[])]), Some("--only was code then and is not given now")),
        ] {
            assert_eq!(other_options(&then, &now).as_deref(), words);
        }
    }

    #[test]
    fn a_folder_is_known_by_names_and_contents_not_by_times() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "một").unwrap();
        fs::write(folder.path().join("b.txt"), "hai").unwrap();
        let then = Input::new(folder.path());
        assert_eq!((then.files, then.bytes, then.change(folder.path())), (2, 8, None));
        let later = SystemTime::now() + Duration::from_secs(60);
        File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
        assert_eq!(then.change(folder.path()), None, "the same contents at another time");
        fs::write(&file, "mốt").unwrap();
        assert!(then.change(folder.path()).unwrap().ends_with("has other contents now"));
        fs::write(&file, "một").unwrap();
        fs::rename(&file, folder.path().join("c.txt")).unwrap();
        assert!(then.change(folder.path()).unwrap().ends_with("has other contents now"), "another name");
        fs::write(folder.path().join("d.txt"), "ba").unwrap();
        assert!(
            then.change(folder.path())
                .unwrap()
                .ends_with("2 files with 8 bytes then and has 3 files with 10 bytes now")
        );
        fs::remove_dir_all(folder.path()).unwrap();
        assert!(then.change(folder.path()).unwrap().contains("has 0 files"));
    }
}
