// What is on the screen: articles or an index, filtered, a page at a time; the record that is chosen; keys and links.

const SHOWN = 10;
const state = { view: 'articles', page: 0, query: '', chosen: null, editing: false };
const filter = { kinds: new Set(KINDS), block: '', rule: '', state: '', confidence: 1, repeated: true };
const main = document.getElementById('main');
const panel = document.getElementById('panel');
const byId = (id) => document.getElementById(id);

// Whether a record passes the filters.
function passes(article, r) {
  const head = article.head(r);
  return filter.kinds.has(head.kind)
    && (!filter.block || head.block === filter.block)
    && (!filter.rule || head.rule === filter.rule)
    && head.confidence <= filter.confidence
    && (filter.repeated || !article.repeats(r))
    && (!filter.state || (verdictOf(article.n, r)?.v ?? 'pending') === filter.state);
}

function shownRecords(article) {
  return article.packed.map((_, r) => r).filter((r) => passes(article, r));
}

function filtersOn() {
  const { kinds, block, rule, state, confidence, repeated } = filter;
  return [kinds.size < KINDS.length, block, rule, state, confidence < 1, !repeated].filter(Boolean).length;
}

// The articles that are listed, as numbers; made anew when what they depend on changes.
let listed = articles.map((article) => article.n);
const foldedTexts = [];

function folded(n) {
  const { doc, title, text } = articles[n];
  return (foldedTexts[n] ??= bare([title ?? '', doc, text].join(' \n ')));
}

// Folds the texts while nothing else is to be done, so that the first search is quick.
function foldAhead(n = 0) {
  const until = performance.now() + 12;
  while (n < articles.length && performance.now() < until) folded(n++);
  if (n < articles.length) setTimeout(foldAhead, 4, n);
}

function list() {
  const wanted = bare(state.query);
  const strict = filtersOn() > 0;
  listed = articles.filter((article) => {
    return (!wanted || folded(article.n).includes(wanted)) && (!strict || article.packed.some((_, r) => passes(article, r)));
  }).map((article) => article.n);
}

function draw(open = null) {
  hideTip();
  for (const link of byId('tabs').children) {
    if (link.dataset.view === state.view) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
  }
  byId('filters').hidden = panel.hidden = state.view !== 'articles';
  main.parentElement.classList.toggle('wide', panel.hidden);
  main.replaceChildren();
  if (state.view === 'articles') drawArticles(); else drawIndex(main, state.view, open);
  drawFilters();
  drawPanel();
}

function drawArticles() {
  const pages = Math.max(1, Math.ceil(listed.length / SHOWN));
  state.page = Math.min(state.page, pages - 1);
  main.append(el('h1', { class: 'unseen' }, t('articles')));
  for (const n of listed.slice(state.page * SHOWN, (state.page + 1) * SHOWN)) main.append(articleElement(articles[n]));
  if (!listed.length) main.append(el('p', { class: 'none' }, t('no_articles')));
  main.append(pager(pages));
  for (const element of main.querySelectorAll('.article')) tabbable(element);
  if (state.query) highlight();
}

function articleElement(article) {
  const shown = shownRecords(article);
  const title = el('h2', { class: 'title', lang: 'vi' });
  if (article.title) mark(title, article, 'title', shown); else say(title, article.doc);
  const meta = el('p', { class: 'meta' }, el('time', {}, article.published ?? t('undated')), ' · ');
  if (article.title) say(meta, article.doc + ' · ');
  if (/^https?:\/\//i.test(article.url ?? '')) {
    meta.append(say(el('a', { href: article.url, rel: 'noopener noreferrer', target: '_blank' }), article.url), ' · ');
  } else if (article.url) say(meta, article.url + ' · ');
  meta.append(t('n_records', number(article.packed.length)));
  const text = el('div', { class: 'text', lang: 'vi' });
  mark(text, article, 'text', shown);
  const element = el('article', { class: 'article', 'data-n': article.n, id: `a${article.n}` }, title, meta, text);
  for (const word of element.querySelectorAll('.words')) describe(word, article);
  return element;
}

