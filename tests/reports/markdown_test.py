"""summary.md as a Markdown reader takes it apart: whole tables, whole folds, nothing lost."""

import unittest

from markdown_it import MarkdownIt

from reports import written

KINDS = ("plain", "known", "holds")


class Summary(unittest.TestCase):
    def tokens(self, kind):
        text = (written() / kind / "summary.md").read_text()
        self.assertLess(len(text.encode()), 60_000)
        return MarkdownIt("commonmark").enable("table").parse(text)

    def test_every_row_of_a_table_has_the_cells_of_its_heading(self):
        for kind in KINDS:
            cells = heading = None
            for token in self.tokens(kind):
                if token.type == "tr_open":
                    cells = 0
                elif token.type in ("th_open", "td_open"):
                    cells += 1
                elif token.type == "thead_close":
                    heading = cells
                elif token.type == "tr_close" and heading is not None:
                    self.assertEqual(cells, heading, kind)
                elif token.type == "table_close":
                    heading = None

    def test_a_violation_stands_in_the_table_and_in_full_below_a_fold(self):
        tokens = self.tokens("plain")
        violated = [t.content for t in tokens if t.type == "inline" and "**SYSTIM-STOCK-04**" in t.content]
        self.assertEqual(len(violated), 1)
        commands = [t.content for t in tokens if t.type == "inline" and "atrapa replay" in t.content]
        self.assertEqual(len(commands), 2)
        blocks = [t.content for t in tokens if t.type == "fence"]
        self.assertEqual(len(blocks), 2)
        for block in blocks:
            self.assertIn("Smallest case", block)
            self.assertIn("curl -s", block)
        folds = "".join(t.content for t in tokens if t.type == "html_block")
        self.assertEqual(folds.count("<details>"), folds.count("</details>"))
        self.assertGreaterEqual(folds.count("<details>"), 3)


if __name__ == "__main__":
    unittest.main()
