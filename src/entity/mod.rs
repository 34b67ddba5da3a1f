//! Entities: what the records of a whole dump say of one person or one programme, brought together.
//!
//! An article's records become [sightings](sighting); sorted by name (or code) they are read back a name at a time, so
//! that memory holds the distinct posts of one name and not the dump. Nothing is decided silently: what was joined says
//! by which rule, what was kept apart says why, and what may be one person under two names is told and left.
//!
//! | module | what it does |
//! |---|---|
//! | [`seen`] | in how many articles something is said, when first and last, and where |
//! | [`post`], [`titles`] | when two titles are one post |
//! | [`sighting`] | an article's persons; short forms take the place that the article gives them |
//! | [`join`] | which posts of one name are one person's |
//! | [`person`], [`officials`] | persons with their posts as a timeline, and the way from articles to them |
//! | [`duplicates`] | two names that may be one person |
//! | [`programme`], [`programmes`] | programmes with what is said of them, and the way from articles to them |
//! | [`tables`] | both as tables |

pub mod duplicates;
pub mod join;
pub mod officials;
pub mod person;
pub mod post;
pub mod programme;
pub mod programmes;
pub mod seen;
pub mod sighting;
pub mod tables;
pub mod titles;

/// Why a run over articles ended early.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// a line that is no record
    #[error(transparent)]
    Line(#[from] crate::output::lines::BadLine),
    /// a file that cannot be written
    #[error(transparent)]
    Write(#[from] crate::error::Error),
}

/// A text as part of an id: without accents, words joined by `-`.
pub fn slug(text: &str) -> String {
    let bare = crate::text::fold::bare(text);
    let words = bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// The key of a phrase: its words as [`fold`](crate::text::fold::fold) writes them, without marks between them.
pub fn phrase(text: &str) -> String {
    let words =
        text.split(|c: char| !c.is_alphanumeric() && !crate::text::fold::is_ignorable(c) && !is_mark(c));
    let words = words.filter(|word| !word.is_empty()).map(crate::text::fold::fold);
    words.collect::<Vec<_>>().join(" ")
}

/// A tone or vowel mark that stands apart from its letter belongs to the word.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_phrases() {
        for (text, key, id) in [
            ("Trần Thị  Hoà", "trần thị hòa", "tran-thi-hoa"),
            ("TRẦN THỊ HÒA", "trần thị hòa", "tran-thi-hoa"),
            ("Tra\u{300}n", "tràn", "tran"),
            ("Bộ GD&ĐT", "bộ gd đt", "bo-gd-dt"),
            ("01-CTr/TU", "01 ctr tu", "01-ctr-tu"),
            ("…", "", ""),
        ] {
            assert_eq!((phrase(text).as_str(), slug(text).as_str()), (key, id), "{text}");
        }
    }
}
