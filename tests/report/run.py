"""Opens pages of `vnfacts report` in a real Chromium and uses them as a reader would.

    python tests/report/run.py VNFACTS CHROMIUM             the checks; exit code 1 where one fails
    python tests/report/run.py VNFACTS CHROMIUM --large F   also opens a page of the records in F, and tells how long that takes
    python tests/report/run.py VNFACTS CHROMIUM --shots D   also draws screenshots into D

Needs the package of requirements.txt; a page is a file, and no network is asked for anything: that is one of the checks.
"""

import argparse
import json
import pathlib
import re
import tempfile
import time

import jsonschema
import referencing
from playwright.sync_api import sync_playwright
from reader import HIDDEN, Reader, Tool, bare, until

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"

# The marked words of each record of the articles on the screen, as they stand in the article.
MARKED = """() => Object.fromEntries([...document.querySelectorAll('.article')].map((article) => {
  const words = {};
  for (const part of ['words', 'post']) {
    for (const mark of article.querySelectorAll('.mark.' + part)) {
      if (part === 'post' && mark.parentElement.closest(`.post[data-r="${mark.dataset.r}"]`)) continue;
      const copy = mark.cloneNode(true);
      for (const sign of copy.querySelectorAll('.escaped')) sign.textContent = sign.dataset.c;
      const key = part + mark.dataset.r;
      words[key] = (words[key] ?? '') + (part === 'post' && key in words && !mark.classList.contains('again') ? '|' : '') + copy.textContent;
    }
  }
  return [article.dataset.n, words];
}))"""

# The least contrast of text and of signs with what lies behind them.
CONTRAST = """() => {
  const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => { const [r, g, b] = rgb(colour).map((v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const behind = (element) => { for (; element; element = element.parentElement) { const colour = getComputedStyle(element).backgroundColor; const c = rgb(colour); if (c.length < 4 || c[3] > 0) return colour; } return 'rgb(255,255,255)'; };
  const ratio = (a, b) => { const [high, low] = [light(a), light(b)].sort((x, y) => y - x); return (high + .05) / (low + .05); };
  let text = 99, line = 99;
  for (const element of document.querySelectorAll('h1, h2, p, a, button:not(:disabled), th, td, dt, dd, .mark, .kind, time, small, .text, label, summary')) {
    if (!element.getClientRects().length || element.closest('.unseen, .skip, #tip')) continue;
    const style = getComputedStyle(element);
    text = Math.min(text, ratio(style.color, behind(element)));
    if (element.matches('.mark')) line = Math.min(line, ratio(style.borderBottomColor, behind(element.parentElement)));
  }
  return [text, line];
}"""


def words(article, r):
    """What must be marked of a record: its words, and those of its titles."""
    record = article["records"][r]
    field = article[record["field"]]
    yield f"words{r}", record["text"]
    spans = {(t["start"], t["end"]) for t in record.get("titles", []) if field[t["start"]:t["end"]] == t["text"]}
    spans -= {(record["start"], record["end"])}
    if spans:
        yield f"post{r}", "|".join(field[start:end] for start, end in sorted(spans))


def every_record_is_marked_where_it_stands(tool, chromium, shots):
    for name, inputs in [("samples", [ROOT / "samples"]), ("payloads", [ROOT / "tests/report/payloads.jsonl"])]:
        docs, reader = tool.docs(*inputs), Reader(chromium)
        page, seen, records = reader.open(tool.page(name, *inputs)), 0, 0
        for _ in range(len(docs)):
            marked = page.evaluate(MARKED)
            for n, found in marked.items():
                article = docs[int(n)]
                want = dict(pair for r in range(len(article["records"])) for pair in words(article, r))
                assert found == want, f"{article['doc']}: " + str({k: (found.get(k), want.get(k)) for k in found | want if found.get(k) != want.get(k)})
                seen, records = seen + 1, records + len(article["records"])
            if seen == len(docs):
                break
            reader.keys("]")
        assert seen == len(docs), f"{seen} of {len(docs)} articles"
        print(f"   {name}: {records} records of {seen} articles")
        reader.close()


