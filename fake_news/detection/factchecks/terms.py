"""Terms: the content words of a text, each reduced to its stem and stored as a 32-bit hash; and how rare each is.

The index ships hashes, so that it holds no word of anybody's claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray
from snowballstemmer import EnglishStemmer

from fake_news.common.arrays import Float32Array, IntArray

UNKNOWN = -1
_STOP_WORDS = frozenset(
    """a an the and or but if of at by for with about against between into through during before after above below to
    from up down in out on off over under again further then once here there when where why how all any both each few
    more most other some such no nor not only own same so than too very s t can will just don should now i me my we our
    ours you your he him his she her it its they them their what which who whom this that these those am is are was were
    be been being have has had having do does did doing would could shall may might must also as because until while
    says said say saying us ive im weve theyre theyve youre hes shes thats theres dont doesnt didnt isnt arent wasnt
    werent wont wouldnt cant cannot couldnt shouldnt hasnt havent hadnt never none nobody nothing neither without
    really well going get got lets like know think see one ever even much many every ok okay yeah""".split()
)
_stem = EnglishStemmer().stemWord
_CACHED_WORDS = 1 << 16


@dataclass(frozen=True)
class TermTable:
    """The terms of the index, with their rarity.

    Parameters
    ----------
    hashes : (terms,) ascending
    rarity : (terms,) inverse document frequency, natural logarithm, among fact-checks
    names : (terms,) whether each is mostly a name
    """

    hashes: NDArray[np.uint32]
    rarity: Float32Array
    names: NDArray[np.bool_]
    unknown_rarity: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "unknown_rarity", float(self.rarity.max(initial=0.0)))

    def __len__(self) -> int:
        return len(self.hashes)

    def rows(self, hashes: Sequence[int] | NDArray[np.uint32]) -> IntArray:
        """Find the rows of some terms; ``UNKNOWN`` for terms that the table does not have."""
        wanted = np.asarray(hashes, dtype=np.uint32)
        if not len(self.hashes):
            return np.full(len(wanted), UNKNOWN, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        return np.where(self.hashes[found] == wanted, found, UNKNOWN)

    def rarities(self, rows: IntArray) -> Float32Array:
        """Inverse document frequencies of rows; an unknown term is as rare as the rarest."""
        return np.where(rows == UNKNOWN, np.float32(self.unknown_rarity), self.rarity[rows])

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the table by name, for a file."""
        return {
            "hashes": self.hashes,
            "rarity": self.rarity.astype(np.float16),
            "names": np.packbits(self.names),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> TermTable:
        """Read the table that :meth:`as_arrays` wrote."""
        hashes = arrays["hashes"]
        return cls(
            hashes,
            arrays["rarity"].astype(np.float32),
            np.unpackbits(arrays["names"], count=len(hashes)).astype(bool),
        )


@lru_cache(maxsize=_CACHED_WORDS)
def term_of(form: str) -> int | None:
    """Return the term of a token's form; ``None`` for words that do not show what a text is about."""
    if form in _STOP_WORDS or not form[0].isalnum() or (len(form) == 1 and not form.isdigit()):
        return None
    return term_hash(_stem(form))


def term_hash(stem: str) -> int:
    """Hash a stem to the 32 bits that represent it in every index."""
    return int.from_bytes(blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little")
