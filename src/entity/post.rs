//! When two titles are one post: the role, the body and the place of each, as keys in which case, tone placement,
//! abbreviations (`UBND`, `Bộ GD&ĐT`) and the ways to name a place (`TPHCM`, `thành phố Hồ Chí Minh`) do not count.

use super::phrase;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::gazetteer::table::{Table, values};
use crate::record::Title;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// A post as a key. An empty part is not told.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Post {
    /// `phó bí thư thường trực`
    pub role: String,
    /// the body without the place in it: `ubnd`, `tỉnh ủy`, `bộ y tế`
    pub body: String,
    /// what the place is: `tỉnh`, `xã`
    pub level: String,
    /// its name: `bình định`
    pub place: String,
    /// where it stands
    pub tier: Tier,
    /// what it belongs to
    pub system: System,
    /// whether few hold such a post in the whole country: at the head of the State, of a ministry, of a province
    pub leads: bool,
}

/// Where a post stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// of the whole country
    Central,
    /// of a province or a city of that rank
    Province,
    /// of a district or a commune
    Local,
    /// of no such level, or untold
    #[default]
    Other,
}

/// What a post belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    /// Party, State, assemblies, courts, mass organisations, public bodies
    Public,
    /// police and armed forces
    Forces,
    /// companies
    Enterprise,
    /// another country, or an international body
    Foreign,
    /// untold
    #[default]
    Untold,
}

impl System {
    fn of(name: &str) -> System {
        match name {
            "party" | "state" | "assembly" | "judiciary" | "mass_organisation" | "public_body" => {
                System::Public
            }
            "police" | "military" => System::Forces,
            "enterprise" => System::Enterprise,
            "foreign" | "international" => System::Foreign,
            _ => System::Untold,
        }
    }
}

impl Tier {
    fn of(level: &str) -> Tier {
        match level {
            "central" => Tier::Central,
            "province" => Tier::Province,
            "district" | "commune" | "district_or_commune" | "village" => Tier::Local,
            _ => Tier::Other,
        }
    }
}

impl Post {
    /// Whether this may be a shorter way to say `full`: what it tells, `full` tells too.
    pub fn is_short_for(&self, full: &Post) -> bool {
        let fits = |short: &str, full: &str| short.is_empty() || short == full;
        let begins = !self.body.is_empty() && full.body.starts_with(&format!("{} ", self.body));
        self.role == full.role
            && (fits(&self.body, &full.body) || begins)
            && (fits(&self.level, &full.level) || full.level.is_empty())
            && fits(&self.place, &full.place)
            && (begins || self.told() < full.told())
    }

    /// How much of it is told.
    fn told(&self) -> usize {
        [&self.body, &self.place].iter().filter(|part| !part.is_empty()).count()
    }

    /// Whether it is told which body it is of: with its place, or one of which there is one only.
    pub fn is_full(&self) -> bool {
        !self.body.is_empty() && (!self.place.is_empty() || matches!(self.tier, Tier::Central))
    }

    /// Its body, where it is told which one.
    pub fn whole_body(&self) -> Option<(&str, &str)> {
        self.is_full().then_some((self.body.as_str(), self.place.as_str()))
    }

    /// The post as one line of text: what is compared.
    pub fn key(&self) -> String {
        let place = if self.place.is_empty() { &self.level } else { &self.place };
        [self.role.as_str(), &self.body, place].join("|")
    }
}

/// The lowest rank in `titles.tsv` of which few in the whole country are.
const LEADING: u32 = 7;
/// The bodies at the head of a province.
const HEADS: [&str; 4] = ["tỉnh ủy", "thành ủy", "ubnd", "hđnd"];

/// Makes keys of titles.
pub struct Posts {
    /// by every spelling of a body or its head: its name, level and system
    bodies: HashMap<String, (String, Tier, System)>,
    roles: HashMap<String, (Tier, System, bool)>,
    /// by every spelling of a place
    places: HashMap<String, (String, Tier, System)>,
    levels: HashSet<String>,
}

impl Posts {
    /// What the tables know.
    pub fn new(gazetteers: &Gazetteers) -> Self {
        let words = gazetteers.table(TableId::TitleWords);
        let (phrases, kind) = (words.column("phrase"), words.column("kind"));
        let levels = words.rows.iter().filter(|row| row.cells[kind] == "level");
        let mut posts = Posts {
            bodies: HashMap::new(),
            roles: HashMap::new(),
            places: HashMap::new(),
            levels: levels.map(|row| phrase(&row.cells[phrases])).collect(),
        };
        each(gazetteers.table(TableId::Bodies), "body", |name, spelling, level, system, _| {
            posts.bodies.entry(phrase(spelling)).or_insert((
                phrase(name),
                Tier::of(level),
                System::of(system),
            ));
        });
        each(gazetteers.table(TableId::Titles), "title", |_, spelling, level, system, rank| {
            let leads = level == "central" && rank.parse().is_ok_and(|rank: u32| rank <= LEADING);
            posts.roles.entry(phrase(spelling)).or_insert((Tier::of(level), System::of(system), leads));
        });
        each(gazetteers.table(TableId::Places), "place", |name, spelling, level, _, _| {
            let system = if level == "country" { System::Foreign } else { System::Untold };
            posts.places.entry(phrase(spelling)).or_insert((phrase(name), Tier::of(level), system));
        });
        posts
    }

