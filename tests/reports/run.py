"""Installs the pinned validators and schemas from PyPI into a venv, then checks reports and CI jobs against them.

Ends with 1 where a test fails, with 2 where nothing could be installed: then nothing was tested, which is no pass.
"""

import argparse
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
WHEELS, SOURCES = HERE / "requirements.txt", HERE / "sources.txt"
XSD = "testing/example_scripts/junit-10.xsd"
INSTALL_SECONDS, TEST_SECONDS = 150, 180


def step(what, words, **where):
    """Runs a step of the installation, or ends with what it said."""
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=INSTALL_SECONDS, **where)
        why = (done.stdout + done.stderr).strip() if done.returncode else ""
    except subprocess.TimeoutExpired:
        why = f"took more than {INSTALL_SECONDS} seconds"
    if why:
        print(
            f"tests/reports: {what} failed: {why}\nThe validators come from PyPI, once per build tree. Nothing was tested, "
            "so this counts as a failure. Without a network: ctest -E '^reports$'", file=sys.stderr,
        )
        sys.exit(2)


def install(folder):
    """Fills the folder, unless these very files filled it before."""
    stamp = folder / "installed"
    inputs = b"".join(file.read_bytes() for file in (pathlib.Path(__file__), WHEELS, SOURCES)) + sys.version.encode()
    digest = hashlib.sha256(inputs).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return
    shutil.rmtree(folder, ignore_errors=True)
    venv = folder / "venv"
    step("making a venv (Debian: python3-venv)", [sys.executable, "-m", "venv", str(venv)])
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    how = ["--quiet", "--retries", "2", "--timeout", "20", "--no-deps", "--require-hashes"]
    step("pip install", [*pip, "install", *how, "--only-binary", ":all:", "-r", str(WHEELS)])
    archives = folder / "archives"
    step("pip download", [*pip, "download", *how, "--no-binary", ":all:", "--no-build-isolation", "-d", str(archives), "-r", str(SOURCES)])
    with tarfile.open(next(archives.glob("pytest-*.tar.gz"))) as archive:
        schema = next(member for member in archive.getmembers() if member.name.endswith(XSD))
        (folder / "junit.xsd").write_bytes(archive.extractfile(schema).read())
    stamp.write_text(digest)


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", required=True, help="the built atrapa")
    words.add_argument("--into", required=True, type=pathlib.Path, help="a folder for the validators; made where it is missing")
    told = words.parse_args()
    folder = told.into.resolve() / "validators"
    install(folder)
    environment = {**os.environ, "ATRAPA_PROGRAM": str(pathlib.Path(told.program).resolve()), "JUNIT_XSD": str(folder / "junit.xsd")}
    tests = [str(folder / "venv" / "bin" / "python"), "-B", "-m", "unittest", "discover", "-v", "-p", "*_test.py"]
    sys.exit(1 if subprocess.run(tests, cwd=HERE, env=environment, timeout=TEST_SECONDS).returncode else 0)


if __name__ == "__main__":
    main()
