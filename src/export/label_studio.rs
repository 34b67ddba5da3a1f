//! Label Studio: tasks whose predictions are the records, and beside them the labelling configuration that shows them.
//!
//! Regions carry their values as `key: value`, a line each, in a text area of the region, so that a reviewer can
//! correct them; relations lead from a post to who holds it. Offsets are code points: so Label Studio counts since it
//! no longer stores lengths of JavaScript strings (HumanSignal/label-studio#1008, label-studio-frontend#308).

use super::Format;
use super::lines::{self, Frame, json};
use super::page::{Mark, Page};
use crate::error::Error;
use crate::output::Output;
use crate::output::sink::Sink;
use crate::record::ArticleRecord;
use serde::Serialize;
use serde_json::{Value, json};
use std::io;
use std::path::{Path, PathBuf};

/// This format.
pub const FORMAT: Format = Format {
    name: "label-studio",
    about: "Label Studio: tasks with predictions (JSON), and the labelling configuration beside them (.xml)",
    has_texts: true,
    open,
};

/// The labelling configuration of a project for such tasks.
pub const CONFIG: &str = include_str!("label_studio.xml");

/// The relation from a post to who holds it.
pub const HELD_BY: &str = "held_by";

const FRAME: Frame = Frame { before: "[\n", between: ",\n", after: "]\n" };

fn open(path: Option<&Path>) -> Result<Box<dyn Sink>, Error> {
    let Some(path) = path else { return Err(Error::NoPath { format: FORMAT.name }) };
    let config = path.with_extension("xml");
    if config == path {
        let why = "the labelling configuration goes to the .xml beside it; name a .json";
        return Err(Error::Output { path: path.display().to_string(), cause: io::Error::other(why) });
    }
    Ok(Box::new(Tasks { tasks: lines::open(Some(path), FRAME, write)?, config }))
}

struct Tasks {
    tasks: Box<dyn Sink>,
    config: PathBuf,
}

impl Sink for Tasks {
    fn article(&mut self, number: u64, article: &ArticleRecord<'_>) -> Result<(), Error> {
        self.tasks.article(number, article)
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        let mut config = Output::file(&self.config)?;
        config.write(CONFIG.as_bytes())?;
        config.finish()?;
        self.tasks.finish()
    }
}

#[derive(Serialize)]
struct Task<'a> {
    data: Data<'a>,
    predictions: [Prediction; 1],
}

#[derive(Serialize)]
struct Data<'a> {
    text: &'a str,
    doc: &'a str,
    url: Option<&'a str>,
    /// the headline, where that is the first line of `text`
    title: Option<&'a str>,
    published: Option<String>,
}

#[derive(Serialize)]
struct Prediction {
    model_version: &'static str,
    /// the mean confidence of the records
    score: f64,
    result: Vec<Value>,
}

fn write(article: &ArticleRecord<'_>, out: &mut Vec<u8>) {
    let page = Page::new(article);
    let sum = article.records.iter().fold(0.0, |sum, record| sum + record.confidence);
    let score = hundredths(sum / article.records.len().max(1) as f32);
    let prediction = Prediction {
        model_version: concat!("vnfacts ", env!("CARGO_PKG_VERSION")),
        score,
        result: page.marks.iter().flat_map(results).collect(),
    };
    let data = Data {
        text: &page.text,
        doc: &article.doc,
        url: article.url.as_deref(),
        title: article.title.as_deref(),
        published: article.published.map(|day| day.to_string()),
    };
    json(out, &Task { data, predictions: [prediction] });
}

/// Two digits, as confidences have.
fn hundredths(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}

fn id(number: usize) -> String {
    format!("m{number}")
}

/// The region of a mark, its values, and the relation to its holder.
fn results(mark: &Mark<'_>) -> Vec<Value> {
    let Mark { number, label, start, end, text, record, holder, values } = mark;
    let place = json!({"start": start, "end": end, "text": text});
    let with = |key: &str, value: Value| {
        let mut place = place.clone();
        place[key] = value;
        place
    };
    let region = json!({
        "id": id(*number), "from_name": "label", "to_name": "text", "type": "labels",
        "value": with("labels", json!([label.name()])),
        "score": hundredths(record.confidence),
        "meta": {"text": [record.rule]},
    });
    let lines: Vec<String> = values
        .iter()
        .flat_map(|(key, values)| values.iter().map(move |value| format!("{key}: {value}")))
        .collect();
    let said = json!({
        "id": id(*number), "from_name": "values", "to_name": "text", "type": "textarea",
        "value": with("text", json!(lines)),
    });
    let held = holder.map(|holder| {
        json!({
            "type": "relation", "from_id": id(*number), "to_id": id(holder), "direction": "right",
            "labels": [HELD_BY],
        })
    });
    let said = Some(said).filter(|_| !lines.is_empty());
    [Some(region), said, held].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::page::Label;

    #[test]
    fn the_configuration_knows_all_labels() {
        for label in Label::ALL {
            assert!(CONFIG.contains(&format!("<Label value=\"{}\"", label.name())), "{}", label.name());
        }
        assert_eq!(CONFIG.matches("<Label ").count(), Label::ALL.len());
        assert!(CONFIG.contains(&format!("<Relation value=\"{HELD_BY}\"")));
    }
}
