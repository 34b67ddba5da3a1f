//! The rules by name, each with what it finds and an example.

use crate::extract::Rule;

macro_rules! rules {
    ($($id:ident $name:literal $finds:literal $example:literal)*) => {
        $(pub const $id: &str = $name;)*
        /// All rules.
        pub const RULES: &[Rule] = &[$(Rule { name: $name, finds: $finds, example: $example }),*];
    };
}

rules! {
    STAMP "date.stamp" "the page's own publication stamp"
        "Cập nhật: [15/12/2019 07:50]"
    DAY "date.day" "a day in figures or words behind its hour, part of day, weekday or `ngày`"
        "[Sáng 14-11], đoàn công tác lên đường."
    FULL_DAY "date.full-day" "day, month and year that no word introduces" "Hội được lập ([24/6/1967]) tại Huế."
    BARE_DAY "date.bare-day" "day and month that no word introduces, where nothing speaks for a score or a ratio"
        "Quy định được áp dụng từ [15/4]."
    DAY_LIST "date.day-list" "days that borrow the month of the last one in their list"
        "Lễ hội diễn ra [ngày 14] và 15-11."
    DAY_ALONE "date.day-alone" "a day whose month is not written or is named by `tháng này`"
        "Đoàn sẽ đến vào [ngày 20 tháng này]."
    DAYS "date.days" "a range of days" "Hội chợ mở cửa [từ 14 đến 16-11]."
    RELATIVE "date.relative" "a word that leans on the publication" "[Hôm nay], trường khai giảng."
    SAME_DAY "date.same-day" "a word that leans on the day named before" "Sáng 14-11 trời mưa; [cùng ngày], nước rút."
    SAME_PERIOD "date.same-period" "a word that leans on the month or year named before"
        "Ông nhận việc năm 2012 và nghỉ [cùng năm]."
    WEEKDAY "date.weekday" "a weekday without figures" "Phiên họp dời sang [thứ Ba tuần tới]."
    LUNAR "date.lunar" "a day of the lunar calendar" "Làng mở hội [mùng 6 tháng Giêng]."
    FEAST "date.feast" "a feast by its name" "Chợ nghỉ đến [Tết Nguyên đán 2020]."
    LUNAR_YEAR "date.lunar-year" "a year by its name in the cycle of sixty" "Ông sinh [năm Canh Tý]."
    MONTH "date.month" "a month" "Cầu khánh thành [tháng 11/2018]."
    MONTH_RANGE "date.month-range" "a range of months" "Rừng cấm vào [từ tháng 5 đến tháng 9/2019]."
    MONTHS "date.months" "a half or other part of a year in months" "Thu ngân sách [6 tháng đầu năm 2019] tăng."
    QUARTER "date.quarter" "a quarter" "Báo cáo [quý III/2019] chưa nộp."
    YEAR "date.year" "a year behind `năm`" "Chợ được xây [năm 1998]."
    BARE_YEAR "date.bare-year" "a year that no word introduces" "Giải chạy Sông Lam [2018] đã bế mạc."
    YEARS "date.years" "a range of years" "Kế hoạch [giai đoạn 2016 - 2020] đã xong."
    TERM "date.term" "the years of a term of office" "Ban chấp hành [nhiệm kỳ 2015-2020] họp."
    SCHOOL_YEAR "date.school-year" "a school year" "Trường tổng kết [năm học 2016-2017]."
    DECADE "date.decade" "ten years" "Nhạc [thập niên 90] trở lại."
    CENTURY "date.century" "a hundred years" "Chùa dựng từ [thế kỷ XIX]."
}
