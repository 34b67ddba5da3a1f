//! Which posts of one name are one person's. Posts are joined by a few rules, each named in the record; what no rule
//! joins is kept apart, with what speaks against it. `docs/officials.md` explains them with examples.

use super::post::{Post, System, Tier};
use super::seen::Seen;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A post under one name, with all its sightings.
pub struct Node<'a> {
    /// its key
    pub post: &'a Post,
    /// when it was seen
    pub seen: &'a Seen,
    /// when it was said to be held, not to have been held
    pub now: Option<Seen>,
    /// whether it is a seat, or told in short, and an article gives it to the holder of a whole post
    pub anchored: bool,
    /// the highest and lowest order of the ranks (small = higher) that its holder was given
    pub ranks: Option<(u32, u32)>,
}

/// Why two posts are one person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joined {
    /// an article gives both to one person
    SameArticle,
    /// both are of one body
    SharedBody,
    /// both are of the administration of one place; or they are one role in one place, of bodies that begin alike
    SharedPlace,
    /// both lead the State or a ministry; or they lead a province or the State one after the other, and nobody else is
    /// known of this name
    Leading,
    /// one is a shorter way to say the other, or a seat that the other's holder has, and no one else fits
    ShortForm,
    /// a rank alone, and there is one person only of this name
    RankAlone,
}

/// Why two persons of one name are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Apart {
    /// their ranks are far from each other at one time
    Rank,
    /// one is of another country, or of a company, and the other is not
    Field,
    /// their posts are in different places
    Place,
    /// their posts are of different bodies
    Body,
    /// nothing is told that they share, and nothing that speaks against it
    NothingShared,
}

/// Two posts that a rule joined.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// the rule
    pub why: Joined,
    /// one post, by its index
    pub a: usize,
    /// the other
    pub b: usize,
}

/// Steps between two ranks (of 10 each) that one person does not climb unseen.
const FAR: u32 = 40;

/// The posts of one name being joined.
pub struct Join<'a> {
    nodes: Vec<Node<'a>>,
    parent: Vec<usize>,
    links: Vec<Link>,
}

/// The groups that the rules leave, each with its posts, and the links between them.
pub fn join(nodes: Vec<Node<'_>>, same_article: &[(usize, usize)]) -> (Vec<Vec<usize>>, Vec<Link>) {
    let parent = (0..nodes.len()).collect();
    let mut join = Join { nodes, parent, links: Vec::new() };
    same_article.iter().for_each(|&(a, b)| join.link(Joined::SameArticle, a, b));
    join.shared(Joined::SharedBody, |post| post.whole_body().map(|(body, place)| format!("{body}|{place}")));
    join.shared(Joined::SharedPlace, |post| {
        let ours = matches!(post.tier, Tier::Province | Tier::Local) && !post.place.is_empty();
        (ours && (post.own || post.body.is_empty())).then(|| post.place.clone())
    });
    // `Sở VH&TT`, `Sở Văn hóa và Thể thao`
    join.shared(Joined::SharedPlace, |post| {
        let head = post.body.split(' ').next().filter(|head| !head.is_empty())?;
        (!post.place.is_empty()).then(|| format!("{}|{head}|{}", post.role, post.place))
    });
    join.leading();
    join.short_forms();
    join.rank_alone();
    let groups = join.groups();
    (groups, join.links)
}

