"""`python -m fake_news drift`: what cron reads is the exit status, and what a person reads is plain."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fake_news.database.lazy_database import LazyDatabase
from fake_news.database.records import CHECKPOINT_CHARACTERS, Counts
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.monitoring.reference import FIELD, Reference, reference_of
from fake_news.monitoring.traits import Trait
from tests.fake_news.conftest import Run
from tests.fake_news.monitoring.references import reference
from tests.server.checkpoints import changed_checkpoint

pytestmark = pytest.mark.lifecycle


@pytest.fixture(scope="module")
def known() -> Reference:
    return reference()


@pytest.fixture
def checkpoint(tmp_path: Path, known: Reference) -> Path:
    return changed_checkpoint(tmp_path, "watched", lambda model: model["card"].update({FIELD: known.as_json()}))


def count(home: Path, checkpoint: Path, known: Reference, turned: Trait | None = None) -> None:
    """Count today what lies as the reference does, with one trait turned round."""
    fingerprint = read_checkpoint(checkpoint).model["fingerprint"][:CHECKPOINT_CHARACTERS]
    counts, today = Counts(), datetime.now(UTC).strftime("%Y-%m-%d")
    for trait, bins in known.histograms.items():
        for number, n in enumerate(bins[::-1] if trait is turned else bins):
            counts.traits[today, fingerprint, trait, number] = n
    storage = LazyDatabase(home)
    storage.database().add_counts(counts)
    storage.close()


def test_unchanged_text_is_fine(
    checkpoint: Path, known: Reference, tmp_path: Path, command: Callable[..., Run]
) -> None:
    count(tmp_path, checkpoint, known)
    run = command("drift", "--checkpoint", checkpoint, "--data-folder", tmp_path)
    assert run.status == 0, run.err
    assert "looks like what the model was measured on" in run.out
    assert "240 invented texts" in run.out


def test_drift_is_an_exit_status_and_advice(
    checkpoint: Path, known: Reference, tmp_path: Path, command: Callable[..., Run]
) -> None:
    count(tmp_path, checkpoint, known, turned=Trait.LENGTH)
    told = tmp_path / "drift.json"
    run = command("drift", "--checkpoint", checkpoint, "--data-folder", tmp_path, "--json", told)
    assert run.status == 1, run.err
    assert "length: Statements are longer or shorter than in articles." in run.out
    states = {one["trait"]: one["state"] for one in json.loads(told.read_text(encoding="utf-8"))["traits"]}
    assert [trait for trait, state in states.items() if state == "drifted"] == ["length"]
    # Another checkpoint's counts are no concern of this one's.
    other = changed_checkpoint(tmp_path, "other", lambda model: model["card"].update({FIELD: known.as_json()}))
    fine = command("drift", "--checkpoint", other, "--data-folder", tmp_path)
    assert (fine.status, "Too little was read" in fine.out) == (0, True)


def test_missing_counts_or_a_missing_reference_are_errors_with_advice(
    checkpoint: Path, tmp_path: Path, command_here: Callable[..., Run]
) -> None:
    nothing = command_here("drift", "--checkpoint", checkpoint, "--data-folder", tmp_path / "none")
    assert (nothing.status, "No server has kept counts" in nothing.err) == (2, True)
    bare = changed_checkpoint(tmp_path, "bare", lambda model: model["card"].pop(FIELD, None))
    without = command_here("drift", "--checkpoint", bare, "--data-folder", tmp_path)
    assert (without.status, "--make-reference" in without.err) == (2, True)


def test_both_error_rates_can_be_asked_for(checkpoint: Path, command_here: Callable[..., Run]) -> None:
    run = command_here("drift", "--checkpoint", checkpoint, "--simulate", "1000")
    assert run.status == 0, run.err
    assert "drawn from the reference itself (stated: at most 1.0%)" in run.out
    assert run.out.count("of the statements with another") == 15


def test_a_reference_can_be_added_and_the_model_stays(
    miniature_data: Path, tmp_path: Path, command_here: Callable[..., Run]
) -> None:
    path = changed_checkpoint(tmp_path, "bare", lambda model: model["card"].pop(FIELD, None))
    before = read_checkpoint(path).model
    run = command_here("drift", "--make-reference", "--checkpoint", path, "--data-dir", miniature_data)
    assert run.status == 0, run.err
    after = read_checkpoint(path).model
    found = reference_of(after["card"])
    assert found is not None
    assert sum(found.histograms[Trait.LENGTH]) > 20
    assert {name for name in after if after[name] != before[name]} == {"card", "fingerprint"}
    assert after["files"] == before["files"]
