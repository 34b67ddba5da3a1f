//! From byte offsets to code points, the unit of the records (what Python's `text[start:end]` counts).

/// Bytes between two remembered counts.
const STEP: usize = 128;

/// Converts byte offsets of one text.
pub struct CodePoints<'a> {
    text: &'a [u8],
    counts: Vec<u32>,
}

fn count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from((b as i8) >= -0x40)).sum()
}

impl<'a> CodePoints<'a> {
    /// Counts `text` once.
    pub fn new(text: &'a str) -> Self {
        let mut sum = 0;
        let counts = text
            .as_bytes()
            .chunks(STEP)
            .map(|chunk| {
                let before = sum;
                sum += count(chunk);
                before
            })
            .collect();
        CodePoints { text: text.as_bytes(), counts }
    }

    /// How many code points stand before byte `at`.
    pub fn at(&self, at: usize) -> usize {
        let Some(&before) = self.counts.get(at / STEP) else {
            return self.counts.last().map_or(0, |&n| n + count(&self.text[(self.counts.len() - 1) * STEP..]))
                as usize;
        };
        (before + count(&self.text[at / STEP * STEP..at])) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_like_python() {
        let text = "Thành ủy Hà Nội 😀 ".repeat(40);
        let points = CodePoints::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(at), n);
        }
        assert_eq!(points.at(text.len()), text.chars().count());
        assert_eq!(CodePoints::new("").at(0), 0);
    }
}
