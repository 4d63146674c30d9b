"""`atrapa up PLATFORM` as a process of its own, on free ports of the loopback."""

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
    """A platform with a world: the shop of fixtures/worlds/lamus.json. Its clock stands still until `advance` is called."""

    login, password = "lamus", "lamus-password"

    def __init__(self, limits, platform="shoper", world=WORLD):
        words = [PROGRAM, "up", platform, "--json", "--port", "0", "--clock", "virtual", "--limits", limits]
        self._process = subprocess.Popen(
            words + ["--world", str(world)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
        # One line is printed as soon as the fake answers.
        ready, _, _ = select.select([self._process.stdout], [], [], START_SECONDS)
        line = self._process.stdout.readline() if ready else ""
        if not line:
            self.stop()
            raise RuntimeError(f"the fake did not start within {START_SECONDS} seconds")
        said = json.loads(line)
        self.url = said["platforms"][platform]["url"]
        self.credentials = said["platforms"][platform]["credentials"]
        self._control = f"{said['gateway']}/_atrapa"
        self._platform = platform
        self._direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def advance(self, seconds):
        self._post("clock", {"advance_ms": round(seconds * 1000)})

    def do(self, operation, **words):
        """What a person does in the platform's panel: POST /_atrapa/PLATFORM/OPERATION."""
        return self._post(f"{self._platform}/{operation}", words)

    def _post(self, where, body):
        with self._direct.open(f"{self._control}/{where}", data=json.dumps(body).encode(), timeout=END_SECONDS) as answer:
            return json.loads(answer.read() or b"null")

    def stop(self):
        """Ends this very process, by force where it does not end by itself."""
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


def operations(platform="shoper"):
    """What the program says it imitates: {"GET /webapi/rest/taxes": "contract", ...}."""
    listed = subprocess.run(
        [PROGRAM, "operations", platform, "--json"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
        timeout=END_SECONDS,
    )
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    return {row["operation"]: row["emulation"] for row in rows}
