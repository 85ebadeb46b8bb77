"""The repository root is the extension: the loader behind the button "Load unpacked" takes it as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.extension.browsers import Browser, Chromium
from tests.extension.browsers.bidi import BidiError
from tests.extension.browsers.browser import manifest_of

pytestmark = pytest.mark.browser


def test_the_repository_root_installs_and_chrome_refuses_underscores(
    browser: Browser, root: Path, tmp_path: Path
) -> None:
    installed = browser.back_office.evaluate("chrome.runtime.getManifest()")
    assert installed["name"] == "Plumbline", "the texts of _locales were not found"
    assert installed["version"] == manifest_of(root)["version"]
    if isinstance(browser, Chromium):  # Firefox takes names that begin with an underscore
        (tmp_path / "__pycache__").mkdir()
        (tmp_path / "manifest.json").write_text(json.dumps({"manifest_version": 3, "name": "x", "version": "1"}))
        with pytest.raises(BidiError, match="__pycache__"):  # else the installation would prove nothing
            browser.install(tmp_path)
