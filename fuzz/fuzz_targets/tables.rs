#![no_main]
//! Any bytes as a table of the gazetteers: read or told what is wrong with it, never a panic. The first byte chooses
//! the table.

use libfuzzer_sys::fuzz_target;
use vnfacts::gazetteer::schema::SCHEMAS;
use vnfacts::gazetteer::table;

fuzz_target!(|data: &[u8]| {
    let Some((&first, rest)) = data.split_first() else { return };
    let schema = &SCHEMAS[first as usize % SCHEMAS.len()];
    let header = schema.columns.iter().map(|c| c.name).collect::<Vec<_>>().join("\t");
    let content = format!("{header}\n{}", String::from_utf8_lossy(rest));
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    table::read(schema, "fuzz.tsv", &content, &mut rows, &mut faults);
    table::check_keys(schema, &rows, &mut faults);
    let lines = content.lines().count();
    assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line)), "{faults:?}");
    assert!(rows.iter().all(|row| row.cells.len() == schema.columns.len()));
});
