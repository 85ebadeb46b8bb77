"""A feed or page at an address: offered with its size and date, fetched once, and again only when it has changed."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path

from fake_news.common.download import download
from fake_news.common.progress import Progress, no_progress
from fake_news.pipelines.fact_check_update.web import UpdateError, Web, not_written, unreachable

DATA_COMMONS = "https://storage.googleapis.com/datacommons-feeds/claimreview/latest/data.json"
DATA_COMMONS_NAME = "data-commons"
_DATE_MODIFIED = re.compile(rb'"dateModified"\s*:\s*"([^"]{4,40})"')
_LOOKED_AT = 1 << 14


@dataclass(frozen=True, slots=True)
class Offer:
    """What an address offers.

    Attributes
    ----------
    size : bytes, ``None`` where the server does not say
    modified : when it last changed, in the server's words
    tag : its ETag
    is_known : whether this very version was imported already
    """

    address: str
    size: int | None = None
    modified: str = ""
    tag: str = ""
    is_known: bool = False

    @property
    def version(self) -> dict[str, str]:
        """What distinguishes this version from others; empty where nothing does."""
        return {"tag": self.tag, "modified": self.modified} if self.tag or self.modified else {}


class Feed:
    """An address whose fact-checks are imported again and again.

    Parameters
    ----------
    folder : where what was fetched lies until it is imported
    """

    def __init__(self, address: str, folder: Path, web: Web) -> None:
        name = hashlib.sha256(address.encode()).hexdigest()[:16]
        self.address = address
        self.part = folder / f"{name}.part"
        self._mark = folder / f"{name}.part.mark"  # where the download notes what it has
        self._arrived = folder / f"{name}.arrived.json"
        self._imported = folder / f"{name}.imported.json"
        self._web = web

    def offer(self, wanted: str) -> Offer:
        """Ask the server what there is, without fetching it.

        Parameters
        ----------
        wanted : the filters in words; with others than last time, a version that is known has more to give

        Raises
        ------
        UpdateError
            If the server refuses or cannot be reached.
        """
        known = _read(self._imported)
        if known.pop("wanted", wanted) != wanted:
            known = {}
        headers = {"Accept-Encoding": "identity"}
        if known.get("tag"):
            headers["If-None-Match"] = known["tag"]
        elif known.get("modified"):
            headers["If-Modified-Since"] = known["modified"]
        try:
            with self._web.ask(urllib.request.Request(self.address, headers=headers, method="HEAD")) as answer:
                found = answer.headers
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == HTTPStatus.NOT_MODIFIED:
                return Offer(self.address, modified=known.get("modified", ""), is_known=True)
            return Offer(self.address)  # the server says nothing before the download
        except (OSError, HTTPException) as error:
            raise unreachable(self.address, error) from error
        size, tag, modified = (found.get(name, "") for name in ("Content-Length", "ETag", "Last-Modified"))
        offer = Offer(self.address, int(size) if size.isdigit() else None, modified, tag)
        return replace(offer, is_known=bool(known) and offer.version == known)

    def fetch(self, offer: Offer, progress: Progress = no_progress) -> Path:
        """Fetch it, or the rest of it, unless it has arrived and was not imported yet; return the file.

        Raises
        ------
        PlumblineError
            If the server refuses or cannot be reached, or the disk is full. What has arrived is kept.
        """
        if not (offer.version and self.part.exists() and _read(self._arrived) == offer.version):
            self._arrived.unlink(missing_ok=True)
            download(self.address, self.part, progress=progress, ask=self._web.ask)
            _write(self._arrived, offer.version)
        return self.part

    def done(self, offer: Offer, wanted: str) -> None:
        """Note that a version was imported, and delete its file."""
        self.forget()
        if offer.version:
            _write(self._imported, {**offer.version, "wanted": wanted})

    def forget(self) -> None:
        """Delete a file that cannot be used."""
        for path in (self.part, self._mark, self._arrived):
            path.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write(path: Path, content: dict[str, str]) -> None:
    try:
        path.write_text(json.dumps(content), encoding="utf-8")
    except OSError as error:
        raise not_written(path, error) from error


def date_of_feed(path: Path) -> str:
    """The ``dateModified`` of a feed, which stands near its beginning or its end; empty where it does not."""
    with path.open("rb") as file:
        beginning = file.read(_LOOKED_AT)
        file.seek(max(0, path.stat().st_size - _LOOKED_AT))
        end = file.read()
    before = beginning.partition(b'"dataFeedElement"')[0]
    after = end.rpartition(b"]")[2]
    found = _DATE_MODIFIED.search(before) or _DATE_MODIFIED.search(after)
    return found[1].decode("ascii", "replace") if found else ""


def check_is_feed(path: Path, address: str) -> None:
    """Refuse a web page where a feed should be.

    Raises
    ------
    UpdateError
        If it is one.
    """
    with path.open("rb") as file:
        if file.read(_LOOKED_AT).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise UpdateError(f"{address} sent a web page instead of a feed.", "Is a login or a notice in between?")
