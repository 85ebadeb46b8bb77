"""Whatever a feed holds and whatever breaks meanwhile costs nothing that was there, and little memory."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from fake_news.common.errors import DataError, PlumblineError
from fake_news.common.locks import RunLock
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError
from fake_news.pipelines.fact_check_update.web import UpdateError
from tests.fake_news.pipelines.fact_check_update.feed_server import FeedServer, Serve
from tests.fake_news.pipelines.fact_check_update.feeds import feed, long_pieces, numbered, review
from tests.fake_news.pipelines.fact_check_update.updating import StartUpdate, counts, run


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<!doctype html><title>Log in</title>", "sent a web page instead of a feed"),
        (b"", "is empty"),
        (b'{"feed": [{"statement": "in other words"}]}', "no fact-check that can be used .no ClaimReview"),
        (numbered(1, 2)[:-30], "ends before|not JSON"),
        (b"\x1f\x8b\x08 but not gzip", "not valid gzip"),
        (b'{"dataFeedElement": []}', "data.json holds no entry"),
    ],
)
def test_what_is_no_feed(
    content: bytes, message: str, serve: Serve, start_update: StartUpdate, database: ImportedDatabase
) -> None:
    server = serve(content=numbered(1))
    run(start_update(), server)
    version = database.version()
    server.content, server.tag = content, '"two"'
    with pytest.raises(PlumblineError, match=message):
        run(start_update(), server)
    assert database.version() == version
    server.content, server.tag = numbered(1, 2), '"three"'
    assert counts(run(start_update(), server))[0] == 1, "what was no use does not stand in the way"


def test_a_server_that_says_too_small_a_length(serve: Serve, start_update: StartUpdate) -> None:
    with pytest.raises(PlumblineError, match="not JSON"):
        run(start_update(), serve(content=numbered(1, 2), says=10))


def test_a_server_that_says_too_large_a_length(serve: Serve, start_update: StartUpdate) -> None:
    server = serve(content=numbered(1, 2), says=10_000_000)
    assert counts(run(start_update(), server))[0] == 2, "asked for the rest, it says that there is none"
    server = serve(content=numbered(1, 2), says=10_000_000, tag="", modified="")
    with pytest.raises(DataError, match="stopped answering"):
        run(start_update(), server)


def test_two_updates_at_once(serve: Serve, start_update: StartUpdate, tmp_path: Path) -> None:
    server = serve(content=numbered(1))
    (tmp_path / "updates").mkdir()
    lock = RunLock(tmp_path / "updates" / "lock")
    with pytest.raises(UpdateError, match="Another update is running"):
        run(start_update(), server)
    lock.release()
    assert counts(run(start_update(), server))[0] == 1


def test_scripts_in_every_field(serve: Serve, start_update: StartUpdate, database: ImportedDatabase) -> None:
    script = "<script>alert(1)</script>"
    dirty = review(
        1,
        claimReviewed=f"The ferry {script}has sunk twice",
        author={"name": f"Creek{script} Facts"},
        reviewRating={"alternateName": f"False{script}"},
        headline=script,
        datePublished="2999-01-01",
        itemReviewed={"author": {"name": script}},
    )
    bad = review(2, url=f"https://facts.example/{script}")
    outcome = run(start_update(), serve(content=feed(dirty, bad)))
    assert counts(outcome)[0] == 1
    assert database.status().by_publisher == {"Creek Facts": 1}
    assert database.status().newest is None, "a ruling of the year 2999 is undated"
    assert b"script" not in database.path.read_bytes()


def test_a_zip_bomb_is_refused_before_it_fills_the_machine(
    serve: Serve, start_update: StartUpdate, database: ImportedDatabase
) -> None:
    """A gzip of a thousand members that each stand for 64 MB."""
    run(start_update(), serve(content=numbered(1)))
    version = database.version()
    bomb = gzip.compress(numbered(1, 2)[:-2] + b", ") + gzip.compress(b" " * (1 << 26)) * 1000
    with pytest.raises(ImportedFactChecksError, match="unpacks to more than"):
        run(start_update(), serve(content=bomb, tag='"bomb"'))
    assert database.version() == version


def test_a_folder_that_cannot_be_written(serve: Serve, start_update: StartUpdate, tmp_path: Path) -> None:
    (tmp_path / "updates").write_text("a file where a folder should be")
    with pytest.raises(UpdateError, match="updates cannot be written"):
        run(start_update(), serve(content=numbered(1)))


def test_what_cannot_be_stored_is_not_fetched_again(
    serve: Serve, start_update: StartUpdate, database: ImportedDatabase
) -> None:
    database.add([])
    server = serve(content=numbered(1))
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ImportedFactChecksError, match="Another import is running"):
            run(start_update(), server)
    assert counts(run(start_update(), server))[0] == 1
    assert len(server.asked("GET")) == 1


ELSEWHERE = """
import resource, signal, sys
from pathlib import Path
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.common.errors import PlumblineError
from fake_news.pipelines.fact_check_update.update import Origin, Update

