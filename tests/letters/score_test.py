#!/usr/bin/env python3
"""Runs the letter reader over annotated letters and tables of phrases (python3, standard library only).

    score_test.py TOOL own FOLDER       our own letters and phrases: everything found, nothing false, header right
    score_test.py TOOL shared FOLDER…   letters kept outside the project: F1 of kinds ≥ 0.97, of parameters ≥ 0.95;
                                        a folder that is not here is said and passed over
    score_test.py TOOL forms FOLDER     NFD, CRLF, byte order mark and stars read as the plain text does

Annotations are described in README.md beside this file.
"""
import json, os, pathlib, re, subprocess, sys, tempfile, unicodedata

FRAME = """SỞ NỘI VỤ TỈNH LÂM VIÊN

Số: 5/SNV-VP
V/v bảo đảm an toàn thông tin

Lâm Viên, ngày 02 tháng 6 năm 2025

Kính gửi: Các phòng, đơn vị.

Giám đốc Sở yêu cầu các đơn vị thực hiện:

1. {}.

GIÁM ĐỐC
"""
FREE = ("form", "route", "to", "what")  # names of offices and papers: half of the words must agree


def read(tool, data):
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(data)
        file.flush()
        done = subprocess.run([tool, file.name], capture_output=True, timeout=60)
    if done.returncode != 0:
        raise SystemExit(f"{tool} failed: {done.stderr.decode()}")
    return json.loads(done.stdout)


def folded(value):
    text = unicodedata.normalize("NFD", str(value).lower()).replace("đ", "d")
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"\bubnd\b", "uy ban nhan dan", text)


def words(value):
    return set(re.findall(r"[a-z0-9]+", folded(" ".join(value) if isinstance(value, list) else value)))


def months_and_days(value):
    match = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", value)
    return tuple(int(x or 0) for x in match.groups()) if match else value


def same_value(key, want, got):
    if key in FREE:
        want, got = words(want), words(got)
        return len(want & got) * 2 >= max(1, min(len(want), len(got)))
    if key in ("max_age", "within", "every", "after"):
        want, got = months_and_days(want), months_and_days(got)
        if isinstance(want, tuple) and isinstance(got, tuple):  # a year is twelve months
            return (12 * want[0] + want[1],) + want[2:] == (12 * got[0] + got[1],) + got[2:]
        return want == got
    if key == "priority":
        return bool(want) == bool(got)
    return set(want) == set(got) if isinstance(want, list) and isinstance(got, list) else want == got


def same_params(want, got):
    for one in [want["params"]] + want.get("params_alt", []):
        one = {k: v for k, v in one.items() if v not in (None, False, [], "")}
        if set(one) == set(got) and all(same_value(k, one[k], got[k]) for k in one):
            return True
    return False


def compare(want, got):
    """Pairs each wanted control with a found one of its kind, best first. Returns missed, false, pairs that differ."""
    missed, differ, left = [], [], list(got)
    asked = [w for w in want if not w.get("optional")]
    ranked = sorted(((same_params(w, g["params"]), w["strength"] == g["strength"], -i, -j)
                     for i, w in enumerate(asked) for j, g in enumerate(got) if w["kind"] == g["kind"]), reverse=True)
    used_w, used_g = set(), set()
    for params, strength, i, j in ranked:
        if i in used_w or j in used_g:
            continue
        used_w.add(i)
        used_g.add(j)
        if not params or not strength:
            differ.append((asked[-i], got[-j], params))
    missed = [w for i, w in enumerate(asked) if -i not in used_w]
    left = [g for j, g in enumerate(got) if -j not in used_g]
    for extra in (w for w in want if w.get("optional")):
        hit = next((g for g in left if g["kind"] == extra["kind"]), None)
        if hit:
            left.remove(hit)
    return missed, left, differ, len(asked)


def header_problems(want, got):
    problems = []
    for key in ("number", "date", "issuer", "subject"):
        values = [want.get(key)] + want.get(key + "_alt", [])
        if key in ("number", "date"):
            same = any((v or "").replace(" ", "") == (got[key] or "") for v in values)
        else:
            same = any(bool(v) == bool(got[key]) and (not v or len(words(v) & words(got[key])) * 2 >=
                       0.75 * (len(words(v)) + len(words(got[key])))) for v in values)
        if not same:
            problems.append(f"{key}: wanted {want.get(key)!r}, found {got[key]!r}")
    return problems