def payloads_do_nothing(tool, chromium, shots):
    reader = Reader(chromium)
    page = reader.open(tool.page("payloads", ROOT / "tests/report/payloads.jsonl"))
    for view in ["articles", "officials", "codes", "awards"]:
        page.goto(f"{page.url.split('#')[0]}#/{view}")
        for toggle in page.query_selector_all(".toggle"):
            toggle.click()
        page.wait_for_timeout(100)
        made = page.evaluate("[...document.querySelectorAll('main img, main script, main svg, main iframe, main style, main textarea')].length")
        shown = page.evaluate("document.body.innerText + document.title + [...document.querySelectorAll('[aria-label]')].map((e) => e.ariaLabel).join()")
        links = page.evaluate("[...document.querySelectorAll('a')].map((a) => a.getAttribute('href'))")
        assert made == 0 and page.evaluate("window.hit") is None, view
        assert not HIDDEN.search(shown.replace("\u2028", "")), f"{view}: {HIDDEN.search(shown)}"
        assert all(link.startswith(("#/", "https://", "#main")) for link in links), links
    page.goto(f"{page.url.split('#')[0]}#/articles")
    shown = page.inner_text("main")
    for text in ["<script>window.hit=1</script>", "<img src=x onerror=", "<!-- <script>", "U+202E", "U+200B", "U+0000", "javascript:window.hit=1"]:
        assert text in shown, f"{text} is not shown"
    for _ in range(30):
        reader.keys("j")
    page.hover("#a2 .mark")
    assert not HIDDEN.search(page.inner_text("#tip") + page.inner_text("#panel"))
    assert page.evaluate("window.hit") is None
    reader.close()


