"""Downloads from a real local server that breaks in every way a server of data sets does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fake_news.common.download import download
from fake_news.common.errors import DataError
from tests.extension.faulty_servers import unreachable
from tests.fake_news.data.file_server import FileServer, serving_files

CONTENT = os.urandom(200_000)


def test_a_file_arrives_whole_and_progress_is_reported(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    with serving_files(FileServer({"set.zip": CONTENT})) as server:
        download(f"{server.address}/set.zip", tmp_path / "a" / "part", progress=lambda *now: told.append(now))
    assert (tmp_path / "a" / "part").read_bytes() == CONTENT
    assert told[0] == (0, len(CONTENT))
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert len(server.requests) == 1


def test_a_cut_connection_goes_on_where_it_was_cut(tmp_path: Path) -> None:
    with serving_files(FileServer({"set.zip": CONTENT}, cuts=[70_000, 50_000])) as server:
        download(f"{server.address}/set.zip", tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT
    assert server.requests == [
        ("set.zip", None, None),
        ("set.zip", "bytes=70000-", '"one"'),
        ("set.zip", "bytes=120000-", '"one"'),
    ]
    assert list(tmp_path.iterdir()) == [tmp_path / "part"]


def test_a_later_call_goes_on_too(tmp_path: Path) -> None:
    with serving_files(FileServer({"set.zip": CONTENT}, cuts=[70_000, 0])) as server:
        with pytest.raises(DataError, match="stopped answering after 70,000 bytes") as caught:
            download(f"{server.address}/set.zip", tmp_path / "part")
        assert "goes on where it stopped" in caught.value.hint
        assert (tmp_path / "part").read_bytes() == CONTENT[:70_000]
        download(f"{server.address}/set.zip", tmp_path / "part")
    assert server.requests[-1] == ("set.zip", "bytes=70000-", '"one"')
    assert (tmp_path / "part").read_bytes() == CONTENT


def test_a_file_that_changed_meanwhile_is_downloaded_again(tmp_path: Path) -> None:
    changed = CONTENT[::-1]
    server = FileServer({"set.zip": CONTENT}, cuts=[70_000, 0])
    with serving_files(server):
        with pytest.raises(DataError, match="stopped answering"):
            download(f"{server.address}/set.zip", tmp_path / "part")
        server.files["set.zip"], server.tag = changed, '"two"'
        download(f"{server.address}/set.zip", tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == changed


@pytest.mark.parametrize("tag", ["", 'W/"weak"'])
def test_without_a_name_for_the_version_nothing_is_pieced_together(tmp_path: Path, tag: str) -> None:
    with serving_files(FileServer({"set.zip": CONTENT}, cuts=[70_000], tag=tag)) as server:
        download(f"{server.address}/set.zip", tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT
    assert [wanted for _, wanted, _ in server.requests] == [None, None]


def test_a_server_without_ranges_sends_it_again(tmp_path: Path) -> None:
    with serving_files(FileServer({"set.zip": CONTENT}, cuts=[70_000], knows_ranges=False)) as server:
        download(f"{server.address}/set.zip", tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT
    assert len(server.requests) == 2


def test_a_server_that_always_cuts_is_given_up(tmp_path: Path) -> None:
    with serving_files(FileServer({"set.zip": CONTENT}, cuts=[1000] * 50, knows_ranges=False)) as server:
        with pytest.raises(DataError, match="stopped answering after 1,000 bytes"):
            download(f"{server.address}/set.zip", tmp_path / "part")
        assert len(server.requests) == 2


def test_nothing_is_missing_any_more(tmp_path: Path) -> None:
    """The last call got every byte and was killed before it could say so."""
    (tmp_path / "part").write_bytes(CONTENT)
    (tmp_path / "part.mark").write_text('"one"', encoding="utf-8")
    with serving_files(FileServer({"set.zip": CONTENT})) as server:
        download(f"{server.address}/set.zip", tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT
    assert [wanted for _, wanted, _ in server.requests] == [f"bytes={len(CONTENT)}-"]


def test_a_file_that_shrank_is_downloaded_again(tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(CONTENT)
    (tmp_path / "part.mark").write_text('"one"', encoding="utf-8")
    with serving_files(FileServer({"set.zip": CONTENT[:5000]})) as server:
        download(f"{server.address}/set.zip", tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT[:5000]


def test_a_status_other_than_success_is_an_error(tmp_path: Path) -> None:
    with serving_files(FileServer({})) as server, pytest.raises(DataError, match="answers 404 Not Found") as caught:
        download(f"{server.address}/set.zip", tmp_path / "part")
    assert "--from" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with unreachable() as address, pytest.raises(DataError, match="cannot be reached"):
        download(f"{address}/set.zip", tmp_path / "part")


@pytest.mark.parametrize("says_length", [True, False])
def test_more_than_expected_is_refused(tmp_path: Path, says_length: bool) -> None:
    server = FileServer({"set.zip": CONTENT}, says_length=says_length)
    with serving_files(server), pytest.raises(DataError, match="expected"):
        download(f"{server.address}/set.zip", tmp_path / "part", size=100_000)
    part = tmp_path / "part"
    assert not part.exists() or part.stat().st_size <= 100_000


@pytest.mark.parametrize("address", ["file:///etc/hosts", "ftp://127.0.0.1/set.zip", "set.zip"])
def test_only_web_servers_are_asked(tmp_path: Path, address: str) -> None:
    with pytest.raises(DataError, match="is not a web address"):
        download(address, tmp_path / "part")


WITH_LITTLE_ROOM = """
import resource, signal, sys
from pathlib import Path
from fake_news.common.download import download
from fake_news.common.errors import DataError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, resource.RLIM_INFINITY))
try:
    download(sys.argv[1], Path(sys.argv[2]))
except DataError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of a process's files")
def test_a_full_disk_keeps_what_there_was_room_for(tmp_path: Path, root: Path) -> None:
    part = tmp_path / "part"
    with serving_files(FileServer({"set.zip": CONTENT})) as server:
        address = f"{server.address}/set.zip"
        arguments = [sys.executable, "-c", WITH_LITTLE_ROOM, address, str(part)]
        said = subprocess.run(arguments, cwd=root, capture_output=True, text=True, check=True).stdout
        assert "part cannot be written (" in said
        assert "Free some disk space and start it again" in said
        assert part.read_bytes() == CONTENT[:90_000]
        download(address, part)
    assert part.read_bytes() == CONTENT
    assert server.requests[-1][1] == "bytes=90000-"
