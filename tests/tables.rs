//! Formats of output end to end: articles with their records, and tables read back from CSV, Parquet and SQLite.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use vnfacts::tables::definition::TABLES;

/// A folder to write to, and the program run in it.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Place(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.path(name), content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn lines(&self, name: &str) -> Vec<Value> {
        self.read(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Every name in it, folders with what they hold.
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut folders = vec![self.0.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                names.push(entry.path().strip_prefix(self.0.path()).unwrap().display().to_string());
                folders.extend(entry.path().is_dir().then(|| entry.path()));
            }
        }
        names.sort();
        names
    }

    #[track_caller]
    fn run(&self, code: i32, args: &[&str]) -> String {
        said(code, Command::new(program()).args(args), self.0.path())
    }

    /// The samples, written to `name`.
    #[track_caller]
    fn samples(&self, name: &str, more: &[&str]) {
        let samples = samples();
        let args = ["extract", "-q", "--threads", "1", samples.to_str().unwrap(), "-o", name];
        self.run(0, &[&args[..], more].concat());
    }
}

fn program() -> PathBuf {
    assert_cmd::cargo::cargo_bin!("vnfacts").to_path_buf()
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// Runs a command that must end with `code`; what it said, both ways.
#[track_caller]
fn said(code: i32, command: &mut Command, folder: &Path) -> String {
    let Output { status, stdout, stderr } =
        command.current_dir(folder).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(code), "{said}");
    said
}

const EMPTY: &str = r#"{"doc":"e","url":null,"title":null,"published":null,"records":[]}"#;

// Lines

#[test]
fn an_article_a_line_holds_the_same_records() {
    let place = Place::new();
    place.samples("records.jsonl", &[]);
    place.samples("facts.docs.jsonl", &[]);
    let nested: Vec<Value> = place
        .lines("facts.docs.jsonl")
        .iter()
        .flat_map(|a| a["records"].as_array().unwrap().clone())
        .collect();
    assert!(nested.len() > 1000);
    assert_eq!(nested, place.lines("records.jsonl"));
    // … and turns into them, and they into it as far as they tell
    place.run(0, &["convert", "facts.docs.jsonl", "-o", "again.jsonl"]);
    assert_eq!(place.read("again.jsonl"), place.read("records.jsonl"));
    place.run(0, &["convert", "records.jsonl", "--format", "docs", "-o", "again"]);
    let docs = |name: &str| -> Vec<(Value, Value)> {
        place.lines(name).into_iter().map(|mut a| (a["doc"].take(), a["records"].take())).collect()
    };
    assert_eq!(docs("again"), docs("facts.docs.jsonl"));
}

#[test]
fn an_article_tells_what_is_known_of_it_also_without_facts() {
    let place = Place::new();
    let dump = [
        r#"{"id":"1","url":"https://a.example/1","title":"Đầu đề","date":"15/12/2019","text":"Có 20 đại biểu."}"#,
        r#"{"url":"https://a.example/2","text":"Trời đẹp."}"#,
        r#"{"text":"Mưa."}"#,
    ];
    place.write("d.jsonl", &dump.join("\n"));
    place.run(0, &["extract", "d.jsonl", "-o", "a.docs.jsonl", "--with-text", "--published", "2020-01-02"]);
    let lines = place.lines("a.docs.jsonl");
    let keys = ["doc", "url", "title", "published", "text"];
    let said: Vec<String> =
        lines.iter().map(|line| keys.map(|key| line[key].as_str().unwrap_or("-")).join("; ")).collect();
    assert_eq!(
        said,
        [
            "1; https://a.example/1; Đầu đề; 2019-12-15; Có 20 đại biểu.",
            "https://a.example/2; https://a.example/2; -; 2020-01-02; Trời đẹp.",
            "d.jsonl#3; -; -; 2020-01-02; Mưa.",
        ]
    );
    assert_eq!(lines[0]["records"][0]["text"], "20 đại biểu");
    assert_eq!(lines[1]["records"], serde_json::json!([]));
}

#[test]
fn with_text_offsets_can_be_followed() {
    let place = Place::new();
    place.samples("a.docs.jsonl", &["--with-text"]);
    let mut followed = 0;
    for article in place.lines("a.docs.jsonl") {
        for record in article["records"].as_array().unwrap() {
            let field = article[record["field"].as_str().unwrap()].as_str().unwrap();
            let at = |key: &str| record[key].as_u64().unwrap() as usize;
            let words: String = field.chars().skip(at("start")).take(at("end") - at("start")).collect();
            assert_eq!(words, record["text"].as_str().unwrap());
            followed += 1;
        }
    }
    assert!(followed > 1000);
}

