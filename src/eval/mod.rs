//! How good the records are: scored against annotated articles, and compared with those of another run. This stands
//! beside the path of an article and reads what the path has written.
//!
//! [`gold`] reads the annotated articles and [`lines`] any JSON Lines; [`judge`] says of one article what was found
//! and what was missed, [`score`] adds up, [`report`] and [`errors`] show it.

pub mod draw;
pub mod errors;
pub mod gold;
pub mod judge;
pub mod lines;
pub mod normal;
pub mod report;
pub mod say;
pub mod score;
