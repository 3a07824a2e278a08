#!/usr/bin/env python3
"""clang-tidy over the sources of a build folder; what was clean before is not read again.

    tests/tidy.py BUILD [PART OF A PATH...]

A file is clean for as long as it, what it includes of this repository, its command, the checks and clang-tidy stay the same.
Results lie in the user's cache folder, as those of ccache do, so that another checkout profits.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

TIDY = "clang-tidy-19"
ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache"), "khien-tidy")


def included(build):
    """{object file: [files of this repository]} as the last build saw them."""
    listing = subprocess.run(["ninja", "-C", build, "-t", "deps"], check=True, capture_output=True, text=True).stdout
    found, current = {}, None
    for line in listing.splitlines():
        if line.startswith("    "):
            path = pathlib.Path(build, line.strip()).resolve()
            if path.is_relative_to(ROOT):
                current.append(path)
        elif ":" in line:
            current = found.setdefault(line.split(":", 1)[0], [])
    return found


def key_of(command, files, common):
    digest = hashlib.sha256(common)
    digest.update(command.replace(str(ROOT), "").encode())
    for path in sorted(set(files)):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def examine(build, source, key):
    """Findings as text; empty if there are none."""
    if (CACHE / key).exists():
        return ""
    run = subprocess.run([TIDY, "-p", build, "--quiet", source], capture_output=True, text=True)
    if run.returncode == 0:
        (CACHE / key).touch()
        return ""
    return run.stdout + ("" if run.stdout else run.stderr)


def main():
    build, parts = sys.argv[1], sys.argv[2:]
    CACHE.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([TIDY, "--version"], check=True, capture_output=True).stdout
    common = version + (ROOT / ".clang-tidy").read_bytes()
    includes = included(build)
    jobs = []
    for entry in json.loads(pathlib.Path(build, "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"]).resolve()
        if not source.is_relative_to(ROOT / "src") or (parts and not any(part in str(source) for part in parts)):
            continue
        words = shlex.split(entry["command"])
        output = words[words.index("-o") + 1]
        if output not in includes:
            sys.exit(f"{source.relative_to(ROOT)} was not built yet: ./dev build")
        jobs.append((str(source), key_of(entry["command"], includes[output] + [source], common)))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        findings = list(pool.map(lambda job: examine(build, *job), jobs))
    seen = set()  # a header is read with every source that includes it
    for line in "".join(findings).splitlines():
        if ": error:" in line or ": warning:" in line:
            if line in seen:
                continue
            seen.add(line)
            print(line.replace(str(ROOT) + "/", ""))
    clean = sum(not finding for finding in findings)
    print(f"clang-tidy: {clean} of {len(jobs)} files clean")
    return 0 if clean == len(jobs) else 1


if __name__ == "__main__":
    sys.exit(main())