def what_a_record_says_is_told_on_hover_and_by_keyboard(tool, chromium, shots):
    docs, reader = tool.docs(ROOT / "samples"), Reader(chromium)
    page = reader.open(tool.page("samples", ROOT / "samples"))
    record = docs[0]["records"][3]
    page.hover("#m0-3")
    hovered = page.inner_text("#tip")
    page.mouse.move(5, 5)
    page.wait_for_selector("#tip", state="hidden")
    reader.keys("j", "j", "j", "j")
    focused = page.inner_text("#tip")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert page.evaluate("document.activeElement.id") == "m0-3"
    for told in [hovered, focused, label]:
        assert record["rule"] in told and f"{record['confidence']:.2f}" in told, told
    reader.open(page.url.split("#")[0])
    reader.keys("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    reader.keys("Enter", "Tab")
    assert page.evaluate("document.activeElement.matches('.words[role=group]')"), "from the skip link to the first record"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", outline
    reader.close()


def search_and_filters(tool, chromium, shots):
    docs, reader = tool.docs(ROOT / "samples"), Reader(chromium)
    page = reader.open(tool.page("samples", ROOT / "samples"))
    listed = lambda: page.evaluate("[...document.querySelectorAll('.article')].map((a) => Number(a.dataset.n))")
    name = next(r["name"] for d in docs for r in d["records"] if "Đ" in (r.get("name") or ""))
    for query in [bare(name), name, bare(name).upper()]:
        page.fill("#search", query)
        page.wait_for_timeout(400)
        want = [n for n, d in enumerate(docs) if bare(name) in bare(" ".join([d["title"] or "", d["doc"], d["text"]]))]
        assert listed() == want and want, f"{query}: {listed()}, wanted {want}"
    assert page.evaluate("CSS.highlights.get('found').size") > 0
    page.click("[data-view=officials]")
    assert bare(name) in bare(page.inner_text("tbody")), "the query holds for the index"
    page.click("[data-view=articles]")
    page.click("#more summary")
    page.click("#reset")

    def marks(passes, what):
        want = sum(passes(r) for d in docs for r in d["records"])
        found = 0
        while True:
            found += page.evaluate("document.querySelectorAll('.words[role]').length")
            on = page.query_selector(".pager button:nth-of-type(3):enabled")
            if not on:
                break
            on.click()
        assert found == want and want, f"{what}: {found} marks, wanted {want}"

    marks(lambda r: True, "all")
    page.click("[data-kind=count]")
    page.click("[data-kind=date]")
    marks(lambda r: r["kind"] not in ("count", "date"), "kinds")
    page.click("#reset")
    page.select_option("#block", "caption")
    marks(lambda r: r["block"] == "caption", "block")
    page.uncheck("#repeated")
    marks(lambda r: r["block"] == "caption" and "duplicate_of" not in r, "without what is printed again")
    page.click("#reset")
    page.select_option("#rule", "official.title-name")
    marks(lambda r: r["rule"] == "official.title-name", "rule")
    page.click("#reset")
    page.fill("#confidence", "0.93")
    page.press("#confidence", "Enter")
    marks(lambda r: r["confidence"] <= 0.93, "confidence")
    page.click("#reset")
    reader.close()


def rows_lead_to_their_words_and_back(tool, chromium, shots):
    docs, reader = tool.docs(ROOT / "samples"), Reader(chromium)
    page = reader.open(tool.page("samples", ROOT / "samples"))
    for view, kind in [("officials", "official"), ("codes", "code"), ("awards", "award")]:
        page.click(f"[data-view={view}]")
        page.wait_for_selector(f"table.{view}")
        rows = page.evaluate("document.querySelectorAll('.toggle').length")
        assert rows > 5, f"{view}: {rows} rows"
        page.click(".toggle >> nth=2")
        name = page.inner_text(".toggle >> nth=2")
        page.click(".below:not([hidden]) a >> nth=0")
        page.wait_for_selector(".words.chosen")
        n, r = page.evaluate("document.activeElement.id.slice(1).split('-').map(Number)")
        record = docs[n]["records"][r]
        assert record["kind"] == kind and page.evaluate("document.activeElement.matches('.chosen')")
        page.click("#panel a:text('In the index')")
        page.wait_for_selector("#open")
        assert page.inner_text("#open") == name, f"{page.inner_text('#open')}, wanted {name}"
        page.go_back()
        page.wait_for_selector(f"#m{n}-{r}.chosen")
    officials = {bare(r["name"]) for d in docs for r in d["records"] if r.get("name") and len(r["name"].split()) > 2}
    page.click("[data-view=officials]")
    page.wait_for_selector("table.officials")
    shown = set()
    while True:
        shown |= {bare(t) for t in page.evaluate("[...document.querySelectorAll('.toggle')].map((t) => t.textContent)")}
        on = page.query_selector(".pager button:nth-of-type(3):enabled")
        if not on:
            break
        on.click()
    assert len(officials & shown) > 0.9 * len(officials), officials - shown
    reader.close()


def schemas(tool):
    """The schema of records, by the name that the others call it by."""
    record = referencing.Resource.from_contents(json.loads(tool.run("schema", "record")))
    return referencing.Registry().with_resource("record.schema.json", record)


def judged_by_keyboard(tool, chromium, shots):
    source = ROOT / "samples/khen-thuong.txt"
    [article] = tool.docs(source)
    (tool.folder / "records.jsonl").write_text(tool.run("extract", "-q", source), encoding="utf-8")
    url, records, reader = tool.page("one", source), article["records"], Reader(chromium)
    page = reader.open(url)
    page.click("#save")
    assert page.inner_text("#status") == "There are no verdicts to save yet."
    reader.keys("a", "r", "k", "u")
    assert page.inner_text("#progress").startswith("0 of"), "undone"
    for _ in records:
        reader.keys("a")
    assert page.inner_text("#progress") == f"{len(records)} of {len(records)} judged"
    (tool.folder / "verdicts.jsonl").write_bytes(reader.save().read_bytes())
    tool.run("gold", "verdicts.jsonl", "-o", "gold.jsonl")
    score = json.loads(tool.run("eval", "gold.jsonl", "records.jsonl", "--json"))
    rows = {name: row["f1"] for name, row in score.items() if isinstance(row, dict) and row.get("gold")}
    assert len(rows) > 6 and set(rows.values()) == {1.0}, rows
    print(f"   all accepted: F1 {rows}")

    date = next(r for r, record in enumerate(records) if record["kind"] == "date")
    count = next(r for r, record in enumerate(records) if record["kind"] == "count")
    page.goto(f"{url}#/a/0/{date}")
    reader.keys("r")
    page.goto(f"{url}#/a/0/{count}")
    reader.keys("e")
    page.fill(".edit [name=value]", "4321,5")
    reader.keys("Enter")
    assert "4321,5" in page.inner_text(".edit .fault"), "no number"
    page.fill(".edit [name=value]", "4321")
    page.fill(".edit [name=end]", str(records[count]["end"] - 1))
    reader.keys("Enter")
    page.reload()
    page.goto(f"{url}#/a/0/{count}")
    assert "corrected" in page.get_attribute(f"#m0-{count}", "class"), "kept in the browser"
    saved = reader.save()
    line = json.loads(saved.read_text(encoding="utf-8"))
    assert line["text"] == article["text"] and line["published"] == article["published"]
    said = [record["verdict"] for record in line["records"]]
    assert (said[date], said[count], said.count("accepted")) == ("rejected", "corrected", len(records) - 2)
    for record, want in zip(line["records"], records):
        assert {key: record[key] for key in want} == want, "a record is saved as it was"
    jsonschema.Draft202012Validator(json.loads(tool.run("schema", "verdicts")), registry=schemas(tool)).validate(line)
    (tool.folder / "verdicts.jsonl").write_bytes(saved.read_bytes())
    gold = json.loads(tool.run("gold", "verdicts.jsonl"))
    assert 4321 in [c["value"] for c in gold["counts"]] and len(gold["dates"]) == sum(r["kind"] == "date" for r in records) - 1
    reader.close()

    other = Reader(chromium)
    page = other.open(url)
    page.set_input_files("#file", tool.folder / "verdicts.jsonl")
    until(lambda: page.inner_text("#progress").startswith(f"{len(records)} "))
    assert page.inner_text("#status") == f"{len(records)} verdicts loaded."
    assert json.loads(other.save().read_text(encoding="utf-8")) == line, "loaded, it is saved the same"
    (tool.folder / "no.jsonl").write_text("{}\n")
    page.set_input_files("#file", tool.folder / "no.jsonl")
    until(lambda: page.inner_text("#status") == "Line 1 holds no verdicts.")
    other.accepting = True
    page.click("#panel button:text('Clear all')")
    assert page.inner_text("#progress").startswith("0 of")
    other.close()


def looks(tool, chromium, shots):
    url = tool.page("samples", ROOT / "samples")
    for scheme in ["light", "dark"]:
        reader = Reader(chromium, scheme=scheme)
        page = reader.open(url)
        ground = [int(part) for part in re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))]
        assert (sum(ground) < 150) == (scheme == "dark"), ground
        for view in ["#/articles", "#/a/0/3", "#/officials", "#/codes", "#/awards"]:
            page.goto(url + view)
            text, line = page.evaluate(CONTRAST)
            assert text >= 4.5 and line >= 3, f"{scheme} {view}: contrast {text:.2f}, of lines {line:.2f}"
        page.click("#theme")
        assert page.get_attribute("html", "data-theme") != scheme
        assert page.get_attribute("html", "lang") == "en"
        page.click("#lang")
        assert page.get_attribute("html", "lang") == "vi" and "Cán bộ" in page.inner_text("#tabs")
        reader.close()
    reader = Reader(chromium, width=390, height=844, locale="vi-VN")
    page = reader.open(url)
    for view in ["#/articles", "#/a/0/3", "#/officials", "#/codes", "#/awards"]:
        page.goto(url + view)
        reader.fits()
    page.goto(f"{url}#/a/0/3")
    page.click("#more summary")
    reader.keys("e")
    reader.fits()
    reader.close()


