"""``python -m server``: start Plumbline's local server; ``python -m server doctor``: find out why it does not work."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from fake_news import __version__
from fake_news.common.errors import PlumblineError
from fake_news.common.installation import as_called
from fake_news.common.paths import add_data_folder
from server.language_model.settings import add_judge_options

DEFAULT_PORT = 8642
COULD_NOT_START = 2


def _port_number(value: str) -> int:
    port = int(value)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port


def _rate(value: str) -> float:
    rate = float(value)
    if not 0 < rate < float("inf"):
        raise argparse.ArgumentTypeError("a rate is a number of requests above 0")
    return rate


def _share(value: str) -> float:
    share = float(value)
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError("a share is above 0 and at most 1")
    return share


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=as_called("python -m server"), description="Start Plumbline's local server.")
    parser.add_argument("--version", action="version", version=f"Plumbline {__version__}")
    parser.add_argument(
        "command",
        nargs="?",
        choices=("start", "doctor", "token"),
        default="start",
        help="start (default), diagnose problems, or manage tokens (`token --help`)",
    )
    parser.add_argument("--host", default="127.0.0.1", help="name or address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port",
        type=_port_number,
        default=DEFAULT_PORT,
        help="port to listen on, 0 for any free one (default: %(default)s)",
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        help="checkpoint folder, or a folder of such with a file named current or default (default: the one in use)",
    )
    parser.add_argument(
        "--shadow",
        type=Path,
        metavar="CHECKPOINT",
        help="folder of a checkpoint for shadow deployment: it changes no answer, and how far it agrees is counted",
    )
    parser.add_argument(
        "--challenger",
        type=Path,
        metavar="CHECKPOINT",
        help="folder of a checkpoint that judges for a share of the installations instead of the one in use",
    )
    parser.add_argument(
        "--challenger-share",
        type=_share,
        metavar="SHARE",
        help="that share, above 0 and at most 1 (default: 0.1); without tokens, this server is one installation",
    )
    add_data_folder(parser, "where feedback and counts are kept")
    parser.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="let this exact origin ask, besides Plumbline's own extension; may be repeated",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name by which other machines may call this server; may be repeated",
    )
    parser.add_argument(
        "--require-token", action="store_true", help="demand the access token, as --host beyond this machine does"
    )
    parser.add_argument(
        "--rate-limit",
        type=_rate,
        metavar="N",
        help="requests a second that one client may make (default: 300)",
    )
    add_judge_options(parser)
    parser.add_argument("--access-log", action="store_true", help="log every request: route, status, time, no text")
    parser.add_argument(
        "--log-level", choices=("debug", "info", "warning", "error"), default="info", help="default: %(default)s"
    )
    return parser


def _run(options: argparse.Namespace) -> None:
    from server.app import create_app
    from server.configuration import from_options
    from server.http.listener import address_of, open_socket, serve
    from server.service import Service

    configuration = from_options(options)
    with open_socket(options.host, options.port) as listening:
        service = Service(configuration)
        app = create_app(service)
        # To standard output whatever the log level: programs that start the server wait for this line.
        sys.stdout.write(
            f"Plumbline is listening on {address_of(listening)} (model {service.detector_for(None).version}). "
            "Ctrl-C stops it.\n"
        )
        sys.stdout.flush()
        service.start()
        serve(app, listening, service.queue)
        service.stop()


def _stop(*_: object) -> None:
    """Turn the first Ctrl-C or SIGTERM into one KeyboardInterrupt; a second must not break into the clean stop."""
    for stop_signal in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop_signal, signal.SIG_IGN)
    raise KeyboardInterrupt


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the server and return the exit status once it has stopped."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["token"]:
        from server.access.users import run_token_command

        return run_token_command(given[1:])
    options = _parser().parse_args(given)
    logging.basicConfig(level=options.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if options.command == "doctor":
        from server.monitoring.doctor import examine

        return examine(options)
    for stop_signal in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop_signal, _stop)
    try:
        _run(options)
    except PlumblineError as error:
        sys.stderr.write(f"Plumbline cannot start: {error}\n")
        return COULD_NOT_START
    except KeyboardInterrupt:
        pass  # Ctrl-C while the checkpoint was being read
    logging.getLogger("server").info("Plumbline has stopped.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
