// Labels in Vietnamese and English.

const LABELS = {
  vi: {
    skip: 'Đến nội dung', views: 'Các mục', articles: 'Bài', officials: 'Cán bộ', codes: 'Văn bản', awards: 'Khen thưởng',
    search: 'Tìm', search_hint: 'Tìm, không cần dấu', filters: 'Bộ lọc', kinds: 'Loại dữ kiện', more_filters: 'Lọc thêm',
    block: 'Phần của bài', rule: 'Quy tắc', verdict: 'Đánh giá', confidence_to: 'Độ tin cậy đến', with_repeated: 'Cả đoạn in lặp lại',
    reset: 'Bỏ lọc', record: 'Dữ kiện', all: 'Tất cả', keys: 'Phím tắt', close: 'Đóng', theme_light: 'Nền sáng', theme_dark: 'Nền tối',
    other_lang: 'English', official: 'Cán bộ', code: 'Văn bản', date: 'Ngày tháng', count: 'Số liệu', award: 'Khen thưởng',
    pending: 'Chưa xem', accepted: 'Đúng', rejected: 'Sai', corrected: 'Đã sửa', accept: 'Đúng', reject: 'Sai', correct: 'Sửa',
    undo: 'Hoàn tác', next: 'Sau', previous: 'Trước', next_record: 'Dữ kiện sau', previous_record: 'Dữ kiện trước',
    save: 'Lưu đánh giá', load: 'Mở đánh giá', clear: 'Xóa hết', clear_sure: 'Xóa mọi đánh giá trên trang này?',
    hint: 'Chọn một dữ kiện trong bài, hoặc bấm j.', no_articles: 'Không có bài nào khớp.', no_rows: 'Không có dòng nào khớp.',
    undated: 'không rõ ngày', repeated: 'in lặp lại', first_printing: 'lần in đầu', in_index: 'Trong mục lục', words: 'Trong bài',
    person: 'Họ tên', titles: 'Chức vụ', bodies: 'Cơ quan', first: 'Lần đầu', last: 'Lần cuối', canonical: 'Số hiệu', type: 'Loại',
    issuer: 'Nơi ban hành', mentions: 'Lần nhắc', form: 'Hình thức', recipients: 'Người nhận', giver: 'Nơi trao', day: 'Ngày bài',
    number: 'Số', article: 'Bài', name: 'Tên', rank: 'Cấp bậc', value: 'Giá trị', min: 'Từ', max: 'Đến', unit: 'Đơn vị',
    start: 'Từ ký tự', end: 'Đến ký tự', selection: 'Lấy phần đang bôi đen', keep: 'Giữ bản sửa', cancel: 'Thôi', one_a_line: 'mỗi dòng một chức vụ',
    commas: 'cách nhau bằng dấu phẩy', not_in_article: 'Không có trong bài: ', bad_span: 'Khoảng ký tự không hợp lệ.', bad_number: 'Không phải là số: ',
    required: 'Cần điền: ', confidence: 'Độ tin cậy', sentence: 'Câu', page: 'Trang', pages: 'Chuyển trang', first_page: 'Trang đầu', last_page: 'Trang cuối',
    not_kept: 'Trình duyệt này không giữ được đánh giá: hãy lưu ra tệp.', nothing_judged: 'Chưa có đánh giá nào để lưu.',
    namesakes: 'Gộp theo tên: người trùng tên đứng chung một dòng.', correction: 'Bản sửa', escaped: 'ký tự ẩn',
    n_articles: (n) => `${n} bài`, n_records: (n) => `${n} dữ kiện`, n_rows: (n) => `${n} dòng`,
    sampled: (n, of) => `${n} bài chọn ngẫu nhiên trong ${of} bài`, judged: (n, of) => `Đã xem ${n} / ${of}`,
    loaded: (n, lost) => `Đã mở ${n} đánh giá` + (lost !== '0' ? `, ${lost} không thuộc trang này.` : '.'), bad_file: (line) => `Dòng ${line} không phải là đánh giá.`,
    more: (n) => `và ${n} nữa`, filters_on: (n) => `(${n})`, searching: 'Đang tìm…',
  },
  en: {
    skip: 'Skip to content', views: 'Views', articles: 'Articles', officials: 'Officials', codes: 'Documents', awards: 'Awards',
    search: 'Search', search_hint: 'Search, accents not needed', filters: 'Filters', kinds: 'Kinds of record', more_filters: 'More filters',
    block: 'Part of the page', rule: 'Rule', verdict: 'Verdict', confidence_to: 'Confidence up to', with_repeated: 'Also what is printed again',
    reset: 'Clear filters', record: 'Record', all: 'All', keys: 'Keys', close: 'Close', theme_light: 'Light', theme_dark: 'Dark',
    other_lang: 'Tiếng Việt', official: 'Official', code: 'Document', date: 'Date', count: 'Count', award: 'Award',
    pending: 'Not judged', accepted: 'Accepted', rejected: 'Rejected', corrected: 'Corrected', accept: 'Accept', reject: 'Reject', correct: 'Correct',
    undo: 'Undo', next: 'Next', previous: 'Previous', next_record: 'Next record', previous_record: 'Previous record',
    save: 'Save verdicts', load: 'Load verdicts', clear: 'Clear all', clear_sure: 'Clear all verdicts of this page?',
    hint: 'Choose a record in an article, or press j.', no_articles: 'No article fits.', no_rows: 'No row fits.',
    undated: 'no date', repeated: 'printed again', first_printing: 'first printing', in_index: 'In the index', words: 'In the article',
    person: 'Person', titles: 'Titles', bodies: 'Bodies', first: 'First', last: 'Last', canonical: 'Code', type: 'Type',
    issuer: 'Issuer', mentions: 'Mentions', form: 'Award', recipients: 'Recipients', giver: 'Giver', day: 'Published',
    number: 'Count', article: 'Article', name: 'Name', rank: 'Rank', value: 'Value', min: 'Min', max: 'Max', unit: 'Unit',
    start: 'From character', end: 'To character', selection: 'Take the selected words', keep: 'Keep correction', cancel: 'Cancel', one_a_line: 'one title a line',
    commas: 'separated by commas', not_in_article: 'Not in the article: ', bad_span: 'These characters make no span.', bad_number: 'Not a number: ',
    required: 'Needed: ', confidence: 'Confidence', sentence: 'Sentence', page: 'Page', pages: 'Pages', first_page: 'First page', last_page: 'Last page',
    not_kept: 'This browser cannot keep verdicts: save them to a file.', nothing_judged: 'There are no verdicts to save yet.',
    namesakes: 'Grouped by name: namesakes share a row.', correction: 'Correction', escaped: 'hidden character',
    n_articles: (n) => `${n} article${n === '1' ? '' : 's'}`, n_records: (n) => `${n} record${n === '1' ? '' : 's'}`, n_rows: (n) => `${n} row${n === '1' ? '' : 's'}`,
    sampled: (n, of) => `${n} articles chosen at random of ${of}`, judged: (n, of) => `${n} of ${of} judged`,
    loaded: (n, lost) => `${n} verdicts loaded` + (lost !== '0' ? `, ${lost} are of other articles.` : '.'), bad_file: (line) => `Line ${line} holds no verdicts.`,
    more: (n) => `and ${n} more`, filters_on: (n) => `(${n})`, searching: 'Searching…',
  },
};

