//! What holds for any text: spans say what they cover, Unicode form and unseen characters change no value, records
//! are in order and survive being written and read, and threads do not show.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::process::Command;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use vnfacts::article::Article;
use vnfacts::document::Scratch;
use vnfacts::explain::{self, Explanation, Words};
use vnfacts::extract;
use vnfacts::gazetteer::Gazetteers;
use vnfacts::pipeline::Pipeline;
use vnfacts::record::{Fact, Field, Record};
use vnfacts::text::fold;
use vnfacts::text::token::{Token, tokenize};
use vnfacts::text::vocabulary::{Cache, Lookup};

/// What rules look at, beside the words of their examples.
const MARKS: &[&str] = &[
    ",",
    ".",
    ";",
    ":",
    "-",
    "–",
    "/",
    "(",
    ")",
    "“",
    "”",
    "\"",
    "%",
    "&",
    "+",
    "...",
    "\n",
    "\n\n",
    "\u{a0}",
    "\u{200b}",
    "\u{301}",
    "0",
    "1",
    "07",
    "58",
    "2019",
    "1.234.567",
    "1,5",
    "99999999999999999999",
    "30/2/2019",
    "14-11",
    "7h30",
    "XVI",
    "N.V.A.",
    "LÊ",
    "Đ.",
    "các",
    "đồng chí",
    "nguyên",
    "và",
    "kiêm",
    "ông",
    "số",
    "ngày",
    "tỷ",
    "triệu đồng",
];

fn pipeline() -> &'static Pipeline {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    PIPELINE.get_or_init(|| Pipeline::new(Gazetteers::embedded().unwrap(), &[]))
}

fn article(title: Option<&str>, text: &str) -> Article<'static> {
    let title = title.map(|title| title.to_string().into());
    let published = "2019-12-15".parse().ok();
    Article { id: "a".into(), url: None, title, published, text: text.to_string().into() }
}

fn run(text: &str) -> Vec<Record> {
    pipeline().run(&article(None, text), &mut Scratch::default())
}

/// Whole examples of the rules, and single words of them.
fn pieces() -> &'static [String] {
    static PIECES: OnceLock<Vec<String>> = OnceLock::new();
    PIECES.get_or_init(|| {
        let examples =
            extract::rules().map(|(_, rule)| rule.example.replace(['[', ']'], "")).collect::<Vec<_>>();
        let words = examples.iter().flat_map(|example| example.split_whitespace()).map(String::from);
        let marks = MARKS.iter().cycle().take(4 * MARKS.len()).map(|mark| mark.to_string());
        words.chain(marks).chain(examples.iter().cloned()).collect()
    })
}

/// Text that makes rules start, mostly without sense.
fn fragments() -> impl Strategy<Value = String> {
    let joint = select(&[" ", " ", " ", " ", ", ", "", "\n", "."][..]);
    vec((select(pieces()), joint), 0..40)
        .prop_map(|parts| parts.iter().flat_map(|(piece, joint)| [piece.as_str(), joint]).collect())
}

/// Any characters at all.
fn anything() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[A-ZĐÔ0-9 ,.()/\\-\n“”]{0,80}", "(\\PC|\n|\u{301}|\u{323}|\u{200b}){0,80}"]
}

/// The code points `start..end` of `text`.
fn slice(text: &str, start: usize, end: usize) -> String {
    assert!(start <= end && end <= text.chars().count(), "{start}..{end} of {text:?}");
    text.chars().skip(start).take(end - start).collect()
}

