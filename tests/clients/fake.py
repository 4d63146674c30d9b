"""`atrapa up shoper` as a process of its own, on free ports of the loopback."""

import json
import os
import pathlib
import select
import subprocess
import urllib.request

PROGRAM = os.environ["ATRAPA_PROGRAM"]
WORLD = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "worlds" / "lamus.json"
START_SECONDS = 20
END_SECONDS = 20


class Fake:
    """The shop of fixtures/worlds/lamus.json. Its clock stands still until `advance` is called."""

    login, password = "lamus", "lamus-password"

    def __init__(self, limits):
        words = [PROGRAM, "up", "shoper", "--json", "--port", "0", "--clock", "virtual", "--limits", limits]
        self._process = subprocess.Popen(
            words + ["--world", str(WORLD)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
        # One line is printed as soon as the fake answers.
        ready, _, _ = select.select([self._process.stdout], [], [], START_SECONDS)
        line = self._process.stdout.readline() if ready else ""
        if not line:
            self.stop()
            raise RuntimeError(f"the fake did not start within {START_SECONDS} seconds")
        said = json.loads(line)
        self.url = said["platforms"]["shoper"]["url"]
        self._clock = said["gateway"] + "/_atrapa/clock"
        self._direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def advance(self, seconds):
        body = json.dumps({"advance_ms": round(seconds * 1000)}).encode()
        with self._direct.open(self._clock, data=body, timeout=END_SECONDS) as answer:
            answer.read()

    def stop(self):
        """Ends this very process, by force where it does not end by itself."""
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


def operations():
    """What the program says it imitates: {"GET /webapi/rest/taxes": "contract", ...}."""
    listed = subprocess.run(
        [PROGRAM, "operations", "shoper", "--json"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
        timeout=END_SECONDS,
    )
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    return {row["operation"]: row["emulation"] for row in rows}
