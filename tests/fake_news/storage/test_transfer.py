"""Pushing and fetching over HTTP to a real S3 server, and to a folder: whole, verified, or one clear line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_news.cli.options import RemoteFolder, fetch_folders, recorder_of
from fake_news.common.errors import StorageError
from fake_news.common.files import folder_files
from fake_news.runs.run_store import RunStore
from fake_news.storage.place import place_at
from fake_news.storage.transfer import Manifest, fetch, fetch_cached, push
from tests.fake_news.conftest import Run
from tests.fake_news.storage.s3_server import FaultyProxy

pytestmark = pytest.mark.lifecycle

Command = Callable[..., Run]
WITHOUT_HIDDEN = ["harbour.txt", "parts/empty.txt", "parts/orchard.txt"]


def contents(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in folder_files(folder).items()}


@pytest.fixture(params=["s3", "folder"])
def either(request: pytest.FixtureRequest, tmp_path: Path, place: str) -> str:
    """An address of each kind of place."""
    if request.param == "s3":
        request.getfixturevalue("s3")
        return place
    return str(tmp_path / "place")


def test_what_is_fetched_is_what_was_pushed(either: str, words: Path, tmp_path: Path) -> None:
    pushed = push(words, place_at(either), "data")
    fetched = fetch(place_at(either), tmp_path / "copy", "data")
    assert sorted(contents(tmp_path / "copy")) == WITHOUT_HIDDEN
    assert contents(tmp_path / "copy").items() <= contents(words).items()
    assert fetched.manifest == pushed.manifest
    assert (pushed.files_moved, fetched.files_moved) == (3, 3)
    again = push(words, place_at(either), "data")
    assert (again.files_moved, again.manifest.sha256) == (0, pushed.manifest.sha256)
    (words / "harbour.txt").write_bytes(b"ships\n")
    assert push(words, place_at(either), "data").files_moved == 1
    fetch(place_at(either), tmp_path / "newer", "data")
    assert contents(tmp_path / "newer")["harbour.txt"] == b"ships\n"
    with pytest.raises(StorageError, match="newer exists already"):
        fetch(place_at(either), tmp_path / "newer", "data")


def test_a_place_without_anything_and_a_place_of_another_kind(either: str, words: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"Nothing was pushed to .*, or the push did not finish"):
        fetch(place_at(either), tmp_path / "copy", "data")
    push(words, place_at(either), "data")
    with pytest.raises(StorageError, match="holds data sets, not a checkpoint"):
        fetch(place_at(either), tmp_path / "copy", "checkpoint")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("fault", [500, 503, b""], ids=["error", "busy", "cut"])
def test_a_failed_upload_is_tried_again(
    s3: FaultyProxy, place: str, words: Path, tmp_path: Path, fault: bytes | int
) -> None:
    failures = [fault, fault]
    s3.fault = lambda method, path: failures.pop() if failures and method == "PUT" else None
    push(words, place_at(place), "data")
    assert failures == []
    assert s3.count("PUT", "/files/") == 3 + 2
    fetch(place_at(place), tmp_path / "copy", "data")
    assert sorted(contents(tmp_path / "copy")) == WITHOUT_HIDDEN


def test_half_an_upload_is_never_seen(s3: FaultyProxy, place: str, words: Path, tmp_path: Path) -> None:
    """The bucket goes away when one of two changed files is up: who fetches gets the earlier push, whole."""
    earlier = push(words, place_at(place), "data")
    before = contents(words)
    (words / "harbour.txt").write_bytes(b"no more ships\n")
    (words / "parts" / "orchard.txt").write_bytes(b"no more apples\n")
    s3.requests.clear()
    s3.fault = lambda method, path: b"" if method == "PUT" and s3.count("PUT", "") > 1 else None
    with pytest.raises(StorageError, match="no answer after 4 attempts"):
        push(words, place_at(place), "data")
    assert s3.count("PUT", "manifest.json") == 0
    s3.fault = lambda method, path: None
    fetched = fetch(place_at(place), tmp_path / "copy", "data")
    assert (fetched.manifest, fetched.version) == (earlier.manifest, earlier.version)
    assert contents(tmp_path / "copy").items() <= before.items()
    # The next push goes on where that one was cut off.
    assert push(words, place_at(place), "data").files_moved == 1


def test_half_a_download_is_never_seen(s3: FaultyProxy, place: str, words: Path, tmp_path: Path) -> None:
    push(words, place_at(place), "data")
    s3.requests.clear()
    s3.fault = lambda method, path: b"" if method == "GET" and s3.count("GET", "/files/") > 1 else None
    with pytest.raises(StorageError, match="no answer"):
        fetch(place_at(place), tmp_path / "copies" / "copy", "data")
    assert list((tmp_path / "copies").iterdir()) == []


def test_the_cache_is_verified_and_saves_the_download(s3: FaultyProxy, place: str, words: Path) -> None:
    push(words, place_at(place), "data")
    folder, first = fetch_cached(place_at(place), "data")
    again, second = fetch_cached(place_at(place), "data")
    assert (first.files_moved, second.files_moved) == (3, 0)
    assert folder == again
    (folder / "harbour.txt").write_bytes(b"ships and krakens\n")
    _, third = fetch_cached(place_at(place), "data")
    assert third.files_moved == 3
    assert (folder / "harbour.txt").read_bytes() == b"ships and cranes\n"


def test_the_version_ids_are_in_the_record_of_the_run(s3: FaultyProxy, place: str, words: Path, tmp_path: Path) -> None:
    pushed = push(words, place_at(place), "data")
    options = argparse.Namespace(data_dir=RemoteFolder(place), checkpoint=None, runs=tmp_path / "runs")
    fetch_folders(options)
    assert contents(options.data_dir).items() <= contents(words).items()
    with recorder_of(options).record("train", configuration={}):
        pass
    fetched = RunStore(tmp_path / "runs").find("latest").notes["fetched"]["data_dir"]
    assert (fetched["place"], fetched["sha256"]) == (place, pushed.manifest.sha256)
    assert fetched["version"] == pushed.version
    assert pushed.version
    versions = {name: file.version for name, file in pushed.manifest.files.items()}
    assert fetched["file_versions"] == versions
    assert len(set(versions.values()) - {None}) == 3


def test_a_version_is_read_by_its_id(s3: FaultyProxy, place: str, words: Path, tmp_path: Path) -> None:
    """Somebody wrote over an object: the version that was pushed is fetched all the same."""
    pushed = push(words, place_at(place), "data")
    place_at(place).put(pushed.manifest.files["harbour.txt"].key, b"something else")
    fetch(place_at(place), tmp_path / "copy", "data")
    assert (tmp_path / "copy" / "harbour.txt").read_bytes() == b"ships and cranes\n"


def test_a_damaged_object_is_refused(words: Path, tmp_path: Path) -> None:
    pushed = push(words, place_at(str(tmp_path / "place")), "data")
    (tmp_path / "place" / pushed.manifest.files["harbour.txt"].key).write_bytes(b"something else")
    with pytest.raises(StorageError, match=r"harbour\.txt has SHA-256 .*, expected"):
        fetch(place_at(str(tmp_path / "place")), tmp_path / "copy", "data")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("name", ["../up", "/root", "a//b", "", "c:/x", "a\\b", "."])
def test_a_manifest_cannot_write_elsewhere(words: Path, tmp_path: Path, name: str) -> None:
    pushed = push(words, place_at(str(tmp_path / "place")), "data")
    path = tmp_path / "place" / "manifest.json"
    path.write_text(pushed.manifest.model_dump_json().replace("harbour.txt", name.replace("\\", "\\\\")), "utf-8")
    with pytest.raises(StorageError, match="is damaged"):
        fetch(place_at(str(tmp_path / "place")), tmp_path / "deep" / "copy", "data")


@pytest.mark.parametrize(
    ("address", "variables", "status", "complaint"),
    [
        ("s3://no-such-bucket/words", {}, None, "no such bucket"),
        ("s3://plumbline-tests/x", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, None, "Could not connect"),
        ("s3://plumbline-tests/x", {}, 403, "access denied"),
        ("s3://plumbline-tests/x", {"AWS_ACCESS_KEY_ID": ""}, None, "access denied"),
        ("s3://Not A Bucket/x", {}, None, "Invalid bucket name"),
        ("s3:///x", {}, None, "Invalid bucket name|names no bucket|no such bucket"),
    ],
    ids=["bad bucket", "unreachable", "wrong credentials", "no credentials", "bad name", "no name"],
)
def test_a_place_that_cannot_be_used_is_one_line(
    s3: FaultyProxy,
    words: Path,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    variables: dict[str, str],
    status: int | None,
    complaint: str,
) -> None:
    s3.fault = lambda method, path: status
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StorageError, match=complaint) as failure:
        push(words, place_at(address), "data")
    assert "\n" not in str(failure.value)
    assert "AWS_" in str(failure.value) or "s3://bucket/prefix" in str(failure.value)


def test_an_empty_folder_is_not_pushed(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(StorageError, match="nothing in"):
        push(tmp_path / "empty", place_at(str(tmp_path / "place")), "data")
    assert not (tmp_path / "place").exists()


def test_by_the_command_line(
    s3: FaultyProxy, place: str, command: Command, command_here: Command, shipped: Path, tmp_path: Path
) -> None:
    """A checkpoint goes up, judges from there, and comes down again."""
    pushed = command("storage", "push", "checkpoint", place, "--runs", tmp_path / "runs")
    assert (pushed.status, pushed.err) == (0, "")
    run = RunStore(tmp_path / "runs").find("latest")
    assert (run.command, run.notes["storage"]["place"]) == ("storage push", place)
    assert run.notes["storage"]["version"] in pushed.out
    judged = command("check", "Taxes rose by 4 percent in 2020.", "--checkpoint", place)
    assert judged == command_here("check", "Taxes rose by 4 percent in 2020.")
    # The place ends in the shipped checkpoint's name, which is taken where the command looks; --output is another.
    named = f"{place}/{shipped.name}"
    assert command_here("storage", "push", "checkpoint", named, "--runs", tmp_path / "runs").status == 0
    taken = command_here("storage", "pull", "checkpoint", named)
    assert (taken.status, "exists already" in taken.err) == (2, True)
    pulled = command_here("storage", "pull", "checkpoint", named, "--output", tmp_path / "pulled")
    assert (pulled.status, pulled.err) == (0, "")
    assert contents(tmp_path / "pulled") == contents(shipped)
    manifest = Manifest.model_validate_json(place_at(place).get("manifest.json") or b"")
    assert (manifest.kind, manifest.name) == ("checkpoint", shipped.name)
