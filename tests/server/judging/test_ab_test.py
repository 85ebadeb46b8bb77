"""A challenger judges for a share of the installations: always the same ones, under its own name, mixed with none."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.database.database import add_token
from fake_news.detection.checkpoint_folders import current_checkpoint
from server.access.security import Access
from server.access.users import digest
from server.app import create_app
from server.configuration import Configuration, from_environment
from server.judging.ab_test import FILE_NAME, installation_id, position
from server.service import Service
from tests.conftest import ROOT, RunningServer
from tests.fake_news.conftest import run_command_here
from tests.server.checkpoints import changed_checkpoint, more_trusting
from tests.server.conftest import Client
from tests.server.metric_samples import samples

TEXT = "Taxes rose by 4 percent in 2020."
PAGE = {"blocks": [{"id": "b1", "text": TEXT}]}
FEEDBACK = {"statement": TEXT, "label": "unsure", "correction": "true"}
MAIN = "the-main-token-of-the-tests"
SHARE = 0.5


@pytest.fixture
def challenger(tmp_path: Path) -> Path:
    def other(model: dict[str, Any]) -> None:
        more_trusting(model)
        model["card"]["version"] = "trusting"

    return changed_checkpoint(tmp_path, "trusting", other)


def token_of(user: str | None) -> str:
    return MAIN if user is None else f"the token of the user {user}"


class Crowd:
    """Users of one server, a request of each through the whole application."""

    def __init__(self, service: Service, users: list[str]) -> None:
        self.service, self.users = service, users
        self._client = create_app(service).test_client()
        for user in users:
            add_token(service.storage.database(), user, digest(token_of(user)))

    def ask(self, user: str | None, method: str, path: str, document: Any = None) -> Any:
        headers = {"Host": "127.0.0.1", "Authorization": f"Bearer {token_of(user)}"}
        body = None if document is None else json.dumps(document)
        answer = self._client.open(path, method=method, data=body, headers=headers, content_type="application/json")
        assert answer.status_code in (200, 201), answer.get_data()
        return answer.get_json()

    def check(self, user: str | None) -> Any:
        return self.ask(user, "POST", "/api/v1/check", PAGE)


@pytest.fixture
def crowd(tmp_path: Path, challenger: Path) -> Iterator[Crowd]:
    configuration = Configuration(
        access=Access(token=MAIN),
        data_folder=tmp_path / "data",
        challenger=challenger,
        challenger_share=SHARE,
    )
    service = Service(configuration)
    yield Crowd(service, [f"user-{number}" for number in range(12)])
    service.stop()


def test_each_user_meets_one_model_and_no_verdict_of_the_other(crowd: Crowd) -> None:
    champion = crowd.service.champion
    assert crowd.service.split is not None
    other = crowd.service.split.challenger.current
    expected = {one.version: one.check(TEXT)[0].probability for one in (champion, other)}
    assert expected[champion.version] != expected["trusting"]
    met: dict[str, str] = {}
    for turn in range(2):  # the second time all of it is remembered
        for user in crowd.users:
            answer = crowd.check(user)
            [statement] = answer["blocks"][0]["statements"]
            assert statement["probability"] == pytest.approx(expected[answer["model"]], abs=1e-4)
            assert met.setdefault(user, answer["model"]) == answer["model"], turn
    drawn = {user: position("trusting", f"user {user}") < SHARE for user in crowd.users}
    assert {user: model == "trusting" for user, model in met.items()} == drawn
    assert set(met.values()) == {champion.version, "trusting"}


def test_everything_that_names_a_model_names_the_one_that_judges_here(crowd: Crowd) -> None:
    for user in (None, *crowd.users):
        model = crowd.check(user)["model"]
        assert crowd.ask(user, "GET", "/api/v1/health")["model"] == model
        assert crowd.ask(user, "GET", "/api/v1/model")["version"] == model
        statistics = crowd.ask(user, "GET", "/api/v1/statistics")
        assert (statistics["model"], statistics["drift"]["model"]) == (model, model)
        crowd.ask(user, "POST", "/api/v1/feedback", FEEDBACK)
        kept = crowd.ask(None, "GET", "/api/v1/feedback?limit=1")["feedback"]
        assert [one["model"] for one in kept] == [model]


def test_feedback_on_both_models_is_reported_side_by_side(
    crowd: Crowd, challenger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    champion = crowd.service.champion.version
    for user in crowd.users:
        if crowd.check(user)["model"] == "trusting":
            crowd.ask(user, "POST", "/api/v1/feedback", FEEDBACK)
    crowd.service.stop()
    served = sum(position("trusting", f"user {user}") < SHARE for user in crowd.users)
    figures = tmp_path / "figures.json"
    checkpoints = {champion: current_checkpoint(), "trusting": challenger}
    monkeypatch.setattr("fake_news.pipelines.server_data.find_checkpoint", lambda _, version: checkpoints[version])
    run = run_command_here(
        "outcomes", "trusting", "--champion", champion, "--data-folder", tmp_path / "data", "--json", figures
    )
    assert run.status == 0, run.err
    assert f"| verdicts given | {len(crowd.users) - served} | {served} |" in run.out
    assert f"| called wrong | 0 | {served} |" in run.out
    first, second = json.loads(figures.read_text(encoding="utf-8"))["models"]
    assert first["rate"][0] == 0 < first["rate"][2]
    assert second["rate"][1] < second["rate"][0] == 1
    assert "is called wrong less often than chance explains" in run.out


def test_a_share_is_a_share_and_a_larger_one_keeps_who_is_in_it() -> None:
    drawn = [position("b", f"user {number}") for number in range(10_000)]
    assert sum(place < 0.1 for place in drawn) == pytest.approx(1000, abs=120)  # four standard deviations
    assert all(0 <= place < 1 for place in drawn)
    again = [position("c", f"user {number}") for number in range(10_000)]
    both = sum(one < 0.1 and other < 0.1 for one, other in zip(drawn, again, strict=True))
    assert both == pytest.approx(100, abs=40)  # the next challenger draws again


def test_the_number_of_an_installation_is_drawn_once_and_is_unique(tmp_path: Path) -> None:
    first, second = installation_id(tmp_path / "a"), installation_id(tmp_path / "b")
    assert first == installation_id(tmp_path / "a") != second
    file = tmp_path / "a" / FILE_NAME
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("who am I", encoding="utf-8")
    with pytest.raises(PlumblineError, match="does not contain an installation's number"):
        installation_id(tmp_path / "a")
    (tmp_path / "c").write_text("", encoding="utf-8")
    with pytest.raises(PlumblineError, match="cannot be used"):
        installation_id(tmp_path / "c")


def test_a_server_without_tokens_is_one_installation(
    start_server: Callable[..., RunningServer], challenger: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    mine = position("trusting", f"installation {installation_id(folder)}")
    options = ("--data-folder", str(folder), "--challenger", str(challenger), "--challenger-share")
    met = {}
    for share in (mine / 2, min(mine + 1e-6, 1.0)):
        client = Client(start_server(*options, str(share)).port)
        met[share] = client.check(PAGE).json()["model"]
        assert client.ask("GET", "/api/v1/health").json()["model"] == met[share]
        counted = samples(client)
        assert counted[f'plumbline_model_statements_total{{version="{met[share]}"}}'] == 1
        assert counted['plumbline_challenger_info{version="trusting"}'] == 1
    assert list(met.values()) == [
        current_checkpoint().name,
        "trusting",
    ]


def test_nothing_is_drawn_where_nobody_asked_for_it(client: Client, running_server: RunningServer) -> None:
    assert client.check(PAGE).status == 200
    assert not list(running_server.log.parent.rglob(FILE_NAME))
    assert not [name for name in samples(client) if "challenger" in name or "model_statements" in name]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--challenger-share", "0.2"), "no challenger"),
        (("--challenger", "{challenger}", "--challenger-share", "0"), "a share is above 0"),
        (("--challenger", "{challenger}", "--challenger-share", "nan"), "a share is above 0"),
        (("--challenger", "{challenger}", "--shadow", "{challenger}"), "A shadow and a challenger cannot run at once"),
        (("--challenger", "{current}"), "Champion and challenger are both"),
        (("--challenger", "{nowhere}"), "The challenger cannot be used."),
    ],
)
def test_what_cannot_be_split_is_refused_at_the_start(
    challenger: Path, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    places = {"challenger": challenger, "current": current_checkpoint(), "nowhere": tmp_path / "nowhere"}
    line = [sys.executable, "-m", "server", "--port", "0", "--data-folder", str(tmp_path / "data")]
    started = subprocess.run(
        [*line, *(option.format(**places) for option in options)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert started.returncode == 2
    assert words in started.stderr
    assert "Traceback" not in started.stderr


def test_the_environment_names_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_TOKEN", MAIN)
    named = {"PLUMBLINE_CHALLENGER": str(tmp_path), "PLUMBLINE_CHALLENGER_SHARE": "0.25"}
    configuration = from_environment(named)
    assert (configuration.challenger, configuration.challenger_share) == (tmp_path, 0.25)
    assert from_environment({}).challenger is None
    for share in ("0", "1.5", "a tenth"):
        with pytest.raises(PlumblineError, match="PLUMBLINE_CHALLENGER_SHARE"):
            from_environment({**named, "PLUMBLINE_CHALLENGER_SHARE": share})
