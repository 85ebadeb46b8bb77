"""The folder of records: found by abbreviation, a broken one among good ones, nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_news.common.errors import TrackingError
from fake_news.runs.recording import Recorder
from fake_news.runs.run_store import RECORD_FILE, RunStore, default_runs_folder


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunStore:
    """Three runs with ids of the test's own."""
    for run_id in ("aa11cc00", "aa22cc00", "bb33cc00"):
        monkeypatch.setattr("fake_news.runs.run_store.new_id", lambda run_id=run_id: run_id)
        with Recorder(tmp_path).record("train", configuration={}):
            pass
    return RunStore(tmp_path)


def test_an_abbreviation_finds_its_run(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.find("b").id == "bb33cc00"
    assert store.find("aa2").id == "aa22cc00"
    assert store.find("aa11cc00").id == "aa11cc00"
    assert store.find("latest").id == "bb33cc00"
    monkeypatch.setattr("fake_news.runs.run_store.new_id", lambda: "cc44cc00")
    with Recorder(store.folder).record("tune", configuration={}):
        pass
    assert store.find("latest").id == store.find("latest:tune").id == "cc44cc00"
    assert store.find("latest:train").id == "bb33cc00"


@pytest.mark.parametrize(
    ("abbreviation", "message"),
    [
        ("aa", "beginning of 2 runs: aa11cc00, aa22cc00"),
        ("c", "no run 'c'"),
        ("", "no run ''"),
        ("../x", "no run"),
        ("latest:tune", "no run of 'tune'"),
        ("latest:", "no run 'latest:'"),
    ],
)
def test_what_finds_none_or_several_is_said(store: RunStore, abbreviation: str, message: str) -> None:
    with pytest.raises(TrackingError, match=message):
        store.find(abbreviation)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "EOF"),
        (b"{", "EOF"),
        (b"[]", "is not a valid record"),
        (b'{"format": 2}', "format"),
        (b'{"format": 1}', "Field required"),
        (b"\xff\xfe", "is not a valid record"),
        (None, "cannot be read"),
    ],
)
def test_a_broken_record_is_told_apart_and_hides_no_other(store: RunStore, content: bytes | None, why: str) -> None:
    path = store.folder / "aa22cc00" / RECORD_FILE
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    records, [broken] = store.all()
    assert [record.id for record in records] == ["aa11cc00", "bb33cc00"]
    assert broken.id == "aa22cc00"
    assert why in broken.why
    assert "\n" not in broken.why
    with pytest.raises(TrackingError, match="aa22cc00"):
        store.find("aa2")


def test_other_things_in_the_folder_are_left_alone(store: RunStore) -> None:
    (store.folder / "notes.txt").write_text("mine", encoding="utf-8")
    (store.folder / "archive").mkdir()
    records, broken = store.all()
    assert (len(records), broken) == (3, [])


def test_two_runs_never_share_a_folder(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["aa11cc00", "bb33cc00", "dd44cc00"])
    monkeypatch.setattr("fake_news.runs.run_store.new_id", lambda: next(drawn))
    with Recorder(store.folder).record("train", configuration={}) as run:
        assert run.id == "dd44cc00"


def test_no_folder_yet_is_no_runs(tmp_path: Path) -> None:
    store = RunStore(tmp_path / "none")
    assert store.all() == ([], [])
    with pytest.raises(TrackingError, match=r"no run in .*none yet"):
        store.find("latest")


def test_an_unreadable_folder_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(TrackingError, match=r"file cannot be read .*--runs or the environment variable PLUMBLINE_RUNS"):
        RunStore(tmp_path / "file").all()


def test_the_default_folder(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert root not in default_runs_folder().parents  # the tests' own runs lie elsewhere
    monkeypatch.delenv("PLUMBLINE_RUNS")
    assert default_runs_folder() == root / "data" / "runs"
    monkeypatch.setattr("fake_news.common.paths.ROOT", tmp_path)
    monkeypatch.setenv("PLUMBLINE_HOME", str(tmp_path / "home"))
    assert default_runs_folder() == tmp_path / "home" / "runs"
