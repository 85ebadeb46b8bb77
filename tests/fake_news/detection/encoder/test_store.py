"""Encoders are stored once, by their hash, and verified like everything else; a bad one is one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_news.common.errors import CheckpointError
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.encoder.store import DESCRIPTION, HEAD, MODEL, TOKENIZER, read_encoder, write_encoder


@pytest.fixture
def identity(tmp_path: Path) -> str:
    return write_encoder(tmp_path, b"a model", b"{}", b"a head", width=4, longest=8, card={"layers": [0]})


def test_what_was_written_is_read(tmp_path: Path, identity: str) -> None:
    files = read_encoder(identity, tmp_path)
    assert (files.identity, files.model, files.tokenizer, files.arrays) == (identity, b"a model", "{}", b"a head")
    assert (files.width, files.longest) == (4, 8)


def test_the_same_encoder_is_stored_once(tmp_path: Path, identity: str) -> None:
    again = write_encoder(tmp_path, b"a model", b"{}", b"a head", width=4, longest=8, card={"layers": [0]})
    assert again == identity
    assert [path.name for path in (tmp_path / "encoders").iterdir()] == [identity]


@pytest.mark.parametrize("name", [MODEL, TOKENIZER, HEAD, DESCRIPTION])
def test_a_changed_file_is_noticed(tmp_path: Path, identity: str, name: str) -> None:
    path = tmp_path / "encoders" / identity / name
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(CheckpointError, match="is damaged") as caught:
        read_encoder(identity, tmp_path)
    assert name in caught.value.message
    assert "git checkout" in caught.value.hint


@pytest.mark.parametrize("name", [MODEL, TOKENIZER, HEAD, DESCRIPTION])
def test_a_missing_file_is_named(tmp_path: Path, identity: str, name: str) -> None:
    (tmp_path / "encoders" / identity / name).unlink()
    with pytest.raises(CheckpointError, match=f"{name} cannot be read"):
        read_encoder(identity, tmp_path)


def test_a_missing_encoder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="cannot be read") as caught:
        read_encoder("0" * 64, tmp_path)
    assert "\n" not in str(caught.value)


def test_an_invalid_model_is_one_clear_error(tmp_path: Path, identity: str) -> None:
    with pytest.raises(CheckpointError, match="cannot be used") as caught:
        Encoder(read_encoder(identity, tmp_path))
    assert "\n" not in str(caught.value)
