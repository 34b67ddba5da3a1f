//! Formats that write something for each article, one behind the other, into one file.

use crate::error::Error;
use crate::output::Output;
use crate::output::sink::Sink;
use crate::record::ArticleRecord;
use serde::Serialize;
use std::path::Path;

/// What stands around the articles.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame {
    /// before the first
    pub before: &'static str,
    /// between two
    pub between: &'static str,
    /// behind the last
    pub after: &'static str,
}

/// Opens one file, or standard output; `write` appends what is written for an article.
pub(super) fn open(
    path: Option<&Path>,
    frame: Frame,
    write: impl FnMut(&ArticleRecord<'_>, &mut Vec<u8>) + 'static,
) -> Result<Box<dyn Sink>, Error> {
    let output = path.map_or_else(|| Ok(Output::stdout()), Output::file)?;
    Ok(Box::new(Lines { output, frame, begun: false, buffer: Vec::new(), write }))
}

/// One JSON object, and a line end.
pub(super) fn json(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(&mut *out, value).expect("a record can always be written to memory");
    out.push(b'\n');
}

struct Lines<W> {
    output: Output,
    frame: Frame,
    begun: bool,
    buffer: Vec<u8>,
    write: W,
}

impl<W: FnMut(&ArticleRecord<'_>, &mut Vec<u8>)> Sink for Lines<W> {
    fn article(&mut self, _: u64, article: &ArticleRecord<'_>) -> Result<(), Error> {
        self.buffer.clear();
        let begun = std::mem::replace(&mut self.begun, true);
        self.buffer.extend_from_slice(if begun { self.frame.between } else { self.frame.before }.as_bytes());
        (self.write)(article, &mut self.buffer);
        self.output.write(&self.buffer)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        if !self.begun {
            self.output.write(self.frame.before.as_bytes())?;
        }
        self.output.write(self.frame.after.as_bytes())?;
        self.output.finish()
    }
}
