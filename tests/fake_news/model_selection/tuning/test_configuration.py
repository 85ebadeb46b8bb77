"""The file that says what is searched."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.model_selection.families import families
from fake_news.model_selection.tuning.candidates import candidates
from fake_news.model_selection.tuning.configuration import DEFAULT_CONFIGURATION, Method, read_configuration
from fake_news.training.recipe import ENCODER, read_recipe


def test_the_shipped_one_tries_every_kind_of_model_with_and_without_denoising() -> None:
    configuration = read_configuration()
    found = candidates(configuration, families(read_recipe()))
    tried = {(candidate.family, dict(candidate.settings).get("denoise")) for candidate in found}
    for family in ("naive-bayes", "linear-svm", "sgd", "random-forest", "gradient-boosting", "logistic"):
        assert {(family, False), (family, True)} <= tried
    selections = {dict(candidate.settings).get("selection") for candidate in found}
    assert {"none", "chi-squared", "recursive-elimination"} <= selections


@pytest.mark.parametrize("name", ["tune.toml", "tune_encoder.toml"])
def test_how_far_the_encoder_s_head_is_held_back_was_searched_on_both_sides(name: str) -> None:
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
def test_what_is_wrong_with_it_is_said(content: str, complaint: str, tmp_path: Path) -> None:
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
