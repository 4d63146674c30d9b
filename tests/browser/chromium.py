"""A Chromium without a window, told what to do over its own pipe: no driver, no port, no package of anybody's."""

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

SECONDS = 30


class Chromium:
    """Runs while its `with` block does. Give it pages by `page()`."""

    def __init__(self):
        program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if program is None:
            raise FileNotFoundError("no Chromium (Debian: apt-get install chromium)")
        self._home = tempfile.TemporaryDirectory(prefix="atrapa-chromium-")
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()

        def take_pipes():
            # Chromium reads commands from 3 and writes answers to 4.
            os.dup2(to_read, 103)
            os.dup2(to_write, 104)
            os.dup2(103, 3)
            os.dup2(104, 4)

        self._process = subprocess.Popen(
            [
                program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                "--no-proxy-server", "--remote-debugging-pipe", f"--user-data-dir={self._home.name}",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False,
            preexec_fn=take_pipes, start_new_session=True,
        )
        os.close(to_read)
        os.close(to_write)
        self._number = 0
        self._bytes = b""
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._write)
        os.close(self._read)
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        shutil.rmtree(self._home.name, ignore_errors=True)

    def _message(self, until):
        """The next one, or None when none comes in time."""
        while b"\0" not in self._bytes:
            if not select.select([self._read], [], [], max(0.0, until - time.monotonic()))[0]:
                return None
            more = os.read(self._read, 1 << 16)
            if not more:
                raise RuntimeError("Chromium ended by itself")
            self._bytes += more
        text, self._bytes = self._bytes.split(b"\0", 1)
        return json.loads(text)

    def send(self, method, session=None, **parameters):
        """Sends a command and gives its result. Events that come meanwhile are kept in `events`."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        if session:
            command["sessionId"] = session
        os.write(self._write, json.dumps(command).encode() + b"\0")
        until = time.monotonic() + SECONDS
        while True:
            message = self._message(until)
            if message is None:
                raise TimeoutError(f"Chromium did not answer {method}")
            if message.get("id") != self._number:
                self.events.append(message)
            elif "error" in message:
                raise RuntimeError(f"{method}: {message['error']}")
            else:
                return message["result"]

    def wait_for(self, method, session):
        """Waits for an event of the session, unless it has come already."""
        until = time.monotonic() + SECONDS
        while not any(e.get("method") == method and e.get("sessionId") == session for e in self.events):
            message = self._message(until)
            if message is None:
                raise TimeoutError(f"Chromium never told {method}")
            self.events.append(message)

    def page(self, address, width=1280, height=900, scripts=True, dark=False):
        return Page(self, address, width, height, scripts, dark)


class Page:
    """A loaded page of exactly that width in CSS pixels."""

    def __init__(self, chromium, address, width, height, scripts, dark):
        self._chromium = chromium
        target = chromium.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = chromium.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.width = width
        self._resize(width, height)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.send("Emulation.setEmulatedMedia", features=scheme)
        self.send("Emulation.setScriptExecutionDisabled", value=not scripts)
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.send(f"{domain}.enable")
        self.send("Page.navigate", url=address)
        chromium.wait_for("Page.loadEventFired", self._session)

    def send(self, method, **parameters):
        return self._chromium.send(method, self._session, **parameters)

    def _resize(self, width, height):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)

    def evaluate(self, script):
        """The value of a script's last expression."""
        told = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in told:
            raise RuntimeError(told["exceptionDetails"])
        return told["result"].get("value")

    def events(self, method):
        return [e["params"] for e in self._chromium.events if e.get("method") == method and e.get("sessionId") == self._session]

    def press(self, key, text="", code=0):
        """A key of the keyboard, down and up."""
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **({"text": text} if text else {}))

    def type(self, text):
        self.send("Input.insertText", text=text)

    def screenshot(self, file, whole=False):
        picture = self.send("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        with open(file, "wb") as out:
            out.write(base64.b64decode(picture))
