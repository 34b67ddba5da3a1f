//! Makes keys of titles: the role, the body and the place of each. Case, tone placement, abbreviations (`UBND`,
//! `Bộ GD&ĐT`) and the ways to name a place (`TPHCM`, `thành phố Hồ Chí Minh`) do not count.

use super::phrase;
use super::post::{Post, System, Tier};
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::gazetteer::table::{Table, values};
use crate::record::Title;
use std::collections::{HashMap, HashSet};

/// The lowest rank in `titles.tsv` of which few in the whole country are.
const LEADING: u32 = 7;
/// The country whose bodies need not name it.
const OURS: &str = "việt nam";

/// Makes keys of titles.
pub struct Posts {
    /// by every spelling of a body or its head
    bodies: HashMap<String, Body>,
    /// bodies by their letters: `qh`
    letters: HashMap<String, String>,
    roles: HashMap<String, (Tier, System, bool)>,
    /// by every spelling of a place
    places: HashMap<String, (String, Tier, System)>,
    levels: HashSet<String>,
    /// phrases of `post_words.tsv`, with their class
    words: Vec<(String, String)>,
}

/// A body, or the head of one, as `bodies.tsv` has it.
struct Body {
    name: String,
    tier: Tier,
    system: System,
    /// whether it is complete, and there is one of it
    one: bool,
    /// whether what follows is its own name
    takes_name: bool,
}

impl Posts {
    /// What the tables know.
    pub fn new(gazetteers: &Gazetteers) -> Self {
        let words = gazetteers.table(TableId::TitleWords);
        let (phrases, kind) = (words.column("phrase"), words.column("kind"));
        let levels = words.rows.iter().filter(|row| row.cells[kind] == "level");
        let mut posts = Posts {
            bodies: HashMap::new(),
            letters: HashMap::new(),
            roles: HashMap::new(),
            places: HashMap::new(),
            levels: levels.map(|row| phrase(&row.cells[phrases])).collect(),
            words: post_words(gazetteers.table(TableId::PostWords)),
        };
        each(gazetteers.table(TableId::Bodies), "body", |name, spelling, cell| {
            let level = cell("level");
            let body = || Body {
                name: phrase(name),
                tier: Tier::of(level),
                system: System::of(cell("system")),
                one: cell("kind") == "full" && matches!(level, "unit" | "foreign" | "international"),
                takes_name: matches!(cell("slot"), "name" | "org"),
            };
            if spelling.chars().all(char::is_uppercase) {
                posts.letters.insert(phrase(spelling), phrase(name));
            }
            if posts.levels.contains(&phrase(spelling)) {
                return;
            }
            // A body's own name goes before what others are called too.
            match spelling == name {
                true => drop(posts.bodies.insert(phrase(spelling), body())),
                false => drop(posts.bodies.entry(phrase(spelling)).or_insert_with(body)),
            }
        });
        each(gazetteers.table(TableId::Titles), "title", |_, spelling, cell| {
            let (level, rank) = (cell("level"), cell("rank").parse::<u32>());
            let leads = level == "central" && rank.is_ok_and(|rank| rank <= LEADING);
            let role = (Tier::of(level), System::of(cell("system")), leads);
            posts.roles.entry(phrase(spelling)).or_insert(role);
        });
        each(gazetteers.table(TableId::Places), "place", |name, spelling, cell| {
            let ours = cell("level") != "country" || phrase(name) == OURS;
            let system = if ours { System::Untold } else { System::Foreign };
            posts.places.entry(phrase(spelling)).or_insert((phrase(name), Tier::of(cell("level")), system));
        });
        posts
    }

    /// The key of a title.
    pub fn post(&self, title: &Title) -> Post {
        let mut post = Post { role: phrase(&title.role), ..Post::default() };
        let last = |word: &str| post.role.strip_suffix(word).is_some_and(|before| before.ends_with(' '));
        post.seat =
            self.words("seat").any(|word| post.role.starts_with(word)) || self.words("seat-last").any(last);
        if let Some(&(tier, system, leads)) =
            self.roles.get(&phrase(&title.text)).or_else(|| self.roles.get(&post.role))
        {
            (post.tier, post.system, post.leads) = (tier, system, leads && system == System::Public);
        }
        match &title.org {
            // `Ngoại trưởng` + `Mỹ`: of a country, and of no body.
            Some(org) if title.place.as_ref() == Some(org) => post.system = System::Untold,
            Some(org) => {
                self.body(&self.written_out(&phrase(org)), &mut post);
                let capital = org.chars().next().is_some_and(char::is_uppercase);
                post.named |= capital && post.system == System::Untold && post.level.is_empty();
            }
            None => self.role_alone(&mut post),
        }
        if let Some(place) = &title.place {
            self.place(&phrase(place), &mut post);
        }
        post.leads = match post.tier {
            _ if post.seat => false,
            Tier::Central => post.leads && post.system != System::Foreign,
            Tier::Province => self.words("head").any(|word| word == post.body),
            _ => false,
        };
        post
    }

