// The frame: language, looks, links, keys and pointers.

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
