"""Terms: the content words of a text, each reduced to its stem and known by a 32-bit hash only.

The index ships hashes, so that it holds no word of anybody's claim.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from snowballstemmer import EnglishStemmer

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


@lru_cache(maxsize=_CACHED_WORDS)
def term_of(form: str) -> int | None:
    """The term that a token's form stands for; ``None`` for words that say nothing about what a text is about."""
    if form in _STOP_WORDS or not form[0].isalnum() or (len(form) == 1 and not form.isdigit()):
        return None
    return term_hash(_stem(form))


def term_hash(stem: str) -> int:
    """The 32-bit hash that stands for a stem in every index."""
    return int.from_bytes(blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little")
