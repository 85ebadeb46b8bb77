"""The browsers, with the real extension in them, and the pages they visit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, RunningServer, serving
from tests.extension.browsers import BROWSERS, Browser, Tab
from tests.extension.page_server import PAGES, PageServer, serving_pages
from tests.extension.programs import browser_or_skip
from tests.extension.reading import call_every_sentence_false
from tests.extension.recording_server import RecordingServer, recording
from tests.extension.scripted_server import ScriptedServer, scripted


def import_rulings(folder: Path) -> None:
    """Import into a server's data folder the rulings on what the pages of the tests say."""
    importing = [sys.executable, "-m", "fake_news", "factchecks", "import", str(PAGES / "rulings.csv")]
    subprocess.run([*importing, "--data-folder", str(folder)], cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="session")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The real server of a reader who imported rulings on what the pages of the tests say."""
    folder = tmp_path_factory.mktemp("server")
    import_rulings(folder)
    with serving(folder / "server.log", "--data-folder", str(folder)) as server:
        yield server


@pytest.fixture(scope="session", params=BROWSERS)
def running_browser(request: pytest.FixtureRequest, root: Path) -> Iterator[Browser]:
    """Each browser once for the whole run; a machine without it skips its tests."""
    with browser_or_skip(lambda: BROWSERS[request.param](root), request.param) as running:
        running.tabs_of_installation()
        yield running


@pytest.fixture
def browser(running_browser: Browser, running_server: RunningServer) -> Iterator[Browser]:
    """A browser whose extension is as on its first day, but knows the real server; it must leave no error behind."""
    running_browser.clear_storage()
    running_browser.write_storage("settings", {"serverAddress": running_server.address})
    running_browser.forget_errors()
    yield running_browser
    errors = running_browser.reported_errors()
    assert not errors, "the extension reported errors"


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """A new active tab."""
    opened = browser.open_tab()
    opened.set_viewport(1000, 700)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def pages() -> Iterator[PageServer]:
    """The pages written for the tests."""
    with serving_pages(PAGES) as server:
        yield server


@pytest.fixture(scope="session")
def saved_pages(data_dir: Path) -> Iterator[PageServer]:
    """Saved pages of real publishers, where the data folder is."""
    with serving_pages(data_dir / "pages") as server:
        yield server


@pytest.fixture
def recorder(browser: Browser, running_server: RunningServer) -> Iterator[RecordingServer]:
    """The extension asks the real server through a recording one."""
    with recording(running_server.address) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        yield server


@pytest.fixture
def false_server(browser: Browser) -> Iterator[ScriptedServer]:
    """The extension asks a server that calls every sentence false."""
    with scripted(call_every_sentence_false) as running:
        browser.write_storage("settings", {"serverAddress": running.address})
        yield running
