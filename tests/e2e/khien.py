"""An installation of Khiên made by its own commands in a temporary folder, its server, and a browser: what the end-to-end tests share.

    with Installation() as installation:
        installation.fill([Person("annv", "Nguyễn Văn An", "001085012345", ["tthc"])])
        password = installation.issue("annv")
        with installation.serve() as server:
            page = server.browser().get(server.url + "/signin")

Commands go to the server where one runs. Standard library only.
"""
import http.client
import http.cookiejar
import os
import pathlib
import resource
import select
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser

ROOT = pathlib.Path(__file__).resolve().parents[2]
SYSTEMS = {"tthc": "Một cửa", "qlvb": "Quản lý văn bản", "cbccvc": "Quản lý cán bộ", "mail": "Thư công vụ", "popdb": "Dữ liệu dân cư",
           "portal": "Cổng thông tin", "eoffice": "Văn phòng điện tử"}


def binary():
    return os.environ.get("KHIEN_BINARY") or str(ROOT / "build/release/khien")


@dataclass
class Person:
    user_name: str
    name: str
    identity_number: str  # 12 digits; the fifth and sixth are the year of birth
    systems: list


class Installation:
    def __init__(self):
        # In memory where there is such a place: every command waits for the disk, which others may keep busy for long.
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="khien-e2e-", dir=memory))
        self.data = self.folder / "data"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self):
        """Nothing of the caller's settings: only what finds programs and speaks UTF-8."""
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}

    def run(self, *arguments, status=0):
        """Runs one command; its standard output. Fails unless it ends with the status."""
        ran = subprocess.run([binary(), "--data", str(self.data), *map(str, arguments)], env=self.environment(), capture_output=True,
                             text=True, timeout=60, stdin=subprocess.DEVNULL, check=False)
        if ran.returncode != status:
            raise AssertionError(f"khien {' '.join(map(str, arguments))}: status {ran.returncode}, not {status}\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    def import_table(self, kind, header, rows):
        file = self.folder / f"{kind}.csv"
        file.write_text("\n".join(",".join(row) for row in [header, *rows]) + "\n", encoding="utf-8")
        self.run("import", kind, file, "--apply")

    def fill(self, people, directives=True):
        """Units, systems, these people with their accounts and logins and, if asked, every shipped directive adopted."""
        self.run("init")
        # The cheapest password hash that is allowed: these tests are about the flow.
        (self.data / "khien.yaml").write_text("name: Khiên thử\nargon2_memory_kib: 8192\nargon2_passes: 1\n", encoding="utf-8")
        self.import_table("units", ["Mã đơn vị", "Tên đơn vị", "Mã đơn vị cấp trên", "Hệ", "Từ ngày"],
                          [["tinh", "UBND tỉnh Mẫu", "", "Nhà nước", "01/01/2020"], ["xa1", "Xã Mẫu Một", "tinh", "Nhà nước", "01/01/2020"]])
        self.import_table("people", ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Mã đơn vị", "Chức vụ", "Email công vụ"],
                          [[str(number), person.name, f"05/01/19{person.identity_number[4:6]}", person.identity_number, "xa1", "Công chức",
                            f"{person.user_name}@mau.gov.vn"] for number, person in enumerate(people, 1)])
        for code, name in SYSTEMS.items():
            self.run("system", "add", code, name, "--owner", "tinh", "--behind-gate")
        self.import_table("accounts", ["Hệ thống", "Tên tài khoản", "Tên đăng nhập", "Loại tài khoản", "Số CCCD", "Ngày cấp"],
                          [[system, person.user_name, person.user_name, "cá nhân", person.identity_number, "01/02/2024"]
                           for person in people for system in person.systems])
        self.run("group", "add", "mot-cua", "Bộ phận Một cửa")
        if directives:
            for file in sorted((ROOT / "directives").glob("*.yaml")):
                self.adopt(file)

    def adopt(self, file, start="2024-11-01"):
        self.run("directive", "add", file, "--adopted-by", "tinh", "--from", start)

    def issue(self, user_name):
        """A new issued password of that login."""
        return self.run("login", "issue", user_name).strip()

    def serve(self, nofile=None):
        return Server(self, nofile)


class Server:
    """`khien serve` on a free port of this machine; stopping it with SIGTERM must end with status 0. `nofile` is its limit on open files,
    (soft, hard)."""

    def __init__(self, installation, nofile=None):
        self.installation = installation
        limited = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, nofile)) if nofile else None
        with open(installation.folder / "server.log", "ab") as log:
            self.process = subprocess.Popen([binary(), "--data", str(installation.data), "serve", "--port", "0"], stdout=subprocess.PIPE,
                                            stderr=log, stdin=subprocess.DEVNULL, env=installation.environment(), preexec_fn=limited)
        try:
            self.url = self._first_line()
        except BaseException:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            raise
        self.ca = installation.data / "tls.crt"

    def _first_line(self):
        ready, _, _ = select.select([self.process.stdout], [], [], 60)
        line = self.process.stdout.readline().decode().strip() if ready else ""
        if not line.startswith("https://"):
            raise AssertionError(f"the server does not start: {line}\n{self.log()}")
        return line

    def log(self):
        return (self.installation.folder / "server.log").read_text(errors="replace")

    def browser(self, address=None):
        return Browser(self.ca, address)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.process.stdout.close()
        if status != 0:
            raise AssertionError(f"the server ended with status {status}\n{self.log()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.process.stdout.closed:
            self.stop()


@dataclass
class Form:
    action: str
    method: str
    fields: list = field(default_factory=list)  # dicts of the attributes of input and button elements, in their order

    def values(self, check=True, **given):
        """What a browser sends: hidden and given values, and every check box if `check`."""
        pairs = []
        for one in self.fields:
            name, kind = one.get("name"), one.get("type", "text")
            if not name or kind == "submit":
                continue
            if kind == "checkbox":
                if check:
                    pairs.append((name, one.get("value", "on")))
            else:
                pairs.append((name, given.pop(name, one.get("value", ""))))
        if given:
            raise AssertionError(f"the form has no field {sorted(given)}")
        return pairs


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.words, self.lang, self.links = [], [], "", []

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag == "html":
            self.lang = given.get("lang", "")
        elif tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif tag in ("input", "button") and self.forms:
            self.forms[-1].fields.append(given if tag == "input" else {"type": "submit"} | given)

    def handle_data(self, data):
        self.words.append(data)


@dataclass
class Page:
    url: str
    status: int
    headers: http.client.HTTPMessage
    body: str

    def __post_init__(self):
        reader = _Reader()
        if "html" in self.headers.get("Content-Type", ""):
            reader.feed(self.body)
        self.forms, self.links, self.lang, self.text = reader.forms, reader.links, reader.lang, " ".join(" ".join(reader.words).split())

    @property
    def path(self):
        return urllib.parse.urlsplit(self.url).path

    def form(self, action):
        """The form that is sent to that path."""
        for form in self.forms:
            if urllib.parse.urlsplit(form.action).path == action:
                return form
        raise AssertionError(f"no form for {action} at {self.url} ({self.status}): {self.text}")

    def form_targets(self):
        """Origins that the content security policy lets a form of this page lead to; nothing where it does not say."""
        for directive in self.headers.get("Content-Security-Policy", "").split(";"):
            name, *sources = directive.split() or [""]
            if name == "form-action":
                return [origin_of(self.url) if source == "'self'" else source for source in sources]
        return None


def origin_of(url):
    parts = urllib.parse.urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class Browser:
    """Keeps cookies and follows redirects as a browser does; believes the one certificate. Raises where a page's form-action forbids."""

    def __init__(self, ca, address=None):
        self.source = (address, 0) if address else None
        self.tls = ssl.create_default_context(cafile=str(ca))
        self.cookies = {}  # name: (value, is it only for https)

    def get(self, url, follow=True, **headers):
        return self._go("GET", url, None, headers, follow, None)

    def submit(self, page, form, follow=True, origin=None, values=None, **given):
        """Sends the form of the page with every box checked; `values` instead of what its fields hold, `origin` another page's."""
        body = urllib.parse.urlencode(form.values(**given) if values is None else values)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin or origin_of(page.url)}
        return self._go(form.method.upper(), urllib.parse.urljoin(page.url, form.action), body, headers, follow, page.form_targets())

    def _go(self, method, url, body, headers, follow, allowed):
        for _ in range(12):
            if allowed is not None and origin_of(url) not in allowed:
                raise AssertionError(f"form-action {allowed} forbids {url}")
            page = self._send(method, url, body, headers)
            location = page.headers.get("Location")
            if not follow or page.status not in (301, 302, 303, 307, 308) or location is None:
                return page
            url = urllib.parse.urljoin(url, location)
            if page.status not in (307, 308):
                method, body = "GET", None
                headers = {name: value for name, value in headers.items() if name not in ("Content-Type", "Origin")}
        raise AssertionError(f"redirects without end, last to {url}")

    def _send(self, method, url, body, headers):
        parts = urllib.parse.urlsplit(url)
        is_https = parts.scheme == "https"
        if is_https:
            connection = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=30, context=self.tls, source_address=self.source)
        else:
            connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, (value, secure) in self.cookies.items() if is_https or not secure)
        sent = {"Accept": "text/html,application/xhtml+xml", "Accept-Language": "vi"} | ({"Cookie": cookies} if cookies else {}) | headers
        target = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
        try:
            connection.request(method, target, body, sent)
            answer = connection.getresponse()
            page = Page(url, answer.status, answer.headers, answer.read().decode("utf-8"))
        finally:
            connection.close()
        for line in page.headers.get_all("Set-Cookie", []):
            self._keep(line)
        return page

    def _keep(self, line):
        pair, *attributes = [part.strip() for part in line.split(";")]
        name, _, value = pair.partition("=")
        known = {key.lower(): text for key, _, text in (attribute.partition("=") for attribute in attributes)}
        if name.startswith("__Host-") and not ("secure" in known and known.get("path") == "/" and "domain" not in known):
            return  # browsers drop it
        expires = http.cookiejar.http2time(known["expires"]) if "expires" in known else None
        if known.get("max-age", "1") in ("0", "-1") or (expires is not None and expires <= time.time()):
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = (value, "secure" in known)


def password_page(browser, start, user_name):
    """From the address that leads to signing in, over the name, to the page that asks for the password."""
    page = browser.get(start)
    return browser.submit(page, page.form("/signin"), user_name=user_name)


def give_password(browser, start, user_name, password):
    page = password_page(browser, start, user_name)
    return browser.submit(page, page.form("/signin/password"), password=password)


def give_fresh(browser, page, fresh):
    """Answers the steps page with a new password and every box checked."""
    return browser.submit(page, page.form("/signin/steps"), fresh=fresh, again=fresh)
