"""What a search comes to: the chosen candidate beside the shipped recipe, fitted on all training statements.

The test statements are scored here and nowhere else, once: by the candidate that cross-validation chose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import joblib

from fake_news.model_selection.compare import Result, Task, search_settings
from fake_news.model_selection.families import SHIPPED, Family
from fake_news.model_selection.tuning.candidates import Candidate, pipeline_of
from fake_news.model_selection.tuning.trial import SearchTask
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Protocol

CHOSEN = "chosen"


def final_results(task: SearchTask, protocol: Protocol, recipe: Recipe, chosen: Candidate) -> Mapping[str, Result]:
    """Results of the shipped recipe and, where it is another, of the chosen candidate."""
    fitted = Task(protocol, task.background, recipe)
    nowhere = joblib.Memory(None, verbose=0)
    results = {SHIPPED: search_settings(task.families[SHIPPED], fitted, nowhere)}
    if chosen != Candidate(SHIPPED, ()):
        family = with_settings(task.families[chosen.family], chosen, task.kept_share)
        results[CHOSEN] = replace(search_settings(family, fitted, nowhere), settings=chosen.settings_text)
    return results


def with_settings(family: Family, candidate: Candidate, kept_share: float) -> Family:
    """A family with the candidate's settings and nothing left to choose."""
    return replace(family, pipeline=pipeline_of(candidate, family, kept_share), grid={})
