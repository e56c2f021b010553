"""Pages of the same scan in English and French, side by side.

usage: guard_french.py FOLDER      what is not as it should be, a line each

FOLDER holds N.en.html, N.fr.html and N.json (the document). Texts that are the same in both
languages are data, or the same word in both by the catalogue; numbers are the same; French texts
hold no English words; nothing says that it has no translation.
"""
import glob
import html.parser
import json
import os
import re
import sys

ENGLISH = set("""the of is are was not with without than which that this what there here and but by
rows row cells values missing file files days months numbers variables lines read shown no yes
have has had were be been its it they from""".split()) - {"variables"}
# Columns of data, and codes by which options name things.
DATA = """variable table file fault check rule value pattern group measured unit before after
description format variables of section name""".split()


class Texts(html.parser.HTMLParser):
    """[(text, is data by its markup)] in order, titles of pictures too."""

    def __init__(self):
        super().__init__()
        self.found, self.silent, self.value, self.unknown = [], 0, False, []
        self.hidden = False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.silent += tag in ("style", "script")
        self.value = attrs.get("class") == "value"
        self.hidden = "hidden" in attrs and tag in ("td", "th")
        if attrs.get("lang") == "":
            self.unknown.append(len(self.found))
        if "aria-label" in attrs:
            self.found.append((attrs["aria-label"], False))

    def handle_endtag(self, tag):
        self.silent -= tag in ("style", "script")

    def handle_data(self, data):
        if not self.silent and not self.hidden and data.strip():
            self.found.append((data.strip(), self.value))


def texts_of(path):
    with open(path, encoding="utf-8") as f:
        page = f.read()
    parser = Texts()
    parser.feed(page)
    return page, parser


def catalogue():
    """Texts whose translation is the same, numbers and texts put into holes aside."""
    with open("po/report_fr.po", encoding="utf-8") as f:
        entries = re.findall(r'^msgid "(.*)"\nmsgstr "(.*)"$', f.read(), re.M)
    return {a for a, b in entries if a == b.replace("\u00a0", " ")}


def data_of(path):
    """Every text of the document that is data."""
    with open(path, encoding="utf-8") as f:
        doc = json.load(f)
    known = {str(v) for v in doc["facts"].values()}
    for t in doc["tables"]:
        for r in t["rows"]:
            for name in DATA:
                known.add(str(r.get(name)))
    return known


def plain_numbers(text, french):
    text = re.sub(r"(?<=\d)[ \u202f\u00a0](?=\d{3}(?!\d))", "", text)
    if french:
        text = re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\3-\2-\1", text)
        text = re.sub(r"(\d\d)/(\d{4})", r"\2-\1", text)
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    return sorted(re.findall(r"\d+(?:\.\d+)?", text))


def look(stem, same):
    (_, english), (page, french) = texts_of(stem + ".en.html"), texts_of(stem + ".fr.html")
    known = data_of(stem + ".json")
    told = []

    if '<html lang="fr">' not in page:
        told.append("is not marked as French")
    told += [f"no translation: {french.found[i][0]}" for i in french.unknown]
    if len(english.found) != len(french.found):
        return told + [f"{len(english.found)} texts, {len(french.found)} in French"]
    for (a, is_value), (b, _) in zip(english.found, french.found):
        is_data = is_value or a in known
        if is_data and a != b and a == b.lower():
            told.append(f"data changed: {a}: {b}")
        if a == b and not is_data and a not in same and re.search("[a-z]{2}", a, re.I):
            told.append(f"is the same in French: {a}")
        if plain_numbers(a, False) != plain_numbers(b, True):
            told.append(f"other numbers: {a}: {b}")
        words = set(re.findall(r"(?<![\w.{-])[a-z]+(?![\w.}-])", b))
        for name in known:
            words -= set(re.findall("[a-z]+", name)) if name in b else set()
        if a != b and words & ENGLISH:
            told.append(f"English words {sorted(words & ENGLISH)}: {b}")
    return told


def main():
    same = catalogue()
    stems = [p[:-5] for p in sorted(glob.glob(os.path.join(sys.argv[1], "*.json")))]
    found = {}
    for stem in stems:
        for line in look(stem, same):
            found.setdefault(line, os.path.basename(stem))
    for line, stem in found.items():
        print(f"{stem}: {line}")
    print(f"{len(stems)} pages", file=sys.stderr)


main()