def large(tool, chromium, shots, source=None):
    if source is None:
        source = tool.folder / "many.docs.jsonl"
        docs = tool.docs(ROOT / "samples")
        with open(source, "w", encoding="utf-8") as file:
            for n in range(40):
                for doc in docs:
                    again = json.dumps({**doc, "doc": f"{n}/{doc['doc']}"}, ensure_ascii=False)
                    file.write(again.replace(json.dumps(doc["doc"], ensure_ascii=False), json.dumps(f"{n}/{doc['doc']}", ensure_ascii=False)) + "\n")
    started = time.time()
    url = tool.page("large", source)
    size = (tool.folder / "large.html").stat().st_size / 1e6
    times, reader = {"made": time.time() - started}, Reader(chromium)

    def timed(name, act):
        started = time.time()
        act()
        reader.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        times[name] = time.time() - started

    timed("opened", lambda: reader.open(url))
    timed("next record", lambda: reader.keys("j"))
    timed("next page", lambda: reader.keys("]"))

    def search(query="chu tich ubnd"):
        reader.page.fill("#search", query)
        until(lambda: reader.page.text_content("#status"))

    timed("first search", search)
    reader.page.wait_for_timeout(500)
    reader.page.evaluate("document.querySelector('#status').textContent = ''")
    timed("second search", lambda: search("bi thu"))
    reader.page.fill("#search", "")
    reader.page.wait_for_timeout(1000)
    timed("filter", lambda: reader.page.click("[data-kind=count]"))
    timed("officials", lambda: reader.page.click("[data-view=officials]"))
    timed("codes", lambda: reader.page.click("[data-view=codes]"))
    print(f"   {reader.page.inner_text('#scope')}: {size:.1f} MB, " + ", ".join(f"{name} {t:.2f} s" for name, t in times.items()))
    assert max(times.values()) < 60, times
    reader.close()


