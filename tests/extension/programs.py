"""The programs that some tests need: without them a test is skipped with the reason."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

import pytest

from tests.extension.browsers import BrowserMissingError

OLDEST_NODE = 20  # what web-ext needs; older ones lack array methods that browsers have
Running = TypeVar("Running", bound=AbstractContextManager[object])


def node_or_skip() -> str:
    """The path of Node.js; an older one, as Debian 12 has, counts as missing."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    version = subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout
    major = re.match(r"v(\d+)", version)
    if major is None or int(major[1]) < OLDEST_NODE:
        pytest.skip(f"Node.js {OLDEST_NODE} or newer is needed, not {version.strip()}")
    return node


@contextmanager
def browser_or_skip(start: Callable[[], Running], name: str = "Chromium") -> Iterator[Running]:
    """A browser, running while the context lasts."""
    try:
        running = start()
    except BrowserMissingError as missing:
        pytest.skip(f"{name}: {missing}")
    with running:
        yield running
