"""Reading a file of settings: what is wrong with it is said in one line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from fake_news.common.errors import PlumblineError, TrackingError
from fake_news.common.settings import STRICT, Count, Settings, Share, read_settings


@dataclass(frozen=True)
class Part:
    __pydantic_config__ = STRICT

    name: str
    share: Share = 0.5


class File(Settings):
    part: Part
    count: Count = 1


def write(folder: Path, content: bytes) -> Path:
    path = folder / "a.toml"
    path.write_bytes(content)
    return path


def test_tables_become_their_models(tmp_path: Path) -> None:
    path = write(tmp_path, '[part]\nname = "é"\n'.encode())
    assert read_settings(path, File) == File(part=Part("é"))


@pytest.mark.parametrize("content", [b"[part", b"a = \xff", "a = 'é'".encode("utf-16")])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(PlumblineError, match=r"a\.toml is not TOML: ") as caught:
        read_settings(write(tmp_path, content), File)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(TrackingError, match=r"a\.toml cannot be read \(.*\)\. Name another with --file\.") as caught:
        read_settings(tmp_path / "a.toml", File, option="--file", error=TrackingError)
    assert caught.value.hint == "Name another with --file."


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "part is missing"),
        ("part = 3", "part is 3, and should be a table"),
        ("[part]", "part.name is missing"),
        ("[part]\nname = 'a'\nnmae = 'b'", "part.nmae is unknown (known are name, share)"),
        ("[part]\nnmae = 'b'", "part.nmae is unknown (known are name, share); part.name is missing"),
        ("[part]\nname = 'a'\nshare = 1.0", "part.share is 1.0, and should be less than 1"),
        ("[part]\nname = 'a'\nshare = nan", "part.share is nan, and should be"),
        ("[part]\nname = 'a'\nshare = '0.5'", "part.share is '0.5', and should be a valid number"),
        ("count = 1.5\n[part]\nname = 'a'", "count is 1.5, and should be a valid integer"),
        ("count = true\n[part]\nname = 'a'", "count is True, and should be a valid integer"),
        ("cuont = 2\n[part]\nname = 'a'", "cuont is unknown (known are part, count)"),
    ],
)
def test_what_is_wrong_is_named_with_key_value_and_what_is_allowed(
    tmp_path: Path, content: str, complaint: str
) -> None:
    path = write(tmp_path, content.encode())
    with pytest.raises(PlumblineError) as caught:
        read_settings(path, File, example="config/a.toml")
    assert str(caught.value) == f"{path}: {caught.value.message.partition(': ')[2]} Compare with config/a.toml."
    assert complaint in caught.value.message
    assert "\n" not in str(caught.value)
