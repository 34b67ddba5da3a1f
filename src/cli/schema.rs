//! `vnfacts schema`: the output contract as JSON Schema.

use clap::Args;
use std::io::Write;

/// The JSON Schema (2020-12) of one record.
pub const RECORD: &str = include_str!("../../schema/record.schema.json");

/// Print the JSON Schema of the records
#[derive(Args, Debug)]
pub struct Schema {}

impl Schema {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        std::io::stdout().write_all(RECORD.as_bytes())?;
        Ok(0)
    }
}
