//! How a run goes on after it was stopped, whatever stopped it. While it runs, its output stands in `OUT.part`, and
//! `OUT.manifest.json` tells how much of that, and of the input, is sure. It is written anew every few seconds: first
//! the output reaches the disk, then a new manifest, and then that one gets the name of the old one. Whatever stands
//! in the output behind the point that the manifest tells is cut off when the run goes on.
//!
//! `OUT.ids.part` lists what articles have been seen, so that those that come again are counted as in an unbroken run.
//!
//! When all is read, the manifest tells so, then `OUT.part` becomes `OUT`. The manifest stays: from then on the same
//! command says that the run is complete, with the exit code it had.

use super::identity::Identity;
use super::sample::Sample;
use super::summary::{Report, Standing};
use crate::error::Error;
use crate::output::Output;
use crate::output::part::{kept_name, resolved, with_suffix};
use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// So much output is written at most between two checkpoints.
const MOST_BYTES: u64 = 64 << 20;

/// What stands beside the output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// what the output depends on
    pub identity: Identity,
    /// the articles that are chosen
    pub sample: Option<Sample>,
    /// how far it is
    pub position: Position,
    /// the exit code, once all is read and written
    pub complete: Option<u8>,
}

/// A point that a run can go on from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// how many pieces of input are done; they are cut in the same way every time
    pub pieces: u64,
    /// how many bytes of output they gave
    pub output: u64,
    /// how many bytes of the list of ids
    pub ids: u64,
    /// figures and faults
    pub standing: Standing,
}

/// Writes the manifest of a run as it goes on.
pub struct Checkpoint {
    path: PathBuf,
    manifest: Manifest,
    ids: Ids,
    every: Duration,
    last: Instant,
}

impl Manifest {
    /// Where the manifest of an output stands.
    pub fn path(output: &Path) -> PathBuf {
        with_suffix(&resolved(output), ".manifest.json")
    }

    /// Reads one, if there is one.
    pub fn read(path: &Path) -> anyhow::Result<Option<Self>> {
        let shown = path.display();
        match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).with_context(|| {
                format!("{shown} is no manifest that this version can read; remove it to start anew")
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => bail!("{shown}: {}", crate::input::walk::cause(&error)),
        }
    }
}

impl Checkpoint {
    /// Writes the first manifest of a run, or that of one that goes on.
    pub fn new(path: PathBuf, manifest: Manifest, ids: Ids, every: Duration) -> Result<Self, Error> {
        let checkpoint = Checkpoint { path, manifest, ids, every, last: Instant::now() };
        checkpoint.write()?;
        Ok(checkpoint)
    }

    /// One more piece, with the articles of these ids, has been taken. Now and then, all of it is made sure of.
    pub fn take(&mut self, ids: &[u64], output: &mut Output, report: &mut Report) -> Result<(), Error> {
        self.ids.add(ids)?;
        self.manifest.position.pieces += 1;
        let grown = output.length() - self.manifest.position.output;
        if self.last.elapsed() >= self.every || grown >= MOST_BYTES {
            self.save(output, report)
        } else {
            Ok(())
        }
    }

    /// Makes sure of all that has been taken.
    pub fn save(&mut self, output: &mut Output, report: &mut Report) -> Result<(), Error> {
        output.sync()?;
        self.manifest.position.output = output.length();
        self.manifest.position.ids = self.ids.sync()?;
        self.manifest.position.standing = report.standing()?;
        self.write()?;
        self.last = Instant::now();
        Ok(())
    }

    /// Tells that nothing more comes; only the name of the output is missing.
    pub fn complete(mut self, output: &mut Output, report: &mut Report, code: u8) -> Result<(), Error> {
        self.manifest.complete = Some(code);
        self.save(output, report)?;
        self.ids.discard();
        Ok(())
    }

    /// Takes the manifest away: the run cannot go on.
    pub fn discard(self) {
        self.ids.discard();
        let _ = std::fs::remove_file(&self.path);
    }

    fn write(&self) -> Result<(), Error> {
        let mut file = Output::resumed(&self.path, 0)?;
        let mut bytes =
            serde_json::to_vec_pretty(&self.manifest).expect("a manifest can always be written to memory");
        bytes.push(b'\n');
        file.write(&bytes)?;
        file.finish()
    }
}

/// The ids of articles, as [`seen`](super::seen) knows them, in a file.
pub struct Ids(Output);

impl Ids {
    fn name(named: &Path) -> PathBuf {
        with_suffix(&resolved(named), ".ids")
    }

    /// Goes on behind the first `length` bytes of the list; hands those that stand there to `each`.
    pub fn resumed(named: &Path, length: u64, mut each: impl FnMut(u64)) -> Result<Self, Error> {
        let name = Ids::name(named);
        let output = Output::resumed(&name, length)?;
        let fault = |cause| Error::Output { path: name.display().to_string(), cause };
        let mut file = BufReader::new(File::open(kept_name(&name)).map_err(fault)?);
        let mut id = [0; 8];
        for _ in 0..length / 8 {
            file.read_exact(&mut id).map_err(fault)?;
            each(u64::from_le_bytes(id));
        }
        Ok(Ids(output))
    }

    /// Removes the list of a run that is complete.
    pub fn remove(named: &Path) {
        let _ = std::fs::remove_file(kept_name(&Ids::name(named)));
    }

    fn add(&mut self, ids: &[u64]) -> Result<(), Error> {
        let bytes: Vec<u8> = ids.iter().flat_map(|id| id.to_le_bytes()).collect();
        self.0.write(&bytes)
    }

    fn sync(&mut self) -> Result<u64, Error> {
        self.0.sync()?;
        Ok(self.0.length())
    }

    fn discard(self) {
        self.0.discard();
    }
}
