//! The date extractor.

use super::{Extractor, Found, Rule};
use crate::document::Document;
use crate::gazetteer::Gazetteers;

/// The rules of this extractor.
pub const RULES: &[Rule] = &[];

struct DateExtractor;

/// Prepares the extractor.
pub fn build(_: &Gazetteers) -> Box<dyn Extractor> {
    Box::new(DateExtractor)
}

impl Extractor for DateExtractor {
    fn extract(&self, _doc: &Document<'_>, _found: &mut Found) {}
}
