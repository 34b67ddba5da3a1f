//! Label Studio: what a project exports as JSON, of the tasks that `vnfacts export --to label-studio` wrote. What the
//! annotators left stands; a task that nobody has annotated, or only skipped, is not judged yet.

use super::marks::{self, Mark};
use super::{Format, Review, Reviews};
use crate::export::page::Label;
use crate::output::lines::{BadLine, Expect, Lines};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

const FILE: Expect = Expect {
    what: "a list of Label Studio tasks",
    advice: "give what Label Studio exported as JSON of what `vnfacts export --to label-studio` wrote",
};

/// Such files.
pub const FORMAT: Format = Format {
    name: "label-studio",
    about: "exported by Label Studio as JSON",
    is: |head| head.array && (head.has("annotations") || head.has("predictions")),
    open,
};

#[derive(Debug, Deserialize)]
struct Task {
    data: Data,
    #[serde(default)]
    annotations: Vec<Annotation>,
    #[serde(default)]
    predictions: Vec<Value>,
}

#[derive(Debug, Deserialize)]
struct Data {
    text: String,
    doc: String,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    published: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Annotation {
    #[serde(default)]
    was_cancelled: bool,
    #[serde(default)]
    ground_truth: bool,
    result: Vec<Part>,
}

/// A region, the values of one, or a relation: `type` tells which.
#[derive(Debug, Deserialize)]
struct Part {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    value: Place,
    #[serde(default)]
    from_id: String,
    #[serde(default)]
    to_id: String,
}

#[derive(Debug, Default, Deserialize)]
struct Place {
    #[serde(default)]
    start: usize,
    #[serde(default)]
    end: usize,
    #[serde(default)]
    labels: Vec<String>,
    /// the words of a region, or the lines of its values
    #[serde(default)]
    text: Value,
}

/// All tasks are read at once: a list that people have gone through is no dump.
fn open(path: &Path) -> Result<Reviews, BadLine> {
    let mut lines = Lines::open(path, FILE)?;
    let mut json = String::new();
    while let Some(line) = lines.next_line()? {
        json.push_str(line);
        json.push('\n');
    }
    let tasks: Vec<Task> = serde_json::from_str(&json).map_err(|error| lines.fault(error.line(), &error))?;
    let path = path.display().to_string();
    Ok(Box::new(tasks.into_iter().enumerate().map(move |(n, task)| {
        let doc = task.data.doc.clone();
        let told = |why| format!("task {} ({doc}), {why}, mend it in Label Studio", n + 1);
        task.review().map_err(|why| BadLine { path: path.clone(), line: 0, cause: told(why) })
    })))
}

impl Task {
    fn review(self) -> Result<Review, String> {
        let Data { text, doc, url, title, published } = self.data;
        let about = marks::About { doc, url, title, published };
        // A task has one annotation for each annotator; the one that was declared the truth counts, else the last.
        let done = self.annotations.into_iter().filter(|annotation| !annotation.was_cancelled);
        let counts = done.max_by_key(|annotation| annotation.ground_truth);
        let Some(Annotation { result, .. }) = counts else {
            let article = marks::article::<String>(about, &text, &[], &[], FORMAT.name)?;
            return Ok(Review { article, open: self.predictions.iter().map(regions).sum::<usize>().max(1) });
        };
        let related = result.iter().filter(|part| part.kind == "relation");
        let related: Vec<_> = related.map(|part| (part.from_id.clone(), part.to_id.clone())).collect();
        let article = marks::article(about, &text, &marks(&result)?, &related, FORMAT.name)?;
        Ok(Review { article, open: 0 })
    }
}

/// How many records a prediction has.
fn regions(prediction: &Value) -> usize {
    let parts = prediction["result"].as_array().map_or(&[][..], Vec::as_slice);
    let is_record =
        |part: &&Value| part["type"] == "labels" && part["value"]["labels"][0] != Label::Title.name();
    parts.iter().filter(is_record).count()
}

fn marks(result: &[Part]) -> Result<Vec<Mark<String>>, String> {
    let mut values: BTreeMap<&str, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for part in result.iter().filter(|part| part.kind == "textarea") {
        let lines = match &part.value.text {
            Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
            Value::String(line) => vec![line.as_str()],
            _ => Vec::new(),
        };
        for line in lines.iter().flat_map(|lines| lines.lines()).filter(|line| !line.trim().is_empty()) {
            let (key, value) = line.split_once(':').ok_or_else(|| format!("{line:?} is not `key: value`"))?;
            let own = values.entry(&part.id).or_default();
            own.entry(key.trim().into()).or_default().push(value.trim().into());
        }
    }
    let regions = result.iter().filter(|part| part.kind == "labels");
    let marks = regions.map(|part| {
        let Place { start, end, ref labels, .. } = part.value;
        let name = labels.first().map_or("", String::as_str);
        let label = Label::named(name).ok_or_else(|| format!("{name:?} is no label of vnfacts"))?;
        let values = values.get(part.id.as_str()).cloned().unwrap_or_default();
        Ok(Mark { id: part.id.clone(), label, start, end, values })
    });
    marks.collect()
}
