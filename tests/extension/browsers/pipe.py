"""Chromium over its debugging pipe: the one way to press the toolbar button, which WebDriver cannot.

https://chromedevtools.github.io/devtools-protocol/tot/Extensions/
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.extension.browsers.browser import BrowserMissingError, find_program, runs_as_root
from tests.extension.browsers.chromium import FLAGS, PLACES, PROGRAMS
from tests.extension.browsers.page import PATIENCE_SECONDS, POLL_SECONDS

END = b"\0"


class PipeError(Exception):
    """Chromium refused a command, or a script threw."""


class ChromiumOverPipe:
    """A running headless Chromium without an extension yet."""

    def __init__(self) -> None:
        program = find_program("PLUMBLINE_CHROMIUM", PROGRAMS, PLACES)
        shell = shutil.which("bash")
        if shell is None:
            raise BrowserMissingError("not found: bash, which hands Chromium the ends of the pipe")
        self._profile = tempfile.mkdtemp(prefix="plumbline-chromium-")
        to_read, self._to_write = os.pipe()
        self._to_read, to_write = os.pipe()
        flags = [
            *FLAGS,
            *(["--no-sandbox"] if runs_as_root() else []),
            "--remote-debugging-pipe",
            "--enable-unsafe-extension-debugging",
            f"--user-data-dir={self._profile}",
        ]
        redirected = f'exec "$@" 3<&{to_read} 4>&{to_write}'
        self._process = subprocess.Popen(
            [shell, "-c", redirected, "bash", program, *flags],
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._numbers = itertools.count(1)
        self._unread = b""

    def command(self, method: str, session: str | None = None, /, **parameters: Any) -> dict[str, Any]:
        """Send one command, to the browser or to an attached target, and wait for its result."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self._to_write, json.dumps(message).encode() + END)
        while (answer := self._receive()).get("id") != number:
            pass
        if "error" in answer:
            raise PipeError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def open(self, url: str) -> str:
        """A session with a new tab's page."""
        target = self.command("Target.createTarget", url=url)["targetId"]
        return self.attach(target)

    def attach(self, target: str) -> str:
        """A session with a target."""
        session: str = self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return session

    def find(self, kind: str, beginning: str) -> str:
        """The target of a kind at an address, as soon as there is one."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for target in self.command("Target.getTargets", filter=[{}])["targetInfos"]:
                if target["type"] == kind and target["url"].startswith(beginning):
                    identifier: str = target["targetId"]
                    return identifier
            time.sleep(POLL_SECONDS)
        raise TimeoutError(f"no {kind} at {beginning}")

    def evaluate(self, session: str, expression: str) -> Any:
        """The value of a JavaScript expression, awaited."""
        answer = self.command(
            "Runtime.evaluate", session, expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            raise PipeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait_until(self, session: str, expression: str, what: str) -> Any:
        """The first truthy value of a JavaScript expression."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (value := self.evaluate(session, expression)):
            if time.monotonic() > deadline:
                raise TimeoutError(f"after {PATIENCE_SECONDS:g} s still not: {what}")
            time.sleep(POLL_SECONDS)
        return value

    def _receive(self) -> dict[str, Any]:
        while END not in self._unread:
            part = os.read(self._to_read, 65536)
            if not part:
                raise PipeError("Chromium has ended")
            self._unread += part
        message, _, self._unread = self._unread.partition(END)
        received: dict[str, Any] = json.loads(message)
        return received

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()
        os.close(self._to_write)
        os.close(self._to_read)
        shutil.rmtree(Path(self._profile), ignore_errors=True)
