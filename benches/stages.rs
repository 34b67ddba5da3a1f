//! What each stage of the path costs: nanoseconds and share for each byte of text, one core.
//!
//!     cargo bench --bench stages -- [FILE.jsonl] [--rounds N]
//!
//! The path is run again and again, each time one stage longer; a stage costs what it adds. All lengths are run in turn
//! within each round and the median of the rounds (7) counts, so that a busy machine slows all alike. Without FILE it reads
//! `samples/`, repeated to 2 MB.

use std::fs;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;
use vnfacts::article::Article;
use vnfacts::document::{Document, Scratch};
use vnfacts::gazetteer::Gazetteers;
use vnfacts::input::decode::{self, Event};
use vnfacts::input::kind::Kind as InputKind;
use vnfacts::input::reader::Reader;
use vnfacts::input::{Item, Settings};
use vnfacts::pipeline::Pipeline;
use vnfacts::record::Kind;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const KINDS: [Kind; 5] = [Kind::Code, Kind::Date, Kind::Count, Kind::Official, Kind::Award];

type Step<'a> = (String, Box<dyn Fn() + 'a>);

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let rounds = match args.iter().position(|arg| arg == "--rounds") {
        Some(at) => {
            args.drain(at..at + 2).nth(1).and_then(|n| n.parse().ok()).expect("a number belongs here")
        }
        None => 7,
    };
    let folder = tempfile::tempdir().unwrap();
    let path = args.first().map_or_else(|| samples(folder.path().join("samples.jsonl")), PathBuf::from);
    let articles = read(&path);
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let pipelines = pipelines();
    let steps = steps(&path, &articles, &pipelines);
    let mut times = vec![Vec::new(); steps.len()];
    for round in 0..=rounds {
        for ((_, run), times) in steps.iter().zip(&mut times) {
            let start = Instant::now();
            run();
            if round > 0 {
                times.push(start.elapsed().as_secs_f64() * 1e9 / bytes as f64);
            }
        }
    }
    print(&steps, times);
}

/// One pipeline for each number of extractors, the last also to be written.
fn pipelines() -> Vec<Pipeline> {
    let up_to = |n: usize| Pipeline::new(Gazetteers::embedded().unwrap(), &KINDS[..n]);
    (1..=KINDS.len()).map(up_to).collect()
}

fn steps<'a>(path: &'a Path, articles: &'a [Article<'static>], pipelines: &'a [Pipeline]) -> Vec<Step<'a>> {
    let each = move |work: &dyn Fn(&Article<'_>, &mut Scratch)| {
        let mut scratch = Scratch::default();
        articles.iter().for_each(|article| work(article, &mut scratch));
    };
    let mut steps: Vec<Step<'a>> = vec![
        ("read, check UTF-8, parse JSON".into(), Box::new(|| drop(black_box(read(path))))),
        (
            "tokens, scan, blocks, sentences".into(),
            Box::new(move || each(&|a, s| Document::new(a, pipelines[0].gazetteers(), s).give_back(s))),
        ),
    ];
    for (pipeline, kind) in pipelines.iter().zip(KINDS) {
        let run = move || each(&|a, s| drop(black_box(pipeline.run(a, s))));
        steps.push((format!("{kind:?}").to_lowercase(), Box::new(run)));
    }
    let all = &pipelines[KINDS.len() - 1];
    let write = move || {
        each(&|a, s| {
            let mut out = Vec::new();
            all.run(a, s).iter().for_each(|record| serde_json::to_writer(&mut out, record).unwrap());
            black_box(&out);
        });
    };
    steps.push(("records to JSON".into(), Box::new(write)));
    steps
}

fn print(steps: &[Step<'_>], times: Vec<Vec<f64>>) {
    let medians: Vec<f64> = times.into_iter().map(median).collect();
    let whole = medians[0] + medians.last().unwrap();
    let mut before = 0.0;
    for (n, ((name, _), time)) in steps.iter().zip(&medians).enumerate() {
        let own = if n < 2 { *time } else { time - before };
        before = *time;
        println!("{own:7.1} ns a byte, {:4.1} %: {name}", 100.0 * own / whole);
    }
    println!("{whole:7.1} ns a byte in all, {:.1} MB/s of text", 1e3 / whole);
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// The articles of a file.
fn read(path: &Path) -> Vec<Article<'static>> {
    let settings = Settings { kind: Some(InputKind::Lines), ..Settings::default() };
    let mut articles = Vec::new();
    for item in Reader::new(vec![path.into()], settings.clone()) {
        let Item::Piece(piece) = item else { continue };
        let _ = decode::articles(&piece, &settings, |event| {
            if let Event::Article(article, ..) = event {
                articles.push(owned(&article));
            }
            ControlFlow::Continue(())
        });
    }
    articles
}

fn owned(article: &Article<'_>) -> Article<'static> {
    let own = |text: &str| text.to_string().into();
    Article {
        id: own(&article.id),
        title: article.title.as_deref().map(own),
        text: own(&article.text),
        published: article.published,
        ..Article::default()
    }
}

/// The pages of `samples/`, a line each, again and again.
fn samples(path: PathBuf) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    pages.retain(|page| page.extension().is_some_and(|end| end == "txt"));
    pages.sort();
    let line =
        |page| serde_json::json!({"published": "2019-12-15", "text": fs::read_to_string(page).unwrap()});
    let once: String = pages.iter().map(|page| format!("{}\n", line(page))).collect();
    fs::write(&path, once.repeat(2_000_000 / once.len() + 1)).unwrap();
    path
}
