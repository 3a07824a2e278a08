#!/usr/bin/env python3
"""Checkpoints reach a mail server, syslog servers and a folder, and what reached them is what `audit verify --against` takes."""
import queue
import shutil
import socket
import ssl
import socketserver
import subprocess
import threading
import time
import unittest

from khien import Installation

try:
    from aiosmtpd.controller import Controller
except ImportError:
    raise SystemExit(77)  # skipped: python3-aiosmtpd is not installed

WAIT = 30


class Mailbox:
    """What a mail server gets."""

    def __init__(self):
        self.mails = queue.Queue()

    async def handle_DATA(self, server, session, envelope):
        self.mails.put(envelope)
        return "250 OK"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SyslogStream(socketserver.ThreadingTCPServer):
    """RFC 6587 octet counting, over TLS if a certificate is given."""
    daemon_threads = True

    def __init__(self, certificate=None):
        self.messages = queue.Queue()
        self.tls = None
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*certificate)
        super().__init__(("127.0.0.1", 0), None)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        if self.tls:
            try:
                request = self.tls.wrap_socket(request, server_side=True)
            except OSError:
                return
        with request.makefile("rb") as stream:
            digits = b""
            while (byte := stream.read(1)).isdigit():
                digits += byte
            if byte == b" ":
                self.messages.put(stream.read(int(digits)).decode())


