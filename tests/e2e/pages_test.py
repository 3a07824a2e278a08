#!/usr/bin/env python3
"""The pages in Chromium: by keyboard alone, without scripts, on a wide and a narrow window, for the eyes and for a screen reader."""
import datetime
import unittest
import urllib.parse

from chromium import another_page, complaints, faults, open_chromium, picture
from khien import Installation, Person, give_fresh, give_password
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

PEOPLE = [Person("annv", "Nguyễn Văn An", "001085012345", ["tthc", "qlvb", "mail"]),
          Person("binhtt", "Trần Thị Bình", "001190012346", ["tthc"]),
          Person("cuonglv", "Lê Văn Cường", "001088012347", ["tthc", "qlvb"]),
          Person("dungpt", "Phạm Thị Dung", "001191012348", ["qlvb"]),
          Person("giangdt", "Đỗ Thị Giang", "001194012351", ["qlvb"]),
          Person("hanhvt", "Vũ Thị Hạnh", "001195012352", ["qlvb"])]
# In our own words: a day that comes before which everybody changes to 16 characters, and a password that does not live long.
COMING = """code: TH
number: "01/TH"
date: "2024-10-01"
issuer: "UBND tỉnh Mẫu"
subject: "đổi mật khẩu"
adopted_by: ~
from: ~
scope: {units: [], systems: [], groups: [], accounts: []}
clauses:
  - id: TH-01
    words: {vi: "Từ ngày quy định, ai chưa đổi mật khẩu thì dừng truy cập.", en: "From the date set, whoever has not changed has no access."}
    controls:
      - {kind: password.cutoff, force: must, params: {date: "%s"}}
      - {kind: password.composition, force: must, params: {min_length: 16}}
  - id: TH-02
    words: {vi: "Mật khẩu được đổi định kỳ.", en: "Passwords are changed from time to time."}
    controls:
      - {kind: password.rotation, force: must, params: {max_age: "P10D"}}
"""
CALLBACK = "https://motcua.example/cb"
GOOD = "Trang-sao.71kem"


class Windows(unittest.TestCase):
    """Windows of Chromium on the server that `setUpClass` of the classes below starts."""

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def window(self, **options):
        driver = open_chromium(**options)
        self.addCleanup(driver.quit)
        return driver

    def path(self, driver):
        return driver.current_url.removeprefix(self.server.url).split("?")[0]

    def give(self, driver, **values):
        """Types into the fields of these names and sends their form as the button does."""
        for name, value in values.items():
            driver.find_element(By.NAME, name).send_keys(value)
        self.click(driver, "main form .primary")

    def click(self, driver, selector):
        with another_page(driver):
            driver.find_element(By.CSS_SELECTOR, selector).click()

    def tick_all(self, driver):
        for box in driver.find_elements(By.CSS_SELECTOR, "main fieldset input[type=checkbox]"):
            box.click()


