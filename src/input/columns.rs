//! Reads Parquet: of all columns only those that are mapped, a batch of rows at a time.

use super::assemble::no_text;
use super::fault::Problem;
use super::fields::{Fields, Slot};
use super::row::{Row, Value};
use super::{Body, Cut, Limits, Place};
use crate::caught::catch;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType, Int96};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;
use std::fs::File;
use std::ops::Range;

/// How many rows are read at once at most.
const MOST_ROWS: i64 = 1024;

/// The rows of one Parquet file.
pub struct Columns {
    reader: SerializedFileReader<File>,
    fields: Fields,
    limits: Limits,
    /// the columns that are read, by index, each with the paths it fills
    mapped: Vec<(usize, u32)>,
    /// the row groups not begun yet
    groups: Range<usize>,
    open: Option<Group>,
    /// the row that comes next, from 1
    row: u64,
}

/// The row group being read.
struct Group {
    columns: Vec<ColumnReader>,
    rows: usize,
    batch: usize,
}

impl Columns {
    /// Reads the schema of `file`.
    pub fn new(file: File, fields: &Fields, limits: Limits) -> Result<Self, Problem> {
        let reader = guarded(|| SerializedFileReader::new(file)).map_err(|error| damaged(&error))?;
        let columns = reader.metadata().file_metadata().schema_descr().columns();
        let masks: Vec<u32> = columns.iter().map(|column| fields.named(&name(column))).collect();
        if !fields.fill(&masks, Slot::Text) {
            return Err(no_text(&sizes(&reader)));
        }
        let mapped = masks.into_iter().enumerate().filter(|&(_, mask)| mask != 0).collect();
        let groups = 0..reader.num_row_groups();
        Ok(Columns { reader, fields: fields.clone(), limits, mapped, groups, open: None, row: 1 })
    }

    /// Opens the next row group.
    fn group(&mut self, group: usize) -> Result<Group, ParquetError> {
        let reader = self.reader.get_row_group(group)?;
        let (rows, bytes) = (reader.metadata().num_rows(), reader.metadata().total_byte_size());
        let each = (bytes / rows.max(1)).max(1);
        let batch = (self.limits.block_bytes as i64 / each).clamp(1, MOST_ROWS) as usize;
        let columns = self.mapped.iter().map(|&(index, _)| reader.get_column_reader(index));
        Ok(Group { columns: columns.collect::<Result<_, _>>()?, rows: rows as usize, batch })
    }

    /// The next rows of the open row group.
    fn batch(&mut self, group: &mut Group) -> Result<Body, ParquetError> {
        let count = group.rows.min(group.batch);
        let schema = self.reader.metadata().file_metadata().schema_descr();
        let mut rows = vec![Row::default(); count];
        for (&(index, mask), reader) in self.mapped.iter().zip(&mut group.columns) {
            let values = column(reader, &schema.column(index), count)?;
            if values.len() < count {
                return Err(ParquetError::EOF(format!(
                    "the column {} ends early",
                    name(&schema.column(index))
                )));
            }
            for (row, value) in rows.iter_mut().zip(values) {
                if let Some(value) = value {
                    row.keep(&self.fields, mask, &mut || value.clone());
                }
            }
        }
        group.rows -= count;
        Ok(Body::Made(rows))
    }

    fn cut(&mut self) -> Result<Option<Cut>, ParquetError> {
        let place = Place { line: self.row, byte: 0 };
        loop {
            let mut group = match self.open.take() {
                Some(group) => group,
                None => match self.groups.next() {
                    Some(next) => self.group(next)?,
                    None => return Ok(None),
                },
            };
            if group.rows > 0 {
                self.row += group.rows.min(group.batch) as u64;
                let body = self.batch(&mut group)?;
                self.open = Some(group);
                return Ok(Some(Cut::Body(place, body)));
            }
        }
    }
}

impl Iterator for Columns {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        let place = Place { line: self.row, byte: 0 };
        guarded(|| self.cut()).unwrap_or_else(|error| {
            (self.groups, self.open) = (0..0, None);
            Some(Cut::Fault(place, damaged(&error)))
        })
    }
}

/// A library that panics over a damaged file says no more than one that fails.
fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    catch(read).unwrap_or_else(|words| Err(ParquetError::General(words)))
}

fn damaged(error: &ParquetError) -> Problem {
    let why = format!("the Parquet file cannot be read ({error}); what stands before was read");
    Problem::error("damaged", why, "fetch or write the file again")
}

/// The names from the outside in, joined by dots.
fn name(column: &ColumnDescriptor) -> String {
    column.path().parts().join(".")
}

