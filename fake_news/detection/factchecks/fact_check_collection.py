"""All fact-checks that a detector searches: those of its checkpoint, and imported ones, which may change any time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.addresses import page_key
from fake_news.detection.factchecks.evidence import as_evidence, evidence_of, select_matches
from fake_news.detection.factchecks.language_model_judge.question import NearRuling, readable
from fake_news.detection.factchecks.library import Library, SearchResult
from fake_news.detection.factchecks.match_result import NearbyClaims
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.shipped_fact_checks import ShippedFactChecks
from fake_news.detection.factchecks.terms import TermTable
from fake_news.detection.verdict import Evidence, Label


class ImportedFactChecks(Protocol):
    """The source of imported rulings."""

    def version(self) -> str:
        """Return a string that changes whenever they do."""

    def library(self, table: TermTable, encoder: Encoder) -> Library | None:
        """Load all of them, ready to be searched; ``None`` if there are none."""


class _Snapshot(NamedTuple):
    """The imported rulings at one moment, and the matcher for them and the shipped ones."""

    version: str
    imported: Library | None
    matcher: Matcher | None


class StatementEvidence(NamedTuple):
    """The evidence on a statement.

    Attributes
    ----------
    evidence : the rulings that decide, and related ones
    near : all claims that it was compared with
    unsupported : labels that similar rulings do not make likely, as no core claim near the statement supports them
    """

    evidence: tuple[Evidence, ...]
    near: NearbyClaims | None
    unsupported: frozenset[Label] = frozenset()


NO_EVIDENCE = StatementEvidence((), None)


class FactCheckCollection:
    """Finds evidence among the fact-checks of a checkpoint and the imported ones.

    Parameters
    ----------
    shipped : those of the checkpoint; without them nothing can be found, as they include encoder and relation model
    imported : those that the reader imported
    """

    def __init__(self, shipped: ShippedFactChecks | None, imported: ImportedFactChecks | None = None) -> None:
        self._shipped = shipped
        self._imported = imported if shipped else None
        self._shipped_library = (
            Library.of(shipped.columns, shipped.vectors, shipped.rulings, shipped.table) if shipped else None
        )
        self._core_library = (
            shipped.core.library(shipped.table, shipped.cross_encoder) if shipped and shipped.core else None
        )
        # Always replaced as a whole, so that no thread sees a mixture of two versions.
        self._snapshot = _Snapshot("", None, self._matcher_with(None))

    @classmethod
    def of(cls, checkpoint: Checkpoint, imported: ImportedFactChecks | None = None) -> FactCheckCollection:
        """Read those of a checkpoint, and add the imported ones."""
        return cls(ShippedFactChecks.read(checkpoint), imported)

    def evidence(self, statements: Sequence[str]) -> list[StatementEvidence]:
        """Find the evidence on each of some statements."""
        matcher = self.matcher()
        if matcher is None or not statements:
            return [NO_EVIDENCE] * len(statements)
        return [
            StatementEvidence(evidence_of(found.matches), found.near, found.unsupported)
            for found in matcher.match_many(statements)
        ]

    def near_rulings(self, statement: str, most: int) -> tuple[NearRuling, ...]:
        """Find the nearest rulings on a statement, those that decide first, for a language model to compare."""
        matcher = self.matcher()
        if matcher is None:
            return ()
        [found] = matcher.match_many([statement])
        near = [
            NearRuling(as_evidence(one), one.may_decide, one.same_negation)
            for one in select_matches(found.matches, most)
        ]
        return readable(near, most)

    @property
    def encoder(self) -> Encoder | None:
        """The encoder of statements and claims."""
        return self._shipped.encoder if self._shipped else None

    def matcher(self) -> Matcher | None:
        """Return the matcher for all rulings known now."""
        return self._current().matcher

    def version(self) -> str:
        """Return a string that changes whenever the imported ones do."""
        return self._imported.version() if self._imported else ""

    def summary(self) -> dict[str, Any]:
        """Count them, and find the day of the newest."""
        libraries = self._libraries()
        days = [day for library in libraries if (day := library.newest)]
        return {"count": sum(len(library.columns) for library in libraries), "newest": max(days, default=None)}

    def by_publisher(self) -> dict[str, int]:
        """Count them by publisher, most first."""
        counts = Counter[str]()
        for library in self._libraries():
            counts.update(library.rulings.by_publisher())
        return dict(counts.most_common())

    def search(self, words: str, most: int) -> list[SearchResult]:
        """Search for rulings on what some words are about, best first."""
        matcher = self.matcher()
        return _without_copies(matcher.search(words, most)) if matcher and words.strip() else []

    def _libraries(self) -> list[Library]:
        return [library for library in (self._shipped_library, self._current().imported) if library]

    def _current(self) -> _Snapshot:
        if (
            self._imported is not None
            and self._shipped is not None
            and (version := self._imported.version()) != self._snapshot.version
        ):
            imported = self._imported.library(self._shipped.table, self._shipped.encoder)
            self._snapshot = _Snapshot(version, imported, self._matcher_with(imported))
        return self._snapshot

    def _matcher_with(self, imported: Library | None) -> Matcher | None:
        """Make the matcher for the shipped fact-checks and some imported ones."""
        if self._shipped is None or self._shipped_library is None:
            return None
        libraries = [library for library in (self._shipped_library, self._core_library, imported) if library]
        return Matcher(self._shipped.table, self._shipped.encoder, self._shipped.model, libraries)


def _without_copies(found: Sequence[SearchResult]) -> list[SearchResult]:
    """Leave out shipped copies of imported rulings, which have the text of the claim."""
    imported = {page_key(one.fact_check.url) for one in found if one.claim}
    return [one for one in found if one.claim or page_key(one.fact_check.url) not in imported]
