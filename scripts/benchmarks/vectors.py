"""Shorter vectors: what searching the shipped claims along fewer principal directions costs and finds."""

from __future__ import annotations

import argparse
import time

import numpy as np

from benchmarks.percentiles import percentile
from fake_news.common.arrays import Float32Array, Int8Array
from fake_news.common.errors import PlumblineError
from fake_news.data.project_sentences import Split, load_plain_words
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.factchecks.matcher import NEAREST_CLAIMS
from fake_news.detection.factchecks.search.claim_vectors import ClaimVectors
from fake_news.detection.factchecks.shipped_fact_checks import ShippedFactChecks

HELP = "search among the shipped claims with smaller vectors: what is found, how fast, in how much memory"
_DIRECTIONS = (32, 64, 96, 128, 192)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--statements", type=int, default=300, help="plain words that are looked up (default: 300)")


def run(arguments: argparse.Namespace) -> None:
    """Print a row for each size."""
    shipped = ShippedFactChecks.read(read_checkpoint(current_checkpoint()))
    if shipped is None:
        raise PlumblineError(
            "The checkpoint has no fact-checks.", "Build them: `python -m fake_news factchecks build`."
        )
    texts = [one.text for one in load_plain_words() if one.split is Split.DEVELOPMENT][: arguments.statements]
    statements, width = shipped.encoder(texts), shipped.vectors.shape[1]
    exact, _ = _search(shipped.vectors, width, statements)
    print(f"{len(shipped.vectors):,} claims, {len(texts)} statements, the nearest {NEAREST_CLAIMS} of each")
    print(f"{'directions':>10} {'found':>8} {'all':>8} {'ms':>8} {'MB':>8}")
    for directions in (*_DIRECTIONS, width):
        found, took = _search(shipped.vectors, directions, statements)
        shares = np.array(
            [len(set(ours) & set(theirs)) / NEAREST_CLAIMS for ours, theirs in zip(found, exact, strict=True)]
        )
        megabytes = len(shipped.vectors) * (width + 4 * directions) / 1e6
        print(f"{directions:>10} {shares.mean():>8.4f} {(shares == 1).mean():>8.3f} {took:>8.2f} {megabytes:>8.0f}")


def _search(vectors: Int8Array, directions: int, statements: Float32Array) -> tuple[list[list[int]], float]:
    """Find the nearest claims of each statement; also return the median time in milliseconds."""
    index, found, times = ClaimVectors(vectors, directions), [], []
    for statement in statements:
        began = time.perf_counter()
        claims, _ = index.nearest(statement[None], NEAREST_CLAIMS)[0]
        times.append(1000 * (time.perf_counter() - began))
        found.append(claims.tolist())
    return found, percentile(times, 0.5)
