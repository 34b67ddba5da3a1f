//! Between byte offsets and code points, the unit of the records (what Python's `text[start:end]` counts).

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

/// Slices one text by code points.
pub struct Slices<'a> {
    text: &'a str,
    /// where every [`STEP`]th code point begins
    places: Vec<usize>,
}

impl<'a> Slices<'a> {
    /// Counts `text` once.
    pub fn new(text: &'a str) -> Self {
        Slices { text, places: text.char_indices().step_by(STEP).map(|(at, _)| at).collect() }
    }

    /// The code points `start..end`; none where there are no such.
    pub fn get(&self, start: usize, end: usize) -> Option<&'a str> {
        self.text.get(self.byte(start)?..self.byte(end)?)
    }

    /// Where the code point begins; for the one past the last, the length.
    fn byte(&self, point: usize) -> Option<usize> {
        let Some(&place) = self.places.get(point / STEP) else {
            let ends_here = point == 0 || self.places.len() * STEP == point && self.last_is_full();
            return ends_here.then_some(self.text.len());
        };
        let rest = &self.text[place..];
        let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
        ends.take(STEP + 1).nth(point % STEP).map(|at| place + at)
    }

    fn last_is_full(&self) -> bool {
        self.places.last().is_some_and(|&place| self.text[place..].chars().count() == STEP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_like_python() {
        for text in [
            "Thành ủy Hà Nội 😀 ".repeat(40),
            "ủ".repeat(STEP),
            "ủ".repeat(STEP - 1),
            "a".into(),
            String::new(),
        ] {
            let points: Vec<char> = text.chars().collect();
            let slices = Slices::new(&text);
            for start in 0..=points.len() {
                let end = (start + 7).min(points.len());
                let want: String = points[start..end].iter().collect();
                assert_eq!(slices.get(start, end), Some(want.as_str()), "{start}");
            }
            assert_eq!(slices.get(0, points.len() + 1), None);
            assert_eq!(slices.get(points.len() + 400, points.len() + 401), None);
        }
        assert_eq!(Slices::new("abc").get(2, 1), None);
    }

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
