//! Keywords: the closed-class words that rules are written with (`ngày`, `và`, `từ` …). Words that a domain expert
//! might want to change stand in `gazetteers/`, not here.

use super::vocabulary::Word;

/// The number of the first keyword; smaller numbers are ASCII marks.
pub const FIRST: u32 = 128;

macro_rules! keywords {
    ($($name:ident $word:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Index { $($name),* }
        /// All keywords in the order of their numbers, folded.
        pub const KEYWORDS: &[&str] = &[$($word),*];
        $(#[doc = concat!("`", $word, "`")] pub const $name: Word = Word(FIRST + Index::$name as u32);)*
    };
}

keywords! {
    ELLIPSIS "…"
    BULLET "•"
    // joints
    VA "và"
    VOI "với"
    CUNG "cùng"
    HOAC "hoặc"
    KIEM "kiêm"
    LA "là"
    CUA "của"
    TAI "tại"
    TU "từ"
    DEN "đến"
    TOI "tới"
    CHO "cho"
    VE "về"
    THEO "theo"
    DO "do"
    DUOC "được"
    CAC "các"
    NHUNG "những"
    SO "số"
    THU "thứ"
    LAN "lần"
    // calendar
    NGAY "ngày"
    THANG "tháng"
    NAM "năm"
    // stamps
    H "h"
    G "g"
    GIO "giờ"
    PHUT "phút"
    LUC "lúc"
    GMT "gmt"
    CHU "chủ"
    NHAT "nhật"
    HAI "hai"
    BA "ba"
    TUW "tư"
    SAU "sáu"
    BAY "bảy"
    CAP "cập"
    DANG "đăng"
    XUAT "xuất"
    BAN "bản"
    RA "ra"
    // page and sentences
    DANG_PARTY "đảng"
    DIEU "điều"
    CHUONG "chương"
    MUC "mục"
    PHAN "phần"
    KHOAN "khoản"
    CAU "câu"
    BAI "bài"
    ANH_PHOTO "ảnh"
    LOAI "loại"
    NHOM "nhóm"
    HANG "hạng"
    LOP "lớp"
    BANG "bảng"
    KHOI "khối"
    DO_DEGREE "độ"
    VITAMIN "vitamin"
    // counts
    K "k"
    TR "tr"
    MUOI "mười"
    CHUC "chục"
    RUOI "rưỡi"
    MOT "một"
    MOT_UNIT "mốt"
    LAM "lăm"
    NHAM "nhăm"
    TAM "tám"
    CHIN "chín"
    KHONG "không"
    TUOI "tuổi"
    NUA "nửa"
    CA "cả"
    TRAM "trăm"
    NGHIN "nghìn"
    NGAN "ngàn"
    VAN "vạn"
    TRIEU "triệu"
    TY "tỉ"
    // names
    VAN_NAME "văn"
    THI "thị"
    DE "de"
    VAN_SMALL "van"
    VON "von"
    BIN "bin"
    AL "al"
    DER "der"
    DEL "del"
    DA_SMALL "da"
    BINTI "binti"
    // posts
    KHOA "khóa"
    PHU "phụ"
    TRACH "trách"
    ONG "ông"
    BAF "bà"
    SN "sn"
    SINH "sinh"
    THAY "thay"
    // dates
    HOM "hôm"
    QUI "quí"
    DAU "đầu"
    CUOI "cuối"
    HET "hết"
    TRUOC "trước"
    DO_ "đó"
    TET "tết"
    TUAN "tuần"
    KHI "khi"
    VAO "vào"
}