// Tables

/// A table as text, empty cells as "".
type Rows = Vec<Vec<String>>;

fn read_csv(folder: &Path, table: &str) -> Rows {
    let file = fs::read(folder.join(format!("{table}.csv"))).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&file[..]);
    let plain = |cell: &str| match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) => rest.to_string(),
        _ => cell.to_string(),
    };
    reader.records().map(|row| row.unwrap().iter().map(plain).collect()).collect()
}

#[cfg(feature = "parquet")]
fn read_parquet(folder: &Path, table: &str) -> Rows {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let file = fs::File::open(folder.join(format!("{table}.parquet"))).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let cell = |field: &Field| match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(n) => n.to_string(),
        Field::Double(n) => n.to_string(),
        Field::Date(days) => {
            let day = jiff::civil::date(1970, 1, 1) + jiff::ToSpan::days(i64::from(*days));
            day.to_string()
        }
        other => panic!("a cell of an unexpected type: {other:?}"),
    };
    let schema = reader.metadata().file_metadata().schema();
    assert_eq!(schema.name(), table);
    let header = schema.get_fields().iter().map(|field| field.name().to_string()).collect();
    let rows = reader.get_row_iter(None).unwrap();
    let rows = rows.map(|row| row.unwrap().get_column_iter().map(|(_, field)| cell(field)).collect());
    std::iter::once(header).chain(rows).collect()
}

#[cfg(feature = "sqlite")]
fn read_sqlite(file: &Path, table: &str) -> Rows {
    use rusqlite::types::ValueRef;
    let database = rusqlite::Connection::open(file).unwrap();
    let mut select = database.prepare(&format!("SELECT * FROM {table} ORDER BY rowid")).unwrap();
    let names: Vec<String> = select.column_names().map(str::to_string).collect();
    let own: Vec<usize> = (0..names.len()).filter(|&n| !names[n].ends_with("_folded")).collect();
    let cell = |value: ValueRef<'_>| match value {
        ValueRef::Null => String::new(),
        ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(n) => n.to_string(),
        ValueRef::Blob(_) => panic!("a blob"),
    };
    let rows = select.query_map([], |row| Ok(own.iter().map(|&n| cell(row.get_ref(n).unwrap())).collect()));
    let rows: Rows = rows.unwrap().map(Result::unwrap).collect();
    std::iter::once(own.iter().map(|&n| names[n].clone()).collect()).chain(rows).collect()
}

#[test]
#[cfg(all(feature = "parquet", feature = "sqlite"))]
fn all_formats_hold_the_same_tables() {
    let place = Place::new();
    for name in ["f.csv", "f.parquet", "f.sqlite", "f.docs.jsonl"] {
        place.samples(name, &["--with-text"]);
    }
    let articles = place.lines("f.docs.jsonl");
    let records: Vec<&Value> = articles.iter().flat_map(|a| a["records"].as_array().unwrap()).collect();
    for table in &TABLES {
        let csv = read_csv(&place.path("f.csv"), table.name);
        assert_eq!(csv, read_parquet(&place.path("f.parquet"), table.name), "{}", table.name);
        assert_eq!(csv, read_sqlite(&place.path("f.sqlite"), table.name), "{}", table.name);
        let posts = |record: &&&Value| record["titles"].as_array().map_or(1, |titles| titles.len().max(1));
        let kind = table.name.trim_end_matches('s');
        let want = match kind {
            "article" => articles.len(),
            _ => records.iter().filter(|record| record["kind"] == kind).map(|r| posts(&r)).sum(),
        };
        assert_eq!(csv.len() - 1, want, "{}", table.name);
        // no column is empty throughout; few facts are printed twice
        for (n, name) in csv[0].iter().enumerate().filter(|(_, name)| *name != "duplicate_of") {
            assert!(csv[1..].iter().any(|row| !row[n].is_empty()), "{}.{name}", table.name);
        }
    }
}