class Chromium(Windows):
    @classmethod
    def setUpClass(cls):
        cls.installation = cls.enterClassContext(Installation())
        cls.installation.fill(PEOPLE)
        cls.issued = {person.user_name: cls.installation.issue(person.user_name) for person in PEOPLE}
        cls.installation.run("login", "lock", "dungpt", "--reason", "thử")
        cls.client = cls.installation.run("client", "add", "--system", "qlvb", "--redirect-uri", CALLBACK).split("client_id: ")[1].split()[0]
        cls.server = cls.installation.serve()

    def walk(self, driver, look):
        """Goes past every page there is, and calls look(name) on each."""
        driver.get(self.server.url + "/signin")
        look("sign-in")
        self.give(driver, user_name="dungpt")
        self.give(driver, password="Sai-mat-khau.1")
        look("wrong-password")
        self.give(driver, password=self.issued["dungpt"])
        look("refused")
        self.click(driver, ".languages a")
        self.assertIn("The account is locked", driver.find_element(By.CSS_SELECTOR, "main .reason").text)
        look("refused-english")
        self.click(driver, ".languages a")
        driver.get(self.authorization(redirect_uri="https://evil.example/"))
        self.assertIn("Báo cho bộ phận quản trị", driver.find_element(By.TAG_NAME, "main").text)
        look("client-fault")
        driver.get(self.server.url + "/signin?again=1")
        holder = self.holder
        self.give(driver, user_name=holder)
        look("password")
        self.give(driver, password=self.issued[holder])
        look("steps")
        self.tick_all(driver)
        self.give(driver, fresh="annv", again="annv2")
        look("steps-not-yet")
        self.tick_all(driver)
        self.give(driver, fresh=GOOD, again=GOOD)
        self.assertEqual(self.path(driver), "/")
        look("home")
        driver.get(self.server.url + "/password")
        look("change")
        self.give(driver, password=GOOD, fresh="ngan", again="ngan")
        look("change-not-yet")
        driver.get(self.server.url + "/khong-co")
        look("not-found")
        driver.get(self.server.url + "/oauth2/logout")
        self.assertIn("đăng xuất riêng", driver.find_element(By.TAG_NAME, "main").text)
        look("sign-out")
        driver.get(self.server.url + "/")
        self.click(driver, "form[action='/signout'] button")
        look("signed-out")

    def test_every_page_can_be_read_hit_and_heard_on_a_wide_window(self):
        self.holder = "annv"
        self._look_at_all(1280)

    def test_every_page_can_be_read_hit_and_heard_on_a_narrow_window(self):
        self.holder = "binhtt"
        self._look_at_all(390)

    def _look_at_all(self, width):
        driver = self.window(width=width)
        seen = []

        def look(name):
            seen.append(driver.title)
            picture(driver, f"{name}-{width}")
            self.assertEqual((name, faults(driver), complaints(driver)), (name, [], []))

        self.walk(driver, look)
        self.assertEqual(len(seen), 14)
        self.assertTrue(all(title.endswith("– Khiên thử") and not title.startswith("–") for title in seen), seen)

    def test_a_holder_gets_in_with_the_keyboard_alone(self):
        driver = self.window()

        def press(*keys):
            for key in keys:
                driver.switch_to.active_element.send_keys(key)

        def tab_to(wanted):
            """Presses Tab until the element that matches has the focus, and sees that a ring shows where it is."""
            for _ in range(30):
                if driver.execute_script("return document.activeElement.matches(arguments[0])", wanted):
                    ring = driver.execute_script("const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2")
                    self.assertTrue(ring, f"{wanted} has the focus and does not show it")
                    return
                press(Keys.TAB)
            self.fail(f"Tab never comes to {wanted} on {driver.current_url}")

        driver.get(self.server.url + "/signin")
        tab_to("[name=user_name]")
        press("cuonglv")
        with another_page(driver):
            press(Keys.ENTER)
        tab_to("[name=password]")
        press(self.issued["cuonglv"])
        tab_to("button.show")
        press(Keys.SPACE)
        self.assertEqual(driver.find_element(By.NAME, "password").get_attribute("type"), "text")
        self.assertEqual(driver.find_element(By.CSS_SELECTOR, "button.show").get_attribute("aria-pressed"), "true")
        with another_page(driver):
            press(Keys.ENTER)  # showing gives the focus back to the field
        self.assertEqual(self.path(driver), "/signin/steps")
        tab_to("[name=fresh]")
        press("mật khẩu")
        self.assertTrue(driver.find_element(By.CSS_SELECTOR, "[data-telex=fresh]").is_displayed(), "letters with marks are pointed out")
        press(Keys.CONTROL + "a", GOOD)
        self.assertFalse(driver.find_element(By.CSS_SELECTOR, "[data-telex=fresh]").is_displayed())
        tab_to("[name=again]")
        press(GOOD)
        boxes = len(driver.find_elements(By.CSS_SELECTOR, "main fieldset input[type=checkbox]"))
        for number in range(boxes):
            tab_to("fieldset input[type=checkbox]:not(:checked)")
            press(Keys.SPACE)
        tab_to("button.primary")
        with another_page(driver):
            press(Keys.ENTER)
        self.assertEqual(self.path(driver), "/")

    def test_the_pages_work_without_scripts(self):
        driver = self.window(scripts=False)
        driver.get(self.server.url + "/signin")
        self.give(driver, user_name="giangdt")
        self.assertEqual([button.is_displayed() for button in driver.find_elements(By.CSS_SELECTOR, "button.show")], [False])
        self.give(driver, password=self.issued["giangdt"])
        self.tick_all(driver)
        self.give(driver, fresh=GOOD, again=GOOD)
        self.assertEqual(self.path(driver), "/")
        self.click(driver, "form[action='/signout'] button")
        self.assertEqual(self.path(driver), "/signin")

    def authorization(self, **changed):
        """An authorization request of the one client, with these parameters changed."""
        request = {"response_type": "code", "client_id": self.client, "redirect_uri": CALLBACK, "scope": "openid", "state": "s-1",
                   "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256"}
        return f"{self.server.url}/oauth2/authorize?{urllib.parse.urlencode(request | changed)}"

    def alert(self, driver):
        return driver.find_element(By.CSS_SELECTOR, "[role=alert]").text

    def test_letters_of_a_vietnamese_keyboard_are_pointed_out_without_scripts(self):
        driver = self.window(scripts=False, width=390)
        driver.get(self.server.url + "/signin")
        self.give(driver, user_name="hạnhvt")
        self.assertIn("Tên đăng nhập không có dấu", self.alert(driver))
        driver.find_element(By.NAME, "user_name").clear()
        self.give(driver, user_name="hanhvt")
        self.give(driver, password="Sai-mật-khẩu.1")
        self.assertIn("có chữ có dấu", self.alert(driver))
        self.give(driver, password=self.issued["hanhvt"])
        marked = "Mậtkhẩu#73xyZqw"
        self.tick_all(driver)
        self.give(driver, fresh=marked, again=marked)
        self.assertIn("Telex", self.alert(driver))
        self.assertNotIn(marked, driver.page_source)
        picture(driver, "marks-390")
        self.assertEqual(faults(driver), [])
        driver.find_element(By.NAME, "marks_meant").click()
        self.give(driver, fresh=marked, again=marked)
        self.assertEqual(self.path(driver), "/")

        driver.get(self.server.url + "/password")
        self.give(driver, password=marked, fresh="Trăng-sao.71kem", again="Trăng-sao.71kem")
        self.assertIn("Telex", self.alert(driver))
        driver.find_element(By.NAME, "marks_meant").click()
        self.give(driver, password=marked, fresh="Trăng-sao.71kem", again="Trăng-sao.71kem")
        self.assertIn("Đã đổi mật khẩu", driver.find_element(By.CSS_SELECTOR, "[role=status]").text)

    def test_whoever_is_refused_at_the_sign_in_of_a_system_has_a_way_back_to_it(self):
        driver = self.window()
        driver.get(self.authorization(login_hint="dungpt", ui_locales="en-GB vi"))
        self.assertEqual(driver.find_element(By.TAG_NAME, "html").get_attribute("lang"), "en")
        self.assertEqual(driver.find_element(By.NAME, "user_name").get_attribute("value"), "dungpt")
        self.give(driver)
        self.give(driver, password=self.issued["dungpt"])
        back = urllib.parse.urlsplit(driver.find_element(By.CSS_SELECTOR, "main a.button").get_attribute("href"))
        self.assertEqual(back._replace(query="").geturl(), CALLBACK)
        answer = urllib.parse.parse_qs(back.query)
        self.assertEqual((answer["error"], answer["state"], answer["iss"]), (["access_denied"], ["s-1"], [self.server.url]))
        self.assertEqual(driver.find_element(By.TAG_NAME, "html").get_attribute("lang"), "en", "the whole sign-in")
        picture(driver, "refused-way-back-1280")
        driver.get(self.server.url + "/signin")
        self.assertEqual(driver.find_element(By.TAG_NAME, "html").get_attribute("lang"), "vi", "that one only")

    def test_what_was_not_accepted_is_read_out_with_the_field(self):
        driver = self.window()
        driver.get(self.server.url + "/signin")
        self.give(driver, user_name="dungpt")
        self.give(driver, password="Sai-mat-khau.1")
        alert = driver.find_element(By.CSS_SELECTOR, "[role=alert]")
        self.assertIn("không đúng", alert.text)
        field = driver.find_element(By.NAME, "password")
        self.assertEqual(field.get_attribute("aria-invalid"), "true")
        self.assertIn(alert.get_attribute("id"), field.get_attribute("aria-describedby").split())
        self.assertTrue(driver.title.startswith("Chưa được"), driver.title)


