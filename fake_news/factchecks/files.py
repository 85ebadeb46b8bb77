"""The fact-checks of a checkpoint: three files of arrays, and the settings in ``model.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.checkpoint import Checkpoint, npz_bytes
from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.forest import Forest
from fake_news.factchecks.pair_model import PairModel
from fake_news.factchecks.rulings import Rulings
from fake_news.factchecks.term_table import TermTable

SECTION = "fact_checks"
"""The part of ``model.json`` that is about fact-checks."""
TERMS_FILE, CLAIMS_FILE, MODEL_FILE = "terms.npz", "fact_checks.npz", "pair_model.npz"
_SETTINGS = ("slope", "intercept", "same_claim_from", "related_from", "fewest_terms", "least_bm25_share")


@dataclass(frozen=True)
class ShippedFactChecks:
    """What a checkpoint knows about fact-checks."""

    table: TermTable
    model: PairModel
    columns: ClaimColumns
    rulings: Rulings

    @classmethod
    def read(cls, checkpoint: Checkpoint) -> ShippedFactChecks | None:
        """Those of a checkpoint; ``None`` where it has none.

        Raises
        ------
        KeyError, TypeError, ValueError
            If the files are not what this version writes.
        """
        settings = checkpoint.model.get(SECTION)
        if settings is None:
            return None
        table = TermTable.from_arrays(checkpoint.arrays(TERMS_FILE))
        claims = checkpoint.arrays(CLAIMS_FILE)
        claims["terms"] = table.hashes[claims["terms"]]
        forest = Forest.from_arrays(checkpoint.arrays(MODEL_FILE))
        model = PairModel(forest, **{name: settings[name] for name in _SETTINGS})
        return cls(table, model, ClaimColumns.from_arrays(claims), Rulings.from_arrays(claims))

    def files(self) -> dict[str, bytes]:
        """The bytes of the files, by name."""
        columns = self.columns.as_arrays()
        columns["terms"] = _narrow(self.table.rows(self.columns.terms.values))
        return {
            TERMS_FILE: npz_bytes(**self.table.as_arrays()),
            CLAIMS_FILE: npz_bytes(**columns, **self.rulings.as_arrays()),
            MODEL_FILE: npz_bytes(**self.model.forest.as_arrays()),
        }

    def settings(self, more: Mapping[str, Any]) -> dict[str, Any]:
        """The part of ``model.json``.

        Parameters
        ----------
        more : what else is worth telling, such as what happened to the rows
        """
        settings = {name: getattr(self.model, name) for name in _SETTINGS}
        return {"count": len(self.rulings), "newest": self.rulings.newest, **settings, **more}


def with_fact_checks(
    earlier: Checkpoint, model: dict[str, Any], files: dict[str, bytes]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The contents of a checkpoint yet to be written, with the fact-checks of an earlier one, where it has any.

    Training does not change them.
    """
    if SECTION not in earlier.model:
        return model, files
    return {**model, SECTION: earlier.model[SECTION]}, {**files, **_files_of(earlier)}


def _files_of(checkpoint: Checkpoint) -> dict[str, bytes]:
    return {name: checkpoint.files[name] for name in (TERMS_FILE, CLAIMS_FILE, MODEL_FILE)}


def _narrow(rows: NDArray[np.int64]) -> NDArray[np.integer[Any]]:
    return rows.astype(np.uint16 if rows.max(initial=0) < 1 << 16 else np.uint32)
