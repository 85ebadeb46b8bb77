"""scripts/start.py, run in a copy of the repository whose environment is ready."""

from __future__ import annotations

import http.server
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import threading
import venv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from tests.conftest import ANNOUNCEMENT, RunningServer
from tests.extension.local_http import QuietHandler


@pytest.fixture
def clone(root: Path, tmp_path: Path, environment_module: ModuleType) -> Path:
    """What start.py needs, with a `.venv` that borrows this interpreter's packages and is stamped as installed."""
    for folder in ("scripts", "server", "fake_news", "config", "model_checkpoints"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "requirements.txt", tmp_path)
    environment = environment_module.Environment(tmp_path / ".venv", (tmp_path / "requirements.txt",))
    venv.create(environment.folder, symlinks=os.name != "nt")
    packages = sysconfig.get_path("purelib", vars={"base": str(environment.folder)})
    (Path(packages) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    environment.stamp.write_text(environment._wanted_stamp())
    return tmp_path


@contextmanager
def start(clone: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start the script with no package index in reach: whatever it would install, it could not."""
    with subprocess.Popen(
        [sys.executable, str(clone / "scripts" / "start.py"), *arguments],
        cwd=clone.parent,
        env={**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    ) as script:
        try:
            yield script
        finally:  # a test that fails leaves neither the script nor its server behind
            script.kill()
            if sys.platform != "win32":
                with suppress(OSError):
                    os.killpg(script.pid, signal.SIGKILL)


def refusal(clone: Path, *arguments: str) -> tuple[int, str]:
    """The exit status and the one line of a start that fails."""
    with start(clone, *arguments) as script:
        output, errors = script.communicate(timeout=60)
    assert "Load unpacked" not in output
    [line] = errors.splitlines()
    return script.returncode, line


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind do not exist on Windows")
@pytest.mark.parametrize("stop_signal", [signal.SIGINT, signal.SIGTERM])
def test_a_second_start_installs_nothing_and_stops_completely(clone: Path, stop_signal: signal.Signals) -> None:
    with start(clone, "--port", "0") as script:
        assert script.stdout is not None
        assert script.stderr is not None
        announcement = script.stdout.readline()
        assert announcement.startswith(ANNOUNCEMENT)
        port = urlsplit(announcement.split()[4]).port
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            script.send_signal(stop_signal)
        steps = script.stdout.read()
        assert script.wait(timeout=20) == 0
        assert "Traceback" not in script.stderr.read()
    for words in (
        "chrome://extensions",
        "Load unpacked",
        f"folder {clone}\n",
        "about:debugging",
        str(clone / "manifest.json"),
    ):
        assert words in steps
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_arguments_reach_the_server_and_its_exit_status_is_returned(clone: Path) -> None:
    status, line = refusal(clone, "--port", "0", "--checkpoint", str(clone / "nothing"))
    assert status == 2
    assert str(clone / "nothing") in line


def test_a_running_plumbline_is_recognised(root: Path, running_server: RunningServer) -> None:
    status, line = refusal(root, "--port", str(running_server.port))
    assert status == 1
    assert line.startswith("Plumbline is running already")


@pytest.fixture
def other_program() -> Iterator[int]:
    """The port of a web server that is not Plumbline."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), QuietHandler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_port_in_use_is_reported_in_one_line(root: Path, other_program: int) -> None:
    status, line = refusal(root, "--port", str(other_program))
    assert status == 1
    assert line.startswith(f"Port {other_program} is taken by another program")
    assert "--port" in line
