"""Plumbline's own virtual environment: made once, repaired when half-made, left alone when it fits.

Standard library only, as this runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements.txt"
TEST_REQUIREMENTS = ROOT / "tests" / "requirements.txt"
# What pip says, on any system, when the package index is out of reach.
NO_NETWORK = (
    "failed to establish a new connection",
    "name resolution",
    "getaddrinfo failed",
    "nodename nor servname",
    "network is unreachable",
    "connection refused",
    "cannot connect to proxy",
    "connecttimeouterror",
    "read timed out",
)


class SetupError(Exception):
    """Something the person at the terminal has to see to; the message is one line that says what."""


class Environment:
    """The folder `.venv` and what is installed in it.

    Parameters
    ----------
    folder
        Where the virtual environment is, or will be.
    requirements
        The files that name what has to be installed.
    """

    def __init__(self, folder: Path = ROOT / ".venv", requirements: Sequence[Path] = (REQUIREMENTS,)) -> None:
        self.folder = folder
        self.requirements = requirements
        self.stamp = folder / "plumbline-installed.txt"
        self.log = folder / "plumbline-install.log"

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def _wanted_stamp(self) -> str:
        digests = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in self.requirements]
        return f"Python {platform.python_version()}\n{''.join(digests)}"

    def is_ready(self) -> bool:
        """Return whether everything is installed for this Python and these requirements, with or without more."""
        # A link to an interpreter that was removed since does not exist, so a system upgrade is noticed here too.
        if not (self.python.exists() and self.stamp.is_file()):
            return False
        return set(self._wanted_stamp().splitlines()) <= set(self.stamp.read_text().splitlines())

    def make_ready(self) -> None:
        """Make the environment and install into it, unless that is done already.

        Raises
        ------
        SetupError
            If it cannot be done; what is half-made is repaired by the next call.
        """
        if self.is_ready():
            return
        # The stamp goes first and comes last: whatever interrupts the work, the next start knows that it is not done.
        self.stamp.unlink(missing_ok=True)
        if not self._has_working_pip():
            self._create()
        print(f"Installing what Plumbline needs into {self.folder} (once; a few minutes) …")
        self._install()
        self.stamp.write_text(self._wanted_stamp())

    def _has_working_pip(self) -> bool:
        question = "import sys, pip; print(sys.version.split()[0])"
        try:
            answer = subprocess.run([self.python, "-c", question], capture_output=True, text=True)
        except OSError:
            return False
        return answer.returncode == 0 and answer.stdout.strip() == platform.python_version()

    def _create(self) -> None:
        if not can_make_environments():
            raise SetupError(
                "This Python cannot make virtual environments: install the missing part "
                "(Debian and Ubuntu: apt install python3-venv) and start again."
            )
        result = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", self.folder], capture_output=True, text=True, errors="replace"
        )
        if result.returncode != 0:
            raise SetupError(f"Cannot make {self.folder}: {last_line(result.stdout + result.stderr)}")

    def _install(self) -> None:
        command = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        result = subprocess.run(
            [*command, "--progress-bar=off", *(f"--requirement={path}" for path in self.requirements)],
            capture_output=True,
            text=True,
            errors="replace",
        )
        output = result.stdout + result.stderr
        self.log.write_text(output, encoding="utf-8")
        if result.returncode != 0:
            raise SetupError(f"{_why_pip_failed(output)} (All that pip said: {self.log})")


def continue_inside() -> None:
    """Have this script run by the environment's Python, with all that the tests need; return where it is already.

    A Python that has the packages without `.venv` will do too.
    """
    environment = Environment(requirements=(REQUIREMENTS, TEST_REQUIREMENTS))
    is_inside = Path(sys.prefix).resolve() == environment.folder.resolve()
    if is_inside or all(map(importlib.util.find_spec, ("flask", "websocket", "selenium"))):
        return
    try:
        environment.make_ready()
    except (SetupError, OSError) as error:
        raise SystemExit(f"{Path(sys.argv[0]).name} cannot run: {error}") from error
    raise SystemExit(subprocess.run([environment.python, *sys.argv]).returncode)


def can_make_environments() -> bool:
    """Return whether this Python has what makes virtual environments; Debian packs it separately."""
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


def find_program(*names: str) -> str | None:
    """Return the first of several programs that is installed."""
    return next((path for path in map(shutil.which, names) if path), None)


def last_line(output: str) -> str:
    """Return the last line of a program's output that says anything."""
    return next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "it did not say why")


def _why_pip_failed(output: str) -> str:
    if "certificate_verify_failed" in output.lower():
        return "The package index shows a certificate that is not trusted here: behind a proxy, set PIP_CERT."
    if any(sign in output.lower() for sign in NO_NETWORK):
        return "Cannot reach the Python package index: connect this machine to the internet and start again."
    errors = [line for line in output.splitlines() if line.startswith("ERROR:")]
    reason = errors[0].removeprefix("ERROR:").strip() if errors else last_line(output)
    return f"pip could not install what is required: {reason}"
