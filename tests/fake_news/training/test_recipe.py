"""A recipe is complete and free of unknown settings, or refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    """A copy of the default recipe, to be damaged."""
    path = tmp_path / "recipe.toml"
    path.write_bytes(DEFAULT_RECIPE.read_bytes())
    return path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_default_recipe(root: Path) -> None:
    assert root / "config" / "detector.toml" == DEFAULT_RECIPE
    recipe = read_recipe()
    assert (
        0 < recipe.abstention.false_alarm_bound < recipe.abstention.error_bound < 0.5 < recipe.abstention.confidence < 1
    )


def test_every_setting_is_read(recipe: Path) -> None:
    replace(recipe, "half_life_years = 3.0", "half_life_years = 7.5")
    read = read_recipe(recipe)
    assert read.veracity.half_life_years == 7.5
    assert read.as_json()["veracity"]["half_life_years"] == 7.5
    assert set(read.as_json()) == {"features", "veracity", "false_claim", "check_worthiness", "abstention"}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("ridge_alpha = 6.0", "", r"veracity\.ridge_alpha is missing"),
        ("ridge_alpha", "rigde_alpha", r"veracity\.rigde_alpha is unknown \(known are .*ridge_alpha"),
        ("[abstention]", "[abstaining]", r"abstaining is unknown .*abstention is missing"),
        ("[features]", "features = 3\n[other]", r"features is 3, and should be a table"),
        ("ridge_alpha = 6.0", "ridge_alpha = -1", r"veracity\.ridge_alpha is -1, and should be greater than 0"),
        ("ridge_alpha = 6.0", 'ridge_alpha = "6"', r"veracity\.ridge_alpha is '6', and should be a valid number"),
        ("[features]", "[features", "is not TOML"),
        ("word_min_df = 2", "word_min_df = ", "is not TOML"),
    ],
)
def test_a_mistake_is_named(recipe: Path, old: str, new: str, complaint: str) -> None:
    replace(recipe, old, new)
    with pytest.raises(PlumblineError, match=complaint) as caught:
        read_recipe(recipe)
    assert str(recipe) in caught.value.message
    assert caught.value.hint


def test_a_missing_recipe(tmp_path: Path) -> None:
    with pytest.raises(PlumblineError, match=r"nowhere\.toml cannot be read") as caught:
        read_recipe(tmp_path / "nowhere.toml")
    assert "--config" in caught.value.hint


def test_earlier_names_are_understood(recipe: Path) -> None:
    """A person's recipe, and the recipe in a checkpoint, may have been written before the settings were renamed."""
    replace(recipe, "max_identity_effect", "sway_bound")
    replace(recipe, "[false_claim]", "[suspicion]")
    replace(recipe, "likely_true_bound", "unearned_praise_bound")
    assert read_recipe(recipe) == read_recipe()
