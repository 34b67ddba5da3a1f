//! `docs/audit.md`: a section a check, made of the registry so that both stay the same.

use super::check::Need;
use super::{CHECKS, Check};
use std::fmt::Write;

/// The part of `docs/audit.md` that is made of the registry.
pub fn sections() -> String {
    CHECKS.iter().map(section).collect()
}

fn section(check: &Check) -> String {
    let Check { name, severity, finds, why, example, wrong, measured, needs, .. } = check;
    let needs = match needs {
        [] => "the records alone".to_string(),
        some => some.iter().map(|need| need.with()).collect::<Vec<_>>().join(", "),
    };
    let mut text = String::new();
    let _ = write!(
        text,
        "## {name}\n\n*{}.* {finds}\n\n- **Why:** {why}\n- **Example:** {example}\n- **When it is wrong:** {wrong}\n\
         - **Measured:** {measured}\n- **Needs:** {needs}.\n- **Switch it off:** `--off {name}`.\n\n",
        severity.name(),
    );
    text
}

impl Need {
    fn with(&self) -> &'static str {
        match self {
            Need::Text => "the text (`extract --format docs --with-text`)",
            Need::Published => "a publication date",
        }
    }
}