class BeforeItFires(Windows):
    """What is to come is shown where it can be done, with its day and its clause."""

    @classmethod
    def setUpClass(cls):
        cls.installation = cls.enterClassContext(Installation())
        cls.installation.fill([PEOPLE[0]], directives=False)
        issued = cls.installation.issue("annv")
        with cls.installation.serve() as server:  # nothing is asked yet: a password by the rules of no letter
            browser = server.browser()
            give_fresh(browser, give_password(browser, server.url + "/", "annv", issued), GOOD)
        cls.comes = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date() + datetime.timedelta(days=5)
        letter = cls.installation.folder / "coming.yaml"
        letter.write_text(COMING % cls.comes, encoding="utf-8")
        cls.installation.adopt(letter)
        cls.server = cls.installation.serve()

    def test_a_cutoff_and_an_expiry_that_come_are_shown_with_their_day_and_clause(self):
        last = self.comes - datetime.timedelta(days=1)
        for width in (1280, 390):
            driver = self.window(width=width)

            def look(name, *parts):
                picture(driver, f"{name}-{width}")
                self.assertEqual((name, faults(driver), complaints(driver)), (name, [], []))
                text = driver.find_element(By.TAG_NAME, "main").text
                for part in parts:
                    self.assertIn(part, text)

            driver.get(self.server.url + "/signin")
            self.give(driver, user_name="annv")
            self.give(driver, password=GOOD)
            look("steps-before-cutoff", f"Từ ngày {self.comes:%d/%m/%Y}", f"chậm nhất hết ngày {last:%d/%m/%Y}", "TH-01", "01/TH")
            self.click(driver, "button[name=later]")
            look("home-before-cutoff", f"Hãy đổi chậm nhất hết ngày {last:%d/%m/%Y}", "TH-01", "Mật khẩu hết hạn vào", "TH-02")
            self.click(driver, "main a.button")
            look("change-before-cutoff", f"Hãy đổi chậm nhất hết ngày {last:%d/%m/%Y}", "TH-01", "TH-02")


