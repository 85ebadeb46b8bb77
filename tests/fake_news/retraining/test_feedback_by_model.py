"""What readers said of two models, counted and compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from fake_news.database.lazy_database import LazyDatabase
from fake_news.database.records import NewFeedback
from fake_news.retraining.feedback_by_model import (
    UNKNOWN,
    Outcomes,
    difference,
    equal_rates_p_value,
    outcomes,
    plain_figures,
    report,
)
from tests.fake_news.conftest import Run


def row(model: str | None, label: str, correction: str, **more: Any) -> dict[str, Any]:
    return {"model": model, "label": label, "correction": correction, **more}


ROWS = [
    row("a", "false", "true", fact_checks_count=10, fact_checks_newest="2025-02-18"),
    row("a", "likely-false", "false"),  # that is what it said
    row("a", "likely-true", "false"),
    row("a", "true", "unsure"),  # teaches nothing
    row("b", "false", "no-claim"),
    row(None, "false", "true"),
]


def test_only_what_contradicts_the_verdict_counts_as_wrong() -> None:
    found = outcomes(ROWS, {"a": 1000, "b": 10})
    assert (found["a"].feedback, dict(found["a"].wrong)) == (3, {"false": 1, "likely-true": 1})
    assert dict(found["a"].wrong_by_fact_checks) == {"10 to 2025-02-18": 1, UNKNOWN: 1}
    assert (found["b"].judged, found["b"].wrong.total()) == (10, 1)
    assert found[UNKNOWN].wrong.total() == 1
    rate = found["a"].rate
    assert rate is not None
    assert rate.low < rate.value == 0.002 < rate.high


def test_the_rates_are_compared_where_it_is_known_how_much_was_judged() -> None:
    often, seldom = Outcomes("a", 1000, 60), Outcomes("b", 1000, 5)
    often.wrong["false"], seldom.wrong["false"] = 60, 5
    chance = equal_rates_p_value(often, seldom)
    assert chance is not None
    assert chance < 0.001
    assert "b is called wrong less often" in report(often, seldom)
    assert "b is called wrong less often" in report(seldom, often)
    assert equal_rates_p_value(Outcomes("a"), seldom) is None
    assert "cannot be compared" in report(Outcomes("a"), seldom)
    assert "do not differ by more than chance" in report(Outcomes("a", 10), Outcomes("b", 10))


def test_the_difference_has_an_interval() -> None:
    old, new = Outcomes("a", 1000), Outcomes("b", 1000)
    old.wrong["false"], new.wrong["false"] = 60, 30
    found = difference(old, new)
    assert found is not None
    assert found.value == pytest.approx(-0.03)
    assert found.low < found.value < found.high < 0
    turned = difference(new, old)
    assert turned is not None
    assert astuple(turned) == pytest.approx((-found.value, -found.high, -found.low))
    assert "| … difference |  | -30.00 [" in report(old, new)
    assert difference(old, Outcomes("b")) is None


def test_the_figures_are_plain_values() -> None:
    old, new = Outcomes("a", 1000), Outcomes("b")
    old.wrong["false"] = 60
    figures = plain_figures(old, new)
    assert figures["models"][0]["rate"] == pytest.approx([0.06, 0.0461, 0.0766], abs=1e-4)
    assert (figures["models"][1]["rate"], figures["difference"], figures["p"]) == (None, None, None)


def test_the_command_reads_an_export(command_here: Callable[..., Run], tmp_path: Path) -> None:
    export, figures = tmp_path / "feedback.json", tmp_path / "figures.json"
    export.write_text(json.dumps({"feedback": ROWS}), encoding="utf-8")
    run = command_here("outcomes", "b", "--champion", "a", "--feedback", export, "--json", figures)
    assert run.status == 0, run.err
    assert "| | champion a | challenger b |" in run.out.replace("|  |", "| |")
    assert "| called wrong | 2 | 1 |" in run.out
    assert [one["feedback"] for one in json.loads(figures.read_text(encoding="utf-8"))["models"]] == [3, 1]


@pytest.mark.parametrize("content", ["{}", "[]", '{"feedback": [{"a": 1}]}'])
def test_what_is_no_export_is_refused(command_here: Callable[..., Run], tmp_path: Path, content: str) -> None:
    export = tmp_path / "feedback.json"
    export.write_text(content, encoding="utf-8")
    run = command_here("outcomes", "b", "--champion", "a", "--feedback", export)
    assert (run.status, "is not an export of feedback" in run.err) == (2, True)


def test_the_command_reads_what_a_server_kept(command_here: Callable[..., Run], tmp_path: Path) -> None:
    storage = LazyDatabase(tmp_path)
    for model, correction in (("a", "true"), ("a", "mixed"), ("b", "false")):
        storage.database().add_feedback(NewFeedback("It rained bread.", "false", correction, model=model))
    storage.close()
    run = command_here("outcomes", "b", "--champion", "a", "--data-folder", tmp_path)
    assert run.status == 0, run.err
    assert "| called wrong | 2 | 0 |" in run.out
    assert "cannot be compared" in run.out  # neither checkpoint is here, so that nobody knows how much either judged


def test_an_export_names_the_fact_checks_too() -> None:
    exported = row("a", "false", "true", fact_checks={"count": 7, "newest": "2025-01-02"})
    assert dict(outcomes([exported], {})["a"].wrong_by_fact_checks) == {"7 to 2025-01-02": 1}


def test_a_server_without_feedback_is_named(command_here: Callable[..., Run], tmp_path: Path) -> None:
    nobody = command_here("outcomes", "b", "--champion", "a", "--data-folder", tmp_path)
    assert (nobody.status, "No server has kept feedback" in nobody.err) == (2, True)
