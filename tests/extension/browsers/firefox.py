"""Firefox, started by ourselves and driven over WebDriver BiDi: no geckodriver is needed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.extension.browsers.bidi import BidiConnection
from tests.extension.browsers.browser import Browser, find_program, manifest_of
from tests.extension.browsers.tab import Tab

PROGRAMS = ("firefox-esr", "firefox")
PLACES = ("/Applications/Firefox.app/Contents/MacOS/firefox", r"C:\Program Files\Mozilla Firefox\firefox.exe")
EXTENSION_HOST = "70b4ec6f-1d3e-4f62-9d1b-5f0f6f3c8a11"  # a UUID, otherwise random for each installation
PORT_FILE = "WebDriverBiDiServer.json"  # written into the profile once Firefox listens
START_SECONDS = 60
SCHEMES = {"dark": 0, "light": 1}
FORCED_COLOURS: dict[str, dict[str, Any]] = {
    "light": {"browser.display.document_color_use": 2},
    "dark": {
        "browser.display.document_color_use": 2,
        "browser.display.background_color": "#000000",
        "browser.display.foreground_color": "#ffffff",
    },
}
ANCESTORS = "dom.location.ancestorOrigins.enabled"
SET_PREFERENCES = """(preferences) => {
  const setters = {boolean: 'setBoolPref', number: 'setIntPref', string: 'setStringPref'};
  Object.entries(preferences).forEach(([name, value]) => Services.prefs[setters[typeof value]](name, value));
}"""
CLEAR_PREFERENCES = "(names) => names.forEach((name) => Services.prefs.clearUserPref(name))"
FLAGS = (
    "--headless",
    "--no-remote",
    "--remote-debugging-port=0",
    # without it neither pages of the extension nor the browser's own console can be reached
    "--remote-allow-system-access",
)
NOWHERE = {"": "127.0.0.1", "_port": 5}  # nothing listens there, and Firefox does not forbid it as it does port 9

PREFERENCES: dict[str, Any] = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    # else scripts are broken off when their tab is closed or the machine is slow, and reported as errors of ours
    "dom.ipc.cancel_content_js_when_navigating": False,
    "dom.max_ext_content_script_run_time": 0,
    # what an extension asks the reader for is granted with the click that makes it ask
    "extensions.webextOptionalPermissionPrompts": False,
    # saved pages name hosts of the real web: let every one of them fail at once, at a proxy that is not there;
    # herald.example is a page of our own
    "network.dns.localDomains": "herald.example",
    "network.proxy.type": 1,
    "network.proxy.no_proxies_on": "localhost, 127.0.0.1, herald.example",
    **{f"network.proxy.{scheme}{part}": value for scheme in ("http", "ssl") for part, value in NOWHERE.items()},
}

# Two messages of Firefox itself are not our errors: one when a page is closed while it waits for its storage, one
# when a tab is closed while a listener runs (no slow script can cause it: the preferences above give it all the time).
ERRORS_IN_CONSOLE = """(origin) => Services.console.getMessageArray()
  .filter((message) => message instanceof Ci.nsIScriptError && message.sourceName.startsWith(origin))
  .filter(({ errorMessage }) => !/^(Promise resolved after context unloaded|Script terminated)/.test(errorMessage))
  .map((message) => `${message.sourceName}: ${message.errorMessage}`)"""


class Firefox(Browser):
    """Firefox 146 or newer, the extended support release included."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        program = find_program("PLUMBLINE_FIREFOX", PROGRAMS, PLACES)
        self._profile = Path(tempfile.mkdtemp(prefix="plumbline-firefox-"))
        self._write_preferences(manifest_of(root)["browser_specific_settings"]["gecko"]["id"])
        self._process = subprocess.Popen(
            [program, *FLAGS, "--profile", self._profile],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(self._profile)},
        )
        try:
            self.connection = BidiConnection(self._address())
            session = self.connection.command("session.new", capabilities={})
            self.version = session["capabilities"]["browserVersion"]
            self.connection.command("session.subscribe", events=["log.entryAdded"])
            self._browser_window = self._open_browser_window()
            self.extension_id = self.install(self.root)
            self.extension_origin = f"moz-extension://{EXTENSION_HOST}"
        except BaseException:
            self._end()
            raise

    def reported_errors(self) -> list[str]:
        """Uncaught errors of every part of the extension, and what its content scripts and pages wrote as an error."""
        uncaught = self._browser_window.call(ERRORS_IN_CONSOLE, self.extension_origin)
        entries = (event["params"] for event in self.connection.take_events() if event["method"] == "log.entryAdded")
        written = [
            f"{entry['level']}: {entry['text']}"
            for entry in entries
            if entry["type"] == "console" and entry["level"] in ("error", "warn") and self._is_ours(entry)
        ]
        return [*uncaught, *written]

    def forget_errors(self) -> None:
        self._browser_window.evaluate("Services.console.reset()")
        self.connection.take_events()

    def set_scheme(self, tab: Tab, scheme: str) -> None:
        self._browser_window.call(
            "(value) => Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', value)",
            SCHEMES[scheme],
        )

    def force_colours(self, scheme: str) -> None:
        """Force the colours of a reader who likes light or dark ones on every page."""
        self._browser_window.call(SET_PREFERENCES, FORCED_COLOURS[scheme])

    def leave_colours(self) -> None:
        """Let every page have its own colours again."""
        self._browser_window.call(CLEAR_PREFERENCES, [*FORCED_COLOURS["dark"]])

    @contextmanager
    def ancestors_untold(self) -> Iterator[None]:
        """Tell no frame in which pages it stands, as earlier versions do."""
        self._browser_window.call(SET_PREFERENCES, {ANCESTORS: False})
        try:
            yield
        finally:
            self._browser_window.call(CLEAR_PREFERENCES, [ANCESTORS])

    def stop_background(self) -> None:
        """End the extension's background as Firefox does when it finds it idle."""
        self._browser_window.call(
            "(id) => WebExtensionPolicy.getByID(id).extension.terminateBackground().then(() => true)",
            self.extension_id,
        )

    def grant_every_permission(self) -> None:
        """By a preference from the start: a click suffices."""

    def close(self) -> None:
        self.connection.command("browser.close")
        self.connection.close()
        self._end()

    def _write_preferences(self, extension_id: str) -> None:
        preferences = {**PREFERENCES, "extensions.webextensions.uuids": json.dumps({extension_id: EXTENSION_HOST})}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
        (self._profile / "user.js").write_text("".join(lines), encoding="utf-8")

    def _address(self) -> str:
        port_file = self._profile / PORT_FILE
        deadline = time.monotonic() + START_SECONDS
        while not (port_file.is_file() and (text := port_file.read_text(encoding="utf-8"))):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise TimeoutError(f"Firefox does not listen (exit status {self._process.returncode})")
            time.sleep(0.05)
        listening = json.loads(text)
        return f"ws://{listening['ws_host']}:{listening['ws_port']}/session"

    def _open_browser_window(self) -> Tab:
        """The browser's own window as a tab, where privileged scripts run."""
        tree = self.connection.command("browsingContext.getTree", **{"moz:scope": "chrome"})
        return Tab(self.connection, tree["contexts"][0]["context"])

    def _is_ours(self, entry: dict[str, Any]) -> bool:
        frames = entry.get("stackTrace", {}).get("callFrames", [])
        return any(frame["url"].startswith(self.extension_origin) for frame in frames)

    def _end(self) -> None:
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)
