"""Who may ask: a server on the reader's machine is a target for every page the reader opens.

Each rule is here because a product like this one was attacked without it.

Host
    A page can make its own name resolve to 127.0.0.1 (DNS rebinding) and is then same-origin with the server; only the
    Host header shows it. It is checked on every method and every route, since a GET carries no Origin.
    Ollama, CVE-2024-28224: https://github.com/advisories/GHSA-5jx5-hqx5-2vrj
    Ollama let an empty name with a port pass: https://github.com/ollama/ollama/pull/17721
    MCP TypeScript SDK, protection off by default: https://github.com/advisories/GHSA-w48q-cv73-mx4w
    RFC 9112, section 3.2.2: the authority of an absolute-form request line overrides Host.
    Werkzeug's own TRUSTED_HOSTS is not used: it never matches [::1] and refuses LOCALHOST.
Origin
    An exact list, not a wildcard: LanguageTool's users were told to pass "*", which opens the server to every page.
    https://github.com/languagetool-org/browser-addon/issues/221
    ``null`` is what sandboxed frames and files send, so any page can have it.
Sec-Fetch-Site
    Browsers say where a request comes from, also for the ones that carry no Origin (images, links, forms).
    https://words.filippo.io/csrf/ and datasette's csrf.py, which follows it.
Token
    What other machines reach needs more than that: 256 random bits, compared in constant time, in a file that only its
    owner may read, in the Authorization header and never in a URL. See ``access_token``.
Rates and sizes
    See ``limits``; they hold for those who may ask, so that a page cannot use up what the extension may ask for.
Content type
    ``application/json`` cannot be sent by a page without a preflight, and preflights from pages are refused.
    https://fetch.spec.whatwg.org/#cors-safelisted-request-header
Private network
    ``Access-Control-Allow-Private-Network`` would invite public pages in; it is never sent.
    https://wicg.github.io/private-network-access/

Measured with Chromium 156 and Firefox ESR 153: the extension's background sends no Origin with GET, its own Origin with
POST, and ``Sec-Fetch-Site: none`` (Chromium) or ``same-origin`` (Firefox), never ``cross-site``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_cors import CORS

from fake_news.common.errors import PlumblineError
from server.access.access_token import check_right, check_token
from server.access.rate_limit import Network, RateLimit, client_address
from server.access.users import Users
from server.errors import RequestError

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")  # as a Host header has them

# Fixed by the public key in manifest.json.
CHROME_EXTENSION_ID = "pnfboadkmplkjlkgmgcmcdgflfaeacbl"

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]", re.ASCII)
# Firefox gives every installation of an extension a random UUID, so ours cannot be distinguished from another's.
# https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/web_accessible_resources
_FIREFOX_EXTENSION = r"moz-extension://[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
HEALTH_ENDPOINT = "service.health"
PUBLIC_ENDPOINTS = (HEALTH_ENDPOINT, "service.openapi")
PUBLIC_PAGES = "dashboard."
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/*?#@,]+", re.ASCII)


@dataclass(frozen=True)
class Access:
    """Who may ask.

    Attributes
    ----------
    hosts : tuple of str
        Names and addresses by which the server may be called, besides those of the loopback interface.
    origins : tuple of str
        Origins that may ask, besides Plumbline's own extension.
    token : str or None
        What every request has to show; a server that other machines reach has one. Users may have tokens besides.
    trusted_proxies : tuple of networks
        Proxies whose X-Forwarded-For header is trusted.
    """

    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    token: str | None = field(default=None, repr=False)
    trusted_proxies: tuple[Network, ...] = ()


def is_loopback(host: str) -> bool:
    """Return whether a server that listens on ``host`` cannot be reached from other machines."""
    return host.lower() in LOOPBACK_HOSTS


def check_extra_host(host: str) -> None:
    """Refuse an ``--allow-host`` that is not one name or address.

    Raises
    ------
    PlumblineError
        If ``host`` is a wildcard, has a port, or is not a host name.
    """
    if not _HOST.fullmatch(host):
        raise PlumblineError(
            f"--allow-host {host} is not one host name.",
            "Give the name or address alone, without scheme and port, like plumbline.example.org or [2001:db8::1].",
        )


def check_extra_origin(origin: str) -> None:
    """Refuse an ``--allow-origin`` that names more than one origin, or none.

    Raises
    ------
    PlumblineError
        If ``origin`` is a wildcard, ``null``, or more than scheme, host and port.
    """
    if not _ORIGIN.fullmatch(origin):
        raise PlumblineError(
            f"--allow-origin {origin} is not one exact origin.",
            "Give scheme, host and port in lower case and nothing after them, like chrome-extension://<id>.",
        )


def allowed_origins(extra_origins: Iterable[str]) -> list[re.Pattern[str]]:
    """List the origins that may ask, as patterns that match a whole Origin header."""
    exact = (f"chrome-extension://{CHROME_EXTENSION_ID}", *extra_origins)
    return [re.compile(rf"{pattern}\Z", re.ASCII) for pattern in (*map(re.escape, exact), _FIREFOX_EXTENSION)]


def allowed_authority(extra_hosts: Iterable[str]) -> re.Pattern[str]:
    """Make the pattern of an allowed Host header: one of the names, with or without a port."""
    names = "|".join(map(re.escape, (*_LOOPBACK_NAMES, *extra_hosts)))
    return re.compile(rf"(?:{names})(?::[0-9]{{1,5}})?", re.ASCII | re.IGNORECASE)


def check_host(host: str | None, request_target: str, allowed: re.Pattern[str]) -> None:
    """Refuse a request that is not addressed to this server by one of its own names.

    Parameters
    ----------
    host : str or None
        The Host header; two of them arrive joined by a comma.
    request_target : str
        The part between method and version in the request line.
    allowed
        Patterns of the Host headers that are allowed.

    Raises
    ------
    RequestError
        With 403 ``host-not-allowed``.
    """
    authorities = [host or ""]
    if not request_target.startswith("/"):
        authorities.append(urlsplit(request_target).netloc)
    if not all(allowed.fullmatch(authority) for authority in authorities):
        raise RequestError(
            HTTPStatus.FORBIDDEN,
            "host-not-allowed",
            "This request is addressed to another machine's name.",
            "Ask for 127.0.0.1, localhost or [::1], or start the server with --allow-host and its name.",
        )


def check_origin(
    origin: str | None, fetch_site: str | None, own_origin: str, allowed: Sequence[re.Pattern[str]]
) -> None:
    """Refuse a request that a web page makes, other than our own dashboard.

    Parameters
    ----------
    origin, fetch_site : str or None
        The Origin and Sec-Fetch-Site headers. Programs other than browsers send neither, and pass.
    own_origin : str
        The origin of a page of this server, under the name that this request calls it by. It can be trusted only after
        ``check_host``: to a page that rebinds its name, its own origin is the server's.
    allowed
        The origins that may ask.

    Raises
    ------
    RequestError
        With 403 ``origin-not-allowed``.
    """
    own_page = fetch_site is None or fetch_site in ("same-origin", "none")
    from_a_page = origin is not None and origin != own_origin
    if not (any(pattern.match(origin or "") for pattern in allowed) if from_a_page else own_page):
        raise RequestError(
            HTTPStatus.FORBIDDEN,
            "origin-not-allowed",
            "Plumbline answers its own browser extension and programs on this machine, not web pages.",
            "To let another extension ask, start the server with --allow-origin and its exact origin.",
        )


def is_public(endpoint: str | None) -> bool:
    """Return whether a route is answered without the token, because it reveals only that a Plumbline is here."""
    return endpoint in PUBLIC_ENDPOINTS or (endpoint or "").startswith(PUBLIC_PAGES)


def protect(app: Flask, access: Access, rate_limit: RateLimit, users: Users) -> None:
    """Put every route of ``app``, including unknown ones, behind the rules of this module."""
    authority = allowed_authority(access.hosts)
    origins = allowed_origins(access.origins)

    @app.before_request
    def refuse_strangers() -> None:
        # waitress and gunicorn each have a name of their own for the request line's middle
        target = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or "/"
        check_host(request.environ.get("HTTP_HOST"), target, authority)
        own_origin = f"http://{request.host}"
        check_origin(request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site"), own_origin, origins)
        if request.method == "OPTIONS":  # a preflight never carries the token
            return
        # Only those who may ask use up what a client may ask for: a hostile page could otherwise silence the extension.
        user = None
        if access.token is not None and not is_public(request.endpoint):
            user = check_token(request.headers.get("Authorization"), access.token, users)
            check_right(request.endpoint, user)
        g.user = user
        if request.endpoint != HEALTH_ENDPOINT:  # behind a proxy, a crowd would make the server look dead
            forwarded = request.headers.get("X-Forwarded-For")
            address = client_address(request.remote_addr or "", forwarded, access.trusted_proxies)
            rate_limit.take(address if user is None else f"token {user}")

    @app.after_request  # registered before flask-cors', so it runs after it
    def harden(response: Response) -> Response:
        # flask-cors answers "false" where a preflight asks; we never send it
        response.headers.pop("Access-Control-Allow-Private-Network", None)
        response.vary.add("Origin")  # flask-cors adds it only to answers that carry CORS headers
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Referrer-Policy"] = "no-referrer"
        # the dashboard's own pages say what they need
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        return response

    CORS(
        app,
        origins=origins,
        methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type"],
        expose_headers=["Retry-After"],
        max_age=600,
    )
