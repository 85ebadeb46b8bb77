"""Records in Weights & Biases, as files for ``wandb sync`` (offline) or straight to its server. Needs wandb."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fake_news.runs.configuration import WandbSettings
from fake_news.runs.record import Record, Status
from fake_news.runs.run_comparison import code_text
from fake_news.runs.tracker import required

_PATIENCE = 30  # seconds for a server that does not answer


class WandbTracker:
    """A project in Weights & Biases.

    Parameters
    ----------
    folder
        Where it keeps its files.
    """

    name = "wandb"

    def __init__(self, settings: WandbSettings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder.resolve()
        self.place = f"{settings.mode}: {settings.project}"

    def send(self, record: Record, plots: Mapping[str, str]) -> None:
        """See :class:`fake_news.runs.tracker.Tracker`."""
        wandb = required("wandb")
        self._folder.mkdir(parents=True, exist_ok=True)
        run = wandb.init(
            project=self._settings.project,
            mode=self._settings.mode,
            dir=str(self._folder),
            id=record.id,  # sent twice, the later takes the earlier's place
            name=f"{record.command} {record.id}",
            job_type=record.command,
            tags=[record.status],
            config={
                **record.configuration,
                "plumbline": {"seed": record.seed, "data": record.data, "code": code_text(record)},
            },
            # Only the record: no code, no terminal, no figures of this machine.
            settings=wandb.Settings(
                silent=True,
                console="off",
                disable_code=True,
                disable_git=True,
                init_timeout=_PATIENCE,
                x_disable_meta=True,
                x_disable_stats=True,
                x_save_requirements=False,
            ),
        )
        run.summary.update({name: value for name, value in record.metrics.items() if value is not None})
        run.summary.update(
            {"status": record.status, "error": record.error, "started": record.started.isoformat()}
            | {f"artefact {artefact.path}": artefact.sha256 for artefact in record.artefacts}
        )
        if plots:
            run.log({f"plots/{name}": wandb.Html(svg, inject=False) for name, svg in plots.items()})
        run.finish(exit_code=0 if record.status is Status.FINISHED else 1)
