"""The copy that goes back to the sender: bad cells coloured and explained, the rest as it was sent."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from storage.domain.problem import Problem
from storage.domain.proposal import Decision, Delta, Item, Outcome, Proposal
from storage.domain.text import msg
from storage.errors import WorkbookError
from storage.exchange.error_workbook import COLOURS, Gravity, Remark, remarks_of, write_remarks
from storage.workbook.reader import read_workbook
from storage.workbook.sheet import Workbook

BAD = Problem("Figures", "B3", msg("“{text}” is no number.", text="see note"), msg("Write a number."))
ODD = Problem("Figures", "B2", msg("It is odd."), msg("Look again."))
CONFLICT = Item(
    1, "observation", Outcome.CONFLICT, "Alpha · Workers", "", "Figures", "B2",
    (Delta("value", 70.0, 72.0, "70", "72"), Delta("low", 60.0, None, "60", "")),
    problem=Problem("Figures", "B2", msg("Another source says 70."), msg("Keep or take.")),
)  # fmt: skip
INVALID = Item(2, "observation", Outcome.INVALID, "bad", "", "Figures", "B3", problem=BAD)


def proposal(*items: Item, problems: tuple[Problem, ...] = ()) -> Proposal:
    return Proposal("sent.xlsx", 1, items, problems=problems)


@pytest.fixture
def sent(tmp_path: Path) -> Workbook:
    path = tmp_path / "sent.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Figures")
        sheet.write_row("A1", ["Firm", "Workers"])
        sheet.write_row("A2", ["Alpha", 72])
        sheet.write_row("A3", ["Beta", "see note"])
        sheet.insert_chart("D2", _chart(book))
    return read_workbook(path)


def _chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Figures!$B$2:$B$3"})
    return chart


# What is remarked


def test_invalid_cells_conflicts_and_doubts_are_remarked() -> None:
    doubted = Item(3, "observation", Outcome.NEW, "new", "", "Figures", "B4", doubts=(ODD,))
    found = remarks_of(proposal(CONFLICT, INVALID, doubted), {})
    assert [(remark.cell, remark.gravity) for remark in found] == [
        ("B2", Gravity.CONTRADICTS), ("B2", Gravity.DOUBTFUL), ("B3", Gravity.WRONG),
    ]  # fmt: skip


def test_a_conflict_that_was_decided_is_not_remarked() -> None:
    assert remarks_of(proposal(CONFLICT), {1: Decision.TAKE}) == []


def test_a_conflict_tells_both_figures_once() -> None:
    [remark] = remarks_of(proposal(CONFLICT), {})
    assert str(remark.cause) == "Alpha · Workers: known: 70, here: 72."


def test_problems_without_an_item_are_remarked_once() -> None:
    assert len(remarks_of(proposal(INVALID, problems=(BAD, ODD)), {})) == 2


# The copy


@pytest.fixture
def copy(sent: Workbook, tmp_path: Path) -> Path:
    target = tmp_path / "copy.xlsx"
    write_remarks(sent, remarks_of(proposal(CONFLICT, INVALID), {}), target)
    return target


def test_bad_cells_are_coloured(copy: Path) -> None:
    sheet = openpyxl.load_workbook(copy)["Figures"]
    colours = [sheet[cell].fill.fgColor.rgb for cell in ("B2", "B3")]
    assert colours == ["FF" + COLOURS[Gravity.CONTRADICTS], "FF" + COLOURS[Gravity.WRONG]]


def test_bad_cells_bear_cause_and_remedy(copy: Path) -> None:
    note = openpyxl.load_workbook(copy)["Figures"]["B3"].comment.text
    assert note == "“see note” is no number.\n→ Write a number."


def test_the_report_lists_the_cells_with_links(copy: Path) -> None:
    sheet = openpyxl.load_workbook(copy)["Report"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert rows[-1] == ["Figures", "B3", "see note", "“see note” is no number.", "Write a number."]
    assert sheet["B6"].hyperlink.location == "'Figures'!B2"


def test_the_chart_stays(copy: Path) -> None:
    assert len(openpyxl.load_workbook(copy)["Figures"]._charts) == 1


def test_what_was_sent_is_read_from_the_copy_again(sent: Workbook, copy: Path) -> None:
    assert read_workbook(copy).sheets[0].rows == sent.sheets[0].rows


def test_remarks_are_said_in_korean(sent: Workbook, tmp_path: Path) -> None:
    target = tmp_path / "copy.xlsx"
    write_remarks(sent, remarks_of(proposal(CONFLICT), {}), target, "ko")
    sheet = openpyxl.load_workbook(target)["보고서"]
    assert sheet["A1"].value == "sent.xlsx 검토 의견"


def test_a_remark_about_a_whole_sheet_stands_in_the_report_only(sent: Workbook, tmp_path: Path) -> None:
    target = tmp_path / "copy.xlsx"
    remark = Remark("Figures", "", Gravity.WRONG, msg("It has no header."), msg("Add one."))
    report = write_remarks(sent, [remark], target)
    assert (report.remarks, report.cells) == (1, 0)
    assert openpyxl.load_workbook(target)["Report"]["D5"].value == "It has no header."


def test_several_remarks_share_a_note_and_the_worst_colour(sent: Workbook, tmp_path: Path) -> None:
    target = tmp_path / "copy.xlsx"
    found = [
        Remark("Figures", "B2", gravity, msg("{word}.", word=gravity.value), msg("Mend it."))
        for gravity in (Gravity.DOUBTFUL, Gravity.WRONG)
    ]
    write_remarks(sent, found, target)
    cell = openpyxl.load_workbook(target)["Figures"]["B2"]
    assert cell.comment.text == "wrong.\n→ Mend it.\n\ndoubtful.\n→ Mend it."
    assert cell.fill.fgColor.rgb == "FF" + COLOURS[Gravity.WRONG]


# Other formats


@pytest.fixture
def delimited(tmp_path: Path) -> Workbook:
    path = tmp_path / "sent: a [draft].csv"
    path.write_text("Firm,Code,Workers,Day\nAlpha,007,see note,2026-03-01\nBeta,8,1.5,\n", encoding="utf-8")
    return read_workbook(path)


def test_a_text_file_becomes_a_workbook_with_the_cells_as_typed(delimited: Workbook, tmp_path: Path) -> None:
    target = tmp_path / "copy.xlsx"
    sheet = delimited.sheets[0].name
    write_remarks(delimited, [Remark(sheet, "C2", Gravity.WRONG, msg("No number."), msg("Write one."))], target)
    copied = openpyxl.load_workbook(target).worksheets[0]
    assert [cell.value for cell in copied[2]][:3] == ["Alpha", "007", "see note"]
    assert copied["C3"].value == 1.5
    assert copied["C2"].comment.text == "No number.\n→ Write one."


def test_a_text_file_is_not_answered_in_another_format(delimited: Workbook, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"must end in \.xlsx"):
        write_remarks(delimited, [], tmp_path / "copy.csv")


# The file that was sent


def test_a_file_that_changed_since_is_not_remarked(sent: Workbook, tmp_path: Path) -> None:
    sent.path.write_bytes(sent.path.read_bytes() + b" ")
    with pytest.raises(WorkbookError, match="changed since it was read"):
        write_remarks(sent, [], tmp_path / "copy.xlsx")


def test_the_file_that_was_sent_is_never_rewritten(sent: Workbook) -> None:
    before = sent.path.read_bytes()
    with pytest.raises(WorkbookError, match="never rewritten"):
        write_remarks(sent, [], sent.path)
    assert sent.path.read_bytes() == before
