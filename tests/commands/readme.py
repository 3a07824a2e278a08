#!/usr/bin/env python3
"""Runs the transcripts of README.md in order, in an empty folder that sees `directives` and `tests`: what stands there must be what is printed.

A transcript is an indented block with a line `$ command`; `…` stands for anything in a line, and alone for any number of lines. `$ cat FILE` makes
the file of what follows. Ids, passwords and keys are compared by their shape; dates from November 2026 on move with today. Standard library only.
"""
import datetime
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys

import run

README = run.HERE.parents[1] / "README.md"
WRITTEN = datetime.date(2026, 11, 21)
SHAPES = ((r"[A-Z]{4}-[a-z]{4}-\d{4}-[a-z]{4}", "PASSWORD"), (r"khien/\S+", "KEY"), (r"(?<![\w-])[\w-]{43}(?![\w-])", "SECRET"),
          (r"(?<![\w-])[\w-]{22}(?![\w-])", "ID"), (r"vào lúc \d\d:\d\d", "vào lúc HH:MM"), (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
          (r"\b\d+ mục, \d+ điểm", "N mục, N điểm"))


class Story(run.Scene):
    def moved(self, text):
        def move(match):
            year, month, day = match.group("y") or match.group("Y"), match.group("m") or match.group("M"), match.group("d") or match.group("D")
            date = datetime.date(int(year), int(month), int(day))
            if date < datetime.date(2026, 11, 1):
                return match.group()
            date += self.today - WRITTEN
            return date.isoformat() if match.group("y") else date.strftime("%d/%m/%Y")
        return re.sub(r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b|\b(?P<D>\d\d)/(?P<M>\d\d)/(?P<Y>\d{4})\b", move, text)

    def matches(self, expected, line):
        for shape, name in SHAPES:
            expected, line = re.sub(shape, name, expected), re.sub(shape, name, line)
        return super().matches(expected, line)

    def tell(self, command, expected):
        made = re.fullmatch(r"cat (\S+)", command)
        if made and not (self.folder / made.group(1)).exists():
            (self.folder / made.group(1)).write_text("".join(line + "\n" for line in expected), encoding="utf-8")
            return
        environment = {"PATH": f"{pathlib.Path(run.BINARY).resolve().parent}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "KHIEN_ARGON2_MEMORY_KIB": "8192"}
        serving = command == "khien serve"
        if serving:
            environment["KHIEN_PORT"] = "0"
        with subprocess.Popen(["bash", "-c", f"exec 2>&1; {'exec ' if serving else ''}{command}"], cwd=self.folder, env=environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
            if serving:
                lines = iter(process.stdout.readline, b"")
                printed = next((line for line in lines if line.startswith(b"https://")), b"")
                process.send_signal(signal.SIGTERM)
                process.stdout.read()
            else:
                printed = process.stdout.read()
        self.compare(command, expected, printed)


def transcripts(text):
    """(line, command, output) in order."""
    found, inside = [], False
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("    $ "):
            found.append((number, line[6:], []))
            inside = True
        elif inside and (line.startswith("    ") or not line):
            found[-1][2].append("…" if line.strip() == "…" else line[4:])
        else:
            inside = False
    return [(number, command, "\n".join(output).rstrip("\n").split("\n") if any(output) else []) for number, command, output in found]


def main():
    story = Story()
    for name in ("directives", "tests"):
        os.symlink(README.parent / name, story.folder / name)
    wrongs = []
    try:
        for number, command, output in transcripts(story.moved(README.read_text(encoding="utf-8"))):
            try:
                story.tell(command, output)
            except run.Wrong as wrong:
                wrongs.append(f"README.md:{number}: {wrong}")
    finally:
        shutil.rmtree(story.folder, ignore_errors=True)
    if wrongs:
        sys.exit("\n".join(wrongs))


if __name__ == "__main__":
    main()