home, address, largest_file = sys.argv[1:]
if int(largest_file):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest_file), resource.RLIM_INFINITY))
update = Update(ImportedDatabase(Path(home) / "home"), Path(home) / "updates")
origin = Origin(address, "feed", True)
try:
    print("added", update.run(origin, update.offer(origin)).report.added)
except PlumblineError as error:
    print("refused", error)
status = Path("/proc/self/status")  # ru_maxrss would count what the process was forked from
if status.exists():
    print("peak", *(line.split()[1] for line in status.open() if line.startswith("VmHWM")))
"""


def run_elsewhere(tmp_path: Path, server: FeedServer, largest_file: int = 0) -> dict[str, str]:
    """Run an update in a process of its own: what it did, and the kilobytes of memory that it took at most."""
    arguments = [sys.executable, "-c", ELSEWHERE, str(tmp_path), f"{server.address}/data.json", str(largest_file)]
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True)
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of a process's memory from /proc")
def test_a_body_of_250_megabytes_takes_little_memory(serve: Serve, tmp_path: Path) -> None:
    count, length = 2500, 100_000
    size = sum(map(len, long_pieces(count, length)))
    assert size > 250_000_000
    server = serve(pieces=(lambda: long_pieces(count, length), size))
    done = run_elsewhere(tmp_path, server)
    assert done["added"] == str(count)
    assert int(done["peak"]) < 120_000
    assert not list((tmp_path / "updates").glob("*.part")), "what is imported does not stay on the disk"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of a process's files")
def test_a_disk_that_fills_up_meanwhile(
    serve: Serve, start_update: StartUpdate, database: ImportedDatabase, tmp_path: Path
) -> None:
    server = serve(content=numbered(*range(2000)))
    done = run_elsewhere(tmp_path, server, largest_file=100_000)
    assert "cannot be written" in done["refused"]
    assert "Free some disk space" in done["refused"]
    assert database.status().count == 0
    assert counts(run(start_update(), server))[0] == 2000
    assert server.asked("GET")[-1]["Range"] == "bytes=100000-"


KILLED = """
import os, signal, sys
from pathlib import Path
from fake_news.detection.factchecks.imported import review_store
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.pipelines.fact_check_update.update import Origin, Update

def values(claim, count=[0], real=review_store._values):
    count[0] += 1
    if count[0] == 300:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(claim)

review_store._values = values
home, address = sys.argv[1:]
update = Update(ImportedDatabase(Path(home) / "home"), Path(home) / "updates")
origin = Origin(address, "feed", True)
update.run(origin, update.offer(origin))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_update_changes_nothing_and_fetches_nothing_twice(
    serve: Serve, start_update: StartUpdate, database: ImportedDatabase, tmp_path: Path
) -> None:
    server = serve(content=numbered(*range(500)))
    address = f"{server.address}/data.json"
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), address], env=environment)
    assert killed.returncode == -9
    assert database.status().count == 0
    assert counts(run(start_update(), server))[0] == 500
    assert len(server.asked("GET")) == 1
