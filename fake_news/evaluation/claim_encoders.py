"""Encoders compared: what meaning adds to terms, under the same trees, per millisecond and per megabyte.

Each way of telling meaning gives the pair features that depend on it; the trees are then fitted to the same training
pairs and rank the same candidates. MiniLM needs the packages of the workshop's transformer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.evaluation.measures import mean
from fake_news.evaluation.report import Row, Section
from fake_news.evaluation.resampling import estimate
from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.files import ShippedFactChecks
from fake_news.factchecks.pair_features import FEATURES
from fake_news.factchecks.profile import profile, statement_profile
from fake_news.factchecks.statement import Statement
from fake_news.factchecks.term_table import TermTable
from fake_news.training.claim_matching.build import said_to_two_publishers
from fake_news.training.claim_matching.examples import DEBATES, TWEETS, Bench, Examples
from fake_news.training.claim_matching.pair_model import fit_trees
from fake_news.training.claim_matching.protocol import MatchingData
from fake_news.training.onnx_text_model import OnnxTextModel

logger = logging.getLogger(__name__)

Matched = Sequence[tuple[str, AbstractSet[int], str]]
Encode = Callable[[Sequence[str]], NDArray[np.float64]]
Pairs = tuple[NDArray[np.int64], NDArray[np.float32]]

_COSINE, _OF_BEST = FEATURES.index("cosine_of_meaning"), FEATURES.index("cosine_of_meaning_of_best")
_RANKS = (1, 5)
_WIDTH = 384
_HEADLINES = 2000
_TRAIN_TWEETS = 400
_MEGABYTE = 1e6


@dataclass(frozen=True)
class _Task:
    """Statements to rank claims for.

    Attributes
    ----------
    where : what is ranked, for people
    columns, texts : the claims
    train, test : statements with their claims and groups
    weight : of the pairs to learn from
    """

    where: str
    columns: ClaimColumns
    texts: Sequence[str]
    train: Matched
    test: Matched
    weight: float


class _Prepared(Bench):
    """A bench whose candidates were found before, so that an encoder's cosine can stand in theirs."""

    def __init__(self, bench: Bench, found: dict[str, Pairs]) -> None:
        self.columns, self.table, self.index, self.found = bench.columns, bench.table, bench.index, found

    @classmethod
    def of(cls, task: _Task, table: TermTable) -> _Prepared:
        bench = Bench(task.columns, table)
        return cls(bench, {text: bench.candidates(text) for text, _, _ in [*task.train, *task.test]})

    def candidates(self, text: str) -> Pairs:
        return self.found[text]

    def wanted(self, texts: Sequence[str]) -> set[str]:
        """The statements, and those of the claims' texts that are candidates."""
        return {*self.found, *(texts[claim] for claims, _ in self.found.values() for claim in claims)}

    def with_cosine(self, texts: Sequence[str], vectors: Mapping[str, NDArray[np.float64]]) -> _Prepared:
        """The same with the cosines of an encoder, of statement and claim as wholes."""
        found = {}
        for text, (claims, plain) in self.found.items():
            features = plain.copy()
            if len(claims):
                cosine = np.stack([vectors[texts[claim]] for claim in claims]) @ vectors[text]
                features[:, _COSINE], features[:, _OF_BEST] = cosine, cosine - cosine.max()
            found[text] = claims, features
        return _Prepared(self, found)


