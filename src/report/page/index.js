// The indices: officials, codes and awards of all articles, each row with links to its words.

const ROWS = 50;
const LINKS = 100;

// An index: its rows, made once when it is first looked at; and its columns.
const INDICES = {
  officials: {
    make: officialRows,
    columns: [
      ['person', (row) => row.name], ['titles', (row) => most(row.titles)], ['bodies', (row) => most(row.bodies)],
      ['articles', (row) => row.articles.size], ['first', (row) => row.first], ['last', (row) => row.last],
    ],
    note: 'namesakes',
  },
  codes: {
    make: codeRows,
    columns: [
      ['canonical', (row) => row.name], ['type', (row) => row.type], ['issuer', (row) => most(row.issuers)],
      ['name', (row) => most(row.names)], ['mentions', (row) => row.mentions.length], ['articles', (row) => row.articles.size],
    ],
  },
  awards: {
    make: awardRows,
    columns: [
      ['form', (row) => row.name], ['number', (row) => row.count], ['recipients', (row) => row.recipients],
      ['giver', (row) => row.giver], ['day', (row) => row.first],
    ],
  },
};

const sorted = { officials: ['articles', -1], codes: ['mentions', -1], awards: ['day', 1] };

function rowsOf(view) {
  const index = INDICES[view];
  if (!index.rows) {
    index.rows = index.make();
    for (const row of index.rows) row.folded = bare(index.columns.map(([, get]) => [get(row)].flat().join(' ')).join(' ') + ' ' + (row.more ?? ''));
  }
  return index.rows;
}

// Calls `act` with every record of a kind.
function eachOf(kind, act) {
  for (const article of articles) {
    const fresh = article.cache === null;
    article.packed.forEach((packed, r) => {
      if (heads[packed[0]].kind === kind) act(article, r, fresh ? article.unpack(packed) : article.records[r]);
    });
    if (fresh) article.rest();
  }
}

function newRow(key, name) {
  return { key, name, articles: new Set(), mentions: [], first: null, last: null };
}

function mention(row, article, r) {
  row.articles.add(article.n);
  row.mentions.push([article.n, r]);
  const day = article.published;
  if (!day) return;
  if (!row.first || day < row.first) row.first = day;
  if (!row.last || day > row.last) row.last = day;
}

function add(map, value) {
  if (value) map.set(value, (map.get(value) ?? 0) + 1);
}

// The values of a count by value, the most frequent first.
function most(map) {
  return [...map].sort((a, b) => b[1] - a[1]).map(([value]) => value);
}

// By name over all articles; within an article by person, under the longest name.
function officialRows() {
  const people = new Map();
  eachOf('official', (article, r, record) => {
    const id = `${article.n} ${record.person ?? bare(record.name ?? '')}`;
    if (!record.person && !record.name) return;
    const person = people.get(id) ?? { name: '', records: [] };
    people.set(id, person);
    if ((record.name ?? '').length > person.name.length) person.name = record.name;
    person.records.push([article, r, record]);
  });
  const rows = new Map();
  for (const { name, records } of people.values()) {
    const key = bare(name);
    if (!key) continue;
    const row = rows.get(key) ?? Object.assign(newRow(key, name), { titles: new Map(), bodies: new Map() });
    rows.set(key, row);
    for (const [article, r, record] of records) {
      mention(row, article, r);
      for (const title of record.titles) {
        add(row.titles, title.text);
        add(row.bodies, title.org);
      }
    }
  }
  return [...rows.values()];
}

function codeRows() {
  const rows = new Map();
  eachOf('code', (article, r, record) => {
    const key = record.canonical;
    const row = rows.get(key) ?? Object.assign(newRow(key, key), { type: null, issuers: new Map(), names: new Map() });
    rows.set(key, row);
    row.type ??= record.type_name ?? record.type;
    add(row.issuers, record.issuer_name ?? record.issuer);
    add(row.names, record.name);
    mention(row, article, r);
  });
  return [...rows.values()];
}

function awardRows() {
  const rows = [];
  eachOf('award', (article, r, record) => {
    const name = [record.form ?? record.text, record.class].filter(Boolean).join(' ');
    const { count, recipients, giver } = record;
    const row = Object.assign(newRow(place(article.n, r), name), { count, recipients, giver, more: record.codes.join(' ') });
    mention(row, article, r);
    rows.push(row);
  });
  return rows;
}

// The row of a record in its index, as a link; none for kinds without an index.
function indexLink(record, article, r) {
  const view = { official: 'officials', code: 'codes', award: 'awards' }[record.kind];
  if (!view) return null;
  const row = rowsOf(view).find((row) => row.mentions.some(([n, m]) => n === article.n && m === r));
  return row ? el('a', { href: `#/${view}/${encodeURIComponent(row.key)}` }, t('in_index')) : null;
}

