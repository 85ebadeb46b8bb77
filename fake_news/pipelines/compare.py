"""Comparing model families under the same protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fake_news.model_selection.compare import check_names, compare
from fake_news.model_selection.comparison import Comparison, compare_results
from fake_news.model_selection.families import STACKS, families
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.training.recipe import Recipe
from fake_news.training.train import SEED, data_fingerprints
from fake_news.training.training_sets import load_corpus, protocols

SCRATCH = Path(".scratch/compare")


@dataclass(frozen=True)
class FamilyComparison:
    """The families, one comparison for each protocol.

    Attributes
    ----------
    skipped : families that were left out, with why
    missing : sets that were not at hand, with what each costs
    """

    comparisons: Sequence[Comparison]
    skipped: Mapping[str, str]
    missing: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """All figures as plain values."""
        return {
            "missing": dict(self.missing),
            "skipped": dict(self.skipped),
            "comparisons": [comparison.as_json() for comparison in self.comparisons],
        }


def compare_families(
    data_folder: Path,
    recipe: Recipe,
    names: Sequence[str] = (),
    *,
    protocol: str | None = None,
    scratch: Path = SCRATCH,
    recorder: Recorder = DEFAULT_RECORDER,
) -> FamilyComparison:
    """Fit the families, choose their settings on validation statements, and score each once on the test statements.

    Parameters
    ----------
    names : which families (default: all)
    protocol : one protocol only (default: all that the data allow)
    scratch : the folder of finished parts; a comparison that was stopped continues from there

    Raises
    ------
    PlumblineError
        If a family is unknown, or the data do not allow the protocol.
    """
    known = [*families(recipe), *STACKS]
    wanted = list(names) or known
    check_names(wanted, known)  # refused now rather than after the data were read
    configuration = {"families": wanted, "protocol": protocol, "recipe": recipe.as_json(), "data_dir": data_folder}
    fingerprints = data_fingerprints(data_folder)
    with recorder.record("compare", configuration=configuration, data=fingerprints, seed=SEED) as run:
        corpus = load_corpus(data_folder)
        splits = list(protocols(corpus, protocol).values())
        results, skipped = compare(corpus, splits, recipe, wanted, scratch)
        comparisons = [compare_results(split, results[split.name]) for split in splits]
        run.note("skipped", skipped)
        run.note("missing_sets", corpus.missing)
        for comparison in comparisons:
            run.metrics(comparison.metrics())
    return FamilyComparison(comparisons, skipped, corpus.missing)
