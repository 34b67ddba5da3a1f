//! The official extractor.

use super::{Extractor, Found, Rule};
use crate::document::Document;
use crate::gazetteer::Gazetteers;

/// The rules of this extractor.
pub const RULES: &[Rule] = &[];

struct OfficialExtractor;

/// Prepares the extractor.
pub fn build(_: &Gazetteers) -> Box<dyn Extractor> {
    Box::new(OfficialExtractor)
}

impl Extractor for OfficialExtractor {
    fn extract(&self, _doc: &Document<'_>, _found: &mut Found) {}
}
