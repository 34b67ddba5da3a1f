//! Which keys of a JSON object hold what: the usual names, or those of `--map`.

use crate::error::Error;

/// What an article is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// its id
    Id,
    /// its address
    Url,
    /// its headline
    Title,
    /// when it was published
    Published,
    /// its text
    Text,
}

/// How many slots there are.
pub const SLOTS: usize = 5;

const USUAL: &[(Slot, &[&str])] = &[
    (Slot::Id, &["id", "doc"]),
    (Slot::Url, &["url", "link"]),
    (Slot::Title, &["title"]),
    (Slot::Published, &["published", "date", "publish_date", "publish"]),
    (Slot::Text, &["text", "content", "body"]),
];

/// What MongoDB wraps plain values in: `{"$date": …}`.
pub const WRAPS: &[&str] = &["$date", "$oid", "$numberLong"];

/// The names that a well-known kind of dump gives its fields.
#[derive(Debug)]
pub struct Preset {
    /// its name on the command line
    pub name: &'static str,
    /// what writes such dumps
    pub about: &'static str,
    /// as for `--map`
    map: &'static [&'static str],
}

/// All presets. Slots that a preset does not name keep their usual names.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "bkai",
        about: "news corpora exported from MongoDB, as those of BKAI",
        map: &["id=_id", "id=id", "published=publish.$date", "published=publish", "text=content"],
    },
    Preset {
        name: "trafilatura",
        about: "trafilatura --json: the address stands in `source`",
        map: &["url=source", "url=url", "published=date", "text=text", "text=raw_text"],
    },
    Preset {
        name: "newspaper4k",
        about: "Article.to_json() of newspaper4k and newspaper3k",
        map: &["published=publish_date", "text=text"],
    },
    Preset {
        name: "news-please",
        about: "news-please, and dumps of CC-News made with it",
        map: &["title=title", "title=title_page", "published=date_publish", "text=maintext"],
    },
    Preset {
        name: "cc-news",
        about: "CC-News as a table: title, text, date, url",
        map: &["published=date", "text=text"],
    },
    Preset {
        name: "fineweb",
        about: "FineWeb, CulturaX and other text of crawls, whose dates are those of the crawl",
        map: &["published=", "text=text"],
    },
];

impl Preset {
    /// The preset of a name.
    pub fn named(name: &str) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.name == name)
    }
}

impl Slot {
    /// Its name in `--map` and in messages.
    pub fn name(self) -> &'static str {
        USUAL[self as usize].1[0]
    }

    fn named(name: &str) -> Option<Slot> {
        USUAL.iter().find(|(slot, _)| slot.name() == name).map(|&(slot, _)| slot)
    }
}

/// Where in an object a slot is filled from; the keys of nested objects are joined by dots.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldPath {
    /// what it fills
    pub slot: Slot,
    /// the keys joined by dots, which a flattened dump has as one key
    pub name: String,
    /// the keys from the outside in
    pub keys: Vec<String>,
}

impl FieldPath {
    fn new(slot: Slot, name: &str) -> Self {
        FieldPath { slot, name: name.into(), keys: name.split('.').map(String::from).collect() }
    }
}

/// All paths, best first. A set of paths is a bit mask, so there are at most 32.
#[derive(Clone, Debug)]
pub struct Fields {
    paths: Vec<FieldPath>,
}

impl Default for Fields {
    fn default() -> Self {
        let named = |&(slot, names): &(Slot, &[&str])| -> Vec<FieldPath> {
            names.iter().map(|name| FieldPath::new(slot, name)).collect()
        };
        Fields { paths: USUAL.iter().flat_map(named).collect() }
    }
}

impl Fields {
    /// Those of a preset, except where `specs` name others.
    pub fn preset<S: AsRef<str>>(preset: Option<&Preset>, specs: &[S]) -> Result<Self, Error> {
        let preset = Fields::default().with(preset.map_or(&[], |preset| preset.map))?;
        preset.with(specs)
    }

    /// The usual names, except where `specs` (`text=content`, `published=publish.$date`) name others. A slot may be
    /// named several times: the first that an object has counts. `title=` leaves a field out.
    pub fn mapped<S: AsRef<str>>(specs: &[S]) -> Result<Self, Error> {
        Fields::default().with(specs)
    }