#[test]
fn a_row_says_what_its_record_says() {
    let place = Place::new();
    place.write(
        "d.jsonl",
        r#"{"id":"=1","published":"2019-12-15","text":"Sáng 14-11, Bí thư Huyện ủy, Chủ tịch HĐND huyện Trần Văn Mẫu trao Giấy khen cho 20 cá nhân theo Chương trình 01-CTr/HU. Quý III/2019, chi 1,5 tỷ đồng."}"#,
    );
    place.run(0, &["extract", "d.jsonl", "-o", "f.csv"]);
    let row = |table: &str, nth: usize, columns: &[&str]| {
        let rows = read_csv(&place.path("f.csv"), table);
        let at = |name: &&str| rows[0].iter().position(|column| column == name).unwrap();
        columns.iter().map(|name| rows[nth][at(name)].clone()).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(row("articles", 1, &["article", "doc", "published", "title"]), "1; =1; 2019-12-15; ");
    let official = ["article", "name", "person", "title", "role", "org", "status"];
    assert_eq!(
        row("officials", 1, &official),
        "1; Trần Văn Mẫu; p1; Bí thư Huyện ủy; Bí thư; Huyện ủy; current"
    );
    assert_eq!(
        row("officials", 2, &official),
        "1; Trần Văn Mẫu; p1; Chủ tịch HĐND huyện; Chủ tịch; HĐND huyện; current"
    );
    assert_eq!(
        row("codes", 1, &["canonical", "number", "year", "type", "issuer"]),
        "01-CTr/HU; 01; ; CTr; HU"
    );
    let date = ["text", "value", "first_day", "last_day", "grain"];
    assert_eq!(row("dates", 1, &date), "Sáng 14-11; 2019-11-14; 2019-11-14; 2019-11-14; day");
    assert_eq!(row("dates", 2, &date), "Quý III/2019; 2019-07/2019-09; 2019-07-01; 2019-09-30; quarter");
    assert_eq!(row("counts", 2, &["value", "unit", "measure"]), "1500000000; VND; money");
    assert_eq!(
        row("awards", 1, &["form", "count", "recipients", "codes"]),
        "Giấy khen; 20; cá nhân; 01-CTr/HU"
    );
    let raw = place.read("f.csv/articles.csv");
    assert!(raw.ends_with("1,'=1,,,2019-12-15,\r\n"), "{raw}");
}

/// All bytes of a file or folder.
fn bytes(path: &Path) -> Vec<(String, Vec<u8>)> {
    if path.is_file() {
        return vec![(String::new(), fs::read(path).unwrap())];
    }
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect();
    files.iter_mut().for_each(|(name, _)| *name = name.rsplit('/').next().unwrap().to_string());
    files.sort();
    files
}

const ALL: &[&str] = &[
    "csv",
    #[cfg(feature = "parquet")]
    "parquet",
    #[cfg(feature = "sqlite")]
    "sqlite",
];

#[test]
fn the_same_bytes_each_time_and_by_way_of_convert() {
    let place = Place::new();
    place.samples("f.docs.jsonl", &[]);
    for format in ALL {
        let [a, b, c] = ["a", "b", "c"].map(|name| format!("{name}.{format}"));
        place.samples(&a, &[]);
        let samples = samples();
        place.run(0, &["extract", "-q", "--threads", "3", samples.to_str().unwrap(), "-o", &b]);
        place.run(0, &["convert", "f.docs.jsonl", "-o", "c", "--format", format]);
        fs::rename(place.path("c"), place.path(&c)).unwrap();
        assert_eq!(bytes(&place.path(&a)), bytes(&place.path(&b)), "{format}");
        assert_eq!(bytes(&place.path(&a)), bytes(&place.path(&c)), "{format}");
    }
    let left: Vec<String> =
        place.names().into_iter().filter(|name| name.contains("journal") || name.contains(".part")).collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn records_alone_fill_tables_too() {
    let place = Place::new();
    place.samples("r.jsonl", &["--only", "code"]);
    place.run(0, &["convert", "r.jsonl", "-o", "f.csv"]);
    let codes = read_csv(&place.path("f.csv"), "codes");
    assert_eq!(codes.len() - 1, place.lines("r.jsonl").len());
    assert_eq!(read_csv(&place.path("f.csv"), "awards").len(), 1);
    let articles = read_csv(&place.path("f.csv"), "articles");
    assert!(articles[1..].iter().all(|row| row[2..].iter().all(String::is_empty)));
    let mut docs: Vec<&String> = codes[1..].iter().map(|row| &row[1]).collect();
    docs.dedup();
    assert_eq!(articles[1..].iter().map(|row| &row[1]).collect::<Vec<_>>(), docs);
}

#[test]
fn a_folder_of_tables_is_replaced_and_no_other() {
    let place = Place::new();
    place.write("e.docs.jsonl", EMPTY);
    let convert =
        |code: i32, to: &str| place.run(code, &["convert", "e.docs.jsonl", "--format", "csv", "-o", to]);
    fs::create_dir(place.path("t")).unwrap();
    convert(0, "t/"); // an empty folder
    place.write("e.docs.jsonl", &[EMPTY, EMPTY].join("\n"));
    convert(0, "t"); // our own
    assert_eq!(read_csv(&place.path("t"), "articles").len(), 3);
    place.write("t/notes.txt", "mine");
    let before = bytes(&place.path("t"));
    assert!(convert(2, "t").contains("cannot write t: the folder holds notes.txt"));
    place.write("page.txt", "Có 20 đại biểu.");
    let said = place.run(2, &["extract", "page.txt", "--format", "csv", "-o", "t"]);
    assert!(
        said.contains("cannot write t: the folder holds notes.txt") && !said.contains("articles"),
        "{said}"
    );
    assert_eq!(bytes(&place.path("t")), before);
    fs::remove_file(place.path("t/notes.txt")).unwrap();
    fs::remove_file(place.path("t/codes.csv")).unwrap();
    fs::create_dir(place.path("t/codes.csv")).unwrap();
    assert!(convert(2, "t").contains("the folder holds codes.csv"));
    assert!(
        convert(2, "page.txt").contains("cannot write page.txt: it is there, and the tables are a folder")
    );
    assert_eq!(place.read("page.txt"), "Có 20 đại biểu.");
    assert!(!place.names().iter().any(|name| name.contains(".part") || name.contains("journal")));
}

#[test]
fn outputs_that_cannot_be_written_are_told_before_anything_is_read() {
    let place = Place::new();
    place.write("a.txt", "Có 20 đại biểu.");
    for (args, says) in [
        (&["--format", "csv"][..], "csv cannot go to standard output; say where with -o"),
        (&["-o", "none/f.csv"], "cannot write none/f.csv"),
        (&["--with-text"], "--with-text: jsonl holds records"),
        #[cfg(feature = "sqlite")]
        (&["-o", "/dev/full", "--format", "sqlite"], "cannot write /dev/full: it is there and no file"),
        #[cfg(feature = "parquet")]
        (&["-o", "a.txt", "--format", "parquet"], "cannot write a.txt: it is there"),
        #[cfg(not(feature = "sqlite"))]
        (&["-o", "f.db"], "built without sqlite; build it with `cargo build --release --features sqlite`"),
        #[cfg(not(feature = "parquet"))]
        (&["-o", "f.parquet"], "built without parquet; build it with"),
    ] {
        let said = place.run(2, &[&["extract", "a.txt"], args].concat());
        assert!(said.contains(says) && !said.contains("1 article"), "{args:?}: {said}");
        assert_eq!(place.names(), ["a.txt"]);
    }
}

#[test]
fn a_bad_line_leaves_nothing_half_written() {
    let place = Place::new();
    place.write("e.docs.jsonl", &[EMPTY, "", "oops"].join("\n"));
    for format in ALL {
        let said = place.run(2, &["convert", "e.docs.jsonl", "-o", &format!("f.{format}")]);
        assert!(said.contains("e.docs.jsonl:3: not a record, expected value at column 1"), "{said}");
    }
    assert_eq!(place.names(), ["e.docs.jsonl"]);
    assert!(place.run(2, &["convert", "none.jsonl", "-o", "f.csv"]).contains("none.jsonl: cannot be opened"));
}

/// Runs the program where files can have no more than `blocks` of 512 bytes, as on a full disk.
#[cfg(unix)]
#[track_caller]
fn run_in_little_room(place: &Place, blocks: u64, args: &[&str]) -> String {
    let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    said(2, Command::new("sh").args(["-c", &limit]).arg(program()).args(args), place.0.path())
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_told_with_the_path_and_leaves_nothing_half_written() {
    let place = Place::new();
    place.samples("f.docs.jsonl", &[]);
    for format in ALL {
        let name = format!("f.{format}");
        let said = run_in_little_room(&place, 4, &["convert", "f.docs.jsonl", "-o", &name]);
        assert!(said.starts_with(&format!("error: cannot write {name}: ")), "{said}");
    }
    assert_eq!(place.names(), ["f.docs.jsonl"]);
}

#[test]
#[cfg(all(unix, feature = "sqlite"))]
fn when_tables_fail_the_articles_are_kept() {
    let place = Place::new();
    place.samples("f.docs.jsonl", &[]);
    let room = fs::metadata(place.path("f.docs.jsonl")).unwrap().len() / 512 + 2;
    let samples = samples();
    let said = run_in_little_room(&place, room, &["extract", "-q", samples.to_str().unwrap(), "-o", "f.db"]);
    assert!(
        said.contains("cannot write f.db: ") && said.contains("all articles are read and kept"),
        "{said}"
    );
    assert_eq!(place.names(), ["f.db.journal.jsonl", "f.docs.jsonl"]);
    let hint = said.split('`').nth(1).unwrap();
    place.run(0, &hint.split(' ').skip(1).collect::<Vec<_>>());
    assert!(read_sqlite(&place.path("f.db"), "counts").len() > 100);
}

#[test]
#[cfg(feature = "parquet")]
fn long_tables_are_written_in_groups() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let place = Place::new();
    let line = |n: usize| {
        let text = format!("Câu số {n}. ").repeat(60_000);
        serde_json::json!({"doc": n.to_string(), "text": text, "records": []}).to_string()
    };
    place.write("d.jsonl", &(0..50).map(line).collect::<Vec<_>>().join("\n"));
    place.run(0, &["convert", "d.jsonl", "-o", "f.parquet"]);
    let file = fs::File::open(place.path("f.parquet/articles.parquet")).unwrap();
    let groups = SerializedFileReader::new(file).unwrap().metadata().num_row_groups();
    assert!((2..5).contains(&groups), "{groups}");
    let rows = read_parquet(&place.path("f.parquet"), "articles");
    assert!(rows[1..].iter().enumerate().all(|(n, row)| row[1] == n.to_string()));
    assert!(rows[50][5].starts_with("Câu số 49. "));
}

#[test]
#[cfg(feature = "sqlite")]
fn a_database_is_sound_and_answers_the_usual_questions() {
    let place = Place::new();
    place.samples("f.sqlite", &[]);
    let database = rusqlite::Connection::open(place.path("f.sqlite")).unwrap();
    let one = |sql: &str| -> String {
        database.query_row(sql, [], |row| Ok(format!("{:?}", row.get_ref(0)?))).unwrap()
    };
    assert_eq!(one("PRAGMA integrity_check"), "Text(\"ok\")".replace("\"ok\"", "[111, 107]"));
    assert_eq!(one("SELECT count(*) FROM pragma_foreign_key_check"), "Integer(0)");
    for view in ["posts", "codes_by_issuer_year", "awards_by_giver", "awards_not_adding_up"] {
        assert_ne!(one(&format!("SELECT count(*) FROM {view}")), "Integer(0)", "{view}");
    }
    let count = |sql: &str| -> i64 { database.query_row(sql, [], |row| row.get(0)).unwrap() };
    let by_name = count("SELECT count(*) FROM officials WHERE name = 'Phùng Thị Kim Oanh'");
    assert!(by_name > 1);
    assert_eq!(count("SELECT count(*) FROM officials WHERE name_folded = 'phung thi kim oanh'"), by_name);
    let plan: String = database
        .query_row("EXPLAIN QUERY PLAN SELECT * FROM officials WHERE name_folded = 'x'", [], |row| row.get(3))
        .unwrap();
    assert!(plan.contains("officials_name_folded"), "{plan}");
}

#[test]
fn tables_are_listed_as_they_are() {
    let place = Place::new();
    let listed = place.run(0, &["schema", "tables"]);
    place.write("e.docs.jsonl", EMPTY);
    place.run(0, &["convert", "e.docs.jsonl", "-o", "f.csv"]);
    for table in &TABLES {
        let lines = listed.lines().filter_map(|line| line.strip_prefix(table.name)?.strip_prefix('\t'));
        let columns: Vec<&str> = lines.map(|line| line.split('\t').next().unwrap()).skip(1).collect();
        assert_eq!(columns, read_csv(&place.path("f.csv"), table.name)[0], "{}", table.name);
    }
    assert!(place.run(0, &["schema", "docs"]).contains("vnfacts article"));
    assert!(place.run(0, &["schema"]).contains("vnfacts record"));
}
