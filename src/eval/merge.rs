//! Two files of records side by side, article by article. Both hold articles in the same order, each may lack some
//! (an article without facts leaves no record), and no more of either is kept than the articles read ahead to find
//! where they go on together.

use crate::output::lines::{BadLine, Lines};
use crate::record::Record;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::VecDeque;

/// How many articles are read ahead. A longer stretch of articles that the other file lacks is still told as such,
/// but what comes behind it may be taken for lacking too.
const AHEAD: usize = 4096;

/// The lines of one article.
#[derive(Debug, PartialEq)]
pub struct Group {
    /// the article
    pub doc: String,
    /// its lines, as given, with their numbers
    lines: Vec<(usize, String)>,
}

impl Group {
    /// Whether the lines are the same, to the byte.
    pub fn same_lines(&self, other: &Group) -> bool {
        self.lines.iter().map(|l| &l.1).eq(other.lines.iter().map(|l| &l.1))
    }

    /// How many records it has.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether it has none, which cannot be.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// One file, read by articles.
struct Groups {
    input: Lines,
    next: Option<(String, usize, String)>,
    ahead: VecDeque<Group>,
}

impl Groups {
    fn new(input: Lines) -> Result<Self, BadLine> {
        let mut groups = Groups { input, next: None, ahead: VecDeque::new() };
        groups.next = groups.line()?;
        Ok(groups)
    }

    fn line(&mut self) -> Result<Option<(String, usize, String)>, BadLine> {
        #[derive(Deserialize)]
        struct Doc {
            doc: String,
        }
        let Some(line) = self.input.next_line()?.map(String::from) else { return Ok(None) };
        match serde_json::from_str::<Doc>(&line) {
            Ok(Doc { doc }) => Ok(Some((doc, self.input.number(), line))),
            Err(error) => Err(self.input.fault(self.input.number(), &error)),
        }
    }

    /// The article `at` places ahead.
    fn get(&mut self, at: usize) -> Result<Option<&Group>, BadLine> {
        while self.ahead.len() <= at {
            let Some((doc, number, line)) = self.next.take() else { return Ok(None) };
            let mut group = Group { doc, lines: vec![(number, line)] };
            loop {
                match self.line()? {
                    Some((doc, number, line)) if doc == group.doc => group.lines.push((number, line)),
                    next => break self.next = next,
                }
            }
            self.ahead.push_back(group);
        }
        Ok(self.ahead.get(at))
    }

    fn records(&self, group: &Group) -> Result<Vec<Record>, BadLine> {
        let read = |(number, line): &(usize, String)| {
            serde_json::from_str(line).map_err(|error| self.input.fault(*number, &error))
        };
        group.lines.iter().map(read).collect()
    }
}

/// An article of the first file, of the second, or of both.
pub type Pair = (Option<Group>, Option<Group>);

/// Both files.
pub struct Merge {
    left: Groups,
    right: Groups,
    /// how many articles ahead stand in one file alone, left and right
    alone: (usize, usize),
    /// whether those behind them stand in both
    together: bool,
}

impl Merge {
    /// Reads `left` and `right`.
    pub fn new(left: Lines, right: Lines) -> Result<Self, BadLine> {
        let (left, right) = (Groups::new(left)?, Groups::new(right)?);
        Ok(Merge { left, right, alone: (0, 0), together: false })
    }

    /// The next article.
    pub fn next_pair(&mut self) -> Result<Option<Pair>, BadLine> {
        if self.alone == (0, 0) && !self.together {
            (self.alone, self.together) = self.align()?;
        }
        Ok(if self.alone.0 > 0 {
            self.alone.0 -= 1;
            Some((self.left.ahead.pop_front(), None))
        } else if self.alone.1 > 0 {
            self.alone.1 -= 1;
            Some((None, self.right.ahead.pop_front()))
        } else if self.together {
            self.together = false;
            Some((self.left.ahead.pop_front(), self.right.ahead.pop_front()))
        } else {
            None
        })
    }

    /// The records of an article of the first file, and of the second.
    pub fn records(&self, (left, right): &Pair) -> Result<(Vec<Record>, Vec<Record>), BadLine> {
        let left = left.as_ref().map_or(Ok(Vec::new()), |group| self.left.records(group))?;
        let right = right.as_ref().map_or(Ok(Vec::new()), |group| self.right.records(group))?;
        Ok((left, right))
    }

    /// How many articles stand in one file alone before the next that stands in both, if there is one.
    fn align(&mut self) -> Result<((usize, usize), bool), BadLine> {
        let (mut lefts, mut rights) = (FxHashMap::default(), FxHashMap::default());
        for at in 0..AHEAD {
            let left = self.left.get(at)?.map(|group| group.doc.clone());
            let right = self.right.get(at)?.map(|group| group.doc.clone());
            if left.is_none() && right.is_none() {
                break;
            }
            if let Some(doc) = left {
                if let Some(&other) = rights.get(&doc) {
                    return Ok(((at, other), true));
                }
                lefts.entry(doc).or_insert(at);
            }
            if let Some(doc) = right {
                if let Some(&other) = lefts.get(&doc) {
                    return Ok(((other, at), true));
                }
                rights.entry(doc).or_insert(at);
            }
        }
        Ok(((self.left.ahead.len(), self.right.ahead.len()), false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::lines::RECORDS;
    use std::io::Cursor;

    fn file(docs: &str) -> Lines {
        let line = |c: char| format!("{{\"doc\":\"{c}\"}}\n");
        let content: String = docs.chars().map(line).collect();
        Lines::new("x".into(), RECORDS, Box::new(Cursor::new(content)))
    }

    fn merged(left: &str, right: &str) -> String {
        let mut merge = Merge::new(file(left), file(right)).unwrap();
        let mut out = Vec::new();
        while let Some((left, right)) = merge.next_pair().unwrap() {
            let side = |group: Option<Group>| group.map_or("-".into(), |g| g.doc.repeat(g.len()));
            out.push(format!("{}/{}", side(left), side(right)));
        }
        out.join(" ")
    }

    #[test]
    fn articles_meet_again_behind_gaps() {
        assert_eq!(merged("aab", "ab"), "aa/a b/b");
        assert_eq!(merged("abc", "ac"), "a/a b/- c/c");
        assert_eq!(merged("ac", "abbc"), "a/a -/bb c/c");
        assert_eq!(merged("axyb", "apb"), "a/a x/- y/- -/p b/b");
        assert_eq!(merged("", "ab"), "-/a -/b");
        assert_eq!(merged("ab", ""), "a/- b/-");
        assert_eq!(merged("", ""), "");
        assert_eq!(merged("abcdef", "f"), "a/- b/- c/- d/- e/- f/f");
        // an id that comes twice, another order: every line still comes exactly once
        assert_eq!(merged("aba", "aa"), "a/aa b/- a/-");
        assert_eq!(merged("ab", "ba"), "a/- b/b -/a");
    }
}
