//! Tables as Parquet: one file a table, zstd, text as STRING and days as DATE.

use super::Rows;
use super::folder::Folder;
use super::schema::{Cell, Column, Layout, Set, Type};
use crate::error::Error;
use jiff::civil::{Date, date};
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// A row group is written when its rows take this much memory: some ten thousand rows, far fewer with long texts.
const GROUP_BYTES: usize = 16 << 20;

/// A folder of Parquet files being written.
pub struct Tables {
    folder: Folder,
    files: Vec<TableFile>,
}

impl Tables {
    /// Begins the folder.
    pub fn create(path: &Path, set: &Set) -> Result<Self, Error> {
        let folder = Folder::create(path, set, "parquet")?;
        let compression = Compression::ZSTD(ZstdLevel::default());
        let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
        let files = folder.files()?.into_iter().zip(&set.tables);
        let files = files.map(|(file, table)| TableFile::new(table, file, properties.clone()));
        let files = files.collect::<Result<_, _>>().map_err(|error| folder.fault(cause(error)))?;
        Ok(Tables { folder, files })
    }
}

impl Rows for Tables {
    fn row(&mut self, table: usize, cells: &[Cell<'_>]) -> Result<(), Error> {
        self.files[table].row(cells).map_err(|error| self.folder.fault(cause(error)))
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        for file in self.files {
            file.finish().map_err(|cause| self.folder.fault(cause))?;
        }
        self.folder.finish()
    }
}

/// What the system says, where it was the system.
fn cause(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(cause) => *cause,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

/// One file with the rows that are not in it yet.
struct TableFile {
    writer: SerializedFileWriter<File>,
    columns: Vec<Waiting>,
    bytes: usize,
}

impl TableFile {
    fn new(table: &Layout, file: File, properties: WriterPropertiesPtr) -> Result<Self, ParquetError> {
        let schema = Arc::new(parse_message_type(&schema(table))?);
        let columns = table.columns.iter().map(|column| Waiting::new(column.kind)).collect();
        let writer = SerializedFileWriter::new(file, schema, properties)?;
        Ok(TableFile { writer, columns, bytes: 0 })
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ParquetError> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += column.push(cell);
        }
        if self.bytes >= GROUP_BYTES { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for column in &mut self.columns {
            if let Some(writer) = group.next_column()? {
                column.write(writer)?;
            }
        }
        group.close()?;
        self.bytes = 0;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        if self.bytes > 0 {
            self.write_group().map_err(cause)?;
        }
        self.writer.into_inner().map_err(cause)?.sync_all()
    }
}

/// The schema as the Parquet format writes it.
fn schema(table: &Layout) -> String {
    let column = |column: &Column| {
        let kind = match column.kind {
            Type::Text => ("BYTE_ARRAY", " (STRING)"),
            Type::Int => ("INT64", ""),
            Type::Real => ("DOUBLE", ""),
            Type::Day => ("INT32", " (DATE)"),
        };
        format!("OPTIONAL {} {}{};", kind.0, column.name, kind.1)
    };
    let columns: Vec<String> = table.columns.iter().map(column).collect();
    format!("message {} {{ {} }}", table.name, columns.join(" "))
}

/// The cells of a column that wait for their row group: the values, and for each row whether it has one.
struct Waiting {
    there: Vec<i16>,
    values: Values,
}

enum Values {
    Text(Vec<ByteArray>),
    Int(Vec<i64>),
    Real(Vec<f64>),
    Day(Vec<i32>),
}

impl Waiting {
    fn new(kind: Type) -> Self {
        let values = match kind {
            Type::Text => Values::Text(Vec::new()),
            Type::Int => Values::Int(Vec::new()),
            Type::Real => Values::Real(Vec::new()),
            Type::Day => Values::Day(Vec::new()),
        };
        Waiting { there: Vec::new(), values }
    }

    /// Keeps a cell; how much memory that takes.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        let mut bytes = size_of::<ByteArray>();
        let there = match (&mut self.values, cell) {
            (Values::Text(values), Cell::Text(text)) => {
                // What a column says over and over (the article, the rule) is kept once.
                let again = values.last().filter(|last| last.data() == text.as_bytes()).cloned();
                bytes += if again.is_some() { 0 } else { text.len() };
                push(values, again.unwrap_or_else(|| text.as_bytes().to_vec().into()))
            }
            (Values::Int(values), Cell::Int(n)) => push(values, *n),
            (Values::Real(values), Cell::Real(n)) => push(values, *n),
            (Values::Day(values), Cell::Day(day)) => push(values, since_1970(*day)),
            _ => false,
        };
        self.there.push(i16::from(there));
        bytes
    }

    /// Writes what waits.
    fn write(&mut self, mut writer: SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let there = Some(self.there.as_slice());
        match (writer.untyped(), &mut self.values) {
            (ColumnWriter::ByteArrayColumnWriter(writer), Values::Text(values)) => {
                writer.write_batch(values, there, None)?;
                values.clear();
            }
            (ColumnWriter::Int64ColumnWriter(writer), Values::Int(values)) => {
                writer.write_batch(values, there, None)?;
                values.clear();
            }
            (ColumnWriter::DoubleColumnWriter(writer), Values::Real(values)) => {
                writer.write_batch(values, there, None)?;
                values.clear();
            }
            (ColumnWriter::Int32ColumnWriter(writer), Values::Day(values)) => {
                writer.write_batch(values, there, None)?;
                values.clear();
            }
            _ => return Err(ParquetError::General("a column of another type than its schema".into())),
        }
        self.there.clear();
        writer.close()
    }
}

fn push<T>(values: &mut Vec<T>, value: T) -> bool {
    values.push(value);
    true
}

fn since_1970(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}