/// The columns that hold text with their sizes, the others without.
fn sizes(reader: &SerializedFileReader<File>) -> Vec<(String, Option<usize>)> {
    let columns = reader.metadata().file_metadata().schema_descr().columns();
    let size = |index| {
        let groups = reader.metadata().row_groups().iter();
        groups.map(|group| group.column(index).uncompressed_size().max(0) as usize).sum()
    };
    let is_text = |column: &ColumnDescriptor| {
        column.max_rep_level() == 0 && column.physical_type() == parquet::basic::Type::BYTE_ARRAY
    };
    let sized = |(index, column): (usize, &_)| (name(column), is_text(column).then(|| size(index)));
    columns.iter().map(|column| &**column).enumerate().map(sized).collect()
}

type Values = Vec<Option<Value<'static>>>;

/// The next `count` values of a column, those that are null included.
fn column(reader: &mut ColumnReader, about: &ColumnDescriptor, count: usize) -> Result<Values, ParquetError> {
    if about.max_rep_level() > 0 {
        return Ok(vec![Some(Value::Wrong("a list")); count]);
    }
    match reader {
        ColumnReader::BoolColumnReader(r) => read(r, about, count, |_| Value::Wrong("true or false")),
        ColumnReader::Int32ColumnReader(r) => read(r, about, count, |n| small(n, about)),
        ColumnReader::Int64ColumnReader(r) => read(r, about, count, |n| large(n, about)),
        ColumnReader::Int96ColumnReader(r) => {
            read(r, about, count, |n: Int96| instant(n.to_millis(), 1_000, true))
        }
        ColumnReader::FloatColumnReader(r) => read(r, about, count, |n| Value::of_float(n.into())),
        ColumnReader::DoubleColumnReader(r) => read(r, about, count, Value::of_float),
        ColumnReader::ByteArrayColumnReader(r) => {
            read(r, about, count, |bytes: ByteArray| text(bytes.data()))
        }
        ColumnReader::FixedLenByteArrayColumnReader(r) => read(r, about, count, |bytes| text(bytes.data())),
    }
}

fn read<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    about: &ColumnDescriptor,
    count: usize,
    value: impl Fn(T::T) -> Value<'static>,
) -> Result<Values, ParquetError> {
    let (mut levels, mut values) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let most = about.max_def_level();
    let (read, ..) = reader.read_records(count, Some(&mut levels), None, &mut values)?;
    let mut values = values.into_iter().map(value);
    Ok(match most {
        0 => values.map(Some).collect(),
        _ => {
            levels.iter().take(read).map(|&level| if level == most { values.next() } else { None }).collect()
        }
    })
}

fn text(bytes: &[u8]) -> Value<'static> {
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => Value::Text(text.to_string().into()),
        Err(_) => Value::Wrong("bytes that are no UTF-8"),
    }
}

/// A day, or a number.
fn small(number: i32, about: &ColumnDescriptor) -> Value<'static> {
    let is_day =
        about.logical_type_ref() == Some(&LogicalType::Date) || about.converted_type() == ConvertedType::DATE;
    if !is_day {
        return Value::Number(number.into());
    }
    let day = Date::constant(1970, 1, 1).checked_add(SignedDuration::from_hours(24 * i64::from(number)));
    Value::Text(day.map_or_else(|_| format!("day {number}"), |day| day.to_string()).into())
}

/// An instant, or a number.
fn large(number: i64, about: &ColumnDescriptor) -> Value<'static> {
    match (about.logical_type_ref(), about.converted_type()) {
        (Some(LogicalType::Timestamp(time)), _) => {
            let second = match time.unit {
                TimeUnit::MILLIS => 1_000,
                TimeUnit::MICROS => 1_000_000,
                TimeUnit::NANOS => 1_000_000_000,
            };
            instant(number, second, time.is_adjusted_to_u_t_c)
        }
        (_, ConvertedType::TIMESTAMP_MILLIS) => instant(number, 1_000, true),
        (_, ConvertedType::TIMESTAMP_MICROS) => instant(number, 1_000_000, true),
        _ => Value::Number(number),
    }
}

/// So many parts of a second after 1970 began: in UTC, or on the clock on the wall.
fn instant(number: i64, second: i64, utc: bool) -> Value<'static> {
    let text = match (Timestamp::from_second(number.div_euclid(second)), utc) {
        (Err(_), _) => format!("instant {number}"),
        (Ok(instant), true) => instant.to_string(),
        (Ok(instant), false) => instant.to_zoned(TimeZone::UTC).datetime().to_string(),
    };
    Value::Text(text.into())
}