function compare(a, b, way) {
  if (a === b) return 0;
  if (a === null || a === undefined || a === '') return 1;
  if (b === null || b === undefined || b === '') return -1;
  return way * (typeof a === 'number' ? a - b : String(a).localeCompare(String(b), 'vi'));
}

function drawIndex(main, view, open) {
  const index = INDICES[view];
  const [by, way] = sorted[view];
  const get = index.columns.find(([key]) => key === by)[1];
  const wanted = bare(state.query);
  const value = (row) => [get(row)].flat()[0];
  const rows = rowsOf(view).filter((row) => row.folded.includes(wanted)).sort((a, b) => compare(value(a), value(b), way));
  if (open !== null) state.page = Math.max(0, Math.floor(rows.findIndex((row) => row.key === open) / ROWS));
  const pages = Math.max(1, Math.ceil(rows.length / ROWS));
  state.page = Math.min(state.page, pages - 1);
  const body = el('tbody', {}, ...rows.slice(state.page * ROWS, (state.page + 1) * ROWS).flatMap((row) => rowLines(row, index, row.key === open)));
  main.append(
    el('h1', {}, t(view), ' ', el('small', {}, t('n_rows', number(rows.length)))),
    index.note ? el('p', { class: 'note' }, t(index.note)) : '',
    rows.length ? el('table', { class: view }, el('thead', {}, el('tr', {}, ...index.columns.map(([key]) => header(view, key)))), body) : el('p', { class: 'none' }, t('no_rows')),
    pager(pages),
  );
  document.getElementById('open')?.scrollIntoView({ block: 'center' });
}

function header(view, key) {
  const [by, way] = sorted[view];
  const sort = el('button', { type: 'button' }, t(key), by === key ? (way > 0 ? ' ▲' : ' ▼') : '');
  sort.onclick = () => {
    sorted[view] = [key, by === key ? -way : 1];
    state.page = 0;
    draw();
    document.querySelector(`th[data-key="${key}"] button`).focus();
  };
  return el('th', { scope: 'col', 'data-key': key, 'aria-sort': by === key ? (way > 0 ? 'ascending' : 'descending') : null }, sort);
}

// The line of a row, and the line with its links, which opens below.
function rowLines(row, index, open) {
  const below = el('tr', { class: 'below', hidden: !open }, el('td', { colspan: index.columns.length }));
  const fill = () => below.firstChild.childElementCount || below.firstChild.append(linksOf(row));
  const toggle = el('button', { type: 'button', class: 'toggle', 'aria-expanded': String(open), id: open ? 'open' : null });
  toggle.onclick = () => {
    below.hidden = !below.hidden;
    toggle.setAttribute('aria-expanded', String(!below.hidden));
    fill();
  };
  if (open) fill();
  const cells = index.columns.map(([key, get], n) => {
    const cell = el('td', { 'data-label': t(key), lang: 'vi' });
    if (n > 0) return cellOf(cell, get(row));
    cell.append(say(toggle, row.name));
    return cell;
  });
  return [el('tr', {}, ...cells), below];
}

function cellOf(cell, value) {
  const values = [value].flat().filter((one) => one !== null && one !== undefined && one !== '');
  if (typeof values[0] === 'number') cell.className = 'number';
  if (/^\d{4}-\d\d-\d\d$/.test(values[0])) cell.className = 'day';
  values.slice(0, 3).forEach((one) => say(cell.appendChild(el('div')), typeof one === 'number' ? number(one) : one));
  if (values.length > 3) cell.append(el('small', {}, t('more', number(values.length - 3))));
  return cell;
}

function linksOf(row) {
  const list = el('ul', { class: 'mentions', 'aria-label': t('words') });
  addLinks(list, row.mentions);
  return list;
}

function addLinks(list, mentions) {
  list.append(...mentions.slice(0, LINKS).map(([n, r]) => {
    const article = articles[n];
    const record = article.records[r];
    const link = el('a', { href: `#/a/${n}/${r}`, class: 'mention' }, el('time', {}, article.published ?? t('undated')), ' ');
    context(link, article, record);
    link.append(el('small', {}, ` ${plain(article.title ?? article.doc)}`));
    return el('li', { lang: 'vi' }, link);
  }));
  if (mentions.length <= LINKS) return;
  const more = el('button', { type: 'button' }, t('more', number(mentions.length - LINKS)));
  more.onclick = () => {
    more.parentElement.remove();
    addLinks(list, mentions.slice(LINKS));
  };
  list.append(el('li', {}, more));
}

// The words of a record with some of what stands around them.
function context(parent, article, record) {
  const AROUND = 40;
  const field = article.fields[record.field];
  const [from, to] = [Math.max(0, record.start - AROUND), Math.min(field.length, record.end + AROUND)];
  say(parent, (from > 0 ? '…' : '') + field.slice(from, record.start));
  say(parent.appendChild(el('b')), record.text);
  say(parent, field.slice(record.end, to) + (to < field.length ? '…' : ''));
}
