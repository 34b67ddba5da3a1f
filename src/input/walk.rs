//! From the paths of the command line to files: folders are walked in the order of their names, and of what they
//! hold only the files whose names say that they are articles are taken.

use super::Shape;
use super::fault::{InputFault, Problem};
use std::path::{Path, PathBuf};

/// A file, or standard input.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// `None` is standard input
    pub path: Option<PathBuf>,
    /// what its name says it is made of
    pub shape: Option<Shape>,
}

impl Source {
    /// The path as given; `-` for standard input.
    pub fn shown(&self) -> String {
        self.path.as_ref().map_or("-".into(), |path| path.display().to_string())
    }
}

/// What the name of a file says it holds, an ending for its compression left aside.
pub fn shape_of(path: &Path) -> Option<Shape> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let stem = [".gz", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    match stem.rsplit_once('.')?.1 {
        "txt" => Some(Shape::Page),
        "jsonl" | "ndjson" => Some(Shape::Lines),
        _ => None,
    }
}

enum Step {
    /// named on the command line
    Given(PathBuf),
    /// found in a folder
    Found(PathBuf),
    /// a folder that was given is done
    Done(PathBuf),
}

/// The files of the paths given, in order, with what could not be read.
pub struct Files {
    /// next last
    steps: Vec<Step>,
    /// how many files the folder being walked has had
    taken: usize,
}

impl Files {
    /// Starts with the paths as given; `-` is standard input.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Files { steps: paths.into_iter().rev().map(Step::Given).collect(), taken: 0 }
    }

    fn enter(&mut self, folder: &Path) -> Result<(), InputFault> {
        let unreadable = |error: std::io::Error| unreadable(folder, &error);
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            paths.push(entry.map_err(unreadable)?.path());
        }
        paths.retain(|path| !is_hidden(path));
        paths.sort_unstable_by(|a, b| b.cmp(a));
        self.steps.extend(paths.into_iter().map(Step::Found));
        Ok(())
    }

    fn given(&mut self, path: PathBuf) -> Option<Result<Source, InputFault>> {
        if path.as_os_str() == "-" {
            return Some(Ok(Source { path: None, shape: None }));
        }
        match std::fs::metadata(&path) {
            Err(error) => Some(Err(unreadable(&path, &error))),
            Ok(meta) if meta.is_dir() => {
                self.taken = 0;
                self.steps.push(Step::Done(path.clone()));
                self.enter(&path).err().map(|fault| {
                    self.taken = 1; // what it holds is not known, so nothing is said about that
                    Err(fault)
                })
            }
            Ok(_) => Some(Ok(Source { shape: shape_of(&path), path: Some(path) })),
        }
    }

    fn found(&mut self, path: PathBuf) -> Option<Result<Source, InputFault>> {
        let link = path.is_symlink();
        match (path.is_dir(), shape_of(&path)) {
            (true, _) if link => Some(Err(Problem::warning(
                "folder passed over",
                "it is a symbolic link",
                "name it as an input of its own if it belongs to them",
            )
            .in_file(&path.display().to_string(), 0, 0))),
            (true, _) => self.enter(&path).err().map(Err),
            (false, None) => None,
            (false, shape) => {
                self.taken += 1;
                Some(Ok(Source { path: Some(path), shape }))
            }
        }
    }
}

impl Iterator for Files {
    type Item = Result<Source, InputFault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let found = match self.steps.pop()? {
                Step::Given(path) => self.given(path),
                Step::Found(path) => self.found(path),
                Step::Done(path) if self.taken == 0 => Some(Err(Problem::error(
                    "no articles",
                    "the folder holds no .txt, .jsonl or .ndjson (nor such with .gz or .zst behind)",
                    "name its files one by one if they are called otherwise",
                )
                .in_file(&path.display().to_string(), 0, 0))),
                Step::Done(_) => None,
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// The fault of a path that the system does not let us read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> InputFault {
    let hint = match error.kind() {
        std::io::ErrorKind::NotFound => "check the path",
        std::io::ErrorKind::PermissionDenied => "check its permissions",
        _ => "check the file and the disk",
    };
    Problem::error("cannot be read", cause(error), hint).in_file(&path.display().to_string(), 0, 0)
}

/// The system's words without its number.
pub fn cause(error: &std::io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    let mut chars = text[..end].chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
