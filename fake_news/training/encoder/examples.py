"""Examples that the encoder is trained on: a claim with sentences around it, and the outcomes that each label allows.

Most labels of data sets leave some outcomes open: an entailed hypothesis may say the same as its premise or less. An
example therefore has the set of outcomes that its label allows, and training asks for the probability of the set.

Public sets of labelled sentence pairs teach what fact-checks cannot: negation, conjunctions, exchanged words. The
premise is the sentence and the hypothesis the claim. Each set is skipped where it is missing; of the large ones a
sample is enough. Licences and pitfalls: ``data/README.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fake_news.data.folder import read_table, read_text
from fake_news.data.project_sentences import Kind
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.detection.factchecks.relation.head import OUTCOMES

SAME, MORE, LESS, OPPOSITE, CONTRARY, RELATED, REPORTED = (1 << i for i in range(len(OUTCOMES)))

ENTAILS = SAME | MORE
"""The sentence entails the claim, as a premise entails its hypothesis."""
NEUTRAL = LESS | RELATED
CONTRADICTS = OPPOSITE | CONTRARY
NOT_ENTAILED = NEUTRAL | CONTRADICTS

OUTCOMES_OF_KIND = {
    Kind.SAME: SAME,
    Kind.MORE: SAME | MORE,
    Kind.LESS: LESS | RELATED,
    Kind.OPPOSITE: OPPOSITE,
    Kind.NEAR: CONTRARY | RELATED,
    Kind.PART: LESS | RELATED,
    Kind.REPORT: OPPOSITE | REPORTED,
    Kind.ATTRIBUTED: SAME | MORE,
    Kind.FRAGMENT: RELATED | REPORTED,
    Kind.BACKGROUND: LESS | RELATED,
}
"""The outcomes that each kind of plain sentence allows."""


class Example(NamedTuple):
    """A sentence beside a claim.

    Attributes
    ----------
    allowed : bits of the outcomes that may hold
    weight : its weight in the loss
    is_match : whether the claim is what a search for the sentence should find first
    """

    sentence: str
    allowed: int
    weight: float = 1.0
    is_match: bool = False


@dataclass(frozen=True)
class Group:
    """Sentences around one claim, which are encoded together, so that the claim is read once.

    Attributes
    ----------
    claim : as the encoder reads it
    others : further claims, near but not the same, which none of the sentences says
    """

    claim: str
    examples: list[Example]
    others: list[str] = field(default_factory=list)


def group_examples(rows: list[tuple[str, Example]], most: int = 8) -> list[Group]:
    """Group rows of (claim, example) by claim, at most ``most`` examples each."""
    by_claim: dict[str, list[Example]] = {}
    for claim, example in rows:
        by_claim.setdefault(claim, []).append(example)
    return [
        Group(claim, examples[first : first + most])
        for claim, examples in by_claim.items()
        for first in range(0, len(examples), most)
    ]


def outcomes_of(kind: Kind, text: str) -> int:
    """The outcomes that a plain sentence allows: a report in the form of a question is not a denial."""
    if kind is Kind.REPORT and text.rstrip().endswith("?"):
        return REPORTED
    return OUTCOMES_OF_KIND[kind]


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
