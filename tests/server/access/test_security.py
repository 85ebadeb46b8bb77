"""Attacks on the running server over a real socket, one test a promise of server/access/security.py."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from server.access.security import CHROME_EXTENSION_ID
from tests.conftest import RunningServer
from tests.server.conftest import Answer, Client

CHROME = f"chrome-extension://{CHROME_EXTENSION_ID}"
FIREFOX = "moz-extension://0f3c1e52-9f0b-4a55-8a3e-2d9c54a7b610"
PAGE = {"blocks": [{"id": "b1", "text": "Taxes rose by 4 percent in 2020."}]}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
PATHS = (
    "/",
    "/docs",
    "/openapi.json",
    "/metrics",
    "/static/x.js",
    "/api/v1/health",
    "/api/v1/model",
    "/api/v1/check",
    "/api/v1/fact-checks",
    "/api/v1/statistics",
    "/api/v1/feedback",
    "/api/v1/feedback/1",
    "/api/v1/feedback/export",
    "/nothing/here",
    "//api//v1//health",
)


def with_host_lines(client: Client, *lines: str, target: str = "/api/v1/health") -> Answer:
    """A GET with exactly these header lines."""
    return client.raw("\r\n".join((f"GET {target} HTTP/1.1", *lines, "Connection: close", "", "")).encode("latin-1"))


class TestHost:
    """DNS rebinding: a page's own name resolves to 127.0.0.1; only the Host header tells."""

    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "127.0.0.1:8642",
            "127.0.0.1:80",
            "localhost",
            "localhost:9999",
            "LOCALHOST:8642",
            "LocalHost",
            "[::1]",
            "[::1]:8642",
        ],
    )
    def test_names_of_this_machine_pass(self, client: Client, host: str) -> None:
        assert with_host_lines(client, f"Host: {host}").status == 200

    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            "evil.example:8642",
            "127.0.0.1.nip.io",
            "127.0.0.1.evil.example:8642",
            "localhost.evil.example",
            "evil.example.localhost",
            "0.0.0.0:8642",
            "127.0.0.2",
            "127.1",
            "2130706433",
            "0x7f.0.0.1",
            "::1",
            "[::1",
            "[::ffff:127.0.0.1]",
            "127.0.0.1:8642@evil.example",
            "evil.example@127.0.0.1",
            "127.0.0.1/evil.example",
            "127.0.0.1:port",
            "127.0.0.1:123456",
            "127.0.0.1:-1",
            "127.0.0.1 evil.example",
            "localhost\xad",
            "<script>alert(1)</script>",
        ],
    )
    def test_other_names_are_refused(self, client: Client, host: str) -> None:
        answer = with_host_lines(client, f"Host: {host}")
        assert (answer.status, answer.error_code()) == (403, "host-not-allowed")

    @pytest.mark.parametrize("host", ["", ":", ":8642"], ids=["empty", "colon", "port-only"])
    def test_empty_name_is_refused(self, client: Client, host: str) -> None:
        assert with_host_lines(client, f"Host: {host}").error_code() == "host-not-allowed"

    @pytest.mark.parametrize("host", ["localhost.", "localhost.:8642", "127.0.0.1.", "127.0.0.1.:8642"])
    def test_trailing_dot_is_refused(self, client: Client, host: str) -> None:
        assert with_host_lines(client, f"Host: {host}").error_code() == "host-not-allowed"

    def test_missing_host_is_refused(self, client: Client) -> None:
        assert with_host_lines(client).error_code() == "host-not-allowed"

    def test_http_1_0_without_host_is_refused(self, client: Client) -> None:
        assert client.raw(b"GET /api/v1/health HTTP/1.0\r\n\r\n").error_code() == "host-not-allowed"

    @pytest.mark.parametrize("second", ["evil.example", "127.0.0.1"])
    def test_duplicate_host_is_refused(self, client: Client, second: str) -> None:
        for hosts in (("127.0.0.1", second), (second, "127.0.0.1")):
            answer = with_host_lines(client, *(f"Host: {host}" for host in hosts))
            assert answer.error_code() == "host-not-allowed"

    @pytest.mark.parametrize(
        "target",
        ["http://evil.example/api/v1/health", "http://127.0.0.1@evil.example/api/v1/health", "http:///api/v1/health"],
    )
    def test_absolute_request_line_cannot_go_round_it(self, client: Client, target: str) -> None:
        assert with_host_lines(client, "Host: 127.0.0.1", target=target).error_code() == "host-not-allowed"

    def test_absolute_request_line_to_this_machine_passes(self, client: Client) -> None:
        target = "http://localhost:8642/api/v1/health"
        assert with_host_lines(client, "Host: 127.0.0.1", target=target).status == 200

    @pytest.mark.parametrize(
        "header", ["X-Forwarded-Host", "X-Forwarded-Server", "Forwarded", "X-Host", "X_Host", "Http_Host"]
    )
    def test_proxy_headers_do_not_stand_in_for_it(self, client: Client, header: str) -> None:
        answer = with_host_lines(client, "Host: evil.example", f"{header}: 127.0.0.1")
        assert answer.error_code() == "host-not-allowed"

    @pytest.mark.parametrize("method", METHODS)
    def test_every_method_and_path_is_behind_it(self, client: Client, method: str) -> None:
        for path in PATHS:
            answer = client.ask(method, path, headers={"Host": "evil.example"})
            assert answer.status == 403, (method, path)
            assert answer.headers["Access-Control-Allow-Origin"] is None


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


