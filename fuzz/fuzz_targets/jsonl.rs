#![no_main]
//! Any bytes as JSON Lines.

mod common;

use libfuzzer_sys::fuzz_target;
use vnfacts::input::kind::Kind;

fuzz_target!(|data: &[u8]| common::check_bytes(data, Kind::Lines));
