"""The dashboard's files: nothing inline, nothing from elsewhere, nothing but them."""

from __future__ import annotations

import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fake_news.detection.verdict import Label
from server.monitoring.dashboard import EXTENSION_FILES, STATIC
from tests.server.conftest import Client

PAGES = ("/", "/docs")
FILES = sorted(path.name for path in STATIC.iterdir())
SCRIPTS = sorted(STATIC.glob("*.js"))


class _Markup(HTMLParser):
    """Collects the addresses that a page loads, and whatever a strict policy would have to make an exception for."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "srcset", "action") and value]
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_carries_the_security_headers(client: Client, path: str) -> None:
    answer = client.ask("GET", path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    directives = answer.headers["Content-Security-Policy"].split("; ")
    for directive in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        assert directive in directives
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_nothing_inline_and_loads_only_what_the_server_has(client: Client, path: str) -> None:
    markup = _Markup()
    markup.feed(client.ask("GET", path).body.decode())
    assert markup.inline == []
    assert markup.addresses
    for address in {address.partition("#")[0] for address in markup.addresses} - {""}:
        assert address.startswith("/")
        assert client.ask("GET", address).status == 200, address


@pytest.mark.parametrize("path", [*PAGES, "/static/dashboard.js"])
def test_a_page_is_as_closed_as_the_api(client: Client, path: str) -> None:
    rebound = client.ask("GET", path, headers={"Host": f"plumbline.example:{client.port}"})
    assert (rebound.status, rebound.error_code()) == (403, "host-not-allowed")
    foreign = client.ask("GET", path, headers={"Origin": "https://example.com"})
    assert (foreign.status, foreign.error_code()) == (403, "origin-not-allowed")
    embedding = client.ask("GET", path, headers={"Sec-Fetch-Site": "cross-site"})
    assert (embedding.status, embedding.error_code()) == (403, "origin-not-allowed")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("dashboard.js", "text/javascript; charset=utf-8"),
        ("page.css", "text/css; charset=utf-8"),
        ("words.json", "application/json"),
        ("icon.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_a_file_is_declared_as_what_it_is(client: Client, name: str, media_type: str) -> None:
    answer = client.ask("GET", f"/static/{name}")
    assert (answer.status, answer.headers["Content-Type"]) == (200, media_type)
    assert answer.body == (STATIC / name).read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/types.d.ts",
        "/static/no-such-file.js",
        "/static/dashboard.js%00.css",
    ],
)
def test_nothing_but_its_files_is_given_out(client: Client, path: str) -> None:
    answer = client.ask("GET", path)
    assert (answer.status, answer.error_code()) == (404, "not-found")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_imports_only_its_neighbours_and_never_writes_markup(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    for imported in re.findall(r"(?:from|import)\s*\(?\s*\"([^\"]+)\"", source):
        assert imported.removeprefix("./") in {*FILES, *EXTENSION_FILES}
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source)


def test_style_loads_nothing(root: Path) -> None:
    for sheet in STATIC.glob("*.css"):
        source = sheet.read_text(encoding="utf-8")
        assert "@import" not in source
        assert all(address.startswith("#") for address in re.findall(r"url\(\"?([^\")]+)", source)), sheet.name


@pytest.mark.parametrize("name", EXTENSION_FILES)
def test_the_card_is_the_extension_s(client: Client, root: Path, name: str) -> None:
    answer = client.ask("GET", f"/static/{name}")
    assert answer.status == 200
    assert answer.body == (root / EXTENSION_FILES[name]).read_bytes()


def test_the_card_comes_with_every_way_of_installing(root: Path) -> None:
    wanted = {source: f"server/static/{name}" for name, source in EXTENSION_FILES.items()}
    bundled = {source: f"fake_news/bundled/{place}" for source, place in wanted.items()}
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    packed = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert {source: place for source, place in packed.items() if "/server/" in place} == bundled
    copied = re.findall(r"^COPY (\S+) /plumbline/(server/\S+)$", (root / "deploy/Dockerfile").read_text("utf-8"), re.M)
    assert dict(copied) == wanted


def test_the_extension_and_the_dashboard_say_the_same_in_the_same_words(root: Path) -> None:
    extension = {
        key: entry["message"]
        for key, entry in json.loads((root / "_locales/en/messages.json").read_text(encoding="utf-8")).items()
    }
    dashboard = json.loads((STATIC / "words.json").read_text(encoding="utf-8"))
    shared = {key for key in extension if key.startswith("label_")}
    assert shared <= dashboard.keys()
    common = extension.keys() & dashboard.keys()
    assert {key: dashboard[key] for key in common} == {key: extension[key] for key in common}


def test_the_extension_and_the_dashboard_paint_alike(root: Path) -> None:
    source = (root / "extension/content/marks/label-styles.js").read_text(encoding="utf-8")
    styles = re.findall(r"\"?([a-z-]+)\"?: \{ underline: \"([^\"]+)\", tint: \"([^\"]+)\"", source)
    assert {label for label, _, _ in styles} == {*Label} - {Label.NO_CLAIM}
    painted = (STATIC / "verdicts.css").read_text(encoding="utf-8")
    for label, underline, tint in styles:
        rule = re.search(rf'\.statement\[data-label="{label}"\] \{{([^}}]*)\}}', painted)
        assert rule is not None
        assert f"text-decoration: underline {underline};" in rule[1]
        assert tint == "transparent" or f"background: {tint};" in rule[1]


def test_every_word_that_a_script_asks_for_is_there() -> None:
    dashboard = json.loads((STATIC / "words.json").read_text(encoding="utf-8"))
    asked = {key for script in SCRIPTS for key in re.findall(r"words\(\"([a-z_]+)\"", script.read_text("utf-8"))}
    assert len(asked) > 30
    assert asked <= dashboard.keys()
