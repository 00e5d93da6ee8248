import pytest
from PySide6.QtCore import QMimeData

from ui.browse.clipboard import block_of, mime_of, read_html, read_tab_separated, tab_separated

AWKWARD = [["plain", "two\nlines", 'say "so"'], ["", "tab\there", "=1+1"]]
EXCEL = """<html><head><style><!-- td {color:black} --></style></head><body><!--StartFragment-->
<table border=0><col width=64><tr height=20><td class=xl65>Firm<br>
  one</td><td align=right>1,234</td></tr>
<tr><td colspan=2>both</td></tr><tr><td>&nbsp;</td><td>R&amp;D
  zone</td></tr></table><!--EndFragment--></body></html>"""


def test_text_comes_back() -> None:
    assert read_tab_separated(tab_separated(AWKWARD)) == AWKWARD


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", []),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('5" pipe\tx\n', [['5" pipe', "x"]]),
        ("one", [["one"]]),
    ],
)
def test_reads_tab_separated_text(text: str, block: list[list[str]]) -> None:
    assert read_tab_separated(text) == block


def test_reads_the_table_that_a_spreadsheet_copies() -> None:
    assert read_html(EXCEL) == [["Firm\none", "1,234"], ["both", ""], ["", "R&D zone"]]


def test_markup_without_a_table_is_no_block() -> None:
    assert read_html("<p>Gumi</p>") == []


def test_html_comes_back_with_its_header() -> None:
    data = mime_of(["A", "B", "C"], AWKWARD, [False, False, True])
    assert read_html(data.html()) == [["A", "B", "C"], AWKWARD[0], ["", "tab here", "=1+1"]]


def test_the_table_goes_before_the_text() -> None:
    data = QMimeData()
    data.setText("from text")
    data.setHtml("<table><tr><td>from table</td></tr></table>")
    assert block_of(data) == [["from table"]]


def test_a_name_that_begins_like_a_formula_stays_text() -> None:
    assert "mso-number-format" in mime_of(["Name"], [["=1+1"]], [False]).html()
