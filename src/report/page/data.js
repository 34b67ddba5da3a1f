// The data: articles and their records, unpacked when they are looked at (see pack.rs). Offsets are code points, while
// strings here count UTF-16 units: `units` says where a code point stands.

const source = document.getElementById('data');
const data = JSON.parse(source.textContent);
source.remove();

const heads = data.heads.map((head) => {
  const [kind, field, block, rule, confidence] = JSON.parse(head);
  return { kind, field, block, rule, confidence: Number(confidence) };
});
const shapes = data.shapes.map((shape) => (shape === '' ? [] : shape.split(' ').map((key) => key.split(':'))));
const repeats = shapes.map((shape) => shape.some(([key]) => key === 'duplicate_of'));

const FIRST = ['doc', 'kind', 'start', 'end', 'field', 'text', 'sentence', 'block', 'rule', 'confidence', 'duplicate_of'];
const KINDS = ['official', 'code', 'date', 'count', 'award'];
const BLOCKS = ['title', 'kicker', 'meta', 'lead', 'heading', 'paragraph', 'caption', 'list', 'boilerplate'];

// A string that is sliced by code points.
class Field {
  constructor(text) {
    this.text = text;
    this.units = null;
    if (/[\ud800-\udbff]/.test(text)) {
      this.units = [];
      for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) this.units.push(at);
      this.units.push(text.length);
    }
    this.length = this.units ? this.units.length - 1 : text.length;
  }

  slice(start, end) {
    return this.units ? this.text.slice(this.units[start], this.units[end]) : this.text.slice(start, end);
  }

  // The code point that stands at a UTF-16 unit.
  point(unit) {
    if (!this.units) return unit;
    let [low, high] = [0, this.units.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.units[middle] < unit) low = middle + 1; else high = middle;
    }
    return low;
  }
}

class Article {
  constructor([doc, url, title, published, text, packed], n) {
    Object.assign(this, { doc, url, title, published, text, packed, n });
    this.cache = null;
    this.cachedFields = null;
  }

  get fields() {
    return (this.cachedFields ??= { text: new Field(this.text), title: new Field(this.title ?? '') });
  }

  get records() {
    return (this.cache ??= this.packed.map((packed) => this.unpack(packed)));
  }

  head(r) {
    return heads[this.packed[r][0]];
  }

  repeats(r) {
    return repeats[this.packed[r][1]];
  }

  unpack(packed) {
    const head = heads[packed[0]];
    const facts = object(packed, 1, this.fields[head.field]);
    const all = { doc: this.doc, ...head, ...facts };
    const record = {};
    for (const key of FIRST) if (key in all) record[key] = all[key];
    return Object.assign(record, all);
  }

  // Forgets what can be unpacked again.
  rest() {
    this.cache = this.cachedFields = null;
  }
}

function object(packed, at, field) {
  const out = {};
  let sliced = false;
  for (const [key, type] of shapes[packed[at++]]) {
    switch (type) {
      case '0': out[key] = null; break;
      case 't': out[key] = null; sliced = true; break;
      case 'n': out[key] = packed[at++]; break;
      case 's': out[key] = data.strings[packed[at++]]; break;
      case 'o': out[key] = object(packed[at++], 0, field); break;
      case 'S': out[key] = packed[at++].map((n) => data.strings[n]); break;
      case 'O': out[key] = packed[at++].map((inner) => object(inner, 0, field)); break;
    }
  }
  if (sliced) out.text = field.slice(out.start, out.end);
  return out;
}

const articles = data.articles.map((article, n) => new Article(article, n));
data.articles = null;

// What is searched by: no case, no accents, single spaces, `d` for `đ`; what `text::fold::bare` does.
function bare(text) {
  return text.normalize('NFKD').toLowerCase().normalize('NFD').replace(IGNORED, '').replace(/[đðɖ]/g, 'd')
    .replace(/[\u2019\u02bc\u02c8]/g, "'").replace(/\s+/g, ' ').trim();
}

const IGNORED = /[\p{M}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;

// What may be hidden, or turn the direction of what stands behind it: shown by its number.
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

function numbered(c) {
  return 'U+' + c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
}

// Text from articles for places that take no elements.
function plain(text) {
  return String(text).replace(HIDDEN, numbered);
}

// Adds text from articles to an element.
function say(parent, text) {
  let at = 0;
  for (const hit of text.matchAll(HIDDEN)) {
    parent.append(text.slice(at, hit.index));
    const sign = el('span', { class: 'escaped', title: t('escaped'), 'data-c': hit[0] }, numbered(hit[0]));
    parent.append(sign);
    at = hit.index + hit[0].length;
  }
  parent.append(text.slice(at));
  return parent;
}

// An element with attributes and children; strings become text.
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}
