"""The exploration: what it shows are the numbers of the data, and its page needs nothing besides itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fake_news.common.errors import DataError
from fake_news.data.statements import SIX_WAY, load_liar
from fake_news.exploration.explore import duplicates, explore, leak
from fake_news.exploration.frames import liar_frame, politifact_frame, telling_words
from fake_news.exploration.report import ABOUT, Exploration, Part
from fake_news.reporting.charts import Bars, Confusion, Dots, Histogram, Matrix
from tests.fake_news.conftest import Run
from tests.fake_news.data.test_folder import changed_field
from tests.fake_news.miniature_data import replace_line

pytestmark = pytest.mark.lifecycle


@pytest.fixture(scope="module")
def found(miniature_data: Path) -> Exploration:
    return explore(miniature_data)


def charts(found: Exploration, part: Part) -> list[object]:
    return [chart for chart in found.charts if chart.section == part]


def test_every_part_has_a_chart_and_is_explained(found: Exploration) -> None:
    assert {chart.section for chart in found.charts} == set(Part) == set(ABOUT)


def test_the_ratings_are_those_of_the_files(found: Exploration, miniature_data: Path) -> None:
    ratings = charts(found, Part.LABELS)[0]
    assert isinstance(ratings, Bars)
    train = [statement.rating for statement in load_liar(miniature_data, "train")]
    assert ratings.bars[0].label == "LIAR train (n = 90)"
    assert ratings.bars[0].values == [train.count(rating) / 90 for rating in SIX_WAY]


def test_lengths_add_up(found: Exploration) -> None:
    (lengths,) = charts(found, Part.LENGTHS)
    assert isinstance(lengths, Histogram)
    assert sum(steps.n for steps in lengths.steps) == 186
    for steps in lengths.steps:
        assert sum(steps.heights) == pytest.approx(1.0, abs=1e-3)
        assert len(lengths.edges) == len(steps.heights) + 1


def test_every_statement_of_the_archive_has_a_year(found: Exploration, miniature_data: Path) -> None:
    years, shares = charts(found, Part.YEARS)
    assert isinstance(years, Bars)
    assert isinstance(shares, Dots)
    archive = politifact_frame(miniature_data)
    assert sum(sum(bar.values) for bar in years.bars) == sum(dot.n for dot in shares.dots) == len(archive)
    in_2018 = archive[archive["year"] == 2018]
    (bar,) = (bar for bar in years.bars if bar.label == "2018")
    assert bar.values[years.pieces.index("posts, true")] == (in_2018["viral"] & in_2018["true"]).sum()


def test_copies_are_found_with_and_without_their_marks(miniature_data: Path) -> None:
    """The miniature's LIAR lost its apostrophes, as the real one did, and all of it is in the archive."""
    copies = duplicates(liar_frame(miniature_data), politifact_frame(miniature_data))
    counts = {bar.label: bar.values for bar in copies.bars}
    assert counts["LIAR test in the archive"] == [0.0, 48.0, 0.0]
    assert sum(counts["LIAR test in LIAR train"]) == 0.0


def with_counts(miniature: Path, counts: Callable[[str], str]) -> Confusion:
    """The leak's picture where the history counts are a function of the label."""
    names = ["barely-true", "false", "half-true", "mostly-true", "pants-fire"]
    for split in ("train", "valid", "test"):
        path = miniature / "liar" / f"{split}.tsv"
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        for row in rows:
            row[8:13] = [str(int(name == counts(row[1]))) for name in names]
        path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    picture = leak(liar_frame(miniature))
    assert isinstance(picture, Confusion)
    return picture


def test_counts_that_are_the_label_lie_on_the_diagonal(miniature: Path) -> None:
    picture = with_counts(miniature, lambda label: label)
    assert np.array(picture.counts).sum() == np.trace(picture.counts) == 186
    assert "In 100% of them the counts alone name the rating" in picture.note


def test_counts_that_know_nothing_do_not(miniature: Path) -> None:
    picture = with_counts(miniature, lambda label: "false")
    assert np.trace(picture.counts) == 31
    assert "In 17% of them" in picture.note


def test_the_history_is_what_goes_with_the_rating(miniature: Path) -> None:
    with_counts(miniature, lambda label: label)
    (matrix,) = charts(explore(miniature), Part.CORRELATION)
    assert isinstance(matrix, Matrix)
    with_rating = dict(zip(matrix.labels, matrix.values[-1], strict=True))
    assert matrix.labels[-1] == "rating"
    assert with_rating["rating"] == 1.0
    assert with_rating["false in history"] < -0.7


def test_telling_words_tell() -> None:
    texts = ["the secret plot of the baker", "the census of the baker"] * 30 + ["the rare plot of the baker"]
    true = np.array([False, True] * 30 + [True])
    found = telling_words(texts, true, 3, fewest=5)
    assert {"secret", "the secret", "secret plot"} == {use.words for use in found[:3]}
    assert {use.words for use in found[3:]} >= {"census", "the census", "census of"}
    assert found[0].z < -1.5 < 1.5 < found[-1].z
    assert (found[-1].true, found[-1].false) == (30, 0)


def test_a_malformed_row_is_named(miniature: Path) -> None:
    replace_line(miniature / "liar" / "test.tsv", 7, changed_field(b"\t", 9, b"many"))
    with pytest.raises(DataError, match=r"test\.tsv, line 7: false_n is 'many'"):
        explore(miniature)
    (miniature / "liar" / "test.tsv").write_bytes(b"")
    with pytest.raises(DataError, match=r"test\.tsv has no rows"):
        explore(miniature)


def test_the_command_writes_one_page_that_needs_nothing_else(
    miniature_data: Path, command_here: Callable[..., Run], tmp_path: Path
) -> None:
    page, numbers = tmp_path / "report.html", tmp_path / "report.json"
    run = command_here(
        "explore", "--html", page, "--json", numbers, "--data-dir", miniature_data, "--runs", tmp_path / "runs"
    )
    assert (run.status, run.err) == (0, "")
    assert "186 statements of LIAR" in run.out
    html = page.read_text(encoding="utf-8")
    found = json.loads(numbers.read_bytes())
    assert html.count("<svg") == len(found["charts"]) >= len(Part)
    assert not re.search(r"<script|<link|<img|src=|url\((?!#)|href=\"http", html)
    assert all(f'id="{part.name.lower()}"' in html for part in Part)
    statement = load_liar(miniature_data, "train")[0].text
    assert statement not in html
    assert statement not in numbers.read_text(encoding="utf-8")
