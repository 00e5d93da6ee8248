"""A short run of what `python3 -m tests.faults.fuzz` does at length."""

from pathlib import Path

from tests.faults.fuzz import run


def test_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    ended = run(60, first=0, finds=tmp_path)
    assert ended["finds"] == 0, [path.read_text() for path in tmp_path.glob("*.txt")]
    assert ended["read"] > 0
    assert ended["refused"] > 0
