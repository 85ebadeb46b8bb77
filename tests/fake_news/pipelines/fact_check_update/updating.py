"""Running an update in a test, and what it did."""

from __future__ import annotations

from collections.abc import Callable

from fake_news.pipelines.fact_check_update.update import Origin, Outcome, Update
from tests.fake_news.pipelines.fact_check_update.feed_server import FeedServer

StartUpdate = Callable[..., Update]


def run(update: Update, server: FeedServer | str, *, is_complete: bool = True) -> Outcome:
    """Offer and import what a server or an address has."""
    place = server if isinstance(server, str) else f"{server.address}/data.json"
    origin = Origin(place, "feed", is_complete)
    return update.run(origin, update.offer(origin))


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """How many are new, changed, withdrawn and known."""
    assert outcome.report is not None
    stored = outcome.report.stored
    return stored.added, stored.changed, stored.withdrawn, stored.known
