#![no_main]
//! Any text at all, with and without a title kept apart.

mod common;

use libfuzzer_sys::fuzz_target;
use vnfacts::article::Article;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let published = "2019-12-15".parse().ok();
    let (title, body) = match text.split_once('\u{1}') {
        Some((title, body)) => (Some(title.into()), body.into()),
        None => (None, text),
    };
    common::check(&Article { id: "fuzz".into(), title, published, text: body, ..Article::default() });
});