// Keys and words of the contract of records in Vietnamese; in English they speak for themselves.
const NAMES = {
  name: 'họ tên / tên gọi', person: 'người', honorific: 'xưng hô', rank: 'cấp bậc', degree: 'học hàm, học vị', titles: 'chức vụ',
  canonical: 'số hiệu đầy đủ', number: 'số', year: 'năm', type: 'loại', type_name: 'tên loại', issuer: 'nơi ban hành', issuer_name: 'tên nơi ban hành',
  issued: 'ngày ban hành', value: 'giá trị', grain: 'độ mịn', anchor: 'căn cứ', role: 'vai trò', min: 'từ', max: 'đến', approx: 'áng chừng',
  unit: 'đơn vị', measure: 'loại đơn vị', form: 'hình thức', class: 'hạng', count: 'số lượng', recipients: 'người nhận', giver: 'nơi trao',
  presenter: 'người trao tận tay', codes: 'số hiệu', amount: 'tiền', part_of: 'phần của', text: 'chữ', start: 'từ ký tự', end: 'đến ký tự',
  title: 'tiêu đề', kicker: 'dòng trên tiêu đề', meta: 'dòng tin', lead: 'sa-pô', heading: 'đề mục', paragraph: 'đoạn', caption: 'chú thích ảnh',
  list: 'danh sách', boilerplate: 'khung trang', current: 'đương nhiệm', former: 'nguyên', acting: 'quyền', designate: 'vừa được bầu, bổ nhiệm',
  minute: 'phút', day: 'ngày', month: 'tháng', quarter: 'quý', half: 'nửa năm', interval: 'khoảng', decade: 'thập niên', century: 'thế kỷ',
  explicit: 'viết rõ', published: 'theo ngày đăng', context: 'theo ngày khác trong bài', event: 'sự việc', term: 'nhiệm kỳ',
  about: 'khoảng', over: 'hơn', under: 'dưới', items: 'sự vật', percent: 'phần trăm', money: 'tiền', duration: 'thời lượng', age: 'tuổi',
  area: 'diện tích', length: 'độ dài', mass: 'khối lượng', ratio: 'tỷ lệ', other: 'khác',
};

function named(word) {
  return (lang === 'vi' && NAMES[word]) || String(word).replace('_', ' ');
}

// The keys, in the order in which they are told.
const KEYS = [
  ['j n', 'next_record'], ['k p', 'previous_record'], ['a', 'accept'], ['r', 'reject'], ['e', 'correct'], ['u', 'undo'],
  ['/', 'search'], ['[ ]', 'pages'], ['?', 'keys'],
];

let lang = kept('vnfacts-lang') || (navigator.language.startsWith('vi') ? 'vi' : 'en');

function t(key, ...values) {
  const label = LABELS[lang][key] ?? key;
  return typeof label === 'function' ? label(...values) : label;
}

function number(n) {
  return n.toLocaleString(lang === 'vi' ? 'vi-VN' : 'en-GB');
}

// Puts the labels of the frame into the language.
function label() {
  document.documentElement.lang = lang;
  for (const el of document.querySelectorAll('[data-t]')) el.textContent = t(el.dataset.t);
  for (const el of document.querySelectorAll('[data-label]')) el.setAttribute('aria-label', t(el.dataset.label));
  for (const el of document.querySelectorAll('[data-hint]')) el.placeholder = t(el.dataset.hint);
}

// What the browser keeps; some keep nothing for pages from the file system.
function kept(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function keep(key, value) {
  try { localStorage.setItem(key, value); return true; } catch { return false; }
}
