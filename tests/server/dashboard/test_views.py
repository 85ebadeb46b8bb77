"""The other views of the dashboard, in real browsers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Tab
from tests.server.conftest import Client
from tests.server.dashboard.page import open_view, text_of

pytestmark = pytest.mark.browser

VIEWS = ("check", "feedback", "history", "model", "fact-checks", "server")
TEXT = "The county spent 4.2 million dollars on the bridge. Is that wise? Unemployment has doubled in three years."
TABLE = """Object.fromEntries([...document.querySelectorAll('#days-table thead th')].map((head, index) => [
  head.textContent,
  [...document.querySelectorAll(`#days-table tbody tr > :nth-child(${index + 1})`)].map((cell) => cell.textContent),
]))"""


def test_counts_over_time_are_those_of_what_was_checked(tab: Tab, fresh_server: RunningServer) -> None:
    labels = [statement["label"] for statement in Client(fresh_server.port).check_text(TEXT)]
    open_view(tab, fresh_server.address, "history")
    tab.wait_until("document.querySelectorAll('#days-chart [data-label]').length > 0", "the columns are drawn")
    assert text_of(tab, "#history-status") == f"{len(labels)} statements checked in the last 30 days."
    table = tab.evaluate(TABLE)
    assert table["No claim"] == [str(labels.count("no-claim"))]
    assert table["Likely true"] == [str(labels.count("likely-true"))]
    drawn = tab.evaluate("[...document.querySelectorAll('#days-chart [data-label]')].map((bar) => bar.dataset.label)")
    assert sorted(drawn) == sorted(set(labels))
    judged = tab.evaluate("document.querySelectorAll('#scores-chart .score-bar').length")
    assert judged == 20


def test_the_reader_chooses_how_many_days(tab: Tab, fresh_server: RunningServer) -> None:
    open_view(tab, fresh_server.address, "history")
    tab.wait_until("document.querySelectorAll('#days-chart .hover-area').length === 30", "a month")
    assert text_of(tab, "#history-status") == "Nothing was checked on these days."
    tab.click("#range input[value='7']")
    tab.wait_until("document.querySelectorAll('#days-chart .hover-area').length === 7", "a week")


def test_the_model_card_is_the_checkpoint_s(tab: Tab, running_server: RunningServer, client: Client) -> None:
    card = client.ask("GET", "/api/v1/model").json()
    open_view(tab, running_server.address, "model")
    tab.wait_until("!document.querySelector('#model-card').hidden", "the card")
    assert text_of(tab, "#model-version") == card["version"]
    limits = tab.evaluate("[...document.querySelectorAll('#model-limits li')].map((limit) => limit.textContent)")
    assert limits == card["limits"]
    rows = tab.evaluate(
        "[...document.querySelectorAll('#model-measures .measures tbody tr')].map((row) => row.textContent)"
    )
    sections = list(dict.fromkeys(measure.get("section") for measure in card["measures"]))
    in_order = sorted(card["measures"], key=lambda measure: sections.index(measure.get("section")))
    assert len(rows) == len(in_order)
    for row, measure in zip(rows, in_order, strict=True):
        figure = measure["figure"]
        value = figure["value"] if isinstance(figure, dict) else figure
        assert row.startswith(measure["measure"] + measure["where"])
        assert ("–" if value is None else f"{value:.3f}") in row
    assert tab.evaluate("document.querySelector('#model-no-charts').hidden") == bool(card.get("charts"))
    tab.wait_until("document.querySelectorAll('#bounds-chart rect').length === 3", "where the model speaks")


def test_the_index_of_fact_checks_is_shown(tab: Tab, running_server: RunningServer, client: Client) -> None:
    index = client.ask("GET", "/api/v1/fact-checks").json()
    count = index["count"]
    open_view(tab, running_server.address, "fact-checks")
    tab.wait_until("document.querySelector('#fact-checks-status').textContent !== ''", "the state of the index")
    said = text_of(tab, "#fact-checks-status")
    assert said.startswith(f"{count:,} fact-checks" if count else "No fact-checks are installed")
    is_old = bool(count) and datetime.now().astimezone().date() - date.fromisoformat(index["newest"]) > timedelta(61)
    assert ("factchecks update" in said) is is_old
    assert tab.evaluate("document.querySelector('#publishers').hidden") == (count == 0)


def test_fact_checks_are_found_by_words(tab: Tab, running_server: RunningServer, client: Client) -> None:
    index = client.ask("GET", "/api/v1/fact-checks").json()
    if index["count"] == 0:
        pytest.skip("this checkpoint has no fact-checks")
    open_view(tab, running_server.address, "fact-checks")
    tab.wait_until("!document.querySelector('#fact-check-search').hidden", "the search")
    rows = tab.evaluate("[...document.querySelectorAll('#publisher-rows tr')].map((row) => row.textContent)")
    assert rows == [f"{one['publisher']}{one['count']:,}" for one in index["publishers"]]
    tab.click("#fact-check-words")
    for letter in "vaccine":
        tab.press(letter)
    tab.press("Enter")
    tab.wait_until("document.querySelectorAll('#fact-check-results a').length > 0", "something found")
    body = {"words": "vaccine"}
    expected = [found["url"] for found in client.send("POST", "/api/v1/fact-checks/search", body).json()["fact_checks"]]
    shown = tab.evaluate(
        "[...document.querySelectorAll('#fact-check-results a')].map((link) => link.getAttribute('href'))"
    )
    assert shown == expected
    assert tab.evaluate(
        "[...document.querySelectorAll('#fact-check-results a')].every((link) => link.rel.includes('noopener'))"
    )


def test_the_state_of_the_server_is_shown(tab: Tab, running_server: RunningServer, client: Client) -> None:
    health = client.ask("GET", "/api/v1/health").json()
    open_view(tab, running_server.address, "server")
    tab.wait_until("document.querySelector('#server-model').textContent !== ''", "the checkpoint")
    assert text_of(tab, "#server-model") == health["model"]
    assert text_of(tab, "#server-version") == health["version"]
    assert text_of(tab, "#server-address") == running_server.address
    tab.wait_until("document.querySelector('#server-pill').dataset.state === 'ready'", "the state in the head")


def test_the_keyboard_leads_from_view_to_view(tab: Tab, running_server: RunningServer) -> None:
    open_view(tab, running_server.address, "server")
    tab.evaluate("document.querySelector('#skip').focus()")
    tab.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.evaluate("document.querySelector('#skip').focus()")
    for _ in range(4):  # the state of the server, Check, Feedback, Over time
        tab.press("Tab")
    tab.press("Enter")
    tab.wait_until("document.activeElement.id === 'heading-history'", "the view has the focus")
    assert tab.evaluate("document.title") == "Over time – Plumbline"
    assert tab.evaluate("document.querySelector('nav [aria-current=page]').textContent") == "Over time"


@pytest.mark.parametrize("width", [320, 1200])
def test_no_view_is_wider_than_its_window(tab: Tab, running_server: RunningServer, width: int) -> None:
    tab.set_viewport(width, 700)
    for view in VIEWS:
        open_view(tab, running_server.address, view)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), view


def test_nothing_is_loaded_from_anywhere_else(tab: Tab, running_server: RunningServer) -> None:
    for view in VIEWS:
        open_view(tab, running_server.address, view)
        tab.wait_until("document.querySelector('#server-pill').dataset.state === 'ready'", "the page is there")
        loaded = tab.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
        assert len(loaded) > 10
        assert [address for address in loaded if not address.startswith(f"{running_server.address}/")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_light_and_in_dark(tab: Tab, running_server: RunningServer, scheme: str) -> None:
    open_view(tab, running_server.address, "model")
    assert tab.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light dark"
    tab.call("(scheme) => document.documentElement.style.setProperty('color-scheme', scheme)", scheme)
    colours = ("--ink", "--faint", "--accent", "--vermilion", "--amber", "--green", "--grey")
    for ground in ("--paper", "--ground"):
        dark = tab.call(LUMINANCE, ground) < 0.2
        assert dark == (scheme == "dark")
        for colour in colours:
            lighter, darker = sorted((tab.call(LUMINANCE, ground), tab.call(LUMINANCE, colour)), reverse=True)
            # https://www.w3.org/TR/WCAG22/#contrast-minimum
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (colour, ground)


LUMINANCE = """(name) => {
  const probe = document.createElement('i');
  document.body.append(probe);
  probe.style.color = `var(${name})`;
  const [red, green, blue] = getComputedStyle(probe).color.match(/[0-9.]+/g).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  probe.remove();
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}"""
