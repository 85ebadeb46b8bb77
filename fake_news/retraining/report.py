"""The report on a challenger, as Markdown and as one HTML file, made from the report's plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from fake_news.reporting.charts import Dot, Dots
from fake_news.reporting.html_page import render
from fake_news.reporting.report import Section, markdown_table
from fake_news.retraining.promotion import REPORT_FILE
from fake_news.statistics.resampling import Figure

_HEADER = ("frozen set", "n", "true", "AUC, champion", "AUC, challenger", "difference", "DeLong p", "McNemar", "passes")


class _Section(StrEnum):
    SETS = "Frozen test sets"


def report_files(report: Mapping[str, Any]) -> dict[str, bytes]:
    """Write the report as files of the challenger's checkpoint."""
    return {
        REPORT_FILE: (json.dumps(report, indent=1, ensure_ascii=False) + "\n").encode("utf-8"),
        "retraining.md": markdown(report).encode("utf-8"),
        "retraining.html": html(report).encode("utf-8"),
    }


def markdown(report: Mapping[str, Any]) -> str:
    """Write the whole report as Markdown."""
    table = "\n".join(markdown_table(_HEADER, [_cells(one) for one in report["sets"]]))
    return (
        "\n\n".join(
            [
                f"# Challenger {report['version']} against champion {report['champion']}",
                f"**{verdict(report)}**",
                "## Frozen test sets",
                table,
                "\n".join(f"- {one['name']}: {one['says']} {one['how']}" for one in report["sets"]),
                _explanation(report),
                "## Ordinary pages",
                _alarms(report["false_alarms"]),
                "## What was learned from",
                "\n".join(f"- {line}" for line in _rows(report["rows"])),
            ]
        )
        + "\n"
    )


def html(report: Mapping[str, Any]) -> str:
    """Render the report as a page, with the differences drawn."""
    dots = [Dot(one["name"], one["n"], Figure(**one["difference"])) for one in report["sets"] if one["difference"]]
    chart = Dots(
        _Section.SETS,
        "How much better the challenger ranks",
        "AUC of the challenger less the champion's, with 95 % intervals. The line is no difference.",
        "difference of AUC",
        0.0,
        dots,
    )
    return render(
        "retraining.html",
        title=f"Challenger {report['version']} against champion {report['champion']}",
        about=verdict(report),
        contents={"sets": _Section.SETS.value, "pages": "Ordinary pages", "rows": "What was learned from"},
        chart=chart if dots else None,
        header=_HEADER,
        rows=[_cells(one) for one in report["sets"]],
        sets=report["sets"],
        explanation=_explanation(report),
        alarms=_alarms(report["false_alarms"]),
        learned=_rows(report["rows"]),
    )


def verdict(report: Mapping[str, Any]) -> str:
    """Say whether the challenger passed, and if not, why."""
    failed = [f"{one['name']}: {one['says']}" for one in report["sets"] if not one["passed"]]
    if not report["false_alarms"]["passed"]:
        failed.append(f"Ordinary pages: {report['false_alarms']['says']}")
    if not report["sets"]:
        failed.append("There is no frozen set to compare on.")
    if not failed:
        return "Passed: it is not worse than the champion on any frozen set, and it keeps the bound on false alarms."
    return f"Not passed. {' '.join(failed)}"


def _explanation(report: Mapping[str, Any]) -> str:
    gate = report["gate"]
    return (
        "Intervals are 95 %, from 1,000 bootstrap resamples of the same statements for both. A challenger fails where "
        f"DeLong's or McNemar's test shows it to be worse (p < {gate['significance']:g}), or where the interval of the "
        f"difference reaches below -{gate['margin']:g}. McNemar counts the statements that only one of the two decided "
        "rightly: champion / challenger. No new row is worded like a statement of these sets. New rows may be newer "
        "than the last years' statements: the comparison asks whether they hurt there, not what was known then."
    )


def card_measures(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Convert what the gate measured into rows of the challenger's card."""
    rows = [
        {
            "section": Section.VERACITY,
            "measure": "AUC",
            "where": f"{one['name']}. {one['how']}",
            "n": one["n"],
            "base_rate": one["base_rate"],
            "figure": one["challenger"],
            "baseline": f"champion {report['champion']}: {one['champion']['value']:.3f}",
        }
        for one in report["sets"]
        if one["challenger"] and one["champion"]
    ]
    alarms = report["false_alarms"]
    if not alarms["n"]:
        return rows
    rows.append(
        {
            "section": Section.ORDINARY,
            "measure": "share painted likely-false",
            "where": f"pages/, article sentences, detector {report['version']}",
            "n": alarms["n"],
            "base_rate": None,
            "figure": alarms["challenger"],
            "baseline": "labelling every sentence: 1.000",
        }
    )
    return rows


def _alarms(alarms: Mapping[str, Any]) -> str:
    if not alarms["n"]:
        return str(alarms["says"])
    return (
        f"{alarms['says']} Champion {_figure(alarms['champion'])}, challenger {_figure(alarms['challenger'])}; whole "
        "pages are resampled."
    )


def _rows(rows: Mapping[str, Any]) -> list[str]:
    lines = [
        f"Read: {rows['read']:,} rows of {', '.join(rows['sources']) or 'nothing new'}.",
        f"Learned: {rows['statements']:,} rated statements; sentences that are no claims: {rows['no_claims']:,}. "
        "They join the last fit alone: nothing was calibrated on them, and no threshold chosen.",
    ]
    if rows["undated"]:
        lines.append(
            f"Without a date: {rows['undated']:,} of them. They count as of the newest day, which weighs most: add "
            "the dates of older ones."
        )
    lines += [f"Set aside: {count:,} ({why})." for why, count in rows["set_aside"].items()]
    lines += [f"Left out: {one['where']}: {one['why']}" for one in rows["left_out"]]
    return lines


def _cells(one: Mapping[str, Any]) -> list[str]:
    return [
        one["name"],
        f"{one['n']:,}",
        f"{one['base_rate']:.1%}",
        _figure(one["champion"]),
        _figure(one["challenger"]),
        _figure(one["difference"], signed=True),
        f"{one['delong_p']:.3f}",
        f"{one['only_champion_right']} / {one['only_challenger_right']}, p = {one['mcnemar_p']:.3f}",
        "yes" if one["passed"] else "no",
    ]


def _figure(figure: Mapping[str, float] | None, signed: bool = False) -> str:
    if figure is None:
        return "–"
    sign = "+" if signed else ""
    value, low, high = (format(figure[end], f"{sign}.4f") for end in ("value", "low", "high"))
    return f"{value} [{low}, {high}]"
