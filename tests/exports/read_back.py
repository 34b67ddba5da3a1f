"""Reads every export of vnfacts back with the tool that it is for, or with a library that reads the tool's files.

    python tests/exports/read_back.py VNFACTS [DOCCANO LABEL_STUDIO]

DOCCANO and LABEL_STUDIO are pythons that have the packages of doccano.txt and label_studio.txt; without them those tools
themselves are left out, and only their files are read. Needs the packages of requirements.txt, and no network. What each
tool finds is held against the records themselves: no word and no value may be lost, and every offset must cut out its
words. Reviews without any change must come back as gold that is wholly right.
"""

import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile
import types

import langextract.io
import nltk
from followthemoney import model
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface
from nltk.chunk import conlltags2tree
from nltk.corpus.reader import ConllCorpusReader

HERE = pathlib.Path(__file__).resolve().parent
KINDS = ["official", "title", "code", "date", "count", "award"]
SAMPLES = HERE.parents[1] / "samples"
# Characters beyond 16 bits, combining marks, line ends of all kinds, words over a line end, a title, no records.
ODD = [
    {
        "id": "odd/1",
        "title": "😀 Trao Bằng khen cho 20 cá nhân",
        "published": "2019-12-15",
        "text": "😀😀 Sáng 14-11, Bí thư\r\nHuyện ủy Trần Văn Mẫu và ông Lý Sìn, nguyên Chủ tịch UBND huyện Lũng Mơ, "
        "trao Bằng khen cho 20\r\ncá nhân theo Chương trình số 01-CTr/HU.\r\nThu 1,5 tỷ đồng,\tgần 30 hộ.",
    },
    {"id": "odd/2", "text": "Ông Mạc Đình Kha, Phó Chủ tịch UBND huyện, nói hôm qua.", "published": "2020-01-10"},
    {"id": "odd\t3", "text": "Trời mưa."},
]


