#!/usr/bin/env python3
"""layers.py SRC LAYERS: fails on an include that the including folder's link line does not allow, and on a heavy header outside its folder.

LAYERS has a line per subject, `name:used,used`, in layer order, as CMake wrote it.
"""
import pathlib
import re
import sys

# A header that costs seconds to compile, or whose types must not leak, and the only folders that may include it.
HEAVY = {
    "soci/": {"store"},
    "sqlite3.h": {"store"},
    "boost/beast": {"http"},
    "boost/asio": {"http", "app"},
    "openssl/ssl.h": {"http"},
    "unicode/": {"base"},
    "yaml-cpp/": {"directives", "app", "base"},
    "CLI/": {"cli"},
    "cjose/": {"protocols/oidc"},
    "kainjow/": {"http"},
}


def subject_of(path, names):
    """The longest subject name that is a folder prefix of `path` (both relative to src/), or None."""
    best = None
    for name in names:
        if path.startswith(name + "/") and (best is None or len(name) > len(best)):
            best = name
    return best


def closure(name, uses):
    seen, todo = set(), [name]
    while todo:
        for used in uses[todo.pop()]:
            if used not in seen:
                seen.add(used)
                todo.append(used)
    return seen


def check(src, layers):
    order, uses = [], {}
    for line in layers.read_text().splitlines():
        name, _, used = line.partition(":")
        if name:
            order.append(name)
            uses[name] = [u for u in used.split(",") if u]
    problems = []
    for name in order:
        for used in uses[name]:
            if order.index(used) >= order.index(name):
                problems.append(f"CMakeLists.txt: {name} uses {used}, which is not above it")
    for path in sorted(src.rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        where = path.relative_to(src).as_posix()
        own = subject_of(where, order)
        if where == "main.cpp":
            continue
        if own is None:
            problems.append(f"{where}: in no subject of CMakeLists.txt")
            continue
        allowed = closure(own, uses) | {own}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if not match:
                continue
            header = match.group(2)
            for heavy, homes in HEAVY.items():
                if header.startswith(heavy) and own not in homes:
                    problems.append(f"{where}:{number}: {header} belongs to {', '.join(sorted(homes))} only")
            if match.group(1) == '"':
                target = subject_of(header, order)
                if target is None:
                    problems.append(f"{where}:{number}: \"{header}\" is not a path from src/")
                elif target not in allowed:
                    problems.append(f"{where}:{number}: {own} may not include {header}")
                elif target != own and header.rsplit("/", 1)[1].startswith("store") and target != "store":
                    problems.append(f"{where}:{number}: the store room of {target} is its own")
    return problems


def main():
    problems = check(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
    print("\n".join(problems) or "every include is allowed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
