"""Beyond this machine only with the token: attacks on a running server over a real socket."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fake_news.common.errors import PlumblineError
from server.access.access_token import FEWEST_CHARACTERS, check_token
from server.access.security import check_extra_host
from server.errors import RequestError
from tests.conftest import RunningServer, serving
from tests.server.access.hostile_requests import CHROME, FIREFOX, PAGE
from tests.server.conftest import Client

GUARDED = (
    ("POST", "/api/v1/check"),
    ("POST", "/api/v1/influence"),
    ("GET", "/api/v1/model"),
    ("GET", "/api/v1/fact-checks"),
    ("GET", "/api/v1/statistics"),
    ("GET", "/api/v1/feedback"),
    ("POST", "/api/v1/feedback"),
    ("DELETE", "/api/v1/feedback"),
    ("DELETE", "/api/v1/feedback/1"),
    ("GET", "/api/v1/feedback/export"),
    ("GET", "/metrics"),
    ("GET", "/nothing/here"),
    ("BREW", "/api/v1/check"),
)


@dataclass(frozen=True)
class GuardedServer:
    """A server that demands its token."""

    client: Client
    token: str
    file: Path
    log: Path

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedServer]:
    """Listens on every interface, as the token is there for."""
    folder = tmp_path_factory.mktemp("guarded")
    log, data = folder / "server.log", folder / "data"
    with serving(log, "--host", "0.0.0.0", "--data-folder", str(data), "--log-level=debug", "--access-log") as server:
        file = data / "token"
        yield GuardedServer(Client(server.port), file.read_text(encoding="ascii").strip(), file, log)


def test_beyond_loopback_nothing_is_answered_without_the_token(guarded: GuardedServer) -> None:
    for method, path in GUARDED:
        answer = guarded.client.ask(method, path)
        assert (answer.status, answer.error_code()) == (401, "token-required"), (method, path)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_with_the_token_all_is_answered(guarded: GuardedServer) -> None:
    assert guarded.client.check(PAGE, **guarded.bearer).status == 200
    assert guarded.client.check(PAGE, Origin=CHROME, **guarded.bearer).status == 200
    for path in ("/api/v1/model", "/api/v1/feedback", "/api/v1/statistics", "/metrics"):
        assert guarded.client.ask("GET", path, headers=guarded.bearer).status == 200


@pytest.mark.parametrize("origin", [CHROME, FIREFOX])
def test_the_extension_gives_feedback_with_the_token_only(guarded: GuardedServer, origin: str) -> None:
    feedback = {"statement": "Taxes rose.", "label": "unsure", "correction": "true"}
    refused = guarded.client.send("POST", "/api/v1/feedback", feedback, Origin=origin)
    assert (refused.status, refused.error_code()) == (401, "token-required")
    stored = guarded.client.send("POST", "/api/v1/feedback", feedback, Origin=origin, **guarded.bearer)
    assert stored.status == 201
    for answer in (refused, stored):  # or the extension could not read what is wrong
        assert answer.headers["Access-Control-Allow-Origin"] == origin
    listed = guarded.client.ask("GET", "/api/v1/feedback", headers={"Origin": origin, **guarded.bearer}).json()
    assert stored.json()["id"] in [one["id"] for one in listed["feedback"]]


def test_wrong_tokens_are_refused(guarded: GuardedServer) -> None:
    token = guarded.token
    for authorization in (
        "",
        "Bearer",
        "Bearer ",
        token,
        f"Basic {token}",
        f"Token {token}",
        f"Bearer {token[:-1]}",
        f"Bearer {token}x",
        f"Bearer {token.swapcase()}",
        f"Bearer {token}, Bearer {token}",
        "Bearer \xff\xfe",
        f"Bearer {'a' * 10_000}",
    ):
        answer = guarded.client.ask("GET", "/api/v1/model", headers={"Authorization": authorization})
        assert (answer.status, answer.error_code()) == (401, "token-required"), authorization


def test_a_token_in_the_url_does_not_count(guarded: GuardedServer) -> None:
    """It would end up in histories, logs and Referer headers."""
    for name in ("token", "access_token", "Authorization"):
        assert guarded.client.ask("GET", f"/api/v1/model?{name}={guarded.token}").status == 401


def test_the_token_does_not_open_the_door_to_pages(guarded: GuardedServer) -> None:
    answer = guarded.client.check(PAGE, Origin="https://evil.example", **guarded.bearer)
    assert answer.error_code() == "origin-not-allowed"
    answer = guarded.client.check(PAGE, Host="evil.example", **guarded.bearer)
    assert answer.error_code() == "host-not-allowed"


def test_routes_that_only_say_that_plumbline_is_here_need_no_token(guarded: GuardedServer) -> None:
    health = guarded.client.ask("GET", "/api/v1/health").json()
    assert set(health) == {"name", "version", "model", "ready"}
    assert guarded.client.ask("GET", "/openapi.json").status == 200
    assert guarded.client.ask("GET", "/").status == 200


def test_a_preflight_needs_no_token_and_learns_that_it_may_be_sent(guarded: GuardedServer) -> None:
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    for path in ("/api/v1/check", "/api/v1/feedback"):
        for origin in (CHROME, FIREFOX):
            answer = guarded.client.ask("OPTIONS", path, headers={**ask, "Origin": origin})
            assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (200, origin)
            assert "POST" in answer.headers["Access-Control-Allow-Methods"]
            allowed = answer.headers["Access-Control-Allow-Headers"].lower()
            assert {name.strip() for name in allowed.split(",")} == {"authorization", "content-type"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_only_its_owner_can_read_the_token(guarded: GuardedServer) -> None:
    assert stat.S_IMODE(guarded.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(guarded.file.parent.stat().st_mode) == 0o700
    assert len(guarded.token) >= 43  # 256 bits in base64


def test_the_token_is_in_no_log(guarded: GuardedServer) -> None:
    assert guarded.client.check(PAGE, **guarded.bearer).status == 200
    guarded.client.ask("GET", f"/api/v1/model?token={guarded.token}", headers={"Authorization": guarded.token})
    log = guarded.log.read_text(encoding="utf-8")
    assert str(guarded.file) in log
    assert "POST /api/v1/check 200" in log
    assert guarded.token not in log


def test_the_token_stays_the_same(guarded: GuardedServer, start_server: Callable[..., RunningServer]) -> None:
    again = start_server("--require-token", "--data-folder", str(guarded.file.parent))
    assert Client(again.port).check(PAGE, **guarded.bearer).status == 200


def test_it_can_come_from_the_environment(
    start_server: Callable[..., RunningServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = "an-example-of-a-token-for-tests"
    monkeypatch.setenv("PLUMBLINE_TOKEN", token)
    client = Client(start_server("--require-token").port)
    assert client.check(PAGE).status == 401
    assert client.check(PAGE, Authorization=f"Bearer {token}").status == 200


@pytest.mark.parametrize(
    ("host", "token"),
    [("0.0.0.0", ""), ("::", "a" * (FEWEST_CHARACTERS - 1)), ("", "with spaces in a token that is long")],
)
def test_no_server_beyond_loopback_with_a_weak_token(root: Path, tmp_path: Path, host: str, token: str) -> None:
    line = refusal_to_start(root, tmp_path, {"PLUMBLINE_TOKEN": token}, "--host", host)
    assert "token" in line
    assert token not in line or not token


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_no_server_with_a_token_that_others_may_read(root: Path, tmp_path: Path, mode: int) -> None:
    file = tmp_path / "token"
    file.write_text("a" * 43)
    file.chmod(mode)
    assert f"chmod 600 {file}" in refusal_to_start(root, tmp_path, {}, "--require-token")


def refusal_to_start(root: Path, folder: Path, environment: dict[str, str], *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, "-m", "server", "--port", "0", "--data-folder", str(folder), *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
    )
    assert result.returncode == 2
    return result.stderr.splitlines()[-1]


def test_the_comparison_takes_no_account_of_where_tokens_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every comparison goes through compare_digest; its constant time is the standard library's promise."""
    compared: list[tuple[bytes, bytes]] = []

    def compare(given: bytes, right: bytes) -> bool:
        compared.append((given, right))
        return given == right

    monkeypatch.setattr("server.access.access_token.hmac.compare_digest", compare)
    check_token("Bearer right", "right")
    for wrong in (None, "", "right", "Bearer wrong"):
        with pytest.raises(RequestError):
            check_token(wrong, "right")
    assert len(compared) == 5


