"""``python -m server doctor``: says what is wrong and what to do, and nothing is wrong where nothing is."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fake_news.database.lazy_database import LazyDatabase
from fake_news.database.opening import FILE_NAME
from fake_news.database.records import NewFeedback
from tests.server.conftest import Client


@pytest.fixture
def doctor(root: Path, tmp_path: Path) -> Doctor:
    return Doctor(root, tmp_path / "data")


class Doctor:
    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self.folder = folder

    def finds(
        self, port: int, *arguments: str, program: tuple[str, ...] = (sys.executable, "-m", "server")
    ) -> tuple[int, dict[str, str]]:
        """The exit status, and what is said about each thing."""
        command = [*program, "doctor", "--port", str(port), "--data-folder", str(self.folder)]
        result = subprocess.run([*command, *arguments], cwd=self._root, capture_output=True, text=True, timeout=120)
        assert result.stderr == ""
        *findings, _ = result.stdout.splitlines()
        return result.returncode, {line[5:].partition(":")[0]: line for line in findings}


@contextmanager
def stranger(answer: object) -> Iterator[int]:
    """Another program on a port of this machine."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        try:
            yield other.server_port
        finally:
            other.shutdown()
            thread.join()


def test_all_is_well_where_a_server_runs(doctor: Doctor, client: Client) -> None:
    status, found = doctor.finds(client.port)
    assert (status, list(found)) == (0, ["checkpoint", "storage", "port", "browser"])
    assert all(line.startswith("ok ") for line in found.values())
    assert "model" in found["port"]


def test_a_free_port_is_fine_and_says_how_to_start(doctor: Doctor) -> None:
    status, found = doctor.finds(0)
    assert status == 0
    assert "python -m server" in found["port"]


def test_another_program_on_the_port(doctor: Doctor) -> None:
    with stranger({"hello": "world"}) as port:
        status, found = doctor.finds(port)
    assert status == 1
    assert found["port"].startswith("BAD")
    assert "--port" in found["port"]


def test_something_that_lets_every_page_ask(doctor: Doctor) -> None:
    with stranger({"name": "plumbline", "version": "9", "model": "m"}) as port:
        status, found = doctor.finds(port)
    assert status == 1
    assert found["browser"].startswith("BAD")
    assert "Web pages may ask" in found["browser"]


def test_a_checkpoint_that_is_not_there(doctor: Doctor, tmp_path: Path) -> None:
    status, found = doctor.finds(0, "--checkpoint", str(tmp_path / "nothing"))
    assert status == 1
    assert found["checkpoint"].startswith("BAD")
    assert str(tmp_path / "nothing") in found["checkpoint"]
    assert found["storage"].startswith("ok ")


def test_a_folder_that_cannot_be_made(doctor: Doctor, tmp_path: Path) -> None:
    doctor.folder.write_text("in the way")
    status, found = doctor.finds(0)
    assert status == 1
    assert found["storage"].startswith("BAD")
    assert "--data-folder" in found["storage"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")
def test_a_disk_that_takes_no_more(doctor: Doctor) -> None:
    """A database that opens and can be read, while feedback is refused."""
    most = 120 * 1024
    limited = (
        f"import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most})); "
        "runpy.run_module('server', run_name='__main__')"
    )
    assert doctor.finds(0)[0] == 0
    storage = LazyDatabase(doctor.folder)
    while (doctor.folder / FILE_NAME).stat().st_size < most - 16 * 1024:
        storage.database().add_feedback(NewFeedback("s" * 4000, "unsure", "true", None, None))
        storage.close()
    status, found = doctor.finds(0, program=(sys.executable, "-c", limited))
    assert status == 1
    assert found["storage"].startswith("BAD")
    assert doctor.finds(0)[1]["storage"].startswith("ok ")


def test_a_damaged_database_is_set_aside_and_reported_from_then_on(doctor: Doctor) -> None:
    doctor.folder.mkdir()
    (doctor.folder / FILE_NAME).write_bytes(b"This is no database." * 500)
    for _ in range(2):
        status, found = doctor.finds(0)
        assert status == 0
        assert f"{FILE_NAME}.damaged-" in found["storage"]


def test_settings_that_cannot_be(doctor: Doctor) -> None:
    status, found = doctor.finds(0, "--allow-origin", "*")
    assert status == 1
    assert "--allow-origin" in found["settings"]
