"""Sets appear whole and as published, or not at all: fetched, from a mirror, from copies, twice at once."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.data.catalogue import Download, PublicSet, public_sets
from fake_news.data.fetch import Outcome, copy_from, fetch, fetch_from_mirror
from tests.fake_news.conftest import Run
from tests.fake_news.data.file_server import FileServer, serving_files

pytestmark = pytest.mark.lifecycle

FILES = {"train.tsv": b"1\ttrue\tThe ferry is red.\n", "more/test.tsv": b"2\tfalse\tThe pier is made of cheese.\n"}


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def small_set(*downloads: Download, files: dict[str, bytes] = FILES) -> PublicSet:
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return PublicSet("small", "A small set", "free", "https://set.example/", sums, downloads, "nobody publishes it")


def content_of(folder: Path) -> dict[str, bytes]:
    """Everything below a folder, but for what is kept aside."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".fetch" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


WHOLE = {f"small/{name}": content for name, content in FILES.items()}


@pytest.mark.parametrize("prefix", ["", "small_dataset/", "a/b/"])
def test_an_archive_is_unpacked_wherever_its_files_lie(tmp_path: Path, prefix: str) -> None:
    archive = zipped({prefix + name: content for name, content in FILES.items()} | {"__MACOSX/._train.tsv": b"x"})
    with serving_files(FileServer({"small.zip": archive})) as server:
        wanted = small_set(Download(f"{server.address}/small.zip"))
        assert fetch(wanted, tmp_path) == Outcome.FETCHED
        assert content_of(tmp_path) == WHOLE
        assert fetch(wanted, tmp_path) == Outcome.THERE
        assert len(server.requests) == 1
    assert sorted(path.name for path in (tmp_path / ".fetch").iterdir()) == ["small.lock"]


def test_single_files_and_only_those_that_are_missing_after_a_cut(tmp_path: Path) -> None:
    with serving_files(FileServer(dict(FILES))) as server:
        wanted = small_set(*(Download(f"{server.address}/{name}", name) for name in FILES))
        last = server.files.pop("more/test.tsv")
        with pytest.raises(DataError, match="404"):
            fetch(wanted, tmp_path)
        assert content_of(tmp_path) == {}
        server.files["more/test.tsv"] = last
        fetch(wanted, tmp_path)
        assert content_of(tmp_path) == WHOLE
        assert [path for path, _, _ in server.requests] == ["train.tsv", "more/test.tsv", "more/test.tsv"]


def test_a_wrong_checksum_leaves_nothing_and_the_next_attempt_starts_clean(tmp_path: Path) -> None:
    archive = zipped(FILES)
    with serving_files(FileServer({"small.zip": archive[:-1] + b"?"})) as server:
        digest = hashlib.sha256(archive).hexdigest()
        wanted = small_set(Download(f"{server.address}/small.zip", sha256=digest, size=len(archive)))
        with pytest.raises(DataError, match=f"small.zip has the SHA-256 .*, expected {digest}"):
            fetch(wanted, tmp_path)
        assert content_of(tmp_path) == {}
        server.files["small.zip"] = archive
        assert fetch(wanted, tmp_path) == Outcome.FETCHED
    assert content_of(tmp_path) == WHOLE


def test_an_archive_with_another_file_in_it(tmp_path: Path) -> None:
    """The archive's own hash is not known; those of its files are."""
    server = FileServer({"small.zip": zipped(FILES | {"train.tsv": b"another"})})
    with serving_files(server), pytest.raises(DataError, match=r"small/train\.tsv has the SHA-256"):
        fetch(small_set(Download(f"{server.address}/small.zip")), tmp_path)
    assert content_of(tmp_path) == {}


@pytest.mark.parametrize(
    ("archive", "complaint"),
    [
        (b"<html>Moved</html>", "not a valid zip archive"),
        (zipped(FILES)[:-40], "not a valid zip archive"),
        (zipped({"train.tsv": b"alone"}), "holds more/test.tsv 0 times"),
        (zipped(FILES | {"old/train.tsv": b"twice"}), "holds train.tsv 2 times"),
    ],
)
def test_an_archive_that_is_not_what_it_should_be(tmp_path: Path, archive: bytes, complaint: str) -> None:
    with serving_files(FileServer({"small.zip": archive})) as server, pytest.raises(DataError, match=complaint):
        fetch(small_set(Download(f"{server.address}/small.zip")), tmp_path)
    assert content_of(tmp_path) == {}


@pytest.mark.parametrize("name", ["../../train.tsv", "/train.tsv", "..\\..\\train.tsv", "a/../../train.tsv"])
def test_no_name_in_an_archive_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "deep" / "data"
    folder.mkdir(parents=True)
    server = FileServer({"small.zip": zipped({name: b"evil", "more/test.tsv": b"2"})})
    with serving_files(server), pytest.raises(DataError, match=r"train\.tsv"):
        fetch(small_set(Download(f"{server.address}/small.zip")), folder)
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and folder not in path.parents]
    assert outside == []
    assert content_of(folder) == {}