class TestHost:
    """A name by which other machines call the server is allowed by name."""

    def test_other_names_are_refused_still(self, guarded: GuardedServer) -> None:
        for host in ("evil.example", "0.0.0.0", "plumbline.example.org"):
            answer = guarded.client.check(PAGE, Host=host, **guarded.bearer)
            assert answer.error_code() == "host-not-allowed"

    def test_an_allowed_name_passes_and_nothing_like_it(
        self, start_server: Callable[..., RunningServer], tmp_path: Path
    ) -> None:
        client = Client(start_server("--allow-host", "plumbline.example.org").port)
        for host in ("plumbline.example.org", "PLUMBLINE.example.org:8642", "127.0.0.1"):
            assert client.check(PAGE, Host=host).status == 200
        for host in ("plumblinexexample.org", "a.plumbline.example.org", "plumbline.example.org.evil.example"):
            assert client.check(PAGE, Host=host).error_code() == "host-not-allowed"

    @pytest.mark.parametrize(
        "host", ["*", "", "*.example.org", "https://a.example", "a.example:80", "a b", "::1", ".a", "a\n", "a,b"]
    )
    def test_a_pattern_is_not_a_name(self, host: str) -> None:
        with pytest.raises(PlumblineError, match="--allow-host"):
            check_extra_host(host)

    def test_it_says_so_at_the_start(self, root: Path, tmp_path: Path) -> None:
        assert "--allow-host *.example.org" in refusal_to_start(root, tmp_path, {}, "--allow-host", "*.example.org")
