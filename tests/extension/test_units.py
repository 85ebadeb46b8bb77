"""The logic of the extension that needs no browser: offsets, settings, addresses, the contract. Tested in Node.js."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.extension.programs import node_or_skip


@pytest.mark.node
@pytest.mark.parametrize("file", sorted(Path(__file__).parent.glob("unit/*.test.mjs")), ids=lambda file: file.name)
def test_unit(file: Path) -> None:
    command = [
        node_or_skip(),
        "--no-warnings",
        "--experimental-detect-module",
        "--test",
        "--test-reporter=tap",
        str(file),
    ]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "# pass 0" not in result.stdout
