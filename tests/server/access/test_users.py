"""Users and groups who share a server: of each one's token only a digest is kept, and it can be taken back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fake_news.database.database import add_token, delete_token
from fake_news.database.lazy_database import DatabaseError, LazyDatabase
from server.access.rate_limit import trusted_networks
from server.access.security import Access
from server.access.users import REFRESH_SECONDS, Users, digest
from server.app import create_app
from server.configuration import Configuration
from server.service import Service
from tests.conftest import ROOT, RunningServer
from tests.server.access.hostile_requests import PAGE
from tests.server.conftest import Client
from tests.server.starting import wait_until

FEEDBACK = {"statement": "Taxes rose by 4 percent in 2020.", "label": "unsure", "correction": "true"}


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "server", "token", *arguments, "--data-folder", str(folder)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=120)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_token_is_given_kept_as_a_digest_and_taken_back(
    start_server: Callable[..., RunningServer], tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    token = command(folder, "add", "newsroom").stdout.strip()
    assert len(token) >= 43
    again = command(folder, "add", "newsroom")
    assert (again.returncode, again.stdout) == (2, "")
    assert "revoke newsroom" in again.stderr
    server = start_server("--require-token", "--data-folder", str(folder))
    client, user = Client(server.port), bearer(token)
    assert client.check(PAGE, **user).status == 200
    assert client.send("POST", "/api/v1/feedback", FEEDBACK, **user).status == 201
    assert client.check(PAGE, **bearer(token[:-1])).status == 401
    assert client.check(PAGE, **bearer(digest(token))).status == 401
    for method, path in (
        ("GET", "/api/v1/feedback"),
        ("GET", "/api/v1/feedback/export"),
        ("DELETE", "/api/v1/feedback"),
        ("DELETE", "/api/v1/feedback/1"),
        ("GET", "/metrics"),
    ):
        answer = client.ask(method, path, headers=user)
        assert (answer.status, answer.error_code()) == (403, "not-for-users"), path
    main = bearer((folder / "token").read_text().strip())
    assert client.ask("GET", "/api/v1/feedback", headers=main).json()["total"] == 1
    kept = b"".join(path.read_bytes() for path in folder.glob("plumbline.sqlite3*"))
    assert token.encode() not in kept
    assert digest(token).encode() in kept
    assert command(folder, "list").stdout.split()[1:] == ["newsroom"]
    assert command(folder, "revoke", "newsroom").returncode == 0
    wait_until(lambda: client.check(PAGE, **user).status == 401)
    assert client.check(PAGE, **main).status == 200
    assert command(folder, "revoke", "newsroom").returncode == 2
    assert token not in server.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["", "a b", "*", "ä", "-a", "a" * 101, "a\n"])
def test_a_name_is_plain(tmp_path: Path, name: str) -> None:
    assert command(tmp_path / "data", "add", "--", name).returncode == 2


def test_a_database_that_is_away_takes_no_token_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    storage = LazyDatabase(tmp_path)
    add_token(storage.database(), "newsroom", digest("the newsroom's token"))
    users = Users(storage, lambda: now[0])
    assert users.name("the newsroom's token") == "newsroom"
    delete_token(storage.database(), "newsroom")
    assert users.name("the newsroom's token") == "newsroom"  # not asked at every request

    def away() -> None:
        raise DatabaseError("It is away.", "Wait.")

    with monkeypatch.context() as patch:
        patch.setattr(storage, "database", away)
        now[0] += REFRESH_SECONDS
        assert users.name("the newsroom's token") == "newsroom"
    now[0] += REFRESH_SECONDS
    assert users.name("the newsroom's token") is None


def ask(service: Service) -> Callable[..., int]:
    """What a request comes to, by the address of its connection and what it says of the client's."""
    client = create_app(service).test_client()

    def answered(peer: str, forwarded: str = "", token: str = "the-main-token-of-the-tests") -> int:
        headers = {**bearer(token), **({"X-Forwarded-For": forwarded} if forwarded else {})}
        return client.post(
            "/api/v1/check",
            data=json.dumps({"blocks": []}),
            headers={"Host": "127.0.0.1", "Content-Type": "application/json", **headers},
            environ_base={"REMOTE_ADDR": peer},
        ).status_code

    return answered


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Service]:
    """A server behind a proxy whose clients may ask twice and then have to wait."""
    access = Access(token="the-main-token-of-the-tests", trusted_proxies=trusted_networks(["10.0.0.0/24"]))
    service = Service(Configuration(access=access, data_folder=tmp_path, requests_per_second=1e-6))
    yield service
    service.stop()


def test_each_user_has_a_rate_of_their_own(shared: Service) -> None:
    answered = ask(shared)
    for name in ("first", "second"):
        add_token(shared.storage.database(), name, digest(f"the token of the {name}"))
    for name in ("first", "second"):
        token = f"the token of the {name}"
        assert [answered("10.0.0.1", token=token) for _ in range(2)] == [200, 429]
    assert answered("192.0.2.1", token="the token of the first") == 429  # wherever they ask from
    assert answered("10.0.0.1") == 200


def test_behind_a_trusted_proxy_each_client_has_a_rate_of_its_own(shared: Service) -> None:
    answered = ask(shared)
    assert [answered("10.0.0.1", "198.51.100.1") for _ in range(2)] == [200, 429]
    assert answered("10.0.0.1", "198.51.100.2") == 200
    assert answered("10.0.0.1", "203.0.113.9, 198.51.100.1") == 429  # what a client makes up moves it nowhere
    assert [answered("192.0.2.1", f"198.51.100.{number}") for number in range(10, 12)] == [200, 429]  # no proxy of ours
