"""All fact-checks a detector knows: the checkpoint's, and the reader's own, which may change at any time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from fake_news.checkpoint import Checkpoint
from fake_news.factchecks.files import ShippedFactChecks
from fake_news.factchecks.matcher import Found, Library, Matcher, evidence
from fake_news.factchecks.term_table import TermTable
from fake_news.text.sentences import Span
from fake_news.text.tokens import Token
from fake_news.verdict import Evidence


class OwnFactChecks(Protocol):
    """Where the reader's own fact-checks come from."""

    def version(self) -> str:
        """Another string whenever they have changed."""

    def library(self, table: TermTable) -> Library | None:
        """All of them, ready to be searched; ``None`` where there are none."""


class _Known(NamedTuple):
    """The reader's own fact-checks at one moment, and what finds them and the shipped ones."""

    version: str
    own: Library | None
    matcher: Matcher | None


class KnownFactChecks:
    """Finds evidence among all known fact-checks.

    Parameters
    ----------
    shipped : those of the checkpoint; without them nothing can be found, as they bring the pair model
    own : the reader's
    """

    def __init__(self, shipped: ShippedFactChecks | None, own: OwnFactChecks | None = None) -> None:
        self._shipped = shipped
        self._own = own if shipped else None
        self._shipped_library = Library.of(shipped.columns, shipped.rulings, shipped.table) if shipped else None
        # Replaced as a whole: what one thread has read of the reader's own, no other may take for the earlier ones.
        self._now = _Known("", None, self._with(None))

    @classmethod
    def of(cls, checkpoint: Checkpoint, own: OwnFactChecks | None = None) -> KnownFactChecks:
        """Those of a checkpoint and the reader's own."""
        return cls(ShippedFactChecks.read(checkpoint), own)

    def evidence(self, text: str, span: Span, tokens: Sequence[Token]) -> tuple[Evidence, ...]:
        """The evidence on a statement of ``text``, whose tokens have offsets in ``text``."""
        matcher = self.matcher()
        if matcher is None:
            return ()
        statement = text[span.start : span.end]
        own_tokens = [token._replace(start=token.start - span.start, end=token.end - span.start) for token in tokens]
        return evidence(matcher.match(statement, own_tokens))

    def matcher(self) -> Matcher | None:
        """What finds fact-checks now."""
        return self._current().matcher

    def version(self) -> str:
        """Another string whenever the reader's own have changed."""
        return self._own.version() if self._own else ""

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
        """Those that share words with a text, best first."""
        matcher = self.matcher()
        return matcher.search(words, most) if matcher else []

    def _libraries(self) -> list[Library]:
        return [library for library in (self._shipped_library, self._current().own) if library]

    def _current(self) -> _Known:
        if (
            self._own is not None
            and self._shipped is not None
            and (version := self._own.version()) != self._now.version
        ):
            own = self._own.library(self._shipped.table)
            self._now = _Known(version, own, self._with(own))
        return self._now

    def _with(self, own: Library | None) -> Matcher | None:
        if self._shipped is None or self._shipped_library is None:
            return None
        libraries = [self._shipped_library, *([own] if own else [])]
        return Matcher(self._shipped.table, self._shipped.model, libraries)
