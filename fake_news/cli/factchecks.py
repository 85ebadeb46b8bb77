"""``factchecks``: build the index; update, import, search, count and remove imported ones."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fake_news.cli import factchecks_update
from fake_news.cli.factchecks_update import counted, make_vectors, write_report
from fake_news.cli.options import add_checkpoint, add_data_dir, add_feedback_sources, add_runs, positive, recorder_of
from fake_news.cli.terminal import UNRATED, ProgressBar
from fake_news.common.paths import add_data_folder
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.factchecks.addresses import title_of_address
from fake_news.detection.factchecks.fact_check_collection import FactCheckCollection
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.file_import import import_file
from fake_news.detection.factchecks.shipped_fact_checks import ShippedFactChecks


def add(commands: Any) -> None:
    """Add the command with its actions to the parser's commands."""
    factchecks = commands.add_parser("factchecks", help="the index of published fact-checks, and imported ones")
    actions = factchecks.add_subparsers(required=True, metavar="action")

    build = actions.add_parser("build", help="make the index and its relation model from the data folder")
    build.add_argument("--checkpoint", type=Path, help="checkpoint folder to put it in (default: the current one)")
    build.add_argument("--encoder", help="the encoder's identity (default: the one that the checkpoint uses)")
    build.add_argument("--cross-encoder", help="the cross-encoder's identity (default: as for --encoder)")
    add_feedback_sources(build)
    add_data_dir(build)
    add_runs(build)
    build.set_defaults(run=_build)

    core = actions.add_parser("core", help="read the core claims and fit their model again; the index stays")
    core.add_argument("--checkpoint", type=Path, help="checkpoint folder to put them in (default: the current one)")
    core.add_argument("--cross-encoder", help="the cross-encoder's identity (default: as the checkpoint says)")
    add_data_dir(core)
    add_runs(core)
    core.set_defaults(run=_core)

    likely = actions.add_parser("likely", help="fit the model of similar rulings again; the index stays")
    likely.add_argument("--checkpoint", type=Path, help="checkpoint folder to put it in (default: the current one)")
    add_data_dir(likely)
    add_runs(likely)
    likely.set_defaults(run=_likely)

    update = factchecks_update.add(actions)

    bring = actions.add_parser(
        "import", help="add fact-checks of a file: ClaimReview (JSON, a page, a feed) or CSV with named columns"
    )
    bring.add_argument("file", type=Path)
    bring.set_defaults(run=_import)

    encode = actions.add_parser("encode", help="make the vectors that imported fact-checks lack for this model")
    encode.set_defaults(run=_encode)

    search = actions.add_parser("search", help="look for fact-checks by meaning")
    search.add_argument("words")
    search.add_argument("--most", type=positive, default=10, help="how many to show (default: 10)")
    search.set_defaults(run=_search)

    status = actions.add_parser("status", help="how many there are by publisher, and the newest")
    status.set_defaults(run=_status)

    remove = actions.add_parser("remove", help="remove imported ones")
    which = remove.add_mutually_exclusive_group(required=True)
    which.add_argument("--publisher", help="those of this publisher")
    which.add_argument("--url", help="the one at this address")
    which.add_argument("--all", action="store_true", help="all of them")
    remove.set_defaults(run=_remove)

    for command in (bring, encode, search, status):
        add_checkpoint(command)
    for command in (update, bring, encode, search, status, remove):
        add_data_folder(command, "where imported ones are kept")


def _import(options: argparse.Namespace) -> None:
    database = ImportedDatabase(options.data_folder)
    write_report(import_file(options.file, database, ProgressBar("bytes", logged=False)))
    make_vectors(database, options.checkpoint)


def _search(options: argparse.Namespace) -> None:
    found = _known(options).search(options.words, options.most)
    if not found:
        sys.stdout.write("No fact-check is near that in meaning.\n")
    for fact_check, claim in found:
        said = claim or title_of_address(fact_check.url)
        parts = (fact_check.publisher, fact_check.rating or UNRATED, fact_check.date, fact_check.speaker)
        sys.stdout.write(
            (f"{said}\n    " if said else "") + " · ".join(filter(None, parts)) + f"\n    {fact_check.url}\n"
        )


