"""Runs the blocks of docs/analytics.md and compares what they print with what stands under them.

    python tests/analytics/run.py VNFACTS            compare; exit code 1 where something differs
    python tests/analytics/run.py VNFACTS --update   write what was printed into the page

`sql` runs in DuckDB, `python` with polars as `pl`, `sh` is a command of vnfacts, jq or sqlite3 (the latter two run in
this process, so neither program need be installed). Needs the packages of requirements.txt, and no network.
"""

import contextlib
import difflib
import io
import json
import os
import pathlib
import re
import shlex
import sqlite3
import subprocess
import sys
import tempfile

import duckdb
import jq
import polars as pl

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "analytics.md"
BLOCK = re.compile(r"```(sql|sh|python)\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.S)


def markdown(header, rows):
    """A table as lines with bars, columns aligned."""
    cells = [[str("" if cell is None else cell) for cell in row] for row in [header, *rows]]
    widths = [max(len(row[n]) for row in cells) for n in range(len(header))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths)) + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "".join(line + "\n" for line in lines)


class Runner:
    def __init__(self, vnfacts):
        self.vnfacts = vnfacts
        self.duckdb = duckdb.connect()
        self.names = {"pl": pl}
        self.ran = {"sql": 0, "python": 0, "jq": 0, "sqlite3": 0, "vnfacts": 0}

    def run(self, language, code):
        if language == "sh":
            lines = code.splitlines() if code.startswith("vnfacts ") else [code]
            return "".join(self.command(shlex.split(line)) for line in lines)
        self.ran[language] += 1
        return self.sql(code) if language == "sql" else self.python(code)

    def sql(self, code):
        result = self.duckdb.execute(code)
        if code.startswith("CREATE"):
            return ""
        return markdown([column[0] for column in result.description], result.fetchall())

    def python(self, code):
        out = io.StringIO()
        style = pl.Config(
            tbl_formatting="ASCII_MARKDOWN",
            tbl_hide_dataframe_shape=True,
            tbl_hide_column_data_types=True,
            tbl_rows=50,
            tbl_width_chars=200,
            fmt_str_lengths=100,
        )
        with style, contextlib.redirect_stdout(out):
            exec(compile(code, str(PAGE), "exec"), self.names)
        return out.getvalue()

    def command(self, words):
        program, *rest = words
        self.ran[program] += 1
        if program == "vnfacts":
            return subprocess.run([self.vnfacts, *rest], check=True, stdout=subprocess.PIPE, text=True).stdout
        if program == "sqlite3":
            path, query = rest
            rows = sqlite3.connect(path).execute(query)
            return "".join("|".join("" if c is None else str(c) for c in row) + "\n" for row in rows)
        *flags, program, path = rest
        assert set(flags) <= {"-r", "-s"}, f"teach jq's {flags} to this script"
        text = pathlib.Path(path).read_text(encoding="utf-8")
        found = jq.compile(program).input_text(text, slurp="-s" in flags)
        raw = lambda value: isinstance(value, str) and "-r" in flags
        return "".join((v if raw(v) else json.dumps(v, ensure_ascii=False)) + "\n" for v in found)


def main():
    vnfacts, update = str(pathlib.Path(sys.argv[1]).resolve()), "--update" in sys.argv[2:]
    page = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.symlink(ROOT / "samples", "samples")
        runner = Runner(vnfacts)

        def fill(block):
            language, code = block[1], block[2]
            printed = runner.run(language, code)
            quiet = f"```{language}\n{code}```\n"
            return quiet + (f"\n```text\n{printed}```\n" if printed else "")

        fresh = BLOCK.sub(fill, page)
        os.chdir(ROOT)
    print("ran " + ", ".join(f"{n} {tool}" for tool, n in runner.ran.items()))
    if idle := [tool for tool, n in runner.ran.items() if n == 0]:
        sys.exit(f"{PAGE}: no block for {', '.join(idle)}")
    if update:
        PAGE.write_text(fresh, encoding="utf-8")
    elif fresh != page:
        sys.stdout.writelines(
            difflib.unified_diff(page.splitlines(True), fresh.splitlines(True), "docs/analytics.md", "as run now")
        )
        sys.exit("docs/analytics.md is not what its blocks print; after a change that is meant, run this with --update")


main()
