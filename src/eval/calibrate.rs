//! The table of confidences, counted anew from annotated articles; see [`crate::confidence`].

use super::score::Score;
use std::fmt::Write;

const HEAD: &str = "\
# How often each rule was right on annotated articles; rebuilt by `vnfacts calibrate`, not written by hand.
rule\tright\tfound\tsource
";

/// The table for these figures: the rules that made records, by name. Equal figures give equal bytes.
pub fn table(score: &Score) -> String {
    let mut rows: Vec<_> = score.rules.iter().map(|((_, rule), tally)| (rule, tally)).collect();
    rows.sort_by_key(|&(rule, _)| rule);
    let mut table = String::from(HEAD);
    for (rule, tally) in rows {
        let articles = score.all.articles;
        let _ = writeln!(table, "{rule}\t{}\t{}\tmeasured on {articles} articles", tally.right, tally.found);
    }
    table
}
