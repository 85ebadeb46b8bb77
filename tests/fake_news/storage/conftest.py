"""A real S3 server behind a proxy that can misbehave, with one versioned bucket."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fake_news.storage.s3_server import FaultyProxy, faulty_proxy, s3_server

BUCKET = "plumbline-tests"
_VERSIONED = (
    b'<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
    b"<Status>Enabled</Status></VersioningConfiguration>"
)


@pytest.fixture(scope="session")
def _proxy() -> Iterator[FaultyProxy]:
    pytest.importorskip("s3fs")
    with s3_server() as port, faulty_proxy(port) as proxy:
        for target, body in ((f"/{BUCKET}", None), (f"/{BUCKET}?versioning", _VERSIONED)):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("PUT", target, body)
            assert connection.getresponse().status == 200
            connection.close()
        yield proxy


@pytest.fixture
def s3(_proxy: FaultyProxy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FaultyProxy:
    """The proxy, behaving; this process and those it starts find it as AWS's own tools would."""
    for name, value in {
        "AWS_ENDPOINT_URL": _proxy.address,
        "AWS_ACCESS_KEY_ID": "of-the-tests",
        "AWS_SECRET_ACCESS_KEY": "of-the-tests",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": str(tmp_path / "no-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "no-credentials"),
        "PLUMBLINE_CACHE": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("fake_news.storage.s3_place._FIRST_PAUSE", 0.01)  # nothing here gets better by waiting
    _proxy.fault = lambda method, path: None
    _proxy.requests.clear()
    return _proxy


@pytest.fixture
def place(request: pytest.FixtureRequest) -> str:
    """An address that no other test uses."""
    return f"s3://{BUCKET}/{request.node.name.replace('[', '-').replace(']', '')}"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A small folder to push."""
    folder = tmp_path / "words"
    (folder / "parts").mkdir(parents=True)
    (folder / "harbour.txt").write_bytes(b"ships and cranes\n")
    (folder / "parts" / "orchard.txt").write_bytes(b"apples and pears\n")
    (folder / "parts" / "empty.txt").write_bytes(b"")
    (folder / ".hidden").write_bytes(b"not for others")
    return folder
