#!/usr/bin/env python3
"""Sign-ins with a password per second, against bare Argon2id of libsodium on the same cores, and a page without hashing meanwhile.

The load comes from processes on the same machine, which take their share of the cores: the ratio is a lower bound.
"""
import ctypes
import http.client
import multiprocessing
import os
import pathlib
import re
import signal
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import urlencode

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 8.0
BINARY = os.environ.get("KHIEN_BINARY", "build/release/khien")


def bare_rate(threads, seconds):
    """Hashes per second of libsodium's Argon2id, 19 MiB, two passes."""
    sodium = ctypes.CDLL("libsodium.so.23")
    sodium.sodium_init()
    counts = [0] * threads
    end = time.monotonic() + seconds

    def work(i):
        out = ctypes.create_string_buffer(32)
        while time.monotonic() < end:
            sodium.crypto_pwhash(out, ctypes.c_ulonglong(32), b"password", ctypes.c_ulonglong(8), b"0123456789abcdef",
                                 ctypes.c_ulonglong(2), ctypes.c_size_t(19456 * 1024), ctypes.c_int(2))
            counts[i] += 1

    running = [threading.Thread(target=work, args=(i,)) for i in range(threads)]
    begin = time.monotonic()
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return sum(counts) / (time.monotonic() - begin)


class Browser:
    def __init__(self, port, context):
        self.connection = http.client.HTTPSConnection("127.0.0.1", port, context=context)
        self.cookies = {}

    def request(self, method, path, form=None):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = self.connection.getresponse()
        body = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, value = value.split(";")[0].split("=", 1)
                self.cookies[key] = value
        return answer.status, body


def at_password(port, context, user):
    """A browser at the password page of that user, and the token of its form."""
    browser = Browser(port, context)
    browser.request("POST", "/signin", {"user_name": user, "continue": "/"})
    _, page = browser.request("GET", "/signin/password")
    return browser, re.search(r'name="csrf" value="([^"]+)"', page).group(1)


def issued_passwords(data, number):
    """Of so many logins of the demonstration, by user name."""
    with sqlite3.connect(pathlib.Path(data, "khien.db")) as database:
        names = [name for (name,) in database.execute(
            "select login.user_name from login join account on account.login = login.id where login.state = 1"
            " group by login.user_name having min(account.kind) = 'personal' and max(account.kind) = 'personal'"
            " order by login.user_name limit ?", (number,))]
    issue = [BINARY, "--data", data, "login", "issue"]
    return {name: subprocess.run([*issue, name], check=True, capture_output=True, text=True).stdout.split()[0] for name in names}


def own_passwords(port, ca, issued):
    """The same logins with passwords of their own and nothing owed; those that are refused are left out."""
    context = ssl.create_default_context(cafile=ca)
    own = {}
    for i, (name, password) in enumerate(issued.items()):
        browser, csrf = at_password(port, context, name)
        browser.request("POST", "/signin/password", {"csrf": csrf, "password": password})
        _, page = browser.request("GET", "/signin/steps")
        token = re.search(r'name="csrf" value="([^"]+)"', page)
        if token is None:
            continue
        fresh = f"Mot-kieu.khac{i}x72"
        boxes = re.findall(r'name="(read|signed|monitoring)" value="([^"]+)"', page)
        status, _ = browser.request("POST", "/signin/steps", [("csrf", token.group(1)), ("fresh", fresh), ("again", fresh), *boxes])
        if status == 303 and "__Host-khien" in browser.cookies:
            own[name] = fresh
    assert own, "no login could be prepared"
    return list(own.items())


def sign_in_loop(port, ca, logins, end, counts):
    """In turn, so that no login opens more sessions a minute than it may."""
    context = ssl.create_default_context(cafile=ca)
    count = 0
    browsers = [(*at_password(port, context, name), password) for name, password in logins]
    flows = [dict(browser.cookies) for browser, _, _ in browsers]
    turn = 0
    while time.monotonic() < end:
        browser, csrf, password = browsers[turn % len(browsers)]
        browser.cookies = dict(flows[turn % len(browsers)])
        turn += 1
        status, _ = browser.request("POST", "/signin/password", {"csrf": csrf, "password": password})
        assert status != 429, "too few logins for so many sign-ins a minute"
        if status == 303 and "__Host-khien" in browser.cookies:  # a session was opened, not sent back to begin again
            count += 1
    counts.put(count)


def page_loop(port, ca, end, times):
    context = ssl.create_default_context(cafile=ca)
    taken = []
    browser = Browser(port, context)
    while time.monotonic() < end:
        begin = time.monotonic()
        status, _ = browser.request("GET", "/signin")
        assert status == 200
        taken.append(time.monotonic() - begin)
        time.sleep(0.01)
    times.put(taken)


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    cores = os.cpu_count()
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder, "data")
        subprocess.run([BINARY, "--data", data, "demo", "--people", "1000"], check=True, stdout=subprocess.DEVNULL)
        # A login opens 30 sessions a minute; there may be half again as many sign-ins as bare hashes.
        most = bare_rate(cores, SECONDS / 2) * min(60, 3 * SECONDS)
        issued = issued_passwords(data, int(most / 12) + 8 * cores)
        server = subprocess.Popen([BINARY, "--data", data, "serve", "--port", "0"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)
        port = int(server.stdout.readline().strip().rsplit(":", 1)[1])
        ca = str(data / "tls.crt")
        logins = own_passwords(port, ca, issued)
        for _ in range(3):
            bare = bare_rate(cores, SECONDS / 2)
            counts, times = multiprocessing.Queue(), multiprocessing.Queue()
            end = time.monotonic() + SECONDS
            before = cpu_seconds(server.pid)
            clients = [multiprocessing.Process(target=sign_in_loop, args=(port, ca, logins[i::2 * cores], end, counts))
                       for i in range(2 * cores)]
            clients.append(multiprocessing.Process(target=page_loop, args=(port, ca, end, times)))
            for client in clients:
                client.start()
            done = sum(counts.get() for _ in range(2 * cores))
            taken = sorted(times.get())
            for client in clients:
                client.join()
            cpu = cpu_seconds(server.pid) - before
            p99 = taken[int(len(taken) * 0.99)] * 1000
            print(f"bare Argon2id {bare:.1f}/s, sign-ins {done / SECONDS:.1f}/s, ratio {done / SECONDS / bare:.2f}; server CPU per "
                  f"sign-in {cpu / max(done, 1) * 1000:.1f} ms; page without hashing p99 {p99:.1f} ms of {len(taken)}")
        server.send_signal(signal.SIGTERM)
        server.wait()


if __name__ == "__main__":
    main()
