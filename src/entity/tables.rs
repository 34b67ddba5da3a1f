//! Persons and programmes as tables, joined by the number of the person or programme in the output.

use super::person::{Held, JoinedBy, KeptApart, MaybeSame, Person};
use super::programme::{Figure, InCharge, Programme, Text, Told};
use super::seen::Seen;
use crate::error::Error;
use crate::record::Award;
use crate::tables::schema::{
    Cell, Each, From, Set, Table, Tabular, Type, exact, folded, int, list, maybe, name, plain, real, text,
};

type Row<T> = for<'a> fn(&'a T) -> Cell<'a>;

/// Where a cell of the tables of persons comes from.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub enum OfPerson {
    Number,
    Person(Row<Person>),
    Seen(Row<Seen>),
    Post(Row<Held>),
    Joined(Row<JoinedBy>),
    Apart(Row<KeptApart>),
    Maybe(Row<MaybeSame>),
}

/// Where a cell of the tables of programmes comes from.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub enum OfProgramme {
    Number,
    Programme(Row<Programme>),
    Seen(Row<Seen>),
    Text(Row<Text>),
    Charge(Row<InCharge>),
    Figure(Row<Figure>),
    Award(Row<Award>),
}

/// The columns of [`Seen`].
macro_rules! seen {
    ($get:path) => {
        &[
            plain("articles", Type::Int, $get(|s| int(s.articles)), "how many articles say it"),
            plain("undated", Type::Int, $get(|s| int(s.undated)), "how many of them tell no day"),
            exact(
                "first_seen",
                Type::Day,
                $get(|s| day(&s.first_seen)),
                "the day of the first; a sighting, no term",
            ),
            exact("last_seen", Type::Day, $get(|s| day(&s.last_seen)), "the day of the last"),
            plain("first_doc", Type::Text, $get(|s| text(&s.first.doc)), "the first article"),
            plain(
                "first_field",
                Type::Text,
                $get(|s| name(&s.first.field)),
                "the field that its span counts in",
            ),
            plain(
                "first_start",
                Type::Int,
                $get(|s| int(s.first.start)),
                "first code point of the words there",
            ),
            plain("first_end", Type::Int, $get(|s| int(s.first.end)), "one past the last code point"),
            plain("first_text", Type::Text, $get(|s| text(&s.first.text)), "the words"),
            plain("last_doc", Type::Text, $get(|s| text(&s.last.doc)), "the last article"),
            plain(
                "last_field",
                Type::Text,
                $get(|s| name(&s.last.field)),
                "the field that its span counts in",
            ),
            plain(
                "last_start",
                Type::Int,
                $get(|s| int(s.last.start)),
                "first code point of the words there",
            ),
            plain("last_end", Type::Int, $get(|s| int(s.last.end)), "one past the last code point"),
            plain("last_text", Type::Text, $get(|s| text(&s.last.text)), "the words"),
            plain(
                "docs",
                Type::Text,
                $get(|s| list(&s.docs)),
                "the first articles, at most five, joined by |",
            ),
        ]
    };
}

