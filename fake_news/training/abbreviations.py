"""Learning where a full stop does not end a sentence, with NLTK's Punkt trainer (Kiss & Strunk 2006)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nltk.tokenize.punkt import PunktTrainer

_FEWEST_STARTS = 25

# What the training texts hold too few of, or hold only without their full stop.
_TITLES = frozenset(
    """mr mrs ms dr prof sen sens rep reps gov lt col gen maj capt sgt adm rev hon st pres supt""".split()
)
_OTHERS = frozenset(
    """jr sr vs etc inc corp ltd llc u.s u.k u.n e.u d.c a.m p.m ph.d m.d b.a m.a e.g i.e cf approx dept figs vol
        jan feb apr jun jul aug sep sept oct nov dec ave blvd rd mt ft nos pp eds ala ariz ark calif colo
        conn fla ga ill kan ky md mich minn mont neb nev okla tenn tex vt va wis wyo""".split()
)


def learn_abbreviations(texts: Sequence[str]) -> dict[str, list[str]]:
    """Abbreviations, titles and sentence starters, ready for the splitter in :mod:`fake_news.detection.text.sentences`.

    A starter is a word that often begins a text and is no name: it is written small more often than not.
    """
    trainer = PunktTrainer()
    trainer.train("\n".join(texts))
    learned = {
        word for word in trainer.get_params().abbrev_types if word.replace(".", "").isalpha() and 1 < len(word) <= 6
    }
    spellings = Counter(word for text in texts for word in text.split() if word.isalpha())
    starts = Counter(text.lstrip("\"'“‘( ").partition(" ")[0] for text in texts)
    starters = {
        word.lower()
        for word, count in starts.items()
        if count >= _FEWEST_STARTS and word.isalpha() and spellings[word.lower()] > spellings[word.title()]
    }
    return {
        "abbreviations": sorted(learned | _OTHERS | _TITLES),
        "titles": sorted(_TITLES),
        "starters": sorted(starters),
    }
