"""Encoders of other sizes: how well each recognises claims, how fast, in how many megabytes."""

from __future__ import annotations

import argparse
import io
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.percentiles import percentile
from fake_news.common.arrays import Float32Array
from fake_news.data.fact_checks import canonical_address, load_fact_checks
from fake_news.data.folder import data_folder
from fake_news.data.project_sentences import Kind, PlainSentence, Split, load_plain_words
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import CHECKPOINTS, current_checkpoint
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.encoder.store import read_encoder
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.detection.factchecks.matcher import NEAREST_CLAIMS
from fake_news.detection.factchecks.relation.head import OUTCOMES, Head
from fake_news.detection.factchecks.search.claim_vectors import ClaimVectors, quantise
from fake_news.detection.factchecks.shipped_fact_checks import SECTION
from fake_news.training.relation.bounds import WRONG_KINDS

HELP = "encoders of several sizes on development rulings: what their heads tell and find, and what they cost"
_OTHER_CLAIMS = 8_000
_WRONG_SHARES = (0.01, 0.02, 0.05)
_SAYS_CLAIM = [OUTCOMES.index("same"), OUTCOMES.index("more")]
_TIMED = 200


class _Material(NamedTuple):
    """Sentences around development rulings, the claim of each by its place, and all claims that are searched."""

    sentences: list[PlainSentence]
    own: list[int]
    claims: list[str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("folders", nargs="*", type=Path, help="further encoders, model_checkpoints/encoders/…")


def run(arguments: argparse.Namespace) -> None:
    """Print a row for each encoder: first the shipped one, then the others."""
    shipped = CHECKPOINTS / "encoders" / read_checkpoint(current_checkpoint()).model[SECTION]["encoder"]
    material = _material(data_folder())
    kinds = np.array([sentence.kind for sentence in material.sentences])
    print(f"{(kinds == Kind.SAME).sum()} plain wordings, {len(material.claims):,} claims searched")
    print(
        f"{'encoder':>14} {'MB':>5} {'ms p50':>7} {'found':>6}"
        + "".join(f"{share:>9.0%} wrong" for share in _WRONG_SHARES)
    )
    for folder in (shipped, *arguments.folders):
        files = read_encoder(folder.name, folder.parent.parent)
        encoder = Encoder(files)
        took = _milliseconds(encoder, [sentence.text for sentence in material.sentences[:_TIMED]])
        ours, theirs = encoder([sentence.text for sentence in material.sentences]), encoder(material.claims)
        with np.load(io.BytesIO(files.arrays), allow_pickle=False) as arrays:
            said = _same_claim_probabilities(Head.from_arrays(arrays), ours, theirs, material.own)
        found = _share_found(ours, theirs, material.own, kinds == Kind.SAME)
        recalls = "".join(f"{_recall(said, kinds, share):>15.3f}" for share in _WRONG_SHARES)
        size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        print(
            f"{folder.name[:12]:>14} {size:>5.1f} {took:>7.2f} {found:>6.3f}"
            + "".join(f"{one:>15.3f}" for one in recalls)
        )


def _material(folder: Path) -> _Material:
    texts: dict[str, list[str]] = {}
    for claim in load_fact_checks(folder).claims:
        texts.setdefault(canonical_address(claim.fact_check.url), []).append(
            encoder_text(claim.text, claim.fact_check.speaker)
        )
    every = [claims[0] for claims in texts.values()]
    others = [every[i] for i in np.random.default_rng(0).permutation(len(every))[:_OTHER_CLAIMS].tolist()]
    sentences = [
        one
        for one in load_plain_words()
        if one.split is Split.DEVELOPMENT and len(texts.get(canonical_address(one.url), [])) == 1
    ]
    of_sentence = [texts[canonical_address(one.url)][0] for one in sentences]
    claims = list(dict.fromkeys([*of_sentence, *others]))
    place = {claim: i for i, claim in enumerate(claims)}
    return _Material(sentences, [place[claim] for claim in of_sentence], claims)


def _milliseconds(encoder: Encoder, texts: list[str]) -> float:
    times = []
    for text in texts:
        encoder.clear_cache()
        began = time.perf_counter()
        encoder([text])
        times.append(1000 * (time.perf_counter() - began))
    return percentile(times, 0.5)


def _same_claim_probabilities(head: Head, ours: Float32Array, theirs: Float32Array, own: list[int]) -> Float32Array:
    """Compute the probability that each sentence says its own claim, by the head alone."""
    return np.array([head(one, theirs[[row]])[0, _SAYS_CLAIM].sum() for one, row in zip(ours, own, strict=True)])


def _share_found(ours: Float32Array, theirs: Float32Array, own: list[int], asked: np.ndarray) -> float:
    """Measure the share of plain wordings that have their claim among the nearest."""
    index, places = ClaimVectors(quantise(theirs)), np.flatnonzero(asked)
    nearest = index.nearest(ours[places], NEAREST_CLAIMS)
    return float(np.mean([own[place] in claims for place, (claims, _) in zip(places.tolist(), nearest, strict=True)]))


def _recall(said: Float32Array, kinds: np.ndarray, share: float) -> float:
    """Measure the share of plain wordings above the threshold that this share of the wrong sentences exceeds."""
    wrong = said[np.isin(kinds, sorted(WRONG_KINDS["says"]))]
    return float((said[kinds == Kind.SAME] > np.quantile(wrong, 1 - share)).mean())
