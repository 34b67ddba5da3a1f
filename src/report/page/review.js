// What the reader said of records: kept in the browser by the hash of the data, saved as a file, and read again.

const SIGNS = { accepted: '✓', rejected: '✗', corrected: '✎' };
const STORE = `vnfacts-verdicts-${data.hash}`;
const verdicts = new Map(keptVerdicts());
const undone = [];

function keptVerdicts() {
  try { return JSON.parse(kept(STORE) ?? '[]'); } catch { return []; }
}

// The same page in another tab has judged something.
addEventListener('storage', ({ key }) => {
  if (key !== STORE) return;
  verdicts.clear();
  for (const [at, verdict] of keptVerdicts()) verdicts.set(at, verdict);
  redraw();
});

// Where a verdict is kept: article and record.
function place(n, r) {
  return `${n}.${r}`;
}

function verdictOf(n, r) {
  return verdicts.get(place(n, r)) ?? null;
}

// Sets a verdict, or takes it away; remembers what stood there.
function judge(n, r, verdict) {
  undone.push([n, r, verdictOf(n, r)]);
  setVerdict(n, r, verdict);
}

function setVerdict(n, r, verdict) {
  if (verdict) verdicts.set(place(n, r), verdict); else verdicts.delete(place(n, r));
  keepVerdicts();
}

let keeping = 0;

// Soon, and once for many.
function keepVerdicts() {
  clearTimeout(keeping);
  keeping = setTimeout(keepNow, 150);
}

function keepNow() {
  clearTimeout(keeping);
  keeping = 0;
  if (!keep(STORE, JSON.stringify([...verdicts]))) announce(t('not_kept'), true);
}

addEventListener('pagehide', () => keeping && keepNow());

// Takes the last verdict back; where it was.
function undo() {
  const last = undone.pop();
  if (!last) return null;
  setVerdict(...last);
  return last;
}

// A line of the file for each article in which anything was judged.
function verdictLines() {
  const touched = new Set([...verdicts.keys()].map((key) => Number(key.split('.')[0])));
  return [...touched].sort((a, b) => a - b).map((n) => {
    const { doc, url, title, published, text, records } = articles[n];
    const judged = records.map((record, r) => {
      const verdict = verdictOf(n, r);
      const said = { ...record, verdict: verdict?.v ?? null };
      return verdict?.c ? { ...said, correction: { ...record, ...verdict.c } } : said;
    });
    return JSON.stringify({ verdicts: 1, doc, url, title, published, text, records: judged }) + '\n';
  });
}

function saveVerdicts() {
  const lines = verdictLines();
  if (!lines.length) return announce(t('nothing_judged'), true);
  const link = el('a', { download: 'verdicts.jsonl' });
  link.href = URL.createObjectURL(new Blob(lines, { type: 'application/jsonl' }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Takes the verdicts of a file for the articles that stand here too.
async function loadVerdicts(file) {
  const known = new Map(articles.map((article) => [article.doc + '\n' + article.text, article]));
  const lines = (await file.text()).split('\n');
  let [loaded, lost] = [0, 0];
  for (const [at, line] of lines.entries()) {
    if (!line.trim()) continue;
    let saved = null;
    try { saved = JSON.parse(line); } catch { /* told below */ }
    if (saved?.verdicts !== 1 || !Array.isArray(saved.records)) return announce(t('bad_file', at + 1), true);
    const article = known.get(saved.doc + '\n' + saved.text);
    const taken = new Set(); // of two records on the same words each gets its own
    for (const said of saved.records.filter((record) => Object.hasOwn(SIGNS, record.verdict))) {
      const r = article ? article.records.findIndex((record, r) => !taken.has(r) && same(record, said)) : -1;
      if (r < 0) { lost += 1; continue; }
      taken.add(r);
      judge(article.n, r, verdictIn(said));
      loaded += 1;
    }
  }
  announce(t('loaded', number(loaded), number(lost)), true);
}

function same(a, b) {
  return ['kind', 'field', 'start', 'end', 'rule'].every((key) => a[key] === b[key]);
}

function verdictIn({ verdict, correction }) {
  const change = {};
  for (const key of correctedKeys(correction?.kind)) if (correction && key in correction) change[key] = correction[key];
  return verdict === 'corrected' && correction ? { v: verdict, c: change } : { v: verdict === 'corrected' ? 'accepted' : verdict };
}

function clearVerdicts() {
  for (const key of [...verdicts.keys()]) judge(...key.split('.').map(Number), null);
}
