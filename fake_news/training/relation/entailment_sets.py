"""Public sets of labelled sentence pairs, for what fact-checks cannot teach: negation, conjunctions, exchanged words.

The premise is the sentence and the hypothesis the claim. Each set is skipped where it is missing; of the large ones a
sample is enough. Licences and pitfalls: ``data/README.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from fake_news.data.folder import read_table, read_text
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.training.relation.examples import (
    CONTRADICTS,
    ENTAILS,
    LESS,
    NEUTRAL,
    NOT_ENTAILED,
    RELATED,
    REPORTED,
    Example,
)

Row = tuple[str, Example]
Pairs = Iterator[tuple[str, str, int]]

_WEIGHT = 0.5
_MOST_WORDS = 45
_LABELS = {
    "entailment": ENTAILS,
    "neutral": NEUTRAL,
    "contradiction": CONTRADICTS,
    "not_entailment": NOT_ENTAILED,
    "SUPPORTS": ENTAILS,
    "REFUTES": CONTRADICTS,
}
_LINK = re.compile(r"https?://\S+")
_FEWEST_WORDS = 3
_TWEET_LABELS = {
    "ENTAILMENT": ENTAILS,
    "NEUTRAL": LESS | RELATED | REPORTED,
    "CONTRADICTION": CONTRADICTS,
}


def entailment_rows(folder: Path, random: np.random.Generator) -> list[Row]:
    """Sample the rows of all sets that are there."""
    small = folder / "nli_small"
    sources: list[tuple[Path, Callable[[Path], Pairs], int]] = [
        (folder / "sick" / "SICK_train.txt", _sick, 3000),
        (small / "MED.tsv", _monotonicity, 500),
        (small / "ConjNLI_adversarial_train_15k.tsv", _conjunctions, 1000),
        (small / "negation_SNLI.txt", _negations, 1000),  # the other two files of this set are not UTF-8
        *((folder / "fever_small" / f"fever_symmetric_{name}.jsonl", _symmetric, 500) for name in ("dev", "test")),
    ]
    rows: list[Row] = []
    for path, read, most in sources:
        if path.is_file():
            found = list(read(path))
            for i in random.permutation(len(found))[:most].tolist():
                premise, hypothesis, allowed = found[i]
                sentence = " ".join(premise.split()[:_MOST_WORDS])
                rows.append((hypothesis, Example(sentence, allowed, _WEIGHT)))
    return rows


def _sick(path: Path) -> Pairs:
    columns = ["sentence_A", "sentence_B", "entailment_judgment"]
    for _, row in read_table(path, columns, quoted=False, separator="\t"):
        yield row["sentence_A"], row["sentence_B"], _LABELS[row["entailment_judgment"].lower()]


def _monotonicity(path: Path) -> Pairs:
    """Its label "neutral" means "not entailed", so that contradictions are among these rows."""
    for _, row in read_table(path, ["sentence1", "sentence2", "gold_label"], quoted=False, separator="\t"):
        yield row["sentence1"], row["sentence2"], ENTAILS if row["gold_label"] == "entailment" else NOT_ENTAILED


def _conjunctions(path: Path) -> Pairs:
    for _, row in read_table(path, ["Premise", "Hypothesis", "Label"], quoted=False, separator="\t"):
        yield row["Premise"], row["Hypothesis"], _LABELS[row["Label"]]


def _negations(path: Path) -> Pairs:
    for _, row in read_table(path, ["Text", "Hypothesis", "gold_label"], quoted=False, separator="\t"):
        yield row["Text"], row["Hypothesis"], _LABELS[row["gold_label"].strip()]


def _symmetric(path: Path) -> Pairs:
    for line in read_text(path).splitlines():
        row = json.loads(line)
        yield row["sentence1"], row["sentence2"], _LABELS[row["gold_label"]]


def synthetic_tweets(folder: Path) -> list[tuple[str, Example]]:
    """Claims with tweets that a language model wrote (CC BY-NC-SA 4.0); none if the set is missing.

    Real posts with the claims they were matched with were tried, too, and left out: most say something looser than the
    claim, which taught the encoder to overlook near misses.
    """
    path = folder / "choi_claim_matching" / "train_gpt4_balanced.tsv"
    if not path.is_file():
        return []
    rows = []
    for _, row in read_table(path, ["tweet", "claim", "label"], quoted=False, separator="\t"):
        words = _LINK.sub("", row["tweet"]).split()[:_MOST_WORDS]
        if len(words) >= _FEWEST_WORDS:
            rows.append((encoder_text(row["claim"]), Example(" ".join(words), _TWEET_LABELS[row["label"]])))
    return rows
