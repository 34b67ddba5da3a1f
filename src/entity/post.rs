//! A post as a key, and when one is a shorter way to say another. [`titles`](super::titles) makes keys of titles.

use serde::{Deserialize, Serialize};

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
    /// whether the body has a name that is its own, so that its place need not be told: `bệnh viện bạch mai`, `facebook`
    pub named: bool,
    /// whether it is of the administration of its place itself, one body of a kind: `ubnd`, `tỉnh ủy`, `sở y tế`
    pub own: bool,
    /// whether many hold it at one time: a seat on a committee or in an assembly. Two who sit there are not one person
    pub seat: bool,
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
    /// The system that a table writes so.
    pub fn of(name: &str) -> System {
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
    /// The level that a table writes so.
    pub fn of(level: &str) -> Tier {
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

    /// Whether it is told which body it is of: with its place, or by a name of its own.
    pub fn is_full(&self) -> bool {
        !self.body.is_empty() && (!self.place.is_empty() || self.named || self.tier == Tier::Central)
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

    /// Whether hardly two of one name hold it: it is told which one it is, and it is no seat among many.
    pub fn tells_who(&self) -> bool {
        self.is_full() && !self.seat
    }
}
