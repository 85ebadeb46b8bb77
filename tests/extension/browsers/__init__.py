"""Real browsers with the extension under test, driven through one interface over WebDriver BiDi.

Free of pytest, so that ``scripts/benchmark.py`` and ``scripts/take_screenshots.py`` can drive the same browsers.
"""

from __future__ import annotations

from tests.extension.browsers.browser import Browser, BrowserMissingError
from tests.extension.browsers.chromium import Chromium
from tests.extension.browsers.firefox import Firefox
from tests.extension.browsers.tab import Tab

BROWSERS: dict[str, type[Browser]] = {"chromium": Chromium, "firefox": Firefox}

__all__ = ["BROWSERS", "Browser", "BrowserMissingError", "Chromium", "Firefox", "Tab"]