class Exports:
    def __init__(self, vnfacts, folder):
        self.vnfacts, self.folder = str(pathlib.Path(vnfacts).resolve()), pathlib.Path(folder)
        odd = self.path("odd.jsonl")
        odd.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in ODD), encoding="utf-8")
        self.run("extract", "-q", SAMPLES, odd, "--with-text", "-o", self.path("a.docs.jsonl"))
        self.run("convert", self.path("a.docs.jsonl"), "-o", self.path("a.jsonl"))
        self.articles = [json.loads(line) for line in self.path("a.docs.jsonl").open(encoding="utf-8")]
        assert sum(len(article["records"]) for article in self.articles) > 1000

    def path(self, name):
        return self.folder / name

    def run(self, *words):
        done = subprocess.run([self.vnfacts, *map(str, words)], check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout

    def export(self, to, name):
        self.run("export", self.path("a.docs.jsonl"), "--to", to, "-o", self.path(name))
        return self.path(name)

    def is_gold(self, reviewed):
        """What was reviewed without any change is wholly right by the records."""
        self.run("gold", "-q", reviewed, "-o", self.path("gold.jsonl"))
        figures = json.loads(self.run("eval", "--json", self.path("gold.jsonl"), self.path("a.jsonl")))
        kinds = ["persons", "titles (strict)", "codes", "dates", "counts", "awards"]
        for kind in kinds:
            assert figures[kind]["gold"] > 50 and figures[kind]["f1"] == 1, (kind, figures[kind])


def page(article):
    """The text that tools are given: the title, if kept apart, on a line before the text."""
    title = article["title"]
    return article["text"] if title is None else f"{title}\n{article['text']}"


def marks(article):
    """(label, start, end) of records and posts on the page, in their order."""
    title = article["title"]
    before = 0 if title is None else len(title) + 1
    for record in article["records"]:
        shift = before if record["field"] == "text" else 0
        yield record["kind"], record["start"] + shift, record["end"] + shift
        for post in record.get("titles", []):
            yield "title", post["start"] + shift, post["end"] + shift


def said(value):
    """All values of a record, without the keys that say where it stands."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in said(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in said(inner)]
    return [] if value is None else [str(value)]


WHERE = {"doc", "kind", "start", "end", "field", "text", "sentence", "block", "rule", "confidence", "duplicate_of"}


def values(article):
    """What each mark says, in their order."""
    for record in article["records"]:
        yield sorted(said({key: v for key, v in record.items() if key not in WHERE | {"titles"}}))
        for post in record.get("titles", []):
            yield sorted(said({key: v for key, v in post.items() if key not in {"text", "start", "end"}}))


def label_studio(exports, python):
    path = exports.export("label-studio", "tasks.json")
    config = path.with_suffix(".xml").read_text(encoding="utf-8")
    interface = LabelInterface(config)
    interface.validate()
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for task, article in zip(tasks, exports.articles, strict=True):
        [prediction] = task["predictions"]
        assert task["data"]["text"] == page(article) and 0 <= prediction["score"] <= 1
        assert not interface.validate_prediction(prediction, return_errors=True)
        regions = [part for part in prediction["result"] if part["type"] == "labels"]
        found = [(part["value"]["labels"][0], part["value"]["start"], part["value"]["end"]) for part in regions]
        assert found == list(marks(article))
        for part in regions:
            value = part["value"]
            assert page(article)[value["start"] : value["end"]] == value["text"]
        lines = {part["id"]: part["value"]["text"] for part in prediction["result"] if part["type"] == "textarea"}
        texts = [sorted(line.split(": ", 1)[1] for line in lines.get(part["id"], [])) for part in regions]
        assert texts == list(values(article))

    # A project exports this once every prediction is submitted as it is.
    empty = {"was_cancelled": False, "ground_truth": False, "completed_by": 1, "lead_time": 1.0}
    reviewed = [
        {
            "id": n,
            "annotations": [{"id": n, "result": task["predictions"][0]["result"], **empty}],
            "drafts": [],
            "predictions": [],
            "data": task["data"],
        }
        for n, task in enumerate(tasks, 1)
    ]
    back = exports.path("reviewed.json")
    back.write_text(json.dumps(reviewed), encoding="utf-8")
    exports.is_gold(back)
    if python:
        trip = HERE / "label_studio_trip.py"
        words = [python, "-B", "-W", "ignore", trip, path.with_suffix(".xml"), path, back]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        for own, task in zip(json.loads(back.read_text(encoding="utf-8")), tasks, strict=True):
            [annotation], [prediction] = own["annotations"], task["predictions"]
            assert own["data"] == task["data"] and annotation["result"] == prediction["result"]
        exports.is_gold(back)
    Converter(config, str(exports.folder), download_resources=False).convert(
        str(back), str(exports.path("min")), "JSON_MIN", is_dir=False
    )
    short = json.loads(exports.path("min/result.json").read_text(encoding="utf-8"))
    assert [task["doc"] for task in short] == [article["doc"] for article in exports.articles]
    assert len(short[0]["label"]) == len(list(marks(exports.articles[0])))


def doccano(exports, python):
    path = exports.export("doccano", "doccano.jsonl")
    lines = [json.loads(line) for line in path.open(encoding="utf-8")]
    for line, article in zip(lines, exports.articles, strict=True):
        assert line["text"] == page(article)
        found = {(e["label"], e["start_offset"], e["end_offset"]) for e in line["entities"]}
        assert found == set(marks(article)) and len(found) == len(line["entities"])
    exports.is_gold(path)
    if python:
        back = exports.path("doccano.back.jsonl")
        subprocess.run([python, "-B", HERE / "doccano_trip.py", path, back], check=True)
        exports.is_gold(back)


def brat_server():
    """The modules of brat's own server, which is made to run in its folder, with a configuration, on older Pythons."""
    root = pathlib.Path(importlib.util.find_spec("brat").submodule_search_locations[0])
    sys.path[:0] = [str(root / "server" / part) for part in ("src", "lib")]
    sys.modules["config"] = types.SimpleNamespace(BASE_DIR="/", DATA_DIR="", WORK_DIR="", BACKUP_DIR="")
    names = ("annotation", "projectconfig", "verify_annotations")
    annotation, projectconfig, verify = map(importlib.import_module, names)
    opened = annotation.codecs_open
    # The mode `U` is gone from Python since 3.11; codecs.open never looked at it.
    annotation.codecs_open = lambda path, mode, **more: opened(path, mode.replace("U", ""), **more)
    return annotation, projectconfig, verify


def brat(exports):
    annotation, projectconfig, verify = brat_server()
    folder = exports.export("brat", "a.brat")
    project = projectconfig.ProjectConfiguration(str(folder))
    assert [name.lower() for name in project.get_entity_types()] == KINDS
    assert project.get_attribute_types() == ["Status"] and "Held-by" in project.get_relation_types()
    index = [line.split("\t") for line in (folder / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert [doc for _, doc, _ in index] == [article["doc"].replace("\t", " ") for article in exports.articles]
    for (name, _, _), article in zip(index, exports.articles):
        document = annotation.TextAnnotations(str(folder / name), read_only=True)
        assert not document.failed_lines and not verify.verify_annotation(document, project)
        text = document.get_document_text()
        assert len(text) == len(page(article))
        found = []
        for entity in document.get_textbounds():
            assert " ".join(text[start:end] for start, end in entity.spans) == entity.text
            assert "\n" not in entity.text
            found.append((entity.type.lower(), entity.spans[0][0], entity.spans[-1][1]))
        assert found == list(marks(article))
        posts = sum(len(record.get("titles", [])) for record in article["records"])
        assert len(list(document.get_relations())) == len(list(document.get_attributes())) == posts
        notes = [note.tail.strip().split("; ") for note in document.get_oneline_comments()]
        rules = [note[-2:] for note in notes]
        assert len(notes) == len(found) and all(rule.startswith("rule=") for rule, _ in rules)


def langextract_documents(exports):
    path = exports.export("langextract", "langextract.jsonl")
    documents = langextract.io.load_annotated_documents_jsonl(path, show_progress=False)
    for document, article in zip(documents, exports.articles, strict=True):
        assert (document.document_id, document.text) == (article["doc"], page(article))
        found = []
        for extraction in document.extractions:
            place = extraction.char_interval
            assert document.text[place.start_pos : place.end_pos] == extraction.extraction_text
            assert extraction.alignment_status.value == "match_exact"
            found.append((extraction.extraction_class, place.start_pos, place.end_pos))
        assert found == list(marks(article))
        texts = [
            sorted(said({key: value for key, value in extraction.attributes.items() if key != "confidence"}))
            for extraction in document.extractions
        ]
        assert texts == list(values(article))


def followthemoney(exports):
    path = exports.export("ftm", "ftm.jsonl")
    given = [json.loads(line) for line in path.open(encoding="utf-8")]
    entities = {entity["id"]: model.get_proxy(entity) for entity in given}
    assert len(entities) == len(given)
    schemata = {}
    for data in given:
        entity = entities[data["id"]]
        entity.schema.validate(data)
        schemata.setdefault(entity.schema.name, []).append(entity)
        for name, texts in data["properties"].items():
            prop = entity.schema.get(name)
            assert sorted(entity.get(name)) == sorted(texts), (name, texts)
            for text in texts:
                assert prop.type.validate(text) and prop.type.clean(text) == text, (name, text)
                assert prop.type.name != "entity" or entities[text].schema.is_a(prop.range), (name, text)
    assert len(schemata["Article"]) == len(exports.articles)
    named = [record for article in exports.articles for record in article["records"] if record.get("name")]
    named = [record for record in named if record["kind"] == "official"]
    assert len(schemata["Mention"]) == len(named)
    persons = {(record["doc"], record["person"]) for record in named}
    assert len(schemata["Person"]) == len(persons)
    former = {(r["doc"], t["role"]) for r in named for t in r["titles"] if t["status"] == "former"}
    ended = [entity for entity in schemata["Occupancy"] if entity.get("status") == ["ended"]]
    assert former and len(ended) >= len(former)
    for entity in schemata["Occupancy"]:
        [article] = [entities[id] for id in entity.get("proof")]
        assert entity.get("date") == article.get("publishedAt") and not entity.get("startDate")
    assert any(entity.get("country") == ["vn"] for entity in schemata["Position"])
    assert not any(entity.first("name").startswith("nguyên ") for entity in schemata["Position"])


def outermost(article):
    """The marks that one layer of tags can show."""
    shown = []
    for mark in sorted(set(marks(article)), key=lambda m: (m[1], -m[2], KINDS.index(m[0]))):
        if not shown or shown[-1][2] <= mark[1]:
            shown.append(mark)
    return shown


def conll(exports):
    path = exports.export("conll", "a.conll")
    nltk.data.path.append(str(path.parent))  # it reads nowhere else
    reader = ConllCorpusReader(str(path.parent), [path.name], ("words", "pos", "ignore", "chunk"), encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    assert text.count("-DOCSTART- ") == len(exports.articles)
    want = [mark for article in exports.articles for mark in outermost(article)]
    found = []
    for sentence in reader.iob_sents():
        for chunk in conlltags2tree(sentence):
            if isinstance(chunk, tuple):
                continue
            label, start, (word, last) = chunk.label().lower(), int(chunk[0][1]), chunk[-1]
            end = int(last) + len(word)
            before = want[len(found) - 1] if found else (None, 0, 0)
            if before[0] == label and before[1] < start < end <= before[2]:
                found.pop()  # a mark that runs over the end of a sentence goes on in the next one
                start = before[1]
            found.append((label, start, end))
    assert found == want, [pair for pair in zip(found, want) if pair[0] != pair[1]][:3]


def main():
    vnfacts, *pythons = sys.argv[1:]
    doccano_python, studio_python = pythons or (None, None)
    with tempfile.TemporaryDirectory() as folder:
        exports = Exports(vnfacts, folder)
        label_studio(exports, studio_python)
        doccano(exports, doccano_python)
        brat(exports)
        langextract_documents(exports)
        followthemoney(exports)
        conll(exports)
        count = sum(len(article["records"]) for article in exports.articles)
    own = "Label Studio, doccano" if pythons else "the files of Label Studio and doccano (not the tools themselves)"
    print(f"{len(exports.articles)} articles, {count} records read back with {own}, brat, LangExtract, FollowTheMoney and "
          "CoNLL readers")


main()
