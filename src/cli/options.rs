//! The options that reading articles has, whatever is made of them.

use super::identity::all_files;
use super::sample::Sample;
use crate::gazetteer::Gazetteers;
use crate::input::encoding::{self, Encoding};
use crate::input::fields::{Fields, PRESETS, Preset};
use crate::input::kind::Kind;
use crate::input::reader::Reader;
use crate::input::{Limits, Settings, published};
use anyhow::{Context, bail};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgMatches, Args, Command, ValueEnum};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

/// What inputs are made of.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum InputFormat {
    /// by content, and by the name of the file where that leaves a choice
    Auto,
    /// JSON Lines, one article a line
    Jsonl,
    /// JSON: an array of articles, or one article behind the other
    Json,
    /// text, one article a file
    Text,
    /// CSV or TSV with a header
    Csv,
    /// HTML, one article a file
    Html,
}

/// What articles are read from, and how.
#[derive(Args, Clone, Debug)]
pub struct Source {
    /// Files, folders (read recursively, sorted by name) and `-` for standard input
    ///
    /// .txt and .html files are one article each; .jsonl, .json, .csv, .tsv, .parquet and .warc hold many; all of them
    /// may be packed with gzip, zstd, bzip2 or xz, or stand in .tar or .zip archives. Contents tell what is what, and
    /// names where contents leave a choice. In folders and archives only files with such names are read, hidden ones
    /// are not.
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Which keys hold what, where they have other names than usual
    ///
    /// SLOT=KEY, where SLOT is id, url, title, published or text, and the keys of nested objects are joined by dots:
    /// --map text=content,published=publish.$date. A slot may be given several times, the first key that is there
    /// counts; `title=` leaves one out. Usual names: id doc; url link; title; published date publish_date publish;
    /// text content body.
    #[arg(long, value_name = "SLOT=KEY", value_delimiter = ',')]
    pub map: Vec<String>,

    /// The names that a known kind of dump gives its fields; --map goes on from there
    #[arg(long, value_name = "NAME", value_parser = presets())]
    pub preset: Option<&'static Preset>,

    /// What text, JSON, CSV and HTML are written in, if not in UTF-8: windows-1258, tcvn3 (ABC), viscii, vni …
    ///
    /// Or any other name that browsers know. Offsets then count in the decoded text, which is NFC. UTF-16 that begins
    /// with a BOM is decoded without it.
    #[arg(long, value_name = "NAME", value_parser = parse_encoding)]
    pub encoding: Option<Encoding>,

    /// The publication date of articles that carry none (2019-12-15 or 15/12/2019)
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub published: Option<Date>,

    /// What the inputs are made of
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "auto")]
    pub input_format: InputFormat,

    /// Longer articles (lines, pages) are passed over and reported
    #[arg(long, value_name = "N", default_value = "16000000")]
    pub max_article_bytes: NonZeroUsize,

    /// Packed files of which more than N times their size comes are left as decompression bombs; 0 for no limit
    #[arg(long, value_name = "N", default_value = "256")]
    pub max_ratio: u64,

    /// Packed files of which more than N bytes come are left
    #[arg(long, value_name = "N", default_value = "1000000000000")]
    pub max_unpacked_bytes: u64,

    /// Read tables from DIR: NAME.tsv replaces a table, NAME.add.tsv adds rows to it
    #[arg(long, value_name = "DIR")]
    pub gazetteers: Option<PathBuf>,
}

/// The options of `extract` and `sentences`.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// where articles come from
    #[command(flatten)]
    pub source: Source,

    /// Write to FILE instead of standard output; it gets its name when it is complete
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Write what is wrong with the input to FILE too, as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,

    /// Stop at the first error
    #[arg(long)]
    pub strict: bool,

    /// How many threads; all cores if not given. The output is the same for any number
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    /// No progress and no summary on standard error (faults are always told)
    #[arg(short, long)]
    pub quiet: bool,

    /// Go on where an earlier run of the same command was stopped, by whatever; start one that can go on if there is
    /// none
    ///
    /// The output stands in FILE.part until it is complete, and FILE.manifest.json tells how far it is. What comes out
    /// in the end is, byte for byte, what a run without a break would have written. If inputs, tables, options or the
    /// program have changed meanwhile, that is told and nothing is done. Once complete, the same command only says so.
    #[arg(long, requires = "output")]
    pub resume: bool,

    /// Only the first N articles
    #[arg(long, value_name = "N")]
    pub limit: Option<NonZeroU64>,

    /// Only N articles chosen at random, in the order of the input, which is read twice
    ///
    /// Chosen by hashes of their ids, so that the same N and --seed give the same articles, whatever the number of
    /// threads and the order of the input.
    #[arg(long, value_name = "N", conflicts_with = "limit")]
    pub sample: Option<NonZeroUsize>,

    /// Choose another sample
    #[arg(long, value_name = "N", default_value = "0", requires = "sample")]
    pub seed: u64,

    /// Tell articles that take longer than this; 0 tells none
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = parse_seconds)]
    pub warn_after: Duration,

    /// How often a run that can go on makes sure of what it has, for tests
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = parse_seconds, hide = true)]
    pub checkpoint_every: Duration,

    /// All options that the output depends on, by name
    #[arg(skip)]
    pub given: Given,

    /// Panic in the article with this id, to test that panics are caught
    #[arg(long, value_name = "DOC", hide = true)]
    pub panic_on: Option<String>,
}

