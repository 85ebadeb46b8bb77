"""The report as a page: complete in itself, the same numbers as its JSON, nothing left unescaped."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from fake_news.reporting.charts import Curves, Dot, Dots, Findings, confusion, series
from fake_news.reporting.html_page import html_report
from fake_news.reporting.report import Row, Section, table
from fake_news.statistics.resampling import Figure

ROW = Row(Section.VERACITY, "AUC", "a <set> & more", 1234, 0.5, Figure(0.71234, 0.68, 0.74), "majority .500")
SILENT = Row(Section.ABSTENTION, "wrong among likely-false", "nowhere", 0, None, None, "guessing .50")
X = np.array([0.0, 0.5, 1.0])
LINE = series("LIAR test", 1283, X, (X, np.maximum(X - 0.1, 0), np.minimum(X + 0.1, 1)))
FINDINGS = Findings(
    [ROW, SILENT],
    [
        Curves(Section.VERACITY, "ROC <curve>", "a note", "x", "y", [(0.0, 0.0), (1.0, 1.0)], [LINE]),
        Curves(Section.VERACITY, "points", "a note", "x", "y", [(0.0, 0.0), (1.0, 1.0)], [LINE], points=True),
        Dots(Section.VERACITY, "dots", "a note", "share of", 0.3, [Dot("page & one", 40, Figure(0.2, 0.1, 0.4))]),
        confusion(
            Section.VERACITY,
            "matrix",
            "a note",
            ["false", "true"],
            np.array([0, 0, 1, 1, 1]),
            np.array([0, 1, 1, 1, 0]),
        ),
    ],
)


class Page(HTMLParser):
    """Collects what a browser would fetch or run, and the visible words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.tags: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [
            value or "" for name, value in attrs if name in ("src", "srcset", "href", "xlink:href", "data", "action")
        ]
        self.fetched += re.findall(r"url\(([^)]*)\)", " ".join(value or "" for _, value in attrs))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def html() -> str:
    return html_report("2026.1-x", "a mapping", FINDINGS)


def test_nothing_is_fetched_and_nothing_runs(html: str) -> None:
    page = Page(html)
    assert page.tags.count("svg") == len(FINDINGS.charts)
    assert page.fetched
    assert [address for address in page.fetched if not address.startswith("#")] == []
    assert not {"script", "link", "iframe", "object", "img", "base"} & set(page.tags)
    assert "@import" not in html
    assert "://" not in re.sub(r' xmlns(:\w+)?="[^"]*"', "", html)


def test_drawings_take_the_colours_of_the_page(html: str) -> None:
    drawings = "".join(re.findall(r"<svg.*?</svg>", html, flags=re.DOTALL))
    assert "var(--series-1, " in drawings
    assert "currentColor" in drawings
    of_its_own = re.sub(r"var\(--[\w-]+, #[0-9a-f]{6}\)", "", drawings)  # what it falls back on where there is no page
    assert set(re.findall(r"#[0-9a-f]{6}\b", of_its_own)) <= {"#000000"}
    assert "prefers-color-scheme: dark" in html


def test_words_are_escaped_and_every_figure_has_its_interval(html: str) -> None:
    words = " ".join(Page(html).words.split())
    for text in ("a <set> & more", "ROC <curve>", "0.712 [0.680, 0.740]", "none given", "(n = 1,283)", "page & one"):
        assert text in words


def test_json_has_the_numbers_of_the_page() -> None:
    found = json.loads(json.dumps(FINDINGS.as_json(), allow_nan=False))
    assert found["rows"][0]["figure"] == {"value": 0.71234, "low": 0.68, "high": 0.74}
    assert found["rows"][0]["section"] == "The statement alone"
    assert [chart["kind"] for chart in found["charts"]] == ["curves", "curves", "dots", "confusion"]
    assert found["charts"][0]["series"][0]["high"] == [0.1, 0.6, 1.0]
    assert found["charts"][3]["counts"] == [[1, 1], [1, 2]]
    assert found["charts"][3]["shares"][1][1]["value"] == pytest.approx(2 / 3, abs=1e-4)


def test_table_of_the_terminal() -> None:
    assert table(FINDINGS.rows).splitlines() == [
        "The statement alone",
        "measure  where           n      base rate  value [95 % interval]  without the model",
        "───────  ──────────────  ─────  ─────────  ─────────────────────  ─────────────────",
        "AUC      a <set> & more  1,234  50.0%      0.712 [0.680, 0.740]   majority .500",
        "",
        "Where the detector speaks",
        "measure                   where    n  base rate  value [95 % interval]  without the model",
        "────────────────────────  ───────  ─  ─────────  ─────────────────────  ─────────────────",
        "wrong among likely-false  nowhere  0  –          none given             guessing .50",
    ]
