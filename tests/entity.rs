//! Persons and programmes over a dump, end to end: articles in, entities out.

mod common;

use common::Place;
use serde_json::Value;

/// Articles as a dump: id, day, text.
fn dump(articles: &[(&str, &str, &str)]) -> Vec<u8> {
    let line = |(id, day, text): &(&str, &str, &str)| {
        let published = (!day.is_empty()).then_some(*day);
        serde_json::json!({"id": id, "published": published, "text": text}).to_string() + "\n"
    };
    articles.iter().map(line).collect::<String>().into_bytes()
}

/// The entities that `command` makes of articles, with these options more.
#[track_caller]
fn entities(command: &str, articles: &[(&str, &str, &str)], more: &[&str]) -> Vec<Value> {
    let place = Place::new(&[("dump.jsonl", &dump(articles))]);
    let extracted = place.run(&["extract", "-q", "dump.jsonl", "--with-text", "-o", "r.docs.jsonl"]);
    assert_eq!(extracted.code, Some(0), "{}", extracted.err);
    let run = place.run(&[&[command, "r.docs.jsonl"], more].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn officials(articles: &[(&str, &str, &str)]) -> Vec<Value> {
    entities("officials", articles, &[])
}

fn ids(entities: &[Value]) -> Vec<&str> {
    entities.iter().map(|entity| entity["id"].as_str().unwrap()).collect()
}

#[test]
fn a_timeline_holds_sightings_with_their_words() {
    let articles = [
        ("a", "2019-03-01", "Ông Trần Văn Mẫu, Chủ tịch UBND tỉnh Bình Định, phát biểu tại hội nghị."),
        ("b", "2018-05-02", "Chủ tịch Ủy ban nhân dân tỉnh Bình Định Trần Văn Mẫu kiểm tra công trình."),
        ("c", "", "Chủ tịch UBND tỉnh Bình Định Trần Văn Mẫu tiếp khách."),
        ("d", "2021-01-04", "Ông Trần Văn Mẫu, nguyên Chủ tịch UBND tỉnh Bình Định, đến dự."),
    ];
    let persons = officials(&articles);
    assert_eq!(ids(&persons), ["tran-van-mau-1"]);
    let posts = persons[0]["posts"].as_array().unwrap();
    let said: Vec<String> = posts
        .iter()
        .map(|p| {
            format!(
                "{} {} {} {} {}",
                p["status"], p["articles"], p["undated"], p["first_seen"], p["last_seen"]
            )
        })
        .collect();
    assert_eq!(
        said,
        [r#""current" 3 1 "2018-05-02" "2019-03-01""#, r#""former" 1 0 "2021-01-04" "2021-01-04""#]
    );
    let first = &posts[0]["first"];
    let text: String = articles[1].2.chars().collect();
    let (start, end) = (first["start"].as_u64().unwrap() as usize, first["end"].as_u64().unwrap() as usize);
    let words: String = text.chars().skip(start).take(end - start).collect();
    assert_eq!((first["doc"].as_str(), first["text"].as_str()), (Some("b"), Some(words.as_str())));
    // an article's day is when it was seen, never when a term began
    for key in persons[0].as_object().unwrap().keys().chain(posts[0].as_object().unwrap().keys()) {
        assert!(!["start", "end", "from", "to", "since", "until"].contains(&key.as_str()), "{key}");
    }
}

#[test]
fn namesakes_stay_apart_and_say_why() {
    let persons = officials(&[
        ("a", "2019-03-01", "Ông Lê Văn Thử, Giám đốc Sở Y tế tỉnh Bình Định, phát biểu."),
        ("b", "2019-03-02", "Ông Lê Văn Thử, Giám đốc Sở Y tế tỉnh Bình Định, kiểm tra."),
        ("c", "2019-03-01", "Ông Lê Văn Thử, Chủ tịch UBND tỉnh Cà Mau, tiếp khách."),
    ]);
    assert_eq!(ids(&persons), ["le-van-thu-1", "le-van-thu-2"]);
    let apart = &persons[0]["kept_apart"][0];
    assert_eq!((apart["from"].as_str(), apart["why"].as_str()), (Some("le-van-thu-2"), Some("place")));
    assert_eq!(apart["same_time"], true);
    assert_eq!(persons[1]["namesakes"], 1);
}

#[test]
fn who_moves_stays_one() {
    for (later, joined) in [
        // in turn, at the head of two provinces
        ("2023-05-01", true),
        // at one time
        ("2019-03-01", false),
    ] {
        let persons = officials(&[
            ("a", "2019-02-01", "Bí thư Tỉnh ủy Bình Định Phạm Thị Dời phát biểu."),
            ("b", "2019-04-01", "Bí thư Tỉnh ủy Bình Định Phạm Thị Dời kết luận."),
            ("c", later, "Bí thư Tỉnh ủy Cà Mau Phạm Thị Dời phát biểu."),
        ]);
        assert_eq!(persons.len() == 1, joined, "{later} {persons:?}");
    }
    // an article that gives both posts settles it
    let persons = officials(&[
        ("a", "2019-02-01", "Ông Vũ Đình Chuyển, Giám đốc Sở Y tế tỉnh Bình Định, phát biểu."),
        ("b", "2019-02-01", "Ông Vũ Đình Chuyển, Giám đốc Sở Y tế tỉnh Cà Mau, phát biểu."),
        (
            "c",
            "2019-02-01",
            "Ông Vũ Đình Chuyển, Giám đốc Sở Y tế tỉnh Cà Mau, nguyên Giám đốc Sở Y tế tỉnh Bình Định, phát biểu.",
        ),
    ]);
    assert_eq!(ids(&persons), ["vu-dinh-chuyen-1"]);
    assert_eq!(persons[0]["joined_by"][0]["why"], "same_article");
}

#[test]
fn a_seat_among_many_joins_nobody() {
    let seat = "Ủy viên Trung ương Đảng";
    let posts = ["Bí thư Tỉnh ủy Bình Định", "Bí thư Tỉnh ủy Cà Mau"]
        .map(|post| format!("Ông Đinh Văn Ghế, {seat}, {post}, phát biểu."));
    let persons = officials(&[("a", "2019-02-01", &posts[0]), ("b", "2019-02-01", &posts[1])]);
    assert_eq!(ids(&persons), ["dinh-van-ghe-1", "dinh-van-ghe-2"]);
    assert!(persons.iter().all(|person| person["posts"].as_array().unwrap().len() == 2), "{persons:?}");
    assert_eq!(persons[0]["kept_apart"][0]["why"], "place");
}

#[test]
fn a_province_s_own_bodies_share_and_a_hospital_there_does_not() {
    let of = |a: &str, b: &str| {
        let [a, b] = [a, b].map(|post| format!("Ông Bùi Văn Chỗ, {post}, phát biểu."));
        officials(&[("a", "2019-02-01", &a), ("b", "2019-02-02", &b)]).len()
    };
    let chairman = "Chủ tịch UBND tỉnh Bình Định";
    assert_eq!(of(chairman, "Phó Bí thư Tỉnh ủy Bình Định"), 1);
    assert_eq!(of(chairman, "Giám đốc Sở Y tế tỉnh Bình Định"), 1);
    assert_eq!(of(chairman, "Trưởng khoa Nội Bệnh viện Đa khoa tỉnh Bình Định"), 2);
    assert_eq!(of(chairman, "Phó Bí thư Tỉnh ủy Cà Mau"), 2);
}

#[test]
fn short_forms_take_the_place_of_their_full_form() {
    let persons = officials(&[(
        "a",
        "2019-02-01",
        "Bí thư Thành ủy Hà Nội Hồ Văn Tắt đến dự. Phó Bí thư Thành ủy Đỗ Thị Gọn trình bày báo cáo.",
    )]);
    let post = |n: usize| (&persons[n]["posts"][0]["place"], &persons[n]["posts"][0]["completed"]);
    assert_eq!(ids(&persons), ["do-thi-gon-1", "ho-van-tat-1"]);
    assert_eq!(post(0), (&Value::from("Hà Nội"), &Value::from(1)));
    assert_eq!(post(1), (&Value::from("Hà Nội"), &Value::from(0)));
}

#[test]
fn alike_names_are_told_and_left() {
    let post = |name: &str| format!("Ông {name}, Chủ tịch UBND tỉnh Bình Định, phát biểu.");
    let alike = |a: &str, b: &str| {
        let (a, b) = (post(a), post(b));
        officials(&[("a", "2019-01-01", &a), ("b", "2020-01-01", &b)])
    };
    let persons = alike("Trần Văn Mẫu", "Trần Mẫu");
    assert_eq!(ids(&persons), ["tran-mau-1", "tran-van-mau-1"]);
    assert_eq!(persons[0]["maybe_same"][0]["why"], "name_left_out");
    assert_eq!(persons[1]["maybe_same"][0]["id"], "tran-mau-1");
    // one spelling of one name
    assert_eq!(alike("Trần Văn Hoà", "Trần Văn Hòa").len(), 1);
    // two names
    let persons = alike("Trần Văn Mẫu", "Trần Văn Khác");
    assert!(persons.iter().all(|person| person["maybe_same"] == Value::from(Vec::<Value>::new())));
}

const PROGRAMMES: &[(&str, &str, &str)] = &[
    (
        "a",
        "2019-12-15",
        "Thành ủy Hà Nội tổng kết Chương trình số 02-CTr/TU; Ông Lê Văn Mẫu, Trưởng ban Chỉ đạo Chương trình số 02-CTr/TU, chủ trì. \
         Khen thưởng 20 tập thể thực hiện Chương trình 02-CTr/TU; 18 tập thể thực hiện Chương trình 06-CTr/TU.",
    ),
    (
        "b",
        "2019-12-20",
        "Theo Nghị định 100/2019/NĐ-CP, mức phạt là 8 triệu đồng. Cả nước có 63 tỉnh, thành phố.",
    ),
];

#[test]
fn figures_stand_with_the_code_of_their_part_of_the_sentence() {
    let programmes = entities("programmes", PROGRAMMES, &[]);
    let figures = |code: &str| -> Vec<f64> {
        let programme = programmes.iter().find(|p| p["canonical"] == code).unwrap();
        programme["figures"].as_array().unwrap().iter().map(|f| f["value"].as_f64().unwrap()).collect()
    };
    assert_eq!(figures("02-CTr/TU"), [20.0]);
    assert_eq!(figures("06-CTr/TU"), [18.0]);
    assert_eq!(figures("100/2019/NĐ-CP"), [8_000_000.0]);
    let decree = programmes.iter().find(|p| p["canonical"] == "100/2019/NĐ-CP").unwrap();
    assert_eq!(decree["years"], serde_json::json!([2019]));
    assert_eq!(decree["figures"][0]["words"], "100/2019/NĐ-CP, mức phạt là 8 triệu đồng");
    // whose title names the programme, and not who cites it
    let officials = |code: &str| {
        let programme = programmes.iter().find(|p| p["canonical"] == code).unwrap();
        programme["officials"].as_array().unwrap().iter().map(|o| o["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(officials("02-CTr/TU"), ["Lê Văn Mẫu"]);
    assert_eq!(officials("06-CTr/TU").len(), 0);
}

#[test]
fn the_same_bytes_with_any_memory_and_order() {
    let place = Place::new(&[]);
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    place.run(&["extract", "-q", samples, "--with-text", "-o", "r.docs.jsonl"]);
    let lines = place.read("r.docs.jsonl");
    let back: Vec<&str> = lines.lines().rev().collect();
    place.write("back.docs.jsonl", (back.join("\n") + "\n").as_bytes());
    for command in ["officials", "programmes"] {
        let all = place.run(&[command, "r.docs.jsonl"]);
        assert_eq!(all.code, Some(0), "{}", all.err);
        assert!(all.out.lines().count() > 20, "{command}");
        assert_eq!(all.out, place.run(&[command, "r.docs.jsonl", "--memory", "1"]).out);
        assert_eq!(all.out, place.run(&[command, "back.docs.jsonl"]).out, "{command}");
    }
}

#[test]
fn tables_and_what_is_refused() {
    let place = Place::new(&[("dump.jsonl", &dump(PROGRAMMES)), ("bad.jsonl", b"{}\n")]);
    place.run(&["extract", "-q", "dump.jsonl", "--with-text", "-o", "r.docs.jsonl"]);
    for (command, table) in [("officials", "persons"), ("programmes", "programmes")] {
        let lines = place.run(&[command, "r.docs.jsonl"]).out.lines().count();
        assert_eq!(place.run(&[command, "r.docs.jsonl", "-o", "t.csv"]).code, Some(0));
        assert_eq!(place.read(&format!("t.csv/{table}.csv")).lines().count(), lines + 1);
        std::fs::remove_dir_all(place.0.path().join("t.csv")).unwrap();
        for (args, code, why) in [
            (&[command, "r.docs.jsonl", "--format", "csv"][..], 2, "cannot go to standard output"),
            (&[command, "bad.jsonl", "-o", "x.jsonl"], 2, "bad.jsonl:1: not a record"),
            (&[command, "none.jsonl"], 2, "none.jsonl: cannot be opened"),
            (&[command, "r.docs.jsonl", "--memory", "0"], 2, "--memory"),
        ] {
            let run = place.run(args);
            assert_eq!(run.code, Some(code), "{args:?}");
            assert!(run.err.contains(why), "{}", run.err);
        }
    }
    let left: Vec<_> = std::fs::read_dir(place.0.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn a_code_of_two_issuers_is_two_programmes() {
    let programmes = entities(
        "programmes",
        &[
            ("a", "2019-02-01", "Nghị quyết số 19-NQ/TU của Tỉnh ủy Bình Định đã được triển khai."),
            ("b", "2019-02-02", "Nghị quyết số 19-NQ/TU của Tỉnh ủy Cà Mau đã được triển khai."),
            ("c", "2019-02-03", "Nghị quyết số 19-NQ/TU được thực hiện tốt."),
            ("d", "2019-02-03", "Nghị quyết số 21-NQ/TU của Tỉnh ủy Cà Mau đã được triển khai."),
            ("e", "2019-02-04", "Nghị quyết số 21-NQ/TU được thực hiện tốt."),
        ],
        &[],
    );
    let told: Vec<_> =
        programmes.iter().map(|p| (p["id"].as_str().unwrap(), p["articles"].as_u64())).collect();
    let want = [("19-nq-tu-1", 1), ("19-nq-tu-2", 1), ("19-nq-tu-3", 1), ("21-nq-tu-1", 2)];
    assert_eq!(told, want.map(|(id, articles)| (id, Some(articles))));
    assert_eq!(programmes[0]["kept_apart"], serde_json::json!(["19-nq-tu-2", "19-nq-tu-3"]));
    assert_eq!(programmes[3]["issuer_untold"], 1);
}
