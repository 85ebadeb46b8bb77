"""The documentation of the API, in real browsers."""

from __future__ import annotations

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Tab

pytestmark = pytest.mark.browser


def test_it_fits_a_narrow_window(tab: Tab, running_server: RunningServer) -> None:
    tab.get(f"{running_server.address}/docs")
    tab.set_viewport(320, 700)
    assert tab.evaluate("document.querySelectorAll('#docs-routes h2').length") > 0
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
