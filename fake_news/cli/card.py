"""``card``: the model card of a checkpoint as Markdown."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_checkpoint
from fake_news.detection.checkpoint import current_checkpoint, read_checkpoint
from fake_news.detection.factchecks.shipped import SECTION


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    card = commands.add_parser("card", help="the model card of a checkpoint as Markdown")
    add_checkpoint(card)
    card.add_argument("--output", type=Path, metavar="FILE", help="write it there, such as docs/MODEL_CARD.md")
    card.set_defaults(run=_card)


def _card(options: argparse.Namespace) -> None:
    from fake_news.evaluation.model_card import model_card
    from fake_news.reporting.output import write_text

    checkpoint = read_checkpoint(options.checkpoint or current_checkpoint())
    markdown = model_card(checkpoint.model["card"], checkpoint.model.get(SECTION))
    if options.output:
        write_text(options.output, markdown)
    else:
        sys.stdout.write(markdown)
