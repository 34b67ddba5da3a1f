// What is on the screen: articles or an index, a page at a time; and the record that is chosen.

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
