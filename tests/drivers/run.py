"""Judges the example connectors of harness/subject/examples by the built program, and the zoo of faults.

Ends with 1 where a test fails, with 2 where a language or a package is missing: then nothing was tested, which is no pass.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "harness" / "subject" / "examples"
NPM_FILES = [HERE / "npm" / "package.json", HERE / "npm" / "package-lock.json"]
SECONDS = 240  # For one call of the program.
CASES = 3  # For each rule of each example.
ZOO_CASES = 100  # For a fault to be found in; most need a handful.
# What the examples lack on purpose: a life in the appstore, the export of a file, documents.
NOT_THEIRS = {
    "SYSTIM-CONF-01", "SYSTIM-CONF-02", "SYSTIM-CONF-04", "SYSTIM-CONF-06", "SYSTIM-CONF-07", "SYSTIM-ORD-12",
    "SYSTIM-CSV-01", "SYSTIM-CSV-02", "SYSTIM-DOC-01", "SYSTIM-DOC-02",
    "SYSTIM-PREP-01",  # Advice to people, judged for nobody.
}
JUDGED = 44 + 19  # Rules of SYSTIM and of PLATFORM-SHOPER that hold for each example.
LINES = 400  # Of an example, connector and driver.

# `export interface Name {...}` at the left margin, on one line or several.
INTERFACE = re.compile(r"^export interface (\w+) \{(.*?)(?: \}|^\})$", re.MULTILINE | re.DOTALL)

LANGUAGES = {
    "python": (["python3", "-B"], ["connector.py", "driver.py"], "python3"),
    "node": (["node"], ["connector.mjs", "driver.mjs"], "nodejs"),
    "php": (["php"], ["connector.php", "driver.php"], "php-cli, php-curl, php-sqlite3 and php-bcmath"),
}


def give_up(why):
    print(f"tests/drivers: {why}\nNothing was tested, therefore this counts as a failure.", file=sys.stderr)
    sys.exit(2)


def command(language, *words):
    """The driver of an example as --driver takes it."""
    runner, files, _ = LANGUAGES[language]
    return " ".join([*runner, f"'{EXAMPLES / language / files[-1]}'", *words])


class Judged:
    """What the program says of a connector."""

    def __init__(self, selectors, subject, cases):
        words = [PROGRAM, "check", *selectors, *subject, "--cases", str(cases), "--json"]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS)
        self.code, self.errors = done.returncode, done.stderr.strip()
        rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        self.rules = {row["rule"]: row for row in rows if "rule" in row}

    def with_verdict(self, verdict):
        return sorted(rule for rule, row in self.rules.items() if row["verdict"] == verdict)

    def told(self):
        """For a failed test: what was violated and what the program said."""
        violated = [f"{rule}: {self.rules[rule]['reason']}" for rule in self.with_verdict("violated")]
        return "\n".join([f"exit code {self.code}", *violated, self.errors])


class Examples(unittest.TestCase):
    def check(self, language):
        judged = Judged(["SYSTIM", "PLATFORM-SHOPER"], ["--driver", command(language)], CASES)
        held = judged.with_verdict("holds")
        self.assertEqual(judged.with_verdict("violated"), [], judged.told())
        self.assertEqual(set(judged.rules) - set(held), NOT_THEIRS, judged.told())
        self.assertGreaterEqual(len(held), JUDGED)
        print(f"{language}: {len(held)} rules hold in {CASES} cases each, {len(NOT_THEIRS)} are not judged", file=sys.stderr)

    def test_python_breaks_no_rule(self):
        self.check("python")

    def test_node_breaks_no_rule(self):
        self.check("node")

    def test_php_breaks_no_rule(self):
        self.check("php")

    def test_no_accident_loses_or_doubles_anything(self):
        # curl repeats a call by itself where a kept connection ends: PHP is where additions may double.
        for language, flow in [("python", "orders"), ("php", "products")]:
            words = [PROGRAM, "chaos", f"systim-shoper {flow}", "--driver", command(language), "--json"]
            done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS)
            with self.subTest(language):
                self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr)
                summary = json.loads(done.stdout.splitlines()[-1])["summary"]
                self.assertEqual((summary["unsafe"], summary["not_judged"]), (0, 0), summary)
                self.assertGreater(summary["safe"], 100, summary)

    def test_each_is_short_enough_to_be_copied(self):
        for language, (_, files, _) in LANGUAGES.items():
            lines = sum(len((EXAMPLES / language / file).read_text().splitlines()) for file in files)
            with self.subTest(language):
                self.assertLess(lines, LINES)

    def test_the_types_of_the_protocol_fit_the_driver(self):
        options = ["--noEmit", "--checkJs", "--allowJs", "--target", "es2022", "--module", "nodenext", "--moduleResolution", "nodenext"]
        options += ["--typeRoots", str(NPM / "node_modules" / "@types"), "--types", "node"]
        files = [str(EXAMPLES / "node" / file) for file in ["connector.mjs", "driver.mjs", "protocol.d.ts"]]
        words = [str(NPM / "node_modules" / ".bin" / "tsc"), *options, *files]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_types_name_every_member_of_the_schema(self):
        types = (EXAMPLES / "node" / "protocol.d.ts").read_text()
        members = {name: set(re.findall(r"(\w+)\??:", body)) for name, body in INTERFACE.findall(types)}
        definitions = json.loads((EXAMPLES.parent / "protocol.schema.json").read_text())["$defs"]
        checked = 0
        for name, definition in definitions.items():
            kind, _, rest = name.partition("_")
            words = [*rest.split("_"), kind] if kind in ("params", "result") else name.split("_")
            wanted = set(definition.get("properties", {})) if definition.get("type") == "object" else set()
            with self.subTest(name):
                self.assertLessEqual(wanted, members.get("".join(word.capitalize() for word in words), set()))
            checked += bool(wanted)
        self.assertGreater(checked, 30)

    def test_a_script_that_knows_nothing_of_the_program_pushes_stock(self):
        names = {"SHOP_URL": "ATRAPA_SHOP_URL", "SHOP_LOGIN": "ATRAPA_SHOP_LOGIN", "SHOP_PASSWORD": "ATRAPA_SHOP_PASSWORD",
                 "STOCK_FILE": "ATRAPA_PRODUCTS"}
        subject = ["--exec", f"python3 -B '{HERE / 'plain_script.py'}'", "--can", "stock", "--time-scale", "100"]
        for own, value in names.items():
            subject += ["--env-map", f"{own}={value}"]
        rules = [f"SYSTIM-STOCK-{number:02}" for number in (2, 4, 6, 8, 9, 10, 11, 13)]
        judged = Judged(rules, subject, 2)
        self.assertEqual((judged.code, judged.with_verdict("holds")), (0, rules), judged.told())


class Zoo(unittest.TestCase):
    """Every fault is caught, through the protocol alone, by the rules that it names."""

    def test_every_fault_is_caught(self):
        zoo = f"python3 -B '{EXAMPLES / 'python' / 'zoo.py'}'"
        listed = json.loads(subprocess.run(f"{zoo} --list", shell=True, capture_output=True, text=True, check=True).stdout)
        self.assertGreaterEqual(len(listed), 14)

        def judge(one):
            return one, Judged(one["caught_by"], ["--driver", f"{zoo} {one['bug']}", "--jobs", "1"], ZOO_CASES)

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            results = list(pool.map(judge, listed))
        width = max(len(one["bug"]) for one in listed)
        lines = [f"{'fault':<{width}}  rule             cases"]
        for one, judged in results:
            for rule in one["caught_by"]:
                row = judged.rules.get(rule, {"verdict": "not judged", "cases": ""})
                said = row["cases"] if row["verdict"] == "violated" else row["verdict"]
                lines.append(f"{one['bug']:<{width}}  {rule:<15}  {said}")
        print("\n".join(lines), file=sys.stderr)
        for one, judged in results:
            with self.subTest(one["bug"]):
                self.assertEqual(judged.with_verdict("violated"), sorted(one["caught_by"]), judged.told())


class Parity(unittest.TestCase):
    """A connector is judged alike in the program's own process and behind a driver."""

    # One of each way in which a fault shows: in the shop, the ERP, the traffic; after an accident, a death; by forms, by hand.
    BUGS = {
        "trims-codes": "SYSTIM-STOCK-04", "float-money": "SYSTIM-ORD-07", "writes-order-back": "SYSTIM-ORD-04",
        "posts-again-after-lost-answer": "SYSTIM-PROD-04", "checks-unwritten-mapping": "SYSTIM-ORD-13",
        "ignores-retry-after": "SYSTIM-CMD-02", "keeps-old-keys": "SYSTIM-CONF-01", "invoices-again": "SYSTIM-DOC-01",
        "exports-lone-quotes": "SYSTIM-CSV-01", "shoper-ends-with-its-token": "PLATFORM-SHOPER-07",
    }

    def test_planted_bugs_are_caught_behind_a_driver_too(self):
        def judge(entry):
            bug, rule = entry
            subjects = [["--subject", f"core:{bug}"], ["--driver", f"'{PROGRAM}' driver core:{bug}"]]
            return [Judged([rule], [*subject, "--jobs", "1"], ZOO_CASES) for subject in subjects]

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            results = list(pool.map(judge, self.BUGS.items()))
        for (bug, rule), (inside, outside) in zip(self.BUGS.items(), results):
            with self.subTest(bug):
                self.assertEqual(inside.with_verdict("violated"), [rule], inside.told())
                self.assertEqual(outside.with_verdict("violated"), [rule], outside.told())
                self.assertEqual(outside.rules[rule]["cases"], inside.rules[rule]["cases"], outside.told())


