//! How far the whole path is from what the machine can do at most.
//!
//! `cargo bench --bench floor -- FILE.jsonl` prints MB/s (10^6 bytes of JSON Lines) of
//! (a) the floor: read blocks, check UTF-8, parse JSON into borrowed fields, one scan with all phrases of our own
//!     gazetteers by daachorse;
//! (b) the whole `extract` in one process: read, decode, extract, serialise, without writing;
//! and their ratio, one core, alternating a b a b in one run so that a busy machine slows both; then (b) on one and
//! two threads by wall clock. Without FILE it repeats `samples/` to 20 MB. `--mb N` reads no more than N MB of FILE,
//! `--pairs N` (5) says how often.

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};
use memchr::{memchr, memrchr};
use serde::Deserialize;
use std::borrow::Cow;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use vnfacts::cli::ordered::Job;
use vnfacts::cli::watchdog::Watchdog;
use vnfacts::cli::work::{Outcome, Work, Worker, records};
use vnfacts::document::Scratch;
use vnfacts::gazetteer::Gazetteers;
use vnfacts::gazetteer::schema::Cell;
use vnfacts::gazetteer::table::values;
use vnfacts::input::Settings;
use vnfacts::input::kind::Kind;
use vnfacts::input::reader::Reader;
use vnfacts::pipeline::Pipeline;

// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const BLOCK: usize = 256 << 10;

fn main() -> io::Result<()> {
    let args = Args::read();
    let folder = tempfile::tempdir()?;
    let path = args.input(folder.path())?;
    let megabytes = fs::metadata(&path)?.len() as f64 / 1e6;
    let gazetteers = Gazetteers::embedded().map_err(io::Error::other)?;
    let (scan, count) = scanner(&gazetteers);
    let pipeline = Pipeline::new(gazetteers, &[]);
    println!("{megabytes:.1} MB, {count} phrases");
    pairs(&args, megabytes, || floor(&path, &scan), || whole(&pipeline, &path, 1))?;
    threads(&args, megabytes, |threads| whole(&pipeline, &path, threads))
}

