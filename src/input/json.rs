//! One JSON object to what an article is made of. Only the wanted keys are built, borrowed from the text where they
//! hold no escapes; all others are skipped without building anything, however deep they go.

use super::assemble;
use super::fault::Problem;
use super::fields::{Fields, WRAPS};
use super::row::{Row, Value};
use memchr::memchr_iter;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt::{self, Formatter};

/// What a line holds, and what is odd about it.
#[derive(Default)]
struct Found<'a> {
    row: Row<'a>,
    seen: u32,
    twice: Option<usize>,
    is_object: bool,
}

impl Found<'_> {
    fn see(&mut self, leaves: u32) {
        if self.seen & leaves != 0 {
            self.twice.get_or_insert((self.seen & leaves).trailing_zeros() as usize);
        }
        self.seen |= leaves;
    }
}

/// Reads one object.
pub fn row<'a>(line: &'a str, fields: &Fields) -> Result<Row<'a>, Problem> {
    let mut found = Found::default();
    let mut json = serde_json::Deserializer::from_str(line);
    let seed = Node { fields, leaves: 0, deeper: fields.all(), depth: 0, found: &mut found };
    seed.deserialize(&mut json).and_then(|()| json.end()).map_err(|error| not_json(&error, line))?;
    if !found.is_object {
        let hint = "give one object an article (for arrays: jq -c '.[]')";
        return Err(Problem::error("not an object", "it is JSON, but no {…}", hint));
    }
    if let Some(n) = found.twice {
        let why = format!("{:?} stands twice and it is not clear which counts", fields.paths()[n].name);
        return Err(Problem::error("duplicate key", why, "mend the article"));
    }
    Ok(found.row)
}

fn not_json(error: &serde_json::Error, text: &str) -> Problem {
    let message = error.to_string();
    let cause = message.rsplit_once(" at line ").map_or(message.as_str(), |(cause, _)| cause);
    // Lines and columns count from 1; column 0 means before the first byte.
    let line = error.line().saturating_sub(1);
    let start = line.checked_sub(1).and_then(|n| memchr_iter(b'\n', text.as_bytes()).nth(n));
    let column = error.column().saturating_sub(1);
    let at = (start.map_or(0, |n| n + 1) + column).min(text.len());
    let place = match line {
        0 => format!("column {}", column + 1),
        _ => format!("its line {}, column {}", line + 1, column + 1),
    };
    let hint = match error.is_eof() {
        true => "it is cut short: mend or drop it",
        false => "mend or drop it",
    };
    Problem::error("not JSON", format!("{cause} at {place}"), hint).at(at)
}

/// A value somewhere in the object: `leaves` are the paths that end here, `deeper` those that go on below.
struct Node<'f, 'r, 'a> {
    fields: &'f Fields,
    leaves: u32,
    deeper: u32,
    depth: usize,
    found: &'r mut Found<'a>,
}

impl<'a> DeserializeSeed<'a> for Node<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Node<'_, '_, 'a> {
    fn keep<E>(self, mut value: impl FnMut() -> Value<'a>) -> Result<(), E> {
        self.found.row.keep(self.fields, self.leaves, &mut value);
        Ok(())
    }
}

