//! What can go wrong while things are set up. Extraction itself cannot fail.

use crate::gazetteer::table::Fault;

/// The library's errors.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Tables with faults, all of them.
    #[error("{} in the gazetteers:\n{}", counted(.0.len()), lines(.0))]
    Gazetteers(Vec<Fault>),
}

fn counted(n: usize) -> String {
    if n == 1 { "1 fault".into() } else { format!("{n} faults") }
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
}
