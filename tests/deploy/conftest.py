"""The files of the image, put together as the Dockerfile says, and its command running."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copy2, copytree

import pytest

from tests.deploy.image import ROOT, Gunicorn, instructions, stays_out


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the Dockerfile copies, in the places where it puts them."""
    image = tmp_path_factory.mktemp("image")
    for arguments in instructions("COPY"):
        if arguments.startswith("--from="):
            continue  # the packages
        source, destination = arguments.split()
        target = image / destination.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():

            def ignored(folder: str, names: list[str]) -> set[str]:
                return {name for name in names if stays_out(Path(folder, name))}

            copytree(ROOT / source, target, ignore=ignored)
        else:
            assert not stays_out(ROOT / source)
            copy2(ROOT / source, target)
    return image


@pytest.fixture(scope="session")
def gunicorn(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gunicorn]:
    """The image's command over the image's files."""
    pytest.importorskip("gunicorn", reason="gunicorn does not run on this system")
    folder = tmp_path_factory.mktemp("gunicorn")
    running = Gunicorn(image, folder / "data", folder / "log")
    yield running
    running.process.terminate()
    running.process.wait(timeout=60)