impl Join<'_> {
    fn root(&mut self, mut node: usize) -> usize {
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }

    fn link(&mut self, why: Joined, a: usize, b: usize) {
        let (from, to) = (self.root(a), self.root(b));
        if from != to {
            self.parent[from.max(to)] = from.min(to);
            self.links.push(Link { why, a, b });
        }
    }

    /// Joins posts that have a key in common, unless rank or field speak against it.
    fn shared(&mut self, why: Joined, key: impl Fn(&Post) -> Option<String>) {
        let mut first: HashMap<String, Vec<usize>> = HashMap::new();
        for n in 0..self.nodes.len() {
            let post = self.nodes[n].post;
            let Some(key) = key(post).filter(|_| !post.seat) else { continue };
            let known = first.entry(key).or_default();
            match known.iter().copied().find(|&other| self.may_join(other, n)) {
                Some(other) => self.link(why, other, n),
                None => known.push(n),
            }
        }
    }

    fn may_join(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.nodes[a], &self.nodes[b]);
        !ranks_differ(a, b) && !fields_differ(a.post.system, b.post.system)
    }

    /// Joins those who lead: the State and ministries at any time, provinces one after the other.
    fn leading(&mut self) {
        let leads = |node: &Node<'_>| node.post.leads && node.post.tier == Tier::Central;
        let central: Vec<usize> = (0..self.nodes.len()).filter(|&n| leads(&self.nodes[n])).collect();
        for pair in central.windows(2).filter(|pair| self.may_join(pair[0], pair[1])).collect::<Vec<_>>() {
            self.link(Joined::Leading, pair[0], pair[1]);
        }
        let stretches = self.stretches();
        let follow = |(n, (_, a)): (usize, &(usize, Seen))| {
            stretches[n + 1..].iter().all(|(_, b)| a.overlaps(b) == Some(false))
        };
        // A name that others bear too proves nothing.
        let whole: Vec<usize> = (0..self.nodes.len()).filter(|&n| self.nodes[n].post.tells_who()).collect();
        let bearers: BTreeSet<usize> = whole.into_iter().map(|n| self.root(n)).collect();
        if bearers.len() == stretches.len() && stretches.iter().enumerate().all(follow) {
            stretches.windows(2).for_each(|pair| self.link(Joined::Leading, pair[0].0, pair[1].0));
        }
    }

    /// The groups that lead, with when they do: a post that is over tells no time, and deputies are many.
    fn stretches(&mut self) -> Vec<(usize, Seen)> {
        let mut stretches: BTreeMap<usize, Option<Seen>> = BTreeMap::new();
        for n in 0..self.nodes.len() {
            let root = self.root(n);
            let Node { post, now, .. } = &self.nodes[n];
            if post.leads && post.tells_who() && !post.role.starts_with("phó ") {
                let stretch = stretches.entry(root).or_default();
                now.iter().for_each(|seen| Seen::put(stretch, seen.clone()));
            }
        }
        stretches.into_iter().filter_map(|(root, stretch)| Some((root, stretch?))).collect()
    }

    /// Joins what is told in short with what it is short for, and a seat with who else has it, where that is one person.
    fn short_forms(&mut self) {
        let mut by_role: HashMap<&str, Vec<usize>> = HashMap::new();
        for (n, node) in self.nodes.iter().enumerate().filter(|(_, node)| !node.post.role.is_empty()) {
            by_role.entry(&node.post.role).or_default().push(n);
        }
        for n in 0..self.nodes.len() {
            let Node { post, anchored, .. } = self.nodes[n];
            let Some(alike) = by_role.get(post.role.as_str()).filter(|_| !anchored) else { continue };
            let same = |other: &Post| !post.tells_who() && other.key() == post.key();
            let fits = |&m: &usize| {
                let other = self.nodes[m].post;
                m != n && (post.is_short_for(other) || same(other)) && self.may_join(n, m)
            };
            let fuller: Vec<usize> = alike.iter().copied().filter(fits).collect();
            let roots: BTreeSet<usize> = fuller.iter().map(|&m| self.root(m)).collect();
            // A whole post that others say at greater length is theirs: `Cục Khảo thí`, `Cục Khảo thí, Bộ GD-ĐT`.
            if roots.len() == 1 || post.tells_who() {
                fuller.iter().for_each(|&m| self.link(Joined::ShortForm, m, n));
            }
        }
    }

    fn rank_alone(&mut self) {
        let Some(alone) = self.nodes.iter().position(|node| node.post.role.is_empty()) else { return };
        let groups: Vec<usize> =
            self.groups().into_iter().map(|group| group[0]).filter(|&n| n != alone).collect();
        if let [only] = groups[..]
            && self.may_join(only, alone)
        {
            self.link(Joined::RankAlone, only, alone);
        }
    }

    fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for n in 0..self.nodes.len() {
            let root = self.root(n);
            groups.entry(root).or_default().push(n);
        }
        groups.into_values().collect()
    }
}

/// What speaks against it that these two are one person; the posts that say so.
pub fn apart<'a>(a: &[Node<'a>], b: &[Node<'a>]) -> (Apart, usize, usize) {
    let pairs = || (0..a.len()).flat_map(|n| (0..b.len()).map(move |m| (n, m)));
    let found = |differ: &dyn Fn(&Node<'a>, &Node<'a>) -> bool| pairs().find(|&(n, m)| differ(&a[n], &b[m]));
    let none = |told: fn(&Post) -> Option<(&str, &str)>| {
        let of =
            |nodes: &[Node<'a>]| nodes.iter().filter_map(|node| told(node.post)).collect::<BTreeSet<_>>();
        of(a).is_disjoint(&of(b))
    };
    let place: fn(&Post) -> Option<(&str, &str)> =
        |post| (!post.place.is_empty()).then_some((&post.place, ""));
    let body: fn(&Post) -> Option<(&str, &str)> =
        |post| (!post.body.is_empty()).then_some((&post.body, &post.place));
    if let Some((n, m)) = found(&ranks_differ) {
        return (Apart::Rank, n, m);
    }
    if let Some((n, m)) = found(&|a, b| fields_differ(a.post.system, b.post.system)) {
        return (Apart::Field, n, m);
    }
    let both = |told: fn(&Post) -> Option<(&str, &str)>| {
        found(&|a, b| told(a.post).is_some() && told(b.post).is_some()).filter(|_| none(told))
    };
    if let Some((n, m)) = both(place) {
        return (Apart::Place, n, m);
    }
    match both(body) {
        Some((n, m)) => (Apart::Body, n, m),
        None => (Apart::NothingShared, 0, 0),
    }
}

fn ranks_differ(a: &Node<'_>, b: &Node<'_>) -> bool {
    let (Some((high, low)), Some((other_high, other_low))) = (a.ranks, b.ranks) else { return false };
    let gap = high.max(other_high).saturating_sub(low.min(other_low));
    gap >= FAR && a.seen.overlaps(b.seen) != Some(false)
}

fn fields_differ(a: System, b: System) -> bool {
    let told = |system| matches!(system, System::Public | System::Forces);
    (a == System::Foreign && told(b)) || (b == System::Foreign && told(a)) || {
        (a == System::Enterprise && b == System::Foreign) || (b == System::Enterprise && a == System::Foreign)
    }
}
