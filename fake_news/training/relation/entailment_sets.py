"""Public sets of entailment, for what no fact-check teaches: negation, conjunctions, one word put for another.

The premise is the sentence and the hypothesis the claim. Each set is skipped where it is missing; of the large ones a
sample is enough. Licences and traps: ``data/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from fake_news.data.folder import read_table, read_text
from fake_news.training.relation.examples import Example
from fake_news.training.relation.outcomes import CONTRADICTS, ENTAILS, NEUTRAL, NOT_ENTAILED

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


def entailment_rows(folder: Path, random: np.random.Generator) -> list[Row]:
    """A sample of the rows of all sets that are there."""
    small = folder / "nli_small"
    sources: list[tuple[Path, Callable[[Path], Pairs], int]] = [
        (folder / "sick" / "SICK_train.txt", _sick, 3000),
        (small / "MED.tsv", _monotonicity, 500),
        (small / "ConjNLI_adversarial_train_15k.tsv", _conjunctions, 1000),
        (small / "negation_SNLI.txt", _negations, 1000),  # the other two are not UTF-8
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
    """Trap: its neutral rows are those that are not entailed, contradictions among them."""
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