class Exports(unittest.TestCase):
    def close(self, stream):
        stream.shutdown()
        stream.server_close()

    def setUp(self):
        self.installation = self.enterContext(Installation())
        self.installation.run("init")
        self.installation.run("key", "rotate", "field")  # an entry, and so a checkpoint

    def configure(self, **settings):
        lines = [f"{name}: {value}\n" for name, value in settings.items()]
        (self.installation.data / "khien.yaml").write_text("".join(lines), encoding="utf-8")
        self.installation.run("config", "check")

    def agrees(self, text):
        kept = self.installation.folder / "kept.txt"
        kept.write_text(text, encoding="utf-8")
        self.assertIn("Khớp 1 trong 1", self.installation.run("audit", "verify", "--against", kept))

    def eventually(self, found):
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            if (value := found()):
                return value
            time.sleep(0.05)
        self.fail("nothing came")

    def test_a_mail_server_gets_the_checkpoint_and_the_mail_is_what_verify_takes(self):
        mailbox = Mailbox()
        port = free_port()
        controller = Controller(mailbox, hostname="127.0.0.1", port=port)
        controller.start()
        self.addCleanup(controller.stop)
        self.configure(checkpoint_mail_url=f"smtp://127.0.0.1:{port}", checkpoint_mail_from="khien@mau.gov.vn",
                       checkpoint_mail_to="[kiemtoan@mau.gov.vn, thanhtra@mau.gov.vn]")
        with self.installation.serve():
            mail = mailbox.mails.get(timeout=WAIT)
        self.assertEqual(mail.mail_from, "khien@mau.gov.vn")
        self.assertEqual(mail.rcpt_tos, ["kiemtoan@mau.gov.vn", "thanhtra@mau.gov.vn"])
        text = mail.content.decode()
        self.assertTrue(text.split("\r\n\r\n")[0].count("\r\nSubject: khien/") == 1)
        kept = self.installation.folder / "mail.eml"
        kept.write_bytes(mail.content)
        # The note as text, and once more on one line.
        self.assertIn("Khớp 2 trong 2", self.installation.run("audit", "verify", "--against", kept))
        self.assertIn("mail", self.installation.run("doctor", status=1))

    def test_syslog_by_tcp_udp_and_a_local_socket(self):
        stream = SyslogStream()
        self.addCleanup(self.close, stream)
        self.configure(checkpoint_syslog=f"tcp://127.0.0.1:{stream.server_address[1]}")
        with self.installation.serve():
            message = stream.messages.get(timeout=WAIT)
        self.assertRegex(message, r"^<109>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \S+ khien \d+ checkpoint - khien-checkpoint=")
        self.agrees("Nov 21 22:00:00 log1 " + message + "\n")

        receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(receiver.close)
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(WAIT)
        self.installation.run("key", "rotate", "digest")
        self.forget_what_was_sent()
        self.configure(checkpoint_syslog=f"udp://127.0.0.1:{receiver.getsockname()[1]}")
        with self.installation.serve():
            message = receiver.recv(65536).decode()
        self.agrees(message)

        path = str(self.installation.folder / "log.sock")
        local = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(local.close)
        local.bind(path)
        local.settimeout(WAIT)
        self.forget_what_was_sent()
        self.configure(checkpoint_syslog=f"unix:{path}")
        with self.installation.serve():
            message = local.recv(65536).decode()
        self.agrees(message)

    def forget_what_was_sent(self):
        subprocess.run(["sqlite3", str(self.installation.data / "khien.db"), "delete from checkpoint_export"], check=True)

    def test_syslog_by_tls_only_to_a_server_of_the_ca_that_is_configured(self):
        folder = self.installation.folder
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", "/CN=syslog", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "s.key", "-out",
                        folder / "s.crt"], check=True, capture_output=True)
        stream = SyslogStream((folder / "s.crt", folder / "s.key"))
        self.addCleanup(self.close, stream)
        place = f"tls://127.0.0.1:{stream.server_address[1]}"
        self.configure(checkpoint_syslog=place)
        with self.installation.serve():
            self.eventually(lambda: "syslog: " in self.installation.run("doctor", status=1))
            self.assertTrue(stream.messages.empty())
        self.forget_what_was_sent()
        self.configure(checkpoint_syslog=place, checkpoint_ca_file=folder / "s.crt")
        with self.installation.serve():
            message = stream.messages.get(timeout=WAIT)
        self.agrees(message)

    def test_a_folder_that_goes_away_is_told_and_holds_nobody_up(self):
        share = self.installation.folder / "share"
        share.mkdir()
        self.configure(checkpoint_directory=share)
        with self.installation.serve() as server:
            dropped = self.eventually(lambda: list(share.glob("*.checkpoint")))
            self.assertEqual([file.suffix for file in share.iterdir()], [".checkpoint"])
            shutil.rmtree(share)
            self.assertEqual(server.browser().get(server.url + "/health/ready").status, 200)
        self.assertEqual(len(dropped), 1)
        self.installation.run("key", "rotate", "digest")
        self.forget_what_was_sent()
        with self.installation.serve() as server:
            self.eventually(lambda: "không gửi được" in self.installation.run("doctor", status=1).lower())
            self.assertEqual(server.browser().get(server.url + "/health/ready").status, 200)
            self.assertIn("khien_checkpoint_targets_failing 1", server.browser().get(server.url + "/metrics").body)
        self.assertFalse(share.exists())

    def test_what_could_begin_another_header_or_address_is_refused(self):
        for name, value in [("checkpoint_mail_url", "http://mail"), ("checkpoint_mail_url", "smtp://user@mail"),
                            ("checkpoint_mail_url", "smtp://mail/path"), ("checkpoint_syslog", "udp://host"),
                            ("checkpoint_syslog", "tcp://host:0"), ("checkpoint_syslog", "file:///etc/passwd"),
                            ("checkpoint_mail_to", '["a@b.vn\\r\\nBcc: c@d.vn"]'), ("checkpoint_mail_to", '["a@b.vn,c@d.vn"]'),
                            ("checkpoint_mail_from", '"<a@b.vn>"'), ("checkpoint_every", "PT2H")]:
            with self.subTest(value):
                (self.installation.data / "khien.yaml").write_text(f"{name}: {value}\n", encoding="utf-8")
                self.installation.run("config", "check", status=1)


if __name__ == "__main__":
    unittest.main()