def letters(folder):
    for annotation in sorted(pathlib.Path(folder).glob("*.json")):
        letter = annotation.with_suffix(".txt")
        if letter.exists():
            yield annotation.stem, letter.read_bytes(), json.loads(annotation.read_text(encoding="utf-8"))


def say(name, missed, false, differ, header=()):
    for control in missed:
        print(f"{name}: missed {control['kind']} {control['params']}")
    for control in false:
        print(f"{name}: false {control['kind']} {control['params']} «{control['quote'][:80]}»")
    for want, got, _ in differ:
        print(f"{name}: {want['kind']} wanted {want['strength']} {want['params']}, found {got['strength']} {got['params']}")
    for problem in header:
        print(f"{name}: {problem}")
    return len(missed) + len(false) + len(differ) + len(header)


def phrases(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        sentence, kinds = line.split("\t")
        want = []
        for kind in [] if kinds == "-" else kinds.split(";"):
            code, params = kind.strip().split(" ", 1)
            want.append({"kind": code.lstrip("!"), "params": json.loads(params),
                         "strength": "should" if code.startswith("!") else "must"})
        yield sentence, want


def own(tool, folder):
    problems = count = 0
    for name, data, want in letters(folder):
        got = read(tool, data)
        missed, false, differ, _ = compare(want["controls"], got["controls"])
        problems += say(name, missed, false, differ, header_problems(want["header"], got["header"]))
        count += 1
    table = list(phrases(pathlib.Path(folder) / "phrases.tsv"))
    for sentence, want in table:
        got = read(tool, FRAME.format(sentence).encode())
        missed, false, differ, _ = compare(want, got["controls"])
        problems += say(sentence, missed, false, differ)
    print(f"{count} letters, {len(table)} phrases, {problems} problems")
    return 1 if problems or count < 12 or len(table) < 200 else 0


def f1(hits, found, wanted):
    return 2 * hits / (found + wanted) if found + wanted else 1.0


def shared(tool, folders):
    hits = right = found = wanted = count = 0
    for folder in folders:
        here = list(letters(folder))
        if not here:
            print(f"not here: {folder}")
        for name, data, want in here:
            got = read(tool, data)["controls"]
            missed, false, differ, asked = compare(want["controls"], got)
            say(name, missed, false, differ)
            pairs = asked - len(missed)
            hits += pairs
            right += pairs - sum(not params for _, _, params in differ)
            found += pairs + len(false)
            wanted += asked
            count += 1
    if not count:
        print("no shared letters here: nothing was measured")
        return 0
    kind, params = f1(hits, found, wanted), f1(right, found, wanted)
    print(f"{count} letters: F1 of kinds {kind:.3f}, of parameters {params:.3f}")
    return 0 if kind >= 0.97 and params >= 0.95 else 1


def forms(tool, folder):
    problems = 0
    for name, data, _ in letters(folder):
        text = data.decode("utf-8")
        plain = json.dumps(read(tool, data), sort_keys=True)
        changed = {"NFD": unicodedata.normalize("NFD", text), "byte order mark": "\ufeff" + text}
        for form, other in changed.items():
            if json.dumps(read(tool, other.encode("utf-8")), sort_keys=True) != plain:
                print(f"{name}: {form} reads differently")
                problems += 1
        crlf = read(tool, text.replace("\n", "\r\n").encode("utf-8"))
        unwrapped = json.dumps(crlf, sort_keys=True).replace("\\r\\n", "\\n")
        if unwrapped != plain:
            print(f"{name}: CRLF reads differently")
            problems += 1
    print(f"{problems} problems")
    return 1 if problems else 0


def main():
    tool, mode, folders = sys.argv[1], sys.argv[2], sys.argv[3:]
    if mode == "shared":
        seeds = os.environ.get("KHIEN_SEEDS")
        return shared(tool, folders + ([seeds] if seeds else []))
    return own(tool, folders[0]) if mode == "own" else forms(tool, folders[0])


if __name__ == "__main__":
    sys.exit(main())
