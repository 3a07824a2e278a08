"""Chromium as the tests drive it: Debian's browser through Debian's chromedriver, by the WebDriver protocol.

`faults(driver)` is what a person with weak eyes, a keyboard or a screen reader would stumble over on the page that is open; an empty list is wanted.
"""
import base64
import contextlib
import os
import pathlib
import re

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

# Text against what is painted behind it (WCAG 2.1, 1.4.3), sizes of what is to be hit (2.5.8 and 44 px for buttons and fields), ids, page wider than the window.
_MEASURE = r"""
const luminance = ([r, g, b]) => { const part = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b); };
const read = colour => { const parts = colour.match(/[\d.]+/g).map(Number); return parts.length === 3 ? [...parts, 1] : parts; };
const behind = element => { for (let at = element; at; at = at.parentElement) { const c = read(getComputedStyle(at).backgroundColor);
  if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
const shown = element => { const box = element.getBoundingClientRect(); const style = getComputedStyle(element);
  return box.width > 0 && box.height > 0 && box.right > 0 && style.visibility !== 'hidden'; };
const faults = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let texts = 0;
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
  if (!text || !shown(element)) continue;
  texts += 1;
  const style = getComputedStyle(element), a = luminance(read(style.color)), b = luminance(behind(element));
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (large ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${text}`);
  if (size < 14) faults.push(`letters of ${size} px: ${text}`);
}
if (texts === 0) faults.push('no text at all');
for (const element of document.querySelectorAll('input:not([type=hidden]), button, select, a[href], summary')) {
  if (!shown(element)) continue;
  const box = element.getBoundingClientRect(), wanted = element.matches('button, input:not([type=checkbox])') ? 44 : 0;
  const inline = element.matches('p a, li a');
  if (!inline && (box.height < Math.max(wanted, 22) || box.width < 22)) faults.push(`${box.width} × ${box.height} px: ${element.outerHTML.slice(0, 80)}`);
}
const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
ids.filter((id, at) => ids.indexOf(id) !== at).forEach(id => faults.push(`two elements are called ${id}`));
for (const attribute of ['aria-describedby', 'aria-labelledby', 'for'])
  for (const element of document.querySelectorAll(`[${attribute}]`))
    for (const id of element.getAttribute(attribute).split(/\s+/)) if (!document.getElementById(id)) faults.push(`${attribute} names nothing: ${id}`);
if (document.documentElement.scrollWidth > innerWidth) faults.push(`${document.documentElement.scrollWidth} px wide in a window of ${innerWidth}`);
if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
if (document.querySelectorAll('main').length !== 1) faults.push('not one main');
if (!['vi', 'en'].includes(document.documentElement.lang)) faults.push('no language');
let level = 1;
for (const heading of document.querySelectorAll('h1, h2, h3, h4')) { const here = Number(heading.tagName[1]);
  if (here > level + 1) faults.push(`heading h${here} after h${level}`); level = here; }
return faults;
"""


def open_chromium(width=1280, scripts=True):
    """A window of that width; the caller closes it with `quit()`. Believes the self-made certificate."""
    options = webdriver.ChromeOptions()
    options.binary_location = os.environ.get("KHIEN_CHROMIUM", "/usr/bin/chromium")
    for argument in ("--headless=new", "--disable-dev-shm-usage", "--no-proxy-server", "--lang=vi", "--hide-scrollbars"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.accept_insecure_certs = True
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    preferences = {"intl.accept_languages": "vi", "credentials_enable_service": False}
    if not scripts:
        preferences["profile.managed_default_content_settings.javascript"] = 2
    options.add_experimental_option("prefs", preferences)
    driver = webdriver.Chrome(service=Service(os.environ.get("KHIEN_CHROMEDRIVER", "/usr/bin/chromedriver")), options=options)
    driver.set_page_load_timeout(60)
    # Windows are never made narrower than about 500 px: the width of the page is set instead.
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
    return driver


@contextlib.contextmanager
def another_page(driver):
    """What is done inside leads to another page; ends when that has come."""
    driver.execute_script("window.left_behind = true")
    yield
    # While one page gives way to another, Chromium may answer any question with an error.
    WebDriverWait(driver, 60, poll_frequency=0.02, ignored_exceptions=[WebDriverException]).until(
        lambda _: driver.execute_script("return !window.left_behind && document.readyState === 'complete'"))


def faults(driver):
    """What is wrong for the eyes, the hand or a screen reader on the page that is open."""
    found = driver.execute_script(_MEASURE)
    for element in driver.find_elements(By.CSS_SELECTOR, "input:not([type=hidden]), button, a[href], summary, select"):
        if element.is_displayed() and not element.accessible_name.strip():
            found.append(f"no name is read out: {element.get_attribute('outerHTML')[:80]}")
    return found


def complaints(driver):
    """What the browser wrote to its console, as the refusal of a script by the content security policy; answers other than 200 are meant."""
    return [entry["message"] for entry in driver.get_log("browser") if not re.search(r"the server responded with a status of 4\d\d", entry["message"])]


def picture(driver, name):
    """The whole page as a picture in the folder KHIEN_PICTURES, if one is wanted."""
    folder = os.environ.get("KHIEN_PICTURES")
    if not folder:
        return
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    pathlib.Path(folder, f"{name}.png").write_bytes(base64.b64decode(shot["data"]))
