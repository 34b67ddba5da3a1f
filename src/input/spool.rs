//! A stream as a file without a name, for formats that are read from their end.

use super::fault::Problem;
use super::stream::{Stream, problem};
use std::fs::File;
use std::io::{self, Seek};

/// All of `stream` in a temporary file that goes away with its handle.
pub fn spool(mut stream: Stream) -> Result<File, Problem> {
    let mut file = tempfile::tempfile().map_err(|error| {
        let why = format!("no temporary file can be made for it ({})", super::walk::cause(&error));
        Problem::error(
            "not readable",
            why,
            "set TMPDIR to a folder with room, or unpack it and name the file",
        )
    })?;
    io::copy(&mut stream, &mut file).and_then(|_| file.rewind()).map_err(|error| problem(&error))?;
    Ok(file)
}
