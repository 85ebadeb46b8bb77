"""The dashboard in real browsers, where it may leave neither an error nor a breach of its own policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import BROWSERS, Browser, Tab
from tests.extension.programs import browser_or_skip

KEEP_COMPLAINTS = """() => {
  window.complaints = [];
  const keep = (complaint) => window.complaints.push(complaint);
  addEventListener('securitypolicyviolation', (event) => keep(`${event.violatedDirective}: ${event.blockedURI}`));
  addEventListener('error', (event) => keep(event.message), true);
  addEventListener('unhandledrejection', (event) => keep(String(event.reason)));
}"""


@pytest.fixture(scope="session", params=BROWSERS)
def any_browser(request: pytest.FixtureRequest, root: Path) -> Iterator[Browser]:
    """Each browser once; a machine without it skips its tests."""
    with browser_or_skip(lambda: BROWSERS[request.param](root), request.param) as running:
        yield running


@pytest.fixture
def tab(any_browser: Browser) -> Iterator[Tab]:
    """A new active tab that keeps what its pages complain of; they may complain of nothing."""
    opened = any_browser.open_tab()
    opened.set_viewport(1200, 900)
    keeping = opened.connection.command(
        "script.addPreloadScript", functionDeclaration=KEEP_COMPLAINTS, contexts=[opened.context]
    )
    yield opened
    complaints = opened.evaluate("window.complaints")
    opened.connection.command("script.removePreloadScript", script=keeping["script"])
    opened.close()
    assert not complaints


@pytest.fixture
def fresh_server(start_server: Callable[..., RunningServer]) -> RunningServer:
    """A server of this test's own: nothing is kept in it yet."""
    return start_server()
