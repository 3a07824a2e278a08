#!/usr/bin/env python3
"""Start to ready and resident memory with 100,000 people (or the number given), each of whose logins signed in from two networks lately."""
import base64
import os
import pathlib
import re
import signal
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request

people = sys.argv[1] if len(sys.argv) > 1 else "100000"
binary = os.environ.get("KHIEN_BINARY", "build/release/khien")
with tempfile.TemporaryDirectory() as folder:
    data = pathlib.Path(folder, "data")
    begin = time.monotonic()
    subprocess.run([binary, "--data", data, "demo", "--people", people], check=True, stdout=subprocess.DEVNULL)
    print(f"demonstration province of {people} people made in {time.monotonic() - begin:.1f} s")
    with sqlite3.connect(data / "khien.db") as database:
        logins = [login for login, in database.execute("select id from login")]
        now = int(time.time() * 1_000_000)
        rows = [(login, base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("="), now) for login in logins for _ in range(2)]
        database.executemany("insert into sign_in_place (login, network, at) values (?, ?, ?)", rows)
    database.close()
    print(f"{len(logins)} logins, {len(rows)} places")
    for _ in range(5):
        begin = time.monotonic()
        server = subprocess.Popen([binary, "--data", data, "serve", "--port", "0"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)
        url = server.stdout.readline().strip()
        context = ssl.create_default_context(cafile=data / "tls.crt")
        with urllib.request.urlopen(url + "/health/ready", context=context) as answer:
            assert answer.status == 200
        ready = time.monotonic() - begin
        status = pathlib.Path(f"/proc/{server.pid}/status").read_text()
        resident = int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024
        ticks = pathlib.Path(f"/proc/{server.pid}/stat").read_text().rsplit(")", 1)[1].split()
        cpu = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
        print(f"start to ready {ready:.2f} s ({cpu:.2f} s CPU), resident {resident:.0f} MiB")
        server.send_signal(signal.SIGTERM)
        server.wait()
