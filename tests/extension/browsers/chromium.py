"""Chromium, started by Selenium and driven over WebDriver BiDi."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from tests.extension.browsers.bidi import BidiConnection
from tests.extension.browsers.browser import Browser, find_program, runs_as_root
from tests.extension.browsers.tab import Tab

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # saved pages name hosts of the real web: let every one of them fail at once; herald.example is a page of our own
    "--host-resolver-rules=MAP herald.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


class Chromium(Browser):
    """Chromium or Chrome; the version of chromedriver must be the browser's."""

    def __init__(self, root: Path, language: str = "en-US") -> None:
        super().__init__(root)
        options = Options()
        options.binary_location = str(find_program("PLUMBLINE_CHROMIUM", PROGRAMS, PLACES))
        for flag in (*FLAGS, f"--lang={language}", *(["--no-sandbox"] if runs_as_root() else [])):
            options.add_argument(flag)
        options.enable_bidi = True
        options.enable_webextensions = True
        speaking = {**os.environ, "LANGUAGE": language.replace("-", "_")}  # on Linux the flag alone does nothing
        # without chromedriver on the PATH Selenium fetches the one that fits
        service = Service(shutil.which("chromedriver"), env=speaking)
        self._driver = webdriver.Chrome(options=options, service=service)
        self.version = self._driver.capabilities["browserVersion"]
        try:
            self.connection = BidiConnection(self._driver.capabilities["webSocketUrl"])
            self._extensions_page = self._open_extensions_page()
            self.extension_id = self.install(self.root)
            self.extension_origin = f"chrome-extension://{self.extension_id}"
        except BaseException:
            self._driver.quit()
            raise

    def open_tab(self, background: bool = False) -> Tab:
        """A new tab.

        Chromium answers mouse events in a hidden tab only after a time-out of 5 s, unless told that it has the focus.
        """
        tab = super().open_tab(background)
        if background:
            self.devtools(tab, "Emulation.setFocusEmulationEnabled", enabled=True)
        return tab

    def devtools(self, tab: Tab, method: str, **parameters: Any) -> dict[str, Any]:
        """The answer to a command of the DevTools protocol, for what WebDriver BiDi has no word for."""
        session = self.connection.command("goog:cdp.getSession", context=tab.context)["session"]
        answer = self.connection.command("goog:cdp.sendCommand", method=method, params=parameters, session=session)
        result: dict[str, Any] = answer["result"]
        return result

    def set_scheme(self, tab: Tab, scheme: str) -> None:
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        self.devtools(tab, "Emulation.setEmulatedMedia", features=media)

    def grant_every_permission(self) -> None:
        for scheme in ("http", "https"):
            self._extensions_page.call(
                "(id, origin) => chrome.developerPrivate.addHostPermission(id, origin)",
                self.extension_id,
                f"{scheme}://*/*",
            )

    def set_enabled(self, is_enabled: bool) -> None:
        """Switch the extension off or on, as on chrome://extensions."""
        self._extensions_page.call(
            "(id, enabled) => new Promise((done) => chrome.management.setEnabled(id, enabled, done))",
            self.extension_id,
            is_enabled,
        )

    def reported_errors(self) -> list[str]:
        """What chrome://extensions shows under "Errors": content scripts, background and pages of the extension."""
        information = self._extensions_page.call(
            "(id) => chrome.developerPrivate.getExtensionInfo(id)", self.extension_id
        )
        return [f"{error['source']}: {error['message']}" for error in information["runtimeErrors"]]

    def forget_errors(self) -> None:
        self._extensions_page.call(
            "(id) => chrome.developerPrivate.deleteExtensionErrors({extensionId: id})", self.extension_id
        )

    def close(self) -> None:
        self.connection.close()
        self._driver.quit()

    def _open_extensions_page(self) -> Tab:
        tab = super().open_tab(background=True)
        tab.get("chrome://extensions/")
        # errors are collected only in developer mode
        tab.evaluate("chrome.developerPrivate.updateProfileConfiguration({inDeveloperMode: true})")
        return tab
