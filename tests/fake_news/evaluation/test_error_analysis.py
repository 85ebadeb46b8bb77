"""The parts of the error analysis, each on statements whose errors are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import ArrayLike
from sklearn.feature_extraction.text import TfidfVectorizer

from fake_news.common.errors import DataError, PlumblineError
from fake_news.data.statements import Statement
from fake_news.detection.text.tokens import tokenize
from fake_news.evaluation.error_analysis.analyse import pieces
from fake_news.evaluation.error_analysis.by_slice import calibration_by_slice, errors_by_slice
from fake_news.evaluation.error_analysis.clusters import clusters_of_errors
from fake_news.evaluation.error_analysis.judgements import Judgements, judge_unseen, worst_errors
from fake_news.evaluation.error_analysis.label_noise import candidates, opposites
from fake_news.evaluation.error_analysis.words import forest_words, misleading_words, require_shap
from fake_news.evaluation.scored_statements import ScoredStatements
from fake_news.reporting.report import Row
from fake_news.statistics.resampling import Figure
from fake_news.training.detector_models import FittedModels
from fake_news.training.duplicates import similar_pairs
from fake_news.training.recipe import read_recipe
from fake_news.training.training_sets import Corpus, Protocol


def stated(text: str, true: bool) -> Statement:
    return Statement(text, "true" if true else "false", "Ann Ott")


def judgements(texts: Sequence[str], true: Sequence[bool], probability: ArrayLike) -> Judgements:
    """What models would have made of statements; a word's weight is its length, "not" pulls towards false."""
    statements = [stated(text, is_true) for text, is_true in zip(texts, true, strict=True)]
    vectorizer = TfidfVectorizer()
    words = vectorizer.fit_transform(texts)
    scored = ScoredStatements("set", statements, np.array(true), np.array(probability), np.full(len(texts), np.nan))
    tokens = [tokenize(text) for text in texts]
    readings = [
        (found, np.array([-5.0 if token.form == "not" else float(len(token.form)) for token in found]))
        for found in tokens
    ]
    every: dict[str, Any] = {
        "name": "set",
        "models": cast(FittedModels, _Models(vectorizer)),
        "validation": scored,
        "train": scored,
        "repeated": np.array([probability]),
        "words": words.tocsr(),
        "vocabulary": vectorizer.get_feature_names_out().tolist(),
        "readings": readings,
    }
    return Judgements(**every)


class _Union:
    def __init__(self, words: TfidfVectorizer) -> None:
        self.transformer_list = [("words", words)]


class _Models:
    def __init__(self, words: TfidfVectorizer) -> None:
        self.vectorizer = _Union(words)


def figure(rows: Sequence[Row], where: str, measure: str = "") -> Figure:
    found = next(row.figure for row in rows if row.where == where and measure in row.measure)
    assert isinstance(found, Figure)
    return found


def test_reversed_labels_are_candidates_and_correct_ones_are_not() -> None:
    random = np.random.default_rng(0)
    really = random.random(2000) < 0.3
    repeated = np.clip(np.where(really, 0.8, 0.2) + random.normal(0, 0.1, (2, 2000)), 0.01, 0.99)
    turned = random.random(2000) < 0.05
    found = candidates(really ^ turned, repeated)
    assert turned[found].mean() > 0.95
    assert np.isin(np.flatnonzero(turned), found).mean() > 0.3, "those that models are surer of than on average"
    assert len(candidates(really, repeated)) == 0


def test_a_candidate_must_be_one_in_every_repetition() -> None:
    true = np.array([True, True, True, False, False, False])
    steady = np.array([0.9, 0.8, 0.1, 0.1, 0.2, 0.15])
    shaken = np.array([0.9, 0.8, 0.85, 0.1, 0.2, 0.15])
    assert candidates(true, np.stack([steady, steady])).tolist() == [2]
    assert candidates(true, np.stack([steady, shaken])).tolist() == []


def test_statements_worded_alike_on_opposite_sides() -> None:
    statements = [
        stated("The harbour lost forty boats in the flood of spring.", True),
        stated("The harbour lost fifty boats in the flood of spring.", False),
        stated("The harbour lost forty boats in the flood of spring!", True),
        stated("Bread is cheaper in the town of Millbrook than before.", False),
    ]
    pairs = similar_pairs(statements, 0.7)
    assert len(pairs) == 3
    assert pairs[0].similarity == pytest.approx(1.0, abs=0.2)
    assert not pairs[0].is_opposite
    assert {tuple(sorted(pair.differing_words)) for pair in pairs if pair.is_opposite} >= {("fifty", "forty")}
    findings, opposite = opposites("set", statements)
    assert all(pair.is_opposite for pair in opposite)
    assert all(row.n >= len(opposite) for row in findings.rows)
    assert opposites("set", statements[3:])[1] == []


