//! What the targets have in common: what must hold whatever is read.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;
use vnfacts::article::Article;
use vnfacts::document::Scratch;
use vnfacts::gazetteer::Gazetteers;
use vnfacts::input::decode::{self, Event};
use vnfacts::input::kind::Kind;
use vnfacts::input::reader::Reader;
use vnfacts::input::{Item, Settings};
use vnfacts::pipeline::Pipeline;
use vnfacts::record::{Field, Record};

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new(Gazetteers::embedded().expect("the embedded tables are sound"), &[]));

/// Extracts, and checks that every record points at its words, that its line parses, and that a second run says the
/// same.
pub fn check(article: &Article<'_>) {
    let mut scratch = Scratch::default();
    let records = PIPELINE.run(article, &mut scratch);
    for record in &records {
        let field = match record.field {
            Field::Title => article.title.as_deref().expect("a record of a title that there is not"),
            Field::Text => &article.text,
        };
        let slice: String = field.chars().skip(record.start).take(record.end - record.start).collect();
        assert_eq!(slice, record.text, "{record:?}");
        let line = serde_json::to_string(record).expect("a record is JSON");
        let _: Record = serde_json::from_str(&line).expect("a record is read back");
    }
    assert_eq!(PIPELINE.run(article, &mut scratch), records, "the same article, the same records");
}

/// Reads `data` as `vnfacts extract --input-format` does with a file, and checks every article.
#[allow(dead_code)] // not every target reads files
pub fn check_bytes(data: &[u8], kind: Kind) {
    static FILE: LazyLock<PathBuf> =
        LazyLock::new(|| std::env::temp_dir().join(format!("vnfacts-fuzz-{}", std::process::id())));
    std::fs::write(&*FILE, data).expect("the folder for temporary files can be written");
    let settings = Settings { kind: Some(kind), ..Settings::default() };
    for item in Reader::new(vec![FILE.clone()], settings.clone()) {
        let Item::Piece(piece) = item else { continue };
        let _ = decode::articles(&piece, &settings, |event| {
            if let Event::Article(article, ..) = event {
                check(&article);
            }
            ControlFlow::Continue(())
        });
    }
}
