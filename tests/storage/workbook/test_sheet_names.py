"""Names that Excel takes for sheets."""

import pytest

from storage.workbook.sheet_names import sheet_name, sheet_names


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Pangyo / Seongnam [2015]", "Pangyo Seongnam 2015"),
        ("'quoted'", "quoted"),
        ("시화국가산업단지", "시화국가산업단지"),
        ("", "–"),
        ("[]", "–"),
        ("a\nb", "a b"),
        ("x" * 40, "x" * 31),
        ("x" * 30 + "😀", "x" * 30),
        ("x" * 30 + " y", "x" * 30),
        ("History", "History (2)"),
    ],
)
def test_a_name_is_made_fit(wanted: str, name: str) -> None:
    assert sheet_name(wanted) == name


def test_a_name_differs_from_others_in_any_case() -> None:
    assert sheet_name("REPORT", ["Report", "report (2)"]) == "REPORT (3)"


def test_long_names_stay_short_when_they_are_numbered() -> None:
    assert sheet_names(["x" * 40, "X" * 40], ["Lists"]) == ["x" * 31, "X" * 27 + " (2)"]
