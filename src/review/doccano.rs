//! doccano: the JSON Lines that it exports, of what `vnfacts export --to doccano` wrote. doccano does not say which
//! documents were looked at: export the approved ones only.

use super::marks::{self, Mark};
use super::{Format, Review, Reviews};
use crate::export::doccano::About;
use crate::export::page::Label;
use crate::output::lines::{BadLine, Expect};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

const LINE: Expect = Expect {
    what: "a document of doccano",
    advice: "give what doccano exported as JSONL (relation) of what `vnfacts export --to doccano` wrote",
};

/// Such files.
pub const FORMAT: Format = Format {
    name: "doccano",
    about: "exported by doccano as JSONL",
    is: |head| !head.array && head.has("text") && (head.has("entities") || head.has("label")),
    open,
};

#[derive(Debug, Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    entities: Vec<Entity>,
    #[serde(default)]
    relations: Vec<Relation>,
    vnfacts: About,
}

#[derive(Debug, Deserialize)]
struct Entity {
    id: u64,
    start_offset: usize,
    end_offset: usize,
    label: String,
}

#[derive(Debug, Deserialize)]
struct Relation {
    from_id: u64,
    to_id: u64,
}

fn open(path: &Path) -> Result<Reviews, BadLine> {
    super::of_lines(path, LINE, Line::review)
}

impl Line {
    fn review(self) -> Result<Review, String> {
        let About { doc, url, title, published, values } = self.vnfacts;
        let mut marks = Vec::new();
        for Entity { id, start_offset: start, end_offset: end, label } in self.entities {
            let label = Label::named(&label).ok_or_else(|| format!("{label:?} is no label of vnfacts"))?;
            // All that was said of these words; nothing of words that are marked anew.
            let said = values
                .iter()
                .filter(|said| (said.start, said.end, said.label.as_str()) == (start, end, label.name()));
            let mut said: Vec<BTreeMap<_, _>> = said.map(|said| said.values.clone()).collect();
            if said.is_empty() {
                said.push(BTreeMap::new());
            }
            marks.extend(said.into_iter().map(|values| Mark { id, label, start, end, values }));
        }
        let held: Vec<_> = self.relations.iter().map(|relation| (relation.from_id, relation.to_id)).collect();
        let about = marks::About { doc, url, title, published };
        let article = marks::article(about, &self.text, &marks, &held, FORMAT.name)?;
        Ok(Review { article, open: 0 })
    }
}
