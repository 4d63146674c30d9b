"""Runs `atrapa check` once for all tests that read what it writes."""

import functools
import importlib.util
import json
import os
import pathlib
import subprocess
import tempfile

PROGRAM = os.environ["ATRAPA_PROGRAM"]
FOLDER = tempfile.TemporaryDirectory(prefix="atrapa-reports-")


def run(words, **how):
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=120, **how)


def shipped(package, *path):
    """A JSON file that an installed package ships. The package is not imported: what it would need is not installed."""
    folder = pathlib.Path(importlib.util.find_spec(package).origin).parent
    return json.loads(folder.joinpath(*path).read_text())


@functools.cache
def written():
    """A folder with `plain/`, `known/` (with a baseline: one known failure, one fixed) and `holds/`."""
    folder = pathlib.Path(FOLDER.name)
    known = {"format": "atrapa-baseline/1", "known": [{"rule": "SYSTIM-STOCK-04"}, {"rule": "SYSTIM-STOCK-01"}]}
    (folder / "known.json").write_text(json.dumps(known))
    broken = ["check", "SYSTIM-STOCK", "SYSTIM-PREP", "--cases", "20", "--subject", "core:trims-codes"]
    for words, code in (
        ([*broken, "--out", "plain"], 1),
        ([*broken, "--baseline", "known.json", "--fail-on", "must", "--out", "known"], 1),
        (["check", "SYSTIM-STOCK", "--cases", "5", "--out", "holds"], 0),
    ):
        done = run(words, cwd=folder)
        assert done.returncode == code, done.stdout + done.stderr
    return folder
