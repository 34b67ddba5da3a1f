//! `vnfacts`: from Vietnamese political and administrative news to facts that can be checked.

pub mod article;
pub mod cli;
pub mod confidence;
pub mod document;
pub mod error;
pub mod eval;
pub mod extract;
pub mod gazetteer;
pub mod input;
pub mod mention;
pub mod output;
pub mod pipeline;
pub mod record;
pub mod relate;
pub mod text;
