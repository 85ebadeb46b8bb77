"""Web pages may not ask, the extension and programs may: Origin, Sec-Fetch-Site and preflights, over a real socket."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from server.access.security import CHROME_EXTENSION_ID
from tests.conftest import RunningServer
from tests.server.access.hostile_requests import CHROME, FIREFOX, METHODS, PAGE, PATHS, with_host_lines
from tests.server.conftest import Client


class TestOrigin:
    """Web pages may not ask; the extension and programs may."""

    @pytest.mark.parametrize("origin", [CHROME, FIREFOX])
    def test_our_extension_passes(self, client: Client, origin: str) -> None:
        answer = client.check(PAGE, Origin=origin)
        assert answer.status == 200
        assert answer.headers.get_all("Access-Control-Allow-Origin") == [origin]

    def test_programs_without_an_origin_pass(self, client: Client) -> None:
        answer = client.check(PAGE)
        assert answer.status == 200
        assert answer.headers["Access-Control-Allow-Origin"] is None

    @pytest.mark.parametrize(
        "origin",
        [
            "http://evil.example",
            "https://evil.example",
            "http://127.0.0.1:8642",
            "http://localhost:8642",
            "https://localhost",
            "file://",
            "",
            "*",
            "chrome-extension://" + "a" * 32,
            "chrome-extension://*",
            f"{CHROME}.evil.example",
            f"{CHROME}/",
            f"https://{CHROME_EXTENSION_ID}",
            CHROME.upper(),
            f"{CHROME} https://evil.example",
            f"{CHROME}, https://evil.example",
            "moz-extension://evil.example",
            "moz-extension://*",
            f"{FIREFOX}.evil.example",
            f"https://evil.example/{FIREFOX}",
            f"{FIREFOX}0",
        ],
    )
    def test_every_other_origin_is_refused(self, client: Client, origin: str) -> None:
        for answer in (
            client.check(PAGE, Origin=origin),
            client.ask("GET", "/api/v1/health", headers={"Origin": origin}),
        ):
            assert (answer.status, answer.error_code()) == (403, "origin-not-allowed")
            assert answer.headers["Access-Control-Allow-Origin"] is None

    def test_null_is_refused(self, client: Client) -> None:
        answer = client.check(PAGE, Origin="null")
        assert (answer.status, answer.error_code()) == (403, "origin-not-allowed")
        assert answer.headers["Access-Control-Allow-Origin"] is None

    def test_two_origins_are_refused(self, client: Client) -> None:
        answer = with_host_lines(client, "Host: 127.0.0.1", f"Origin: {CHROME}", "Origin: https://evil.example")
        assert answer.error_code() == "origin-not-allowed"

    @pytest.mark.parametrize("method", METHODS)
    def test_every_method_and_path_is_behind_it(self, client: Client, method: str) -> None:
        for path in PATHS:
            answer = client.ask(method, path, headers={"Origin": "https://evil.example"})
            assert answer.status == 403, (method, path)
            assert answer.headers["Access-Control-Allow-Origin"] is None

    def test_allow_origin_adds_exactly_what_it_names(self, start_server: Callable[..., RunningServer]) -> None:
        other, third = "chrome-extension://" + "b" * 32, "http://[::1]:3000"
        client = Client(start_server("--allow-origin", other, "--allow-origin", third).port)
        for origin in (other, third, CHROME, FIREFOX):
            answer = client.check(PAGE, Origin=origin)
            assert answer.status == 200
            assert answer.headers["Access-Control-Allow-Origin"] == origin
        for origin in ("chrome-extension://" + "c" * 32, "http://[::1]:3001", "http://:3000", "null"):
            assert client.check(PAGE, Origin=origin).error_code() == "origin-not-allowed"

    def test_chrome_id_is_the_one_that_the_manifest_fixes(self, root: Path) -> None:
        manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
        digest = hashlib.sha256(base64.b64decode(manifest["key"])).hexdigest()[:32]
        assert "".join(chr(ord("a") + int(digit, 16)) for digit in digest) == CHROME_EXTENSION_ID


class TestFetchMetadata:
    """Images, links and forms of a page carry no Origin; browsers still say that they are a page's."""

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "Cross-Site", "anything"])
    def test_requests_of_other_pages_are_refused(self, client: Client, site: str) -> None:
        for path in PATHS:
            answer = client.ask("GET", path, headers={"Sec-Fetch-Site": site})
            assert (answer.status, answer.error_code()) == (403, "origin-not-allowed")

    @pytest.mark.parametrize("site", ["none", "same-origin"])
    def test_what_browsers_send_for_the_extension_s_get_passes(self, client: Client, site: str) -> None:
        assert client.ask("GET", "/api/v1/health", headers={"Sec-Fetch-Site": site}).status == 200

    def test_the_extension_may_be_cross_site(self, client: Client) -> None:
        assert client.check(PAGE, Origin=FIREFOX, **{"Sec-Fetch-Site": "cross-site"}).status == 200


class TestPreflight:
    """What the browser asks before it lets a page, or an extension without host permission, send JSON."""

    ASK = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}  # noqa: RUF012

    @pytest.mark.parametrize("origin", [CHROME, FIREFOX])
    def test_our_extension_may_send_json(self, client: Client, origin: str) -> None:
        answer = client.ask("OPTIONS", "/api/v1/check", headers={**self.ASK, "Origin": origin})
        assert answer.status == 200
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert answer.headers["Access-Control-Allow-Headers"].lower() == "content-type"
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]
        assert answer.headers["Access-Control-Allow-Credentials"] is None

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:8642"])
    def test_a_page_may_not(self, client: Client, origin: str) -> None:
        answer = client.ask("OPTIONS", "/api/v1/check", headers={**self.ASK, "Origin": origin})
        assert answer.status == 403
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]

    @pytest.mark.parametrize("origin", [CHROME, FIREFOX, "https://evil.example"])
    def test_private_network_is_never_allowed(self, client: Client, origin: str) -> None:
        for method in ("OPTIONS", "GET", "POST"):
            answer = client.ask(
                method,
                "/api/v1/check",
                headers={**self.ASK, "Origin": origin, "Access-Control-Request-Private-Network": "true"},
            )
            assert answer.headers["Access-Control-Allow-Private-Network"] is None


@pytest.mark.parametrize("origin", [None, CHROME, "https://evil.example"])
def test_every_answer_varies_by_origin(client: Client, origin: str | None) -> None:
    """No cache may hand one origin's answer to another."""
    for path in PATHS:
        answer = client.ask("GET", path, headers={"Origin": origin} if origin else {})
        assert "Origin" in answer.headers["Vary"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
