//! Records packed for the page: a large page is mostly records, and most of what they say stands in others too.
//!
//! A string is written once, and called by its number. What many records share (kind, field, block, rule and confidence)
//! is a head, written once; the keys of an object with the types of their values are a shape, written once. A record is
//! then `[head, shape, value, …]`, an object within it `[shape, value, …]`; `doc` and every `text` that is a slice are left
//! out, which the article tells. The types say what a value stands for; `page/data.js` unpacks by the same ones.

use crate::record::Record;
use crate::text::codepoint::Slices;
use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use std::hash::Hash;

/// What the value of a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Type {
    /// null: no value
    Null,
    /// the slice `start..end` of the field: no value
    Slice,
    /// a number, or true or false, as it is
    Plain,
    /// the number of a string
    Text,
    /// an object: `[shape, value, …]`
    Object,
    /// a list of numbers of strings
    Texts,
    /// a list of objects
    Objects,
}

impl Type {
    fn of(key: &str, value: &Value, slice: Option<&str>) -> Self {
        match value {
            Value::Null => Type::Null,
            Value::String(text) if key == "text" && slice == Some(text) => Type::Slice,
            Value::String(_) => Type::Text,
            Value::Number(_) | Value::Bool(_) => Type::Plain,
            Value::Object(_) => Type::Object,
            Value::Array(all) if all.iter().all(Value::is_string) => Type::Texts,
            Value::Array(_) => Type::Objects,
        }
    }

    fn letter(self) -> char {
        match self {
            Type::Null => '0',
            Type::Slice => 't',
            Type::Plain => 'n',
            Type::Text => 's',
            Type::Object => 'o',
            Type::Texts => 'S',
            Type::Objects => 'O',
        }
    }
}

/// Things, each written once.
#[derive(Debug)]
struct Once<T>(FxHashMap<T, usize>);

impl<T: Hash + Eq> Once<T> {
    fn number(&mut self, thing: T) -> usize {
        let next = self.0.len();
        *self.0.entry(thing).or_insert(next)
    }
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Once(FxHashMap::default())
    }
}

impl<T: Serialize> Serialize for Once<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut things: Vec<(&T, &usize)> = self.0.iter().collect();
        things.sort_unstable_by_key(|&(_, number)| number);
        serializer.collect_seq(things.into_iter().map(|(thing, _)| thing))
    }
}

/// The keys that stand in heads.
const HEAD: [&str; 5] = ["kind", "field", "block", "rule", "confidence"];

/// What all packed records need to be unpacked.
#[derive(Debug, Default, Serialize)]
pub struct Packer {
    strings: Once<String>,
    /// each as the JSON of the values of [`HEAD`], which has an order and can be compared
    heads: Once<String>,
    /// each as `key:letter` for every key, joined by blanks
    shapes: Once<String>,
}

impl Packer {
    /// Packs a record whose field is `field`.
    pub fn record(&mut self, record: &Record, field: &Slices<'_>) -> Value {
        let Ok(Value::Object(mut keys)) = serde_json::to_value(record) else {
            unreachable!("it is an object")
        };
        keys.remove("doc");
        // A number of 32 bits would get more digits than it has.
        keys.insert("confidence".into(), record.confidence.to_string().into());
        let head = HEAD.map(|key| keys.remove(key).unwrap_or_default());
        let mut packed = vec![self.heads.number(json!(head).to_string()).into()];
        self.object(keys, field, &mut packed);
        packed.into()
    }

    fn object(&mut self, keys: Map<String, Value>, field: &Slices<'_>, packed: &mut Vec<Value>) {
        let place = |key| keys.get(key).and_then(Value::as_u64).map(|point| point as usize);
        let slice = place("start").zip(place("end")).and_then(|(start, end)| field.get(start, end));
        let types: Vec<Type> = keys.iter().map(|(key, value)| Type::of(key, value, slice)).collect();
        let shape: Vec<String> =
            keys.keys().zip(&types).map(|(key, kind)| format!("{key}:{}", kind.letter())).collect();
        packed.push(self.shapes.number(shape.join(" ")).into());
        for (value, kind) in keys.into_values().zip(types) {
            match kind {
                Type::Null | Type::Slice => {}
                _ => packed.push(self.value(value, field)),
            }
        }
    }

    fn value(&mut self, value: Value, field: &Slices<'_>) -> Value {
        match value {
            Value::String(text) => self.strings.number(text).into(),
            Value::Array(all) => all.into_iter().map(|one| self.value(one, field)).collect(),
            Value::Object(keys) => {
                let mut packed = Vec::new();
                self.object(keys, field, &mut packed);
                packed.into()
            }
            plain => plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_twice_is_written_once() {
        let line = r#"{"doc":"a","kind":"official","start":7,"end":10,"field":"text","text":"Mẫu","sentence":0,"block":"lead","rule":"official.before","confidence":0.97,"name":"Mẫu","person":"p1","honorific":null,"rank":null,"degree":null,"titles":[{"text":"Bí thư","start":0,"end":6,"role":"Bí thư","org":null,"place":null,"status":"current","codes":["01-CTr/HU"]}]}"#;
        let record: Record = serde_json::from_str(line).unwrap();
        let mut packer = Packer::default();
        let text = Slices::new("Bí thư Mẫu");
        let packed = packer.record(&record, &text).to_string();
        assert_eq!(packed, "[0,0,10,0,1,0,7,[[1,[2],6,3,0,4]]]");
        assert_eq!(packer.record(&record, &text).to_string(), packed);
        let tables = serde_json::to_value(&packer).unwrap();
        assert_eq!(tables["strings"], json!(["Mẫu", "p1", "01-CTr/HU", "Bí thư", "current"]));
        assert_eq!(tables["heads"], json!([r#"["official","text","lead","official.before","0.97"]"#]));
        let title = "codes:S end:n org:0 place:0 role:s start:n status:s text:t";
        assert_eq!(tables["shapes"][1], title);
    }

    #[test]
    fn a_text_that_stands_elsewhere_is_kept() {
        let line = r#"{"doc":"a","kind":"date","start":0,"end":5,"field":"text","text":"14-11","sentence":0,"block":"lead","rule":"date.day","value":null,"grain":"day","anchor":"explicit","role":null}"#;
        let record: Record = serde_json::from_str(line).unwrap();
        let mut packer = Packer::default();
        for (text, slice) in [("14-11", true), ("15-11", false), ("14", false)] {
            let packed = packer.record(&record, &Slices::new(text));
            let shape =
                &serde_json::to_value(&packer).unwrap()["shapes"][packed[1].as_u64().unwrap() as usize];
            assert_eq!(shape.as_str().unwrap().contains("text:t"), slice, "{text}");
        }
    }
}