fn parse_seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "not a number of seconds".into())
}

fn parse_date(text: &str) -> Result<Date, String> {
    published::parse(text).ok_or_else(|| "not a date; write it as 2019-12-15".into())
}

fn parse_encoding(name: &str) -> Result<Encoding, String> {
    Encoding::named(name).ok_or_else(|| encoding::unknown(name))
}

/// The presets by name, each with what writes such dumps.
fn presets() -> impl TypedValueParser<Value = &'static Preset> {
    let names = PRESETS.iter().map(|preset| PossibleValue::new(preset.name).help(preset.about));
    PossibleValuesParser::new(names).map(|name| Preset::named(&name).expect("it is one of them"))
}

/// Options with their values, as given or by default.
pub type Given = BTreeMap<String, Vec<String>>;

/// What the command itself is called among them.
pub const COMMAND: &str = "command";

/// Options that the output does not depend on, or not by their own words.
const APART: &[&str] =
    &["inputs", "output", "gazetteers", "threads", "quiet", "resume", "warn_after", "checkpoint_every"];

/// What was given of all options of a command that its output depends on.
pub fn given(command: &Command, matches: &ArgMatches) -> Given {
    let arguments = command.get_arguments().filter(|argument| !APART.contains(&argument.get_id().as_str()));
    let values = arguments.filter_map(|argument| {
        let id = argument.get_id().as_str();
        let values = matches.try_get_raw(id).ok()?.into_iter().flatten();
        let values = values.map(|value| value.to_string_lossy().into_owned()).collect();
        Some((format!("--{}", argument.get_long().unwrap_or(id)), values))
    });
    std::iter::once((COMMAND.into(), vec![command.get_name().into()])).chain(values).collect()
}

impl Options {
    /// How many threads.
    pub fn threads(&self) -> usize {
        let cores = || std::thread::available_parallelism();
        self.threads.or_else(|| cores().ok()).map_or(1, NonZeroUsize::get)
    }

    /// The sample that is wanted, if one is; reads the inputs.
    pub fn sample(&self) -> anyhow::Result<Option<Sample>> {
        let Some(size) = self.sample else { return Ok(None) };
        if !all_files(&self.source.inputs) {
            bail!("--sample needs inputs that can be read twice: files and folders, no `-` and no pipes");
        }
        let (reader, settings) = (self.source.reader()?, self.source.settings()?);
        Ok(Some(Sample::choose(reader, &settings, size.get(), self.seed, self.threads())))
    }
}

impl Source {
    /// How input is read.
    pub fn settings(&self) -> anyhow::Result<Settings> {
        let limits = Limits {
            article_bytes: self.max_article_bytes.get(),
            ratio: self.max_ratio,
            unpacked_bytes: self.max_unpacked_bytes,
            ..Limits::default()
        };
        let kind = match self.input_format {
            InputFormat::Auto => None,
            InputFormat::Jsonl => Some(Kind::Lines),
            InputFormat::Json => Some(Kind::Json),
            InputFormat::Text => Some(Kind::Text),
            InputFormat::Csv => Some(Kind::Table),
            InputFormat::Html => Some(Kind::Html),
        };
        Ok(Settings {
            kind,
            encoding: self.encoding,
            fields: Fields::preset(self.preset, &self.map)?,
            limits,
        })
    }

    /// The tables.
    pub fn tables(&self) -> anyhow::Result<Gazetteers> {
        let tables = Gazetteers::load(self.gazetteers.as_deref());
        tables.context("nothing was read (`vnfacts gazetteers check DIR` lists the same faults)")
    }

    /// The inputs; standard input if none is named and something is piped in.
    pub fn reader(&self) -> anyhow::Result<Reader> {
        let mut inputs = self.inputs.clone();
        if inputs.is_empty() {
            if std::io::stdin().is_terminal() {
                bail!("no input; name a file, a folder, or `-` for standard input (see --help)");
            }
            inputs.push("-".into());
        }
        Ok(Reader::new(inputs, self.settings()?))
    }
}
