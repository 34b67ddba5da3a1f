//! From characters to sentences: [`fold`] (what counts as the same word), [`token`] (syllables, numbers, marks),
//! [`block`] (what part of the page a line is), [`stamp`] (when the page was published) and [`sentence`] (the splitter).

pub mod block;
pub mod codepoint;
pub mod fold;
pub mod keyword;
mod layout;
pub mod page;
pub mod sentence;
pub mod stamp;
pub mod token;
pub mod vocabulary;
