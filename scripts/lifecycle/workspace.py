"""The workspace of a walk through the life cycle: a fresh clone of this repository, with home folders of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from fake_news.data.ordinary_text import load_pages
from lifecycle.costs import Cost
from lifecycle.held_back_rulings import hold_back
from lifecycle.page import without_comment
from lifecycle.simulated_reader import SimulatedReader

_OWN = ("PLUMBLINE_DATA", "PLUMBLINE_RUNS", "PLUMBLINE_DATABASE_URL", "PLUMBLINE_TRACKING")
_ANNOUNCEMENT = "Plumbline is listening on "
REFUSED = "# refused"
"""The comment of a command that shall fail."""


class LifecycleError(Exception):
    """A command that did not do what the page says."""


class Workspace:
    """A clone, and what the commands in it need.

    Parameters
    ----------
    repository : what is cloned, as it was committed last
    data : a data folder with every set; read only
    scratch : the folder that holds everything the walk writes
    """

    def __init__(self, repository: Path, data: Path, scratch: Path) -> None:
        self._data = data.resolve()
        self._scratch = scratch.resolve()
        self.clone = self._scratch / "plumbline"
        self._environment = {name: value for name, value in os.environ.items() if name not in _OWN}
        self._environment |= {"PLUMBLINE_HOME": str(self._scratch / "home"), "PYTHONUTF8": "1"}
        self._scratch.mkdir(parents=True, exist_ok=True)
        if self.clone.is_dir():
            self._update(repository)
        else:
            self._git("clone", "--quiet", str(repository.resolve()), str(self.clone), folder=self._scratch)
            (self._scratch / "copies").symlink_to(self._data, target_is_directory=True)

    def _update(self, repository: Path) -> None:
        """Bring the clone to the last commit; what the walk made, and which checkpoint is current, stays."""
        current = self.clone / "model_checkpoints" / "current"
        version = current.read_bytes() if current.exists() else None
        self._git("fetch", "--quiet", str(repository.resolve()), "HEAD", folder=self.clone)
        self._git("reset", "--quiet", "--hard", "FETCH_HEAD", folder=self.clone)
        if version is not None:
            current.write_bytes(version)

    def hold_back(self) -> None:
        """Make the data folder that `train` reads, and the files of what came later, unless they are there."""
        before = self.clone / "data" / "before"
        if not before.is_dir():
            new, dated = self._scratch / "rated.csv", self._scratch / "rated_with_dates.csv"
            hold_back(self.clone / "data" / "raw", before, new, dated)

    def clear(self, commands: Sequence[str]) -> None:
        """Remove what an earlier walk made by these commands and they would not write over."""
        for words in (shlex.split(without_comment(command)) for command in commands):
            named = dict(pairwise(words))
            made = [Path(named["--output"])] if words[3:5] == ["data", "split"] else []
            made += [Path(words[5])] if words[3:4] == ["score"] else []
            made += [Path("model_checkpoints", named["--version"])] if "--version" in named else []
            for path in made:
                target = self.clone / path
                shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
            current = self.clone / "model_checkpoints" / "current"
            if current.exists() and not (current.parent / current.read_text(encoding="utf-8").strip()).is_dir():
                current.unlink()

    def run(self, commands: Sequence[str]) -> tuple[str, list[Cost]]:
        """Run the commands of one block, and return their output and costs; a server runs until the last one is done.

        Raises
        ------
        LifecycleError
            If one fails that should not, or the other way round.
        """
        server: subprocess.Popen[str] | None = None
        outputs, costs = [], []
        try:
            for command in commands:
                if command.startswith("python -m server"):
                    server, announced = self._serve(command)
                    outputs.append(announced)
                elif command.startswith("mkdir "):
                    (self.clone / command.split()[1]).mkdir(exist_ok=True)
                else:
                    output, cost = self._run(command)
                    outputs.append(output)
                    costs.append(cost)
        finally:
            if server:
                server.send_signal(signal.SIGINT)
                server.communicate(timeout=60)
        return self._without_local_paths("".join(outputs)), costs

    def _run(self, command: str) -> tuple[str, Cost]:
        before, began = os.times(), time.monotonic()
        process = subprocess.run(
            self._words(command), cwd=self.clone, env=self._environment, capture_output=True, encoding="utf-8"
        )
        after, wall = os.times(), time.monotonic() - began
        is_refused = process.returncode not in (0, 1)
        if is_refused != (REFUSED in command):
            raise LifecycleError(
                f"`{command}` ended with {process.returncode}:\n{process.stdout[-2000:]}{process.stderr}"
            )
        output = process.stdout + (process.stderr if is_refused else "")
        if process.returncode:
            output += f"(exit status {process.returncode})\n"
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return output, Cost(without_comment(command), wall, cpu)

    def _serve(self, command: str) -> tuple[subprocess.Popen[str], str]:
        """Start a server and let a simulated reader use it; it runs until it gets SIGINT."""
        log = (self._scratch / "server.log").open("w", encoding="utf-8")
        with log:
            process = subprocess.Popen(
                self._words(command),
                cwd=self.clone,
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
            )
        assert process.stdout is not None
        announced = process.stdout.readline()
        if not announced.startswith(_ANNOUNCEMENT):
            process.wait()
            raise LifecycleError(
                f"`{command}` did not start: {(self._scratch / 'server.log').read_text(encoding='utf-8')}"
            )
        reader = SimulatedReader(announced.removeprefix(_ANNOUNCEMENT).split()[0])
        reader.read(load_pages(self._data))
        if "--shadow" in command:
            reader.wait_for_shadow()
        else:
            reader.disagree()
        return process, announced

    def _words(self, command: str) -> list[str]:
        words = shlex.split(without_comment(command))
        return [sys.executable if word in ("python", "python3") else word for word in words]

    def _without_local_paths(self, output: str) -> str:
        """Without the paths of this machine."""
        for path, name in ((f"{self.clone}{os.sep}", ""), (str(self.clone), "."), (str(self._scratch), "..")):
            output = output.replace(path, name)
        return output

    def _git(self, *arguments: str, folder: Path) -> None:
        result = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8")
        if result.returncode:
            raise LifecycleError(f"git {' '.join(arguments)}: {result.stderr.strip()} Name another --scratch.")
