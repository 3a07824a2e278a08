#!/usr/bin/env python3
"""A stranger with many idle connections and a server with the usual limit on open files: everybody else still gets in."""
import resource
import socket
import ssl
import time
import unittest
import urllib.parse

from khien import Installation, Person, give_password

OWN, HARD = resource.getrlimit(resource.RLIMIT_NOFILE)


class Strangers:
    """Idle TLS connections from addresses of the loopback network. The server may close them; we never do."""

    def __init__(self, server):
        parts = urllib.parse.urlsplit(server.url)
        self.target = (parts.hostname, parts.port)
        self.tls = ssl.create_default_context(cafile=str(server.ca))
        self.sockets = []

    def open(self, address, count, shakes_hands=True):
        for _ in range(count):
            plain = socket.create_connection(self.target, timeout=20, source_address=(address, 0))
            self.sockets.append(plain)
            if not shakes_hands:
                continue
            try:
                self.sockets[-1] = self.tls.wrap_socket(plain, server_hostname=self.target[0])
            except OSError:
                pass  # turned away

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for each in self.sockets:
            each.close()


class Connections(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        resource.setrlimit(resource.RLIMIT_NOFILE, (HARD, HARD))  # we hold the other ends
        cls.installation = cls.enterClassContext(Installation())
        cls.installation.fill([Person("annv", "Nguyễn Văn An", "001085012345", ["tthc"])])
        cls.issued = cls.installation.issue("annv")

    @classmethod
    def tearDownClass(cls):
        resource.setrlimit(resource.RLIMIT_NOFILE, (OWN, HARD))

    def gets_in(self, server, address):
        began = time.monotonic()
        self.assertEqual(server.browser(address).get(server.url + "/health/ready").status, 200)
        page = give_password(server.browser(address), server.url + "/signin", "annv", self.issued)
        self.assertEqual(page.path, "/signin/steps")
        self.assertLess(time.monotonic() - began, 20)

    def test_one_address_with_a_thousand_shuts_nobody_out(self):
        with self.installation.serve(nofile=(1024, 1024)) as server, Strangers(server) as strangers:
            strangers.open("127.0.1.1", 1000)
            self.gets_in(server, "127.0.9.9")
            self.gets_in(server, "127.0.1.1")  # nor those who share the address

    def test_nor_do_several_addresses_and_unfinished_handshakes(self):
        with self.installation.serve(nofile=(1024, 1024)) as server, Strangers(server) as strangers:
            for last in range(1, 7):
                strangers.open(f"127.0.2.{last}", 200, shakes_hands=last % 2 == 0)
            self.gets_in(server, "127.0.9.9")

    def test_the_soft_limit_is_raised(self):
        with self.installation.serve(nofile=(1024, HARD)) as server:
            soft, _ = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
            self.assertGreaterEqual(soft, min(HARD, 20256))


if __name__ == "__main__":
    unittest.main()
