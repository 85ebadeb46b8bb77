"""The real server in its own process, for as long as a measurement lasts."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running_server(port: int = 0, ruled_false: Sequence[str] = ()) -> Iterator[str]:
    """Start the server with the shipped checkpoint; the value is its address.

    Parameters
    ----------
    port : 0 for any free one
    ruled_false : claims with an imported ruling, as nothing is painted without one
    """
    with tempfile.TemporaryDirectory() as folder:
        if ruled_false:
            _import(Path(folder), ruled_false)
        command = [sys.executable, "-m", "server", "--port", str(port), "--data-folder", folder]
        with _start(command) as address:
            yield address


def _import(folder: Path, claims: Sequence[str]) -> None:
    table = folder / "rulings.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["claim", "rating", "publisher", "url"])
        writer.writerows([claim, "False", "A Paper", f"https://facts.example/{n}"] for n, claim in enumerate(claims))
    command = [sys.executable, "-m", "fake_news", "factchecks", "import", str(table), "--data-folder", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _start(command: Sequence[str]) -> Iterator[str]:
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        address = announced_address(process)
        try:
            yield address
        finally:
            process.terminate()


def announced_address(process: subprocess.Popen[str]) -> str:
    """Wait until a server says where it listens, and return that address."""
    assert process.stdout is not None
    announcement = process.stdout.readline()
    address = next((word for word in announcement.split() if word.startswith("http://")), None)
    if address is None:
        process.wait()
        raise SystemExit("The server did not start; its output is above.")
    return address
