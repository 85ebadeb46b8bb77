"""Feedback on the dashboard, in real browsers: given, listed, exported, deleted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Tab
from tests.server.conftest import Client
from tests.server.dashboard.page import check_text, fill_in, open_view, text_of

pytestmark = pytest.mark.browser

ROWS = "document.querySelectorAll('#feedback-rows tr').length"
KEEP_DOWNLOAD = """() => {
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    window.downloaded = blob.text();
    return make.call(URL, blob);
  };
}"""


def give_feedback(client: Client, count: int) -> None:
    for number in range(count):
        body = {"statement": f"The town has {number} schools.", "label": "unsure", "correction": "true"}
        answer = client.ask(
            "POST", "/api/v1/feedback", body=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
        )
        assert answer.status == 201


def kept(client: Client) -> Any:
    return client.ask("GET", "/api/v1/feedback").json()


def test_feedback_is_given_in_the_card_and_found_in_the_list(tab: Tab, fresh_server: RunningServer) -> None:
    client = Client(fresh_server.port)
    statement = "The county spent 4.2 million dollars on the bridge."
    [[label, _]] = check_text(tab, fresh_server.address, statement)
    tab.click("#card summary")
    tab.click("#card input[value=mixed]")
    fill_in(tab, "#card textarea", "It was <b>half</b> of it.")
    fill_in(tab, "#card input[type=url]", "https://example.org/budget")
    tab.click("#card .feedback-form button")
    tab.wait_until("document.querySelector('.feedback-status').textContent.startsWith('Saved')", "it is kept")

    [record] = kept(client)["feedback"]
    assert (record["statement"], record["label"], record["correction"]) == (statement, label, "mixed")
    assert (record["comment"], record["source_url"]) == ("It was <b>half</b> of it.", "https://example.org/budget")

    tab.click("nav a[href='#feedback']")
    tab.wait_until(f"{ROWS} === 1", "the list shows it")
    row = text_of(tab, "#feedback-rows tr")
    assert statement in row
    assert "It was <b>half</b> of it." in row
    assert tab.evaluate("document.querySelector('#feedback-rows a').href") == "https://example.org/budget"


def test_a_fact_check_is_about_something_else(tab: Tab, fresh_server: RunningServer) -> None:
    client = Client(fresh_server.port)
    sentence = "Ivermectin cures COVID-19."
    rulings = client.check_text(sentence)[0]["evidence"]
    check_text(tab, fresh_server.address, sentence)
    tab.click("#card summary")
    assert not tab.evaluate("document.querySelector('#card select').checkVisibility()")
    tab.click("#card input[value=other-claim]")
    tab.wait_until("document.querySelector('#card select').checkVisibility()", "the question which one")
    tab.evaluate("document.querySelector('#card select').focus()")
    tab.press("ArrowDown")
    tab.click("#card .feedback-form button")
    tab.wait_until("document.querySelector('.feedback-status').textContent.startsWith('Saved')", "it is kept")
    [record] = kept(client)["feedback"]
    assert record["correction"] == "other-claim"
    assert record["fact_check"] == {"url": rulings[1]["url"], "title": rulings[1]["title"]}
    tab.click("nav a[href='#feedback']")
    tab.wait_until(f"{ROWS} === 1", "the list shows it")
    assert tab.evaluate("document.querySelector('#feedback-rows a').href") == rulings[1]["url"]
    assert record["model"] in text_of(tab, "#feedback-rows tr")


def test_outcomes_of_two_models_stand_side_by_side(tab: Tab, fresh_server: RunningServer) -> None:
    client = Client(fresh_server.port)
    given = {"statement": "The town has 4 schools.", "label": "unsure", "correction": "true"}
    for model in ("2026.10-a", "2026.11-b", "2026.11-b"):
        assert client.send("POST", "/api/v1/feedback", {**given, "model": model}).status == 201
    open_view(tab, fresh_server.address, "feedback")
    tab.wait_until("document.querySelectorAll('#outcome-rows tr').length === 2", "a row for each model")
    rows = tab.evaluate("[...document.querySelectorAll('#outcome-rows tr')].map((row) => row.textContent)")
    assert [row.startswith(model) for row, model in zip(rows, ("2026.11-b", "2026.10-a"), strict=True)] == [True, True]
    assert [row[-6:] for row in rows] == ["2 of 2", "1 of 1"]


def test_without_a_choice_nothing_is_kept(tab: Tab, fresh_server: RunningServer) -> None:
    check_text(tab, fresh_server.address, "The county spent 4.2 million dollars on the bridge.")
    tab.click("#card summary")
    tab.click("#card .feedback-form button")
    tab.wait_until("document.activeElement.name === 'correction'", "the browser leads to the missing choice")
    assert kept(Client(fresh_server.port))["total"] == 0


def test_deleting_one_asks_first(tab: Tab, fresh_server: RunningServer) -> None:
    client = Client(fresh_server.port)
    give_feedback(client, 3)
    open_view(tab, fresh_server.address, "feedback")
    tab.wait_until(f"{ROWS} === 3", "the list")
    tab.click("#feedback-rows tr:first-child button")
    tab.wait_until("document.querySelector('#delete-dialog').open", "the question")
    tab.press("Escape")
    tab.wait_until("!document.querySelector('#delete-dialog').open", "the question is gone")
    assert kept(client)["total"] == 3
    tab.click("#feedback-rows tr:first-child button")
    tab.wait_until("document.querySelector('#delete-dialog').open", "the question")
    tab.click("#delete-dialog [value=delete]")
    tab.wait_until(f"{ROWS} === 2", "it is gone from the list")
    assert [record["statement"] for record in kept(client)["feedback"]] == [
        "The town has 1 schools.",
        "The town has 0 schools.",
    ]


def test_everything_can_be_deleted_by_keyboard(tab: Tab, fresh_server: RunningServer) -> None:
    client = Client(fresh_server.port)
    give_feedback(client, 2)
    open_view(tab, fresh_server.address, "feedback")
    tab.wait_until(f"{ROWS} === 2", "the list")
    tab.evaluate("document.querySelector('#delete-all').focus()")
    tab.press("Enter")
    tab.wait_until("document.querySelector('#delete-dialog').open", "the question")
    assert text_of(tab, "#delete-question") == "Delete all 2 records?"
    assert "This cannot be undone." in text_of(tab, "#delete-dialog")
    assert tab.evaluate("document.activeElement.value") == "keep"
    tab.press("Shift", "Tab")
    tab.press("Enter")
    tab.wait_until("!document.querySelector('#feedback-none').hidden", "nothing is left")
    assert kept(client)["total"] == 0
    assert tab.evaluate("document.querySelector('#export-csv').disabled")


def test_a_long_list_has_pages(tab: Tab, fresh_server: RunningServer) -> None:
    give_feedback(Client(fresh_server.port), 27)
    open_view(tab, fresh_server.address, "feedback")
    tab.wait_until(f"{ROWS} === 25", "the first page")
    assert text_of(tab, "#feedback-shown") == "1 to 25 of 27"
    tab.click("#feedback-older")
    tab.wait_until(f"{ROWS} === 2", "the second page")
    assert text_of(tab, "#feedback-shown") == "26 to 27 of 27"
    assert tab.evaluate("document.querySelector('#feedback-older').disabled")
    tab.click("#feedback-newer")
    tab.wait_until(f"{ROWS} === 25", "the first page again")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_export_is_the_server_s(tab: Tab, fresh_server: RunningServer, form: str) -> None:
    client = Client(fresh_server.port)
    give_feedback(client, 2)
    open_view(tab, fresh_server.address, "feedback")
    tab.wait_until(f"{ROWS} === 2", "the list")
    tab.call(KEEP_DOWNLOAD)
    tab.click(f"#export-{form}")
    tab.wait_until("window.downloaded !== undefined", "the file is handed to the browser")
    exported = client.ask("GET", f"/api/v1/feedback/export?format={form}").body.decode()
    assert "The town has 1 schools." in exported
    assert tab.evaluate("window.downloaded") == exported