class SharedDesk(Windows):
    """A machine that many use, one after the other."""

    @classmethod
    def setUpClass(cls):
        cls.installation = cls.enterClassContext(Installation())
        cls.installation.fill(PEOPLE[:2], directives=False)
        with (cls.installation.data / "khien.yaml").open("a", encoding="utf-8") as settings:
            settings.write("desk_networks: [127.0.0.0/8]\n")
        cls.issued = cls.installation.issue("annv")
        cls.server = cls.installation.serve()

    def test_shows_whose_it_is_in_large_and_changes_hands_in_one_click(self):
        secret = self.issued
        for width in (1280, 390):
            driver = self.window(width=width)
            driver.get(self.server.url + "/signin")
            self.give(driver, user_name="annv")
            self.assertFalse(driver.find_elements(By.NAME, "own_machine"))
            picture(driver, f"desk-password-{width}")
            self.assertEqual((faults(driver), complaints(driver)), ([], []))
            self.give(driver, password=secret)
            if secret != GOOD:
                self.tick_all(driver)
                self.give(driver, fresh=GOOD, again=GOOD)
                secret = GOOD
            picture(driver, f"desk-home-{width}")
            self.assertEqual((faults(driver), complaints(driver)), ([], []))
            name = driver.find_element(By.TAG_NAME, "h1")
            self.assertEqual(name.text, "Nguyễn Văn An")
            self.assertGreaterEqual(float(name.value_of_css_property("font-size").removesuffix("px")), 30)
            for cookie in driver.get_cookies():
                self.assertNotIn("expiry", cookie, f"{cookie['name']} outlives the browser")
            self.click(driver, ".desk button")
            self.assertEqual(self.path(driver), "/signin")
            driver.get(self.server.url + "/")
            self.assertEqual(self.path(driver), "/signin")


if __name__ == "__main__":
    unittest.main(verbosity=2)
