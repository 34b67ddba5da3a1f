//! `vnfacts rules`: what is found, and how.

use super::summary::kind_name;
use super::table;
use crate::extract::rules;
use clap::Args;

/// List the rules: name, kind, what each finds, an example with brackets around it
#[derive(Args, Debug)]
pub struct Rules {}

impl Rules {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let header = ["rule", "kind", "finds", "example"].map(String::from).to_vec();
        let rows = rules().map(|(kind, rule)| {
            vec![rule.name.into(), kind_name(kind), rule.finds.into(), rule.example.into()]
        });
        table::print(&std::iter::once(header).chain(rows).collect::<Vec<_>>())?;
        Ok(0)
    }
}
