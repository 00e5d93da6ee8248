"""What somebody sent is sent back with remarks in its cells, put right, and comes in clean."""

from collections import Counter
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.journeys.desk import Desk, figures
from ui.importing.state import Step

HEADER = ["Cluster", "Period", "Workers (persons)", "Firms (firms)"]
SENT = [
    ["Pangyo Techno Valley", "2018-12", 63_050, 1_309],
    ["Gumi Industrial Complex", "2018-13", 92_126, 2_011],
    ["Changwon Industrial Complex", "2018-12", "see note", 2_540],
]
EXPECTED = {
    ("Pangyo Techno Valley", "Workers", "2018-12"): 63_050, ("Pangyo Techno Valley", "Firms", "2018-12"): 1_309,
    ("Gumi Industrial Complex", "Workers", "2018-12"): 92_126, ("Gumi Industrial Complex", "Firms", "2018-12"): 2_011,
    ("Changwon Industrial Complex", "Workers", "2018-12"): 124_300,
    ("Changwon Industrial Complex", "Firms", "2018-12"): 2_540,
}  # fmt: skip
RIGHT = {"B3": "2018-12", "C4": 124_300}


def sent(path: Path) -> Path:
    book = Workbook()
    for row in (HEADER, *SENT):
        book.active.append(row)
    book.save(path)
    return path


REMARKED = {"B3": "“2018-13” is no clear date", "C4": "“see note” is not read as a number"}


def remarks(sheet: Worksheet) -> dict[str, str]:
    """The cells that bear a note, with the beginning of what it says; each of them is coloured red."""
    noted = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    assert all(cell.fill.fgColor.rgb == "FFFFC7CE" for cell in noted)
    return {cell.coordinate: cell.comment.text[: len(REMARKED.get(cell.coordinate, ""))] for cell in noted}


def put_right(path: Path) -> None:
    """Correct the coloured cells, as the report in the copy asks."""
    book = openpyxl.load_workbook(path)
    for cell, value in RIGHT.items():
        book.worksheets[0][cell] = value
    book.save(path)


def counts(desk: Desk) -> dict[str, int]:
    """How many figures of the review there are by what is to be done with them."""
    found = Counter(item.outcome.value for item in desk.items if item.kind == "observation")
    return dict(found)


def test_copy_with_remarks_comes_back_clean(desk: Desk, tmp_path: Path) -> None:
    path, copy = sent(tmp_path / "survey.xlsx"), tmp_path / "survey with remarks.xlsx"
    original = path.read_bytes()
    desk.drop(path)
    desk.press("Go on to the names")
    assert counts(desk) == {"new": 3, "invalid": 2}
    desk.save_as(lambda: desk.press("Send back …"), copy)
    book = openpyxl.load_workbook(copy)
    assert (remarks(book.worksheets[0]), book.sheetnames[1:], path.read_bytes()) == (REMARKED, ["Report"], original)
    desk.apply()

    put_right(copy)
    desk.drop(copy)
    assert (desk.state.step, counts(desk)) == (Step.REVIEW, {"same": 3, "new": 3})
    assert desk.state.review.proposal.problems == ()
    desk.apply()
    assert figures(desk.catalogue, "2018") == EXPECTED
