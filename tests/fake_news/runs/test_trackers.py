"""Copies of records in the real MLflow (SQLite) and Weights & Biases (offline), read back by their own means."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fake_news.common.errors import TrackingError
from fake_news.runs.record import Status
from fake_news.runs.recording import Recorder
from fake_news.runs.run_store import RunStore
from fake_news.runs.sending import tracking_configuration
from fake_news.runs.trackers import allowed_names

pytestmark = pytest.mark.lifecycle

UNREACHABLE = "http://127.0.0.1:9"
SEND = (sys.executable, "-m", "fake_news", "runs", "send")
# Sends twice, then reads what is there: MLflow through its client, W&B's file through the messages it is made of.
SEND_AND_READ = """
import json, struct, sys
from pathlib import Path
from fake_news.cli.command_line import main

statuses = [main(["runs", "send"]), main(["runs", "send"])]
from mlflow import MlflowClient

folder = Path(sys.argv[1])
client = MlflowClient(tracking_uri=f"sqlite:///{(folder / 'mlflow' / 'mlflow.db').as_posix()}")
experiment = client.get_experiment_by_name("plumbline").experiment_id
runs = {}
for run in client.search_runs([experiment]):
    files = [entry.path for place in ("", "plots") for entry in client.list_artifacts(run.info.run_id, place)]
    runs[run.data.tags["plumbline.run"]] = {
        "status": run.info.status, "metrics": run.data.metrics, "params": run.data.params, "tags": run.data.tags,
        "files": files, "milliseconds": run.info.end_time - run.info.start_time,
    }

from wandb.proto.wandb_internal_pb2 import Record

def records(path):
    content, position, part = path.read_bytes(), 7, b""
    while position + 7 <= len(content):
        left = 32768 - position % 32768
        if left < 7:
            position += left
            continue
        _, length, kind = struct.unpack("<IHB", content[position:position + 7])
        part += content[position + 7:position + 7 + length]
        position += 7 + length
        if kind in (1, 4):
            yield Record.FromString(part)
            part = b""

offline = {}
for path in sorted((folder / "wandb").rglob("*.wandb")):
    found = {"config": {}, "summary": {}, "plots": [p.read_text() for p in path.parent.rglob("*.html")]}
    for record in records(path):
        if record.HasField("run"):
            found["id"] = record.run.run_id
            found["config"] |= {e.key: json.loads(e.value_json) for e in record.run.config.update}
        elif record.HasField("summary"):
            found["summary"] |= {e.key or "/".join(e.nested_key): json.loads(e.value_json)
                                 for e in record.summary.update}
        elif record.HasField("exit"):
            found["exit"] = record.exit.exit_code
    offline[found.pop("id")] = found
