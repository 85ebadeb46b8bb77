"""Encoders compared: what meaning adds to terms, under the same trees, per millisecond and per megabyte.

Each way of telling meaning gives the pair features that depend on it; the trees are then fitted to the same training
pairs and rank the same candidates. MiniLM needs the packages of the workshop's transformer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.evaluation.measures import mean
from fake_news.evaluation.report import Row, Section
from fake_news.evaluation.resampling import Figure, estimate
from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.files import ShippedFactChecks
from fake_news.factchecks.pair_features import FEATURES, Statement
from fake_news.factchecks.profile import profile, statement_profile
from fake_news.factchecks.term_table import TermTable
from fake_news.training.claim_matching.examples import DEBATES, TWEETS, Bench, Examples
from fake_news.training.claim_matching.pair_model import fit_trees
from fake_news.training.claim_matching.protocol import MatchingData

Matched = Sequence[tuple[str, AbstractSet[int], str]]
Encode = Callable[[Sequence[str]], NDArray[np.float64]]

_COSINE, _OF_BEST = FEATURES.index("cosine_of_meaning"), FEATURES.index("cosine_of_meaning_of_best")
_BEST = 5
_MEGABYTE = 1e6


class _EncodedBench(Bench):
    """A bench whose cosine is an encoder's, of statement and claim as wholes."""

    def __init__(self, columns: ClaimColumns, table: TermTable, texts: Sequence[str], encode: Encode) -> None:
        super().__init__(columns, table)
        self._texts, self._encode = texts, encode
        self._vectors: dict[str, NDArray[np.float64]] = {}

    def candidates(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        claims, features = super().candidates(text)
        wanted = [text, *(self._texts[claim] for claim in claims)]
        if new := [item for item in dict.fromkeys(wanted) if item not in self._vectors]:
            self._vectors |= zip(new, self._encode(new), strict=True)
        if len(claims):
            cosine = np.stack([self._vectors[item] for item in wanted[1:]]) @ self._vectors[text]
            features[:, _COSINE], features[:, _OF_BEST] = cosine, cosine - cosine.max()
        return claims, features


def encoder_rows(shipped: ShippedFactChecks, data: MatchingData) -> list[Row]:
    """MAP@5 of every encoder on tweets and on debates, and what it costs."""
    from fake_news.training.minilm import frozen_encoder  # needs PyTorch

    tweets_columns = ClaimColumns.of([profile(text, headline=title) for text, title in data.verified.claims])
    table = shipped.table
    without = replace(table, vectors=np.zeros((len(table), 1), dtype=np.int8))
    encode = frozen_encoder(longest=64)
    texts, tweet_texts = data.claim_texts, [text for text, _ in data.verified.claims]
    ways: dict[str, tuple[Bench, Bench, float, Callable[[str], Any]]] = {
        "(a) terms alone": (
            Bench(shipped.columns, without),
            Bench(tweets_columns, without),
            0.0,
            lambda text: Statement.of(statement_profile(text), without),
        ),
        "(b) static term vectors": (
            Bench(shipped.columns, table),
            Bench(tweets_columns, table),
            float(table.vectors.nbytes),
            lambda text: Statement.of(statement_profile(text), table),
        ),
        "(c) MiniLM, int8 ONNX, not fine-tuned": (
            _EncodedBench(shipped.columns, without, texts, encode),
            _EncodedBench(tweets_columns, without, tweet_texts, encode),
            float(len(encode.model) + len(encode.tokenizer) + encode([texts[0]]).shape[1] * len(texts)),
            lambda text: encode([text]),
        ),
        "(b) and (c) together": (
            _EncodedBench(shipped.columns, table, texts, encode),
            _EncodedBench(tweets_columns, table, tweet_texts, encode),
            float(table.vectors.nbytes + len(encode.model) + len(encode.tokenizer) + 384 * len(texts)),
            lambda text: (encode([text]), Statement.of(statement_profile(text), table)),
        ),
    }
    rows = []
    for name, (bench, tweets_bench, size, read) in ways.items():
        lies = {side: [(lie.text, lie.gold, lie.event) for lie in found] for side, found in data.lies.items()}
        tweets: dict[str, Matched] = {
            side: [(text, gold, f"tweets on {min(gold)}") for text, gold in found]
            for side, found in data.verified.tweets.items()
        }
        milliseconds = _milliseconds(read, [text for text, _, _ in lies["test"]])
        cost = f"{size / _MEGABYTE:.0f} MB, {milliseconds:.2f} ms a statement"
        where = "known_lie, held-out events"
        rows.append(_row(f"MAP@5, {name}", where, _precision(bench, lies["train"], lies["test"], DEBATES), cost))
        where = "CheckThat! 2020 task 2 dev"
        rows.append(
            _row(f"MAP@5, {name}", where, _precision(tweets_bench, tweets["train"], tweets["dev"], TWEETS), cost)
        )
    return rows


def _precision(bench: Bench, train: Matched, test: Matched, weight: float) -> NDArray[np.float64]:
    """One over the rank of the first right claim, 0 beyond the best few, for every statement."""
    examples = Examples()
    examples.add_matched(bench, train, weight)
    trees = fit_trees(examples, rivalry=True)
    found = []
    for text, gold, _ in test:
        claims, features = bench.candidates(text)
        score = trees.decision_function(features) if len(claims) else np.empty(0)
        best = claims[np.argsort(-score, kind="stable")][:_BEST].tolist()
        found.append(next((1.0 / rank for rank, claim in enumerate(best, start=1) if claim in gold), 0.0))
    return np.array(found)


def _milliseconds(read: Callable[[str], Any], texts: Sequence[str]) -> float:
    """Processor time that reading one statement takes."""
    read(texts[0])
    before = time.process_time()
    for text in texts:
        read(text)
    return 1000.0 * (time.process_time() - before) / len(texts)


def _row(measure: str, where: str, precision: NDArray[np.float64], cost: str) -> Row:
    figure: Figure | None = estimate(mean(precision), len(precision))
    return Row(Section.MATCHING, measure, where, len(precision), None, figure, cost)
