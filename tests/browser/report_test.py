"""The page that `atrapa check --html` writes, in a browser: it asks nobody, it fits, it can be searched by keyboard."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from chromium import Chromium

PROGRAM = os.environ["ATRAPA_PROGRAM"]
NARROW, WIDE = 400, 1280

# What of the page is text and does not stand out from what is behind it, by the measure of WCAG.
FAINT_TEXTS = """
(function () {
  function numbers(colour) { return (colour.match(/[\\d.]+/g) || []).map(Number); }
  function behind(element) {
    for (var e = element; e; e = e.parentElement) {
      var colour = numbers(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  }
  function light(colour) {
    var part = colour.slice(0, 3).map(function (c) { c /= 255; return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4); });
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  }
  return Array.prototype.filter.call(document.querySelectorAll('body *'), function (element) {
    var own = Array.prototype.some.call(element.childNodes, function (n) { return n.nodeType === 3 && n.data.trim(); });
    if (!own || !element.getClientRects().length) return false;
    var a = light(numbers(getComputedStyle(element).color)), b = light(behind(element));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
  }).map(function (element) { return element.outerHTML.slice(0, 120); });
}())
"""


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        known = {"format": "atrapa-baseline/1", "known": [{"rule": "SYSTIM-STOCK-10", "note": "a known one"}]}
        (folder / "known.json").write_text(json.dumps(known))
        words = ["check", "SYSTIM", "EBIURO-PROD", "--cases", "20", "--subject", "core:trims-codes"]
        words += ["--baseline", "known.json", "--out", "out"]
        done = subprocess.run([PROGRAM, *words], cwd=folder, capture_output=True, text=True, timeout=120)
        assert done.returncode == 1, done.stdout + done.stderr
        cls.address = (folder / "out" / "report.html").as_uri()
        cls.chromium = Chromium().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.chromium.__exit__()
        cls.folder.cleanup()

    def page(self, suffix="", **how):
        return self.chromium.page(self.address + suffix, **how)

    def test_no_request_leaves_the_file_and_none_could(self):
        page = self.page()
        self.assertEqual({e["request"]["url"] for e in page.events("Network.requestWillBeSent")}, {self.address})
        self.assertEqual(page.events("Log.entryAdded"), [])
        refused = "fetch('http://127.0.0.1:9/').then(() => 'asked', () => 'refused')"
        self.assertEqual(page.evaluate(refused), "refused")
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"http://127.0.0.1:9/x.png\">')")
        page.evaluate("new Promise(done => setTimeout(done, 200))")
        told = [e["entry"]["text"] for e in page.events("Log.entryAdded")]
        for what in ("'http://127.0.0.1:9/'", "'http://127.0.0.1:9/x.png'"):
            self.assertTrue([text for text in told if what in text and "Content Security Policy" in text], told)
        self.assertEqual({e["response"]["url"] for e in page.events("Network.responseReceived")}, {self.address})

    def test_every_link_within_the_page_has_its_target_and_names_are_given_once(self):
        page = self.page()
        lost = "[...document.querySelectorAll('[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1)).filter(id => !document.getElementById(id))"
        self.assertEqual(page.evaluate(lost), [])
        self.assertGreater(page.evaluate("document.querySelectorAll('.cells a').length"), 50)
        twice = "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)"
        self.assertEqual(page.evaluate(twice), [])

    def test_nothing_has_to_be_scrolled_sideways(self):
        for width in (NARROW, WIDE):
            for opened in (False, True):
                with self.subTest(width=width, opened=opened):
                    page = self.page(width=width)
                    if opened:
                        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
                    self.assertEqual(page.evaluate("innerWidth"), width)
                    self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), width)

    def test_texts_stand_out_by_day_and_by_night(self):
        for dark in (False, True):
            with self.subTest(dark=dark):
                page = self.page(dark=dark)
                page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
                self.assertEqual(page.evaluate(FAINT_TEXTS), [])

    def shown(self, page):
        return page.evaluate("[...document.querySelectorAll('.rule')].filter(r => r.getClientRects().length).map(r => r.id)")

    def test_rules_are_found_by_keyboard_alone(self):
        page = self.page()
        everything = self.shown(page)
        page.evaluate("document.querySelector('.pages').lastElementChild.querySelector('li:last-child a').focus()")
        page.press("Tab", code=9)
        page.type("stock-04 trailing")
        self.assertEqual(self.shown(page), ["rule-SYSTIM-STOCK-04"])
        self.assertEqual(page.evaluate("document.querySelector('output').textContent"), f"1 of {len(everything)} rules")
        page.evaluate("document.querySelector('input[type=search]').select()")
        page.press("Backspace", code=8)
        self.assertEqual(self.shown(page), everything)

        # The first box is of "violated", the next of "violated, tolerated".
        page.press("Tab", code=9)
        page.press(" ", " ", 32)
        left = self.shown(page)
        self.assertNotIn("rule-SYSTIM-STOCK-04", left)
        self.assertIn("rule-SYSTIM-STOCK-10", left)
        page.press("Tab", code=9)
        page.press(" ", " ", 32)
        self.assertNotIn("rule-SYSTIM-STOCK-10", self.shown(page))
        page.evaluate("document.querySelector('button[type=reset]').focus()")
        page.press("Enter", "\r", 13)
        page.evaluate("new Promise(done => setTimeout(done, 50))")
        self.assertEqual(self.shown(page), everything)

    def test_levels_are_filters_too(self):
        page = self.page()
        page.evaluate("document.querySelector('input[value=must]').click()")
        levels = "[...new Set([...document.querySelectorAll('.rule')].filter(r => r.getClientRects().length).map(r => r.dataset.level))].sort()"
        self.assertEqual(page.evaluate(levels), ["info", "may", "should"])

    def test_a_link_to_a_folded_rule_opens_it(self):
        page = self.page("#rule-SYSTIM-STOCK-01")
        self.assertTrue(page.evaluate("document.getElementById('rule-SYSTIM-STOCK-01').open"))
        self.assertFalse(page.evaluate("document.getElementById('rule-SYSTIM-STOCK-02').open"))
        place = page.evaluate("document.getElementById('rule-SYSTIM-STOCK-01').getBoundingClientRect().top")
        self.assertTrue(0 <= place <= 300, place)

    def test_without_scripts_only_the_filters_are_missing(self):
        page = self.page(scripts=False)
        self.assertFalse(page.evaluate("document.getElementById('filters').getClientRects().length"))
        self.assertEqual(len(self.shown(page)), page.evaluate("document.querySelectorAll('.rule').length"))
        # A violation can be read, and its exchanges unfold by the browser's own means.
        text = page.evaluate("document.getElementById('rule-SYSTIM-STOCK-04').innerText")
        for part in ("expected", "observed", "Smallest case", "atrapa replay"):
            self.assertIn(part, text)
        box = page.evaluate(
            "(() => { const s = document.querySelector('.exchanges summary'); s.scrollIntoView({block: 'center'});"
            " const r = s.getBoundingClientRect(); return [r.left + 40, r.top + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            page.send("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
        self.assertTrue(page.evaluate("document.querySelector('.exchanges details').open"))


if __name__ == "__main__":
    unittest.main()
