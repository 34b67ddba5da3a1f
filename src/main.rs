//! Arguments in, exit code out.

use vnfacts::article::Article;
use vnfacts::document::Scratch;
use vnfacts::gazetteer::Gazetteers;
use vnfacts::pipeline::Pipeline;

fn main() -> anyhow::Result<()> {
    let pipeline = Pipeline::new(Gazetteers::embedded()?, &[]);
    let mut scratch = Scratch::default();
    let text = std::io::read_to_string(std::io::stdin())?;
    for line in text.lines() {
        let v: serde_json::Value = serde_json::from_str(line)?;
        let id = v["doc"].as_str().or(v["id"].as_str()).unwrap_or("?").to_string();
        let published = v["published"].as_str().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        let article =
            Article { id: id.into(), title: None, published, text: v["text"].as_str().unwrap_or("").into() };
        if std::env::args().nth(1).as_deref() == Some("sentences") {
            pipeline
                .sentences(&article, &mut scratch, |s| println!("{}", serde_json::to_string(&s).unwrap()));
            continue;
        }
        for r in pipeline.run(&article, &mut scratch) {
            println!("{}", serde_json::to_string(&r)?);
        }
    }
    Ok(())
}
