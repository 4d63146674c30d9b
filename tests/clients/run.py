"""Installs the pinned clients into a venv, then runs their tests in it.

Ends with 1 where a test fails, with 2 where the clients could not be installed: without them nothing was tested, which
is no pass.
"""

import argparse
import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"
INSTALL_SECONDS = 150
TEST_SECONDS = 60


def give_up(why):
    print(
        f"tests/clients: {why}\n"
        "The published clients come from PyPI, so this test needs to reach it once per build tree.\n"
        "Nothing was tested, therefore this counts as a failure. Without a network: ctest -E '^clients$'",
        file=sys.stderr,
    )
    sys.exit(2)


def run(what, words):
    """Runs a step of the installation to its end, or gives up with the words it said."""
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    except subprocess.TimeoutExpired:
        give_up(f"{what} took more than {INSTALL_SECONDS} seconds")
    if done.returncode != 0:
        give_up(f"{what} failed:\n{(done.stdout + done.stderr).strip()}")


def installed(venv):
    """The venv's Python, after an installation if its requirements are not these ones."""
    python = venv / "bin" / "python"
    stamp = venv / "installed"
    digest = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest and python.exists():
        return python
    shutil.rmtree(venv, ignore_errors=True)
    run("making a venv (Debian: python3-venv)", [sys.executable, "-m", "venv", str(venv)])
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--retries", "2", "--timeout", "20"]
    run("pip install", pip + ["--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", str(REQUIREMENTS)])
    stamp.write_text(digest)
    return python


def run_tests(words, environment):
    """0 or 1. Tests that hang are ended together with the fakes that they started: a session of their own."""
    tests = subprocess.Popen(words, stdin=subprocess.DEVNULL, env=environment, start_new_session=True)
    try:
        return int(tests.wait(TEST_SECONDS) != 0)
    except subprocess.TimeoutExpired:
        print(f"tests/clients: the tests took more than {TEST_SECONDS} seconds", file=sys.stderr)
        return 1
    finally:
        if tests.returncode is None:
            os.killpg(tests.pid, signal.SIGKILL)
            tests.wait()


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", required=True, help="the built atrapa")
    words.add_argument("--venv", required=True, type=pathlib.Path, help="made where it is missing")
    told = words.parse_args()

    python = installed(told.venv)
    # Whatever proxy the machine has is not for the loopback.
    environment = {**os.environ, "ATRAPA_PROGRAM": told.program, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    tests = [str(python), "-B", "-m", "unittest", "discover", "-v", "-s", str(HERE), "-p", "*_test.py"]
    sys.exit(run_tests(tests, environment))


if __name__ == "__main__":
    main()
