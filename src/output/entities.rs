//! Where entities go: persons or programmes, one a line, or as tables.

use super::Output;
use super::format::Format;
use crate::error::Error;
use crate::tables::schema::Tabular;
use crate::tables::{self, Tables};
use serde::Serialize;
use std::path::Path;

/// Takes entities, one after the other.
pub struct Entities {
    to: To,
    number: u64,
}

enum To {
    Lines(Output, Vec<u8>),
    Tables(Tables),
}

impl Entities {
    /// Opens an output of this format; tables need a path, lines go to standard output without one.
    pub fn open<E: Tabular>(format: Format, path: Option<&Path>) -> Result<Self, Error> {
        let to = match path {
            Some(path) if format.has_tables() => To::Tables(tables::open(format, path, &E::set())?),
            _ if format.has_tables() => return Err(Error::NoPath { format: format.feature() }),
            Some(path) => To::Lines(Output::file(path)?, Vec::new()),
            None => To::Lines(Output::stdout(), Vec::new()),
        };
        Ok(Entities { to, number: 0 })
    }

    /// What `open` would refuse, before any work is done.
    pub fn check<E: Tabular>(format: Format, path: Option<&Path>) -> Result<(), Error> {
        match path {
            Some(path) if format.has_tables() => tables::check(format, path, &E::set()),
            None if format.has_tables() => Err(Error::NoPath { format: format.feature() }),
            _ => Ok(()),
        }
    }

    /// Takes an entity.
    pub fn take(&mut self, entity: &(impl Tabular + Serialize)) -> Result<(), Error> {
        self.number += 1;
        match &mut self.to {
            To::Tables(tables) => tables.item(self.number, entity),
            To::Lines(output, buffer) => {
                buffer.clear();
                serde_json::to_writer(&mut *buffer, entity)
                    .expect("an entity can always be written to memory");
                buffer.push(b'\n');
                output.write(buffer)
            }
        }
    }

    /// Makes sure that all has arrived, and gives the output its name.
    pub fn finish(self) -> Result<(), Error> {
        match self.to {
            To::Tables(tables) => tables.finish(),
            To::Lines(output, _) => output.finish(),
        }
    }
}
