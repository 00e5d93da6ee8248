"""The clipboard becomes a file, and the file a workbook like any other."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import WorkbookError
from storage.workbook import clipboard, html_tables
from storage.workbook.reader import read_workbook
from storage.workbook.sheet import Workbook
from tests.storage.workbook.made_clipboards import EXCEL, GOOGLE, LIBREOFFICE, TEXT


def pasted(tmp_path: Path, markup: str = "", text: str = "") -> Workbook:
    """Save what is on the clipboard and read it."""
    return read_workbook(clipboard.save(markup, text, tmp_path / "Clipboard 1.5"))


def test_excel_gives_cells_as_shown_and_the_numbers_behind_them(tmp_path: Path) -> None:
    (sheet,) = pasted(tmp_path, EXCEL, "Cluster\tYear").sheets
    assert sheet.rows == [
        ["Cluster", "Year", "Workers (persons)", "Share"],
        ["Pangyo Techno Valley", 2017.0, 80123.456, "12.345%"],
        ["Gumi Industrial\nComplex", 2017.0, 103818.0, "2015-12-31"],
    ]
    assert (sheet.text(1, 2), sheet.text(1, 3), sheet.hidden_rows) == ("80,123", "12.3%", frozenset({2}))


def test_libreoffice_gives_merged_cells_text_cells_and_korean(tmp_path: Path) -> None:
    (sheet,) = pasted(tmp_path, LIBREOFFICE).sheets
    assert sheet.rows == [
        ["클러스터", "종사자 (명)", None], [None, 2015.0, 2016.0], ["판교", 70000.5, 72500.0], [None, "001", "a & b"],
    ]  # fmt: skip
    assert sheet.merged == ((0, 1, 0, 2), (2, 0, 3, 0))


def test_google_gives_numbers_beside_the_cells(tmp_path: Path) -> None:
    assert pasted(tmp_path, GOOGLE).sheets[0].rows[1] == ["A", 1234.5]


@pytest.mark.parametrize(("shown", "behind", "value"), [
    ("(1,234)", "-1234", -1234.0), ("####", "1234", 1234.0), ("1.234,5", "1234.5", 1234.5), ("x", "nan", "x"),
    ("₩1,235", "1234.6", "₩1,235"), ("7%", "0.07", "7.0%"), ("00123", "123", "00123"), ("1,234", "", "1,234"),
])  # fmt: skip
def test_the_number_counts_where_it_says_what_is_shown(tmp_path: Path, shown: str, behind: str, value: object) -> None:
    markup = f'<table><tr><td>a</td><td x:num="{behind}">{shown}</td></tr></table>'
    assert pasted(tmp_path, markup).sheets[0].rows == [["a", value]]


@pytest.mark.parametrize(("shown", "behind", "proven"), [
    ("80,123", "80123.25", True), ("1.5", "1.5", True), ("80.123", "80123", False), ("80,123", "", False),
])  # fmt: skip
def test_a_number_behind_a_cell_proves_the_decimal_point(tmp_path: Path, shown: str, behind: str, proven: bool) -> None:
    markup = f'<table><tr><td>a</td><td x:num="{behind}">{shown}</td></tr></table>'
    assert pasted(tmp_path, markup).sheets[0].point_proven is proven


def test_plain_text_keeps_lines_within_cells_and_leading_noughts(tmp_path: Path) -> None:
    (sheet,) = pasted(tmp_path, text=TEXT).sheets
    assert sheet.rows == [
        ["Cluster", "Year", "Note"], ["Pangyo", 2017.0, 'two\nlines, and "quotes"'], ["00123", 2018.0, None],
    ]  # fmt: skip


def test_a_lone_quote_is_a_character(tmp_path: Path) -> None:
    (sheet,) = pasted(tmp_path, text='"6 inch\t2017\nb\t2018').sheets
    assert sheet.rows == [['"6 inch', 2017.0], ["b", 2018.0]]


def test_each_table_of_a_page_is_a_sheet_also_within_another(tmp_path: Path) -> None:
    markup = "<table><tr><td>x<table><tr><td>a</td><td>1</td></tr></table></td></tr></table><table><tr><td>b</table>"
    sheets = pasted(tmp_path, markup).sheets
    assert [(sheet.name, sheet.rows) for sheet in sheets] == [
        ("Clipboard 1.5", [["x"]]), ("Clipboard 1.5 2", [["a", 1.0]]), ("Clipboard 1.5 3", [["b"]]),
    ]  # fmt: skip


@pytest.mark.parametrize(("markup", "text", "tabular"), [
    (EXCEL, "", True), ("", "a\tb", True), ("", "a;b\n1;2\n3;4", True), ("<p>a</p>", "just, words", False),
    ("", "A sentence, with a comma.\nAnother one", False), ("", "", False),
])  # fmt: skip
def test_what_has_columns_is_a_table(markup: str, text: str, tabular: bool) -> None:
    assert clipboard.is_tabular(markup, text) is tabular


def test_nothing_tabular_ends_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="The clipboard holds no table"):
        pasted(tmp_path, text="words")


def test_markup_that_is_too_long_gives_way_to_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "HANDY_MARKUP", 100)
    monkeypatch.setattr(clipboard, "MOST_MARKUP", 100)
    assert clipboard.save(EXCEL, TEXT, tmp_path / "c").suffix == ".tsv"
    with pytest.raises(WorkbookError, match="too large"):
        clipboard.save(EXCEL, "", tmp_path / "c")


@pytest.mark.parametrize("markup", [
    '<table><tr><td colspan="16384" rowspan="1048576"></td></tr></table>',
    "<table>" + '<tr><td colspan="16384"></td></tr>' * 400 + "</table>",
])  # fmt: skip
def test_spans_that_would_fill_the_memory_are_refused(tmp_path: Path, markup: str) -> None:
    with pytest.raises(WorkbookError, match="too large"):
        pasted(tmp_path, markup)


@pytest.mark.parametrize("piece", ["<!--", "<a ", '<a b="', "<![CDATA[", "</", "<?", "<!x ", "<table>", "<td>", "&#"])
def test_what_never_ends_is_read_at_once(piece: str) -> None:
    start = time.process_time()
    html_tables.read_tables("<table><tr><td>a</td></tr></table>" + piece * 100_000, lambda: None)
    assert time.process_time() - start < 5


def test_a_page_under_the_name_of_a_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "통계.xls"
    path.write_bytes(
        "<html><table><tr><td>시도</td><td>종사자</td></tr><tr><td>경기</td><td>5</td></tr></table>".encode("cp949")
    )
    assert read_workbook(path).sheets[0].rows == [["시도", "종사자"], ["경기", 5.0]]


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><p>Nothing here.</p></html>", encoding="utf-8")
    with pytest.raises(WorkbookError, match="no sheet with cells"):
        read_workbook(path)


PIECES = [
    "<table>", "</table>", "<tr>", "</tr>", "<td>", "<td colspan=3>", "<td rowspan=2>", "</td>", "<th>", "<br>", "a",
    "<caption>", "<style>", "</style>", "<!--", "-->", "1,234", "&nbsp;", "<td x:num=5>", "<td colspan=x>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_markup_gives_sheets_or_nothing(pieces: list[str]) -> None:
    for table in html_tables.read_tables("".join(pieces), lambda: None):
        sheet = html_tables.sheet_of(table, "s")
        assert [len(row) for row in sheet.rows] == [len(row) for row in sheet.texts or []]
        assert all(bottom < len(sheet.rows) for _, _, bottom, _ in sheet.merged)
