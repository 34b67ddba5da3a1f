//! Real output against the JSON Schema that ships with the program.

use serde_json::Value;
use std::path::Path;
use vnfacts::article::Article;
use vnfacts::cli::schema::RECORD;
use vnfacts::document::Scratch;
use vnfacts::gazetteer::Gazetteers;
use vnfacts::pipeline::Pipeline;

fn records() -> Vec<Value> {
    let pipeline = Pipeline::new(Gazetteers::embedded().unwrap(), &[]);
    let mut scratch = Scratch::default();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut pages: Vec<_> = std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    pages.sort();
    let mut records = Vec::new();
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        let article =
            Article { id: page.display().to_string().into(), text: text.into(), ..Article::default() };
        let found = pipeline.run(&article, &mut scratch);
        records.extend(found.iter().map(|record| serde_json::to_value(record).unwrap()));
    }
    records
}

/// Whether `value` fits the part of JSON Schema that our schema is written in.
fn fits(schema: &Value, value: &Value) -> bool {
    let list = |key: &str| schema[key].as_array().cloned().unwrap_or_default();
    let types = if schema["type"].is_array() { list("type") } else { vec![schema["type"].clone()] };
    let typed = types.iter().any(|t| match t.as_str() {
        None => true,
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some("null") => value.is_null(),
        Some(other) => panic!("the schema uses the type {other}: teach it to this test"),
    });
    let listed = schema.get("enum").is_none() || list("enum").contains(value);
    let constant = schema.get("const").is_none_or(|only| only == value);
    let items = value.as_array().is_none_or(|all| all.iter().all(|one| fits(&schema["items"], one)));
    let keys = value.as_object().is_none_or(|object| {
        let known =
            |(key, value): (&String, &Value)| schema["properties"].get(key).is_some_and(|s| fits(s, value));
        schema.get("properties").is_none()
            || list("required").iter().all(|key| object.contains_key(key.as_str().unwrap()))
                && object.iter().all(known)
    });
    typed && listed && constant && items && keys
}

fn variants() -> Vec<Value> {
    let schema: Value = serde_json::from_str(RECORD).unwrap();
    schema["oneOf"].as_array().unwrap().clone()
}

#[test]
fn every_record_of_the_samples_fits_its_kind_and_no_other() {
    let (records, variants) = (records(), variants());
    assert!(records.len() > 500, "only {} records", records.len());
    for record in &records {
        let fitting: Vec<_> =
            variants.iter().filter(|kind| fits(kind, record)).map(|kind| &kind["title"]).collect();
        assert_eq!(fitting, [&record["kind"]], "{record}");
    }
}

#[test]
fn a_changed_record_does_not_fit() {
    let record = records().into_iter().find(|record| record["kind"] == "count").unwrap();
    let fit = |record: &Value| variants().iter().any(|kind| fits(kind, record));
    assert!(fit(&record));
    for (key, value) in
        [("start", Value::from("5")), ("kind", "opinion".into()), ("extra", 1.into()), ("unit", Value::Null)]
    {
        let mut changed = record.clone();
        changed[key] = value;
        assert!(!fit(&changed), "{key}");
    }
    let mut without = record;
    without.as_object_mut().unwrap().remove("rule");
    assert!(!fit(&without));
}