class TestOwnPages:
    """The dashboard's scripts send the server's own origin; a page of any other server on this machine does not."""

    FEEDBACK = {"statement": "Taxes rose.", "label": "unsure", "correction": "true"}  # noqa: RUF012

    @pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
    def test_the_dashboard_may_check_and_delete(self, client: Client, name: str) -> None:
        own = {
            "Host": f"{name}:{client.port}",
            "Origin": f"http://{name}:{client.port}",
            "Sec-Fetch-Site": "same-origin",
        }
        assert client.check(PAGE, **own).status == 200
        number = client.send("POST", "/api/v1/feedback", self.FEEDBACK, **own).json()["id"]
        assert client.ask("DELETE", f"/api/v1/feedback/{number}", headers=own).status == 200

    @pytest.mark.parametrize(
        "origin",
        [
            "http://127.0.0.1",
            "http://127.0.0.1:{other}",
            "http://localhost:{port}",
            "https://127.0.0.1:{port}",
            "http://127.0.0.1:{port}/",
            "http://127.0.0.1:{port}.evil.example",
            "http://127.0.0.1:{port}@evil.example",
            "http://user@127.0.0.1:{port}",
            "ws://127.0.0.1:{port}",
            "HTTP://127.0.0.1:{port}",
        ],
    )
    def test_no_other_server_of_this_machine_may(self, client: Client, origin: str) -> None:
        header = {"Origin": origin.format(port=client.port, other=client.port + 1)}
        assert client.check(PAGE, **header).error_code() == "origin-not-allowed"
        assert client.ask("DELETE", "/api/v1/feedback", headers=header).error_code() == "origin-not-allowed"

    def test_a_rebound_name_is_its_own_origin_and_refused_for_its_name(self, client: Client) -> None:
        rebound = {"Host": f"evil.example:{client.port}", "Origin": f"http://evil.example:{client.port}"}
        assert client.check(PAGE, **rebound).error_code() == "host-not-allowed"
        assert client.ask("DELETE", "/api/v1/feedback", headers=rebound).error_code() == "host-not-allowed"

    @pytest.mark.parametrize("site", ["cross-site", "same-site"])
    def test_what_the_browser_says_of_the_page_counts_too(self, client: Client, site: str) -> None:
        header = {"Origin": f"http://127.0.0.1:{client.port}", "Sec-Fetch-Site": site}
        assert client.check(PAGE, **header).error_code() == "origin-not-allowed"

    def test_a_page_s_answers_carry_no_permission_for_others(self, client: Client) -> None:
        answer = client.check(PAGE, Origin=f"http://127.0.0.1:{client.port}")
        assert answer.status == 200
        assert answer.headers["Access-Control-Allow-Origin"] is None

    def test_no_preflight_allows_to_delete(self, client: Client) -> None:
        ask = {"Access-Control-Request-Method": "DELETE", "Origin": CHROME}
        for path in PATHS:
            allowed = client.ask("OPTIONS", path, headers=ask).headers["Access-Control-Allow-Methods"]
            assert allowed is None or "DELETE" not in allowed


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


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "text/plain; application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/json",
        "application/jsonp",
        "application/problem+json",
    ],
)
def test_only_json_is_read(client: Client, content_type: str | None) -> None:
    """The other types are what a page can send without asking first."""
    headers = {} if content_type is None else {"Content-Type": content_type}
    answer = client.ask("POST", "/api/v1/check", body=json.dumps(PAGE).encode(), headers=headers)
    assert (answer.status, answer.error_code()) == (415, "unsupported-media-type")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "identity, gzip"])
def test_a_compressed_body_is_not_read(client: Client, encoding: str) -> None:
    body = gzip.compress(json.dumps(PAGE).encode())
    for path in ("/api/v1/check", "/api/v1/feedback"):
        headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
        answer = client.ask("POST", path, body=body, headers=headers)
        assert (answer.status, answer.error_code()) == (415, "unsupported-media-type")
        assert answer.headers["Accept-Encoding"] == "identity"
    assert client.check(PAGE, **{"Content-Encoding": "Identity"}).status == 200


def test_json_with_a_charset_is_read(client: Client) -> None:
    assert client.check(PAGE, **{"Content-Type": "Application/JSON; charset=utf-8"}).status == 200


@pytest.mark.parametrize("origin", [None, CHROME, "https://evil.example"])
def test_every_answer_varies_by_origin(client: Client, origin: str | None) -> None:
    """No cache may hand one origin's answer to another."""
    for path in PATHS:
        answer = client.ask("GET", path, headers={"Origin": origin} if origin else {})
        assert "Origin" in answer.headers["Vary"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_it_listens_on_loopback_only(running_server: RunningServer) -> None:
    """The same port on the machine's outside address is closed."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; asks which address a packet would leave from
        except OSError:
            pytest.skip("this machine has no address beside loopback")
        outside = probe.getsockname()[0]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((outside, running_server.port), timeout=5)