const PERSON_KEY: &[From<OfPerson>] = &[
    exact(
        "number",
        Type::Int,
        OfPerson::Number,
        "number of the person in this output, from 1; joins the tables",
    ),
    exact("person", Type::Text, OfPerson::Person(|p| text(&p.id)), "the person: name and a number"),
];
const PERSON: &[From<OfPerson>] = &[
    folded("name", OfPerson::Person(|p| text(&p.name)), "the name in the spelling most seen"),
    plain("names", Type::Text, OfPerson::Person(|p| list(&p.names)), "all its spellings, joined by |"),
    plain(
        "ranks",
        Type::Text,
        OfPerson::Person(|p| list(&p.ranks)),
        "military and police ranks, joined by |",
    ),
    plain("degrees", Type::Text, OfPerson::Person(|p| list(&p.degrees)), "titles and degrees, joined by |"),
    plain(
        "namesakes",
        Type::Int,
        OfPerson::Person(|p| int(p.namesakes)),
        "how many others have the same name",
    ),
];
const POST: &[From<OfPerson>] = &[
    folded("title", OfPerson::Post(|p| text(&p.title)), "the post as most often written"),
    exact("role", Type::Text, OfPerson::Post(|p| maybe(&p.role)), "the post without its body"),
    exact("org", Type::Text, OfPerson::Post(|p| maybe(&p.org)), "the body"),
    exact(
        "place",
        Type::Text,
        OfPerson::Post(|p| maybe(&p.place)),
        "the place, also if told elsewhere in the article",
    ),
    plain("status", Type::Text, OfPerson::Post(|p| name(&p.status)), "current, former, acting or designate"),
    plain(
        "completed",
        Type::Int,
        OfPerson::Post(|p| int(p.completed)),
        "in how many articles the place is told elsewhere",
    ),
    plain(
        "codes",
        Type::Text,
        OfPerson::Post(|p| list(&p.codes)),
        "programmes the post is about, joined by |",
    ),
    exact("key", Type::Text, OfPerson::Post(|p| text(&p.key)), "role, body and place as they are compared"),
];
const JOINED: &[From<OfPerson>] = &[
    plain("why", Type::Text, OfPerson::Joined(|j| name(&j.why)), "the rule"),
    plain("post", Type::Text, OfPerson::Joined(|j| text(&j.posts[0])), "a post"),
    plain(
        "other_post",
        Type::Text,
        OfPerson::Joined(|j| text(&j.posts[1])),
        "the post that it is joined with",
    ),
];
const APART: &[From<OfPerson>] = &[
    exact("other", Type::Text, OfPerson::Apart(|k| text(&k.from)), "the other person"),
    plain("why", Type::Text, OfPerson::Apart(|k| name(&k.why)), "the reason"),
    plain("post", Type::Text, OfPerson::Apart(|k| text(&k.posts[0])), "a post of this person that says so"),
    plain("other_post", Type::Text, OfPerson::Apart(|k| text(&k.posts[1])), "a post of the other"),
    plain(
        "same_time",
        Type::Int,
        OfPerson::Apart(|k| k.same_time.map_or(Cell::Null, |same| Cell::Int(same.into()))),
        "1 if the days of their sightings stretch over each other, 0 if not; empty where days are untold",
    ),
];
const MAYBE: &[From<OfPerson>] = &[
    exact("other", Type::Text, OfPerson::Maybe(|m| text(&m.id)), "the other person"),
    folded("other_name", OfPerson::Maybe(|m| text(&m.name)), "that name"),
    plain("why", Type::Text, OfPerson::Maybe(|m| name(&m.why)), "how the names differ"),
    plain("post", Type::Text, OfPerson::Maybe(|m| text(&m.post)), "the post that both hold"),
];

/// The tables of persons.
pub const PERSONS: [Table<OfPerson>; 5] = [
    Table {
        name: "persons",
        about: "`vnfacts officials`: one row a person",
        groups: &[PERSON_KEY, PERSON, seen!(OfPerson::Seen)],
    },
    Table {
        name: "person_posts",
        about: "`vnfacts officials`: one row for each post of a person and status",
        groups: &[PERSON_KEY, POST, seen!(OfPerson::Seen)],
    },
    Table {
        name: "person_joined",
        about: "`vnfacts officials`: one row for each two posts that a rule took for one person's",
        groups: &[PERSON_KEY, JOINED],
    },
    Table {
        name: "person_apart",
        about: "`vnfacts officials`: one row for each namesake, at most ten a person",
        groups: &[PERSON_KEY, APART],
    },
    Table {
        name: "person_maybe_same",
        about: "`vnfacts officials`: one row for each other name that may be the same person's",
        groups: &[PERSON_KEY, MAYBE],
    },
];

const PROGRAMME_KEY: &[From<OfProgramme>] = &[
    exact(
        "number",
        Type::Int,
        OfProgramme::Number,
        "number of the programme in this output, from 1; joins the tables",
    ),
    exact(
        "programme",
        Type::Text,
        OfProgramme::Programme(|p| text(&p.id)),
        "the programme: code and a number",
    ),
];
const PROGRAMME: &[From<OfProgramme>] = &[
    exact(
        "canonical",
        Type::Text,
        OfProgramme::Programme(|p| text(&p.canonical)),
        "the code in standard form",
    ),
    exact("type", Type::Text, OfProgramme::Programme(|p| maybe(&p.kind)), "CTr, NQ …"),
    plain(
        "type_name",
        Type::Text,
        OfProgramme::Programme(|p| maybe(&p.type_name)),
        "Chương trình, Nghị quyết …",
    ),
    exact("issuer", Type::Text, OfProgramme::Programme(|p| maybe(&p.issuer)), "TU, CP …"),
    folded("issuer_name", OfProgramme::Programme(|p| maybe(&p.issuer_name)), "who issued it"),
    plain(
        "issuer_untold",
        Type::Int,
        OfProgramme::Programme(|p| int(p.issuer_untold)),
        "articles that do not tell which body",
    ),
    plain(
        "kept_apart",
        Type::Text,
        OfProgramme::Programme(|p| list(&p.kept_apart)),
        "others with this code, joined by |",
    ),
    plain("years", Type::Text, OfProgramme::Programme(years), "years in code, dates and names, joined by |"),
    plain("mentions", Type::Int, OfProgramme::Programme(|p| int(p.mentions)), "how often it is cited"),
    plain(
        "left_out",
        Type::Int,
        OfProgramme::Programme(|p| int(p.left_out)),
        "names, officials, figures, awards not told here",
    ),
];
const VALUE: &[From<OfProgramme>] =
    &[folded("value", OfProgramme::Text(|t| text(&t.value)), "as written; dates EDTF")];
