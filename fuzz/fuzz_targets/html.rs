#![no_main]
//! Any bytes as an HTML page.

mod common;

use libfuzzer_sys::fuzz_target;
use vnfacts::input::kind::Kind;

fuzz_target!(|data: &[u8]| common::check_bytes(data, Kind::Html));
