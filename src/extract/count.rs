//! The count extractor.

use super::{Extractor, Found, Rule};
use crate::document::Document;
use crate::gazetteer::Gazetteers;

/// The rules of this extractor.
pub const RULES: &[Rule] = &[];

struct CountExtractor;

/// Prepares the extractor.
pub fn build(_: &Gazetteers) -> Box<dyn Extractor> {
    Box::new(CountExtractor)
}

impl Extractor for CountExtractor {
    fn extract(&self, _doc: &Document<'_>, _found: &mut Found) {}
}
