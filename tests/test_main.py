"""The command line, started as a user starts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import main

ROOT = Path(__file__).resolve().parent.parent


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `main.py` to its end."""
    command = [sys.executable, ROOT / "main.py", *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, encoding="utf-8")


def test_the_version_is_told() -> None:
    assert start("--version").stdout == f"Cluster Atlas {main.VERSION}\n"


@pytest.mark.parametrize("verb", [*main.HEADLESS, "tour"])
def test_the_help_names_every_command(verb: str) -> None:
    assert verb in start("--help").stdout


def test_help_is_no_failure() -> None:
    assert start("--help").returncode == 0


WRONG = [["tour"], ["tour", "--help"], ["tour", "a", "b"], ["--no-such-option"], ["chek", "a.clusters"]]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_use_shows_the_right_one(arguments: list[str]) -> None:
    run = start(*arguments)
    assert (run.returncode, run.stderr.splitlines()[0]) == (2, main.USAGE.splitlines()[0])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a display")
def test_without_a_display_the_tour_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    run = subprocess.run([sys.executable, ROOT / "main.py"], cwd=tmp_path, capture_output=True, encoding="utf-8")
    pictures = [path.read_bytes()[1:4] for path in (tmp_path / "tour").glob("*.png")]
    assert (run.returncode, run.stdout.partition(":")[0], set(pictures)) == (0, "No display found", {b"PNG"})


def test_a_reader_may_stop_reading() -> None:
    script = f"{sys.executable!r}, {str(ROOT / 'main.py')!r}"
    code = (
        f"import os, subprocess; r, w = os.pipe(); os.close(r); print(subprocess.call([{script}, '--help'], stdout=w))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("0\n", "")


def test_pipes_carry_unicode_in_any_locale() -> None:
    code = "import main; main._speak_unicode(); print('시화', '\\udcff')"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    said = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, env=environment)
    assert said.decode("utf-8").split() == ["시화", "\\udcff"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a display")
def test_without_a_display_a_missing_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    run = subprocess.run(
        [sys.executable, ROOT / "main.py", "frob"], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert (run.returncode, run.stdout, run.stderr) == (1, "", "There is no file “frob”.\n")
