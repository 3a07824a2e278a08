#!/usr/bin/env python3
"""check_templates.py ROOT: fails where directives/*.yaml and tests/clauses/founding.tsv disagree, or a template copies its letter.

founding.tsv has a line per binding clause of the four founding letters: id, force and kinds, separated by tabs. Each must be a clause
with exactly these kinds and this force. The templates keep to one shape, a clause part per line, so that they are read by lines here;
the program's own loader checks parameters and bounds. The letters lie outside the repository: in the folder KHIEN_SEEDS, or in
ROOT/../shared/letters/seeds; without them the comparison of words is left out, and the output says so.
"""
import os
import pathlib
import re
import sys
import unicodedata

LONGEST = 200  # characters of a clause's line in one language
LONGEST_NOTE = 800
RUN = 8  # consecutive words in common with a letter that count as copying

HEAD = ["code", "number", "date", "issuer", "subject", "adopted_by", "from", "note", "scope", "clauses"]
SCOPES = {
    "units": set(),
    "systems": {"tthc", "qlvb", "cbccvc", "mail", "popdb", "portal", "eoffice"},
    "groups": {"mot-cua"},
    "accounts": {"personal", "unit", "administrator", "service"},
}
TEXTS = re.compile(r'\{vi: "([^"\\]*)", en: "([^"\\]*)"\}')
SCOPE = re.compile(r"\{(\w+: \[[\w, -]*\](?:, \w+: \[[\w, -]*\])*)\}")
CONTROL = re.compile(r"      - \{kind: ([a-z_.]+), force: (must|should), params: \{.*\}\}")


def check_texts(where, raw, longest, problems):
    match = TEXTS.fullmatch(raw)
    if not match:
        problems.append(f'{where}: not {{vi: "…", en: "…"}}')
        return
    for language, text in zip(("vi", "en"), match.groups()):
        if not text.strip() or len(text) > longest:
            problems.append(f"{where}: {language} has {len(text)} characters; 1 to {longest} are allowed")
        if text != unicodedata.normalize("NFC", text):
            problems.append(f"{where}: {language} is not NFC")


def check_scope(where, raw, problems):
    match = SCOPE.fullmatch(raw)
    if not match:
        problems.append(f"{where}: not a scope of lists")
        return
    for name, items in re.findall(r"(\w+): \[([^\]]*)\]", match.group(1)):
        if name not in SCOPES:
            problems.append(f"{where}: no scope is called {name}")
            continue
        stray = {item.strip() for item in items.split(",") if item.strip()} - SCOPES[name]
        if stray:
            problems.append(f"{where}: unknown {name}: {', '.join(sorted(stray))}")


def check_head(name, head, problems):
    if list(head) != HEAD:
        problems.append(f"{name}: the keys are {', '.join(head)}; expected {', '.join(HEAD)}")
        return
    for key in ("code", "issuer", "subject"):
        if head[key].strip('"~ ') == "":
            problems.append(f"{name}: {key} is empty")
    for key in ("adopted_by", "from"):
        if head[key] != "~":
            problems.append(f"{name}: {key} is for whoever adopts the template")
    check_texts(f"{name}: note", head["note"], LONGEST_NOTE, problems)
    check_scope(f"{name}: scope", head["scope"], problems)


def read_template(path, problems):
    """The code of a template and its clauses, {id: [(kind, force), ...]}; a line out of shape is a problem."""
    head, clauses, parts, current = {}, {}, [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        if not line.strip() or line.startswith("#"):
            continue
        if match := re.fullmatch(r"(\w+):(?: (.+))?", line):
            if match.group(1) in head:
                problems.append(f"{where}: {match.group(1)} twice")
            head[match.group(1)] = match.group(2) or ""
        elif match := re.fullmatch(r"  - id: (\S+)", line):
            current, parts = match.group(1), []
            if current in clauses:
                problems.append(f"{where}: {current} twice")
            clauses[current] = []
        elif current and (match := re.fullmatch(r"    (words|scope|controls):(?: (.+))?", line)):
            part, value = match.group(1), match.group(2) or ""
            parts.append(part)
            if part == "words":
                check_texts(f"{where}: {current}", value, LONGEST, problems)
            elif part == "scope":
                check_scope(f"{where}: {current}", value, problems)
            elif parts not in (["words", "controls"], ["words", "scope", "controls"]) or value:
                problems.append(f"{where}: {current} is not words, perhaps scope, then controls")
        elif parts and parts[-1] == "controls" and (match := CONTROL.fullmatch(line)):
            clauses[current].append((match.group(1), match.group(2)))
        else:
            problems.append(f"{where}: out of shape: {line.strip()[:60]}")
    check_head(path.name, head, problems)
    return head.get("code", ""), clauses


def read_table(path):
    table = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        clause, force, kinds = line.split("\t")
        table[clause] = [(kind, force) for kind in kinds.split(",")]
    return table


def compare(table, templates, problems):
    """Templates of other letters than the table's are none of its business."""
    letters = {clause.partition("-")[0] for clause in table}
    found = {}
    for code, clauses in templates:
        if code not in letters:
            continue
        for clause, controls in clauses.items():
            if not clause.startswith(code + "-"):
                problems.append(f"{clause}: in the template of {code}")
            if clause in found:
                problems.append(f"{clause}: in two templates")
            found[clause] = controls
    for clause in sorted(table.keys() | found.keys()):
        if clause not in found:
            problems.append(f"{clause}: missing from the templates")
        elif clause not in table:
            problems.append(f"{clause}: not in the table")
        elif sorted(table[clause]) != sorted(found[clause]):
            problems.append(f"{clause}: has {found[clause]}, the table says {table[clause]}")


def words_of(text):
    """Words without case, marks and punctuation, so that another spelling of the same words is still the same words."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))


def runs_of(text):
    words = words_of(text)
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def seeds_of(root):
    """The folder of the letters, or None. A folder named by KHIEN_SEEDS must be there."""
    named = os.environ.get("KHIEN_SEEDS")
    folder = pathlib.Path(named) if named else root.parent / "shared" / "letters" / "seeds"
    return folder if named or folder.is_dir() else None


def check_copying(root, folder, problems):
    letters = sorted(folder.glob("*.txt"))
    if not letters:
        problems.append(f"{folder}: no letters there")
    runs = set().union(*(runs_of(letter.read_text(encoding="utf-8")) for letter in letters))
    for path in sorted((root / "directives").iterdir()):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith(("subject:", "issuer:")):  # names, which are the letter's own
                continue
            for run in sorted(runs_of(line) & runs):
                problems.append(f"{path.name}:{number}: the letter's words: {' '.join(run)}")


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    problems = []
    templates = [read_template(path, problems) for path in sorted((root / "directives").glob("*.yaml"))]
    table = read_table(root / "tests" / "clauses" / "founding.tsv")
    compare(table, templates, problems)
    seeds = seeds_of(root)
    if seeds is None:
        print("the founding letters are not here: their words were not compared")
    else:
        check_copying(root, seeds, problems)
    print("\n".join(problems) or f"{len(table)} clauses as in the table" + (", no sentence of a letter" if seeds else ""))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
