"""How commands are called and packages added, in a clone and in the installed wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_news.common import installation
from fake_news.common.errors import PlumblineError


def test_in_a_clone_hints_speak_of_the_clone() -> None:
    assert installation.how_to_install("pandas") == "pip install -r requirements.txt"
    assert installation.how_to_install("s3fs") == "pip install s3fs"
    assert installation.as_called("`python -m fake_news train`") == "`python -m fake_news train`"
    assert "git checkout" in installation.how_to_repair()


def test_in_the_wheel_they_speak_of_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "_BUNDLED", tmp_path)
    assert installation.how_to_install("pandas") == "pip install 'plumbline-factcheck[train]'"
    assert installation.how_to_install("s3fs", "pyarrow") == "pip install 'plumbline-factcheck[parquet,s3]'"
    error = PlumblineError("No server.", "Start one: `python -m server`, or look: `python -m server doctor`.")
    assert error.hint == "Start one: `plumbline serve`, or look: `plumbline doctor`."
    assert "git" not in installation.how_to_repair()
