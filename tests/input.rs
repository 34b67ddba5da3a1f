//! The formats of articles end to end: the same articles give the same records whatever they come in, and what is
//! wrong with a file is told in one line.

#![cfg(all(feature = "parquet", feature = "html", feature = "archives"))]

mod common;

use common::{Place, Run, gzip, zstd};
use parquet::data_type::{ByteArrayType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::json;
use std::io::Write;
use std::sync::Arc;
use zip::write::SimpleFileOptions;

struct Article {
    url: &'static str,
    title: &'static str,
    /// epoch seconds and the same with its offset
    published: (i64, &'static str),
    text: &'static str,
}

const ARTICLES: [Article; 3] = [
    Article {
        url: "https://bao.example/xa-my-mau",
        title: "Xã Mỹ Mẫu đón chuẩn nông thôn mới",
        published: (1_573_700_700, "2019-11-14T10:05:00+07:00"),
        text: "Sáng 14-11, xã Mỹ Mẫu đón nhận danh hiệu xã nông thôn mới, dự lễ có hơn 300 đại biểu.\n\n\
               Ông Trần Văn Mẫu, Bí thư Huyện ủy An Mẫu, đề nghị xã giữ vững \"19 tiêu chí\" theo Chương trình 01-CTr/HU, \
               phấn đấu đạt chuẩn nâng cao vào năm 2022.\n\n\
               Dịp này, UBND huyện tặng Giấy khen cho 20 tập thể và 35 cá nhân có thành tích xuất sắc.",
    },
    Article {
        url: "https://bao.example/bo-nhiem",
        title: "Bà Lê Thị Mẫu giữ chức Phó Chủ tịch UBND huyện",
        published: (1_614_905_999, "2021-03-05T07:59:59+07:00"),
        text: "Ngày 5-3, HĐND huyện An Mẫu họp bất thường, bầu bà Lê Thị Mẫu giữ chức Phó Chủ tịch UBND huyện; \
               28 đại biểu có mặt, đồng ý.\n\n\
               Bà Mẫu, sinh năm 1975, nguyên Trưởng phòng Nội vụ huyện, thay ông Phạm Văn Thử nghỉ hưu từ tháng 2.",
    },
    Article {
        url: "https://bao.example/thien-tai",
        title: "An Mẫu thiệt hại hơn 12 tỷ đồng sau bão",
        published: (1_602_781_200, "2020-10-16T00:00:00+07:00"),
        text: "Bão số 7 làm 2 người bị thương, 150 nhà tốc mái, hơn 300ha lúa ngập; thiệt hại hơn 12 tỷ đồng.\n\n\
               Chủ tịch UBND tỉnh Ngô Văn Giả yêu cầu các xã, phường thực hiện Công điện 05/CĐ-UBND ngày 15-10-2020.",
    },
];

fn lines() -> String {
    let line =
        |a: &Article| json!({"url": a.url, "title": a.title, "published": a.published.1, "text": a.text});
    ARTICLES.iter().map(|article| format!("{}\n", line(article))).collect()
}

fn array(pretty: bool) -> String {
    let values: Vec<serde_json::Value> =
        lines().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    if pretty { serde_json::to_string_pretty(&values) } else { serde_json::to_string(&values) }.unwrap()
}

fn table(delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(["topic", "url", "content", "title", "publish_date"]).unwrap();
    for a in &ARTICLES {
        writer.write_record(["x,\ty", a.url, a.text, a.title, a.published.1]).unwrap();
    }
    writer.into_inner().unwrap()
}

fn page(article: &Article) -> String {
    let Article { url, title, published, text } = article;
    let text = text.replace("\n\n", "</p>\n<p>");
    format!(
        "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{title} - Báo Mẫu</title>\n\
         <link rel=canonical href=\"{url}\"><meta property=\"article:published_time\" content=\"{}\">\n\
         <script>var chuTich = \"Nguyễn Văn Kịch Bản\";</script></head><body>\n\
         <nav class=menu><ul><li><a href=/>Trang chủ</a><li><a href=/ts>Thời sự</a><li><a href=/kt>Kinh tế</a></ul></nav>\n\
         <h1>{title}</h1><div class=content><p>{text}</p></div>\n\
         <div class=related><a href=/1>Tin khác: huyện An Mẫu họp báo</a></div>\n\
         <footer>Tổng biên tập: Nguyễn Văn Chân Trang</footer></body></html>",
        published.1
    )
}

fn warc() -> Vec<u8> {
    let record = |article: &Article| {
        let body = page(article);
        let (chunk, rest) = body.as_bytes().split_at(100);
        let block = [
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n",
            chunk,
            format!("\r\n{:x}\r\n", rest.len()).as_bytes(),
            rest,
            b"\r\n0\r\n\r\n",
        ]
        .concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            article.url,
            block.len()
        );
        [head.as_bytes(), &block, b"\r\n\r\n"].concat()
    };
    let info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n".to_vec();
    std::iter::once(gzip(&info)).chain(ARTICLES.iter().map(|a| gzip(&record(a)))).flatten().collect()
}

/// Two row groups, one column nested and one that nobody wants.
fn columns() -> Vec<u8> {
    let schema =
        "message m { optional binary noise (UTF8); required binary url (UTF8); optional binary title (UTF8);
                  optional group publish { optional int64 $date (TIMESTAMP(MILLIS, true)); }
                  optional binary content (UTF8); repeated binary tags (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let properties = WriterProperties::builder().set_compression(parquet::basic::Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for articles in [&ARTICLES[..2], &ARTICLES[2..]] {
        let bytes =
            |text: fn(&Article) -> &'static str| articles.iter().map(|a| text(a).into()).collect::<Vec<_>>();
        let all = vec![1; articles.len()];
        let mut group = writer.next_row_group().unwrap();
        for column in 0..6 {
            let mut writer = group.next_column().unwrap().unwrap();
            match column {
                0 => writer.typed::<ByteArrayType>().write_batch(&[], Some(&vec![0; articles.len()]), None),
                1 => writer.typed::<ByteArrayType>().write_batch(&bytes(|a| a.url), None, None),
                2 => writer.typed::<ByteArrayType>().write_batch(&bytes(|a| a.title), Some(&all), None),
                3 => {
                    let days: Vec<i64> = articles.iter().map(|a| a.published.0 * 1000).collect();
                    writer.typed::<Int64Type>().write_batch(&days, Some(&vec![2; days.len()]), None)
                }
                4 => writer.typed::<ByteArrayType>().write_batch(&bytes(|a| a.text), Some(&all), None),
                _ => {
                    let none = vec![0; articles.len()];
                    writer.typed::<ByteArrayType>().write_batch(&[], Some(&none), Some(&none))
                }
            }
            .unwrap();
            writer.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip(files: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// In two members.
fn twice(bytes: &[u8], pack: fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let (a, b) = bytes.split_at(bytes.len() / 2);
    [pack(a), pack(b)].concat()
}

#[test]
fn the_same_articles_give_the_same_records_whatever_they_come_in() {
    let lines = lines();
    let pages: Vec<String> = ARTICLES.iter().map(page).collect();
    let named = ["1/a.html", "2.htm", "x/y/3.html"];
    let pages: Vec<(&str, &[u8])> = named.into_iter().zip(pages.iter().map(String::as_bytes)).collect();
    let (columns, warc) = (columns(), warc());
    let stored = zip::CompressionMethod::Stored;
    let packed = zip::CompressionMethod::Deflated;
    let mixed = [("a.csv.gz", &*gzip(&table(b','))), ("readme", b"no article"), (".b.txt", b"x")];
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a.jsonl", lines.clone().into_bytes()),
        ("array.json", array(false).into_bytes()),
        ("pretty.json", array(true).into_bytes()),
        ("wide.jsonl", utf16(&lines)),
        ("a.csv", table(b',')),
        ("a.tsv", table(b'\t')),
        ("semicolons.csv", table(b';')),
        ("wide.csv", utf16(std::str::from_utf8(&table(b'|')).unwrap())),
        ("a.parquet", columns.clone()),
        ("a.warc.gz", warc.clone()),
        ("a.warc.zst", zstd(&warc)),
        ("a.jsonl.gz", twice(lines.as_bytes(), gzip)),
        ("a.jsonl.zst", twice(lines.as_bytes(), zstd)),
        ("a.jsonl.bz2", twice(lines.as_bytes(), bzip2)),
        ("a.jsonl.xz", twice(lines.as_bytes(), xz)),
        ("pages.tar.gz", gzip(&tar(&pages))),
        ("pages.zip", zip(&pages, packed)),
        ("mixed.tar", tar(&mixed)),
        ("stored.zip", zip(&mixed, stored)),
        ("parquet.zip", zip(&[("a.parquet", &columns)], packed)),
        ("nested.tar.xz", xz(&tar(&[("b/c.zip", &zip(&[("w.warc.gz", &warc)], stored))]))),
    ];
    let place = Place::new(&files.iter().map(|(name, bytes)| (*name, &**bytes)).collect::<Vec<_>>());
    pages.iter().for_each(|(name, page)| place.write(&format!("pages/{name}"), page));
    let want = place.run(&["extract", "a.jsonl"]).code(0);
    assert!(want.lines().len() > 25 && want.docs().len() == 3, "{}", want.err);
    for name in files.iter().map(|(name, _)| *name).chain(["pages"]) {
        let run = place.run(&["extract", name, "--threads", "2"]).code(0);
        assert_eq!(run.out, want.out, "{name}");
        assert_eq!(run.err.lines().count(), 1, "{name}: {}", run.err);
    }
    for (name, bytes) in files.iter().filter(|(name, _)| !name.starts_with("a.jsonl")) {
        let run = place.run_with(&["extract", "-"], bytes).code(0);
        assert_eq!(run.out, want.out, "{name} as standard input");
    }
}

/// Sentences without what tells where they were read.
fn sentences(run: &Run) -> Vec<serde_json::Value> {
    let mut lines = run.lines();
    lines.iter_mut().for_each(|line| line["doc"].take().as_str().map(drop).unwrap());
    lines
}

#[test]
fn text_is_the_same_in_every_encoding() {
    let text = "Sáng 14-11, đồng chí Nguyễn Thị Mẫu, Bí thư Huyện ủy, tặng 5 tỷ đồng.\n\nCó 20 đại biểu.";
    let viscii = b"S\xe1ng 14-11, \xf0\xb0ng ch\xed Nguy\xadn Th\xb8 M\xe7u, B\xed th\xdf Huy\xaen \xfcy, t\xa3ng 5 t\xd6 \xf0\xb0ng.\n\nC\xf3 20 \xf0\xd5i bi\xacu.";
    let vni = b"Sa\xf9ng 14-11, \xf1o\xe0ng ch\xed Nguye\xe3n Th\xf2 Ma\xe3u, B\xed th\xf6 Huye\xe4n u\xfby, ta\xebng 5 ty\xfb \xf1o\xe0ng.\n\nCo\xf9 20 \xf1a\xefi bie\xe5u.";
    let files: [(&str, &[u8]); 4] =
        [("a.txt", text.as_bytes()), ("b.txt", &utf16(text)), ("viscii.txt", viscii), ("vni.txt", vni)];
    let place = Place::new(&files);
    let want = place.run(&["sentences", "a.txt"]).code(0);
    for (name, encoding) in [("b.txt", "utf-16le"), ("viscii.txt", "VISCII"), ("vni.txt", "vni")] {
        let run = place.run(&["sentences", name, "--encoding", encoding]).code(0);
        assert_eq!(sentences(&run), sentences(&want), "{name}");
    }
    assert_eq!(sentences(&place.run(&["sentences", "b.txt"]).code(0)), sentences(&want));
    place.run(&["extract", "a.txt", "--encoding", "klingon"]).code(2).says("windows-1258, tcvn3");
}

#[test]
fn old_encodings_are_told_and_not_guessed() {
    let tcvn3 = b"S\xb8ng 14-11, \xae\xe5ng ch\xdd B\xdd th\xad huy\xd6n v\xb5 Ch\xf1 t\xdech t\xd8nh d\xf9.";
    let read_as_western: String = tcvn3.iter().map(|&byte| char::from(byte)).collect();
    let place = Place::new(&[("a.txt", tcvn3), ("b.txt", read_as_western.as_bytes())]);
    let bytes = place.run(&["sentences", "a.txt"]).code(1);
    assert!(bytes.out.is_empty());
    bytes.says("a.txt:1: suspect_encoding").says("read it again with --encoding tcvn3");
    let text = place.run(&["sentences", "b.txt"]).code(0).says("b.txt:1: warning: suspect_encoding");
    assert_eq!(text.docs(), ["b.txt"]);
}

#[test]
fn presets_name_the_fields_of_known_dumps() {
    let bkai = r#"{"_id":{"$oid":"5d"},"content":"Ngày 14-11.","publish":{"$date":1576371000000},"text":5}"#;
    let please = r#"{"url":"http://u","maintext":"Ngày 14-11 huyện họp bất thường.","date_publish":"2019-12-15 07:50:00"}"#;
    let place = Place::new(&[("bkai.jsonl", bkai.as_bytes()), ("please.json", please.as_bytes())]);
    for (preset, file, doc) in [("bkai", "bkai.jsonl", "5d"), ("news-please", "please.json", "http://u")] {
        let run = place.run(&["extract", file, "--preset", preset]).code(0);
        assert_eq!(run.docs(), [doc]);
        assert_eq!(run.lines()[0]["value"], "2019-11-14");
    }
    place.run(&["extract", "bkai.jsonl", "--preset", "none"]).code(2).says("trafilatura");
    place.run(&["extract", "please.json"]).code(1).says("--map text=maintext");
}

// Faults

/// What is wrong with a file is told in one line and one more sums up; how many articles came out.
#[track_caller]
fn fault(name: &str, bytes: &[u8], args: &[&str], says: &[&str]) -> usize {
    let place = Place::new(&[(name, bytes)]);
    let run = place.run(&[&["sentences", name], args].concat()).code(1);
    assert_eq!(run.err.lines().count(), 2, "{}", run.err);
    for words in says {
        assert!(run.err.contains(words), "{words:?} is not in: {}", run.err);
    }
    run.docs().len()
}

#[test]
fn damaged_files_are_told_in_one_line() {
    let columns = columns();
    assert_eq!(fault("a.parquet", &columns[..columns.len() - 9], &[], &["a.parquet:0: damaged"]), 0);
    assert_eq!(
        fault(
            "a.parquet",
            &columns,
            &["--map", "text=noi_dung"],
            &["no text field", "publish.$date", "--map text="]
        ),
        0
    );
    let table = table(b',');
    assert_eq!(
        fault(
            "a.csv",
            &table,
            &["--map", "text=noi_dung"],
            &["a.csv:0: no text field", "--map text=content"]
        ),
        0
    );
    assert_eq!(fault("a.csv", b"id,text\n1,a\n2,\n3,c\n", &[], &["a.csv:3: empty text"]), 2);
    assert_eq!(fault("a.csv", b"id,text\n1,a\n2\n3,c\n", &[], &["a.csv:3: wrong number of cells"]), 2);
    assert_eq!(fault("a.csv", b"id,text\n1,a\n2,\xff\n3,c\n", &[], &["a.csv:3: not UTF-8"]), 2);
    let array = array(true);
    assert_eq!(
        fault("a.json", &array.as_bytes()[..array.len() - 2], &[], &["cut short", "the array is not closed"]),
        3
    );
    assert_eq!(
        fault(
            "a.json",
            b"[{\"text\":\"a\"},\n{\"text\":1 2},\n{\"text\":\"b\"}]",
            &[],
            &["a.json:2: not JSON"]
        ),
        2
    );
    let tar = tar(&[("a.txt", b"Mot."), ("b.txt", &[b'x'; 2000])]);
    assert_eq!(
        fault("a.tar", &tar[..tar.len() - 2500], &[], &["a.tar/b.txt", "the tar stream breaks off"]),
        1
    );
    let mut zipped = zip(&[("a.txt", b"Mot cau."), ("b.txt", b"Hai.")], zip::CompressionMethod::Stored);
    let at = zipped.windows(3).position(|bytes| bytes == b"Mot").unwrap();
    zipped[at] = b'C';
    assert_eq!(fault("a.zip", &zipped, &[], &["a.zip/a.txt:0: damaged", "its checksum is wrong"]), 1);
    let warc = warc();
    assert_eq!(fault("a.warc.gz", &warc[..warc.len() - 40], &[], &["the gzip stream breaks off"]), 2);
    for (name, pack) in
        [("a.bz2", bzip2 as fn(&[u8]) -> Vec<u8>), ("a.xz", xz), ("a.gz", gzip), ("a.zst", zstd)]
    {
        let packed = pack(lines().as_bytes());
        let name = format!("a.jsonl{}", &name[1..]);
        fault(&name, &packed[..packed.len() - 20], &[], &["cut short", "stream breaks off"]);
    }
}

#[test]
fn archives_name_nothing_but_what_is_shown() {
    let mut header = tar::Header::new_gnu();
    header.set_size(4);
    header.as_gnu_mut().unwrap().name[..13].copy_from_slice(b"../../out.txt");
    header.set_cksum();
    let mut tar = [header.as_bytes().as_slice(), b"Mot.", &[0; 508]].concat();
    let mut link = tar::Header::new_gnu();
    link.set_entry_type(tar::EntryType::Symlink);
    link.set_link_name("/etc/passwd").unwrap();
    link.set_path("link.txt").unwrap();
    link.set_size(0);
    link.set_cksum();
    tar.extend(link.as_bytes());
    tar.extend([0; 1024]);
    let place = Place::new(&[("a/b.tar", &tar)]);
    let run = place.run(&["sentences", "a/b.tar"]).code(0);
    assert_eq!(run.docs(), ["a/b.tar/../../out.txt"]);
    assert!(!place.0.path().join("out.txt").exists());
}

#[test]
fn what_an_archive_cannot_give_is_told() {
    let mut locked = zip(&[("a.txt", b"Mot."), ("b.txt", b"Hai.")], zip::CompressionMethod::Stored);
    for (magic, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = locked.windows(4).position(|bytes| bytes == magic).unwrap();
        locked[at + flags] |= 1;
    }
    assert_eq!(fault("a.zip", &locked, &[], &["a.zip/a.txt:0: not readable, it is encrypted"]), 1);
    assert_eq!(fault("a.tar", &tar(&[("readme", b"x")]), &[], &["a.tar:0: no articles"]), 0);
    let deep =
        (0..6).fold(b"Mot.".to_vec(), |inner, n| tar(&[(if n == 0 { "a.txt" } else { "a.tar" }, &inner)]));
    assert_eq!(fault("a.tar", &deep, &[], &["archives stand in each other"]), 0);
    fault("a.docx.zip", b"PK\x03\x04....", &[], &["the list of the zip archive cannot be read"]);
}

#[test]
fn decompression_bombs_are_left() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b'x'; 70 << 20]).unwrap();
    let letters = encoder.finish().unwrap();
    assert_eq!(fault("a.jsonl.gz", &letters, &[], &["decompression bomb", "raise --max-ratio"]), 0);
    let more = ["--max-ratio", "0"];
    assert_eq!(fault("a.jsonl.gz", &letters, &more, &["too long, the line has 73400320 bytes"]), 0);
    let few = ["--max-unpacked-bytes", "1000000"];
    assert_eq!(fault("a.jsonl.gz", &letters, &few, &["too much", "raise --max-unpacked-bytes"]), 0);
    let within = tar(&[("b.jsonl.gz", &letters), ("c.txt", b"Mot.")]);
    assert_eq!(fault("a.tar", &within, &[], &["a.tar/b.jsonl.gz", "decompression bomb"]), 0);
}

#[test]
fn long_articles_are_passed_over_in_every_format() {
    let long = "x ".repeat(3000);
    let table = format!("id,text\n1,Mot.\n2,{long}\n3,Hai.\n");
    let array = format!("[{{\"text\":\"Mot.\"}},{{\"text\":\"{long}\"}},{{\"text\":\"Hai.\"}}]");
    let limit = ["--max-article-bytes", "5000"];
    assert_eq!(fault("a.csv", table.as_bytes(), &limit, &["a.csv:3: too long, the row has 6001 bytes"]), 2);
    assert_eq!(
        fault("a.json", array.as_bytes(), &limit, &["a.json:2: too long, the value has 6011 bytes"]),
        2
    );
    assert_eq!(
        fault("a.html", format!("<html>{long}").as_bytes(), &limit, &["a.html:0: too long, the page"]),
        0
    );
    assert_eq!(
        fault("a.parquet", &columns(), &["--max-article-bytes", "450"], &["a.parquet:1: too long, the row"]),
        2
    );
    let warc = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 6000\r\n\r\n";
    let warc = [warc, long.as_bytes(), b"\r\n\r\n"].concat();
    let place = Place::new(&[("a.warc", &warc)]);
    place
        .run(&["extract", "a.warc", limit[0], limit[1]])
        .code(1)
        .says("a.warc:1: too long, the record has 6000");
}

#[test]
fn deep_and_hostile_input_aborts_nothing() {
    let deep =
        format!("[{{\"text\":{}1{}}},{{\"text\":\"Mot.\"}}]", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert_eq!(fault("a.json", deep.as_bytes(), &[], &["a.json:1: wrong type, the text is an array"]), 1);
    let html = format!("<html><body><p>Mot.</p>{}", "<div>".repeat(1_000_000));
    assert_eq!(fault("a.html", html.as_bytes(), &[], &["nested too deeply"]), 0);
    let html = format!("<html><body>{}<p>Một câu dài vừa đủ để là một bài.</p>", "<div>".repeat(390));
    let place = Place::new(&[("a.html", html.as_bytes())]);
    assert_eq!(place.run(&["sentences", "a.html", "--threads", "2"]).code(0).docs(), ["a.html"]);
}

#[test]
fn ids_given_twice_are_counted_and_kept() {
    let place = Place::new(&[("a.jsonl", lines().as_bytes()), ("b.jsonl", lines().as_bytes())]);
    let once = place.run(&["sentences", "a.jsonl"]).code(0);
    assert!(!once.err.contains("duplicate"), "{}", once.err);
    let twice = place.run(&["sentences", "a.jsonl", "b.jsonl"]).code(0).says("3 duplicate ids");
    assert_eq!(twice.lines().len(), 2 * once.lines().len());
}

// Pages

/// Pages in the manner of papers and portals, each with what is to be read in it: the blocks of its sentences.
#[test]
fn pages_are_read_without_what_stands_around() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let place = Place::new(&[]);
    let mut pages = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "html") {
            let run = place.run(&["sentences", path.to_str().unwrap()]).code(0);
            let line = |line: &serde_json::Value| {
                format!("{}|{}\n", line["block"].as_str().unwrap(), line["text"].as_str().unwrap())
            };
            let read: String = run.lines().iter().map(line).collect();
            let want = std::fs::read_to_string(path.with_extension("txt")).unwrap();
            assert_eq!(read, want, "{}", path.display());
            pages += 1;
        }
    }
    assert!(pages > 2);
}

/// The day of a page counts for dates without a year.
#[test]
fn pages_tell_when_they_were_published() {
    let page = |head: &str, body: &str| {
        format!(
            "<html><head>{head}</head><body>{body}<p>Sáng 14-11, huyện An Mẫu họp, có 20 đại biểu đến dự.</p></body></html>"
        )
    };
    for (head, body, want) in [
        (
            "<meta property=\"article:published_time\" content=\"2019-11-15T08:00:00+07:00\">",
            "",
            "2019-11-14",
        ),
        (
            "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"datePublished\":\"2019-11-14T20:00:00Z\",\"headline\":\"Họp\"}</script>",
            "",
            "2019-11-14",
        ),
        ("", "<time datetime=\"2018-11-20\">hôm qua</time>", "2018-11-14"),
        ("", "<span class=\"post-date\">Thứ năm, 15/11/2018, 10:05</span>", "2018-11-14"),
        ("", "", "XXXX-11-14"),
    ] {
        let place = Place::new(&[("a.html", page(head, body).as_bytes())]);
        let run = place.run(&["extract", "a.html", "--only", "date"]).code(0);
        let values: Vec<_> =
            run.lines().iter().map(|line| line["value"].as_str().unwrap().to_string()).collect();
        assert!(values.contains(&want.to_string()), "{head}{body}: {values:?}");
    }
}

#[test]
fn pages_name_their_encoding() {
    let page = |charset: &str| format!("<html><head><meta charset={charset}></head><body><p>");
    let bytes = b"\xd0\xf4\xccng ch\xed M\xe2\xdeu d\xf5\xf2 h\xf4\xf2i nghi\xf2 ta\xf2i huy\xea\xf2n.";
    let page = [page("windows-1258").as_bytes(), bytes, b"</p></body></html>"].concat();
    let place = Place::new(&[("a.html", &page)]);
    let run = place.run(&["sentences", "a.html"]).code(0);
    assert_eq!(run.lines()[0]["text"], "Đồng chí Mẫu dợ hội nghị tại huyện.");
}

#[test]
fn a_page_without_an_article_is_told() {
    assert_eq!(
        fault("a.html", b"<html><body><nav><a href=1></a></nav></body></html>", &[], &["a.html:1: "]),
        0
    );
}
