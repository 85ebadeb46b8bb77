"""The documentation of the API, in real browsers and without a network."""

from __future__ import annotations

import json
import shlex

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Tab
from tests.server.conftest import Client

pytestmark = pytest.mark.browser

HEADINGS = "[...document.querySelectorAll('#docs-routes h2')].map((heading) => heading.textContent)"
SHAPES = "[...document.querySelectorAll('#docs-shapes h2')].map((heading) => heading.textContent)"
BROKEN_LINKS = """[...document.querySelectorAll('main a[href^="#"]')]
  .map((link) => link.getAttribute('href').slice(1))
  .filter((id) => document.getElementById(id) === null)"""
COMMAND = "document.querySelector('#post-api-v1-check pre').textContent"


@pytest.fixture
def documentation(tab: Tab, running_server: RunningServer) -> Tab:
    """The page, filled."""
    tab.get(f"{running_server.address}/docs")
    tab.wait_until(f"{HEADINGS}.length > 0", "the routes are listed")
    return tab


def test_every_route_and_shape_of_the_schema_is_documented(documentation: Tab, client: Client) -> None:
    schema = client.ask("GET", "/openapi.json").json()
    routes = [f"{method.upper()} {path}" for path, methods in schema["paths"].items() for method in methods]
    assert documentation.evaluate(HEADINGS) == routes
    assert documentation.evaluate(SHAPES) == list(schema["components"]["schemas"])
    assert documentation.evaluate(BROKEN_LINKS) == []


def test_what_it_says_for_a_terminal_works(documentation: Tab, client: Client) -> None:
    words = shlex.split(documentation.evaluate(COMMAND))
    assert words[:3] == ["curl", "-X", "POST"]
    assert words[3].endswith(f":{client.port}/api/v1/check")
    assert words[4:6] == ["-H", "Content-Type: application/json"]
    assert client.check(json.loads(words[7])).status == 200


def test_it_loads_nothing_from_anywhere_else(documentation: Tab, running_server: RunningServer) -> None:
    loaded = documentation.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert f"{running_server.address}/openapi.json" in loaded
    assert [address for address in loaded if not address.startswith(f"{running_server.address}/")] == []


def test_it_is_no_wider_than_a_narrow_window(documentation: Tab) -> None:
    documentation.set_viewport(320, 700)
    assert documentation.evaluate("document.documentElement.scrollWidth <= innerWidth")