// What a mark says of its record: to who cannot see it, and by its looks.
function describe(word, article) {
  const r = Number(word.dataset.r);
  const record = article.records[r];
  const verdict = verdictOf(article.n, r)?.v;
  if (word.id) word.setAttribute('aria-label', plain(`${record.text}: ${t(record.kind)}, ${brief(record)}, ${record.rule} ${record.confidence.toFixed(2)}${signOf(article.n, r)}`));
  for (const known of Object.keys(SIGNS)) word.classList.toggle(known, known === verdict);
  word.classList.toggle('chosen', state.chosen?.n === article.n && state.chosen?.r === r);
}

function redescribe(n, r) {
  for (const word of main.querySelectorAll(`#a${n} .words[data-r="${r}"]`)) describe(word, articles[n]);
}

// One mark of each article can be reached with Tab: the chosen one, else the first.
function tabbable(element) {
  const words = [...element.querySelectorAll('.words[role]')];
  const chosen = words.find((word) => word.classList.contains('chosen')) ?? words[0];
  for (const word of words) word.tabIndex = word === chosen ? 0 : -1;
}

// Marks what was searched for, where the browser can do that without changing the page.
function highlight() {
  if (!globalThis.CSS?.highlights) return;
  const wanted = bare(state.query);
  const ranges = wanted ? [...main.querySelectorAll('.article .title, .article .text')].flatMap((field) => rangesOf(field, wanted)) : [];
  CSS.highlights.set('found', new Highlight(...ranges));
}

function rangesOf(root, wanted) {
  let text = '';
  const places = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.data.length; at += 1) {
      let letters = bare(node.data[at]);
      if (!letters && /\s/.test(node.data[at]) && !text.endsWith(' ')) letters = ' ';
      for (let n = 0; n < letters.length; n += 1) places.push([node, at]);
      text += letters;
    }
  }
  const ranges = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const range = new Range();
    range.setStart(...places[at]);
    const [node, last] = places[at + wanted.length - 1];
    range.setEnd(node, last + 1);
    ranges.push(range);
  }
  return ranges;
}

function pager(pages) {
  if (pages < 2) return '';
  const go = (page) => {
    state.page = Math.max(0, Math.min(pages - 1, page));
    draw();
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  };
  const at = el('input', { type: 'number', min: 1, max: pages, value: state.page + 1, 'aria-label': t('page') });
  at.onchange = () => go(Number(at.value) - 1);
  const step = (sign, key, page) => {
    const element = el('button', { type: 'button', 'aria-label': t(key), disabled: page < 0 || page >= pages || page === state.page }, sign);
    element.onclick = () => go(page);
    return element;
  };
  const nav = el('nav', { class: 'pager', 'aria-label': t('pages') }, step('«', 'first_page', 0), step('‹', 'previous', state.page - 1),
    el('label', {}, `${t('page')} `, at, ` / ${number(pages)}`), step('›', 'next', state.page + 1), step('»', 'last_page', pages - 1));
  nav.go = go;
  return nav;
}

// The choice of a record.

function choose(n, r, focus) {
  const before = state.chosen;
  state.chosen = { n, r };
  state.editing = false;
  if (before) {
    redescribe(before.n, before.r);
    const left = byId(`a${before.n}`);
    if (left && before.n !== n) tabbable(left);
  }
  redescribe(n, r);
  const element = byId(`a${n}`);
  if (element) tabbable(element);
  try { history.replaceState(null, '', `#/a/${n}/${r}`); } catch { /* then the link is not kept */ }
  drawPanel();
  if (focus) {
    const word = byId(`m${n}-${r}`);
    word?.focus({ preventScroll: true });
    word?.scrollIntoView({ block: 'center' });
    if (word) showTip(word);
  }
}

// Goes to an article, and to a record if one is given, on whatever page it stands.
function visit(n, r = null) {
  state.view = 'articles';
  const hidden = !listed.includes(n) || (r !== null && !passes(articles[n], r));
  if (hidden) {
    resetFilters();
    list();
  }
  const page = Math.floor(listed.indexOf(n) / SHOWN);
  if (hidden || page !== state.page || !byId(`a${n}`)) {
    state.page = page;
    draw();
  }
  if (r !== null) return choose(n, r, true);
  byId(`a${n}`)?.scrollIntoView();
}