sys.stdout.write(json.dumps({"statuses": statuses, "mlflow": runs, "wandb": offline}))
"""


def environment(runs: Path, configuration: str) -> dict[str, str]:
    """The variables of a process with a tracking configuration of its own."""
    path = runs.parent / "tracking.toml"
    path.write_text(configuration, encoding="utf-8")
    return {**os.environ, "PLUMBLINE_RUNS": str(runs), "PLUMBLINE_TRACKING": str(path)}


@dataclass(frozen=True)
class Sendings:
    """Two runs, sent first to an MLflow that nobody reaches, then to one that is there."""

    finished: str
    failed: str
    first: subprocess.CompletedProcess[str]
    receipts: list[str]
    found: Any


@pytest.fixture(scope="module")
def sendings(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Sendings:
    """Done once: these packages take seconds to import."""
    runs = tmp_path_factory.mktemp("tracked") / "runs"
    configuration = {"recipe": {"scale": 0.5}, "odd, name": [1, 2]}
    with Recorder(runs).record("train", configuration=configuration, data={"liar/x.tsv": "ab" * 32}, seed=3) as run:
        run.metrics({"AUC: LIAR test": 0.61, "AUC; LIAR test": 0.62, "none": float("nan")})
        run.plot("ROC, all", "<svg>the curve</svg>")
    with pytest.raises(ValueError, match="rows"), Recorder(runs).record("evaluate", configuration={}) as failed:
        raise ValueError("no rows")
    variables = environment(runs, f'[mlflow]\nenabled = true\nuri = "{UNREACHABLE}"\n[wandb]\nenabled = true\n')
    first = subprocess.run(SEND, cwd=root, env=variables, capture_output=True, text=True)
    receipts = sorted(path.name for path in (runs / run.id).glob("sent-*"))
    variables = environment(runs, "[mlflow]\nenabled = true\n[wandb]\nenabled = true\n")
    second = subprocess.run(
        [sys.executable, "-c", SEND_AND_READ, runs], cwd=root, env=variables, capture_output=True, text=True
    )
    assert second.returncode == 0, second.stderr
    return Sendings(run.id, failed.id, first, receipts, json.loads(second.stdout.splitlines()[-1]))


def test_what_a_tracker_out_of_reach_did_not_get_is_kept_and_said(sendings: Sendings) -> None:
    assert sendings.first.returncode == 2
    assert "2 runs sent to wandb" in sendings.first.stdout  # the other tracker gets its copies all the same
    complaint = sendings.first.stderr.splitlines()[-1]
    assert complaint.startswith("Not sent: 2 for mlflow (")
    assert "runs send" in complaint
    assert "Traceback" not in sendings.first.stderr
    assert sendings.receipts == ["sent-wandb.txt"]


def test_mlflow_gets_it_later_and_once(sendings: Sendings) -> None:
    assert sendings.found["statuses"] == [0, 0]
    runs = sendings.found["mlflow"]
    assert set(runs) == {sendings.finished, sendings.failed}
    finished, failed = runs[sendings.finished], runs[sendings.failed]
    assert (finished["status"], failed["status"]) == ("FINISHED", "FAILED")
    assert finished["metrics"] == {"AUC_ LIAR test": 0.61, "AUC_ LIAR test_2": 0.62}
    assert finished["params"] == {"recipe.scale": "0.5", "odd_ name": "1, 2", "seed": "3", "data.liar/x.tsv": "ab" * 32}
    assert finished["tags"]["command"] == "train"
    assert failed["tags"]["error"] == "ValueError: no rows"
    assert finished["files"] == ["plots", "run.json", "plots/ROC-all.svg"]
    assert finished["milliseconds"] >= 0


def test_weights_and_biases_gets_it_offline(sendings: Sendings) -> None:
    runs = sendings.found["wandb"]
    assert set(runs) == {sendings.finished, sendings.failed}
    finished, failed = runs[sendings.finished], runs[sendings.failed]
    assert (finished["exit"], failed["exit"]) == (0, 1)
    assert finished["config"]["recipe"] == {"scale": 0.5}
    assert finished["config"]["plumbline"]["seed"] == 3
    assert finished["summary"]["AUC: LIAR test"] == 0.61
    assert failed["summary"]["error"] == "ValueError: no rows"
    assert finished["plots"] == ["<svg>the curve</svg>"]


def test_a_run_that_ends_sends_by_itself_and_does_not_wait(tmp_path: Path, root: Path) -> None:
    variables = environment(tmp_path / "runs", "[wandb]\nenabled = true\n")
    program = "from fake_news.runs.recording import Recorder\nwith Recorder().record('train', configuration={}): pass\n"
    result = subprocess.run([sys.executable, "-c", program], cwd=root, env=variables, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
    store = RunStore(tmp_path / "runs")
    record = store.find("latest")
    assert record.status is Status.FINISHED
    deadline = time.monotonic() + 120
    while store.read_receipt(record.id, "wandb") is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert store.read_receipt(record.id, "wandb") == "offline: plumbline"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[mlflow", "is not TOML"),
        ("[mlflow]\nenabeld = true\n", "mlflow.enabeld is unknown"),
        ('[wandb]\nmode = "loud"\n', "wandb.mode"),
    ],
)
def test_a_wrong_configuration_is_said_and_costs_no_run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    content: str,
    complaint: str,
) -> None:
    (tmp_path / "tracking.toml").write_text(content, encoding="utf-8")
    monkeypatch.setenv("PLUMBLINE_TRACKING", str(tmp_path / "tracking.toml"))
    with pytest.raises(TrackingError, match=complaint):
        tracking_configuration()
    with Recorder(tmp_path / "runs").record("train", configuration={}):
        pass
    assert complaint in caplog.text
    assert RunStore(tmp_path / "runs").find("latest").status is Status.FINISHED


def test_no_tracker_is_enabled_unless_somebody_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PLUMBLINE_TRACKING", raising=False)
    configuration = tracking_configuration()
    assert (configuration.mlflow.enabled, configuration.wandb.enabled) == (False, False)
    monkeypatch.setenv("PLUMBLINE_TRACKING", str(tmp_path / "nowhere.toml"))
    with pytest.raises(TrackingError, match=r"nowhere\.toml cannot be read"):
        tracking_configuration()


def test_names_stay_apart_when_their_signs_are_not_allowed() -> None:
    assert allowed_names(["a,b", "a;b", "a b", "é"], " ") == {"a,b": "a_b", "a;b": "a_b_2", "a b": "a b", "é": "_"}
