//! What a fact says, in one line for a reader.

use super::gold;
use super::judge::Value;
use crate::record::{Approx, Award, Count, Fact, Official};
use std::fmt::Write;

/// The value of a fact: `2019-11-14`, `58 tập thể, cá nhân`, `Bằng khen / 58 / tập thể, cá nhân / UBND xã` …
pub fn fact(fact: &Fact) -> String {
    match fact {
        Fact::Code(code) => code.canonical.clone(),
        Fact::Date(date) => or_null(&date.value).into(),
        Fact::Count(Count { value, min, max, approx, unit, .. }) => {
            format!("{}{}", sign(*approx), number(*value, *min, *max, unit))
        }
        Fact::Official(official) => person(official),
        Fact::Award(Award { form, class, count, recipients, giver, codes, .. }) => {
            let form = match (form, class) {
                (Some(form), Some(class)) => Some(format!("{form} {class}")),
                (form, _) => form.clone(),
            };
            award(&form, *count, recipients, giver, codes)
        }
    }
}

/// The value that an annotation wants, written alike.
pub fn wanted(value: Value<'_>) -> String {
    match value {
        Value::Code(code) => code.canonical.clone(),
        Value::Date(date) => or_null(&date.value).into(),
        Value::Count(gold::Count { value, min, max, unit }) => number(*value, *min, *max, or_null(unit)),
        Value::Award(gold::Award { form, count, recipients, giver, codes }) => {
            award(form, *count, recipients, giver, codes)
        }
    }
}

fn or_null(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("null")
}

fn sign(approx: Option<Approx>) -> &'static str {
    match approx {
        Some(Approx::About) => "~",
        Some(Approx::Over) => ">",
        Some(Approx::Under) => "<",
        None => "",
    }
}

fn number(value: Option<f64>, min: Option<f64>, max: Option<f64>, unit: &str) -> String {
    let end = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    match value {
        Some(value) => format!("{value} {unit}"),
        None => format!("{}..{} {unit}", end(min), end(max)),
    }
}

fn person(official: &Official) -> String {
    let mut said = or_null(&official.name).to_string();
    let titles: Vec<&str> = official.titles.iter().map(|title| title.text.as_str()).collect();
    if !titles.is_empty() {
        let _ = write!(said, " = {}", titles.join(" | "));
    }
    if let Some(rank) = &official.rank {
        let _ = write!(said, " [{rank}]");
    }
    said
}

fn award(
    form: &Option<String>,
    count: Option<f64>,
    recipients: &Option<String>,
    giver: &Option<String>,
    codes: &[String],
) -> String {
    let count = count.map_or("null".into(), |n| n.to_string());
    let mut said = format!("{} / {count} / {} / {}", or_null(form), or_null(recipients), or_null(giver));
    if !codes.is_empty() {
        let _ = write!(said, " / {}", codes.join(" "));
    }
    said
}
