#!/usr/bin/env python3
"""Runs scripts of commands against the built program: input and expected output, in a folder that goes with the test.

    run.py SCRIPT          (the program is KHIEN_BINARY, or build/release/khien)

A script is read line by line:

    # words                what is shown; a heading is named when something below it fails
    use NAME               runs NAME.txt first
    file NAME              makes a file of the lines `| …` that follow; \\xNN is that byte
    $ [VAR=x] khien …      runs a command in the folder, as a shell reads it; \\xNN is that byte
    > line                 the next line of its standard output; `> …` any number of lines
    ! line                 the same of standard error
    = N                    its exit status; 0 if nothing is said, `= …` where it depends on the machine
    hold / release         somebody else holds the lock of the data folder, until released
    mode NAME 600          changes the mode of a file; `gone NAME` checks that there is no such file

What is not said must not be there. In a line `…` stands for anything, {NAME?} for a word that later is {NAME}, {today+30} for a date;
`note NAME` keeps this very instant as {NAME}.
Standard library only.
"""
import datetime
import fcntl
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import zoneinfo

HERE = pathlib.Path(__file__).resolve().parent
BINARY = os.environ.get("KHIEN_BINARY") or str(HERE.parents[1] / "build/release/khien")


def as_bytes(text):
    """UTF-8, with \\xNN for single bytes."""
    return b"".join(bytes([int(part[2:], 16)]) if re.fullmatch(r"\\x[0-9a-f]{2}", part) else part.encode()
                    for part in re.split(r"(\\x[0-9a-f]{2})", text))


class Wrong(Exception):
    pass


class Scene:
    def __init__(self):
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="khien-commands-", dir=memory))
        self.words = {}
        self.lock = None
        self.today = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")).date()

    def filled(self, text):
        def word(match):
            name, days = match.group(1), match.group(2)
            if name == "today":
                return (self.today + datetime.timedelta(days=int(days or 0))).isoformat()
            if name not in self.words:
                raise Wrong(f"nothing was called {{{name}}}")
            return self.words[name]
        return re.sub(r"\{([A-Za-z]+)([+-]\d+)?\}", word, text)

    def matches(self, expected, line):
        names, pattern = [], ""
        for part in re.split(r"(…|\{[A-Za-z]+\?\})", expected):
            if part == "…":
                pattern += ".*"
            elif re.fullmatch(r"\{[A-Za-z]+\?\}", part):
                names.append(part[1:-2])
                pattern += r"([\w-]+)"
            else:
                pattern += re.escape(self.filled(part))
        match = re.fullmatch(pattern, line)
        if match:
            self.words.update(zip(names, match.groups()))
        return match is not None

    def compare(self, what, expected, printed):
        lines = printed.decode("utf-8").split("\n")
        if lines[-1] == "":
            lines.pop()
        if not self.all_match(expected, lines):
            show = "\n".join(f"  {mark} {line}" for mark, part in (("expected", expected), ("printed ", lines)) for line in part)
            raise Wrong(f"{what} differs:\n{show}")

    def all_match(self, expected, lines):
        if not expected:
            return not lines
        if expected[0] == "…":
            return any(self.all_match(expected[1:], lines[skip:]) for skip in range(len(lines) + 1))
        return bool(lines) and self.matches(expected[0], lines[0]) and self.all_match(expected[1:], lines[1:])

    def run(self, command, out, err, status):
        words = shlex.split(self.filled(command.replace("\\", "\\\\")))
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "KHIEN_DATA": "data"}
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            environment[name] = value
        if words.pop(0) != "khien":
            raise Wrong("a command begins with khien")
        ran = subprocess.run([BINARY, *map(as_bytes, words)], cwd=self.folder, env=environment, capture_output=True, timeout=60,
                             stdin=subprocess.DEVNULL, check=False)
        if status is not None and ran.returncode != status:
            raise Wrong(f"status {ran.returncode}, not {status}\n{ran.stdout.decode(errors='replace')}{ran.stderr.decode(errors='replace')}")
        self.compare("standard output", out, ran.stdout)
        self.compare("standard error", err, ran.stderr)

    def act(self, verb, rest):
        if verb == "hold":
            self.lock = open(self.folder / "data/khien.lock", "r+b")
            fcntl.flock(self.lock, fcntl.LOCK_EX)
        elif verb == "note":
            self.words[rest] = datetime.datetime.now(datetime.timezone.utc).isoformat()
        elif verb == "release":
            self.lock.close()
        elif verb == "mode":
            name, mode = rest.split()
            os.chmod(self.folder / name, int(mode, 8))
        elif verb == "gone":
            if (self.folder / rest).exists():
                raise Wrong(f"{rest} is there")
        else:
            raise Wrong(f"no such line: {verb}")


def play(scene, script):
    lines = script.read_text(encoding="utf-8").split("\n")
    heading, at = "", 0

    def following(*marks):
        """The lines that begin so, without the mark; for expectations in any order."""
        nonlocal at
        found = {mark: [] for mark in marks}
        while at < len(lines) and lines[at][:1] in marks and lines[at][1:2] in (" ", ""):
            found[lines[at][:1]].append(lines[at][2:])
            at += 1
        return found

    while at < len(lines):
        line, number = lines[at], at + 1
        at += 1
        try:
            if line.startswith("#"):
                heading = line
            elif line.startswith("use "):
                play(scene, HERE / f"{line[4:]}.txt")
            elif line.startswith("file "):
                content = "".join(text + "\n" for text in following("|")["|"])
                (scene.folder / line[5:]).parent.mkdir(exist_ok=True)
                (scene.folder / line[5:]).write_bytes(as_bytes(scene.filled(content)))
            elif line.startswith("$ "):
                said = following(">", "!", "=")
                scene.run(line[2:], said[">"], said["!"], None if said["="] == ["…"] else int((said["="] or ["0"])[0]))
            elif line.strip():
                verb, _, rest = line.partition(" ")
                scene.act(verb, rest)
        except Wrong as wrong:
            raise SystemExit(f"{script.name}:{number}: {line}\n{heading}\n{wrong}") from None


def main():
    scene = Scene()
    try:
        play(scene, pathlib.Path(sys.argv[1]))
    finally:
        if scene.lock is not None:
            scene.lock.close()
        shutil.rmtree(scene.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
