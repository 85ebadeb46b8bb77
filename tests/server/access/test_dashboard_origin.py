"""The dashboard's scripts send the server's own origin; a page of any other server on this machine does not."""

from __future__ import annotations

import pytest

from tests.server.access.hostile_requests import CHROME, PAGE, PATHS
from tests.server.conftest import Client

FEEDBACK = {"statement": "Taxes rose.", "label": "unsure", "correction": "true"}


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_the_dashboard_may_check_and_delete(client: Client, name: str) -> None:
    own = {
        "Host": f"{name}:{client.port}",
        "Origin": f"http://{name}:{client.port}",
        "Sec-Fetch-Site": "same-origin",
    }
    assert client.check(PAGE, **own).status == 200
    number = client.send("POST", "/api/v1/feedback", FEEDBACK, **own).json()["id"]
    assert client.ask("DELETE", f"/api/v1/feedback/{number}", headers=own).status == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1",
        "http://127.0.0.1:{other}",
        "http://localhost:{port}",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:{port}/",
        "http://127.0.0.1:{port}.evil.example",
        "http://127.0.0.1:{port}@evil.example",
        "http://user@127.0.0.1:{port}",
        "ws://127.0.0.1:{port}",
        "HTTP://127.0.0.1:{port}",
    ],
)
def test_no_other_server_of_this_machine_may(client: Client, origin: str) -> None:
    header = {"Origin": origin.format(port=client.port, other=client.port + 1)}
    assert client.check(PAGE, **header).error_code() == "origin-not-allowed"
    assert client.ask("DELETE", "/api/v1/feedback", headers=header).error_code() == "origin-not-allowed"


def test_a_rebound_name_is_its_own_origin_and_refused_for_its_name(client: Client) -> None:
    rebound = {"Host": f"evil.example:{client.port}", "Origin": f"http://evil.example:{client.port}"}
    assert client.check(PAGE, **rebound).error_code() == "host-not-allowed"
    assert client.ask("DELETE", "/api/v1/feedback", headers=rebound).error_code() == "host-not-allowed"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_the_browser_says_of_the_page_counts_too(client: Client, site: str) -> None:
    header = {"Origin": f"http://127.0.0.1:{client.port}", "Sec-Fetch-Site": site}
    assert client.check(PAGE, **header).error_code() == "origin-not-allowed"


def test_a_page_s_answers_carry_no_permission_for_others(client: Client) -> None:
    answer = client.check(PAGE, Origin=f"http://127.0.0.1:{client.port}")
    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] is None


def test_no_preflight_allows_to_delete(client: Client) -> None:
    ask = {"Access-Control-Request-Method": "DELETE", "Origin": CHROME}
    for path in PATHS:
        allowed = client.ask("OPTIONS", path, headers=ask).headers["Access-Control-Allow-Methods"]
        assert allowed is None or "DELETE" not in allowed
