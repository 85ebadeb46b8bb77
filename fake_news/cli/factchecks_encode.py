"""The vectors of imported fact-checks, made after an import with a progress bar."""

from __future__ import annotations

from pathlib import Path

from fake_news.cli.progress import ProgressBar
from fake_news.detection.checkpoint import current_checkpoint, read_checkpoint
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.known import encode_claims
from fake_news.detection.factchecks.shipped import ShippedFactChecks


def encode_imported(database: ImportedDatabase, checkpoint: Path | None = None) -> int:
    """Make the vectors that imported claims lack for a checkpoint's encoder; how many were made."""
    shipped = ShippedFactChecks.read(read_checkpoint(checkpoint or current_checkpoint()))
    if shipped is None:
        return 0
    encoder, progress = shipped.encoder, ProgressBar("fact-checks", logged=False)
    return database.encode(lambda claims: encode_claims(encoder, claims), encoder.identity, progress)
