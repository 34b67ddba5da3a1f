//! From the paths of the command line to files: folders are walked in the order of their names, and of what they
//! hold only the files whose names say that they are articles are taken.

use super::fault::{InputFault, Problem};
use super::kind::Kind;
use std::path::{Path, PathBuf};

/// A file, or standard input.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// `None` is standard input
    pub path: Option<PathBuf>,
    /// what its name says it is made of
    pub named: Option<Kind>,
}

impl Source {
    /// The path as given; `-` for standard input.
    pub fn shown(&self) -> String {
        self.path.as_ref().map_or("-".into(), |path| path.display().to_string())
    }
}

/// What comes next on the walk.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// something to read
    Source(Source),
    /// something that cannot be read
    Fault(InputFault),
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

    /// Puts what a folder holds on the list; what went wrong if it cannot be read.
    fn enter(&mut self, folder: &Path) -> Option<Stop> {
        let entries = std::fs::read_dir(folder).and_then(|entries| {
            entries.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<Vec<_>>>()
        });
        match entries {
            Err(error) => Some(Stop::Fault(unreadable(folder, &error))),
            Ok(mut paths) => {
                paths.retain(|path| !is_hidden(path));
                paths.sort_unstable_by(|a, b| b.cmp(a));
                self.steps.extend(paths.into_iter().map(Step::Found));
                None
            }
        }
    }

    fn given(&mut self, path: PathBuf) -> Option<Stop> {
        if path.as_os_str() == "-" {
            return Some(Stop::Source(Source { path: None, named: None }));
        }
        match std::fs::metadata(&path) {
            Err(error) => Some(Stop::Fault(unreadable(&path, &error))),
            Ok(meta) if meta.is_dir() => {
                self.taken = 0;
                self.steps.push(Step::Done(path.clone()));
                self.enter(&path)
            }
            Ok(_) => Some(Stop::Source(Source { named: Kind::named(&path), path: Some(path) })),
        }
    }

    fn found(&mut self, path: PathBuf) -> Option<Stop> {
        let link = path.is_symlink();
        match (path.is_dir(), Kind::named(&path)) {
            (true, _) if link => Some(Stop::Fault(passed_over(&path))),
            (true, _) => self.enter(&path),
            (false, None) => None,
            (false, named) => {
                self.taken += 1;
                Some(Stop::Source(Source { path: Some(path), named }))
            }
        }
    }

    /// A folder is done: one without articles is told, unless it has been told already that it cannot be read.
    fn done(&mut self, path: &Path) -> Option<Stop> {
        let told = self.taken > 0 || std::fs::read_dir(path).is_err();
        (!told).then(|| Stop::Fault(no_articles(path)))
    }
}

impl Iterator for Files {
    type Item = Stop;

    fn next(&mut self) -> Option<Stop> {
        loop {
            let stop = match self.steps.pop()? {
                Step::Given(path) => self.given(path),
                Step::Found(path) => self.found(path),
                Step::Done(path) => self.done(&path),
            };
            if stop.is_some() {
                return stop;
            }
        }
    }
}

fn passed_over(path: &Path) -> InputFault {
    let hint = "name it as an input of its own if it belongs to them";
    let problem = Problem::warning("folder passed over", "it is a symbolic link", hint);
    problem.in_file(&path.display().to_string(), 0, 0)
}

fn no_articles(path: &Path) -> InputFault {
    let why = "the folder holds no files with the names of articles (.txt, .jsonl, .html, .parquet … or packed ones)";
    let hint = "name its files one by one if they are called otherwise";
    Problem::error("no articles", why, hint).in_file(&path.display().to_string(), 0, 0)
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
