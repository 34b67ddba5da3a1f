//! Whether time is linear in the length of an article whatever stands in it: nanoseconds a byte for articles of one
//! repeated piece, against news.
//!
//!     cargo bench --bench linear -- [MB [PIECE]...]
//!
//! The exit code is 1 where a piece costs more than ten times as much a byte as news.

use std::process::ExitCode;
use std::time::Instant;
use vnfacts::article::Article;
use vnfacts::document::Scratch;
use vnfacts::gazetteer::Gazetteers;
use vnfacts::pipeline::Pipeline;

/// What is repeated: what rules start at, and what they look past.
const PIECES: &[&str] = &[
    "A",
    "A ",
    "Đ. ",
    "a ",
    "1",
    "1 ",
    "1.000.",
    ",",
    ", ",
    ".",
    ". ",
    "(",
    "( ",
    ")",
    "[",
    "“",
    "\"",
    "\n",
    "-",
    "1-",
    "1-1-",
    "- ",
    "/",
    "1/",
    "%",
    "Nguyễn ",
    "Nguyễn Văn ",
    "Nguyễn Văn A, ",
    "Ông A, ",
    "ông Nguyễn Văn A và ",
    "Giám đốc ",
    "Giám đốc, ",
    "Phó ",
    "nguyên ",
    "UBND ",
    "Bí thư Tỉnh ủy ",
    "Bí thư Tỉnh ủy, ",
    "Bộ Văn hóa, ",
    "các đồng chí: ",
    "kiêm ",
    "Đại tá ",
    "01-CTr/TU, ",
    "số 01, ",
    "01/",
    "QĐ-",
    "-UBND",
    "Nghị quyết ",
    "Nghị quyết 18, ",
    "ngày ",
    "ngày 14, ",
    "14-11 ",
    "14/11, ",
    "tháng ",
    "năm 2019 ",
    "từ ngày 1 đến ",
    "1 tỷ ",
    "hai mươi ",
    "triệu ",
    "58 tập thể, cá nhân, ",
    "trao ",
    "tặng Bằng khen ",
    "Bằng khen cho ",
    "được tặng ",
    "Huân chương ",
    "cho 20 cá nhân; ",
    "Ảnh: ",
    "Tin liên quan\n",
    "- a\n",
    "Lê An\n",
    "\u{301}",
    "a\u{301}",
    "\u{200b}",
    "\u{a0}",
    "\r\n",
    "中",
    "😀",
];

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let megabytes = args.next().map_or(4.0, |arg| arg.parse().expect("the first argument is a number of MB"));
    let own: Vec<String> = args.collect();
    let pieces = if own.is_empty() { PIECES.to_vec() } else { own.iter().map(String::as_str).collect() };
    let size = (megabytes * 1e6) as usize;
    let pipeline = Pipeline::new(Gazetteers::embedded().unwrap(), &[]);
    let cost = |text: &str| nanoseconds(&pipeline, text, size);
    let news: String = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/samples"))
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    cost(&news);
    let base = cost(&news);
    println!("{base:8.1} ns a byte for news in one article of {megabytes} MB");
    let mut slow = 0;
    for piece in pieces {
        let own = cost(piece);
        slow += u32::from(own > 10.0 * base);
        println!("{own:8.1} ns, {:5.1} times news: {piece:?}", own / base);
    }
    ExitCode::from(u8::from(slow > 0))
}

/// What a byte costs of an article that repeats `piece` up to `size`.
fn nanoseconds(pipeline: &Pipeline, piece: &str, size: usize) -> f64 {
    let text = piece.repeat(size / piece.len() + 1);
    let bytes = text.len() as f64;
    let article = Article { id: "linear".into(), text: text.into(), ..Article::default() };
    let start = Instant::now();
    let records = pipeline.run(&article, &mut Scratch::default());
    let time = start.elapsed().as_nanos() as f64;
    drop(records);
    time / bytes
}
