"""Families of models under one protocol: chosen without the test, resumed after a kill, never mixed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from fake_news.cli.command_line import main
from fake_news.common.arrays import FloatArray
from fake_news.common.errors import PlumblineError
from fake_news.data.claims import Sentence
from fake_news.data.statements import Statement
from fake_news.model_selection import compare as comparing
from fake_news.model_selection.compare import compare
from fake_news.model_selection.comparison_report import compare_results, markdown
from fake_news.model_selection.families import FEATURE_SOURCES, SHIPPED, STACKS, Family, families, settings_text
from fake_news.model_selection.fitting import Result, Task, search_settings, stack_members
from fake_news.pipelines import model_selection as pipelines
from fake_news.runs.run_store import RunStore
from fake_news.statistics.measures import auc, paired_difference, value
from fake_news.training import training_sets
from fake_news.training.detector_models import fit_models
from fake_news.training.recipe import read_recipe
from fake_news.training.training_sets import Corpus, Protocol, texts, truths

pytestmark = pytest.mark.lifecycle

RECIPE = read_recipe()
FAMILIES = families(RECIPE)
_FALSE = ("Secret memo shows the {0} is a hoax number {1}", "Shocking video proves the {0} was faked {1} times")
_TRUE = ("Spending on the {0} rose by {1} percent last year", "Employment at the {0} fell by {1} percent since spring")
_THINGS = ("harbour", "railway", "library", "bakery", "orchard", "shipyard", "theatre", "mill", "quarry", "dairy")


def _statements(first: int, count: int, date: str) -> list[Statement]:
    """Statements whose wording mostly, not always, gives their rating away."""
    made = []
    for number in range(first, first + count):
        is_true = number % 2 == 1
        pattern = (_TRUE if is_true else _FALSE)[number // 2 % 2]
        rating = (("mostly-true", "true") if is_true else ("pants-fire", "false"))[number // 4 % 2]
        if number % 17 == 0:
            rating = "half-true"
        speaker = "Facebook posts" if number % 3 == 0 else "A. Speaker"
        made.append(Statement(pattern.format(_THINGS[number % 10], number), rating, speaker, date))
    return made


PROTOCOL = Protocol(
    "small",
    _statements(0, 160, "2019-05-05"),
    _statements(200, 60, "2020-08-08"),
    _statements(300, 60, "2021-03-03"),
    "2020-07-01",
)
CORPUS = Corpus(
    {},
    [],
    [Sentence(f"The mill opened a new {thing} in May.", True) for thing in _THINGS],
    [Sentence(f"What a lovely {thing} that is!", False) for thing in _THINGS],
    [["The baker opened his shop at six.", "Nobody came."]],
)
TASK = Task(PROTOCOL, texts([*CORPUS.claims, *CORPUS.news_claims]), RECIPE)


def _result(validation: FloatArray, test: FloatArray) -> Result:
    return Result("a family", "some setting", {"some setting": 0.5}, 1.0, 1000, 0.1, validation, test)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_learns_what_wording_gives_away(name: str, tmp_path: Path) -> None:
    family = FAMILIES[name]
    if family.obstacle:
        pytest.skip(family.obstacle)
    if name == "fine-tuned-minilm":
        family.pipeline.set_params(classifier__epochs=4)
    result = search_settings(family, TASK, joblib.Memory(tmp_path, verbose=0))
    assert value(auc, truths(PROTOCOL.test), result.test) > 0.8
    assert set(result.tried) == {settings_text(settings) for settings in family.candidates}
    assert result.tried[result.settings] == max(result.tried.values())
    assert result.tried[result.settings] == pytest.approx(
        value(auc, truths(PROTOCOL.calibration), result.validation), abs=0.02
    )
    assert result.stored_bytes > 100


def test_the_sources_of_every_family_exist(root: Path) -> None:
    """A file that was moved would leave results of older code in use, or stop the comparison."""
    named = {source for family in FAMILIES.values() for source in (*FEATURE_SOURCES, *family.sources)}
    assert [source for source in sorted(named) if not (root / "fake_news" / source).is_file()] == []


def test_ratings_of_the_test_decide_nothing(tmp_path: Path) -> None:
    upside_down = [replace(s, rating="false" if s.is_true else "true") for s in PROTOCOL.test]
    family = FAMILIES["logistic"]
    memory = joblib.Memory(tmp_path, verbose=0)
    honest = search_settings(family, TASK, memory)
    other = search_settings(family, replace(TASK, protocol=replace(PROTOCOL, test=upside_down)), memory)
    assert (other.settings, other.tried) == (honest.settings, honest.tried)
    np.testing.assert_array_equal(other.test, honest.test)


def test_shipped_family_is_the_recipe_that_ships(tmp_path: Path) -> None:
    """But for the weights of names, which the compared families keep."""
    recipe = replace(RECIPE, veracity=replace(RECIPE.veracity, max_identity_effect=1.0))
    models = fit_models(CORPUS, PROTOCOL, recipe)
    assert models.identity_share == 1.0
    logits = models.veracity.decision_function(models.vectorizer.transform(texts(PROTOCOL.test)))
    np.testing.assert_allclose(
        search_settings(FAMILIES[SHIPPED], TASK, joblib.Memory(tmp_path)).test, logits, atol=1e-9
    )


def test_killed_comparison_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fitted: list[str] = []

    def fit_until_killed(family: Family, task: Task, memory: joblib.Memory) -> Result:
        if family.name == "linear-svm" and "linear-svm" not in fitted:
            fitted.append(family.name)
            raise KeyboardInterrupt
        fitted.append(family.name)
        return search_settings(family, task, memory)

    monkeypatch.setattr(comparing, "search_settings", fit_until_killed)
    names = ["naive-bayes", "linear-svm"]
    with pytest.raises(KeyboardInterrupt):
        compare(CORPUS, [PROTOCOL], RECIPE, names, tmp_path)
    results, _ = compare(CORPUS, [PROTOCOL], RECIPE, names, tmp_path)
    assert fitted == [SHIPPED, "naive-bayes", "linear-svm", "linear-svm"]
    again, _ = compare(CORPUS, [PROTOCOL], RECIPE, names, tmp_path)
    assert len(fitted) == 4
    for name, result in results["small"].items():
        np.testing.assert_array_equal(again["small"][name].test, result.test)
        assert again["small"][name].tried == result.tried


def test_result_of_other_rows_is_not_used(tmp_path: Path) -> None:
    compare(CORPUS, [PROTOCOL], RECIPE, [], tmp_path)
    relabelled = [replace(PROTOCOL.train[0], rating="true"), *PROTOCOL.train[1:]]
    compare(CORPUS, [replace(PROTOCOL, train=relabelled)], RECIPE, [], tmp_path)
    assert len(list(tmp_path.glob("small/*.json"))) == 2


def test_half_written_result_does_not_count(tmp_path: Path) -> None:
    compare(CORPUS, [PROTOCOL], RECIPE, [], tmp_path)
    (finished,) = tmp_path.glob("small/*.json")
    content = json.loads(finished.read_bytes())
    finished.unlink()  # the figures are written last
    compare(CORPUS, [PROTOCOL], RECIPE, [], tmp_path)
    assert json.loads(finished.read_bytes())["settings"] == content["settings"]


def test_family_without_its_packages_is_skipped_and_says_how_to_get_them(tmp_path: Path) -> None:
    needy = replace(FAMILIES["sentence-vectors"], needed_packages=("no_such_package",))
    assert needy.obstacle is not None
    assert needy.obstacle.startswith("needs no_such_package: pip install torch==")


def test_stack_without_a_member_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needy = replace(FAMILIES["sentence-vectors"], needed_packages=("no_such_package",))
    monkeypatch.setattr(comparing, "families", lambda recipe: {**FAMILIES, needy.name: needy})
    results, skipped = compare(CORPUS, [PROTOCOL], RECIPE, ["stack-vectors"], tmp_path)
    assert list(results["small"]) == [SHIPPED]
    assert skipped == {"sentence-vectors": needy.obstacle, "stack-vectors": "needs sentence-vectors"}
    assert "Skipped: `stack-vectors` needs sentence-vectors." in markdown(
        [compare_results(PROTOCOL, results["small"])], skipped
    )


def test_unknown_family_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlumblineError, match="There is no family 'oracle'"):
        compare(CORPUS, [PROTOCOL], RECIPE, ["oracle"], tmp_path)


def test_validation_scores_of_a_stack_are_not_fitted_to_the_validation() -> None:
    random = np.random.default_rng(0)
    noise = [_result(random.normal(size=60), random.normal(size=60)) for _ in range(25)]
    stack = stack_members(STACKS["stack-all"], noise, PROTOCOL)
    assert (
        value(auc, truths(PROTOCOL.calibration), stack.validation) < 0.7
    )  # fitted and scored on the same rows: over 0.9


def test_stack_trusts_the_better_member_and_costs_the_sum() -> None:
    random = np.random.default_rng(0)
    good = _result(truths(PROTOCOL.calibration) + random.normal(size=60), truths(PROTOCOL.test).astype(np.float64))
    noise = _result(random.normal(size=60), random.normal(size=60))
    stack = stack_members(STACKS["stack-vectors"], [noise, good], PROTOCOL)
    assert value(auc, truths(PROTOCOL.test), stack.test) > 0.9
    assert (stack.cpu_seconds, stack.stored_bytes) == (2.0, 2000)


@given(
    rows=st.lists(st.tuples(st.booleans(), st.integers(-3, 3)), min_size=2).filter(
        lambda rows: len({true for true, _ in rows}) == 2
    )
)
def test_auc_is_scikit_learns_ties_included(rows: list[tuple[bool, int]]) -> None:
    true, score = (np.array(column) for column in zip(*rows, strict=True))
    assert value(auc, true, score.astype(float)) == pytest.approx(roc_auc_score(true, score), abs=1e-12)


def test_paired_difference_knows_chance_from_progress() -> None:
    random = np.random.default_rng(1)
    true = random.random(400) < 0.5
    weak = true + random.normal(scale=2.0, size=400)
    same = paired_difference(auc, true, weak, weak)
    assert same is not None
    assert (same.value, same.low, same.high) == (0.0, 0.0, 0.0)
    better = paired_difference(auc, true, true + random.normal(scale=0.5, size=400), weak)
    as_weak = paired_difference(auc, true, weak + random.normal(scale=0.01, size=400), weak)
    assert better is not None
    assert as_weak is not None
    assert better.low > 0.1
    assert as_weak.low < 0.0 < as_weak.high


def test_command_writes_the_table_as_markdown_and_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipelines, "load_corpus", lambda folder: CORPUS)
    monkeypatch.setitem(training_sets.PROTOCOLS, "liar", lambda corpus: replace(PROTOCOL, reference_date=None))
    monkeypatch.setitem(training_sets.PROTOCOLS, "time", lambda corpus: replace(PROTOCOL, name="later"))
    twin = tmp_path / "comparison.json"
    command = ["compare", "--data-dir", str(tmp_path), "--families", "naive-bayes", "--scratch", str(tmp_path / "s")]
    command += ["--runs", str(tmp_path / "runs")]
    assert main([*command, "--output", str(twin)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("### small\n\nStatements: train 160, validation 60, test 60.")
    comparisons = json.loads(twin.read_bytes())["comparisons"]
    assert [row["name"] for row in comparisons[1]["families"]] == [SHIPPED, "naive-bayes"]
    assert set(comparisons[1]["families"][1]["difference"]) == {"all", "named speakers", "viral posts"}
    record = RunStore(tmp_path / "runs").find("latest")
    assert record.metrics["later: naive-bayes, test AUC, all"] == pytest.approx(
        comparisons[1]["families"][1]["test_auc"]["all"]["value"]
    )
    assert record.metrics["small: shipped, validation AUC"] == comparisons[0]["families"][0]["validation_auc"]["value"]
    assert main([*command, "--output", str(tmp_path / "comparison.md")]) == 0
    assert (tmp_path / "comparison.md").read_text(encoding="utf-8") == capsys.readouterr().out == printed
    assert main([*command, "--protocol", "time"]) == 0
    assert capsys.readouterr().out == printed[printed.index("### later") :]
