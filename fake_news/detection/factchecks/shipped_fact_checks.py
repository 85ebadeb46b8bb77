"""The fact-checks that a checkpoint ships: files of arrays, and settings in ``model.json``."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.errors import CheckpointError
from fake_news.detection.checkpoint import Checkpoint, npy_bytes, npz_bytes
from fake_news.detection.encoder.cross_encoder import CrossEncoder
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.encoder.store import read_encoder
from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.core_claims import CoreClaims
from fake_news.detection.factchecks.fact_check import Rulings
from fake_news.detection.factchecks.relation.head import Head
from fake_news.detection.factchecks.relation.model import RelationModel
from fake_news.detection.factchecks.terms import TermTable

SECTION = "fact_checks"
"""The part of ``model.json`` that is about rulings."""
CROSS_ENCODER = "cross_encoder"
"""The name of its entry there: the identity of the cross-encoder."""
TERMS_FILE, CLAIMS_FILE, VECTORS_FILE, MODEL_FILE = "terms.npz", "fact_checks.npz", "claim_vectors.npy", "relation.npz"
CORE_FILE = "core_claims.npz"
SIMILAR_FILE = "similar_rulings.npz"
"""Read by :mod:`fake_news.detection.veracity.similar_rulings`."""
EARLIER_FILES = ("pair_model.npz",)
"""Files of checkpoints that predate the encoder."""


@dataclass(frozen=True)
class ShippedFactChecks:
    """The rulings of a checkpoint, and the models that compare statements with them.

    Attributes
    ----------
    vectors : (claims, width) int8, made by ``encoder``
    core : the core claims; ``None`` in a checkpoint that predates them
    cross_encoder : reads a statement and a core claim together; ``None`` in a checkpoint that predates it
    """

    table: TermTable
    encoder: Encoder
    model: RelationModel
    columns: ClaimColumns
    vectors: NDArray[np.int8]
    rulings: Rulings
    core: CoreClaims | None = None
    cross_encoder: CrossEncoder | None = None

    @classmethod
    def read(cls, checkpoint: Checkpoint) -> ShippedFactChecks | None:
        """Read those of a checkpoint; ``None`` if it has none.

        Raises
        ------
        CheckpointError
            If an encoder is missing or damaged, or its vectors do not fit the encoder.
        KeyError, TypeError, ValueError
            If the files are not what this version writes.
        """
        settings = checkpoint.model.get(SECTION)
        if settings is None:
            return None
        table = TermTable.from_arrays(checkpoint.arrays(TERMS_FILE))
        claims = checkpoint.arrays(CLAIMS_FILE)
        claims["terms"] = table.hashes[claims["terms"]]
        files = read_encoder(settings["encoder"], checkpoint.path.parent)
        with np.load(io.BytesIO(files.arrays), allow_pickle=False) as head:
            model = RelationModel.read(Head.from_arrays(head), checkpoint.arrays(MODEL_FILE), settings["relation"])
        encoder, vectors = Encoder(files), checkpoint.array(VECTORS_FILE)
        columns = ClaimColumns.from_arrays(claims)
        if vectors.shape != (len(columns), encoder.width):
            raise CheckpointError(
                f"The checkpoint at {checkpoint.path} has claim vectors of shape {vectors.shape}, its encoder makes "
                f"({len(columns)}, {encoder.width}).",
                "Build the index again: `python -m fake_news factchecks build`.",
            )
        core = CoreClaims.from_arrays(checkpoint.arrays(CORE_FILE)) if CORE_FILE in checkpoint.files else None
        identity = settings.get(CROSS_ENCODER)
        cross_encoder = CrossEncoder(read_encoder(identity, checkpoint.path.parent)) if identity else None
        return cls(table, encoder, model, columns, vectors, Rulings.from_arrays(claims), core, cross_encoder)

    def files(self) -> dict[str, bytes]:
        """Write the files, by name."""
        columns = self.columns.as_arrays()
        columns["terms"] = _narrow(self.table.rows(self.columns.terms.values))
        return {
            TERMS_FILE: npz_bytes(**self.table.as_arrays()),
            CLAIMS_FILE: npz_bytes(**columns, **self.rulings.as_arrays()),
            VECTORS_FILE: npy_bytes(self.vectors),
            MODEL_FILE: npz_bytes(**self.model.as_arrays()),
            **({CORE_FILE: npz_bytes(**self.core.as_arrays())} if self.core else {}),
        }

    def settings(self, more: Mapping[str, Any]) -> dict[str, Any]:
        """Write the part of ``model.json``.

        Parameters
        ----------
        more : further entries, such as counts of the rows
        """
        return {
            "count": len(self.rulings),
            "newest": self.rulings.newest,
            "encoder": self.encoder.identity,
            **({CROSS_ENCODER: self.cross_encoder.identity} if self.cross_encoder else {}),
            "relation": self.model.settings(),
            **more,
        }


def with_fact_checks(
    earlier: Checkpoint, model: dict[str, Any], files: dict[str, bytes]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Add the rulings of an earlier checkpoint, if it has any, to the contents of one that is to be written.

    Training the detector does not change them.
    """
    if SECTION not in earlier.model:
        return model, files
    kept = {
        name: earlier.files[name]
        for name in (TERMS_FILE, CLAIMS_FILE, MODEL_FILE, CORE_FILE, SIMILAR_FILE)
        if name in earlier.files
    }
    kept[VECTORS_FILE] = npy_bytes(earlier.array(VECTORS_FILE))
    return {**model, SECTION: earlier.model[SECTION]}, {**files, **kept}


def _narrow(rows: NDArray[np.int64]) -> NDArray[np.integer[Any]]:
    return rows.astype(np.uint16 if rows.max(initial=0) < 1 << 16 else np.uint32)
