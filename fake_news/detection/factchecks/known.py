"""All rulings a detector knows: the checkpoint's, and those that the reader imported, which may change at any time."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.addresses import page_key
from fake_news.detection.factchecks.as_read import as_read
from fake_news.detection.factchecks.bearing import Near
from fake_news.detection.factchecks.candidates import Found
from fake_news.detection.factchecks.deciding import chosen, evidence, shown
from fake_news.detection.factchecks.judge.near_ruling import NearRuling
from fake_news.detection.factchecks.judge.question import readable
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.search.claim_vectors import quantised
from fake_news.detection.factchecks.shipped import ShippedFactChecks
from fake_news.detection.factchecks.term_table import TermTable
from fake_news.detection.verdict import Evidence

logger = logging.getLogger(__name__)

_ENCODED_AT_ONCE = 200
"""Imported claims without a vector that are encoded as they are loaded; more would keep a reader waiting."""


_ENDS = (".", "!", "?", "…", '"', "”", "'", "’")


class ImportedFactChecks(Protocol):
    """Where the rulings come from that the reader imported."""

    def version(self) -> str:
        """Another string whenever they have changed."""

    def library(self, table: TermTable, encoder: Encoder) -> Library | None:
        """All of them, ready to be searched; ``None`` where there are none."""


class _Known(NamedTuple):
    """The imported rulings at one moment, and what finds them and the shipped ones."""

    version: str
    imported: Library | None
    matcher: Matcher | None


class KnownEvidence(NamedTuple):
    """What is known of a statement.

    Attributes
    ----------
    shown : the rulings that decide, and related ones
    near : all rulings that were looked at
    """

    shown: tuple[Evidence, ...]
    near: Near | None


NO_EVIDENCE = KnownEvidence((), None)


class KnownFactChecks:
    """Finds evidence among all known rulings.

    Parameters
    ----------
    shipped : those of the checkpoint; without them nothing can be found, as they bring encoder and relation model
    imported : the reader's
    """

    def __init__(self, shipped: ShippedFactChecks | None, imported: ImportedFactChecks | None = None) -> None:
        self._shipped = shipped
        self._imported = imported if shipped else None
        self._shipped_library = (
            Library.of(shipped.columns, shipped.vectors, shipped.rulings, shipped.table) if shipped else None
        )
        self._core_library = shipped.core.library(shipped.table) if shipped and shipped.core else None
        # Replaced as a whole: what one thread has read of the imported ones, no other may take for the earlier ones.
        self._now = _Known("", None, self._with(None))

    @classmethod
    def of(cls, checkpoint: Checkpoint, imported: ImportedFactChecks | None = None) -> KnownFactChecks:
        """Those of a checkpoint and the imported ones."""
        return cls(ShippedFactChecks.read(checkpoint), imported)

    def evidence(self, statements: Sequence[str]) -> list[KnownEvidence]:
        """The evidence on each of some statements."""
        matcher = self.matcher()
        if matcher is None or not statements:
            return [NO_EVIDENCE] * len(statements)
        return [KnownEvidence(evidence(found.matches), found.near) for found in matcher.match_many(statements)]

    def near_rulings(self, statement: str, most: int) -> tuple[NearRuling, ...]:
        """The nearest rulings on a statement, those that decide first: what another reader may be asked about."""
        matcher = self.matcher()
        if matcher is None:
            return ()
        [found] = matcher.match_many([statement])
        near = [NearRuling(shown(one), one.may_decide, one.same_negation) for one in chosen(found.matches, most)]
        return readable(near, most)

    @property
    def encoder(self) -> Encoder | None:
        """What reads the statements."""
        return self._shipped.encoder if self._shipped else None

    def matcher(self) -> Matcher | None:
        """What finds rulings now."""
        return self._current().matcher

    def version(self) -> str:
        """Another string whenever the imported ones have changed."""
        return self._imported.version() if self._imported else ""

    def summary(self) -> dict[str, Any]:
        """How many there are, and the day of the newest."""
        libraries = self._libraries()
        days = [day for library in libraries if (day := library.newest)]
        return {"count": sum(len(library.columns) for library in libraries), "newest": max(days, default=None)}

    def by_publisher(self) -> dict[str, int]:
        """How many there are of each publisher, most first."""
        counts = Counter[str]()
        for library in self._libraries():
            counts.update(library.rulings.by_publisher())
        return dict(counts.most_common())

    def search(self, words: str, most: int) -> list[Found]:
        """Those nearest to some words in meaning, best first."""
        matcher = self.matcher()
        return _without_copies(matcher.search(words, most)) if matcher and words.strip() else []

    def _libraries(self) -> list[Library]:
        return [library for library in (self._shipped_library, self._current().imported) if library]

    def _current(self) -> _Known:
        if (
            self._imported is not None
            and self._shipped is not None
            and (version := self._imported.version()) != self._now.version
        ):
            imported = self._imported.library(self._shipped.table, self._shipped.encoder)
            self._now = _Known(version, imported, self._with(imported))
        return self._now

    def _with(self, imported: Library | None) -> Matcher | None:
        if self._shipped is None or self._shipped_library is None:
            return None
        libraries = [library for library in (self._shipped_library, self._core_library, imported) if library]
        return Matcher(self._shipped.table, self._shipped.encoder, self._shipped.model, libraries)


def _without_copies(found: Sequence[Found]) -> list[Found]:
    """What was found without the shipped copies of what the reader imported, whose text is known."""
    own = {page_key(one.fact_check.url) for one in found if one.claim}
    return [one for one in found if one.claim or page_key(one.fact_check.url) not in own]


def imported_vectors(texts: Sequence[str], stored: NDArray[np.int8] | None, encoder: Encoder) -> NDArray[np.int8]:
    """A vector for each imported claim: the stored ones where they are this encoder's; a few missing are made.

    A claim without a vector is found by its words only, and decides nothing.
    """
    vectors = np.zeros((len(texts), encoder.width), dtype=np.int8)
    if stored is not None and stored.shape == vectors.shape:
        vectors[:] = stored
    missing = np.flatnonzero(~vectors.any(axis=1)).tolist()
    if len(missing) > _ENCODED_AT_ONCE:
        logger.warning(
            "%d imported fact-checks are not encoded for this model yet: run `python -m fake_news factchecks encode`.",
            len(missing) - _ENCODED_AT_ONCE,
        )
    now = missing[:_ENCODED_AT_ONCE]
    if now:
        vectors[now] = encode_claims(encoder, [texts[row] for row in now])
    return vectors


def encode_claims(encoder: Encoder, claims: Sequence[str]) -> NDArray[np.int8]:
    """The vectors of claims as they are stored, shape (len(claims), width).

    Many publishers end a claim without a full stop, which moves its vector further than a changed word may; on pages
    it has one.
    """
    return quantised(encoder([_ended(as_read(claim)) for claim in claims]))


def _ended(claim: str) -> str:
    return claim if claim.endswith(_ENDS) else f"{claim}."
