"""Reading a file of settings: what is wrong with it is said in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_news.common.errors import PlumblineError, TrackingError
from fake_news.common.toml_file import read_toml


def test_its_tables(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[part]\nname = "é"\n', encoding="utf-8")
    assert read_toml(tmp_path / "a.toml", "") == {"part": {"name": "é"}}


@pytest.mark.parametrize("content", [b"[part", b"a = \xff", "a = 'é'".encode("utf-16")])
def test_what_is_no_toml(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.toml").write_bytes(content)
    with pytest.raises(PlumblineError, match=r"a\.toml is not TOML: ") as caught:
        read_toml(tmp_path / "a.toml", "Name another.")
    assert "\n" not in str(caught.value)


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TrackingError, match=r"a\.toml cannot be read \(.*\)\. Name another\.") as caught:
        read_toml(tmp_path / "a.toml", "Name another.", TrackingError)
    assert caught.value.hint == "Name another."
