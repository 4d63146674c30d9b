"""What passes between Atrapa and a driver against harness/subject/protocol.schema.json, and that against its own metaschema."""

import json
import pathlib
import re
import sys
import tempfile
import unittest

import jsonschema

from reports import PROGRAM, run

SUBJECT = pathlib.Path(__file__).parents[2] / "harness" / "subject"
RULES = ["SYSTIM-STOCK-04", "SYSTIM-ORD-05", "SYSTIM-ORD-13", "SYSTIM-CONF", "SYSTIM-DOC", "SYSTIM-CSV-01", "EBIURO-DOC-01"]
# Runs a driver and keeps the lines both ways, each direction marked.
LISTENER = """
import subprocess, sys
log = open(sys.argv[1], "a", buffering=1)
driver = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
for line in sys.stdin:
    log.write("> " + line)
    driver.stdin.write(line)
    driver.stdin.flush()
    answer = driver.stdout.readline()
    log.write("< " + answer)
    sys.stdout.write(answer)
    sys.stdout.flush()
driver.stdin.close()
driver.wait()
"""


class Protocol(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads((SUBJECT / "protocol.schema.json").read_text())

    def validate(self, message, definition):
        schema = {"$ref": f"#/$defs/{definition}", "$defs": self.schema["$defs"]}
        jsonschema.Draft202012Validator(schema).validate(message)

    def check(self, lines):
        """Every line of a transcript, and what stands in a result by the request before it."""
        methods, asked = set(), None
        for line in lines:
            message = json.loads(line[2:])
            if line.startswith("> "):
                self.validate(message, "request")
                asked = message
                continue
            self.validate(message, "answer")
            self.assertEqual(message["id"], asked["id"])
            if "result" in message:
                self.validate(message["result"], "result_" + asked["method"])
                methods.add(asked["method"])
        return methods

    def test_the_schema_is_one(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_the_page_names_every_method_and_its_transcript_fits(self):
        page = (SUBJECT / "PROTOCOL.md").read_text()
        methods = {name.removeprefix("params_") for name in self.schema["$defs"] if name.startswith("params_")}
        self.assertEqual(methods - set(re.findall(r"`(\w+)`", page)), set())
        lines = [line.strip() for line in page.splitlines() if re.match(r"    [<>] \{", line)]
        self.assertGreater(len(lines), 8)
        self.assertIn("run", self.check(lines))

    def test_what_really_passes_fits(self):
        with tempfile.TemporaryDirectory(prefix="atrapa-protocol-") as folder:
            listener, log = pathlib.Path(folder) / "listener.py", pathlib.Path(folder) / "log"
            listener.write_text(LISTENER)
            driver = f"{sys.executable} -B '{listener}' '{log}' '{PROGRAM}' driver core"
            done = run(["check", *RULES, "--cases", "3", "--jobs", "1", "--driver", driver], cwd=folder)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            methods = self.check(log.read_text().splitlines())
        expected = {"initialize", "configure", "begin", "run", "look", "receive", "save_form", "new_api_key", "invoice", "goods_issue", "perform", "shutdown"}
        self.assertEqual(expected - methods, set())

    def test_the_schema_refuses_what_is_wrong(self):
        for definition, message in (
            ("request", {"jsonrpc": "2.0", "id": 1, "method": "run", "params": {"now": "2026-03-02T09:00:00Z"}}),
            ("result_look", {"orders": [{"id": 1, "shop_order_id": "1", "lines": [], "total_gross": "1"}]}),
            ("result_run", {"ok": "yes"}),
            ("decimal", "1,50"),
        ):
            with self.subTest(definition), self.assertRaises(jsonschema.ValidationError):
                self.validate(message, definition)


if __name__ == "__main__":
    unittest.main()
