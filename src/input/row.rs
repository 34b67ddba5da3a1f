//! What every format comes down to: the values of an article by slot.

use super::fields::{Fields, SLOTS, Slot};
use std::borrow::Cow;

/// The value of a wanted key.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// a string
    Text(Cow<'a, str>),
    /// a whole number
    Number(i64),
    /// something that belongs into no slot: `an array`
    Wrong(&'static str),
}

impl Value<'_> {
    /// A number with a point: whole ones are whole numbers.
    pub fn of_float(number: f64) -> Self {
        const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
        let whole = number.fract() == 0.0 && number.abs() <= EXACT;
        if whole { Value::Number(number as i64) } else { Value::Text(number.to_string().into()) }
    }

    /// The same, borrowed.
    fn borrow(&self) -> Value<'_> {
        match self {
            Value::Text(text) => Value::Text(Cow::Borrowed(text)),
            Value::Number(number) => Value::Number(*number),
            Value::Wrong(kind) => Value::Wrong(kind),
        }
    }
}

/// The values of an article by slot.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    values: [Option<(u32, Value<'a>)>; SLOTS],
}

impl<'a> Row<'a> {
    /// Takes the value of a slot.
    pub fn take(&mut self, slot: Slot) -> Option<Value<'a>> {
        self.values[slot as usize].take().map(|(_, value)| value)
    }

    /// The same, borrowed.
    pub fn borrow(&self) -> Row<'_> {
        Row {
            values: self
                .values
                .each_ref()
                .map(|kept| kept.as_ref().map(|(rank, value)| (*rank, value.borrow()))),
        }
    }

    /// How many bytes of text it holds.
    pub fn size(&self) -> usize {
        let size = |(_, value): &(u32, Value<'_>)| if let Value::Text(text) = value { text.len() } else { 8 };
        self.values.iter().flatten().map(size).sum()
    }

    /// Whether a slot has a value.
    pub fn has(&self, slot: Slot) -> bool {
        self.values[slot as usize].is_some()
    }

    /// Fills a slot.
    pub fn set(&mut self, slot: Slot, value: Value<'a>) {
        self.values[slot as usize] = Some((0, value));
    }

    /// Keeps `value` for each path of `leaves`, if the slot has nothing better yet: what can be used before what
    /// cannot, then the earlier path.
    pub fn keep(&mut self, fields: &Fields, leaves: u32, value: &mut dyn FnMut() -> Value<'a>) {
        for (n, path) in fields.paths().iter().enumerate().filter(|(n, _)| leaves & (1 << n) != 0) {
            let value = value();
            let usable = match &value {
                Value::Text(text) => !text.trim_ascii().is_empty(),
                Value::Number(_) => true,
                Value::Wrong(_) => false,
            };
            let rank = n as u32 + if usable { 0 } else { 32 };
            let kept = &mut self.values[path.slot as usize];
            if kept.as_ref().is_none_or(|(best, _)| rank < *best) {
                *kept = Some((rank, value));
            }
        }
    }
}
