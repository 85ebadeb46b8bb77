"""Candidates: what a grid and a draw hold, and the pipeline that a candidate stands for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sklearn.feature_selection import RFE, SelectPercentile

from fake_news.common.errors import PlumblineError
from fake_news.model_selection.families import SHIPPED, families
from fake_news.model_selection.tuning.candidates import (
    DEFAULT_CONFIGURATION,
    Candidate,
    Method,
    TuningConfiguration,
    candidates,
    pipeline_of,
    read_configuration,
)
from fake_news.training.recipe import ENCODER, read_recipe

FAMILIES = families(read_recipe())
SHIPPED_RECIPE = Candidate(SHIPPED, ())


def configuration(**tables: Any) -> TuningConfiguration:
    return TuningConfiguration.model_validate(tables)


def test_a_grid_is_every_combination_and_the_shipped_recipe() -> None:
    found = candidates(
        configuration(
            features={"denoise": [False, True]}, families={"logistic": {"C": [0.2, 0.5, 1.5]}, "shipped": {}}
        ),
        FAMILIES,
    )
    assert found[0] == SHIPPED_RECIPE
    assert len(found) == len(set(found)) == 1 + 6 + 1  # denoised, the shipped recipe is another candidate
    assert {dict(one.settings)["C"] for one in found if one.family == "logistic"} == {0.2, 0.5, 1.5}


def test_draws_differ_and_stay_in_their_range() -> None:
    drawn = configuration(
        search={"method": "random", "draws": 30, "seed": 1},
        families={"logistic": {"C": {"low": 0.01, "high": 10.0, "log": True}}, "naive-bayes": {"alpha": [0.3, 1.0]}},
    )
    found = candidates(drawn, FAMILIES)
    assert found == candidates(drawn, FAMILIES)
    assert found != candidates(
        drawn.model_copy(update={"search": drawn.search.model_copy(update={"seed": 2})}), FAMILIES
    )
    assert len(set(found)) == len(found) == 31
    values = [float(dict(one.settings)["C"]) for one in found if one.family == "logistic"]
    assert all(0.01 <= value <= 10.0 for value in values)
    assert sum(value < 0.3 for value in values) > len(values) / 4  # evenly in their logarithms


def test_draws_end_when_every_candidate_is_drawn() -> None:
    few = configuration(
        search={"method": "random", "draws": 50}, families={"naive-bayes": {"alpha": [0.3, 1.0], "denoise": [False]}}
    )
    assert len(candidates(few, FAMILIES)) == 3


def test_a_candidate_is_a_pipeline() -> None:
    candidate = Candidate("logistic", (("denoise", True), ("selection", "chi-squared"), ("C", 0.2), ("word_min_df", 5)))
    pipeline = pipeline_of(candidate, FAMILIES["logistic"], 0.3)
    assert list(pipeline.named_steps) == ["vectorizer", "selection", "classifier"]
    assert (pipeline["vectorizer"].denoise, pipeline["vectorizer"].word_min_df, pipeline["classifier"].C) == (
        True,
        5,
        0.2,
    )
    assert isinstance(pipeline["selection"], SelectPercentile)
    assert pipeline["selection"].percentile == pytest.approx(30.0)
    assert FAMILIES["logistic"].pipeline["classifier"].C == 1.0
    eliminating = pipeline_of(
        Candidate("gradient-boosting", (("selection", "recursive-elimination"),)), FAMILIES["gradient-boosting"], 0.3
    )
    assert list(eliminating.named_steps) == ["vectorizer", "selection", "svd", "classifier"]
    assert isinstance(eliminating["selection"], RFE)


@pytest.mark.parametrize(
    ("tables", "complaint"),
    [
        ({"oracle": {}}, "There is no family 'oracle'"),
        ({"logistic": {"depth": [3]}}, "The family logistic has no setting 'depth'. It has C, "),
        ({"logistic": {"C": {"low": 0.1, "high": 1.0}}}, "C of logistic is a range"),
    ],
)
def test_what_is_unknown_is_refused(tables: dict[str, Any], complaint: str) -> None:
    with pytest.raises(PlumblineError) as caught:
        candidates(configuration(families=tables), FAMILIES)
    assert complaint in str(caught.value)


def test_settings_that_change_nothing_are_not_described() -> None:
    assert SHIPPED_RECIPE.settings_text == "as in the recipe"
    candidate = Candidate("sgd", (("denoise", False), ("selection", "none"), ("alpha", 0.000123456)))
    assert candidate.settings_text == "alpha 0.000123"


def test_the_shipped_one_tries_every_kind_of_model_with_and_without_denoising() -> None:
    configuration = read_configuration()
    found = candidates(configuration, families(read_recipe()))
    tried = {(candidate.family, dict(candidate.settings).get("denoise")) for candidate in found}
    for family in ("naive-bayes", "linear-svm", "sgd", "random-forest", "gradient-boosting", "logistic"):
        assert {(family, False), (family, True)} <= tried
    selections = {dict(candidate.settings).get("selection") for candidate in found}
    assert {"none", "chi-squared", "recursive-elimination"} <= selections


@pytest.mark.parametrize("name", ["tune.toml", "tune_encoder.toml"])
def test_the_search_covers_both_sides_of_the_chosen_encoder_c(name: str) -> None:
    configuration = read_configuration(DEFAULT_CONFIGURATION.with_name(name))
    recipe = read_recipe()
    found = candidates(configuration, families(recipe))
    tried = [float(dict(candidate.settings)["C"]) for candidate in found if candidate.family == ENCODER]
    assert recipe.veracity.encoder_c in tried
    assert min(tried) < recipe.veracity.encoder_c < max(tried)


def test_the_command_line_may_choose_another_method() -> None:
    configuration = read_configuration()
    assert configuration.with_method(None) is configuration
    assert configuration.with_method("halving").search.method is Method.HALVING


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[search\n", "is not TOML"),
        ("", "families is missing"),
        ("[families]\n", "families: Dictionary should have at least 1 item"),
        ('protocol = "snopes"\n[families.sgd]\n', "protocol is 'snopes', and should be 'liar' or 'time'"),
        ("[families.sgd]\n[search]\nfolds = 1\n", "search.folds is 1, and should be greater than or equal to 2"),
        ("[families.sgd]\n[search]\nflods = 3\n", "search.flods is unknown (known are method, folds"),
        ("[families.sgd]\nalpha = []\n", "families.sgd.alpha"),
        ("[families.sgd]\nalpha = [nan]\n", "families.sgd.alpha"),
        ("[families.sgd]\nalpha = { low = 2.0, high = 1.0 }\n", "low 2.0 is not below high 1.0"),
        ("[families.sgd]\nalpha = { low = 0.0, high = 1.0, log = true }\n", "low 0.0 has no logarithm"),
        ("[families.sgd]\n[features]\nkept_share = 1.0\n", "features.kept_share"),
    ],
)
def test_a_mistake_in_the_configuration_is_named(content: str, complaint: str, tmp_path: Path) -> None:
    file = tmp_path / "tune.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(PlumblineError) as caught:
        read_configuration(file)
    assert complaint in str(caught.value)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(PlumblineError, match="cannot be read"):
        read_configuration(tmp_path / "none.toml")
