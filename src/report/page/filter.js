// Which articles and records are shown: filters and search.

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
