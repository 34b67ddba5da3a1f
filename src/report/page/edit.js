// The form that corrects a record: its span, and the values that gold is compared by.

const EDITED = {
  official: [['name', 'text'], ['rank', 'text'], ['titles', 'titles']],
  code: [['canonical', 'needed']],
  date: [['value', 'text']],
  count: [['value', 'number'], ['min', 'number'], ['max', 'number'], ['unit', 'needed']],
  award: [['form', 'text'], ['count', 'number'], ['recipients', 'text'], ['giver', 'text'], ['codes', 'list']],
};

// The keys of a record that a correction may change.
function correctedKeys(kind) {
  return ['start', 'end', 'text', ...(EDITED[kind] ?? []).map(([key]) => key)];
}

// How the values of a key are written into a field, and read out of it.
const WAYS = {
  text: { write: (value) => value ?? '', read: (text) => text.trim() || null },
  needed: {
    write: (value) => value ?? '',
    read: (text, key) => text.trim() || fail(t('required') + t(key)),
  },
  number: {
    write: (value) => value ?? '',
    read: (text) => {
      if (!text.trim()) return null;
      const value = Number(text.trim());
      return Number.isFinite(value) ? value : fail(t('bad_number') + text.trim());
    },
  },
  list: { write: (value) => value.join(', '), read: (text) => text.split(',').map((one) => one.trim()).filter(Boolean) },
  titles: { write: (value) => value.map((title) => title.text).join('\n'), read: readTitles },
};

function fail(why) {
  throw new Error(why);
}

// Titles a line: those that were there as they were, others where their words stand nearest to the record.
function readTitles(text, _, record, field) {
  return text.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
    const known = record.titles.find((title) => title.text === line);
    if (known) return known;
    const start = nearest(field, line, record.start);
    if (start === null) fail(t('not_in_article') + plain(line));
    const end = start + [...line].length;
    return { text: line, start, end, role: line, org: null, place: null, status: 'current', codes: [] };
  });
}

function nearest(field, words, from) {
  let best = null;
  for (let at = field.text.indexOf(words); at >= 0; at = field.text.indexOf(words, at + 1)) {
    const point = field.point(at);
    if (best === null || Math.abs(point - from) < Math.abs(best - from)) best = point;
  }
  return best;
}

// The form for a record. `done` gets the correction, or null if none is wanted.
function editForm(article, r, done) {
  const record = { ...article.records[r], ...verdictOf(article.n, r)?.c };
  const field = article.fields[record.field];
  const words = el('output', { class: 'words', lang: 'vi' });
  const fault = el('p', { class: 'fault', role: 'alert' });
  const [start, end] = ['start', 'end'].map((key) => {
    return el('input', { type: 'number', name: key, min: 0, max: field.length, step: 1, value: record[key], required: true });
  });
  const draw = () => {
    words.replaceChildren();
    say(words, field.slice(Number(start.value), Number(end.value)) || '…');
  };
  start.oninput = end.oninput = draw;
  const inputs = EDITED[record.kind].map(([key, way]) => {
    const input = el(way === 'titles' ? 'textarea' : 'input', { name: key, lang: 'vi', spellcheck: 'false', rows: way === 'titles' ? 3 : null });
    input.value = WAYS[way].write(record[key]);
    return { key, way, input };
  });
  const form = el('form', { class: 'edit' }, words,
    el('div', { class: 'pair' }, labelled('start', start), labelled('end', end)),
    button('selection', () => takeSelection(article, record.field, field, start, end, draw)),
    ...inputs.map(({ key, way, input }) => labelled(key, input, { titles: 'one_a_line', list: 'commas' }[way])),
    fault,
    el('div', { class: 'row' }, el('button', { class: 'strong' }, t('keep')), button('cancel', () => done(null))));
  form.onsubmit = (event) => {
    event.preventDefault();
    try {
      done(read(record, field, Number(start.value), Number(end.value), inputs));
    } catch (error) {
      fault.textContent = error.message;
    }
  };
  form.onkeydown = (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    done(null);
  };
  draw();
  return form;
}

function read(record, field, start, end, inputs) {
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || start >= end || end > field.length) fail(t('bad_span'));
  const correction = { start, end, text: field.slice(start, end) };
  const moved = { ...record, start };
  for (const { key, way, input } of inputs) correction[key] = WAYS[way].read(input.value, key, moved, field);
  return correction;
}

// The words that are selected in the same field of the article become the span.
function takeSelection(article, name, field, start, end, draw) {
  const root = document.querySelector(`.article[data-n="${article.n}"] .${name}`);
  const selection = getSelection();
  if (!root || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (range.collapsed || !root.contains(range.commonAncestorContainer)) return;
  const before = el('div');
  const lead = document.createRange();
  lead.selectNodeContents(root);
  lead.setEnd(range.startContainer, range.startOffset);
  before.append(lead.cloneContents());
  const inside = el('div', {}, range.cloneContents());
  start.value = [...original(before)].length;
  end.value = Number(start.value) + [...original(inside)].length;
  draw();
}

// The text that an element shows, with hidden characters as they were.
function original(element) {
  for (const sign of element.querySelectorAll('.escaped')) sign.textContent = sign.dataset.c;
  return element.textContent;
}

function labelled(key, input, hint) {
  return el('label', {}, el('span', {}, t(key), hint ? el('small', {}, ` ${t(hint)}`) : null), input);
}

function button(key, act, attributes = {}) {
  const element = el('button', { type: 'button', ...attributes }, t(key));
  element.onclick = act;
  return element;
}