    /// Whether a title puts its holder in charge of a programme. A minister who cites a decree is not.
    pub fn is_charge(&self, title: &Title) -> bool {
        let post = phrase(&format!("{} {}", title.role, title.org.as_deref().unwrap_or_default()));
        self.words("charge").any(|word| post.starts_with(word))
    }

    fn words(&self, class: &str) -> impl Iterator<Item = &str> {
        self.words.iter().filter(move |(_, own)| own == class).map(|(word, _)| word.as_str())
    }

    /// The key of a body by itself, with its abbreviations written out: `Bộ VHTT&DL`.
    pub fn body_key(&self, body: &str) -> String {
        let key = self.written_out(&phrase(body));
        let words: Vec<&str> = key.split(' ').collect();
        let known = (1..=words.len()).rev().find_map(|n| Some((n, self.bodies.get(&words[..n].join(" "))?)));
        known.map_or(key.clone(), |(n, body)| [&[body.name.as_str()], &words[n..]].concat().join(" "))
    }

    /// The words of a body without `của`, its abbreviations behind the first word written out (`Ủy ban Kinh tế QH`),
    /// unless they are so already (`Ngân hàng Nhà nước (NHNN)`).
    fn written_out(&self, org: &str) -> String {
        let mut out: Vec<&str> = Vec::new();
        for word in org.split(' ').filter(|word| *word != "của") {
            let name: Vec<&str> = match self.letters.get(word).filter(|_| !out.is_empty()) {
                Some(name) => name.split(' ').collect(),
                None => vec![word],
            };
            let begun = (0..=name.len()).rev().find(|&n| out.ends_with(&name[..n])).unwrap_or(0);
            out.extend(if name.len() > 1 { &name[begun..] } else { &name[..] });
        }
        out.join(" ")
    }

    /// A role alone does not tell whose it is, there are prime ministers of many countries; unless it ends with the
    /// country: `Ngoại trưởng Mỹ`.
    fn role_alone(&self, post: &mut Post) {
        post.system = System::Untold;
        let words: Vec<&str> = post.role.split(' ').collect();
        let country = |n: &usize| {
            let place = self.places.get(&words[*n..].join(" "));
            place.filter(|(_, _, system)| *system == System::Foreign)
        };
        let Some(n) = (1..words.len()).find(|n| country(n).is_some()) else { return };
        let (role, place) = (words[..n].join(" "), words[n..].join(" "));
        post.role = role;
        self.place(&place, post);
    }

    fn body(&self, org: &str, post: &mut Post) {
        let ministry = ["bộ trưởng", "thứ trưởng"].contains(&post.role.as_str());
        let with_head = format!("bộ {org}");
        // `Bộ trưởng Y tế` is of the `Bộ Y tế`.
        let org = if ministry && self.bodies.contains_key(&with_head) { &with_head } else { org };
        let words: Vec<&str> = org.split(' ').collect();
        let known = (1..=words.len()).rev().find_map(|n| Some((n, self.bodies.get(&words[..n].join(" "))?)));
        // What no table knows has no system by its role alone: `Giám đốc` of a company or of a department.
        let (taken, body) = known.map_or((0, ""), |(n, body)| {
            (post.tier, post.system) = (body.tier, body.system);
            post.named = body.one || body.takes_name && n < words.len();
            (n, body.name.as_str())
        });
        if taken == 0 && post.system != System::Public {
            post.system = System::Untold;
        }
        let rest = &words[taken..];
        let level = self.levels.iter().filter(|level| body.ends_with(&format!(" {level}")));
        let level = level.max_by_key(|level| level.len());
        // `UBND xã`: what follows is the name of the xã.
        let at_once = level.is_some() && !rest.is_empty();
        let place = (0..rest.len()).find(|&n| at_once || self.begins_place(&rest[n..]));
        if let Some(level) = level {
            post.level = one_level(level).into();
        }
        let body = level.map_or(body, |level| &body[..body.len() - level.len() - 1]);
        let field = rest[..place.unwrap_or(rest.len())].join(" ");
        let public = matches!(post.system, System::Public | System::Forces);
        post.own = taken > 0 && public && !post.named && field.is_empty();
        let parts = [body, field.as_str()].into_iter().filter(|part| !part.is_empty());
        post.body = parts.collect::<Vec<_>>().join(" ");
        if let Some(n) = place {
            self.place(&rest[n..].join(" "), post);
        }
    }

