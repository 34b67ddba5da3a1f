//! `vnfacts`: from Vietnamese political and administrative news to facts that can be checked.
//!
//! An article becomes [records](record::Record), each with the words it rests on and where they stand: who holds which
//! post, which documents are cited, when things happen, how many of what, and who confers what on whom.
//!
//! ```
//! use vnfacts::{article::Article, document::Scratch, gazetteer::Gazetteers, pipeline::Pipeline, record::Fact};
//!
//! let pipeline = Pipeline::new(Gazetteers::embedded()?, &[]);
//! let text = "Sáng 14-11, Bí thư Huyện ủy Trần Văn Mẫu trao Giấy khen cho 20 cá nhân theo Chương trình 01-CTr/HU.";
//! let published = "2019-12-15".parse().ok();
//! let article = Article { id: "a1".into(), published, text: text.into(), ..Article::default() };
//!
//! let mut said = Vec::new();
//! for record in pipeline.run(&article, &mut Scratch::default()) {
//!     let value = match record.fact {
//!         Fact::Official(official) => official.titles[0].text.clone(),
//!         Fact::Code(code) => code.type_name.unwrap_or_default(),
//!         Fact::Date(date) => date.value.unwrap_or_default(),
//!         Fact::Count(count) => format!("{} × {}", count.value.unwrap_or_default(), count.unit),
//!         Fact::Award(award) => format!("to {}", award.recipients.unwrap_or_default()),
//!     };
//!     said.push(format!("{}..{} {} = {value}", record.start, record.end, record.text));
//! }
//! assert_eq!(said, [
//!     "0..10 Sáng 14-11 = 2019-11-14",
//!     "28..40 Trần Văn Mẫu = Bí thư Huyện ủy",
//!     "46..55 Giấy khen = to cá nhân",
//!     "60..70 20 cá nhân = 20 × cá nhân",
//!     "89..98 01-CTr/HU = Chương trình",
//! ]);
//! # Ok::<(), vnfacts::error::Error>(())
//! ```
//!
//! # The path of an article
//!
//! Each stage knows only those above it. Reading and writing stand at the two ends; nothing between them can fail.
//!
//! | stage | what it does |
//! |---|---|
//! | [`input`] | files, folders, dumps and standard input become an [`article`] |
//! | [`text`] | characters become tokens, blocks and sentences; offsets stay those of the text as given |
//! | [`gazetteer`] | the tables of `gazetteers/`, and the one scan of an article that finds their phrases |
//! | [`document`] | an article with all of that: what extractors read |
//! | [`extract`] | one folder a kind, each rule with its name and example; they hand over [mentions](mention) |
//! | [`trace`] | what extractors give up and what they rest on, noted where a reader asks why |
//! | [`relate`] | what holds between facts: the parts of a total |
//! | [`record`], [`confidence`] | the output contract, and how often each rule is right |
//! | [`output`], [`tables`] | JSON Lines; CSV, Parquet and SQLite made of them |
//! | [`report`] | a page of articles and records, to look through and to judge |
//! | [`sorted`], [`entity`] | a dump in another order than it came in, with little memory; persons and programmes over all of it |
//! | [`export`] | files for the tools that people annotate, train and investigate with |
//!
//! [`pipeline`] calls them in this order; [`cli`] is the program around it. [`eval`] tells how good the records are, also
//! by what readers said of them ([`review`]), [`explain`] why there is one or none, and [`audit`] what
//! in them does not fit together.
//! What can go wrong before the first article is an [`error`].

pub mod article;
pub mod audit;
pub mod caught;
pub mod cli;
pub mod confidence;
pub mod document;
pub mod entity;
pub mod error;
pub mod eval;
pub mod explain;
pub mod export;
pub mod extract;
pub mod gazetteer;
pub mod input;
pub mod mention;
pub mod output;
pub mod pipeline;
pub mod record;
pub mod relate;
pub mod report;
pub mod review;
pub mod sorted;
pub mod tables;
pub mod text;
pub mod trace;
