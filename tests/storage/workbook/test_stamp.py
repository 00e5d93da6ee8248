"""The stamp of an export: whole or not at all, and its id found again in other places."""

from pathlib import Path

import openpyxl
import pytest

from storage.workbook.properties import properties_of
from storage.workbook.stamp import NAME, PROPERTY, SheetStamp, Stamp, export_id
from storage.workbook.writer import Column, WorkbookWriter
from tests.office import needs_office, saved_by_office

STAMP = Stamp("c", 7, 2, "en", "e", "2026", "", (SheetStamp("Clusters", "records", "cluster", (("id", "id"),), 3),))


def test_a_stamp_comes_back() -> None:
    assert Stamp.from_json(STAMP.to_json()) == STAMP


@pytest.mark.parametrize(
    ("old", "new"), [('"revision":7', '"revision":8'), ("Clusters", "Cluster"), ('"sum":', '"sun":'), ("}", "")]
)
def test_a_damaged_stamp_is_none(old: str, new: str) -> None:
    assert Stamp.from_json(STAMP.to_json().replace(old, new)) is None


def test_a_stamp_of_the_first_format_had_no_sum() -> None:
    first = STAMP.to_json().replace('"cluster-atlas":2', '"cluster-atlas":1').partition(',"sum"')[0] + "}"
    assert Stamp.from_json(first) == STAMP


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A workbook that bears an id."""
    path = tmp_path / "marked.xlsx"
    with WorkbookWriter(path) as book:
        book.add("Sheet", [Column("A")]).header()
        book.mark(PROPERTY, NAME, "abc123")
    return path


def without(kind: str, path: Path) -> Path:
    book = openpyxl.load_workbook(path)
    if kind == "property":
        del book.custom_doc_props[PROPERTY]
    elif kind == "name":
        del book.defined_names[NAME]
    book.save(path)
    return path


@pytest.mark.parametrize("lost", ["nothing", "property", "name"])
def test_the_id_is_found_in_either_place(marked: Path, lost: str) -> None:
    assert export_id(properties_of(without(lost, marked))) == "abc123"


@needs_office
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_the_id_survives_libreoffice(marked: Path, suffix: str) -> None:
    assert export_id(properties_of(saved_by_office(marked, suffix))) == "abc123"


def test_the_name_is_hidden(marked: Path) -> None:
    assert openpyxl.load_workbook(marked).defined_names[NAME].hidden


def test_a_workbook_of_others_bears_no_id() -> None:
    assert export_id({"Company": "x"}) == ""