def test_two_at_once(tmp_path: Path) -> None:
    """The second is told so at once; the first is not disturbed."""
    asked, go_on = threading.Event(), threading.Event()
    outcomes: list[Outcome] = []

    def slowly(done: int, of: int | None = None, /) -> None:
        asked.set()
        assert go_on.wait(60)

    with serving_files(FileServer({"small.zip": zipped(FILES)})) as server:
        wanted = small_set(Download(f"{server.address}/small.zip"))
        first = threading.Thread(target=lambda: outcomes.append(fetch(wanted, tmp_path, slowly)))
        first.start()
        try:
            assert asked.wait(60)
            with pytest.raises(DataError, match="Another process is fetching small"):
                fetch(wanted, tmp_path)
        finally:
            go_on.set()
            first.join()
    assert outcomes == [Outcome.FETCHED]
    assert content_of(tmp_path) == WHOLE


def test_a_file_of_the_readers_own_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "train.tsv").write_bytes(b"mine")
    with serving_files(FileServer({"small.zip": zipped(FILES)})) as server:
        with pytest.raises(DataError, match="is there and is not the published file") as caught:
            fetch(small_set(Download(f"{server.address}/small.zip")), tmp_path)
        assert server.requests == []
    assert "Move it away" in caught.value.hint
    assert content_of(tmp_path) == {"small/train.tsv": b"mine"}


def test_what_is_missing_is_added(tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "train.tsv").write_bytes(FILES["train.tsv"])
    (tmp_path / "small" / "notes.txt").write_bytes(b"mine")
    with serving_files(FileServer({"small.zip": zipped(FILES)})) as server:
        fetch(small_set(Download(f"{server.address}/small.zip")), tmp_path)
    assert content_of(tmp_path) == WHOLE | {"small/notes.txt": b"mine"}


def test_a_set_without_address(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="small has no address to fetch it from: nobody publishes it") as caught:
        fetch(small_set(), tmp_path)
    assert "--from" in caught.value.hint


def test_a_mirror_has_them_all(tmp_path: Path) -> None:
    with serving_files(FileServer({f"sets/small/{name}": content for name, content in FILES.items()})) as server:
        fetch_from_mirror(small_set(), tmp_path, f"{server.address}/sets/")
    assert content_of(tmp_path) == WHOLE


def in_a_folder(source: Path) -> None:
    for name, content in FILES.items():
        (source / "small" / name).parent.mkdir(parents=True, exist_ok=True)
        (source / "small" / name).write_bytes(content)


def on_its_own(source: Path) -> None:
    in_a_folder(source.parent / "elsewhere")
    (source.parent / "elsewhere" / "small").rename(source)


def as_an_archive(source: Path) -> None:
    source.mkdir()
    (source / "small.zip").write_bytes(zipped(FILES))


@pytest.mark.parametrize("lay", [in_a_folder, on_its_own, as_an_archive])
def test_copies_at_hand(tmp_path: Path, lay: Callable[[Path], None]) -> None:
    source, folder = tmp_path / "source", tmp_path / "data"
    lay(source)
    before = content_of(source)
    assert copy_from(small_set(Download("https://set.example/small.zip")), folder, source) == Outcome.FETCHED
    assert content_of(folder) == WHOLE
    assert content_of(source) == before


def test_copies_that_are_not_there_or_not_the_published_ones(tmp_path: Path) -> None:
    source = tmp_path / "source"
    in_a_folder(source)
    (source / "small" / "train.tsv").write_bytes(b"mended by somebody")
    with pytest.raises(DataError, match=r"small/train\.tsv has the SHA-256"):
        copy_from(small_set(), tmp_path / "data", source)
    (source / "small" / "train.tsv").unlink()
    with pytest.raises(DataError, match=r"There is no small/train\.tsv in"):
        copy_from(small_set(), tmp_path / "data", source)
    assert content_of(tmp_path / "data") == {}


def test_the_catalogue_states_a_file_or_an_address_for_everything(root: Path) -> None:
    sets = public_sets()
    assert sets["liar"].files.keys() == {"README", "train.tsv", "valid.tsv", "test.tsv"}
    for one in sets.values():
        assert one.licence
        assert one.page.startswith("https://")
        assert one.files
        assert all(len(bytes.fromhex(digest)) == 32 for digest in one.files.values())
        assert bool(one.downloads) != bool(one.without_address)
        single = [part.file for part in one.downloads if part.file]
        assert all(part.address.startswith("https://") for part in one.downloads)
        assert not single or sorted(single) == sorted(one.files), "a file of the set has no address, or one too many"
    text = (root / "data" / "README.md").read_text(encoding="utf-8")
    assert [name for name in sets if f"`{name}" not in text] == []


@pytest.mark.data
def test_the_sums_are_those_of_the_data(command: Callable[..., Run], data_dir: Path, tmp_path: Path) -> None:
    run = command("data", "fetch", "liar", "claimbuster", "--from", data_dir, "--data-dir", tmp_path / "new")
    assert (run.status, run.err) == (0, "")
    assert "research only" in run.out
    assert (tmp_path / "new" / "liar" / "train.tsv").read_bytes() == (data_dir / "liar" / "train.tsv").read_bytes()


def test_the_command_says_what_could_not_be_had(command: Callable[..., Run], tmp_path: Path) -> None:
    with serving_files(FileServer({"liar/README": b"not LIAR's"})) as server:
        run = command("data", "fetch", "liar", "politifact", "--mirror", server.address, "--data-dir", tmp_path)
    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "Licence: research only" in run.out
    assert "Not fetched." in run.out
    assert "liar/README has the SHA-256" in run.out
    assert "politifact_2007_2022.csv answers 404" in run.out
    unknown = command("data", "fetch", "liars", "--data-dir", tmp_path)
    assert (unknown.status, unknown.out) == (2, "")
    assert "no data set 'liars'. The sets are liar, politifact," in unknown.err