const CHARGE: &[From<OfProgramme>] = &[
    folded(
        "name",
        OfProgramme::Charge(|c| text(&c.name)),
        "the person, as the article names them most fully",
    ),
    folded("title", OfProgramme::Charge(|c| text(&c.title)), "the title that names the code"),
    plain(
        "status",
        Type::Text,
        OfProgramme::Charge(|c| name(&c.status)),
        "current, former, acting or designate",
    ),
];
const FIGURE: &[From<OfProgramme>] = &[
    plain(
        "value",
        Type::Real,
        OfProgramme::Figure(|f| real(f.count.value)),
        "how many; empty for a range or a bound",
    ),
    plain("min", Type::Real, OfProgramme::Figure(|f| real(f.count.min)), "the lower end"),
    plain("max", Type::Real, OfProgramme::Figure(|f| real(f.count.max)), "the upper end"),
    plain(
        "approx",
        Type::Text,
        OfProgramme::Figure(|f| f.count.approx.as_ref().map_or(Cell::Null, name)),
        "about, over or under",
    ),
    folded("unit", OfProgramme::Figure(|f| text(&f.count.unit)), "what is counted"),
    exact("measure", Type::Text, OfProgramme::Figure(|f| text(&f.count.measure)), "items, percent, money …"),
    plain(
        "words",
        Type::Text,
        OfProgramme::Figure(|f| maybe(&f.words)),
        "the words from the code to the figure",
    ),
];
const GIVEN: &[From<OfProgramme>] = &[
    folded("form", OfProgramme::Award(|a| maybe(&a.form)), "the award in its standard name"),
    plain("class", Type::Text, OfProgramme::Award(|a| maybe(&a.class)), "its class"),
    plain("count", Type::Real, OfProgramme::Award(|a| real(a.count)), "how many are honoured"),
    folded("recipients", OfProgramme::Award(|a| maybe(&a.recipients)), "who is honoured, as written"),
    folded("giver", OfProgramme::Award(|a| maybe(&a.giver)), "who confers it"),
];

/// The tables of programmes.
pub const PROGRAMMES: [Table<OfProgramme>; 6] = [
    Table {
        name: "programmes",
        about: "`vnfacts programmes`: one row for each code of each issuer",
        groups: &[PROGRAMME_KEY, PROGRAMME, seen!(OfProgramme::Seen)],
    },
    Table {
        name: "programme_names",
        about: "`vnfacts programmes`: one row for each name",
        groups: &[PROGRAMME_KEY, VALUE, seen!(OfProgramme::Seen)],
    },
    Table {
        name: "programme_issued",
        about: "`vnfacts programmes`: one row for each date right behind the code",
        groups: &[PROGRAMME_KEY, VALUE, seen!(OfProgramme::Seen)],
    },
    Table {
        name: "programme_officials",
        about: "`vnfacts programmes`: one row for each title that names the code",
        groups: &[PROGRAMME_KEY, CHARGE, seen!(OfProgramme::Seen)],
    },
    Table {
        name: "programme_figures",
        about: "`vnfacts programmes`: one row for each count said of it",
        groups: &[PROGRAMME_KEY, FIGURE, seen!(OfProgramme::Seen)],
    },
    Table {
        name: "programme_awards",
        about: "`vnfacts programmes`: one row for each award given for it",
        groups: &[PROGRAMME_KEY, GIVEN, seen!(OfProgramme::Seen)],
    },
];

fn day(day: &Option<String>) -> Cell<'_> {
    day.as_ref().and_then(|day| day.parse().ok()).map_or(Cell::Null, Cell::Day)
}

