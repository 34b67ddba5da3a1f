// The record that is chosen, what can be done with it, and the file of verdicts.

// Keys whose values are words of the contract.
const WORDED = ['grain', 'anchor', 'role', 'approx', 'measure'];
const SHORT = ['doc', 'kind', 'start', 'end', 'field', 'text', 'sentence', 'block', 'rule', 'confidence', 'duplicate_of'];

function drawPanel() {
  const { chosen, editing } = state;
  panel.classList.toggle('empty', !chosen || state.view !== 'articles');
  const parts = chosen && state.view === 'articles' ? recordParts(articles[chosen.n], chosen.r, editing) : [el('p', { class: 'note' }, t('hint'))];
  panel.replaceChildren(...parts, files());
}

function recordParts(article, r, editing) {
  const record = article.records[r];
  const verdict = verdictOf(article.n, r);
  const head = el('p', { class: 'top' }, el('span', { class: `kind ${record.kind}` }, t(record.kind)),
    verdict ? el('span', { class: `verdict ${verdict.v}` }, `${SIGNS[verdict.v]} ${t(verdict.v)}`) : '');
  const words = say(el('p', { class: 'words', lang: 'vi' }), record.text);
  if (editing) {
    return [head, editForm(article, r, (correction) => {
      state.editing = false;
      if (correction) give({ v: 'corrected', c: correction }); else choose(article.n, r, true);
    })];
  }
  const from = el('p', { class: 'note' }, `${record.rule} · ${t('confidence')} ${record.confidence.toFixed(2)} · ${t('sentence')} ${record.sentence} · ${named(record.block)}`);
  if ('duplicate_of' in record) {
    const first = article.records.findIndex((other) => other.start === record.duplicate_of && other.kind === record.kind);
    from.append(' · ', t('repeated'), ' ', first >= 0 ? el('a', { href: `#/a/${article.n}/${first}` }, t('first_printing')) : '');
  }
  return [head, words, facts(record), from, verdict?.c ? correction(verdict.c) : '',
    el('div', { class: 'row verdicts' },
      action('accept', 'a', () => give({ v: 'accepted' })), action('reject', 'r', () => give({ v: 'rejected' })), action('correct', 'e', edit)),
    el('div', { class: 'row' }, action('previous', 'k', () => step(-1)), action('next', 'j', () => step(1)), action('undo', 'u', takeBack), indexLink(record, article, r) ?? '')];
}

function action(key, letter, act) {
  const element = button(key, act, { 'aria-keyshortcuts': letter, class: `do-${key}` });
  element.append(' ', el('kbd', { 'aria-hidden': 'true' }, letter));
  return element;
}

// The keys of a kind with their values; those that say nothing are left out.
function facts(record) {
  const list = el('dl', { lang: 'vi' });
  const order = Object.keys(NAMES);
  const entries = Object.entries(record).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  for (const [key, value] of entries) {
    if (SHORT.includes(key) || value === null || (Array.isArray(value) && !value.length)) continue;
    list.append(el('dt', { lang, title: key }, named(key)));
    for (const one of [value].flat()) say(list.appendChild(el('dd')), told(one, key));
  }
  return list;
}

function told(value, key) {
  if (typeof value === 'number') return key === 'year' ? String(value) : number(value);
  if (typeof value !== 'object') return WORDED.includes(key) ? named(value) : value;
  if ('text' in value) return `${value.text} — ${[value.role, value.org, value.place, named(value.status), ...(value.codes ?? [])].filter(Boolean).join(' · ')}`;
  return Object.values(value).join(' ');
}

function correction(change) {
  const box = el('div', { class: 'correction' }, el('h3', {}, t('correction')));
  box.append(say(el('p', { class: 'words', lang: 'vi' }), change.text), facts(change));
  return box;
}

function progress() {
  return t('judged', number(verdicts.size), number(total));
}

const total = articles.reduce((sum, article) => sum + article.packed.length, 0);

// The file of verdicts.
function files() {
  const file = el('input', { type: 'file', accept: '.jsonl,.ndjson,.json', class: 'unseen', id: 'file', tabindex: -1, 'aria-label': t('load') });
  file.onchange = async () => {
    if (file.files[0]) await loadVerdicts(file.files[0]);
    redraw();
  };
  const clear = button('clear', () => {
    if (!confirm(t('clear_sure'))) return;
    clearVerdicts();
    redraw();
  }, { disabled: verdicts.size === 0 });
  const bar = el('progress', { max: total || 1, value: verdicts.size, 'aria-label': progress() });
  return el('div', { class: 'files' }, el('p', {}, el('span', { id: 'progress' }, progress()), bar),
    el('div', { class: 'row' }, button('save', saveVerdicts, { id: 'save' }), button('load', () => file.click(), { id: 'load' }), clear, file));
}
