"""A page repeats a claim that was ruled false: the card shows the ruling. Denied, it shows the opposite."""

from __future__ import annotations

import urllib.parse

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Tab
from tests.extension.card import HOST, wait_for_card
from tests.extension.page_server import PageServer
from tests.extension.painting import wait_for_painting
from tests.extension.server_verdicts import Statement, ask

pytestmark = pytest.mark.browser

REPEATED = "Ivermectin cures COVID-19."
DENIED = "Hillary Clinton does not plan to abolish the Second Amendment."

WRITE = "(text) => { document.querySelector('#ballots').textContent = text; }"
EVIDENCE = """(root) => [...root.querySelectorAll('[part~="fact-check"]')].map((one) =>
  ({relation: one.dataset.relation, text: one.textContent, address: one.querySelector('a')?.href ?? null}))"""


def test_a_claim_shows_its_ruling_and_a_denial_shows_the_opposite(
    tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    (answer,) = ask(running_server.address, REPEATED)
    ruling = next(found for found in answer["evidence"] if found["relation"] == "same-claim")
    assert (answer["label"], answer["basis"], ruling["label"]) == ("false", "fact-check", "false")
    tab.get(pages.url("article.html"))
    tab.call(WRITE, REPEATED)
    tab.select_with_mouse(REPEATED, "#ballots")
    (shown,) = wait_for_card(tab).statements
    assert (shown["label"], shown["quote"]) == ("false", REPEATED)
    evidence = tab.call_with_shadow_root(HOST, EVIDENCE)[0]
    assert evidence["relation"] == "same-claim"
    assert ruling["publisher"] in evidence["text"]
    assert ruling["rating"] in evidence["text"]
    assert ruling["date"][:4] in evidence["text"]
    assert evidence["address"] == ruling["url"]
    assert urllib.parse.urlsplit(evidence["address"]).hostname.endswith("politifact.com")
    painted = [Statement("false", REPEATED)]
    assert wait_for_painting(tab, painted) == painted

    tab.get(pages.url("article.html"))
    tab.call(WRITE, DENIED)
    tab.select_with_mouse(DENIED, "#ballots")
    (shown,) = wait_for_card(tab).statements
    assert shown["label"] == "true"
    relations = [found["relation"] for found in tab.call_with_shadow_root(HOST, EVIDENCE)]
    assert relations[0] == "opposite-claim"
    assert "same-claim" not in relations
