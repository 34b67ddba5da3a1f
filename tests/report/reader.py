"""A reader of the page: a browser, and the program that makes pages for it."""

import json
import pathlib
import re
import subprocess
import time
import unicodedata

HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def until(holds, seconds=30):
    """Waits for something to hold; the page allows no `eval`, by which Playwright would wait."""
    ends = time.time() + seconds
    while not holds():
        assert time.time() < ends, "waited in vain"
        time.sleep(0.02)


def bare(text):
    """What `text::fold::bare` does, for the letters of the samples."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKD", text).lower())
    letters = "".join(c for c in letters if not unicodedata.combining(c) and not HIDDEN.match(c))
    return " ".join(letters.replace("đ", "d").split())


class Tool:
    """The program, in a folder of its own."""

    def __init__(self, vnfacts, folder):
        self.vnfacts, self.folder = vnfacts, pathlib.Path(folder)

    def run(self, *args):
        done = subprocess.run([self.vnfacts, *map(str, args)], cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == 0, f"{args}: {done.stderr}"
        return done.stdout

    def page(self, name, *inputs):
        self.run("report", "-q", *inputs, "-o", f"{name}.html")
        return f"file://{self.folder / name}.html"

    def docs(self, *inputs):
        out = self.run("extract", "-q", "--format", "docs", "--with-text", *inputs)
        return [json.loads(line) for line in out.split("\n") if line]


class Reader:
    """A browser with nothing in it, and what it complained of."""

    def __init__(self, chromium, width=1280, height=900, scheme="light", locale="en-GB"):
        self.context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale, accept_downloads=True
        )
        self.wrong, self.asked = [], []
        self.context.add_init_script(
            "addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective))"
        )
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", self.dialog)
        self.accepting = False

    def dialog(self, dialog):
        if not self.accepting:
            self.wrong.append(f"dialog: {dialog.message}")
        dialog.accept()

    def open(self, url):
        self.page.goto("about:blank")
        self.page.goto(url)
        self.page.wait_for_selector("#main > *")
        return self.page

    def keys(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def fits(self):
        wide, inner = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= inner, f"{self.page.url}: {wide} wide in {inner}"

    def save(self):
        with self.page.expect_download() as saving:
            self.page.click("#save")
        return pathlib.Path(saving.value.path())

    def close(self):
        strange = [url for url in self.asked if not url.startswith(("file:", "blob:", "data:", "about:"))]
        assert not strange, f"the page asked for {strange}"
        assert not self.wrong, f"the browser complained: {self.wrong}"
        self.context.close()
