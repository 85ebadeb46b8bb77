"""What every browser can do, whatever its maker."""

from __future__ import annotations

import json
import os
import shutil
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.extension.browsers.bidi import BidiConnection
from tests.extension.browsers.tab import Tab

POPUP = "extension/popup/popup.html"
OPTIONS = "extension/options/options.html"

TABS_OF_INSTALLATION = """async (origin) => {
  const [own, tabs] = await Promise.all([chrome.tabs.getCurrent(), chrome.tabs.query({})]);
  const opened = tabs.filter((tab) => tab.id !== own.id && tab.url?.startsWith(origin) && tab.status === 'complete');
  return opened.length > 0 && opened.map(({url, active}) => ({url, active}));
}"""

READABLE = ("http://127.0.0.1", "http://localhost")  # where the extension may see which page a tab shows

# Scripts that a manifest declares for `document_idle` may start after the load event. What a test
# does before would go unnoticed by the extension.
# https://developer.mozilla.org/en-US/docs/Mozilla/Add-ons/WebExtensions/manifest.json/content_scripts
ARE_CONTENT_SCRIPTS_LISTENING = """async (url) => {
  await import('/extension/shared/messages.js');
  const tabs = (await chrome.tabs.query({})).filter((tab) => tab.url === url);
  const answers = await Promise.all(tabs.map(({id}) => messages.askTab(id, {type: 'page-state'}, 0)));
  return tabs.length > 0 && answers.every((answer) => answer !== undefined);
}"""


class BrowserMissingError(Exception):
    """The browser is not installed on this machine."""


class Browser(ABC):
    """A running headless browser with a fresh profile and the extension installed from a folder."""

    connection: BidiConnection
    extension_origin: str
    version: str

    def __init__(self, root: Path) -> None:
        self.root = root
        self._back_office: Tab | None = None
        self._tabs_of_installation: list[dict[str, Any]] | None = None

    @abstractmethod
    def reported_errors(self) -> list[str]:
        """Every error and warning that code of the extension left in a console, wherever it runs."""

    @abstractmethod
    def forget_errors(self) -> None:
        """Reset the count of errors."""

    @abstractmethod
    def close(self) -> None:
        """End the browser and remove its profile."""

    @abstractmethod
    def set_scheme(self, tab: Tab, scheme: str) -> None:
        """Let a tab prefer ``light`` or ``dark``; in Firefox every tab does."""

    @abstractmethod
    def grant_every_permission(self) -> None:
        """Say yes to what the extension will ask the reader for: a headless browser shows no question."""

    def take_permissions_back(self) -> None:
        """Take away what was granted beyond the manifest."""
        self.back_office.evaluate(
            "chrome.permissions.remove({origins: ['http://*/*', 'https://*/*']}).catch(() => false)"
        )

    def install_again(self) -> None:
        """Reload the extension under the open tabs, as an update does."""
        self.install(self.root)
        self._back_office = None

    def install(self, root: Path) -> str:
        """Install an unpacked extension by the loader that the button "Load unpacked" uses; the answer is its id."""
        data = {"type": "path", "path": str(root)}
        identifier: str = self.connection.command("webExtension.install", extensionData=data)["extension"]
        return identifier

    def open_tab(self, background: bool = False) -> Tab:
        """A new tab; one in the background leaves the window's active tab active."""
        answer = self.connection.command("browsingContext.create", type="tab", background=background)
        return Tab(self.connection, answer["context"], self._wait_for_content_scripts)

    def open_popup(self) -> Tab:
        """The popup as a tab in the background: the active tab stays the page that the popup is about."""
        tab = self.open_tab(background=True)
        tab.get(self.extension_url(POPUP))
        return tab

    def extension_url(self, path: str) -> str:
        """The address of a file of the extension."""
        return f"{self.extension_origin}/{path}"

    def tabs_of_installation(self) -> list[dict[str, Any]]:
        """The tabs that the extension opened when it was installed, as they were when this was first asked."""
        if self._tabs_of_installation is None:
            opened = f"({TABS_OF_INSTALLATION})({json.dumps(self.extension_origin)})"
            try:
                self._tabs_of_installation = self.back_office.wait_until(opened, "a tab opened by the installation")
            except TimeoutError:
                self._tabs_of_installation = []
        return self._tabs_of_installation

    def read_storage(self, key: str) -> Any:
        """One value of the extension's ``storage.local``."""
        return self.back_office.call("async (key) => (await chrome.storage.local.get(key))[key]", key)

    def write_storage(self, key: str, value: Any) -> None:
        """Set one value of the extension's ``storage.local``."""
        self.back_office.call("(key, value) => chrome.storage.local.set({[key]: value})", key, value)

    def clear_storage(self) -> None:
        """Forget settings and cached verdicts, as on the day of installation."""
        self.back_office.evaluate("Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()])")

    @property
    def back_office(self) -> Tab:
        """A page of the extension in the background, from which its storage can be reached."""
        if self._back_office is None:
            self._back_office = self.open_tab(background=True)
            self._back_office.get(self.extension_url(OPTIONS))
        return self._back_office

    def _wait_for_content_scripts(self, tab: Tab) -> None:
        url = tab.evaluate("location.href")
        if url.startswith(READABLE):
            self.back_office.wait_until(
                f"({ARE_CONTENT_SCRIPTS_LISTENING})({json.dumps(url)})", f"the content scripts of {url} listen"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def find_program(variable: str, names: Iterable[str], places: Iterable[str]) -> Path:
    """The browser named by an environment variable, found on the PATH or where its installer puts it."""
    named = os.environ.get(variable)
    candidates = [named] if named else [*(shutil.which(name) for name in names), *places]
    for candidate in candidates:
        if candidate and Path(candidate).is_file():
            return Path(candidate)
    looked_for = named or ", ".join(names)
    raise BrowserMissingError(f"not found: {looked_for} (the environment variable {variable} can name the program)")


def runs_as_root() -> bool:
    """Whether the process is root, as in a container; Chromium then refuses its sandbox."""
    return sys.platform != "win32" and os.geteuid() == 0


def manifest_of(root: Path) -> dict[str, Any]:
    """The extension's manifest."""
    manifest: dict[str, Any] = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def content_script_files(root: Path) -> list[str]:
    """What the manifest lets run in every page."""
    (script,) = manifest_of(root)["content_scripts"]
    files: list[str] = script["js"]
    return files
