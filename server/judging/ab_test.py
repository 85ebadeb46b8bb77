"""A/B: a second checkpoint judges for a share of the installations, always the same ones.

An installation is a user with their own token; without tokens it is the server, identified by a random number in its
data folder. Neither an address nor anything else about a reader decides, and the side of an installation is not stored:
it follows from a hash.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fake_news.common.errors import PlumblineError
from server.access.access_token import write_once

if TYPE_CHECKING:
    from server.judging.live_detector import LiveDetector

FILE_NAME = "installation"
DEFAULT_SHARE = 0.1
_RANDOM_BYTES = 16
_ID = re.compile(r"[0-9a-f]{32}")


def is_share(share: float) -> bool:
    """Return whether a share is valid: above 0 and at most 1."""
    return 0 < share <= 1


@dataclass(frozen=True)
class Split:
    """Which installations the challenger judges for.

    Attributes
    ----------
    challenger : the second checkpoint, replaced like the first when its folder changes
    share : share of the installations, above 0 and at most 1
    own_id : identifies all clients without a token of their own
    """

    challenger: LiveDetector
    share: float
    own_id: str

    def takes(self, user: str | None) -> bool:
        """Return whether the challenger judges for a user, or for those without a token of their own."""
        installation = f"installation {self.own_id}" if user is None else f"user {user}"
        return position(self.challenger.current.version, installation) < self.share


def position(version: str, installation: str) -> float:
    """Map an installation to a number between 0 and 1, a different one for each challenger.

    When the share grows, the installations that a challenger already judges for stay with it.
    """
    digest = hashlib.sha256(f"{version}\0{installation}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def installation_id(data_folder: Path) -> str:
    """Return the random number of this data folder, generated at the first call; it says nothing about a person.

    Raises
    ------
    PlumblineError
        If it cannot be read or stored.
    """
    path = data_folder / FILE_NAME
    try:
        write_once(path, lambda: secrets.token_hex(_RANDOM_BYTES))
        found = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise PlumblineError(
            f"Cannot decide which model judges here: {path} cannot be used ({type(error).__name__}).",
            "Make the folder writable, choose another with --data-folder, or start without --challenger.",
        ) from None
    if not _ID.fullmatch(found):
        raise PlumblineError(
            f"{path} does not contain an installation's number.", "Delete it: the next start draws another."
        )
    return found
