"""A database of imported fact-checks, and files to import into it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.factchecks.imported.database import ImportedDatabase


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ImportedDatabase]:
    found = ImportedDatabase(tmp_path / "home")
    yield found
    found.close()


@pytest.fixture
def file(tmp_path: Path) -> Callable[[Any], Path]:
    """Writes a file: text or bytes as they are, anything else as JSON."""

    def write(content: Any) -> Path:
        path = tmp_path / "facts.json"
        if not isinstance(content, bytes):
            content = (content if isinstance(content, str) else json.dumps(content)).encode()
        path.write_bytes(content)
        return path

    return write