    /// Whether these words, to their end, are a place of ours, or a kind of place with its name. Countries are those
    /// that the record names: `Bệnh viện Việt Đức` is in none.
    fn begins_place(&self, words: &[&str]) -> bool {
        let head = (1..words.len().min(3)).any(|n| self.is_level(&words[..n]));
        head || self.places.get(&words.join(" ")).is_some_and(|(_, _, system)| *system != System::Foreign)
    }

    fn is_level(&self, words: &[&str]) -> bool {
        self.levels.contains(&words.join(" ")) || matches!(words, ["q" | "h" | "p"])
    }

    fn is_local(&self, level: &str) -> bool {
        !matches!(level, "" | "tỉnh" | "thành phố")
    }

    /// Takes a place as it is written into the post.
    fn place(&self, written: &str, post: &mut Post) {
        let words: Vec<&str> = written.split(' ').collect();
        let head = (1..words.len().min(3)).rev().find(|&n| self.is_level(&words[..n]));
        if let Some(n) = head {
            post.level = one_level(&words[..n].join(" ")).into();
        }
        let name = words[head.unwrap_or(0)..].join(" ");
        // `TP` may have been taken as the level already: `UBND TP` + `HCM`.
        let city = format!("tp {name}");
        let city = || self.places.get(&city).filter(|_| post.level == "thành phố");
        match self.places.get(written).or_else(|| self.places.get(&name)).or_else(city) {
            Some((place, ..)) if place == OURS => post.tier = Tier::Central,
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
        "q" => "quận",
        "h" => "huyện",
        "p" => "phường",
        other => other,
    }
}

/// Each spelling in a table: the name of its row, the spelling, and the row's cells by column.
fn each<'t>(table: &'t Table, name: &str, mut take: impl FnMut(&str, &str, &dyn Fn(&str) -> &'t str)) {
    let [name, aliases] = [name, "aliases"].map(|column| table.column(column));
    for row in &table.rows {
        let cell = |column: &str| row.cells[table.column(column)].as_str();
        for spelling in std::iter::once(row.cells[name].as_str()).chain(values(&row.cells[aliases])) {
            take(&row.cells[name], spelling, &cell);
        }
    }
}

/// The phrases of `post_words.tsv` as titles are compared, each with its class.
fn post_words(table: &Table) -> Vec<(String, String)> {
    table.cells("phrase").map(phrase).zip(table.cells("class").map(str::to_string)).collect()
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
            (("Chủ tịch", "UBND TP.HCM", "TP.HCM"), ("Chủ tịch", "UBND thành phố Hồ Chí Minh", "")),
            (("Chủ tịch", "UBND Q.1", ""), ("Chủ tịch", "UBND quận 1", "quận 1")),
            (("Ngoại trưởng Mỹ", "", ""), ("Ngoại trưởng", "Mỹ", "Mỹ")),
            (("Chủ nhiệm", "Ủy ban Kinh tế của QH", ""), ("Chủ nhiệm", "Ủy ban Kinh tế của Quốc hội", "")),
            (
                ("Giám đốc", "Ngân hàng Nhà nước (NHNN) tỉnh Bình Định", "Bình Định"),
                ("Giám đốc", "Ngân hàng Nhà nước tỉnh Bình Định", "Bình Định"),
            ),
            (("Giám đốc", "BV Việt Đức", ""), ("Giám đốc", "Bệnh viện Hữu nghị Việt Đức", "")),
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
    fn bodies_that_need_no_place() {
        for (role, org, place, full) in [
            ("CEO", "Mẫucorp", "", true),
            ("Giám đốc", "Bệnh viện Bạch Mai", "", true),
            ("Giám đốc", "Công ty Cổ phần Mẫu", "", true),
            ("Bộ trưởng", "Bộ Y tế", "", true),
            ("Chủ tịch", "UBND tỉnh Bình Định", "Bình Định", true),
            ("Chủ tịch", "UBND tỉnh", "", false),
            ("Giám đốc", "Sở Y tế", "", false),
            ("Giám đốc", "Công ty", "", false),
            ("Trưởng phòng", "hành chính", "", false),
            ("Giám đốc", "", "", false),
        ] {
            assert_eq!(post(role, org, place).is_full(), full, "{role} {org}");
        }
    }

    #[test]
    fn seats_are_shared() {
        for (role, org, seat) in [
            ("Ủy viên", "Trung ương Đảng", true),
            ("Đại biểu", "Quốc hội", true),
            ("Tỉnh ủy viên", "", true),
            ("thành viên", "Hội đồng quản trị", true),
            ("Chủ tịch", "Quốc hội", false),
            ("Trưởng đoàn", "đại biểu Quốc hội", false),
        ] {
            assert_eq!(post(role, org, "").seat, seat, "{role} {org}");
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
