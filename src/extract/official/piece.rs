//! The pieces that statements about officials are made of: titles, names, pronouns.

use crate::mention::Span;
use crate::record::Status;

/// A post as written.
#[derive(Clone, Debug)]
pub struct TitleItem {
    /// from its status word to the end of its body
    pub span: Span,
    /// the role alone
    pub role: Span,
    /// its place
    pub place: Option<Span>,
    /// what its status word says
    pub status: Status,
    /// the codes in it
    pub codes: Vec<Span>,
    /// `các`, `hai` … before it, or a list behind it
    pub plural: bool,
    /// behind `thay mặt`, `vợ` …: another's post
    pub granted: bool,
    /// complete as a definite description of its holder
    pub definite: bool,
    /// of a whole State or Party
    pub central: bool,
    /// where the post of another inside it starts (`trợ lý cho | Bộ trưởng Tư pháp`)
    pub inner: Option<usize>,
}

/// A person's name as written.
#[derive(Clone, Debug)]
pub struct NameItem {
    /// from the first word of address, rank or degree
    pub start: usize,
    /// the name
    pub span: Span,
    /// word of address
    pub honorific: Option<Span>,
    /// `m`, `f`
    pub gender: Option<char>,
    /// opens a list
    pub plural: bool,
    /// military rank
    pub rank: Option<Span>,
    /// degree
    pub degree: Option<Span>,
    /// only a full name may stand alone; a given name needs its bearer elsewhere
    pub full: bool,
    /// nothing before it says that it is a person
    pub weak: bool,
}

impl NameItem {
    /// The name `start..end` with nothing before it.
    pub fn plain(start: usize, end: usize, weak: bool) -> Self {
        NameItem {
            start,
            span: Span::new(start, end),
            honorific: None,
            gender: None,
            plural: false,
            rank: None,
            degree: None,
            full: true,
            weak,
        }
    }
}

/// One piece.
#[derive(Clone, Debug)]
pub enum Item {
    /// a post
    Title(TitleItem),
    /// a name
    Name(NameItem),
    /// `ông`, `bà` for a person named before
    Pronoun {
        /// where
        at: usize,
        /// `m`, `f`
        gender: Option<char>,
    },
}

impl Item {
    /// The tokens it covers.
    pub fn span(&self) -> Span {
        match self {
            Item::Title(title) => title.span,
            Item::Name(name) => Span::new(name.start, name.span.end),
            Item::Pronoun { at, .. } => Span::new(*at, *at + 1),
        }
    }
    /// As a title.
    pub fn title(&self) -> Option<&TitleItem> {
        match self {
            Item::Title(title) => Some(title),
            _ => None,
        }
    }
    /// As a name.
    pub fn name(&self) -> Option<&NameItem> {
        match self {
            Item::Name(name) => Some(name),
            _ => None,
        }
    }
}
