"""A/B: a second checkpoint judges for a share of the installations, always the same ones.

An installation is whoever has a token of their own; without tokens it is the server, by a random number in its data
folder. No address and nothing else of a reader's decides, and which side somebody is on is stored nowhere: it follows
from the hash.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fake_news.common.errors import PlumblineError
from server.access.private_file import drawn_once

if TYPE_CHECKING:
    from server.judging.live_detector import LiveDetector

FILE_NAME = "installation"
DEFAULT_SHARE = 0.1
_RANDOM_BYTES = 16
_ID = re.compile(r"[0-9a-f]{32}")


def is_share(share: float) -> bool:
    """Whether it is a part of the installations: more than none, at most all."""
    return 0 < share <= 1


@dataclass(frozen=True)
class Split:
    """Which installations the challenger judges for.

    Attributes
    ----------
    challenger : the second checkpoint, exchanged as the first is where its folder changes
    share : of the installations, above 0 and at most 1
    own_id : what stands for those without a token of their own
    """

    challenger: LiveDetector
    share: float
    own_id: str

    def takes(self, user: str | None) -> bool:
        """Whether the challenger judges for a user, or for those without a token of their own."""
        installation = f"installation {self.own_id}" if user is None else f"user {user}"
        return position(self.challenger.current.version, installation) < self.share


def position(version: str, installation: str) -> float:
    """Where an installation stands between 0 and 1, each challenger drawing anew.

    With a larger share, those that a challenger judges for already stay.
    """
    digest = hashlib.sha256(f"{version}\0{installation}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def installation_id(data_folder: Path) -> str:
    """A random number that was drawn for this data folder at the first call, and says nothing of whose it is.

    Raises
    ------
    PlumblineError
        If it cannot be read or kept.
    """
    path = data_folder / FILE_NAME
    try:
        drawn_once(path, lambda: secrets.token_hex(_RANDOM_BYTES))
        found = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise PlumblineError(
            f"Which model judges here cannot be drawn: {path} cannot be used ({type(error).__name__}).",
            "Make the folder writable, choose another with --data-folder, or start without --challenger.",
        ) from None
    if not _ID.fullmatch(found):
        raise PlumblineError(f"{path} holds no number of an installation.", "Delete it: another is drawn.")
    return found
