#!/usr/bin/env python3
"""Debian's Apache with mod_auth_openidc as a relying party, on a loopback port, in a folder of its own that goes with it.

    relying_party.py --free-port
    relying_party.py --port N --issuer URL --ca FILE --client-id ID --secret-file FILE [--alg ES256] [--auth-method M] [--debug]

The first prints a free port: the client must be registered for http://127.0.0.1:N/protected/callback (and to return to
http://127.0.0.1:N/goodbye.html after sign-out) before the second is started. The second prints `ready URL` and runs until its
standard input ends or it gets SIGTERM. Exit status 1 and Apache's log on standard error if it does not come up.

What it serves: /protected/ for whoever has signed in, with the headers X-Remote-User, X-Subject and X-Unit-Code;
/protected/callback?info=json shows the claims; /protected/callback?logout=URL signs out here and at the provider.

As root its workers run as an unprivileged user. As a module: `with RelyingParty(port, issuer, …) as party: party.url`.
"""
import argparse
import grp
import os
import pathlib
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

MODULES = "/usr/lib/apache2/modules"
BINARY = "/usr/sbin/apache2"


def installed():
    return os.path.exists(BINARY) and os.path.exists(f"{MODULES}/mod_auth_openidc.so")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def unprivileged():
    """User and group for the workers: our own, or, as root, one that owns nothing."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    for name in ("www-data", "nobody"):
        try:
            entry = pwd.getpwnam(name)
            return name, grp.getgrgid(entry.pw_gid).gr_name
        except KeyError:
            continue
    raise RuntimeError("no unprivileged user for Apache's workers")


class RelyingParty:
    def __init__(self, port, issuer, ca, client_id, secret, alg="RS256", auth_method="client_secret_basic", debug=False):
        self.url = f"http://127.0.0.1:{port}"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="khien-apache-"))
        self.port, self.server = port, None
        user, group = unprivileged()
        # The workers must read the certificate, wherever the caller keeps it.
        shutil.copyfile(ca, self.folder / "ca.pem")
        values = {"folder": self.folder, "port": port, "user": user, "group": group, "modules": MODULES, "issuer": issuer,
                  "ca": self.folder / "ca.pem", "client_id": client_id, "secret": secret, "alg": alg, "auth_method": auth_method,
                  "passphrase": secrets.token_hex(16), "log_level": "debug" if debug else "info"}
        text = (pathlib.Path(__file__).parent / "httpd.conf.in").read_text()
        for name, value in values.items():
            text = text.replace(f"@{name}@", str(value))
        config = self.folder / "httpd.conf"
        config.touch(mode=0o600)
        config.write_text(text)
        for name in ("pages/protected", "cache"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "pages/protected/index.html").write_text("<p>protected page</p>\n")
        (self.folder / "pages/goodbye.html").write_text("<p>goodbye</p>\n")
        self.folder.chmod(0o711)
        if os.getuid() == 0:
            shutil.chown(self.folder / "cache", user, group)

    def log(self):
        file = self.folder / "error.log"
        return file.read_text(errors="replace") if file.exists() else ""

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def __enter__(self):
        try:
            self.server = subprocess.Popen([BINARY, "-f", str(self.folder / "httpd.conf"), "-D", "FOREGROUND"], stdin=subprocess.DEVNULL,
                                           stdout=sys.stderr, start_new_session=True, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
            end = time.monotonic() + 20
            while not self._listens():
                if self.server.poll() is not None or time.monotonic() > end:
                    raise RuntimeError("Apache does not come up:\n" + self.log())
                time.sleep(0.05)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.server and self.server.poll() is None:
            self.server.terminate()
            try:
                self.server.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.server.pid, signal.SIGKILL)  # its own process group: only what we started
                self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--free-port", action="store_true")
    parser.add_argument("--port", type=int)
    for name in ("--issuer", "--ca", "--client-id", "--secret-file"):
        parser.add_argument(name)
    parser.add_argument("--alg", default="RS256", choices=["RS256", "ES256"])
    parser.add_argument("--auth-method", default="client_secret_basic", choices=["client_secret_basic", "client_secret_post"])
    parser.add_argument("--debug", action="store_true")
    wanted = parser.parse_args()
    if wanted.free_port:
        print(free_port())
        return 0
    if not all((wanted.port, wanted.issuer, wanted.ca, wanted.client_id, wanted.secret_file)):
        parser.error("port, issuer, ca, client-id and secret-file are needed")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    secret = pathlib.Path(wanted.secret_file).read_text().strip()
    try:
        with RelyingParty(wanted.port, wanted.issuer, wanted.ca, wanted.client_id, secret, wanted.alg, wanted.auth_method,
                          wanted.debug) as party:
            print("ready", party.url, flush=True)
            sys.stdin.read()
            if wanted.debug:
                sys.stderr.write(party.log())
    except RuntimeError as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
