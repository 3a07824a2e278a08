#!/usr/bin/env python3
"""A shared system that nobody here wrote signs in through Khiên: Debian's Apache with mod_auth_openidc, from the first click to sign-out.

Exit status 77 where Apache or the module is not installed.
"""
import json
import pathlib
import sys
import unittest
import urllib.parse

from khien import ROOT, Installation, Person, give_fresh, give_password, origin_of

sys.path.insert(0, str(ROOT / "tests/oidc/apache"))
from relying_party import RelyingParty, free_port, installed  # noqa: E402

PEOPLE = [Person("annv", "Nguyễn Văn An", "001085012345", ["tthc", "mail"]),
          Person("binhtt", "Trần Thị Bình", "001190012346", ["mail"]),
          Person("cuonglv", "Lê Văn Cường", "001088012347", ["tthc"]),
          Person("dungpt", "Phạm Thị Dung", "001191012348", ["tthc"])]
GOOD = "Trang-sao.71kem"


class SharedSystem(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.installation = cls.enterClassContext(Installation())
        cls.installation.fill(PEOPLE)
        cls.issued = {person.user_name: cls.installation.issue(person.user_name) for person in PEOPLE}
        cls.installation.run("login", "lock", "cuonglv", "--reason", "thử")
        port = free_port()
        cls.goodbye = f"http://127.0.0.1:{port}/goodbye.html"
        client = json.loads(cls.installation.run("client", "add", "--system", "tthc", "--redirect-uri",
                                                 f"http://127.0.0.1:{port}/protected/callback", "--post-logout-redirect-uri", cls.goodbye,
                                                 "--json"))
        cls.server = cls.enterClassContext(cls.installation.serve())
        cls.party = cls.enterClassContext(RelyingParty(port, cls.server.url, cls.server.ca, client["client_id"], client["client_secret"]))
        cls.door = cls.party.url + "/protected/"

    def assert_inside(self, page, user_name):
        self.assertEqual((page.status, page.url), (200, self.door), page.text + "\n" + self.party.log())
        self.assertIn("protected page", page.body)
        self.assertEqual(page.headers["X-Remote-User"], user_name)

    def test_a_person_comes_in_through_the_steps_and_goes_out_everywhere(self):
        browser = self.server.browser()
        start = browser.get(self.door)
        self.assertEqual((origin_of(start.url), start.path), (self.server.url, "/signin"))

        steps = give_password(browser, self.door, "annv", self.issued["annv"])
        self.assertIn("LA-16", steps.text)
        inside = give_fresh(browser, steps, GOOD)
        self.assert_inside(inside, "annv")
        self.assertEqual(inside.headers["X-Unit-Code"], "xa1")

        known = json.loads(browser.get(self.door + "callback?info=json").body)
        self.assertEqual(known["id_token"]["iss"], self.server.url)
        self.assertEqual(known["id_token"]["sub"], inside.headers["X-Subject"])
        self.assertEqual(known["userinfo"]["name"], "Nguyễn Văn An")
        self.assertEqual(known["userinfo"]["email"], "annv@mau.gov.vn")
        self.assertNotIn("001085012345", json.dumps(known), "the identity number left the house")

        gone = browser.get(self.door + "callback?logout=" + urllib.parse.quote(self.goodbye, safe=""))
        self.assertEqual((gone.status, gone.url), (200, self.goodbye), gone.text)
        self.assertEqual(browser.get(self.server.url + "/").path, "/signin", "the session at Khiên goes on")
        self.assertEqual(browser.get(self.door).path, "/signin", "the session at the shared system goes on")

    def test_one_sign_in_serves_for_both_and_a_second_browser_begins_anew(self):
        browser = self.server.browser()
        home = give_fresh(browser, give_password(browser, self.server.url + "/", "dungpt", self.issued["dungpt"]), GOOD)
        self.assertEqual(home.path, "/")
        self.assert_inside(browser.get(self.door), "dungpt")
        self.assert_inside(give_password(self.server.browser(), self.door, "dungpt", GOOD), "dungpt")

    def test_a_login_without_an_account_in_the_system_is_told_so_and_stays_outside(self):
        browser = self.server.browser()
        steps = give_password(browser, self.door, "binhtt", self.issued["binhtt"])
        refused = give_fresh(browser, steps, GOOD)
        self.assertEqual((refused.status, origin_of(refused.url)), (403, self.server.url), refused.text)
        self.assertIn("chưa có tài khoản trên hệ thống này", refused.text)
        self.assertEqual(browser.get(self.server.url + "/").status, 200)
        back = [link for link in refused.links if link.startswith(self.party.url)]
        self.assertEqual(len(back), 1, refused.links)
        self.assertIn("access_denied", back[0])
        outside = browser.get(back[0])
        self.assertNotIn("protected page", outside.body)

    def test_a_locked_login_is_refused_with_the_reason(self):
        browser = self.server.browser()
        refused = give_password(browser, self.door, "cuonglv", self.issued["cuonglv"])
        self.assertEqual((refused.status, origin_of(refused.url)), (403, self.server.url))
        self.assertIn("đang bị khóa", refused.text)
        self.assertNotIn("__Host-khien", browser.cookies)
        self.assertEqual(browser.get(self.door).path, "/signin")

    def test_the_secret_of_the_client_is_nowhere_in_clear(self):
        secret = [line.split('"')[1] for line in pathlib.Path(self.party.folder, "httpd.conf").read_text().splitlines()
                  if line.startswith("OIDCClientSecret")][0].encode()
        for file in self.installation.folder.rglob("*"):
            if file.is_file():
                self.assertNotIn(secret, file.read_bytes(), file.name)


if __name__ == "__main__":
    if not installed():
        print("Apache with mod_auth_openidc is not installed")
        sys.exit(77)
    unittest.main(verbosity=2)