impl<'a> Visitor<'a> for Node<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<(), E> {
        self.keep(|| Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.keep(|| Value::Text(Cow::Owned(text.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.keep(|| Value::Number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.keep(|| match i64::try_from(number) {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Text(number.to_string().into()),
        })
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.keep(|| Value::of_float(number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.keep(|| Value::Wrong("true or false"))
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        self.keep(|| Value::Wrong("an array"))
    }

    /// Follows the wanted keys. MongoDB wraps plain values (`{"$date": …}`, `{"$oid": …}`): the wrap counts as nothing.
    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let Node { fields, leaves, deeper, depth, found } = self;
        found.is_object |= depth == 0;
        let mut wrapped = false;
        while let Some(step) = map.next_key_seed(Key { fields, deeper, depth })? {
            let inner = if step.wrap { leaves } else { 0 };
            if step.ends | step.goes_on | inner == 0 {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            wrapped |= inner != 0;
            found.see(step.ends);
            let depth = depth + 1;
            let leaves = step.ends | inner;
            map.next_value_seed(Node { fields, leaves, deeper: step.goes_on, depth, found: &mut *found })?;
        }
        if leaves != 0 && !wrapped && deeper == 0 {
            found.row.keep(fields, leaves, &mut || Value::Wrong("an object"));
        }
        Ok(())
    }
}

/// Reads a key without keeping it: which paths end with it, which go on below it.
struct Key<'f> {
    fields: &'f Fields,
    deeper: u32,
    depth: usize,
}

struct Step {
    ends: u32,
    goes_on: u32,
    wrap: bool,
}

impl<'a> DeserializeSeed<'a> for Key<'_> {
    type Value = Step;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Step, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Step;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Step, E> {
        let Key { fields, deeper, depth } = self;
        let follow = fields.following(deeper, depth, key);
        let ends = fields.ending(follow, depth, key);
        let wrap = WRAPS.contains(&key);
        Ok(Step { ends, goes_on: follow & !ends, wrap })
    }
}

/// What is said of an object without a text: its fields by name, nested ones joined by dots. One that wraps a list of
/// objects is told to be unpacked.
pub fn no_text(line: &str) -> Problem {
    let mut names = Vec::new();
    let object = serde_json::from_str(line).unwrap_or_default();
    gather("", &object, &mut names);
    let problem = assemble::no_text(&names);
    let holds_objects = |value: &serde_json::Value| value.get(0).is_some_and(serde_json::Value::is_object);
    match object.iter().find(|(_, value)| holds_objects(value)) {
        Some((key, _)) => Problem {
            hint: format!("{key} holds a list; take the articles out of it: jq -c '.{key}[]'"),
            ..problem
        },
        None => problem,
    }
}

fn gather(
    before: &str,
    object: &serde_json::Map<String, serde_json::Value>,
    names: &mut Vec<(String, Option<usize>)>,
) {
    for (key, value) in object {
        let name = format!("{before}{key}");
        match value {
            serde_json::Value::Object(inner) => gather(&format!("{name}."), inner, names),
            serde_json::Value::String(text) => names.push((name, Some(text.len()))),
            _ => names.push((name, None)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields::Slot;
    use super::*;

    fn text<'a>(row: &mut Row<'a>, slot: Slot) -> String {
        match row.take(slot) {
            Some(Value::Text(text)) => text.into(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_order_of_keys_does_not_matter() {
        for line in [r#"{"content":"b","text":"a","id":7}"#, r#"{"id":7,"text":"a","content":"b"}"#] {
            let mut row = row(line, &Fields::default()).unwrap();
            assert_eq!(text(&mut row, Slot::Text), "a");
            assert_eq!(row.take(Slot::Id), Some(Value::Number(7)));
        }
    }

    #[test]
    fn what_cannot_be_used_gives_way() {
        let line = r#"{"text":" ","content":null,"body":"b","title":["x"]}"#;
        let mut row = row(line, &Fields::default()).unwrap();
        assert_eq!(text(&mut row, Slot::Text), "b");
        assert_eq!(row.take(Slot::Title), Some(Value::Wrong("an array")));
    }

    #[test]
    fn nested_flattened_and_wrapped_fields_are_found() {
        let fields = Fields::mapped(&["text=data.body", "published=publish.$date"]).unwrap();
        for line in [
            r#"{"data":{"body":"b","x":{}},"publish":{"$date":5}}"#,
            r#"{"data.body":"b","publish.$date":5}"#,
            r#"{"publish":{"$date":{"$numberLong":5}},"data":{"x":1,"body":"b"}}"#,
        ] {
            let mut row = row(line, &fields).unwrap();
            assert_eq!(text(&mut row, Slot::Text), "b");
            assert_eq!(row.take(Slot::Published), Some(Value::Number(5)));
        }
        let mut row =
            row(r#"{"date":{"$date":"2019"},"id":{"$oid":"z"},"title":{"a":1}}"#, &Fields::default())
                .unwrap();
        assert_eq!(text(&mut row, Slot::Published), "2019");
        assert_eq!(text(&mut row, Slot::Id), "z");
        assert_eq!(row.take(Slot::Title), Some(Value::Wrong("an object")));
    }

    #[test]
    fn faults_say_what_and_where() {
        let fault = |line| row(line, &Fields::default()).err().map(|p| (p.what, p.at));
        assert_eq!(fault(r#"{"text":"a","text":"b"}"#), Some(("duplicate key", 0)));
        assert_eq!(fault("[1]"), Some(("not an object", 0)));
        assert_eq!(fault(r#"{"a":1} x"#), Some(("not JSON", 8)));
        assert_eq!(fault(r#"{"text":"\ud800"}"#).map(|f| f.0), Some("not JSON"));
        let deep = format!(r#"{{"x":{}{},"text":"a"}}"#, "[".repeat(1_000_000), "]".repeat(1_000_000));
        assert_eq!(fault(&deep), None);
    }

    #[test]
    fn without_a_text_the_fields_are_named() {
        for (line, hint) in [
            (
                r#"{"n":2,"data":[{"text":"a"}]}"#,
                "data holds a list; take the articles out of it: jq -c '.data[]'",
            ),
            (r#"{"noi":{"dung":"a"},"tags":["x"]}"#, "name the one that holds the text: --map text=noi.dung"),
            (
                r#"{"tags":["x"],"none":[]}"#,
                "none of them holds a string, so check where the dump comes from",
            ),
            ("{}", "none of them holds a string, so check where the dump comes from"),
        ] {
            assert_eq!(no_text(line).hint, hint);
        }
    }
}
