//! Auditing records: what does not fit together in an article, or between articles, and the words it rests on. Reads
//! what `extract` wrote, behind [`output`](crate::output).
//!
//! [`CHECKS`] is the registry: the listing, `docs/audit.md` and the tests all derive from it. A check looks at one
//! article, or it collects [`Claim`]s and judges all claims that have the same key.

pub mod body;
pub mod caption;
pub mod check;
pub mod claim;
pub mod code;
pub mod date;
pub mod docs;
pub mod facts;
pub mod finding;
pub mod name;
pub mod page;
pub mod post;
pub mod programme;
pub mod run;
pub mod sum;
pub mod weekday;

pub use check::{Check, Need, Run};
pub use claim::Claim;
pub use finding::{Finding, Severity, Words};

/// All checks, in the order they are listed.
pub const CHECKS: &[Check] = &[
    sum::ADDS_UP,
    sum::DIFFERS,
    date::TODAY,
    date::LONG_BEFORE,
    date::AFTER,
    weekday::WEEKDAY,
    post::TWO_POSTS,
    post::TWO_HOLDERS,
    post::SPELLING,
    body::NOT_AT_DATE,
    code::SEPARATOR,
    code::SPELLING,
    code::ISSUER,
    code::YEAR,
    name::TWO_NAMES,
    programme::NUMBER,
    caption::REPEATED,
    caption::DIFFERS,
];
