"""Starting, failing to start, stopping, and what the process holds and writes while it runs."""

from __future__ import annotations

import errno
import http.client
import json
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint_folders import current_checkpoint
from server.http.listener import open_socket
from tests.conftest import RunningServer
from tests.server.conftest import Client

SECRET = "The duke hid 31 silver spoons beneath the orangery."


def fail_to_start(root: Path, *arguments: str) -> str:
    """Start a server that must not start; return the one line it says about it."""
    result = subprocess.run(
        [sys.executable, "-m", "server", "--port", "0", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (result.returncode, result.stdout) == (2, "")
    [line] = result.stderr.splitlines()
    assert line.startswith("Plumbline cannot start: ")
    return line


def test_taken_port_is_one_line_that_names_it(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = fail_to_start(root, "--port", str(port))
    assert f"Port {port} " in line
    assert "--port" in line


def test_a_port_that_windows_keeps_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hyper-V reserves ranges of ports: the bind is refused as if rights were missing."""

    def refused(*_: object) -> None:
        error = PermissionError(errno.EACCES, "An attempt was made to access a socket in a forbidden way")
        error.winerror = 10013  # type: ignore[attr-defined,unused-ignore]  # which only Windows sets
        raise error

    monkeypatch.setattr("server.http.listener.socket.socket.bind", refused)
    with pytest.raises(PlumblineError, match="10013") as caught:
        open_socket("127.0.0.1", 8642)
    assert "excludedportrange" in caught.value.hint
    assert "--port" in caught.value.hint


def test_missing_checkpoint_is_one_line_that_names_it(root: Path, tmp_path: Path) -> None:
    assert str(tmp_path / "nothing") in fail_to_start(root, "--checkpoint", str(tmp_path / "nothing"))


@pytest.mark.parametrize("name", sorted(path.name for path in current_checkpoint().iterdir()))
def test_checkpoint_with_one_flipped_byte_is_refused(root: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "checkpoint"
    shutil.copytree(current_checkpoint(), copy)
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    line = fail_to_start(root, "--checkpoint", str(copy))
    assert str(copy) in line
    assert name in line


@pytest.mark.parametrize(
    "origin", ["*", "null", "", "chrome-extension://*", "https://a.example/path", "a.example", "https://a, b"]
)
def test_it_refuses_an_origin_that_is_not_exact(root: Path, origin: str) -> None:
    assert "--allow-origin" in fail_to_start(root, "--allow-origin", origin)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST"])
def test_localhost_is_loopback(start_server: Callable[..., RunningServer], host: str) -> None:
    assert start_server("--host", host).address.startswith("http://127.0.0.1:")


def test_ipv6_loopback(start_server: Callable[..., RunningServer]) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    server = start_server("--host", "::1")
    assert server.address == f"http://[::1]:{server.port}"
    socket.create_connection(("::1", server.port), timeout=5).close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM, and Ctrl-C needs a console there")
@pytest.mark.parametrize("stop_signal", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(start_server: Callable[..., RunningServer], stop_signal: signal.Signals) -> None:
    server = start_server()
    with socket.create_connection(("127.0.0.1", server.port)):  # a browser's idle connection must not hold it up
        assert Client(server.port).check_text("Taxes rose by 4 percent in 2020.")
        server.process.send_signal(stop_signal)
        assert server.process.wait(timeout=20) == 0
    log = server.log.read_text(encoding="utf-8")
    assert "Plumbline has stopped." in log
    assert "Traceback" not in log
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=5)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_it_finishes_what_it_began(start_server: Callable[..., RunningServer]) -> None:
    """Requests that are running or waiting when the server is stopped are answered in full.

    Few enough for a busy machine: after 20 seconds the server gives up.
    """
    server = start_server()
    long_text = "The council has closed 14 of its 20 libraries since 2015, said the mayor of the town. " * 5
    with ExitStack() as stack:
        connections = []
        for number in range(8):
            blocks = [{"id": f"b{block}", "text": f"{number} {block} {long_text}"[:20_000]} for block in range(5)]
            body = json.dumps({"blocks": blocks}).encode()
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60))
            connection.sendall(
                b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
            )
            connections.append(connection)
        # An answer to a later connection's question shows that the earlier ones have been read.
        assert Client(server.port).ask("GET", "/api/v1/health").status == 200
        server.process.send_signal(signal.SIGTERM)
        server.process.send_signal(signal.SIGTERM)  # impatience does not change that
        for connection in connections:
            response = http.client.HTTPResponse(connection)
            response.begin()
            assert response.status == 200
            assert len(json.loads(response.read())["blocks"]) == 5
    assert server.process.wait(timeout=20) == 0
    assert "Plumbline has stopped." in server.log.read_text(encoding="utf-8")


def test_text_is_never_logged(start_server: Callable[..., RunningServer]) -> None:
    server = start_server("--log-level", "debug", "--access-log")
    client = Client(server.port)
    client.check_text(SECRET)
    feedback = {"statement": SECRET, "label": "unsure", "correction": "false", "comment": SECRET}
    assert client.send("POST", "/api/v1/feedback", feedback).status == 201
    client.send("POST", "/api/v1/feedback", {**feedback, "label": SECRET, SECRET: SECRET})
    client.ask("GET", "/api/v1/feedback/export?format=silver%20spoons")
    client.check({"blocks": [{"id": SECRET, "text": SECRET, SECRET: SECRET}]})
    client.check({"blocks": [{"id": "b", "text": [SECRET]}]})
    client.check({"blocks": [{"id": "b", "text": SECRET * 1000}]})
    client.post(f"not JSON: {SECRET}".encode())
    client.ask("GET", "/api/v1/check?text=silver+spoons&again=silver%20spoons")
    client.raw(f"GET /silver spoons HTTP/1.1\r\nHost: {SECRET}\r\n\r\n".encode())
    server.process.terminate()
    server.process.wait(timeout=20)
    log = server.log.read_text(encoding="utf-8")
    assert "Plumbline has stopped." in log or sys.platform == "win32"
    assert "spoons" not in log


def test_access_log_is_off_unless_asked_for(start_server: Callable[..., RunningServer]) -> None:
    quiet, loud = start_server(), start_server("--access-log")
    for server in (quiet, loud):
        client = Client(server.port)
        assert client.check_text(SECRET)
        assert client.ask("GET", "/api/v1/silver/spoons?text=silver").status == 404
    assert "/api/v1/check" not in quiet.log.read_text(encoding="utf-8")
    log = loud.log.read_text(encoding="utf-8")
    assert "POST /api/v1/check 200" in log
    assert "GET other 404" in log
    assert "silver" not in log


def test_serving_imports_nothing_of_the_training_side(
    start_server: Callable[..., RunningServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The interpreter itself lists every module that the serving process imports, also while it answers."""
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    server = start_server()
    client = Client(server.port)
    assert client.check_text("Taxes rose by 4 percent in 2020. Is that so? Das ist ein deutscher Satz ohne Sinn.")
    assert client.ask("GET", "/api/v1/model").status == 200
    assert client.post(b"{").status == 400
    lines = server.log.read_text(encoding="utf-8").splitlines()
    imported = {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}
    assert {"flask", "numpy", "fake_news.detection.detector", "server.routes"} <= imported
    packages = {module.partition(".")[0] for module in imported}
    assert packages.isdisjoint({"sklearn", "pandas", "nltk", "scipy", "joblib", "matplotlib"})
    training = {
        f"fake_news.{name}" for name in ("data", "training", "evaluation", "model_selection", "reporting", "runs")
    }
    assert {".".join(module.split(".")[:2]) for module in imported}.isdisjoint(training)
