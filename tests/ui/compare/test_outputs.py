from pathlib import Path

import pytest

from ui.compare.outputs import file_name, free_path


def test_an_open_workbook_is_not_written_over(tmp_path: Path) -> None:
    first = free_path(tmp_path, "a", ".xlsx")
    first.touch()
    assert free_path(tmp_path, "a", ".xlsx").name == "a 2.xlsx"


@pytest.mark.parametrize(("title", "name"), [("a: b/c", "a b c"), ("..", "figures"), ("판교 비교", "판교 비교")])
def test_a_title_becomes_a_file_s_name(title: str, name: str) -> None:
    assert file_name(title) == name
