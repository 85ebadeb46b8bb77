"""What readers say of fact-checks that they were shown becomes rows of the relation model."""

from __future__ import annotations

import json
from pathlib import Path

from fake_news.data.fact_check_addresses import canonical_address
from fake_news.database.records import Feedback
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.shipped_fact_checks import ShippedFactChecks
from fake_news.retraining.new_rows import feedback_records
from fake_news.training.relation.pair_rows import NOTHING, PairFinder, PairRows
from fake_news.training.relation.training_rows import WrongLink, add_wrong_links, wrong_links
from server.routes.feedback import _as_json, _csv

ZOO = WrongLink("The zoo sold a lion.", "https://paper.example/checks/lion")
WHEN = "2026-11-20T10:00:00Z"
GIVEN = [
    Feedback(ZOO.statement, "false", "other-claim", fact_check_url=ZOO.url, model="2026.11-b", id=3, created=WHEN),
    Feedback(ZOO.statement, "false", "other-claim", fact_check_url=ZOO.url, model="2026.11-a", id=2, created=WHEN),
    Feedback("The zoo closed.", "false", "true", id=1, created=WHEN),
]


def test_exports_and_the_database_name_the_same_links_each_once(tmp_path: Path) -> None:
    table, document = tmp_path / "a.csv", tmp_path / "a.json"
    table.write_text(_csv(GIVEN), encoding="utf-8", newline="")
    document.write_text(json.dumps({"feedback": [_as_json(one) for one in GIVEN], "total": 3}), encoding="utf-8")
    stored = [
        {"statement": one.statement, "correction": one.correction, "fact_check_url": one.fact_check_url}
        for one in GIVEN
    ]
    for records in (feedback_records(table), feedback_records(document), stored):
        assert list(wrong_links(records)) == [ZOO]


def test_a_wrong_link_is_a_pair_that_answers_no_to_everything_and_nothing_else() -> None:
    shipped = ShippedFactChecks.read(read_checkpoint(current_checkpoint()))
    assert shipped is not None
    library = Library.of(shipped.columns, shipped.vectors, shipped.rulings, shipped.table)
    finder = PairFinder(Matcher(shipped.table, shipped.encoder, shipped.model, [library]), library)
    claim = 7
    url = shipped.rulings.urls[claim]
    rows = PairRows()
    links = [WrongLink("Hillary Clinton wants to abolish the Second Amendment.", url), ZOO]
    assert add_wrong_links(rows, finder, {canonical_address(url): [claim]}, links) == 1
    assert (rows.answers, rows.own, rows.kind, rows.sentences) == ([NOTHING], [True], ["feedback"], 1)
    features, answers, weight, groups = rows.arrays()
    assert (len(features), answers.tolist(), weight.tolist(), len(groups)) == (1, [list(NOTHING)], [1.0], 1)
