"""The programs that the tests drive and pip cannot install: browsers, Node.js, PostgreSQL, the TypeScript compiler."""

from __future__ import annotations

import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from environment import can_make_environments, find_program, last_line


@dataclass(frozen=True)
class Need:
    """Something tests cannot do without.

    ``programs`` are the commands it consists of, each with its other names; ``packages`` are Debian's; ``without``
    says what does not run where it is missing.
    """

    programs: tuple[tuple[str, ...], ...]
    packages: tuple[str, ...]
    without: str

    def is_met(self) -> bool:
        """Return whether every program of it is installed."""
        return all(find_program(*names) for names in self.programs)


NEEDS = (
    Need(
        (("chromium", "chromium-browser", "google-chrome"), ("chromedriver",)),
        ("chromium", "chromium-driver"),
        "the browser tests in Chromium",
    ),
    Need((("firefox-esr", "firefox"),), ("firefox-esr",), "the browser tests in Firefox"),
    Need((("node",), ("npm",)), ("nodejs", "npm"), "the type check of the extension's JavaScript"),
    # Debian keeps the server's own programs off the path
    Need((("postgres", "pg_createcluster"),), ("postgresql",), "the tests of feedback in PostgreSQL"),
)


def install_programs() -> None:
    """Install what is missing by apt-get where this may be done; elsewhere say what will not run and why."""
    missing = [need for need in NEEDS if not need.is_met()]
    packages = [need.packages for need in missing]
    if not can_make_environments():
        packages.append(("python3-venv",))
    if packages and _may_use_apt():
        _apt_get("update")
        for group in packages:  # one by one: Ubuntu lacks some of them
            print(f"Installing {', '.join(group)} …")
            _apt_get("install", "-y", "--no-install-recommends", *group)
    for need in missing:
        if not need.is_met():
            names = " and ".join(names[0] for names in need.programs)
            print(f"Missing: {names}. Not run: {need.without}. (On Debian: apt install {' '.join(need.packages)})")


def install_javascript_tools(folder: Path) -> None:
    """Install what ``folder``'s package-lock.json names, unless that is done already."""
    npm = find_program("npm")
    if not npm:
        return
    stamp = folder / "node_modules" / "plumbline-installed.txt"
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("Installing the JavaScript tools …")
    result = subprocess.run(
        [npm, "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True, errors="replace"
    )
    if result.returncode == 0:
        stamp.write_text(wanted)
    else:
        print(f"npm could not install the JavaScript tools, their tests will not run: {last_line(result.stderr)}")


def _may_use_apt() -> bool:
    return find_program("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def _apt_get(*arguments: str) -> None:
    result = subprocess.run(
        ["apt-get", "-qq", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        text=True,
        errors="replace",
    )
    if result.returncode != 0:
        print(f"apt-get {' '.join(arguments)} failed: {last_line(result.stderr)}")
