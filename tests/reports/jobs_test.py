"""The jobs of `atrapa ci init` against the schemas of their services; their scripts run against a made-up clone."""

import io
import os
import pathlib
import subprocess
import tempfile
import unittest

import jsonschema
from ruamel.yaml import YAML

from reports import PROGRAM, run, shipped

HOSTILE = """./run it 'now' --name="a: b" # {x} | > & *"""


def job(service, *more):
    done = run(["ci", "init", service, "--out", "-", *more])
    assert done.returncode == 0, done.stderr
    return YAML(typ="safe", pure=True).load(io.StringIO(done.stdout))


def github_script(workflow, name):
    return next(step["run"] for step in workflow["jobs"]["atrapa"]["steps"] if step.get("name") == name)


class Jobs(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.home.name)
        self.addCleanup(self.home.cleanup)

    def shell(self, script, **environment):
        """As the services run a script: ended by the first command that fails. A make that only notes what it was asked."""
        bin_folder = self.folder / "bin"
        if not bin_folder.exists():
            bin_folder.mkdir()
            make = bin_folder / "make"
            make.write_text('#!/bin/sh\necho "$*" >> "$NOTES"\nmkdir -p .atrapa/build && ln -sf "$PROGRAM" .atrapa/build/atrapa\n')
            make.chmod(0o755)
        own = {"PATH": f"{bin_folder}:{os.environ['PATH']}", "PROGRAM": PROGRAM, "NOTES": str(self.folder / "notes"), "HOME": str(self.folder)}
        work = self.folder / "work"
        work.mkdir(exist_ok=True)
        return subprocess.run(["sh", "-e", "-c", script], cwd=work, env={**own, **environment}, capture_output=True, text=True, timeout=120)

    def clone(self):
        """A repository with one tagged commit, to be fetched in Atrapa's place."""
        origin = self.folder / "origin"
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-C", str(origin)]
        subprocess.run(["git", "init", "-q", str(origin)], check=True)
        (origin / "Makefile").write_text("deps:\n")
        for words in (["add", "."], ["commit", "-q", "-m", "one"], ["tag", "v0.1.0"]):
            subprocess.run([*git, *words], check=True, capture_output=True)
        return str(origin)

    def test_jobs_fit_the_schemas_of_their_services(self):
        for service, schema in (("github", "github-workflows.json"), ("gitlab", "gitlab-ci.json")):
            published = shipped("check_jsonschema", "builtin_schemas", "vendor", schema)
            valid = jsonschema.validators.validator_for(published)(published).validate
            for more in ((), ("--exec", HOSTILE), ("--driver", "./driver.py")):
                with self.subTest(service, more=more):
                    valid(job(service, *more))
            wrong = job(service)
            (wrong["jobs"] if service == "github" else wrong)["atrapa"]["environment"] = 7
            with self.assertRaises(jsonschema.ValidationError):
                valid(wrong)

    def test_a_connector_arrives_as_it_was_typed(self):
        scripts = {"github": github_script(job("github", "--exec", HOSTILE), "Judge the connector"),
                   "gitlab": job("gitlab", "--exec", HOSTILE)["atrapa"]["script"][0]}
        for service, script in scripts.items():
            with self.subTest(service):
                work = self.folder / "work" / ".atrapa" / "build"
                work.mkdir(parents=True, exist_ok=True)
                (work / "atrapa").write_text('#!/bin/sh\nfor word; do echo "<$word>"; done\n')
                (work / "atrapa").chmod(0o755)
                said = self.shell(script).stdout.splitlines()
                self.assertEqual(said, ["<check>", "<--exec>", f"<{HOSTILE}>", "<--out>", "<atrapa-report>"])

    def test_the_scripts_fetch_build_judge_and_keep_the_exit_code(self):
        workflow, fragment = job("github"), job("gitlab")["atrapa"]
        scripts = {
            "github": [github_script(workflow, name) for name in ("Fetch Atrapa", "Build Atrapa", "Judge the connector")],
            "gitlab": [*fragment["before_script"][1:], fragment["script"][0]],
        }
        origin = self.clone()
        for service, (fetch, build, judge) in scripts.items():
            with self.subTest(service):
                subprocess.run(["rm", "-rf", str(self.folder / "work"), str(self.folder / "notes")], check=True)
                refused = self.shell(fetch, ATRAPA_REPOSITORY="", ATRAPA_REF="v0.1.0")
                self.assertEqual(refused.returncode, 2)
                self.assertIn("ATRAPA_REPOSITORY", refused.stderr)
                fetched = self.shell(fetch, ATRAPA_REPOSITORY=origin, ATRAPA_REF="v0.1.0")
                self.assertEqual(fetched.returncode, 0, fetched.stderr)
                self.assertTrue((self.folder / "work" / ".atrapa" / "Makefile").is_file())
                self.assertEqual(self.shell(build).returncode, 0)
                held = self.shell(judge.replace('check "$@"', 'check SYSTIM-STOCK --cases 3 "$@"'))
                self.assertEqual(held.returncode, 0, held.stderr)
                broken = judge.replace('check "$@"', 'check SYSTIM-STOCK --cases 20 --subject core:trims-codes "$@"')
                self.assertEqual(self.shell(broken).returncode, 1)
                report = self.folder / "work" / "atrapa-report"
                self.assertEqual({"report.html", "report.sarif", "junit.xml", "summary.md"} - {f.name for f in report.iterdir()}, set())
                # What is known does not fail the job.
                write = ".atrapa/build/atrapa check SYSTIM-STOCK --subject core:trims-codes --cases 20 --write-baseline atrapa-known.json"
                self.assertEqual(self.shell(write).returncode, 1)
                self.assertEqual(self.shell(broken).returncode, 0)
                self.assertEqual((self.folder / "notes").read_text().split("\n")[0], "-C .atrapa deps")

    def test_summary_and_reports_are_kept_whatever_the_verdict(self):
        steps = job("github")["jobs"]["atrapa"]["steps"]
        after = [step for step in steps if steps.index(step) > next(at for at, s in enumerate(steps) if s.get("name") == "Judge the connector")]
        self.assertEqual(len(after), 3)
        for step in after:
            self.assertTrue(step["if"].startswith("always()"))
        self.assertFalse([step for step in steps if step.get("continue-on-error") and step.get("name") != "Code scanning"])
        kept = job("gitlab")["atrapa"]["artifacts"]
        self.assertEqual(kept["when"], "always")
        self.assertEqual(kept["reports"]["junit"], "atrapa-report/junit.xml")
        summary = self.folder / "summary"
        (self.folder / "work" / "atrapa-report").mkdir(parents=True)
        (self.folder / "work" / "atrapa-report" / "summary.md").write_text("# told\n")
        self.shell(github_script(job("github"), "Summary"), GITHUB_STEP_SUMMARY=str(summary))
        self.assertEqual(summary.read_text(), "# told\n")


if __name__ == "__main__":
    unittest.main()
