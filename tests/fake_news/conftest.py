"""What the engine's tests share: the shipped detector, the command line, a miniature data folder, a detector of it."""

from __future__ import annotations

import io
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fake_news.cli.command_line import main
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.training.training_sets import Corpus, Protocol, liar_protocol, load_corpus
from tests.fake_news.miniature_data import LENIENT_RECIPE, write_miniature_data

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """What a command answered."""

    status: int
    out: str
    err: str


def run_command(*arguments: str | Path, stdin: bytes = b"") -> Run:
    """Run ``python -m fake_news`` as a person does, in a process of its own, where warnings are errors too."""
    environment = {name: value for name, value in os.environ.items() if name != "PLUMBLINE_DATA"}
    process = subprocess.run(
        [sys.executable, "-W", "error", "-m", "fake_news", *map(str, arguments)],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        env=environment,
    )
    return Run(process.returncode, process.stdout.decode(), process.stderr.decode())


def run_command_here(*arguments: str | Path) -> Run:
    """Run the same command in this process, which has imported the packages for training: that takes seconds each time.

    For what is no matter of processes, where other tests run commands in processes of their own.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), newline="", write_through=True) for _ in range(2))
    log = logging.getLogger()
    level = log.level
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["fake_news", *map(str, arguments)])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setattr(log, "handlers", [])
        patch.delenv("PLUMBLINE_DATA", raising=False)
        patch.chdir(ROOT)
        try:
            status = main(sys.argv[1:])
        except SystemExit as usage:  # argparse's
            status = int(usage.code or 0)
        finally:
            log.setLevel(level)
    return Run(status, *(stream.buffer.getvalue().decode() for stream in (out, err)))


@pytest.fixture(scope="session")
def command() -> Callable[..., Run]:
    """Runs ``python -m fake_news`` with arguments, in a process of its own."""
    return run_command


@pytest.fixture(scope="session")
def command_here() -> Callable[..., Run]:
    """Runs ``python -m fake_news`` with arguments, in this process."""
    return run_command_here


@pytest.fixture(scope="session")
def shipped() -> Path:
    """The folder of the shipped checkpoint."""
    return current_checkpoint()


@pytest.fixture(scope="session")
def detector(shipped: Path) -> Detector:
    """The shipped detector."""
    return Detector.load(shipped)


@pytest.fixture(scope="session")
def miniature_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small data folder with every set that training and evaluation read; for reading only."""
    folder = tmp_path_factory.mktemp("miniature") / "data"
    write_miniature_data(folder)
    return folder


@pytest.fixture
def miniature(miniature_data: Path, tmp_path: Path) -> Path:
    """A small data folder that the test may damage."""
    return Path(shutil.copytree(miniature_data, tmp_path / "data"))


@pytest.fixture(scope="session")
def corpus(miniature_data: Path) -> Corpus:
    """The miniature data sets, read once."""
    return load_corpus(miniature_data)


@pytest.fixture(scope="session")
def protocol(corpus: Corpus) -> Protocol:
    """LIAR's own split of the miniature data sets."""
    return liar_protocol(corpus)


@dataclass(frozen=True)
class TrainedDetector:
    """A detector trained on a miniature data folder by the command line."""

    recipe: Path
    checkpoints: Path
    version: str
    run: Run
    runs: Path

    @property
    def path(self) -> Path:
        """The checkpoint's folder."""
        return self.checkpoints / self.version


@pytest.fixture(scope="session")
def trained(miniature_data: Path, tmp_path_factory: pytest.TempPathFactory) -> TrainedDetector:
    """One training by the command line for the whole run."""
    folder = tmp_path_factory.mktemp("trained")
    recipe, checkpoints, version, runs = folder / "recipe.toml", folder / "checkpoints", "2026.1-mini", folder / "runs"
    recipe.write_text(LENIENT_RECIPE, encoding="utf-8")
    run = run_command(
        *("train", "--version", version, "--data-dir", miniature_data, "--config", recipe, "--output", checkpoints),
        *("--runs", runs, "--promote"),
    )
    return TrainedDetector(recipe, checkpoints, version, run, runs)


@pytest.fixture(scope="session")
def real_corpus(data_dir: Path) -> Corpus:
    """The real data sets, read once."""
    return load_corpus(data_dir)


@pytest.fixture(scope="session")
def real_liar_protocol(real_corpus: Corpus) -> Protocol:
    """LIAR's own split of the real data sets."""
    return liar_protocol(real_corpus)


@dataclass(frozen=True)
class Cluster:
    """A really running Dask cluster: how ``--backend`` names it, and the process numbers of its two workers."""

    backend: str
    workers: list[int]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A Dask cluster of two worker processes, one for the whole run; the tests that ask for it need ``distributed``."""
    pytest.importorskip("distributed", reason="needs the packages of the extra `cluster`")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fake_news.dask_cluster"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    with process:
        assert process.stdout
        assert process.stdin
        said = process.stdout.readline()
        assert said, "the cluster did not start"
        yield Cluster(**json.loads(said))
        process.stdin.close()
        process.wait(timeout=60)