def install_types(folder):
    """npm's compiler of TypeScript, once; what is not the byte that the lock names is refused."""
    stamp = folder / "installed"
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in NPM_FILES)).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in NPM_FILES:
        shutil.copy(file, folder)
    words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries", "1"]
    try:
        done = subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as problem:
        give_up(f"npm ci failed (Debian: npm): {problem}")
    if done.returncode != 0:
        give_up(f"npm ci failed; it needs npm's registry once per build tree:\n{(done.stdout + done.stderr).strip()}")
    stamp.write_text(digest)


def main():
    global PROGRAM, NPM
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", required=True, help="the built atrapa")
    words.add_argument("--into", required=True, type=pathlib.Path, help="a folder for npm's packages; made where it is missing")
    words.add_argument("tests", nargs="*", help="names of tests such as Zoo; all")
    told = words.parse_args()
    for runner, _, packages in LANGUAGES.values():
        if not shutil.which(runner[0]):
            give_up(f"there is no {runner[0]} (Debian: {packages})")
    PROGRAM, NPM = told.program, told.into / "npm"
    install_types(NPM)
    result = unittest.main(argv=[sys.argv[0], "-v", *told.tests], exit=False).result
    sys.exit(0 if result.wasSuccessful() else 1)


if __name__ == "__main__":
    main()
