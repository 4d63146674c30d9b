"""junit.xml against Jenkins' schema of it, and its counts against its content."""

import os
import unittest
import xml.etree.ElementTree as xml

import xmlschema

from reports import written

KINDS = ("plain", "known", "holds")


class JUnit(unittest.TestCase):
    def test_every_file_fits_the_schema(self):
        schema = xmlschema.XMLSchema(os.environ["JUNIT_XSD"])
        for kind in KINDS:
            with self.subTest(kind):
                schema.validate(str(written() / kind / "junit.xml"))
        with self.assertRaises(xmlschema.XMLSchemaValidationError):
            schema.validate(xml.ElementTree(xml.fromstring("<testsuites><testcase/></testsuites>")))

    def test_counts_are_those_of_the_cases(self):
        for kind in KINDS:
            root = xml.parse(written() / kind / "junit.xml").getroot()
            for suite in root.iter("testsuite"):
                for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                    with self.subTest(kind, attribute=attribute):
                        self.assertEqual(int(suite.get(attribute)), len(suite.findall(f"testcase/{element}")))
                self.assertEqual(int(suite.get("tests")), len(suite.findall("testcase")))
            self.assertEqual(int(root.get("tests")), len(root.findall("testsuite/testcase")))

    def test_a_known_failure_is_skipped_and_a_new_one_fails(self):
        def outcome(kind, rule):
            root = xml.parse(written() / kind / "junit.xml").getroot()
            case = next(case for case in root.iter("testcase") if case.get("name").startswith(rule + ":"))
            return {child.tag for child in case}

        self.assertEqual(outcome("plain", "SYSTIM-STOCK-04"), {"failure"})
        self.assertEqual(outcome("known", "SYSTIM-STOCK-04"), {"skipped", "system-out"})
        self.assertEqual(outcome("known", "SYSTIM-STOCK-10"), {"failure"})
        self.assertEqual(outcome("plain", "SYSTIM-PREP-01"), {"skipped"})
        self.assertEqual(outcome("holds", "SYSTIM-STOCK-04"), set())


if __name__ == "__main__":
    unittest.main()
