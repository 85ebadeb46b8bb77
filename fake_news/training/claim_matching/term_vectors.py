"""The term table: how rare each term is, whether it is a name, and its vector.

Vectors are distilled from MiniLM, a sentence encoder, word by word (Tulkens & van Dongen 2024, "Model2Vec"), then tuned
on claims and the headlines above their fact-checks, so that the sum over a claim's terms lies near that over its
headline's and far from others'. Nothing of the encoder is needed afterwards.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.profile import capitalised, profile
from fake_news.factchecks.term_table import TermTable, quantised
from fake_news.factchecks.terms import term_of
from fake_news.text.tokens import tokenize

logger = logging.getLogger(__name__)

Floats = NDArray[np.float32]

_FEWEST_OCCURRENCES = 2
_NAME_FROM = 0.6
_DIMENSIONS = 256
_EPOCHS = 4
_BATCH = 512
_LEARNING_RATE = 5e-3
_TEMPERATURE = 0.05
_KEPT_TERMS = 0.9


@dataclass(frozen=True)
class Vocabulary:
    """What a body of text shows about its terms.

    Attributes
    ----------
    words : for each term, how often each of its words occurs
    capitals : for each term, how often it is capitalised where nothing but a name would be, and how often not
    """

    words: dict[int, Counter[str]]
    capitals: dict[int, tuple[int, int]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """The vocabulary of these texts."""
        words: defaultdict[int, Counter[str]] = defaultdict(Counter)
        named: Counter[int] = Counter()
        seen: Counter[int] = Counter()
        for text in texts:
            tokens = tokenize(text)
            names = capitalised(text, tokens)
            telling = any(names)
            for place, (token, is_name) in enumerate(zip(tokens, names, strict=True)):
                term = term_of(token.form)
                if term is None or token.form[0].isdigit():
                    continue
                words[term][token.form] += 1
                if telling and place:
                    seen[term] += 1
                    named[term] += is_name
        return cls(dict(words), {term: (named[term], count - named[term]) for term, count in seen.items()})

    def is_name(self, term: int) -> bool:
        """Whether a term is mostly a name."""
        named, plain = self.capitals.get(term, (0, 0))
        return named > _NAME_FROM * (named + plain)


def term_table(columns: Sequence[ClaimColumns], vocabulary: Vocabulary, vectors: dict[int, Floats]) -> TermTable:
    """The table of all terms of some claims and of the frequent ones of the vocabulary."""
    counted, counts = np.unique(np.concatenate([part.terms.values for part in columns]), return_counts=True)
    frequent = [term for term, words in vocabulary.words.items() if words.total() >= _FEWEST_OCCURRENCES]
    hashes = np.union1d(counted, np.array(frequent, dtype=np.uint32))
    frequency = np.zeros(len(hashes))
    frequency[np.searchsorted(hashes, counted)] = counts
    size = sum(map(len, columns))
    rarity = np.log(1.0 + (size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    width = len(next(iter(vectors.values()))) if vectors else 1
    dense = np.stack([vectors.get(term, np.zeros(width, dtype=np.float32)) for term in hashes.tolist()])
    steps, scales = quantised(dense)
    names = np.array([vocabulary.is_name(term) for term in hashes.tolist()], dtype=bool)
    return TermTable(hashes, rarity, steps, scales, names)


def tuned_vectors(table: TermTable, vocabulary: Vocabulary, pairs: Sequence[tuple[str, str]]) -> dict[int, Floats]:
    """Vectors of terms, distilled from MiniLM and tuned on pairs of texts that say the same. Needs PyTorch.

    Parameters
    ----------
    table : the terms and their rarity; its vectors are not used
    pairs : claims and headlines
    """
    import torch  # the only place besides minilm that needs it

    distilled = _distilled(table, vocabulary)
    bags = [(_bag(left, table), _bag(right, table)) for left, right in pairs]
    bags = [(left, right) for left, right in bags if len(left) > 1 and len(right) > 1]
    logger.info("Tuning the vectors of %d terms on %d pairs …", len(table), len(bags))
    torch.manual_seed(0)
    random = np.random.default_rng(0)
    weights = torch.nn.Parameter(torch.tensor(distilled))
    optimizer = torch.optim.Adam([weights], lr=_LEARNING_RATE)
    steps = _EPOCHS * (len(bags) // _BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(1.0 - step / max(steps, 1), 0.0))

    def encode(terms: list[NDArray[np.int64]]) -> torch.Tensor:
        starts = np.cumsum([0, *(len(bag) for bag in terms[:-1])])
        summed = torch.nn.functional.embedding_bag(
            torch.tensor(np.concatenate(terms)), weights, torch.tensor(starts), mode="sum"
        )
        return torch.nn.functional.normalize(summed)

    for _ in range(_EPOCHS):
        order = random.permutation(len(bags))
        for first in range(0, len(order) - _BATCH + 1, _BATCH):
            rows = order[first : first + _BATCH]
            left = encode([_thinned(bags[row][0], random) for row in rows])
            right = encode([bags[row][1] for row in rows])
            similarity = left @ right.T / _TEMPERATURE
            own = torch.arange(_BATCH)
            loss = torch.nn.functional.cross_entropy(similarity, own)
            loss = loss + torch.nn.functional.cross_entropy(similarity.T, own)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    found = weights.detach().numpy()
    return dict(zip(table.hashes.tolist(), found, strict=True))


def _distilled(table: TermTable, vocabulary: Vocabulary) -> Floats:
    """MiniLM's vectors of the terms' words in fewer dimensions, longer for rarer terms."""
    from fake_news.training.minilm import frozen_encoder

    words = {
        term: [(word, count) for word, count in vocabulary.words[term].items() if count >= _FEWEST_OCCURRENCES]
        for term in table.hashes.tolist()
        if term in vocabulary.words
    }
    listed = sorted({word for found in words.values() for word, _ in found})
    logger.info("Encoding %d words …", len(listed))
    vector_of = dict(zip(listed, frozen_encoder(longest=12)(listed), strict=True))
    full = np.zeros((len(table), len(next(iter(vector_of.values())))), dtype=np.float64)
    for row, term in enumerate(table.hashes.tolist()):
        if found := words.get(term):
            full[row] = np.average([vector_of[word] for word, _ in found], axis=0, weights=[n for _, n in found])
    known = full.any(axis=1)
    importance = np.exp(-0.5 * table.rarity.astype(np.float64))  # the square root of how frequent a term is, about
    mean = np.average(full[known], axis=0, weights=importance[known])
    full[known] -= mean
    _, _, axes = np.linalg.svd(full[known] * importance[known, None], full_matrices=False)
    narrow = full @ axes[:_DIMENSIONS].T
    narrow /= np.linalg.norm(narrow[known], axis=1).mean()
    scaled: Floats = (narrow * (table.rarity / table.rarity.mean())[:, None]).astype(np.float32)
    return scaled


def _bag(text: str, table: TermTable) -> NDArray[np.int64]:
    rows = table.rows(np.array(sorted(profile(text).terms), dtype=np.uint32))
    return rows[rows >= 0]


def _thinned(bag: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
    """Most of the terms, so that no single one is relied on."""
    kept = bag[random.random(len(bag)) < _KEPT_TERMS]
    return kept if len(kept) > 1 else bag