    fn with<S: AsRef<str>>(self, specs: &[S]) -> Result<Self, Error> {
        let mut fields = self;
        let mut named = [false; SLOTS];
        for spec in specs.iter().map(AsRef::as_ref) {
            let fault = |why: String| Error::Map { spec: spec.into(), why };
            let (slot, name) = spec.split_once('=').ok_or_else(|| fault("a `=` is missing".into()))?;
            let slot = Slot::named(slot.trim()).ok_or_else(|| {
                let names: Vec<&str> = USUAL.iter().map(|(slot, _)| slot.name()).collect();
                fault(format!("{slot:?} is none of {}", names.join(", ")))
            })?;
            if !std::mem::replace(&mut named[slot as usize], true) {
                fields.paths.retain(|path| path.slot != slot);
            }
            match name.trim() {
                "" if slot == Slot::Text => return Err(fault("the text cannot be left out".into())),
                "" => {}
                name => fields.paths.push(FieldPath::new(slot, name)),
            }
        }
        match fields.paths.len() > 32 {
            true => Err(Error::Map { spec: "…".into(), why: "more than 32 names".into() }),
            false => Ok(fields),
        }
    }

    /// The paths of a column of this name, as tables have it. What MongoDB wraps values in counts as nothing.
    pub fn named(&self, name: &str) -> u32 {
        let bare = WRAPS.iter().find_map(|wrap| name.strip_suffix(wrap)?.strip_suffix('.')).unwrap_or(name);
        let paths = self.paths.iter().enumerate();
        paths.filter(|(_, path)| path.name == name || path.name == bare).map(|(n, _)| 1 << n).sum()
    }

    /// Whether paths of any of these sets fill a slot.
    pub fn fill(&self, sets: &[u32], slot: Slot) -> bool {
        let all = sets.iter().fold(0, |all, set| all | set);
        self.paths.iter().enumerate().any(|(n, path)| path.slot == slot && all & (1 << n) != 0)
    }

    /// The paths, best first.
    pub fn paths(&self) -> &[FieldPath] {
        &self.paths
    }

    /// The set of all paths.
    pub fn all(&self) -> u32 {
        ((1u64 << self.paths.len()) - 1) as u32
    }

    /// Of the paths in `among`, whose first `depth` keys have been followed, those that go on with `key`.
    pub fn following(&self, among: u32, depth: usize, key: &str) -> u32 {
        let mut mask = 0;
        for (n, path) in self.paths.iter().enumerate() {
            let follows =
                || path.keys.get(depth).is_some_and(|k| k == key) || (depth == 0 && path.name == key);
            if among & (1 << n) != 0 && follows() {
                mask |= 1 << n;
            }
        }
        mask
    }

    /// Of the paths in `among`, those that end after `key`, the one of their keys at `depth`.
    pub fn ending(&self, among: u32, depth: usize, key: &str) -> u32 {
        let ends = |path: &FieldPath| path.keys.len() == depth + 1 || (depth == 0 && path.name == key);
        let paths = self.paths.iter().enumerate();
        paths.filter(|(n, path)| among & (1 << n) != 0 && ends(path)).map(|(n, _)| 1 << n).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_replaces_the_usual_names_of_its_slots_alone() {
        let fields = Fields::mapped(&["text=a.b", "text=c", "title="]).unwrap();
        let names = |slot| -> Vec<&str> {
            fields.paths.iter().filter(|p| p.slot == slot).map(|p| p.name.as_str()).collect()
        };
        assert_eq!(names(Slot::Text), ["a.b", "c"]);
        assert!(names(Slot::Title).is_empty());
        assert_eq!(names(Slot::Id), ["id", "doc"]);
    }

    #[test]
    fn presets_are_sound() {
        for preset in PRESETS {
            let fields = Fields::preset(Some(preset), &["title=headline"]).unwrap();
            assert!(fields.fill(&[fields.named("headline")], Slot::Title), "{}", preset.name);
            assert!(!fields.fill(&[fields.named("title")], Slot::Title), "{}", preset.name);
        }
        let fields = Fields::preset(Preset::named("bkai"), &[""; 0]).unwrap();
        assert_ne!(fields.named("publish.$date") & fields.named("publish"), 0);
        assert_eq!(fields.named("published"), 0);
    }

    #[test]
    fn a_broken_map_says_what_is_wrong() {
        for (spec, why) in [("text", "`=`"), ("txt=a", "none of id"), ("text=", "left out")] {
            let error = Fields::mapped(&[spec]).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
    }
}
