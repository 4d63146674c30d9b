"""Installs the pinned clients, from PyPI into a venv and from npm into a folder, then runs their tests.

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
# Both clients of Base at PyPI call themselves `baselinker`, so one of them lives beside the venv and is tested alone.
SOURCES = HERE / "sources.txt"
ALONE = "py_baselinker_test"
NPM_FILES = [HERE / "npm" / "package.json", HERE / "npm" / "package-lock.json"]
INSTALL_SECONDS = 150
TEST_SECONDS = 60


def give_up(why):
    print(
        f"tests/clients: {why}\n"
        "The published clients come from PyPI and npm, so this test needs to reach both once per build tree.\n"
        "Nothing was tested, therefore this counts as a failure. Without a network: ctest -E '^clients$'",
        file=sys.stderr,
    )
    sys.exit(2)


def run(what, words, **where):
    """Runs a step of the installation to its end, or gives up with the words it said."""
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=INSTALL_SECONDS, **where
        )
    except FileNotFoundError:
        give_up(f"{what} failed: there is no {words[0]}")
    except subprocess.TimeoutExpired:
        give_up(f"{what} took more than {INSTALL_SECONDS} seconds")
    if done.returncode != 0:
        give_up(f"{what} failed:\n{(done.stdout + done.stderr).strip()}")


def install_once(folder, files, install):
    """Lets `install` fill the folder, unless it was filled by this very script from these very files."""
    stamp = folder / "installed"
    inputs = [file.read_bytes() for file in [pathlib.Path(__file__), *files]] + [sys.version.encode()]
    digest = hashlib.sha256(b"".join(inputs)).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return
    shutil.rmtree(folder, ignore_errors=True)
    install(folder)
    stamp.write_text(digest)


def install_venv(venv):
    run("making a venv (Debian: python3-venv)", [sys.executable, "-m", "venv", str(venv)])
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--retries", "2"]
    pip += ["--timeout", "20", "--no-deps", "--require-hashes"]
    run("pip install", pip + ["--only-binary", ":all:", "-r", str(REQUIREMENTS)])
    built = ["--no-binary", ":all:", "--no-build-isolation", "--target", str(venv / "alone")]
    run("pip install", pip + built + ["-r", str(SOURCES)])


def install_npm(folder):
    folder.mkdir(parents=True)
    for file in NPM_FILES:
        shutil.copy(file, folder)
    # What is not the byte that the lock names is refused; packages run nothing of theirs.
    words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries", "1"]
    run("npm ci (Debian: npm)", words, cwd=folder)


def pass_all(python, modules, environment):
    """Whether they do. Tests that hang are ended together with the fakes that they started: a session of their own."""
    words = [str(python), "-B", "-m", "unittest", "-v", *modules]
    tests = subprocess.Popen(words, stdin=subprocess.DEVNULL, cwd=HERE, env=environment, start_new_session=True)
    try:
        return tests.wait(TEST_SECONDS) == 0
    except subprocess.TimeoutExpired:
        print(f"tests/clients: {', '.join(modules)} took more than {TEST_SECONDS} seconds", file=sys.stderr)
        return False
    finally:
        if tests.returncode is None:
            os.killpg(tests.pid, signal.SIGKILL)
            tests.wait()


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", required=True, help="the built atrapa")
    words.add_argument("--into", required=True, type=pathlib.Path, help="a folder for the clients; made where it is missing")
    told = words.parse_args()

    venv, npm = told.into / "venv", told.into / "npm"
    install_once(venv, [REQUIREMENTS, SOURCES], install_venv)
    install_once(npm, NPM_FILES, install_npm)
    # Whatever proxy the machine has is not for the loopback.
    environment = {
        **os.environ, "ATRAPA_PROGRAM": told.program, "NPM_CLIENTS": str(npm), "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1",
    }
    python = venv / "bin" / "python"
    together = sorted({file.stem for file in HERE.glob("*_test.py")} - {ALONE})
    passed = [
        pass_all(python, together, environment),
        pass_all(python, [ALONE], {**environment, "PYTHONPATH": str(venv / "alone")}),
    ]
    sys.exit(0 if all(passed) else 1)


if __name__ == "__main__":
    main()
