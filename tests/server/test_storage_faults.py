"""What happens to disks and folders: checking goes on, feedback says what is wrong, and nothing is thrown away."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fake_news.database.opening import FILE_NAME
from tests.conftest import RunningServer
from tests.server.conftest import Answer, Client
from tests.server.starting import started, wait_for_log

FEEDBACK = {"statement": "The council sold 14 libraries in 2019.", "label": "likely-false", "correction": "true"}


def give(client: Client) -> Answer:
    return client.send("POST", "/api/v1/feedback", FEEDBACK)


def assert_it_cannot_be_kept(client: Client, words: str) -> None:
    """Every route that needs the storage reports it, and the others answer as usual."""
    for answer in (give(client), client.ask("GET", "/api/v1/feedback"), client.ask("GET", "/api/v1/statistics")):
        assert (answer.status, answer.error_code()) == (503, "storage-unavailable")
        assert words in answer.json()["error"]["message"]
        assert int(answer.headers["Retry-After"]) >= 1
    assert client.check_text("Taxes rose by 4 percent in 2020.")


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"This is no database." * 500,
        lambda content: content[: len(content) // 2],
        lambda content: content[:4096] + b"\xff" * 2000 + content[6096:],
    ],
    ids=["empty", "foreign", "half", "overwritten"],
)
def test_a_damaged_database_is_set_aside_and_reported(
    start_server: Callable[..., RunningServer], tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    folder = tmp_path / "data"
    first = start_server("--data-folder", str(folder))
    assert give(Client(first.port)).status == 201
    first.process.terminate()
    first.process.wait(timeout=20)
    damaged = damage((folder / FILE_NAME).read_bytes())
    (folder / FILE_NAME).write_bytes(damaged)
    second = start_server("--data-folder", str(folder))
    client = Client(second.port)
    assert give(client).status == 201
    assert client.ask("GET", "/api/v1/feedback").json()["total"] == 1
    if damaged:  # an empty file is what SQLite itself begins with
        [aside] = folder.glob("*.damaged-*")
        assert aside.read_bytes() == damaged
        assert f"set aside as {aside}" in second.log.read_text(encoding="utf-8")


def test_a_damaged_database_is_noticed_without_being_asked_for(
    start_server: Callable[..., RunningServer], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / FILE_NAME).write_bytes(b"This is no database." * 500)
    wait_for_log(start_server("--data-folder", str(tmp_path / "data")), "set aside as")


def test_a_folder_that_cannot_be_made(start_server: Callable[..., RunningServer], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    server = start_server("--data-folder", str(tmp_path / "file" / "data"))
    assert_it_cannot_be_kept(Client(server.port), "cannot be used")
    log = wait_for_log(server, "cannot be stored")
    assert "--data-folder" in log
    (tmp_path / "file").unlink()
    assert give(Client(server.port)).status == 201


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps folders writable")
def test_a_read_only_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    bound: tuple[str, ...] = ()
    if os.access(home, os.W_OK):  # root, to whom modes mean nothing unless it gives that up
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("this account may write everywhere, and setpriv is not installed")
        bound = (setpriv, "--bounding-set=-dac_override")
    with started(home / "data", *bound, sys.executable, "-m", "server") as client:
        assert_it_cannot_be_kept(client, "cannot be used")
        home.chmod(0o700)
        assert give(client).status == 201


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")
def test_a_disk_that_takes_no_more(tmp_path: Path) -> None:
    """Files of this server cannot grow beyond 200 KiB: what was acknowledged is there, what was not is refused."""
    limited = (
        "import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, (200 * 1024, 200 * 1024)); "
        "runpy.run_module('server', run_name='__main__')"
    )
    with started(tmp_path / "data", sys.executable, "-c", limited) as client:
        body = {**FEEDBACK, "comment": "word " * 900}
        statuses = [client.send("POST", "/api/v1/feedback", body).status for _ in range(100)]
        assert set(statuses) == {201, 503}
        assert client.ask("GET", "/api/v1/feedback").json()["total"] == statuses.count(201)
        assert client.check_text("Taxes rose by 4 percent in 2020.")


def test_two_servers_on_one_folder(start_server: Callable[..., RunningServer], tmp_path: Path) -> None:
    clients = [Client(start_server("--data-folder", str(tmp_path / "data")).port) for _ in range(2)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(give, clients * 40))
    assert [answer.status for answer in answers] == [201] * 80
    numbers = {answer.json()["id"] for answer in answers}
    assert len(numbers) == 80
    for client in clients:
        assert client.ask("GET", "/api/v1/feedback").json()["total"] == 80
        client.check_text("Thank you all for coming.")
    for client in clients:
        client.ask("GET", "/api/v1/statistics")
    days = clients[0].ask("GET", "/api/v1/statistics").json()["days"]
    assert sum(day["labels"]["no-claim"] for day in days) == 2


def test_a_database_that_another_program_holds(
    serve_here: Callable[[], Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is waited for and then reported; checking does not wait."""
    monkeypatch.setattr("fake_news.database.opening._BUSY_SECONDS", 0.5)
    client = serve_here()
    assert give(client).status == 201
    holder = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        answer = give(client)
        assert (answer.status, answer.error_code()) == (503, "storage-unavailable")
        assert time.monotonic() - began < 60
        assert client.check_text("Taxes rose by 4 percent in 2020.")
        assert client.ask("GET", "/api/v1/feedback").json()["total"] == 1
    finally:
        holder.close()
    assert give(client).status == 201
