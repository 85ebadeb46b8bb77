"""How this copy of Plumbline came here, and so how its commands are called and how packages are added to it."""

from __future__ import annotations

import sys
from pathlib import Path

from fake_news.common.paths import is_checkout

DISTRIBUTION = "plumbline-factcheck"
"""Its name on PyPI, where `plumbline` is another project's."""
PROGRAM = "plumbline"

_BUNDLED = Path(__file__).resolve().parents[1] / "bundled"
"""Where the wheel keeps ``server``: at the top of site-packages that name could be anybody's."""
_CALLED = (
    ("python -m server doctor", f"{PROGRAM} doctor"),
    ("python -m server", f"{PROGRAM} serve"),
    ("python -m fake_news", PROGRAM),
)
_EXTRA_OF = {
    "shap": "explain",
    "pyarrow": "parquet",
    "s3fs": "s3",
    "fsspec": "s3",
    "dask": "cluster",
    "distributed": "cluster",
    "mlflow": "tracking",
    "alembic": "tracking",
    "wandb": "tracking",
}
"""The extra that brings a package; whatever else is missing belongs to ``train``."""
_PACKAGES = {
    "explain": "shap",
    "parquet": "pyarrow",
    "s3": "s3fs",
    "cluster": "dask distributed",
    "tracking": "alembic mlflow-skinny wandb",
}


def is_installed() -> bool:
    """Whether this is the installed wheel."""
    return _BUNDLED.is_dir()


def make_server_importable() -> None:
    """Let ``import server`` find Plumbline's own, before any other package of that name."""
    if is_installed() and str(_BUNDLED) not in sys.path:
        sys.path.insert(0, str(_BUNDLED))


def as_called(text: str) -> str:
    """Write the commands in a text as they are called here."""
    if is_installed():
        for in_a_clone, installed in _CALLED:
            text = text.replace(in_a_clone, installed)
    return text


def how_to_install(*packages: str) -> str:
    """Write the command that installs packages which an optional part needs.

    >>> how_to_install("shap")
    'pip install shap'
    """
    extras = sorted({_EXTRA_OF.get(package.partition(".")[0], "train") for package in packages})
    if is_installed():
        return f"pip install '{DISTRIBUTION}[{','.join(extras)}]'"
    if extras == ["train"] and is_checkout():
        return "pip install -r requirements.txt"
    return f"pip install {' '.join(_PACKAGES.get(extra, '-r requirements.txt') for extra in extras)}"


def how_to_repair() -> str:
    """Say what to do about files that should have come with Plumbline."""
    if is_installed():
        return f"Install it again: `pip install --force-reinstall {DISTRIBUTION}`; or go back: `{PROGRAM} rollback`."
    return "Restore it with `git checkout -- model_checkpoints`, or train another: `python -m fake_news train`."