def screenshots(tool, chromium, shots):
    pages = [("samples", tool.page("samples", ROOT / "samples"))]
    for name, url in pages:
        for width, height in [(1280, 900), (390, 844)]:
            for scheme in ["light", "dark"]:
                reader = Reader(chromium, width, height, scheme, "vi-VN")
                page = reader.open(f"{url}#/a/0/3")
                page.wait_for_timeout(200)
                page.screenshot(path=shots / f"{name}-{width}-{scheme}.png")
                reader.close()


CHECKS = [
    every_record_is_marked_where_it_stands,
    payloads_do_nothing,
    what_a_record_says_is_told_on_hover_and_by_keyboard,
    search_and_filters,
    rows_lead_to_their_words_and_back,
    judged_by_keyboard,
    looks,
    large,
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vnfacts", type=pathlib.Path)
    parser.add_argument("chromium")
    parser.add_argument("--large", type=pathlib.Path)
    parser.add_argument("--shots", type=pathlib.Path)
    parser.add_argument("--only")
    args = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(executable_path=args.chromium, args=FLAGS.split())
        print(f"Chromium {chromium.version}")
        tool = Tool(args.vnfacts.resolve(), folder)
        checks = [check for check in CHECKS if args.only in (None, check.__name__)]
        for check in checks:
            print(f"-- {check.__name__.replace('_', ' ')}", flush=True)
            check(tool, chromium, args.shots)
        if args.large:
            large(tool, chromium, args.shots, args.large.resolve())
        if args.shots:
            args.shots.mkdir(parents=True, exist_ok=True)
            screenshots(tool, chromium, args.shots)
        chromium.close()


main()
