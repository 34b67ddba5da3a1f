// The words of records, marked where they stand. Marks nest; one that would cross another is cut in two.

// The spans to mark in a field: of records, and of the titles that belong to them.
function spansOf(article, name, shown) {
  const spans = [];
  for (const r of shown) {
    if (article.head(r).field !== name) continue;
    const record = article.records[r];
    spans.push({ start: record.start, end: record.end, r, part: 'words' });
    for (const title of record.titles ?? []) {
      const own = title.start === record.start && title.end === record.end;
      if (!own && article.fields[name].slice(title.start, title.end) === title.text) {
        spans.push({ start: title.start, end: title.end, r, part: 'post' });
      }
    }
  }
  return spans.filter((span) => span.start < span.end).sort(byPlace);
}

function byPlace(a, b) {
  return a.start - b.start || b.end - a.end || (a.part === b.part ? a.r - b.r : a.part === 'post' ? -1 : 1);
}

// Adds a field to `parent`, its spans marked.
function mark(parent, article, name, shown) {
  const field = article.fields[name];
  const queue = spansOf(article, name, shown).reverse(); // the next one last
  const open = [{ el: parent, end: Infinity }];
  let at = 0;
  const write = (to) => {
    if (to > at) say(open.at(-1).el, field.slice(at, to));
    at = Math.max(at, to);
  };
  const closeTo = (place) => {
    while (open.at(-1).end <= place) {
      write(open.at(-1).end);
      open.pop();
    }
  };
  while (queue.length) {
    const span = queue.pop();
    closeTo(span.start);
    write(span.start);
    const end = Math.min(span.end, open.at(-1).end);
    if (end < span.end) {
      const rest = { ...span, start: end, again: true };
      queue.splice(queue.findLastIndex((other) => byPlace(rest, other) < 0) + 1, 0, rest);
    }
    const element = markOf(article, span);
    open.at(-1).el.append(element);
    open.push({ el: element, end });
  }
  closeTo(field.length);
  write(field.length);
}

function markOf(article, span) {
  const { kind } = article.head(span.r);
  const classes = ['mark', kind, span.part];
  if (article.repeats(span.r)) classes.push('repeats');
  const element = el('span', { class: classes.join(' '), 'data-r': span.r });
  if (span.part === 'words' && !span.again) {
    element.id = `m${article.n}-${span.r}`;
    element.tabIndex = -1;
    element.setAttribute('role', 'group'); // a button would hide the marks within
    element.setAttribute('aria-roledescription', t('record'));
  }
  if (span.again) element.classList.add('again');
  return element;
}

// What a record says, in a line.
function brief(record) {
  switch (record.kind) {
    case 'official': return [record.rank, record.titles.map((title) => title.text).join('; ')].filter(Boolean).join(' · ') || record.name || '';
    case 'code': return [record.canonical, record.type_name, record.issuer_name].filter(Boolean).join(' · ');
    case 'date': return record.value ?? '?';
    case 'count': return [amount(record), record.unit].join(' ');
    case 'award': {
      const whom = [record.count === null ? null : number(record.count), record.recipients].filter(Boolean).join(' ');
      return [[record.form, record.class].filter(Boolean).join(' '), whom && `→ ${whom}`, record.giver && `← ${record.giver}`].filter(Boolean).join(' ');
    }
  }
}

function amount({ value, min, max, approx }) {
  const sign = { about: '~', over: '>', under: '<' }[approx] ?? '';
  if (value !== null) return sign + number(value);
  if (min !== null && max !== null) return `${number(min)}–${number(max)}`;
  return min !== null ? `≥ ${number(min)}` : max !== null ? `≤ ${number(max)}` : '?';
}

// The records whose words hold this element, the innermost first.
function recordsAround(element) {
  const found = [];
  for (let at = element.closest('.mark'); at; at = at.parentElement.closest('.mark')) {
    const r = Number(at.dataset.r);
    if (!found.includes(r)) found.push(r);
  }
  return found;
}

const tip = document.getElementById('tip');

// Shows what the records at an element say, beside it.
function showTip(element) {
  const article = articles[Number(element.closest('.article').dataset.n)];
  tip.replaceChildren(...recordsAround(element).map((r) => {
    const record = article.records[r];
    const line = el('div', { class: 'told' }, el('span', { class: `kind ${record.kind}` }, t(record.kind)), ' ');
    say(line.appendChild(el('b')), brief(record));
    line.append(el('small', {}, ` ${record.rule} · ${record.confidence.toFixed(2)}`, signOf(article.n, r)));
    return line;
  }));
  tip.hidden = false;
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
  const below = box.bottom + 6;
  const top = below + tip.offsetHeight > innerHeight ? box.top - tip.offsetHeight - 6 : below;
  tip.style.left = `${left}px`;
  tip.style.top = `${Math.max(4, top)}px`;
}

// Shows it for a mark that has the focus, else hides it.
function showTipAt(element) {
  if (element?.matches('.words[role]')) showTip(element); else hideTip();
}

function hideTip() {
  tip.hidden = true;
}

function signOf(n, r) {
  const verdict = verdictOf(n, r);
  return verdict ? ` · ${SIGNS[verdict.v]} ${t(verdict.v)}` : '';
}
