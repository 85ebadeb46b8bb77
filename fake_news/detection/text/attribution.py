"""Who said what was just quoted: "“Crime is up!” Lee said." is one sentence."""

from __future__ import annotations

import re

_QUOTED = re.compile("[\"”’»']")
_SPEAKER = re.compile(
    r"""(?:[A-Z][^\W_]*\.?(?:[’'-][^\W_]+)*\s+){1,4}
    (?:said|says|asked|asks|tweeted|wrote|writes|shouted|added|replied|posted|claimed|declared|cried|told\s\w+)
    (?:[.,;:—–]|$|\s(?:on|in|at|to|during|as|of|when|after|before|this|last|while|from|yesterday|today|Monday|Tuesday|
    Wednesday|Thursday|Friday|Saturday|Sunday)\b)""",
    re.VERBOSE,
)


def names_the_speaker(text: str, stop: re.Match[str], line_end: int) -> bool:
    """Whether a quotation ends here and what follows only says whose it is."""
    return bool(_QUOTED.search(stop["closing"])) and _SPEAKER.match(text, stop.end(), line_end) is not None