/// (a) and (b) in turn, on one core.
fn pairs(
    args: &Args,
    megabytes: f64,
    a: impl Fn() -> io::Result<u64>,
    b: impl Fn() -> io::Result<u64>,
) -> io::Result<()> {
    let (mut floors, mut wholes, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    println!(
        "one core, {}\npair  (a) floor  (b) extract  b/a",
        if cpu_time().is_some() { "CPU time" } else { "wall clock" }
    );
    for pair in 0..=args.pairs {
        let (floor, whole) = (timed(&a)?, timed(&b)?);
        if pair == 0 {
            continue; // warms caches and files
        }
        let (floor, whole) = (megabytes / floor.as_secs_f64(), megabytes / whole.as_secs_f64());
        println!("{pair:>4}  {floor:>9.1}  {whole:>11.1}  {:.3}", whole / floor);
        floors.push(floor);
        wholes.push(whole);
        ratios.push(whole / floor);
    }
    let (floor, whole, ratio) = (median(floors), median(wholes), median(ratios));
    println!("median {floor:.1} MB/s, {whole:.1} MB/s, ratio {ratio:.3} F");
    Ok(())
}

/// (b) on one and two threads in turn, by wall clock.
fn threads(args: &Args, megabytes: f64, run: impl Fn(usize) -> io::Result<u64>) -> io::Result<()> {
    println!("wall clock\npair  1 thread  2 threads  2/1");
    let (mut ones, mut twos, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for pair in 1..=args.pairs {
        let speed = |threads| -> io::Result<f64> {
            let start = Instant::now();
            black_box(run(threads)?);
            Ok(megabytes / start.elapsed().as_secs_f64())
        };
        let (one, two) = (speed(1)?, speed(2)?);
        println!("{pair:>4}  {one:>8.1}  {two:>9.1}  {:.2}", two / one);
        ones.push(one);
        twos.push(two);
        ratios.push(two / one);
    }
    let (one, two, ratio) = (median(ones), median(twos), median(ratios));
    println!("median {one:.1} MB/s, {two:.1} MB/s, {ratio:.2} times");
    Ok(())
}

struct Args {
    file: Option<PathBuf>,
    megabytes: Option<u64>,
    pairs: usize,
}

impl Args {
    fn read() -> Self {
        let mut args = Args { file: None, megabytes: None, pairs: 5 };
        let mut given = std::env::args().skip(1);
        let number = |text: Option<String>| text.and_then(|n| n.parse().ok()).expect("a number belongs here");
        while let Some(arg) = given.next() {
            match arg.as_str() {
                "--bench" => {} // cargo's own
                "--mb" => args.megabytes = Some(number(given.next())),
                "--pairs" => args.pairs = number(given.next()) as usize,
                _ => args.file = Some(arg.into()),
            }
        }
        args
    }

    fn input(&self, folder: &Path) -> io::Result<PathBuf> {
        let own = folder.join("input.jsonl");
        match (&self.file, self.megabytes) {
            (Some(file), None) => Ok(file.clone()),
            (Some(file), Some(megabytes)) => head(file, megabytes * 1_000_000, &own).map(|()| own),
            (None, megabytes) => samples(megabytes.unwrap_or(20) * 1_000_000, &own).map(|()| own),
        }
    }
}

/// The first lines of a file, up to `bytes`.
fn head(file: &Path, bytes: u64, own: &Path) -> io::Result<()> {
    let (mut out, mut line, mut written) = (File::create(own)?, Vec::new(), 0);
    let mut lines = BufReader::new(File::open(file)?);
    while written < bytes && lines.read_until(b'\n', &mut line)? > 0 {
        out.write_all(&line)?;
        written += line.len() as u64;
        line.clear();
    }
    Ok(())
}

/// The pages of `samples/`, a line each, again and again.
fn samples(bytes: u64, own: &Path) -> io::Result<()> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir("samples")?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    let mut out = Vec::new();
    while !paths.is_empty() && (out.len() as u64) < bytes {
        for path in &paths {
            let text = fs::read_to_string(path)?;
            writeln!(out, "{}", serde_json::json!({"id": path, "published": "2019-12-15", "text": text}))?;
        }
    }
    fs::write(own, out)
}

fn scanner(gazetteers: &Gazetteers) -> (DoubleArrayAhoCorasick<u32>, usize) {
    let mut phrases: Vec<&str> = Vec::new();
    for table in gazetteers.tables() {
        for (n, column) in table.schema.columns.iter().enumerate() {
            if matches!(column.cell, Cell::Phrase | Cell::Phrases) {
                phrases.extend(table.rows.iter().flat_map(|row| values(&row.cells[n])));
            }
        }
    }
    phrases.sort_unstable();
    phrases.dedup();
    let builder = DoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
    let scan = builder.build(&phrases).expect("phrases are distinct and not empty");
    (scan, phrases.len())
}

/// (a); how many phrases were found.
fn floor(path: &Path, scan: &DoubleArrayAhoCorasick<u32>) -> io::Result<u64> {
    #[derive(Deserialize)]
    struct Line<'a> {
        #[serde(borrow, default)]
        text: Cow<'a, str>,
    }
    let mut file = File::open(path)?;
    let (mut block, mut found) = (Vec::with_capacity(2 * BLOCK), 0);
    loop {
        let read = (&mut file).take(BLOCK as u64).read_to_end(&mut block)?;
        let whole = if read == 0 { block.len() } else { memrchr(b'\n', &block).map_or(0, |end| end + 1) };
        let mut lines = simdutf8::basic::from_utf8(&block[..whole]).map_err(io::Error::other)?;
        while !lines.is_empty() {
            let end = memchr(b'\n', lines.as_bytes()).map_or(lines.len(), |end| end + 1);
            let line: Line<'_> = serde_json::from_str(&lines[..end])?;
            found += scan.leftmost_find_iter(line.text.as_bytes()).count() as u64;
            lines = &lines[end..];
        }
        block.drain(..whole);
        if read == 0 {
            return Ok(found);
        }
    }
}

/// (b); how many bytes of records came out.
fn whole(pipeline: &Pipeline, path: &Path, threads: usize) -> io::Result<u64> {
    let settings = Settings { kind: Some(Kind::Lines), ..Settings::default() };
    let work = Work {
        pipeline,
        write: records,
        settings: &settings,
        sample: None,
        limit: None,
        strict: false,
        panic_on: None,
    };
    let watchdog = Watchdog::default();
    let mut written = 0;
    let job = Job {
        source: Reader::new(vec![path.into()], settings.clone()).zip(0u64..),
        state: || Worker { scratch: Scratch::default(), desk: watchdog.desk() },
        work: |(item, number), worker: &mut Worker| work.on(item, number, worker),
        deliver: |outcome: Outcome| match outcome.faults.first() {
            Some(fault) => Err(io::Error::other(fault.to_string())),
            None => {
                written += outcome.bytes.len() as u64;
                black_box(&outcome.bytes);
                Ok(ControlFlow::Continue(()))
            }
        },
    };
    job.run(threads)?;
    Ok(written)
}

fn timed(run: impl Fn() -> io::Result<u64>) -> io::Result<Duration> {
    let (start, clock) = (Instant::now(), cpu_time());
    black_box(run()?);
    Ok(match (clock, cpu_time()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed(),
    })
}

/// The CPU time of this thread, where the system tells it.
fn cpu_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
