//! What can go wrong while things are set up and written. Extraction itself cannot fail, and what is wrong with an
//! input is an [`InputFault`](crate::input::fault::InputFault), which never stops a run.

use crate::gazetteer::table::Fault;

/// The library's errors.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Tables with faults, all of them.
    #[error("{} in the gazetteers:\n{}", counted(.0.len()), lines(.0))]
    Gazetteers(Vec<Fault>),
    /// A `--map` that cannot be understood.
    #[error("--map {spec}: {why}; it is written like text=content,published=publish.$date")]
    Map {
        /// as given
        spec: String,
        /// what is wrong with it
        why: String,
    },
    /// An output that cannot be written.
    #[error("cannot write {path}: {}", crate::input::walk::cause(.cause))]
    Output {
        /// the file, or `standard output`
        path: String,
        /// what the system says
        cause: std::io::Error,
    },
    /// A temporary file that cannot be written or read.
    #[error(
        "a temporary file failed: {}; set TMPDIR to a folder with room",
        crate::input::walk::cause(.cause)
    )]
    Temporary {
        /// what the system says
        cause: std::io::Error,
    },
    /// A format that this build of the program cannot write.
    #[error(
        "this vnfacts was built without {feature}; build it with `cargo build --release --features {feature}`"
    )]
    NotBuilt {
        /// the cargo feature
        feature: &'static str,
    },
    /// What is more than lines, without a place to write it to.
    #[error("{format} cannot go to standard output; say where with -o")]
    NoPath {
        /// the format
        format: &'static str,
    },
}

impl Error {
    /// Whether the reader of the output has gone away, which is no failure.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Error::Output { cause, .. } if cause.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

fn counted(n: usize) -> String {
    if n == 1 { "1 fault".into() } else { format!("{n} faults") }
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
}