def encoder_rows(shipped: ShippedFactChecks, data: MatchingData) -> list[Row]:
    """MAP of every encoder on debates and on tweets, and what it costs."""
    from fake_news.training.claim_matching.claim_encoder import fine_tuned_encoder  # needs PyTorch
    from fake_news.training.minilm import frozen_encoder

    table = shipped.table
    without = replace(table, vectors=np.zeros((len(table), 1), dtype=np.int8))
    tasks = _tasks(shipped, data)
    bare = [_Prepared.of(task, without) for task in tasks]
    static = [_Prepared.of(task, table) for task in tasks]
    statements = [text for text, _, _ in tasks[0].test]

    def scored(way: str, benches: Sequence[_Prepared], size: float, read: Callable[[str], Any]) -> Iterator[Row]:
        cost = f"{size / _MEGABYTE:.0f} MB, {_milliseconds(read, statements):.2f} ms a statement"
        for task, bench in zip(tasks, benches, strict=True):
            for most, precision in _precision(bench, task).items():
                figure = estimate(mean(precision), len(precision))
                logger.info("MAP@%d, %s, %s: %.3f (%s)", most, way, task.where, precision.mean(), cost)
                yield Row(Section.MATCHING, f"MAP@{most}, {way}", task.where, len(precision), None, figure, cost)

    def of_terms(own: TermTable) -> Callable[[str], Any]:
        return lambda text: Statement.of(statement_profile(text), own)

    rows = [
        *scored("(a) terms alone", bare, 0.0, of_terms(without)),
        *scored("(b) static term vectors", static, table.vectors.nbytes, of_terms(table)),
    ]
    encoders: dict[str, Callable[[], OnnxTextModel]] = {
        "as published": lambda: frozen_encoder(longest=64),
        "fine-tuned": lambda: fine_tuned_encoder(_pairs(shipped, data)),
    }
    for name, make in encoders.items():
        encode = make()
        size = float(len(encode.model) + len(encode.tokenizer) + _WIDTH * len(data.claim_texts))
        wanted = sorted(
            {
                text
                for pair in (bare, static)
                for bench, task in zip(pair, tasks, strict=True)
                for text in bench.wanted(task.texts)
            }
        )
        logger.info("Encoding %d texts, MiniLM %s …", len(wanted), name)
        vectors = dict(zip(wanted, encode(wanted), strict=True))

        def read(text: str, encode: Encode = encode) -> NDArray[np.float64]:
            return encode([text])

        for way, benches, more in (("(c)", bare, 0.0), ("(b) and (c)", static, float(table.vectors.nbytes))):
            mixed = [bench.with_cosine(task.texts, vectors) for bench, task in zip(benches, tasks, strict=True)]
            rows += scored(f"{way} MiniLM, int8 ONNX, {name}", mixed, size + more, read)
    return rows


def _tasks(shipped: ShippedFactChecks, data: MatchingData) -> list[_Task]:
    lies = {side: [(lie.text, lie.gold, lie.event) for lie in found] for side, found in data.lies.items()}
    verified = data.verified
    tweets = {
        side: [(text, gold, f"tweets on {min(gold)}") for text, gold in found]
        for side, found in verified.tweets.items()
    }
    columns = ClaimColumns.of([profile(text, headline=title) for text, title in verified.claims])
    texts = [text for text, _ in verified.claims]
    tweeted = tweets["train"][:: max(1, len(tweets["train"]) // _TRAIN_TWEETS)]
    return [
        _Task("known_lie, held-out events", shipped.columns, data.claim_texts, lies["train"], lies["test"], DEBATES),
        _Task("CheckThat! 2020 task 2 dev", columns, texts, tweeted, tweets["dev"], TWEETS),
    ]


def _pairs(shipped: ShippedFactChecks, data: MatchingData) -> list[tuple[str, str]]:
    """What the encoder is fine-tuned on: headlines and other wordings of claims, none of which the trees learn from."""
    claims = data.collection.claims
    headed = [claim for claim in claims if claim.headline]
    chosen = np.random.default_rng(0).permutation(len(headed))[:_HEADLINES]
    twice = said_to_two_publishers(data, Bench(shipped.columns, shipped.table))
    return [
        *((headed[row].headline, headed[row].text) for row in chosen),
        *((text, claims[claim].text) for text, claim, _ in [*data.annotated, *twice]),
    ]


def _precision(bench: Bench, task: _Task) -> dict[int, NDArray[np.float64]]:
    """One over the rank of the first right claim, 0 beyond the best few, for every statement, by how many are few."""
    examples = Examples()
    examples.add_matched(bench, task.train, task.weight)
    trees = fit_trees(examples, rivalry=True)
    ranks = []
    for text, gold, _ in task.test:
        claims, features = bench.candidates(text)
        score = trees.decision_function(features) if len(claims) else np.empty(0)
        best = claims[np.argsort(-score, kind="stable")].tolist()
        ranks.append(next((rank for rank, claim in enumerate(best, start=1) if claim in gold), np.inf))
    rank = np.array(ranks)
    return {most: np.where(rank <= most, 1.0 / rank, 0.0) for most in _RANKS}


def _milliseconds(read: Callable[[str], Any], texts: Sequence[str]) -> float:
    """Processor time that reading one statement takes."""
    read(texts[0])
    before = time.process_time()
    for text in texts:
        read(text)
    return 1000.0 * (time.process_time() - before) / len(texts)
