//! What mentions have to do with each other, where that shows only over the whole article.

pub mod sums;