// The next record that is shown, or the previous one.
function step(way) {
  if (state.view !== 'articles' || !listed.length) return;
  let at = state.chosen ? listed.indexOf(state.chosen.n) : -1;
  if (at < 0) {
    at = state.page * SHOWN - (way > 0 ? 1 : 0);
  } else {
    const beside = shownRecords(articles[listed[at]]).filter((r) => (r - state.chosen.r) * way > 0);
    if (beside.length) return visit(listed[at], way > 0 ? beside[0] : beside.at(-1));
  }
  for (at += way; at >= 0 && at < listed.length; at += way) {
    const records = shownRecords(articles[listed[at]]);
    if (records.length) return visit(listed[at], way > 0 ? records[0] : records.at(-1));
  }
}

function give(verdict) {
  if (!state.chosen) return step(1);
  const { n, r } = state.chosen;
  judge(n, r, verdict);
  redescribe(n, r);
  announce(`${t(verdict.v)}. ${progress()}`);
  step(1);
  drawPanel();
}

function takeBack() {
  const last = undo();
  if (!last) return;
  visit(last[0], last[1]);
  redescribe(last[0], last[1]);
  announce(`${t('undo')}. ${progress()}`);
}

function edit() {
  if (!state.chosen) return step(1);
  state.editing = true;
  drawPanel();
  panel.querySelector('.edit input:not([type=number]), .edit textarea')?.focus();
}

// The record that is chosen.

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
      action('accept', 'a', () => give({ v: 'accepted' })), action('reject', 'r', () => give({ v: 'rejected' })), action('correct', 'e', edit), action('undo', 'u', takeBack)),
    el('div', { class: 'row' }, action('previous', 'k', () => step(-1)), action('next', 'j', () => step(1)), indexLink(record, article, r) ?? '')];
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

// Filters and frame.

function drawFilters() {
  byId('kinds').replaceChildren(...KINDS.map((kind) => {
    const chip = el('button', { type: 'button', class: `chip ${kind}`, 'aria-pressed': String(filter.kinds.has(kind)), 'data-kind': kind }, t(kind), el('small', {}, ` ${number(countOf(kind))}`));
    chip.onclick = () => {
      if (!filter.kinds.delete(kind)) filter.kinds.add(kind);
      refilter();
      document.querySelector(`[data-kind="${kind}"]`).focus();
    };
    return chip;
  }));
  const used = (key) => [...new Set(heads.map((head) => head[key]))];
  options('block', BLOCKS.filter((block) => used('block').includes(block)), filter.block, named);
  options('rule', used('rule').sort(), filter.rule);
  options('state', ['pending', ...Object.keys(SIGNS)], filter.state, t);
  byId('confidence').value = filter.confidence;
  byId('repeated').checked = filter.repeated;
  byId('active').textContent = filtersOn() ? t('filters_on', filtersOn()) : '';
}

function options(id, values, chosen, label = (value) => value) {
  byId(id).replaceChildren(...['', ...values].map((value) => el('option', { value, selected: value === chosen }, value ? label(value) : t('all'))));
}

const counts = {};

function countOf(kind) {
  if (!(kind in counts)) counts[kind] = articles.reduce((sum, article) => sum + article.packed.filter((packed) => heads[packed[0]].kind === kind).length, 0);
  return counts[kind];
}

function refilter() {
  state.page = 0;
  list();
  draw();
}

function resetFilters() {
  Object.assign(filter, { kinds: new Set(KINDS), block: '', rule: '', state: '', confidence: 1, repeated: true });
  state.query = byId('search').value = '';
  globalThis.CSS?.highlights?.delete('found');
}

// Says something to who cannot see the page, and shows it for a while if nothing else on the page does.
function announce(words, shown = false) {
  const status = byId('status');
  status.textContent = words;
  status.classList.toggle('unseen', !shown);
  clearTimeout(fading);
  if (shown) fading = setTimeout(() => status.classList.add('unseen'), 6000);
}

let fading = 0;

// Draws everything again where it stands.
function redraw() {
  const [x, y] = [scrollX, scrollY];
  drawFrame();
  draw();
  scrollTo(x, y);
}

function drawFrame() {
  label();
  const count = articles.length < data.of ? t('sampled', number(articles.length), number(data.of)) : t('n_articles', number(articles.length));
  byId('scope').textContent = `${count} · ${t('n_records', number(total))}`;
  byId('lang').textContent = t('other_lang');
  byId('lang').lang = lang === 'vi' ? 'en' : 'vi';
  byId('theme').textContent = t(theme === 'dark' ? 'theme_light' : 'theme_dark');
  document.documentElement.dataset.theme = theme;
  document.title = `vnfacts · ${count}`;
}

