#!/usr/bin/env python3
"""Commands given to a running server: who may give them, what takes two persons, and what stays closed."""
import os
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import tempfile
import unittest

from khien import Server, binary

LETTER = """code: MAU
number: "9/CV"
issuer: "UBND tỉnh Mẫu"
subject: "đổi mật khẩu"
adopted_by: {unit}
clauses:
  - id: MAU-1
    words: "Đổi mật khẩu 12 ngày một lần."
    controls: [{{kind: password.rotation, params: {{max_age: P12D}}}}]
"""


class Demo:
    """A demonstration province, and commands of its known people."""

    def __init__(self):
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="khien-e2e-", dir=memory))
        self.data = self.folder / "data"

    def __enter__(self):
        self.data.mkdir(mode=0o700)
        (self.data / "khien.yaml").write_text("argon2_memory_kib: 8192\nargon2_passes: 1\n", encoding="utf-8")
        self.ok("demo", "--people", "300")
        self.passwords = dict(line.split()[:2] for line in (self.data / "demo-logins.txt").read_text(encoding="utf-8").splitlines())
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self):
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}

    def give(self, *words, by=None, password=None, keeps=False):
        """A command, perhaps of somebody who signs in for it; without `keeps` the session is forgotten first."""
        environment = self.environment()
        if not keeps:
            for token in self.folder.glob(".khien-session-*"):
                token.unlink()
        if by:
            answers = self.folder / f"answers-{by}"
            answers.write_text(f"{by}\n{password or self.passwords[by]}\n", encoding="utf-8")
            answers.chmod(0o600)
            environment["KHIEN_SIGN_IN_FILE"] = str(answers)
        return subprocess.run([binary(), "--data", str(self.data), *map(str, words)], env=environment, capture_output=True, text=True,
                              timeout=60, stdin=subprocess.DEVNULL, start_new_session=True, check=False)

    def ok(self, *words, **how):
        ran = self.give(*words, **how)
        if ran.returncode != 0:
            raise AssertionError(f"khien {' '.join(map(str, words))}: {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    def refused(self, *words, **how):
        ran = self.give(*words, **how)
        if ran.returncode != 1:
            raise AssertionError(f"khien {' '.join(map(str, words))} was not refused: {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return ran.stderr


class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.demo = cls.enterClassContext(Demo())
        cls.server = cls.enterClassContext(Server(cls.demo))
        cls.demo.ok("role", "found", "annv", "quantri")
        units = cls.demo.ok("directive", "list", by="annv")
        assert "đang áp dụng" in units
        cls.letter = cls.demo.folder / "letter.yaml"
        cls.letter.write_text(LETTER.format(unit="tinh"), encoding="utf-8")

    def request_in(self, text):
        return re.search(r"DN-\d+", text).group(0)

    def test_without_a_person_nothing_is_done_once_there_are_administrators(self):
        self.assertIn("đăng nhập", self.demo.refused("login", "lock", "binhtt", "--reason", "thử"))
        self.assertIn("đăng nhập", self.demo.refused("simulate", "--at", "2030-01-01"))

    def test_a_wrong_password_gives_nothing(self):
        self.assertIn("Sai", self.demo.refused("sign-in", by="annv", password="khong-phai"))

    def test_whoever_has_no_role_may_nothing(self):
        told = self.demo.refused("login", "lock", "binhtt", "--reason", "thử", by="giangvt")
        self.assertIn("vai trò", told)

    def test_who_is_shut_out_or_owes_a_step_signs_in_at_the_web_page_first(self):
        self.assertIn("LA-12", self.demo.refused("sign-in", by="dungpt"))
        self.assertIn("trang web", self.demo.refused("sign-in", by="binhtt"))

    def test_a_session_is_kept_and_ends(self):
        self.demo.ok("sign-in", by="annv")
        self.demo.ok("role", "list", keeps=True)
        token = next(self.demo.folder.glob(".khien-session-*"))
        self.assertEqual(token.stat().st_mode & 0o777, 0o600)
        kept = token.read_text(encoding="ascii")
        self.demo.ok("sign-out", keeps=True)
        self.assertFalse(list(self.demo.folder.glob(".khien-session-*")))
        token.write_text(kept, encoding="ascii")
        token.chmod(0o600)
        self.demo.refused("role", "list", keeps=True)

    def test_what_touches_many_waits_for_a_second_person_and_can_be_undone(self):
        done = self.demo.ok("directive", "add", self.letter, "--from", "2020-01-01", by="annv")
        label = self.request_in(done)
        self.assertNotIn("MAU", self.demo.ok("directive", "list", by="annv"))
        self.assertIn("không tự duyệt", self.demo.refused("request", "approve", label, by="annv"))
        self.assertIn("vai trò", self.demo.refused("request", "approve", label, by="giangvt"))
        self.assertIn("Nếu thực hiện bây giờ", self.demo.ok("request", "show", label, by="quantri"))
        self.assertIn("Đã tiếp nhận", self.demo.ok("request", "approve", label, by="quantri"))
        self.assertIn("MAU", self.demo.ok("directive", "list", by="annv"))
        self.demo.refused("request", "approve", label, by="quantri")
        log = self.demo.ok("audit", "show", "--type", "directive.added", "--json", by="annv")
        self.assertRegex(log.splitlines()[-1], r'"kind":"person".*"system_user":.*"approver":.*"request":')
        # One person alone undoes it within the grace period; ending it otherwise takes two.
        self.assertIn("DN-", self.demo.ok("directive", "withdraw", "MAU", "--reason", "nhầm", by="annv"))
        self.assertIn("Đã hoàn tác", self.demo.ok("directive", "undo", "MAU", "--reason", "nhầm", by="annv"))

    def test_a_request_is_void_once_its_facts_have_changed(self):
        self.demo.ok("directive", "withdraw", "VB", "--reason", "hết việc", by="annv")
        first = self.request_in(self.demo.ok("directive", "withdraw", "VB", "--at", "2031-01-01", "--reason", "hết việc", by="annv"))
        second = self.request_in(self.demo.ok("directive", "withdraw", "VB", "--at", "2030-01-01", "--reason", "hết việc", by="quantri"))
        self.demo.ok("request", "approve", second, by="annv")
        self.assertIn("thay đổi", self.demo.refused("request", "approve", first, by="quantri"))

    def test_a_request_is_withdrawn_by_its_proposer_and_refused_by_another(self):
        mine = self.request_in(self.demo.ok("directive", "withdraw", "AG", "--reason", "thử", by="annv"))
        self.demo.refused("request", "refuse", mine, "--reason", "không", by="annv")
        self.demo.refused("request", "withdraw", mine, "--reason", "nhầm", by="quantri")
        self.demo.ok("request", "refuse", mine, "--reason", "chưa đủ căn cứ", by="quantri")
        self.assertIn("chưa đủ căn cứ", self.demo.ok("request", "show", mine, by="annv"))

    def test_the_password_of_an_administrator_takes_two_and_two_administrators_remain(self):
        self.assertIn("DN-", self.demo.ok("login", "issue", "quantri", "--reason", "quên", by="annv"))
        self.assertIn("hai người", self.demo.refused("login", "lock", "quantri", "--reason", "thử", by="annv"))

    def test_break_glass_gets_in_whatever_a_directive_says_and_alarms(self):
        label = self.request_in(self.demo.ok("role", "grant", "dungpt", "break_glass", by="annv"))
        self.demo.ok("request", "approve", label, by="quantri")
        self.demo.refused("sign-in", by="dungpt")
        self.assertIn("lý do", self.demo.refused("sign-in", "--break-glass", by="dungpt"))
        self.assertIn("không phải", self.demo.refused("sign-in", "--break-glass", "--reason", "thử", by="annv"))
        self.demo.ok("sign-in", "--break-glass", "--reason", "không còn ai vào được", by="dungpt")
        self.demo.ok("role", "list", keeps=True)
        self.assertIn("LA-12", self.demo.ok("audit", "show", "--type", "break_glass.used", by="annv"))
        figures = self.server.browser().get(self.server.url + "/metrics").body
        self.assertRegex(figures, r"khien_break_glass_total [1-9]")
        self.assertIn("khẩn cấp", self.demo.refused("login", "lock", "dungpt", "--reason", "thử", by="annv"))

    def test_a_helper_reopens_after_a_cutoff_and_the_holder_changes_at_once(self):
        label = self.request_in(self.demo.ok("role", "grant", "giangvt", "unit_helper", "--unit", "tinh", by="annv"))
        self.demo.ok("request", "approve", label, by="quantri")
        listed = self.demo.ok("cutoff", "chase", "LA", by="annv")
        name = next(line.split()[0] for line in listed.splitlines() if not line.startswith("dungpt"))
        self.assertIn("không bị dừng", self.demo.refused("cutoff", "reopen", "annv", "--reason", "thử", by="giangvt"))
        self.demo.ok("cutoff", "reopen", name, "--reason", "đã gặp mặt, xem thẻ công chức", by="giangvt")
        self.assertIn("cutoff.reopened", self.demo.ok("audit", "show", "--type", "cutoff.reopened", by="annv"))
        told = self.demo.ok("explain", "--login", name, by="annv")
        self.assertIn("đổi mật khẩu", told.lower())
        file = self.demo.folder / "chase.csv"
        self.demo.ok("cutoff", "chase", "LA", "--out", file, by="annv")
        self.assertIn("Họ và tên", file.read_text(encoding="utf-8-sig"))
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)

    def test_a_cutoff_is_put_off_by_two_persons(self):
        before = self.demo.ok("simulate", "--at", "2099-01-01", "--json", by="annv")
        label = self.request_in(self.demo.ok("cutoff", "delay", "LA", "--until", "2027-06-01", "--unit", "tinh", "--reason", "tập huấn", by="annv"))
        self.assertIn("không tự duyệt", self.demo.refused("request", "approve", label, by="annv"))
        self.demo.ok("request", "refuse", label, "--reason", "không cần", by="quantri")
        self.assertEqual(before.count("cutoff"), self.demo.ok("simulate", "--at", "2099-01-01", "--json", by="annv").count("cutoff"))

    def test_what_a_stranger_sends_to_the_socket_does_no_harm(self):
        for sent in [b"", b"GET / HTTP/1.1\r\n\r\n", b"C" + struct.pack(">I", 2**31), b"C" + struct.pack(">I", 4) + b"\xff" * 4,
                     b"x" + struct.pack(">I", 0)]:
            with socket.socket(socket.AF_UNIX) as stranger:
                stranger.connect(str(self.demo.data / "khien.sock"))
                stranger.sendall(sent)
                stranger.shutdown(socket.SHUT_WR)
                stranger.settimeout(15)
                try:
                    while stranger.recv(4096):
                        pass
                except ConnectionResetError:
                    pass
        self.demo.ok("role", "list", by="annv")

    def test_commands_of_this_machine_alone_are_not_taken_from_the_socket(self):
        def fields(*words):
            body = b"".join(struct.pack(">I", len(word.encode())) + word.encode() for word in ("khien 1", "vi", "", *words))
            return b"C" + struct.pack(">I", len(body)) + body

        for words in [("serve",), ("init",), ("demo",), ("--data", str(self.demo.folder / "else"), "init")]:
            with socket.socket(socket.AF_UNIX) as stranger:
                stranger.connect(str(self.demo.data / "khien.sock"))
                stranger.sendall(fields(*words))
                stranger.settimeout(15)
                answer = b""
                while part := stranger.recv(4096):
                    answer += part
            self.assertTrue(answer.endswith(b"x" + struct.pack(">II", 5, 1) + b"2"), answer)
        self.assertFalse((self.demo.folder / "else").exists())

    def test_the_server_reads_no_file_that_the_command_does_not_name(self):
        """A server in our place, in a folder of ours: the client keeps its files."""
        folder = self.demo.folder / "false"
        folder.mkdir(mode=0o700)
        secret = self.demo.folder / "secret"
        secret.write_text("bí mật", encoding="utf-8")

        def frame(kind, *parts):
            body = b"".join(struct.pack(">I", len(part)) + part for part in parts)
            return kind + struct.pack(">I", len(body)) + body

        with socket.socket(socket.AF_UNIX) as false:
            false.bind(str(folder / "khien.sock"))
            false.listen()
            client = subprocess.Popen([binary(), "--data", str(folder), "directive", "list"], env=self.demo.environment(),
                                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)
            try:
                end, _ = false.accept()
                with end:
                    end.settimeout(15)
                    end.recv(65536)
                    end.sendall(frame(b"r", str(secret).encode(), b"1000", b"", b""))
                    self.assertEqual(end.recv(65536)[:1], b"n")
                    end.sendall(frame(b"w", str(self.demo.folder / "written").encode(), b"x"))
                    self.assertEqual(end.recv(65536)[:1], b"n")
                    end.sendall(frame(b"x", b"0"))
                self.assertEqual(client.wait(15), 0)
            finally:
                client.kill()
                client.wait()
        self.assertFalse((self.demo.folder / "written").exists())

    def test_the_log_verifies(self):
        self.demo.ok("audit", "verify")


if __name__ == "__main__":
    unittest.main()