fn years(programme: &Programme) -> Cell<'_> {
    let years: Vec<String> = programme.years.iter().map(u16::to_string).collect();
    if years.is_empty() { Cell::Null } else { Cell::Text(years.join("|").into()) }
}

/// What a row is made of.
enum Part<'a> {
    Whole,
    Post(&'a Held),
    Joined(&'a JoinedBy),
    Apart(&'a KeptApart),
    Maybe(&'a MaybeSame),
}

impl OfPerson {
    fn cell<'a>(self, number: i64, person: &'a Person, part: &Part<'a>) -> Cell<'a> {
        match (self, part) {
            (OfPerson::Number, _) => Cell::Int(number),
            (OfPerson::Person(get), _) => get(person),
            (OfPerson::Seen(get), Part::Post(held)) => get(&held.seen),
            (OfPerson::Seen(get), _) => get(&person.seen),
            (OfPerson::Post(get), Part::Post(held)) => get(held),
            (OfPerson::Joined(get), Part::Joined(joined)) => get(joined),
            (OfPerson::Apart(get), Part::Apart(apart)) => get(apart),
            (OfPerson::Maybe(get), Part::Maybe(maybe)) => get(maybe),
            _ => Cell::Null,
        }
    }
}

impl Tabular for Person {
    fn set() -> Set {
        Set { tables: PERSONS.iter().map(Table::layout).collect(), views: "" }
    }

    fn rows(&self, number: i64, each: &mut Each<'_>) -> Result<(), Error> {
        let mut fill = |table: usize, part: Part<'_>| {
            let cells: Vec<Cell<'_>> =
                PERSONS[table].columns().map(|from| from.get.cell(number, self, &part)).collect();
            each(table, &cells)
        };
        fill(0, Part::Whole)?;
        self.posts.iter().try_for_each(|held| fill(1, Part::Post(held)))?;
        self.joined_by.iter().try_for_each(|joined| fill(2, Part::Joined(joined)))?;
        self.kept_apart.iter().try_for_each(|apart| fill(3, Part::Apart(apart)))?;
        self.maybe_same.iter().try_for_each(|maybe| fill(4, Part::Maybe(maybe)))
    }
}

/// What a row of a programme is made of.
enum Said<'a> {
    Whole,
    Text(&'a Told<Text>),
    Charge(&'a Told<InCharge>),
    Figure(&'a Told<Figure>),
    Award(&'a Told<Award>),
}

impl OfProgramme {
    fn cell<'a>(self, number: i64, programme: &'a Programme, said: &Said<'a>) -> Cell<'a> {
        match (self, said) {
            (OfProgramme::Number, _) => Cell::Int(number),
            (OfProgramme::Programme(get), _) => get(programme),
            (OfProgramme::Seen(get), Said::Whole) => get(&programme.seen),
            (OfProgramme::Seen(get), Said::Text(told)) => get(&told.seen),
            (OfProgramme::Seen(get), Said::Charge(told)) => get(&told.seen),
            (OfProgramme::Seen(get), Said::Figure(told)) => get(&told.seen),
            (OfProgramme::Seen(get), Said::Award(told)) => get(&told.seen),
            (OfProgramme::Text(get), Said::Text(told)) => get(&told.what),
            (OfProgramme::Charge(get), Said::Charge(told)) => get(&told.what),
            (OfProgramme::Figure(get), Said::Figure(told)) => get(&told.what),
            (OfProgramme::Award(get), Said::Award(told)) => get(&told.what),
            _ => Cell::Null,
        }
    }
}

impl Tabular for Programme {
    fn set() -> Set {
        Set { tables: PROGRAMMES.iter().map(Table::layout).collect(), views: "" }
    }

    fn rows(&self, number: i64, each: &mut Each<'_>) -> Result<(), Error> {
        let mut fill = |table: usize, said: Said<'_>| {
            let cells: Vec<Cell<'_>> =
                PROGRAMMES[table].columns().map(|from| from.get.cell(number, self, &said)).collect();
            each(table, &cells)
        };
        fill(0, Said::Whole)?;
        self.names.iter().try_for_each(|told| fill(1, Said::Text(told)))?;
        self.issued.iter().try_for_each(|told| fill(2, Said::Text(told)))?;
        self.officials.iter().try_for_each(|told| fill(3, Said::Charge(told)))?;
        self.figures.iter().try_for_each(|told| fill(4, Said::Figure(told)))?;
        self.awards.iter().try_for_each(|told| fill(5, Said::Award(told)))
    }
}
