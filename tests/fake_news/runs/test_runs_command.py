"""`python -m fake_news runs`: what was run, in the terminal and as a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fake_news.runs.record import Record
from fake_news.runs.recording import Recorder
from fake_news.runs.run_comparison import MetricPair, compare_runs
from fake_news.runs.run_display import Bar, bars
from fake_news.runs.run_store import RECORD_FILE, RunStore
from tests.fake_news.conftest import Run

pytestmark = pytest.mark.lifecycle

Command = Callable[..., Run]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training, the same with other settings, an evaluation that failed, and a broken record."""
    folder = tmp_path_factory.mktemp("store")
    ids = iter(("aaaa0001", "bbbb0002", "cccc0003", "dddd0004"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fake_news.runs.run_store.new_id", lambda: next(ids))
        for scale, auc in ((0.5, 0.61), (2.0, 0.66)):
            configuration = {"recipe": {"features": {"scale": scale}, "seed": 0}}
            with Recorder(folder).record("train", configuration=configuration, data={"liar": "ab" * 32}, seed=0) as run:
                run.metrics({"AUC, LIAR test": auc, f"only at {scale}": 1.0})
                run.plot("ROC <curve>", f'<svg viewBox="0 0 1 1"><title>{scale}</title></svg>')
        with pytest.raises(ValueError, match="no"), Recorder(folder).record("evaluate", configuration={}):
            raise ValueError("no such column")
        with Recorder(folder).record("train", configuration={}):
            pass
    (folder / "dddd0004" / RECORD_FILE).write_text('{"format": 1', encoding="utf-8")
    return folder


def test_list_has_the_newest_first_and_the_broken_last(command: Command, runs: Path) -> None:
    run = command("runs", "list", "--runs", runs)
    assert (run.status, run.err) == (0, "")
    header, *lines = run.out.splitlines()
    assert header.split()[:4] == ["id", "started", "took", "status"]
    assert [line.split()[0] for line in lines] == ["cccc0003", "bbbb0002", "aaaa0001", "dddd0004"]
    assert "failed" in lines[0]
    assert "ValueError: no such column" in lines[0]
    assert "2 metrics, 1 plots" in lines[1]
    assert "broken: " in lines[3]


def test_an_empty_list_says_so(command_here: Command, tmp_path: Path) -> None:
    run = command_here("runs", "list", "--runs", tmp_path / "none")
    assert (run.status, run.out) == (0, f"No run has been recorded in {tmp_path / 'none'} yet.\n")


def test_list_can_be_narrowed(command_here: Command, runs: Path) -> None:
    out = command_here("runs", "list", "--runs", runs, "--command", "train", "--most", "1").out
    assert [line.split()[0] for line in out.splitlines()] == ["id", "bbbb0002", "dddd0004", "…"]
    assert "1 earlier" in out


def test_show_says_everything(command: Command, runs: Path) -> None:
    run = command("runs", "show", "bb", "--runs", runs)
    assert (run.status, run.err) == (0, "")
    for words in ("train, finished", "recipe.features.scale  2.0", "AUC, LIAR test  0.66", "ROC <curve>", "liar  abab"):
        assert words in run.out
    record = Record.model_validate(json.loads(command("runs", "show", "bb", "--json", "--runs", runs).out))
    assert record == RunStore(runs).read("bbbb0002")


def test_compare_says_what_differs_and_the_figures(command: Command, runs: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    run = command("runs", "compare", "aaaa", "bbbb", "--runs", runs, "--html", page)
    assert (run.status, run.err) == (0, "")
    lines = run.out.splitlines()
    assert re.search(r"configuration +recipe\.features\.scale +0\.5 → 2\.0", run.out)
    assert not [line for line in lines if "recipe.seed" in line]
    assert [line.split()[-3:] for line in lines if "AUC" in line] == [["0.61", "0.66", "+0.05"]]
    assert [line.split()[-3:] for line in lines if "only at 0.5" in line] == [["1", "–", "–"]]
    html = page.read_text(encoding="utf-8")
    assert html.count('<svg class="bars"') == 3
    assert html.index("<title>0.5</title>") < html.index("<title>2.0</title>")
    assert "ROC &lt;curve&gt;" in html
    assert "recipe.features.scale" in html


class Outside(HTMLParser):
    """Collects what a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag in {"script", "link", "iframe", "img"} or "src" in names or any(n.startswith("on") for n in names):
            self.found.append(tag)


def test_the_page_stands_alone(command_here: Command, runs: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    command_here("runs", "compare", "aaaa", "cccc", "--runs", runs, "--html", page)
    parser = Outside()
    parser.feed(page.read_text(encoding="utf-8"))
    assert parser.found == []
    assert "default-src 'none'" in page.read_text(encoding="utf-8")


def test_a_run_differs_from_itself_in_nothing(runs: Path) -> None:
    record = RunStore(runs).read("aaaa0001")
    comparison = compare_runs(record, record)
    assert comparison.differences == []
    assert {pair.change for pair in comparison.metrics} == {0.0}


def test_bars_share_a_scale_that_holds_zero() -> None:
    assert bars(MetricPair("change", -1.0, 3.0)) == [Bar("first", 0.0, 50.0), Bar("second", 50.0, 150.0)]
    assert bars(MetricPair("nothing", None, None)) == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("show", "ffff"), "There is no run 'ffff'"),
        (("show", "dddd"), "run.json is not a valid record"),
        (("compare", "aaaa", "ffff"), "There is no run 'ffff'"),
        (("compare", "aaaa", "bbbb", "--html", "nowhere/page.html"), "there is no folder nowhere"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    command_here: Command, runs: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    run = command_here("runs", *arguments, "--runs", runs)
    assert (run.status, run.out, run.err.count("\n")) == (2, "", 1)
    assert complaint in run.err
