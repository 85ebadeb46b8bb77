"""Drift is told where there is some, and not where there is none: both error rates, on many simulated windows."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from fake_news.common.errors import PlumblineError
from fake_news.detection.verdict import Basis, Label, Note, Verdict
from fake_news.monitoring.drift import DEFAULT_THRESHOLDS, State, compare, read_thresholds
from fake_news.monitoring.reference import FIELD, Reference, reference_of
from fake_news.monitoring.traits import BINS, Trait, histograms_of, observe
from fake_news.pipelines.drift import simulate
from tests.fake_news.monitoring.references import reference, texts, together

THRESHOLDS = read_thresholds()


@pytest.fixture(scope="module")
def known() -> Reference:
    return reference()


@pytest.mark.parametrize("statements", [1000, 3000])
def test_sameness_is_not_called_drift(known: Reference, statements: int) -> None:
    alike = simulate(known, THRESHOLDS, statements, 0.0, None, windows=400)
    assert alike.rate <= THRESHOLDS.significance


def test_windows_of_whole_texts_that_are_alike_are_not_called_drift(known: Reference) -> None:
    """Other texts of the same kind, whose sentences resemble each other: what a reader's window really is."""
    others = texts(600, seed=1)
    random = np.random.default_rng(2)
    windows = [together([others[number] for number in random.integers(0, 600, 42)]) for _ in range(400)]
    drifted = sum(compare(known, window, THRESHOLDS).state is State.DRIFTED for window in windows)
    assert drifted / len(windows) <= THRESHOLDS.significance


@pytest.mark.parametrize(
    ("trait", "share"),
    [(Trait.SCORE, 0.4), (Trait.LENGTH, 0.4), (Trait.UNKNOWN_WORDS, 0.4), (Trait.CLAIM, 0.5), (Trait.MATCH, 0.2)],
)
def test_drift_is_caught(known: Reference, trait: Trait, share: float) -> None:
    """Stated: in at least 95 % of windows of 1,000 statements, when such a share of them is of another kind."""
    moved = simulate(known, THRESHOLDS, 1000, share, trait, windows=200)
    assert moved.rate >= 0.95


def test_the_trait_that_moved_is_named(known: Reference) -> None:
    window = {trait: list(bins) for trait, bins in known.histograms.items()}
    window[Trait.LENGTH] = window[Trait.LENGTH][::-1]
    found = compare(known, window, THRESHOLDS)
    assert {one.trait: one.state for one in found.traits} == {
        trait: State.DRIFTED if trait is Trait.LENGTH else State.ALIKE for trait in Trait
    }
    assert found.state is State.DRIFTED
    assert "longer or shorter" in next(one.advice for one in found.traits if one.trait is Trait.LENGTH)
    assert json.loads(json.dumps(found.as_json(), allow_nan=False))["state"] == "drifted"


def test_a_small_window_is_not_judged(known: Reference) -> None:
    little = {trait: [0] * bins for trait, bins in BINS.items()}
    little[Trait.LENGTH][0] = THRESHOLDS.fewest_statements - 1
    assert compare(known, little, THRESHOLDS).state is State.UNKNOWN
    little[Trait.LENGTH][0] += 1
    found = compare(known, little, THRESHOLDS)
    assert [one.state for one in found.traits if one.trait is not Trait.LENGTH] == [State.UNKNOWN] * 4


def test_the_card_keeps_a_reference(known: Reference) -> None:
    kept = reference_of(json.loads(json.dumps({FIELD: known.as_json()})))
    assert kept is not None
    assert (kept.text, kept.variation) == (known.text, known.variation)
    assert all(list(kept.histograms[trait]) == list(known.histograms[trait]) for trait in Trait)


