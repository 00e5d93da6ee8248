"""Encodings, delimiters and careful numbers."""

from __future__ import annotations

import pytest

from storage.workbook.delimited import read_table, typed_rows

KOREAN = "이름,값\n판교,1\n광교,2\n"


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (KOREAN, "utf-8", "utf-8"),
        (KOREAN, "utf-8-sig", "utf-8"),
        (KOREAN, "cp949", "cp949"),
        (KOREAN, "utf-16", "utf-16"),
        ("name,count\nA,1\n", "utf-16-le", "utf-16-le"),
        ("première,deuxième\nété,1\n", "cp1252", "cp1252"),
    ],
)
def test_finds_the_encoding(text: str, encoding: str, told: str) -> None:
    table = read_table(text.encode(encoding))
    assert table is not None
    assert (table.rows, table.encoding) == ([line.split(",") for line in text.split()], told)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_finds_the_delimiter(delimiter: str) -> None:
    lines = [["name", "value"], ["A, b", "1"], ["C", "2"]]
    text = "\n".join(f'"{row[0]}"{delimiter}{row[1]}' for row in lines)
    table = read_table(text.encode())
    assert table is not None
    assert table.rows == lines


def test_decimal_commas_do_not_split() -> None:
    table = read_table(b"name;value\nA;1,5\nB;2,5\n")
    assert table is not None
    assert table.rows[1] == ["A", "1,5"]


def test_stated_separator() -> None:
    table = read_table(b"sep=;\nA;1\n2;3\n")
    assert table is not None
    assert table.rows == [["A", "1"], ["2", "3"]]


def test_ragged_rows_and_quoted_line_ends_are_kept() -> None:
    table = read_table(b'a,b\n"x\ny",1,extra\nz\n\n')
    assert table is not None
    assert table.rows == [["a", "b"], ["x\ny", "1", "extra"], ["z"]]


def test_refuses_what_is_no_text() -> None:
    assert read_table(b"\x00\x01\x02\x03" * 100) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0),
        ("-0.5", -0.5),
        ("1e3", 1000.0),
        ("00123", "00123"),
        ("1,234", "1,234"),
        ("8801234567890123", "8801234567890123"),
        ("2015-01", "2015-01"),
        ("TRUE", True),
        ("", None),
        ("NA", "NA"),
    ],
)
def test_types_only_what_is_sure(text: str, value: object) -> None:
    (row,), _ = typed_rows([[text]], lambda: None)
    assert row == [value]


def test_first_column_of_eurostat_is_split() -> None:
    table = read_table(b"freq,unit,geo\\TIME_PERIOD\t2015 \t2016 \nA,MIO_EUR,AT\t12.3 \t13.1 p\n", ".tsv")
    assert table is not None
    assert table.rows == [["freq", "unit", "geo", "2015 ", "2016 "], ["A", "MIO_EUR", "AT", "12.3 ", "13.1 p"]]
