"""The Node.js that some tests run in."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

OLDEST = 20  # what web-ext needs; older ones lack array methods that browsers have


def node_or_skip() -> str:
    """The program; a machine without one, or with an older one as Debian 12 has, skips the test and says so."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    version = subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout
    major = re.match(r"v(\d+)", version)
    if major is None or int(major[1]) < OLDEST:
        pytest.skip(f"Node.js {OLDEST} or newer is needed, not {version.strip()}")
    return node
