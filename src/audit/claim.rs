//! What one article claims that another may contradict.

use super::finding::Words;
use crate::record::{maybe_day, read_day};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// `value` is claimed of `key`: a person of a post, a name of a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// what it is about
    pub key: String,
    /// what is claimed of it, in the form that is compared
    pub value: String,
    /// the same as it is shown
    pub shown: String,
    /// when the article was published
    #[serde(default, serialize_with = "maybe_day", deserialize_with = "read_day")]
    pub published: Option<Date>,
    /// which article, from 0
    pub nth: u64,
    /// the words that claim it
    pub words: Words,
}