def _encode(options: argparse.Namespace) -> None:
    made = make_vectors(ImportedDatabase(options.data_folder), options.checkpoint)
    sys.stdout.write(f"{counted(made)} encoded.\n")


def _status(options: argparse.Namespace) -> None:
    shipped = ShippedFactChecks.read(read_checkpoint(options.checkpoint or current_checkpoint()))
    imported = ImportedDatabase(options.data_folder).status()
    if shipped is None:
        sys.stdout.write("The checkpoint has no fact-checks: `python -m fake_news factchecks build` makes them.\n")
    else:
        _write_counts("Shipped", len(shipped.rulings), shipped.rulings.newest, shipped.rulings.by_publisher())
    _write_counts("Imported", imported.count, imported.newest, imported.by_publisher)


def _write_counts(whose: str, count: int, newest: str | None, by_publisher: dict[str, int]) -> None:
    sys.stdout.write(f"{whose}: {counted(count)}" + (f", the newest of {newest}" if newest else "") + "\n")
    for publisher, number in by_publisher.items():
        sys.stdout.write(f"{number:>9,}  {publisher}\n")


def _remove(options: argparse.Namespace) -> None:
    database = ImportedDatabase(options.data_folder)
    removed = database.remove(options.publisher, options.url)
    sys.stdout.write(f"{counted(removed)} removed.\n")
    if not removed and (publishers := database.status().by_publisher):
        sys.stdout.write(f"The imported ones are by {', '.join(publishers)}.\n")


def _known(options: argparse.Namespace) -> FactCheckCollection:
    checkpoint = read_checkpoint(options.checkpoint or current_checkpoint())
    return FactCheckCollection.of(checkpoint, ImportedDatabase(options.data_folder))


def _build(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.fact_check_index import build_index

    checkpoint = options.checkpoint or current_checkpoint()
    index = build_index(
        checkpoint,
        data_folder(options.data_dir),
        encoder_identity=options.encoder,
        cross_encoder=options.cross_encoder,
        feedback=options.feedback,
        server_folder=options.data_folder if options.server_feedback else None,
        recorder=recorder_of(options),
    )
    counts, (links, learned) = index.counts, index.wrong_links
    sys.stdout.write(
        f"{counts['rows']:,} rows, {counts['duplicates']:,} of them repeated: {counts['fact_checks']:,} fact-checks.\n"
        f"{counts['without_label']:,} ratings are neither true, mixed nor false: shown as related only.\n"
        f"{counts['without_own_address']:,} lead to the publisher's page about the speaker, as their own address is "
        f"not in the data.\n"
        + (f"{learned:,} of {links:,} links that readers call wrong were learned.\n" if links else "")
        + "".join(f"{question} from {bound:.3f}\n" for question, bound in index.bounds.items())
        + f"Wrote {index.written / 1e6:.1f} MB to {checkpoint}.\n"
    )


def _core(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.fact_check_index import refit_core_claims

    checkpoint = options.checkpoint or current_checkpoint()
    bounds = refit_core_claims(
        checkpoint,
        data_folder(options.data_dir),
        cross_encoder=options.cross_encoder,
        recorder=recorder_of(options),
    )
    _write_bounds(bounds, checkpoint)


def _likely(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.fact_check_index import refit_similar_rulings

    checkpoint = options.checkpoint or current_checkpoint()
    bounds = refit_similar_rulings(checkpoint, data_folder(options.data_dir), recorder=recorder_of(options))
    _write_bounds({f"likely-{label}": bound for label, bound in bounds.items()}, checkpoint)


def _write_bounds(bounds: Mapping[str, float], checkpoint: Path) -> None:
    for name, bound in bounds.items():
        sys.stdout.write(f"{name} from {bound:.3f}\n" if bound <= 1.0 else f"{name} never\n")
    sys.stdout.write(f"Wrote {checkpoint}.\n")
