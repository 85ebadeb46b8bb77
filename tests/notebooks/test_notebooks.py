"""The notebooks run from top to bottom on small data, and nothing that they print is kept in git."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.fake_news.miniature_data import write_miniature_data

pytestmark = pytest.mark.lifecycle

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
RUN = """
import sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, resources={"metadata": {"path": sys.argv[2]}}).execute()
nbformat.write(notebook, sys.argv[3])
"""


@pytest.fixture(scope="module")
def miniature_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small data folder, invented."""
    folder = tmp_path_factory.mktemp("notebooks") / "data"
    write_miniature_data(folder)
    return folder


def cells(path: Path) -> list[dict[str, Any]]:
    """The cells of a notebook."""
    found: list[dict[str, Any]] = json.loads(path.read_bytes())["cells"]
    return found


def test_the_story_is_whole() -> None:
    names = [path.name for path in NOTEBOOKS]
    assert [name[:2] for name in names] == ["1_", "2_", "3_", "4_", "5_"]
    readme = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    assert [name for name in names if name not in readme] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_is_kept(path: Path) -> None:
    for number, cell in enumerate(cells(path)):
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None), f"cell {number}: strip the outputs"
    assert set(json.loads(path.read_bytes())["metadata"]) == {"kernelspec", "language_info"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_reads_well(path: Path) -> None:
    """It begins with a heading and tells what it does: never three cells of code without a word between them."""
    kinds = [cell["cell_type"] for cell in cells(path)]
    assert "".join(cells(path)[0]["source"]).startswith("# ")
    assert "code code code" not in " ".join(kinds)
    assert all(len("".join(cell["source"]).splitlines()) <= 20 for cell in cells(path) if cell["cell_type"] == "code")


def run_notebook(path: Path, miniature_data: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """As `jupyter nbconvert --execute` and Jupyter Lab do: from the root, with the kernel in the notebook's folder.

    In a process of its own, as some of Jupyter's parts warn about each other, and with no path set.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {
        "PLUMBLINE_DATA": str(miniature_data),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONWARNINGS": "default",
    }
    return subprocess.run(
        [sys.executable, "-c", RUN, path, path.parent, folder / path.name],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )


@dataclass(frozen=True)
class Running:
    """A notebook at work, and the folder in which it is then found."""

    run: Future[subprocess.CompletedProcess[str]]
    folder: Path


@pytest.fixture(scope="module")
def running(miniature_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Path, Running]]:
    """All of them, two at a time: most of their time is one processor's."""
    with ThreadPoolExecutor(2) as pool:
        folders = {path: tmp_path_factory.mktemp(path.stem) for path in NOTEBOOKS}
        yield {
            path: Running(pool.submit(run_notebook, path, miniature_data, folder), folder)
            for path, folder in folders.items()
        }
        pool.shutdown(cancel_futures=True)


def test_the_first_runs_on_liar_alone(miniature_data: Path, tmp_path: Path) -> None:
    shutil.copytree(miniature_data / "liar", tmp_path / "data" / "liar")
    run = run_notebook(NOTEBOOKS[0], tmp_path / "data", tmp_path)
    assert run.returncode == 0, run.stderr[-3000:]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path: Path, running: dict[Path, Running]) -> None:
    run, done = running[path].run.result(), running[path].folder / path.name
    assert run.returncode == 0, run.stderr[-3000:]
    outputs = [cell["outputs"] for cell in cells(done) if cell["cell_type"] == "code"]
    assert sum(map(bool, outputs)) > len(outputs) / 2
    said = json.dumps(outputs)
    assert "Warning" not in said
    if path.stem == "2_first_model":
        assert "model.json" in said
        assert "AUC of the recipe less the baseline" in said
    if path.stem == "4_from_scratch":
        assert "no weight differs by more than" in said
        assert said.count("image/png") == 3
    if path.stem == "5_deployment":
        assert "unsure" in said
        assert "bad-request" in said or "invalid" in said
