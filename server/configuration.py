"""The settings of a server, from command-line options or, under gunicorn, from the environment."""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError
from fake_news.common.paths import default_data_folder
from fake_news.database.lazy_database import DATABASE_URL
from fake_news.detection.checkpoint_folders import CHECKPOINTS
from server import limits
from server.access.access_token import access_token
from server.access.rate_limit import trusted_networks
from server.access.security import Access, check_extra_host, check_extra_origin, is_loopback
from server.judging.ab_test import DEFAULT_SHARE, is_share
from server.language_model.settings import JudgeSettings, judge_settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Configuration:
    """One server's settings.

    Attributes
    ----------
    access : Access
        Who may ask.
    checkpoint : Path
        A checkpoint folder, or a folder of such with a file ``current`` or ``default``.
    shadow : Path or None
        The folder of a checkpoint for shadow deployment.
    challenger : Path or None
        The folder of a checkpoint that judges for a share of the installations.
    challenger_share : float
        That share.
    data_folder : Path
        Where feedback and counts are kept.
    fact_checks : Path or None
        A folder with imported fact-checks that several servers share.
    database_url : str or None
        The address of a PostgreSQL database that keeps them instead.
    requests_per_second : float
        The rate limit of one client.
    access_log : bool
        Whether every request is logged (route, status, time; never text).
    judge : JudgeSettings or None
        The language model for second opinions.
    """

    access: Access = field(default_factory=Access)
    checkpoint: Path = CHECKPOINTS
    shadow: Path | None = None
    challenger: Path | None = None
    challenger_share: float = DEFAULT_SHARE
    data_folder: Path = field(default_factory=default_data_folder)
    fact_checks: Path | None = None
    database_url: str | None = field(default=None, repr=False)
    requests_per_second: float = limits.REQUESTS_PER_SECOND
    access_log: bool = False
    judge: JudgeSettings | None = None


def from_options(options: argparse.Namespace) -> Configuration:
    """Read the settings from the options of ``python -m server``.

    Raises
    ------
    PlumblineError
        If an option has an invalid value.
    """
    token = None
    hosts = tuple(options.allow_host)
    if options.require_token or not is_loopback(options.host):
        token, place = access_token(options.data_folder)
        logger.warning("Every request needs the access token, which is in %s.", place)
    if not is_loopback(options.host):
        logger.warning("Other machines can reach this server, unencrypted: put a proxy that speaks HTTPS before it.")
        hosts = (*hosts, *_host_names(options.host))
    return Configuration(
        access=_access(hosts, tuple(options.allow_origin), token),
        checkpoint=options.checkpoint or CHECKPOINTS,
        shadow=options.shadow,
        **_split(options.challenger, options.challenger_share, options.shadow),
        data_folder=options.data_folder,
        database_url=os.environ.get(DATABASE_URL) or None,
        requests_per_second=options.rate_limit or limits.REQUESTS_PER_SECOND,
        access_log=options.access_log,
        judge=judge_settings(options),
    )


def from_environment(environment: Mapping[str, str] = os.environ) -> Configuration:
    """Read the settings of a server that several machines share, which therefore has a token.

    Raises
    ------
    PlumblineError
        If a variable has an invalid value.
    """
    data_folder = default_data_folder()
    token, _ = access_token(data_folder)
    hosts, origins = (_names(environment.get(f"PLUMBLINE_ALLOW_{kind}", "")) for kind in ("HOSTS", "ORIGINS"))
    proxies = trusted_networks(_names(environment.get("PLUMBLINE_TRUSTED_PROXIES", "")))
    shadow = _path(environment, "PLUMBLINE_SHADOW")
    return Configuration(
        access=replace(_access(hosts, origins, token), trusted_proxies=proxies),
        checkpoint=Path(environment.get("PLUMBLINE_CHECKPOINT") or CHECKPOINTS),
        shadow=shadow,
        **_split(_path(environment, "PLUMBLINE_CHALLENGER"), _share(environment), shadow),
        data_folder=data_folder,
        fact_checks=_path(environment, "PLUMBLINE_FACT_CHECKS"),
        database_url=environment.get(DATABASE_URL) or None,
        requests_per_second=_rate(environment.get("PLUMBLINE_RATE_LIMIT") or str(limits.REQUESTS_PER_SECOND)),
    )


def _access(hosts: tuple[str, ...], origins: tuple[str, ...], token: str | None) -> Access:
    for host in hosts:
        check_extra_host(host)
    for origin in origins:
        check_extra_origin(origin)
    return Access(hosts, origins, token)


def _host_names(host: str) -> tuple[str, ...]:
    """Return the Host header of a server that listens on ``host``; one that listens everywhere needs --allow-host."""
    if host in ("", "0.0.0.0", "::"):
        return ()
    return (f"[{host}]" if ":" in host else host,)


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _path(environment: Mapping[str, str], variable: str) -> Path | None:
    return Path(value) if (value := environment.get(variable)) else None


def _split(challenger: Path | None, share: float | None, shadow: Path | None) -> dict[str, Any]:
    """Return the settings of a challenger, if there is one."""
    if challenger is None:
        if share is not None:
            raise PlumblineError(
                "A challenger's share was set, but no challenger.",
                "Name its checkpoint with --challenger or PLUMBLINE_CHALLENGER.",
            )
        return {}
    if shadow is not None:
        raise PlumblineError(
            "A shadow and a challenger cannot run at once: the shadow would be compared with a mixture of two models.",
            "Start with one of them, the shadow first: it changes no answer.",
        )
    return {"challenger": challenger, "challenger_share": DEFAULT_SHARE if share is None else share}


def _share(environment: Mapping[str, str]) -> float | None:
    value = environment.get("PLUMBLINE_CHALLENGER_SHARE")
    if not value:
        return None
    try:
        share = float(value)
    except ValueError:
        share = 0.0
    if not is_share(share):
        raise PlumblineError("PLUMBLINE_CHALLENGER_SHARE must be above 0 and at most 1.", "Set it to 0.1 for a tenth.")
    return share


def _rate(value: str) -> float:
    try:
        rate = float(value)
    except ValueError:
        rate = 0.0
    if not 0 < rate < float("inf"):
        raise PlumblineError(
            "PLUMBLINE_RATE_LIMIT must be a number above 0.", "Set it to 300 requests a second, or leave it out."
        )
    return rate