/// One spelling for what may be written in several: NFC, single blanks, nothing unseen.
fn plain(text: &str) -> String {
    fold::clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The fact without what depends on where it stands and how its letters are composed.
fn value(fact: &Fact) -> Fact {
    let mut fact = fact.clone();
    match &mut fact {
        Fact::Official(official) => {
            for title in &mut official.titles {
                (title.start, title.end, title.text) = (0, 0, plain(&title.text));
            }
        }
        Fact::Award(award) => award.part_of = None,
        _ => {}
    }
    fact
}

/// That two runs say the same, or the first place where they do not.
fn check_same(one: &[Record], other: &[Record], text: &str) {
    for (a, b) in one.iter().zip(other) {
        assert_eq!((value(&a.fact), &a.rule), (value(&b.fact), &b.rule), "{a:?}\n{b:?}\nin {text:?}");
    }
    let more = one.iter().skip(other.len()).chain(other.iter().skip(one.len())).next();
    assert!(more.is_none(), "one run alone found {more:?} in {text:?}");
}

/// The records of an article, after all that must hold for them.
fn checked(title: Option<&str>, text: &str) -> Vec<Record> {
    let article = article(title, text);
    let records = pipeline().run(&article, &mut Scratch::default());
    for record in &records {
        let field = if record.field == Field::Title { title.unwrap_or_default() } else { text };
        assert!(record.start < record.end, "an empty span: {record:?}");
        assert_eq!(slice(field, record.start, record.end), record.text);
        check_fact(record, field);
        let line = serde_json::to_string(record).unwrap();
        assert_eq!(&serde_json::from_str::<Record>(&line).unwrap(), record, "{line}");
    }
    let place = |r: &Record| (r.field == Field::Text, r.start, r.end, r.fact.kind());
    assert!(records.is_sorted_by_key(place), "records out of order: {records:?}");
    check_sentences(&article, &records);
    records
}

fn check_fact(record: &Record, field: &str) {
    match &record.fact {
        Fact::Official(official) => {
            for title in &official.titles {
                assert_eq!(slice(field, title.start, title.end), title.text);
            }
        }
        Fact::Count(count) => {
            let bounds = [count.value, count.min, count.max];
            assert!(bounds.iter().flatten().all(|n| n.is_finite()), "{count:?}");
            assert!(bounds.iter().any(Option::is_some), "{count:?}");
        }
        _ => {}
    }
    assert!(record.duplicate_of.is_none_or(|first| first < record.start), "{record:?}");
}

/// Sentences are in order, disjoint, say what they cover, and hold the records that name them.
fn check_sentences(article: &Article<'_>, records: &[Record]) {
    let mut sentences = Vec::new();
    pipeline().sentences(article, &mut Scratch::default(), |s| {
        let field = if s.field == Field::Title { article.title.as_deref() } else { Some(&*article.text) };
        assert_eq!(slice(field.unwrap_or_default(), s.start, s.end), s.text);
        assert_eq!(s.sentence, sentences.len());
        sentences.push((s.field == Field::Text, s.start, s.end));
    });
    for pair in sentences.windows(2) {
        assert!((!pair[0].0 && pair[1].0) || pair[0].2 <= pair[1].1, "sentences overlap: {pair:?}");
    }
    for record in records {
        let (text, start, end) = sentences[record.sentence];
        assert!(text == (record.field == Field::Text) && (start..end).contains(&record.start), "{record:?}");
    }
}

/// The same facts in NFC and NFD, each at its own offsets.
fn check_forms(text: &str) {
    let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
    let (composed, decomposed) = (run(&nfc), run(&nfd));
    check_same(&composed, &decomposed, &nfc);
    let place = |at: usize| nfd.chars().take(at).nfc().count();
    let spans = |r: &Record| (r.start, r.end);
    let own: Vec<_> = composed.iter().map(spans).collect();
    let mapped: Vec<_> = decomposed.iter().map(|r| (place(r.start), place(r.end))).collect();
    assert_eq!(own, mapped, "{nfc:?}");
}

/// The texts of all samples.
fn samples() -> Vec<String> {
    let folder = std::fs::read_dir(format!("{}/samples", env!("CARGO_MANIFEST_DIR"))).unwrap();
    folder.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

/// `text` with unseen characters at `places`, which are counted in code points around its end.
fn with_unseen(text: &str, places: &[(usize, char)]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for &(at, unseen) in places {
        chars.insert(at % (chars.len() + 1), unseen);
    }
    chars.into_iter().collect()
}

fn unseen() -> impl Strategy<Value = Vec<(usize, char)>> {
    vec(
        (0..10_000usize, select(&['\u{200b}', '\u{200d}', '\u{feff}', '\u{ad}', '\u{202a}', '\u{2060}'][..])),
        1..8,
    )
}

#[test]
fn samples_hold() {
    for text in samples() {
        checked(None, &text);
        check_forms(&text);
    }
}

/// Explaining tells the records that a run gives, and says of any place what stands there or why nothing does.
fn check_explained(title: Option<&str>, text: &str, start: usize) {
    let article = article(title, text);
    let records = pipeline().run(&article, &mut Scratch::default());
    explain::reading::read(pipeline(), &article, |reading| {
        assert_eq!(reading.records(), records);
        let mut all: Vec<Explanation> = (0..records.len()).map(|nth| reading.record(nth)).collect();
        for (one, record) in all.iter().zip(&records) {
            assert_eq!(one.record.as_ref(), Some(record));
            assert!(one.rule.is_some() && one.why_not.is_empty(), "{one:?}");
        }
        for (field, content) in [(Field::Text, text), (Field::Title, title.unwrap_or_default())] {
            let here = reading.at(field, start, None);
            let (long, blank) = (content.chars().count(), reading.at(field, 0, None).is_none());
            assert_eq!(here.is_some(), start < long && !blank, "{field:?} {start} of {content:?}");
            for one in here.into_iter().flatten() {
                assert!(one.record.is_some() || !(one.why_not.is_empty() && one.lost.is_empty()), "{one:?}");
                all.push(one);
            }
        }
        for one in &all {
            check_words(&one.words, title, text);
            one.tokens.iter().for_each(|token| check_words(&token.words, title, text));
            one.hits.iter().for_each(|hit| check_words(&hit.words, title, text));
            one.lost.iter().for_each(|lost| check_words(&lost.words, title, text));
            one.steps.iter().filter_map(|step| step.on.as_ref()).for_each(|on| check_words(on, title, text));
            let mut out = String::new();
            explain::show::show(&mut out, one);
            assert!(!out.contains(|c: char| c.is_control() && c != '\n'), "{out:?}");
            serde_json::to_string(one).unwrap();
        }
        explain::show::show_given_up(&mut String::new(), &reading.given_up(None));
    });
}

/// That words say what stands there.
fn check_words(words: &Words, title: Option<&str>, text: &str) {
    let field = if words.field == Field::Title { title.unwrap_or_default() } else { text };
    assert_eq!(slice(field, words.start, words.end), words.text);
}

/// The tokens of a text, as a worker reads them.
fn tokens(text: &str, cache: &mut Cache) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(text, &mut Lookup::Read(&pipeline().gazetteers().vocabulary, cache), &mut tokens);
    tokens
}

proptest! {
    #[test]
    fn any_text_holds(text in anything(), title in proptest::option::of(anything())) {
        checked(title.as_deref(), &text);
    }

    #[test]
    fn fragments_hold(text in fragments(), title in proptest::option::of(fragments())) {
        checked(title.as_deref(), &text);
    }

    #[test]
    fn forms_agree(text in prop_oneof![fragments(), anything()]) {
        check_forms(&text);
    }

    /// What a worker remembers of earlier articles changes nothing.
    #[test]
    fn tokens_are_the_same_when_their_words_are_known(
        earlier in prop_oneof![fragments(), anything()],
        text in prop_oneof![fragments(), anything()],
    ) {
        let (mut cache, mut known) = (Cache::default(), Cache::default());
        let fresh = tokens(&text, &mut cache);
        tokens(&earlier, &mut known);
        prop_assert_eq!(&tokens(&text, &mut known), &fresh);
        prop_assert_eq!(&tokens(&text, &mut cache), &fresh);
    }

    #[test]
    fn unseen_characters_change_no_value(text in fragments(), places in unseen()) {
        let text: String = text.nfc().filter(|&c| !fold::is_ignorable(c)).collect();
        let marked = with_unseen(&text, &places);
        check_same(&run(&text), &run(&marked), &marked);
    }

    #[test]
    fn any_place_is_explained(
        text in prop_oneof![fragments(), anything()],
        title in proptest::option::of(anything()),
        start in 0..120usize,
    ) {
        check_explained(title.as_deref(), &text, start);
    }

    #[test]
    fn folding_twice_is_folding_once(word in prop_oneof![anything(), "[oquhklmstvaàáảãạèéẻẽẹyýỳỷỹỵiưƯđĐðÐ’]{1,6}"]) {
        let once = fold::fold(&word);
        prop_assert_eq!(fold::fold(&once), once);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn unseen_characters_change_no_value_of_samples(sample in select(samples()), places in unseen()) {
        let marked = with_unseen(&sample, &places);
        check_same(&run(&sample), &run(&marked), &marked);
    }
}

#[test]
fn threads_do_not_show() {
    let lines = samples().into_iter().chain(pieces().chunks(25).map(|words| words.join(" ")));
    let dump: String = lines.map(|text| format!("{}\n", serde_json::json!({ "text": text }))).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dump.jsonl");
    std::fs::write(&file, dump.repeat(3)).unwrap();
    let out = |threads: &str| {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("vnfacts"));
        command.args(["extract", "--threads", threads]).arg(&file).output().unwrap().stdout
    };
    let alone = out("1");
    assert!(!alone.is_empty());
    assert!(out("3") == alone, "other bytes with three threads");
}