@pytest.mark.parametrize(
    "damage",
    [
        lambda card: card.update(histograms={}),
        lambda card: card["histograms"].update(score=[1] * 19),
        lambda card: card["histograms"].update(claim=[0, 0]),
        lambda card: card["histograms"].update(claim=[-1, 2]),
        lambda card: card["histograms"].update(claim=[0.5, 0.5]),
        lambda card: card.update(variation=[]),
        lambda card: card.pop("text"),
    ],
    ids=["none", "nineteen bins", "empty", "negative", "shares", "no variation", "no text"],
)
def test_anything_else_is_not_read_as_a_reference(
    known: Reference, damage: object, caplog: pytest.LogCaptureFixture
) -> None:
    written = json.loads(json.dumps(known.as_json()))
    damage(written)  # type: ignore[operator]
    assert reference_of({FIELD: written}) is None
    assert "drift cannot be computed" in caplog.text


def test_without_a_reference_there_is_none() -> None:
    assert reference_of({}) is None


class TestTraits:
    def test_a_claim_is_counted_in_every_trait(self) -> None:
        claim = Verdict(0, 40, Label.FALSE, Basis.FACT_CHECK, 1.0, 0.9, unknown_words=0.0)
        found = histograms_of([observe(claim)])
        assert {trait: bins.index(1) for trait, bins in found.items()} == {
            Trait.SCORE: 19,
            Trait.LENGTH: 2,
            Trait.UNKNOWN_WORDS: 0,
            Trait.CLAIM: 1,
            Trait.MATCH: 1,
        }

    def test_what_was_not_judged_is_counted_where_it_can_be(self) -> None:
        no_claim = observe(Verdict(0, 10, Label.NO_CLAIM, Basis.CLAIMS, None, 0.1, unknown_words=0.5))
        assert (no_claim.score, no_claim.claim, no_claim.match) == (None, 0, None)
        foreign = observe(
            Verdict(0, 10, Label.UNSURE, Basis.MODEL, None, 0.0, note=Note.NOT_ENGLISH, unknown_words=1.0)
        )
        assert (foreign.score, foreign.claim, foreign.match, foreign.unknown_words) == (None, None, None, 8)
        endless = observe(Verdict(0, 5000, Label.UNSURE, Basis.MODEL, None, 0.0, note=Note.TOO_LONG))
        assert endless.bins() == ()


class TestThresholds:
    def write(self, folder: Path, old: str, new: str) -> Path:
        text = DEFAULT_THRESHOLDS.read_text(encoding="utf-8")
        assert old in text
        path = folder / "drift.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    def test_thresholds_decide_the_state(self, known: Reference, tmp_path: Path) -> None:
        window = {trait: list(bins) for trait, bins in known.histograms.items()}
        window[Trait.LENGTH] = window[Trait.LENGTH][::-1]
        lenient = read_thresholds(
            self.write(
                tmp_path,
                "[length]\nchanged_from = 0.10\ndrifted_from = 0.25",
                "[length]\nchanged_from = 0.10\ndrifted_from = 9",
            )
        )
        assert compare(known, window, lenient).state is State.CHANGED

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("days = 30", "days = 0", "days is 0"),
            ("significance = 0.01", "significance = 2.0", "significance is 2.0"),
            ("[match]", "[matches]", "match is missing"),
            ("changed_from = 0.10", "changed_from = 0.30", "changed_from 0.3 is not below drifted_from 0.25"),
            ("days = 30", "days =", "not TOML"),
            ("days = 30", "weeks = 4\ndays = 30", "weeks"),
        ],
    )
    def test_an_impossible_threshold_is_reported(self, tmp_path: Path, old: str, new: str, said: str) -> None:
        with pytest.raises(PlumblineError) as told:
            read_thresholds(self.write(tmp_path, old, new))
        assert said in str(told.value)

    def test_a_missing_file_is_reported(self, tmp_path: Path) -> None:
        with pytest.raises(PlumblineError, match="cannot be read"):
            read_thresholds(tmp_path / "none.toml")

    def test_the_significance_is_shared(self) -> None:
        assert dataclasses.replace(THRESHOLDS, significance=0.05).significance_of_a_trait == pytest.approx(0.01)