def test_a_slice_with_many_errors_and_too_high_probabilities_shows() -> None:
    true = [position % 2 == 0 for position in range(400)]
    probability = [0.9 if is_true or position >= 300 else 0.1 for position, is_true in enumerate(true)]
    found = judgements(["a word"] * 400, true, probability)
    bad = np.arange(400) >= 300
    slices = [("bad", bad), ("good", ~bad), ("the same again", bad), ("too few", np.arange(400) < 20)]
    errors, calibration = errors_by_slice(found, slices), calibration_by_slice(found, slices)
    assert figure(errors.rows, "bad", "judged wrongly").value == 0.5
    assert figure(errors.rows, "good", "judged wrongly").value == 0.0
    assert figure(calibration.rows, "bad", "P(true) less").low > 0.3
    assert figure(calibration.rows, "good", "P(true) less").value == pytest.approx(0.0, abs=0.05)
    names = {row.where for row in [*errors.rows, *calibration.rows]}
    assert names == {"all", "bad", "good"}, "slices of few statements are left out, those of the same ones too"


def test_a_word_that_pulls_the_wrong_way_is_named() -> None:
    texts = ["the ferry not sank", "the ferry arrived"] * 30
    findings = misleading_words(judgements(texts, [True, True, False] * 20, [0.9] * 60))
    assert next(row.where for row in findings.rows) == "“not” pulls towards false", "what costs most comes first"
    assert figure(findings.rows, "“not” pulls towards false").value == pytest.approx(0.0, abs=1e-9), (
        "at an even base rate"
    )
    one_sided = misleading_words(judgements(texts, [True, False] * 30, [0.1, 0.9] * 30))
    assert figure(one_sided.rows, "“not” pulls towards false").high < 0.0, "they are true, and it pulls to false"
    assert figure(one_sided.rows, "“arrived” pulls towards true").high < 0.0, "they are false, and it pulls to true"


def test_the_topic_of_the_errors_stands_out() -> None:
    topics = "windmill sails|bread bakery|harbour ferry|apple orchard|church bells|tram tickets|salt mine|stone wall|"
    topics += "wool carpets|river dam|honey jars|copper roof|steam engine|village school"
    texts = [f"{topic} {topic.split()[0]}" for topic in topics.split("|") for _ in range(20)]
    wrong = np.arange(len(texts)) % 4 == 0
    wrong[:20] = True
    found = judgements(texts, [False, True] * 140, np.where(wrong, [0.9, 0.1] * 140, [0.1, 0.9] * 140))
    findings, clusters = clusters_of_errors(found)
    assert set(clusters[0].terms[:2]) == {"windmill", "sails"}, "the worst first"
    assert np.flatnonzero(clusters[0].members).tolist() == list(range(20)), "topics are not mixed"
    assert figure(findings.rows, ", ".join(clusters[0].terms)).value == 1.0
    assert all(row.n == cluster.members.sum() for row, cluster in zip(findings.rows, clusters, strict=True))


def test_few_errors_are_not_grouped() -> None:
    found = judgements(["a ferry sank", "a mill broke"] * 20, [True, False] * 20, [0.9, 0.1] * 20)
    assert clusters_of_errors(found)[1] == []
    assert worst_errors(found, 5) == []


def test_the_surest_errors_come_first_half_of_each_kind() -> None:
    texts = [f"the mayor sold {what}" for what in ("bread", "boats", "bells", "lamps", "chairs", "bricks")]
    found = judgements(texts, [True, True, True, False, False, False], [0.4, 0.1, 0.9, 0.6, 0.95, 0.2])
    assert [error.probability for error in worst_errors(found, 4)] == [0.95, 0.6, 0.1, 0.4]
    assert [error.probability for error in worst_errors(found, 1)] == [0.95]
    error = worst_errors(found, 1)[0]
    assert error.nearest.text == texts[4]
    assert error.similarity == pytest.approx(1.0)


def test_the_words_that_pulled_are_set_apart_and_tinted_by_their_weight() -> None:
    [error] = worst_errors(judgements(["Mills do not burn & sink", "Ferries sank"], [False, True], [0.9, 0.9]), 2)
    found = list(pieces(error))
    assert "".join(piece.text for piece in found) == error.statement.text
    assert [(one.text, one.side, one.weight) for one in found if one.side] == [
        ("Mills", "true", 5.0),
        ("do", "true", 2.0),
        ("not", "false", -5.0),
        ("burn", "true", 4.0),
        ("sink", "true", 4.0),
    ]
    assert [one.tint for one in found if one.text in ("not", "do")] == pytest.approx([0.22, 0.55])


def test_one_class_is_refused() -> None:
    statements = [stated(f"statement number {number}", True) for number in range(20)]
    protocol = Protocol("one class", statements, statements, [])
    with pytest.raises(DataError, match="training statements 0 are false; 5 are needed"):
        judge_unseen(Corpus({}, [], [], [], []), protocol, read_recipe(), "one class")


@pytest.mark.slow
def test_shap_names_the_word_that_decides() -> None:
    pytest.importorskip("shap", reason="the extra `explain` is not installed")
    texts = [
        f"{'poison' if number % 2 else 'honey'} in barrel {number % 7} of mill {number % 5}" for number in range(80)
    ]
    found = judgements(texts, [number % 2 == 0 for number in range(80)], [0.5] * 80)
    findings = forest_words(found, read_recipe())
    assert {row.where for row in findings.rows[:4]} >= {"“poison”", "“honey”"}
    pulls = {row.where: row.baseline.rpartition(" ")[2] for row in findings.rows}
    assert float(pulls["“poison”"]) < -0.05 < 0.05 < float(pulls["“honey”"])


def test_a_missing_shap_is_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(PlumblineError, match="needs the package shap"):
        require_shap()
