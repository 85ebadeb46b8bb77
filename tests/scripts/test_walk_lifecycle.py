"""scripts/walk_lifecycle.py: the page says what is run, and gets what it printed; nothing else is touched."""

from __future__ import annotations

import importlib
import re
import subprocess
from pathlib import Path
from shutil import which
from types import ModuleType
from typing import Any

import pytest

from fake_news.data.folder import read_table
from fake_news.data.statements import LIAR_COLUMNS, load_liar, load_politifact
from tests.fake_news.miniature_data import write_miniature_data

PAGE = """# A page

## 1. Data

```sh
mkdir reports
python hello.py    # a comment
```

```
old output
```

```sh
python hello.py --quiet
```

<!-- keep: ^b -->

Text.

## Not a step

```sh
python never.py
```

## 2. The end

```sh
python end.py
```
"""


@pytest.fixture
def lifecycle(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Imports a part of the walk as the script finds it: beside itself."""
    monkeypatch.syspath_prepend(str(root / "scripts"))

    def part(name: str) -> ModuleType:
        return importlib.import_module(f"lifecycle.{name}")

    return part


def test_steps_and_commands_are_read_from_the_page(lifecycle: Any) -> None:
    page = lifecycle("page")
    steps = page.steps_of(PAGE)
    assert list(steps) == ["Data", "The end"]
    assert [block.commands for block in steps["Data"]] == [
        ("mkdir reports", "python hello.py    # a comment"),
        ("python hello.py --quiet",),
    ]
    assert [block.keep and block.keep.pattern for block in steps["Data"]] == [None, "^b"]
    assert page.commands_of(PAGE) == ["mkdir reports", "python hello.py", "python hello.py --quiet", "python end.py"]


def test_outputs_replace_earlier_ones_and_nothing_else_changes(lifecycle: Any) -> None:
    page = lifecycle("page")
    outputs = {"mkdir reports": "## new\n\nwith what looks like a heading", "python hello.py --quiet": "b"}
    found = page.with_outputs(PAGE, lambda block: outputs.get(block.commands[0]))
    expected = PAGE.replace("old output", outputs["mkdir reports"]).replace(
        "<!-- keep: ^b -->\n", "<!-- keep: ^b -->\n\n```\nb\n```\n"
    )
    assert found == expected
    assert page.with_outputs(found, lambda block: outputs.get(block.commands[0])) == expected
    assert page.with_outputs(found, lambda _: None) == expected
    without = page.with_outputs(found, lambda _: "")
    assert "## new" not in without
    assert page.commands_of(without) == page.commands_of(PAGE)


def test_long_outputs_are_shortened_by_rule(lifecycle: Any) -> None:
    page = lifecycle("page")
    lines = [str(number) for number in range(40)]
    shown = page.shorten("\n".join(lines)).splitlines()
    assert shown == [*lines[: page.HEAD], page.CUT, *lines[-page.TAIL :]]
    few = "\n".join(lines[: page.HEAD + page.TAIL + 1])
    assert page.shorten(few + "\n") == few
    assert page.shorten("\n".join(lines), re.compile("^[12]$")) == f"1\n2\n{page.CUT}"
    assert page.shorten("1\n2", re.compile("^[12]$")) == "1\n2"
    [wide] = page.shorten("x" * 500).splitlines()
    assert len(wide) == page.WIDEST
    assert wide.endswith(page.CUT)


def test_earlier_costs_stay_until_they_are_measured_again(lifecycle: Any) -> None:
    costs = lifecycle("costs")
    page = "<!-- costs -->\n<!-- end of costs -->\n"
    first = costs.with_costs(page, ["a", "b"], [costs.Cost("b", 2.4, 1.0), costs.Cost("a", 1.0, 1.0)], "A machine")
    assert first.index("| `a` | 1 | 1 |") < first.index("| `b` | 2 | 1 |")
    second = costs.with_costs(first, ["b", "c"], [costs.Cost("c", 3.0, 2.6)], "Another")
    assert "| `b` | 2 | 1 |\n| `c` | 3 | 3 |\n<!-- end" in second
    assert "`a`" not in second
    assert "A machine" not in second


def commit(repository: Path) -> None:
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "a"]):
        who = ["-c", "user.name=a", "-c", "user.email=a@a.example"]
        subprocess.run(["git", *who, *arguments], cwd=repository, check=True)


@pytest.fixture
def workspace(lifecycle: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A walk's workspace of a repository of two files."""
    if which("git") is None:
        pytest.skip("git is not installed")
    repository = tmp_path / "repository"
    (repository / "model_checkpoints" / "a").mkdir(parents=True)
    (repository / "model_checkpoints" / "default").write_text("a\n", encoding="utf-8")
    (repository / "model_checkpoints" / "a" / "model.json").write_text("{}", encoding="utf-8")
    (repository / "hello.py").write_text(
        "import os, pathlib, sys\n"
        "pathlib.Path('written').write_text('x')\n"
        "print('at', os.getcwd(), os.environ['PLUMBLINE_HOME'], os.environ.get('PLUMBLINE_DATA'))\n"
        "sys.exit(int(sys.argv[1]))\n",
        encoding="utf-8",
    )
    commit(repository)
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("PLUMBLINE_DATA", "the reader's own")
    return lifecycle("workspace").Workspace(repository, tmp_path / "data", tmp_path / "scratch")


def test_commands_run_in_a_clone_with_its_own_home_folders(workspace: Any, tmp_path: Path) -> None:
    output, [cost] = workspace.run(["mkdir reports", "python hello.py 0    # says where"])
    assert output == "at . ../home None\n"
    assert (cost.command, cost.wall > 0) == ("python hello.py 0", True)
    assert (workspace.clone / "reports").is_dir()
    assert not (tmp_path / "repository" / "written").exists()
    assert list((tmp_path / "data").iterdir()) == []


def test_exit_statuses_are_shown_and_refusals_must_be_announced(workspace: Any, lifecycle: Any) -> None:
    assert workspace.run(["python hello.py 1"])[0].endswith("(exit status 1)\n")
    assert workspace.run(["python hello.py 2   # refused"])[0].endswith("(exit status 2)\n")
    for command in ("python hello.py 2", "python hello.py 0  # refused"):
        with pytest.raises(lifecycle("workspace").LifecycleError, match="ended with"):
            workspace.run([command])


def test_files_of_an_earlier_walk_are_removed(workspace: Any) -> None:
    made = [workspace.clone / "model_checkpoints" / "b", workspace.clone / "parts"]
    for folder in made:
        folder.mkdir()
    (workspace.clone / "model_checkpoints" / "current").write_text("b\n", encoding="utf-8")
    (workspace.clone / "judged.csv").write_text("x", encoding="utf-8")
    workspace.clear(
        [
            "python -m fake_news data split liar --output parts",
            "python -m fake_news score in.csv judged.csv",
            "python -m fake_news train --version b   # a comment",
            "python -m fake_news runs list",
        ]
    )
    assert [path.exists() for path in (*made, workspace.clone / "judged.csv")] == [False, False, False]
    assert not (workspace.clone / "model_checkpoints" / "current").exists()
    assert (workspace.clone / "model_checkpoints" / "default").read_text(encoding="utf-8") == "a\n"
    assert (workspace.clone / "model_checkpoints" / "a").is_dir()


def test_a_later_walk_continues_with_the_last_commit_and_earlier_files(
    workspace: Any, lifecycle: Any, tmp_path: Path
) -> None:
    (workspace.clone / "model_checkpoints" / "current").write_text("b\n", encoding="utf-8")
    (workspace.clone / "model_checkpoints" / "b").mkdir()
    (workspace.clone / "drawn.svg").write_text("by the walk", encoding="utf-8")
    repository = tmp_path / "repository"
    (repository / "drawn.svg").write_text("in the repository now", encoding="utf-8")
    commit(repository)
    again = lifecycle("workspace").Workspace(repository, tmp_path / "data", tmp_path / "scratch")
    assert (again.clone / "drawn.svg").read_text(encoding="utf-8") == "in the repository now"
    assert (again.clone / "model_checkpoints" / "current").read_text(encoding="utf-8") == "b\n"
    assert (again.clone / "model_checkpoints" / "b").is_dir()


def test_the_newest_rulings_are_held_back_only_from_training(lifecycle: Any, tmp_path: Path) -> None:
    data, before, new, dated = (tmp_path / name for name in ("data", "before", "new.csv", "dated.csv"))
    write_miniature_data(data)
    lifecycle("held_back_rulings").hold_back(data, before, new, dated, rows=20)
    published, left = load_liar(data, "train"), load_liar(before, "train")
    assert left == published[:-20]
    held = [row for _, row in read_table(new, ["text", "label", "speaker"], quoted=True)]
    assert [row["text"] for row in held] == [statement.text for statement in published[-20:]]
    assert {row["label"] for row in held} >= {"barely-true"}
    gone = {statement.identifier for statement in published[-20:]}
    archive = [statement.identifier for statement in load_politifact(data)]
    kept = [statement.identifier for statement in load_politifact(before)]
    assert sorted(kept) == sorted(one for one in archive if one not in gone)
    assert len(kept) < len(archive)
    dates = {statement.identifier: statement.date for statement in load_politifact(data)}
    with_dates = {one.text: dates[one.identifier] for one in published[-20:] if one.identifier in dates}
    assert {row["text"]: row["date"] for _, row in read_table(dated, ["text", "date"], quoted=True)} == with_dates
    for split in ("valid", "test"):
        assert load_liar(before, split) == load_liar(data, split)
    lines = read_table(before / "liar" / "train.tsv", LIAR_COLUMNS, quoted=False, separator="\t", header=False)
    assert len(list(lines)) == len(published) - 20
