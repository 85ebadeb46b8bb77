"""The server listens on loopback only, and only to names of this machine (DNS rebinding), over a real socket."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import RunningServer
from tests.server.access.hostile_requests import METHODS, PATHS, with_host_lines
from tests.server.conftest import Client


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:8642",
        "127.0.0.1:80",
        "localhost",
        "localhost:9999",
        "LOCALHOST:8642",
        "LocalHost",
        "[::1]",
        "[::1]:8642",
    ],
)
def test_names_of_this_machine_pass(client: Client, host: str) -> None:
    assert with_host_lines(client, f"Host: {host}").status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8642",
        "127.0.0.1.nip.io",
        "127.0.0.1.evil.example:8642",
        "localhost.evil.example",
        "evil.example.localhost",
        "0.0.0.0:8642",
        "127.0.0.2",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "::1",
        "[::1",
        "[::ffff:127.0.0.1]",
        "127.0.0.1:8642@evil.example",
        "evil.example@127.0.0.1",
        "127.0.0.1/evil.example",
        "127.0.0.1:port",
        "127.0.0.1:123456",
        "127.0.0.1:-1",
        "127.0.0.1 evil.example",
        "localhost\xad",
        "<script>alert(1)</script>",
    ],
)
def test_other_names_are_refused(client: Client, host: str) -> None:
    answer = with_host_lines(client, f"Host: {host}")
    assert (answer.status, answer.error_code()) == (403, "host-not-allowed")


@pytest.mark.parametrize("host", ["", ":", ":8642"], ids=["empty", "colon", "port-only"])
def test_empty_name_is_refused(client: Client, host: str) -> None:
    assert with_host_lines(client, f"Host: {host}").error_code() == "host-not-allowed"


@pytest.mark.parametrize("host", ["localhost.", "localhost.:8642", "127.0.0.1.", "127.0.0.1.:8642"])
def test_trailing_dot_is_refused(client: Client, host: str) -> None:
    assert with_host_lines(client, f"Host: {host}").error_code() == "host-not-allowed"


def test_missing_host_is_refused(client: Client) -> None:
    assert with_host_lines(client).error_code() == "host-not-allowed"


def test_http_1_0_without_host_is_refused(client: Client) -> None:
    assert client.raw(b"GET /api/v1/health HTTP/1.0\r\n\r\n").error_code() == "host-not-allowed"


@pytest.mark.parametrize("second", ["evil.example", "127.0.0.1"])
def test_duplicate_host_is_refused(client: Client, second: str) -> None:
    for hosts in (("127.0.0.1", second), (second, "127.0.0.1")):
        answer = with_host_lines(client, *(f"Host: {host}" for host in hosts))
        assert answer.error_code() == "host-not-allowed"


@pytest.mark.parametrize(
    "target",
    ["http://evil.example/api/v1/health", "http://127.0.0.1@evil.example/api/v1/health", "http:///api/v1/health"],
)
def test_absolute_request_line_cannot_go_round_it(client: Client, target: str) -> None:
    assert with_host_lines(client, "Host: 127.0.0.1", target=target).error_code() == "host-not-allowed"


def test_absolute_request_line_to_this_machine_passes(client: Client) -> None:
    target = "http://localhost:8642/api/v1/health"
    assert with_host_lines(client, "Host: 127.0.0.1", target=target).status == 200


@pytest.mark.parametrize(
    "header", ["X-Forwarded-Host", "X-Forwarded-Server", "Forwarded", "X-Host", "X_Host", "Http_Host"]
)
def test_proxy_headers_do_not_stand_in_for_it(client: Client, header: str) -> None:
    answer = with_host_lines(client, "Host: evil.example", f"{header}: 127.0.0.1")
    assert answer.error_code() == "host-not-allowed"


@pytest.mark.parametrize("method", METHODS)
def test_every_method_and_path_is_behind_it(client: Client, method: str) -> None:
    for path in PATHS:
        answer = client.ask(method, path, headers={"Host": "evil.example"})
        assert answer.status == 403, (method, path)
        assert answer.headers["Access-Control-Allow-Origin"] is None


def test_it_listens_on_loopback_only(running_server: RunningServer) -> None:
    """The same port on the machine's outside address is closed."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; asks which address a packet would leave from
        except OSError:
            pytest.skip("this machine has no address beside loopback")
        outside = probe.getsockname()[0]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((outside, running_server.port), timeout=5)