    /// The key of a title.
    pub fn post(&self, title: &Title) -> Post {
        let mut post = Post { role: phrase(&title.role), ..Post::default() };
        if let Some(&(tier, system, leads)) =
            self.roles.get(&phrase(&title.text)).or_else(|| self.roles.get(&post.role))
        {
            (post.tier, post.system, post.leads) = (tier, system, leads && system == System::Public);
        }
        match &title.org {
            Some(org) => self.body(&self.written_out(&phrase(org)), &mut post),
            // A role alone does not tell whose it is: there are prime ministers of many countries.
            None => post.system = System::Untold,
        }
        if let Some(place) = &title.place {
            self.place(&phrase(place), &mut post);
        }
        post.leads = match post.tier {
            Tier::Central => post.leads && post.system != System::Foreign,
            Tier::Province => HEADS.contains(&post.body.as_str()),
            _ => false,
        };
        post
    }

    /// The words of a body without `của`, its abbreviations behind the first word written out (`Ủy ban Kinh tế QH`).
    fn written_out(&self, org: &str) -> String {
        let words = org.split(' ').filter(|word| *word != "của").enumerate();
        let words = words.map(|(n, word)| match self.bodies.get(word) {
            Some((name, ..)) if n > 0 => name.as_str(),
            _ => word,
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn body(&self, org: &str, post: &mut Post) {
        let ministry = ["bộ trưởng", "thứ trưởng"].contains(&post.role.as_str());
        let with_head = format!("bộ {org}");
        // `Bộ trưởng Y tế` is of the `Bộ Y tế`.
        let org = if ministry && self.bodies.contains_key(&with_head) { &with_head } else { org };
        let words: Vec<&str> = org.split(' ').collect();
        let known = (1..=words.len()).rev().find_map(|n| Some((n, self.bodies.get(&words[..n].join(" "))?)));
        let (taken, body) = known.map_or((0, String::new()), |(n, (name, tier, system))| {
            (post.tier, post.system) = (*tier, *system);
            (n, name.clone())
        });
        let rest = &words[taken..];
        let level = self.levels.iter().filter(|level| body.ends_with(&format!(" {level}")));
        let level = level.max_by_key(|level| level.len());
        // `UBND xã`: what follows is the name of the xã.
        let at_once = level.is_some() && !rest.is_empty();
        let place = (0..rest.len()).find(|&n| at_once || self.begins_place(&rest[n..]));
        if let Some(level) = level {
            post.level = one_level(level).into();
        }
        let body = level.map_or(body.as_str(), |level| &body[..body.len() - level.len() - 1]);
        let field = rest[..place.unwrap_or(rest.len())].join(" ");
        let parts = [body, &field].into_iter().filter(|part| !part.is_empty());
        post.body = parts.collect::<Vec<_>>().join(" ");
        if let Some(n) = place {
            self.place(&rest[n..].join(" "), post);
        }
    }

    /// Whether these words, to their end, are a place, or a kind of place with its name.
    fn begins_place(&self, words: &[&str]) -> bool {
        let head = (1..words.len().min(3)).any(|n| self.levels.contains(&words[..n].join(" ")));
        head || self.places.contains_key(&words.join(" "))
    }

    fn is_local(&self, level: &str) -> bool {
        !matches!(level, "" | "tỉnh" | "thành phố")
    }

    /// Takes a place as it is written into the post.
    fn place(&self, written: &str, post: &mut Post) {
        let words: Vec<&str> = written.split(' ').collect();
        let head = (1..words.len().min(3)).rev().find(|&n| self.levels.contains(&words[..n].join(" ")));
        if let Some(n) = head {
            post.level = one_level(&words[..n].join(" ")).into();
        }
        let name = words[head.unwrap_or(0)..].join(" ");
        match self.places.get(written).or_else(|| self.places.get(&name)) {
            Some((place, ..)) if place == "việt nam" => post.tier = Tier::Central,
            // `xã Hòa Bình` is no province.
            Some((place, tier, system)) if !self.is_local(&post.level) => {
                post.place = place.clone();
                post.tier = *tier;
                post.system = if *system == System::Foreign { System::Foreign } else { post.system };
            }
            _ if post.level.is_empty() => post.place = name,
            _ => {
                post.place = format!("{} {name}", post.level);
                post.tier = Tier::Local;
            }
        }
    }
}

/// Spellings of one kind of place.
fn one_level(level: &str) -> &str {
    match level {
        "tp" | "t p" | "thủ đô" => "thành phố",
        "tx" => "thị xã",
        "tt" => "thị trấn",
        other => other,
    }
}

/// Each spelling in a table: the name of its row, the spelling, the level, the system
/// and the rank.
fn each(table: &Table, name: &str, mut take: impl FnMut(&str, &str, &str, &str, &str)) {
    let [name, aliases, level] = [name, "aliases", "level"].map(|column| table.column(column));
    let [system, rank] =
        ["system", "rank"].map(|name| table.schema.columns.iter().position(|c| c.name == name));
    for row in &table.rows {
        let cell = |n: usize| row.cells[n].as_str();
        for spelling in std::iter::once(cell(name)).chain(values(cell(aliases))) {
            let maybe = |n: Option<usize>| n.map_or("", cell);
            take(cell(name), spelling, cell(level), maybe(system), maybe(rank));
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::record::Status;
    use std::sync::OnceLock;

    pub fn posts() -> &'static Posts {
        static POSTS: OnceLock<Posts> = OnceLock::new();
        POSTS.get_or_init(|| Posts::new(&Gazetteers::embedded().unwrap()))
    }

    pub fn post(role: &str, org: &str, place: &str) -> Post {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_string());
        let title = Title {
            text: format!("{role} {org}").trim().into(),
            start: 0,
            end: 0,
            role: role.into(),
            org: some(org),
            place: some(place),
            status: Status::Current,
            codes: Vec::new(),
        };
        posts().post(&title)
    }

    #[test]
    fn ways_to_write_one_post() {
        for (a, b) in [
            (
                ("Chủ tịch", "UBND tỉnh Bình Định", "Bình Định"),
                ("Chủ tịch", "Ủy ban nhân dân tỉnh Bình Định", "tỉnh Bình Định"),
            ),
            (("Chủ tịch", "UBND TPHCM", "TPHCM"), ("chủ tịch", "UBND thành phố Hồ Chí Minh", "Hồ Chí Minh")),
            (("Bộ trưởng", "Y tế", ""), ("Bộ trưởng", "Bộ Y tế", "")),
            (("Bộ trưởng", "Bộ GD&ĐT", ""), ("Bộ trưởng", "Bộ Giáo dục và Đào tạo", "")),
            (("Bí thư", "Thành uỷ Hà Nội", "Hà Nội"), ("Bí thư", "Thành ủy Hà Nội", "Hà Nội")),
            (("Bộ trưởng", "Bộ Quốc phòng Việt Nam", "Việt Nam"), ("Bộ trưởng", "Bộ Quốc phòng", "")),
            (("Chủ tịch", "UBND xã Xuân Mẫu", ""), ("Chủ tịch", "UBND xã Xuân Mẫu", "xã Xuân Mẫu")),
        ] {
            assert_eq!(post(a.0, a.1, a.2).key(), post(b.0, b.1, b.2).key());
        }
    }

    #[test]
    fn different_posts() {
        for (a, b) in [
            (
                ("Chủ tịch", "UBND tỉnh Bình Định", "Bình Định"),
                ("Phó Chủ tịch", "UBND tỉnh Bình Định", "Bình Định"),
            ),
            (
                ("Chủ tịch", "UBND tỉnh Bình Định", "Bình Định"),
                ("Chủ tịch", "HĐND tỉnh Bình Định", "Bình Định"),
            ),
            (("Chủ tịch", "UBND xã Hòa Mẫu", ""), ("Chủ tịch", "UBND xã Xuân Mẫu", "")),
            (("Bộ trưởng", "Quốc phòng Nga", "Nga"), ("Bộ trưởng", "Bộ Quốc phòng", "")),
        ] {
            assert_ne!(post(a.0, a.1, a.2).key(), post(b.0, b.1, b.2).key());
        }
    }

    #[test]
    fn short_forms() {
        let full = post("Chủ tịch", "UBND tỉnh Bình Định", "Bình Định");
        for (role, org, place, fits) in [
            ("Chủ tịch", "UBND tỉnh", "", true),
            ("Chủ tịch", "UBND", "", true),
            ("Chủ tịch", "", "", true),
            ("Chủ tịch", "UBND huyện", "", false),
            ("Chủ tịch", "HĐND tỉnh", "", false),
            ("Phó Chủ tịch", "UBND tỉnh", "", false),
            ("Chủ tịch", "UBND tỉnh Phú Yên", "Phú Yên", false),
            ("Chủ tịch", "UBND tỉnh Bình Định", "Bình Định", false),
            ("Chủ tịch", "Sở Y tế", "", false),
        ] {
            assert_eq!(post(role, org, place).is_short_for(&full), fits, "{role} {org}");
        }
    }
}
