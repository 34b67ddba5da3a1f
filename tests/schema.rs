//! Real output against the JSON Schema that ships with the program.

use serde_json::Value;
use std::path::Path;
use vnfacts::article::Article;
use vnfacts::cli::schema::{DOCS, OFFICIALS, PROGRAMMES, RECORD};
use vnfacts::document::Scratch;
use vnfacts::entity::{officials::Officials, programmes, titles::Posts};
use vnfacts::gazetteer::Gazetteers;
use vnfacts::output::articles::Articles;
use vnfacts::pipeline::Pipeline;

/// The samples as `--format docs` writes them.
fn articles() -> Vec<Value> {
    let pipeline = Pipeline::new(Gazetteers::embedded().unwrap(), &[]);
    let mut scratch = Scratch::default();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut pages: Vec<_> = std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    pages.sort();
    let mut articles = Vec::new();
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        let article =
            Article { id: page.display().to_string().into(), text: text.into(), ..Article::default() };
        let mut read = pipeline.read(&article, &mut scratch);
        read.text = (articles.len() % 2 == 0).then(|| article.text.clone());
        articles.push(serde_json::to_value(read).unwrap());
    }
    articles
}

fn records() -> Vec<Value> {
    articles().iter().flat_map(|article| article["records"].as_array().unwrap().clone()).collect()
}

/// Whether `value` fits the part of JSON Schema that our schema is written in.
fn fits(schema: &Value, value: &Value) -> bool {
    if let Some(reference) = schema.get("$ref") {
        assert_eq!(reference, "record.schema.json");
        return variants().iter().any(|kind| fits(kind, value));
    }
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

#[test]
fn every_article_of_the_samples_fits() {
    let schema: Value = serde_json::from_str(DOCS).unwrap();
    let articles = articles();
    assert!(articles.iter().any(|article| article["published"].is_string()));
    for article in &articles {
        assert!(fits(&schema, article), "{article}");
    }
    for (key, value) in
        [("doc", Value::Null), ("published", 2019.into()), ("extra", 1.into()), ("records", Value::Null)]
    {
        let mut changed = articles[0].clone();
        changed[key] = value;
        assert!(!fits(&schema, &changed), "{key}");
    }
    let mut changed = articles[0].clone();
    changed["records"][0]["start"] = "5".into();
    assert!(!fits(&schema, &changed));
}

#[test]
fn every_person_and_programme_of_the_samples_fits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("samples.docs.jsonl");
    let lines: String = articles().iter().map(|article| format!("{article}\n")).collect();
    std::fs::write(&path, lines).unwrap();
    let open = || Articles::open(vec![path.clone()]).unwrap();
    let gazetteers = Gazetteers::embedded().unwrap();
    let (mut persons, mut codes) = (Vec::new(), Vec::new());
    let take = |person| {
        persons.push(serde_json::to_value(person).unwrap());
        Ok(())
    };
    Officials::new(&gazetteers, 1 << 20).run(&mut open(), take).unwrap();
    let take = |programme| {
        codes.push(serde_json::to_value(programme).unwrap());
        Ok(())
    };
    programmes::run(&Posts::new(&gazetteers), &mut open(), 1 << 20, take).unwrap();
    for (schema, entities, key) in [(OFFICIALS, persons, "posts"), (PROGRAMMES, codes, "figures")] {
        let schema: Value = serde_json::from_str(schema).unwrap();
        assert!(entities.len() > 20 && entities.iter().any(|entity| entity[key][0].is_object()));
        for entity in &entities {
            assert!(fits(&schema, entity), "{entity}");
            for (key, value) in [("id", Value::Null), ("extra", 1.into()), (key, "none".into())] {
                let mut changed = entity.clone();
                changed[key] = value;
                assert!(!fits(&schema, &changed), "{key}");
            }
        }
    }
}
