"""Files and folders appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_news.common.files import new_folder, replace_file, replacing


def test_a_file_changes_at_the_end_of_the_block(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    with replacing(path) as draft:
        draft.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_block_that_fails_leaves_the_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    replace_file(path, "old")

    def fail() -> None:
        with replacing(path) as draft:
            draft.write_text("half", encoding="utf-8")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"old"]


def test_two_writers_of_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with replacing(path) as first, replacing(path) as second:
        first.write_text("first", encoding="utf-8")
        second.write_text("second", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "first", "the last to finish"


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    replace_file(tmp_path / "a.txt", "é\r\n\n")
    assert (tmp_path / "a.txt").read_bytes() == b"\xc3\xa9\r\n\n"


def test_a_folder_appears_with_all_that_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "above" / "folder"
    with new_folder(path) as draft:
        (draft / "a.txt").write_text("a", encoding="utf-8")
        assert not path.exists()
    assert [one.name for one in path.iterdir()] == ["a.txt"]
    with pytest.raises(OSError, match="folder"), new_folder(path) as draft:
        (draft / "b.txt").write_text("b", encoding="utf-8")
    assert [one.name for one in path.iterdir()] == ["a.txt"]
    assert [one.name for one in path.parent.iterdir()] == ["folder"]
