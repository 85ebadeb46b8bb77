"""The documentation of the API at ``/docs``: every route and shape of the schema, and commands that work."""

from __future__ import annotations

import json
import shlex
from html.parser import HTMLParser

import pytest

from tests.server.conftest import Client


class ApiPage(HTMLParser):
    """The headings, targets, links and commands of the page, and the files that it loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.commands: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.loaded: list[str] = []
        self._text: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.ids.add(attributes.get("id", ""))
        if tag == "a":
            self.links.add(attributes["href"])
        elif tag in ("link", "script", "img"):
            self.loaded.append(attributes.get("href") or attributes.get("src") or "")
        elif tag in ("h2", "pre"):
            self._text = []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h2", "pre") and self._text is not None:
            (self.headings if tag == "h2" else self.commands).append("".join(self._text))
            self._text = None


@pytest.fixture(scope="module")
def page(client: Client) -> ApiPage:
    answer = client.ask("GET", "/docs")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    return ApiPage(answer.body.decode("utf-8"))


def test_every_route_and_shape_of_the_schema_is_documented(page: ApiPage, client: Client) -> None:
    schema = client.ask("GET", "/openapi.json").json()
    routes = [f"{method.upper()} {path}" for path, methods in schema["paths"].items() for method in methods]
    assert page.headings == [*routes, "Shapes", *schema["components"]["schemas"]]
    assert {link.removeprefix("#") for link in page.links if link.startswith("#")} <= page.ids
    assert "/openapi.json" in page.links


@pytest.mark.parametrize("path", ["/api/v1/check", "/api/v1/influence", "/api/v1/fact-checks/search"])
def test_what_it_says_for_a_terminal_works(page: ApiPage, client: Client, path: str) -> None:
    [words] = [words for command in page.commands if (words := shlex.split(command))[3:4] and words[3].endswith(path)]
    assert words[:4] == ["curl", "-X", "POST", f"http://127.0.0.1:{client.port}{path}"]
    assert words[4:7] == ["-H", "Content-Type: application/json", "-d"]
    assert client.send("POST", path, json.loads(words[7])).status == 200


def test_it_loads_nothing_from_anywhere_else(page: ApiPage) -> None:
    assert page.loaded
    assert [address for address in page.loaded if not address.startswith("/static/")] == []
