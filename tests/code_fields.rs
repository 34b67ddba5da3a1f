//! What the records of codes say besides the canonical code.

use vnfacts::article::Article;
use vnfacts::document::Scratch;
use vnfacts::gazetteer::Gazetteers;
use vnfacts::pipeline::Pipeline;
use vnfacts::record::{Code, Fact, Kind};

fn codes(text: &str) -> Vec<Code> {
    let tables = Gazetteers::embedded().unwrap_or_else(|error| panic!("{error}"));
    let pipeline = Pipeline::new(tables, &[Kind::Code]);
    let published = "2019-12-15".parse().ok();
    let article = Article { id: "a".into(), url: None, title: None, published, text: text.into() };
    let records = pipeline.run(&article, &mut Scratch::default());
    let codes = records.into_iter().filter_map(|record| match record.fact {
        Fact::Code(code) => Some(code),
        _ => None,
    });
    codes.collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.into())
}

#[test]
fn the_words_behind_a_code_tell_issuer_date_and_title() {
    let code = &codes(
        "Hội nghị học Nghị quyết số 35-NQ/TW ngày 3-6-2017 của Bộ Chính trị về phát triển kinh tế biển, yêu cầu các xã thi đua.",
    )[0];
    assert_eq!((code.number.as_str(), code.year), ("35", None));
    assert_eq!((code.kind.clone(), code.type_name.clone()), (some("NQ"), some("Nghị quyết")));
    assert_eq!((code.issuer.clone(), code.issuer_name.clone()), (some("TW"), some("Bộ Chính trị")));
    assert_eq!(code.issued, some("2017-06-03"));
    assert_eq!(code.name, some("phát triển kinh tế biển"));
}

#[test]
fn a_title_in_quotes_and_a_date_in_words() {
    let code = &codes(
        "Thông tư số 09/2014/TT-BGDĐT ngày 6 tháng 3 năm 2014 của Bộ Giáo dục và Đào tạo về “Quy chế thi, kiểm tra” còn hiệu lực.",
    )[0];
    assert_eq!((code.year, code.type_name.clone()), (Some(2014), some("Thông tư")));
    assert_eq!(code.issuer_name, some("Bộ Giáo dục và Đào tạo"));
    assert_eq!(code.issued, some("2014-03-06"));
    assert_eq!(code.name, some("Quy chế thi, kiểm tra"));
}

#[test]
fn the_committee_of_a_party_code_comes_from_the_article() {
    let told = codes("Bí thư Thành ủy Hà Nội chủ trì hội nghị về Chương trình số 02-CTr/TU.");
    assert_eq!(told[0].issuer_name, some("Thành ủy Hà Nội"));
    let untold = codes("Hội nghị sơ kết Chương trình số 02-CTr/TU.");
    assert_eq!(untold[0].issuer_name, some("Tỉnh ủy/Thành ủy"));
}

#[test]
fn the_head_word_decides_between_types_of_the_same_letters() {
    let codes = codes("Quy định số 37-QĐ/TW và Quyết định số 38-QĐ/TW cùng năm; thêm Thông tri 05-TT/TU.");
    let names: Vec<_> = codes.iter().map(|code| code.type_name.clone()).collect();
    assert_eq!(names, [some("Quy định"), some("Quyết định"), some("Thông tri")]);
}

#[test]
fn a_short_citation_knows_what_the_full_one_says() {
    let codes = codes("Theo Chỉ thị 16, chợ đóng cửa. Chỉ thị 16/CT-TTg ngày 31-3-2019 về cách ly xã hội.");
    assert_eq!(codes[0].canonical, "16/CT-TTg");
    assert_eq!(codes[0].issued, some("2019-03-31"));
    assert_eq!(codes[0].issuer_name, some("Thủ tướng Chính phủ"));
}

#[test]
fn laws_have_a_type_name_but_no_letters() {
    let codes = codes("Luật Đất đai số 31/2024/QH15 có hiệu lực.");
    assert_eq!((codes[0].kind.clone(), codes[0].year), (None, Some(2024)));
    assert!(codes[0].type_name.as_deref().is_some_and(|name| name.starts_with("Luật")));
    assert_eq!(codes[0].issuer, some("QH15"));
}
