"""What every test may ask for: a really running server, the data folder, and honesty about missing programs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

# Time says nothing about what is right, and several tests share a processor.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]
ANNOUNCEMENT = "Plumbline is listening on "
PROGRAMS_REQUIRED = "PLUMBLINE_REQUIRE_PROGRAMS"
NEEDS_PROGRAMS = ("browser", "node", "postgresql")  # the markers of tests that need programs which pip cannot install
NOT_QUICK = {*NEEDS_PROGRAMS, "lifecycle", "slow"}  # the markers of what --quick leaves out
NOT_RUN_FOR = "not run for want of a program"  # a property of a report, which xdist's workers send on with it


@dataclass(frozen=True)
class RunningServer:
    """`python -m server` in its own process.

    ``log`` is the file that holds everything the process wrote to standard error.
    """

    address: str
    process: subprocess.Popen[str]
    log: Path

    @property
    def port(self) -> int:
        """The port it listens on."""
        port = urlsplit(self.address).port
        assert port is not None
        return port


@contextmanager
def serving(log: Path, *arguments: str) -> Iterator[RunningServer]:
    """Start the server on a free port, wait for its own word that it listens, stop it as a service manager would.

    What it keeps lies beside its log, never in the home of whoever runs the tests.
    """
    with log.open("w", encoding="utf-8") as log_file:
        process = subprocess.Popen(
            [sys.executable, "-m", "server", "--port", "0", "--data-folder", str(log.with_suffix(".data")), *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=log_file,
            text=True,
            encoding="utf-8",
        )
    with process:
        announcement = cast(IO[str], process.stdout).readline()
        if not announcement.startswith(ANNOUNCEMENT):
            process.kill()
            process.wait()
            pytest.fail(f"the server did not start: {announcement}{log.read_text(encoding='utf-8')}")
        try:
            yield RunningServer(announcement.removeprefix(ANNOUNCEMENT).split()[0], process, log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


@pytest.fixture(scope="session")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The real server with the shipped checkpoint on a free port, one for the whole run."""
    with serving(tmp_path_factory.mktemp("server") / "server.log") as server:
        yield server


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[Callable[..., RunningServer]]:
    """Start further servers with arguments of the test's own; they end with the test."""
    with ExitStack() as servers:
        started = 0

        def start(*arguments: str) -> RunningServer:
            nonlocal started
            started += 1
            return servers.enter_context(serving(tmp_path / f"server-{started}.log", *arguments))

        yield start


@pytest.fixture(scope="session", autouse=True)
def _runs_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The records of what tests run, in their processes too, never land in the repository."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "tracking.toml").write_text("# no tracker, whatever config/tracking.toml says here\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLUMBLINE_RUNS", str(folder))
        patch.setenv("PLUMBLINE_TRACKING", str(folder / "tracking.toml"))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository root."""
    return ROOT


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder with the public data sets; tests that ask for it are skipped where there is none."""
    folder = Path(os.environ.get("PLUMBLINE_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no data folder at {folder} (PLUMBLINE_DATA names another)")
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    left_out = ", ".join(sorted(NOT_QUICK))
    parser.addoption("--quick", action="store_true", help=f"leave out the tests marked with any of: {left_out}")
    accepting = "write down what is painted on the saved pages instead of comparing it: the difference is to be read"
    parser.addoption("--accept-painted", action="store_true", help=accepting)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes long, where only the quick tests are asked for."""
    if config.getoption("quick"):
        left_out = {item for item in items if NOT_QUICK.intersection(marker.name for marker in item.iter_markers())}
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note in a test's report that it was skipped for want of a program; where programs are required it fails."""
    report = yield
    markers = {marker.name for marker in item.iter_markers()}
    skipped = report.skipped and isinstance(report.longrepr, tuple)  # expected failures count as skipped too
    if skipped and markers.intersection(NEEDS_PROGRAMS) and "data" not in markers:
        reason = cast(tuple[str, int, str], report.longrepr)[2].removeprefix("Skipped: ")
        report.user_properties.append((NOT_RUN_FOR, reason))
        if os.environ.get(PROGRAMS_REQUIRED):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} could not run and {PROGRAMS_REQUIRED} is set: {reason}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say by name which tests did not run for want of a program, and why."""
    reports = [one for found in terminalreporter.stats.values() for one in found if isinstance(one, pytest.TestReport)]
    not_run = [(one.nodeid, reason) for one in reports for name, reason in one.user_properties if name == NOT_RUN_FOR]
    if not_run:
        terminalreporter.section(NOT_RUN_FOR)
        for nodeid, reason in not_run:
            terminalreporter.line(f"{nodeid}: {reason}")


def utf16_slice(text: str, start: int, end: int) -> str:
    """What JavaScript's ``text.slice(start, end)`` gives."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
