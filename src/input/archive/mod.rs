//! Archives: what they hold is read like files in a folder. The names in them are only shown, never used as paths.

#[cfg(feature = "archives")]
pub mod tar;
#[cfg(feature = "archives")]
pub mod zip;

use super::fault::Problem;
use super::stream::Stream;

/// Something in an archive.
pub struct Member {
    /// its name, as it stands there
    pub name: String,
    /// its bytes, or why there are none
    pub content: Result<Stream, Problem>,
}

/// What an archive holds, in order. A member is read before the next is asked for, or not at all.
pub type Members = Box<dyn Iterator<Item = Member> + Send>;
