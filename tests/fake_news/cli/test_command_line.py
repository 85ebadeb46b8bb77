"""`python -m fake_news` as a person runs it: text in, verdicts out, and one clear line when something is wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_news import __version__
from fake_news.detection.answer import answer
from fake_news.detection.detector import Detector
from tests.fake_news.conftest import Run

Command = Callable[..., Run]
CLAIM = "Photo shows that the streetlights of Harlow Creek contain microchips that track people."


def one_line_of_complaint(run: Run, *words: str) -> None:
    """Exit status 2 and one line that holds ``words``; nothing else, and never a traceback."""
    assert (run.status, run.out) == (2, "")
    assert run.err.count("\n") == 1
    assert all(word in run.err for word in words), run.err


def test_check_a_text(command: Command) -> None:
    run = command("check", f"{CLAIM} What a lovely day it is!")
    assert (run.status, run.err) == (0, "")
    first, why, *_, last = run.out.splitlines()
    assert first.startswith("unsure")
    assert first.endswith(CLAIM)
    assert "no published fact-check" in why
    assert last.split() == ["no-claim", *"What a lovely day it is!".split()]


def test_text_file_and_standard_input_say_the_same(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(f"😀 {CLAIM}\n\nRead more", encoding="utf-8")
    from_file, from_input = command("check", file), command("check", "-", stdin=file.read_bytes())
    assert (from_file.status, from_file.err) == (0, "")
    assert from_file.out.startswith("unsure")
    assert from_file == from_input == command("check", file.read_text(encoding="utf-8"))


def test_json_is_the_answer_of_the_server(command: Command, detector: Detector) -> None:
    text = f"😀 {CLAIM}"
    run = command("check", "--json", text)
    assert (run.status, run.err) == (0, "")
    assert json.loads(run.out) == answer(detector, [("text", text)])
    assert json.loads(run.out)["blocks"][0]["statements"][0]["end"] == len(text) + 1  # the emoji counts twice


def test_not_english_is_said(command: Command) -> None:
    run = command("check", "Der Bürgermeister hat die Brücke gestern wieder geöffnet.")
    assert run.status == 0
    assert "likely" not in run.out
    assert "unsure" in run.out
    assert "not English" in run.out


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_no_text(command: Command, text: str) -> None:
    assert command("check", text) == Run(0, "There is no statement in this text.\n", "")


def test_bytes_that_are_no_text(command: Command) -> None:
    run = command("check", "-", stdin=b"\xff\xfeThe town\x00 closed\xc3 two schools last year.\x80")
    assert (run.status, run.err) == (0, "")
    assert "two schools last year." in run.out


def test_a_text_too_long_for_a_file_name(command: Command) -> None:
    run = command("check", "word " * 4000)
    assert (run.status, run.err) == (0, "")
    assert "too long" in run.out


def test_a_reader_who_leaves_early_is_no_error(root: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "fake_news", "check", "-"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(b"The town closed two schools last year. " * 1000)
        process.stdin.close()
        complaint = process.stderr.read()
    assert b"Traceback" not in complaint


def test_a_missing_checkpoint(command: Command, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    one_line_of_complaint(
        command("check", CLAIM, "--checkpoint", nowhere), f"No checkpoint at {nowhere}", "python -m fake_news train"
    )


def test_a_damaged_checkpoint(command: Command, shipped: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(shipped, tmp_path / "copy"))
    content = bytearray((copy / "weights.npy").read_bytes())
    content[-1] ^= 1
    (copy / "weights.npy").write_bytes(content)
    one_line_of_complaint(command("check", CLAIM, "--checkpoint", copy), "weights.npy", "damaged", "git checkout")


def test_no_command_shows_how_it_is_used(command: Command) -> None:
    run = command()
    assert run.status == 2
    assert "usage: python -m fake_news" in run.err
    assert "Traceback" not in run.err


def test_check_needs_no_package_for_training(root: Path) -> None:
    program = (
        "import sys\n"
        "from fake_news.cli.command_line import main\n"
        f"assert main(['check', {CLAIM!r}]) == 0\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
        "print(*sorted(name for name in sys.modules if name.startswith('fake_news.')))\n"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    *_, packages, own = result.stdout.splitlines()
    assert "numpy" in packages.split()
    assert not {"sklearn", "scipy", "pandas", "nltk", "joblib"} & set(packages.split())
    assert [name for name in own.split() if name.split(".")[1] in ("training", "evaluation", "data")] == []


def test_a_package_that_is_not_installed_is_one_line(root: Path) -> None:
    """As where the wheel was installed without its extra `train`."""
    program = (
        "import sys\n"
        "sys.modules['joblib'] = None\n"
        "from fake_news.cli.command_line import main\n"
        "sys.exit(main(['train', '--version', '2026.1-a']))\n"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "needs joblib" in result.stderr
    assert "pip install -r requirements.txt" in result.stderr


def test_train_refuses_a_bad_name_before_it_reads_anything(command: Command, tmp_path: Path) -> None:
    output = tmp_path / "checkpoints"
    run = command("train", "--version", "../up", "--data-dir", tmp_path, "--output", output)
    one_line_of_complaint(run, "'../up' cannot name a checkpoint", "--version")
    assert not output.exists()


def test_train_never_overwrites(command: Command, tmp_path: Path) -> None:
    (tmp_path / "2026.1-a").mkdir()
    run = command("train", "--version", "2026.1-a", "--data-dir", tmp_path, "--output", tmp_path)
    one_line_of_complaint(run, "2026.1-a exists already", "--version")
    assert list((tmp_path / "2026.1-a").iterdir()) == []


def test_a_missing_data_folder(command: Command, tmp_path: Path) -> None:
    run = command("train", "--version", "2026.1-a", "--output", tmp_path, "--data-dir", tmp_path / "nowhere")
    one_line_of_complaint(run, f"no data folder at {tmp_path / 'nowhere'}", "--data-dir", "PLUMBLINE_DATA")
    assert list(tmp_path.iterdir()) == []


def test_an_unreadable_recipe(command: Command, tmp_path: Path) -> None:
    (tmp_path / "recipe.toml").write_text("[features\n", encoding="utf-8")
    run = command("evaluate", "--data-dir", tmp_path, "--config", tmp_path / "recipe.toml")
    one_line_of_complaint(run, "recipe.toml", "is not TOML")


def test_what_cannot_be_is_refused_before_any_data_are_read(command_here: Command, tmp_path: Path) -> None:
    """The folder is empty: whoever read it first would complain of that."""
    for words, said in (
        (("tune", "--backend", "ray://x"), "'ray://x' names no cluster"),
        (("learning-curve", "--backend", "ray://x"), "'ray://x' names no cluster"),
        (("compare", "--families", "nosuch"), "There is no family 'nosuch'"),
    ):
        run = command_here(*words, "--data-dir", tmp_path, "--runs", tmp_path / "runs")
        assert (run.status, said in run.err) == (2, True), run.err


def test_the_version_is_said(command_here: Command) -> None:
    assert command_here("--version") == Run(0, f"Plumbline {__version__}\n", "")
