//! How good the records are: scored against annotated articles, and compared with those of another run. This stands
//! beside the path of an article and reads what the path has written.
//!
//! [`gold`] reads the annotated articles; [`judge`] says of one article what was found
//! and what was missed, [`score`] adds up, [`report`] and [`errors`] show it, [`calibrate`] makes the table of
//! confidences of it. [`merge`] reads two files of records side by side, [`diff`] compares them.

pub mod calibrate;
pub mod diff;
pub mod draw;
pub mod errors;
pub mod gold;
pub mod judge;
pub mod merge;
pub mod normal;
pub mod report;
pub mod say;
pub mod score;