const darkly = matchMedia('(prefers-color-scheme: dark)');
let theme = kept('vnfacts-theme') ?? (darkly.matches ? 'dark' : 'light');

darkly.addEventListener('change', () => {
  if (kept('vnfacts-theme')) return;
  theme = darkly.matches ? 'dark' : 'light';
  drawFrame();
});

function drawKeys() {
  const rows = KEYS.map(([keys, key]) => el('tr', {}, el('td', {}, ...keys.split(' ').flatMap((one) => [el('kbd', {}, one), ' '])), el('td', {}, t(key))));
  byId('keys').replaceChildren(el('h2', { id: 'keys-title' }, t('keys')), el('table', {}, el('tbody', {}, ...rows)), button('close', () => byId('keys').close()));
}

// Links, keys, pointers.

function route() {
  const [view, first, second] = location.hash.slice(2).split('/');
  if (view === 'a' && articles[Number(first)]) {
    const r = second === undefined ? null : Number(second);
    return visit(Number(first), r !== null && articles[Number(first)].packed[r] ? r : null);
  }
  const next = Object.hasOwn(INDICES, view) ? view : 'articles';
  const moved = next !== state.view;
  if (moved) state.page = 0;
  state.view = next;
  if (first && next !== 'articles') state.query = byId('search').value = '';
  draw(next !== 'articles' && first ? decoded(first) : null);
  if (!first && moved) scrollTo(0, 0);
}

function decoded(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}

const DOES = {
  j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1),
  a: () => give({ v: 'accepted' }), r: () => give({ v: 'rejected' }), e: edit, u: takeBack,
  '[': () => main.querySelector('.pager')?.go(state.page - 1), ']': () => main.querySelector('.pager')?.go(state.page + 1),
  '/': () => byId('search').focus(), '?': () => byId('help').click(), Escape: hideTip,
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || byId('keys').open) return;
  if (event.target.closest('input, textarea, select') && event.target.type !== 'checkbox') return;
  const act = DOES[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

main.addEventListener('focusin', (event) => {
  const word = event.target.closest('.words[role]');
  if (!word) return hideTip();
  const [n, r] = [Number(word.closest('.article').dataset.n), Number(word.dataset.r)];
  if (state.chosen?.n !== n || state.chosen?.r !== r) choose(n, r, false);
  showTip(word);
});
main.addEventListener('focusout', hideTip);

main.addEventListener('click', (event) => {
  const element = event.target.closest('.mark');
  if (element && getSelection().isCollapsed) byId(`m${element.closest('.article').dataset.n}-${element.dataset.r}`)?.focus({ preventScroll: true });
});
main.addEventListener('pointerover', (event) => {
  const element = event.target.closest('.mark');
  if (element) showTip(element); else showTipAt(document.activeElement);
});
main.addEventListener('pointerleave', () => showTipAt(document.activeElement));
addEventListener('scroll', () => showTipAt(document.activeElement), { passive: true });
addEventListener('hashchange', route);

let typing = 0;
byId('search').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    state.query = byId('search').value;
    globalThis.CSS?.highlights?.delete('found');
    refilter();
    announce(state.view === 'articles' ? t('n_articles', number(listed.length)) : '');
  }, 200);
});
for (const [id, key] of [['block', 'block'], ['rule', 'rule'], ['state', 'state'], ['confidence', 'confidence'], ['repeated', 'repeated']]) {
  byId(id).addEventListener('change', (event) => {
    const { type, checked, value } = event.target;
    filter[key] = type === 'checkbox' ? checked : type === 'number' ? (value === '' ? 1 : Number(value)) : value;
    refilter();
  });
}
byId('reset').onclick = () => {
  resetFilters();
  refilter();
};
byId('skip').onclick = (event) => {
  event.preventDefault();
  main.focus();
};
byId('lang').onclick = () => {
  lang = lang === 'vi' ? 'en' : 'vi';
  keep('vnfacts-lang', lang);
  redraw();
};
byId('theme').onclick = () => {
  theme = theme === 'dark' ? 'light' : 'dark';
  keep('vnfacts-theme', theme);
  drawFrame();
};
byId('help').onclick = () => {
  drawKeys();
  byId('keys').showModal();
};

drawFrame();
route();
setTimeout(foldAhead, 500);
