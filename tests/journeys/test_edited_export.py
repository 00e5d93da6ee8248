"""A colleague's edited export comes back through LibreOffice, while the catalogue went on: merged field by field."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, update
from storage.domain.proposal import Item
from storage.domain.query import Query
from storage.domain.text import msg
from tests.journeys.desk import CONTROL, Desk
from tests.office import needs_office, saved_by_office
from ui.importing.state import Step

Values = Mapping[str, Any]
FIELDS = ("name", "note", "url", "code")
# what the workbook was sent with
SENT: dict[str, Values] = {
    "Pangyo Techno Valley": {"note": "sent", "url": "https://sent.example"},
    "Gumi Industrial Complex": {"note": "sent"},
    "Gunsan Industrial Complex": {"note": "sent"},
    "Changwon Industrial Complex": {"note": "sent"},
    "Ansan Science Park": {"note": "sent", "code": "A1"},
    "Ulsan Industrial Complex": {"note": "sent"},
}
# what happened here in the meantime
MEANWHILE: dict[str, Values] = {
    "Pangyo Techno Valley": {"code": "P1"},
    "Gumi Industrial Complex": {"note": "mine"},
    "Gunsan Industrial Complex": {"note": "mine"},
    "Changwon Industrial Complex": {"note": "mine"},
    "Ulsan Industrial Complex": {"note": "only mine"},
}
# what the colleague wrote, by the headers of the sheet
EDITS: dict[str, Values] = {
    "Pangyo Techno Valley": {"Note": "Kim", "Web address": None},
    "Gumi Industrial Complex": {"Note": "Kim"},
    "Gunsan Industrial Complex": {"Note": "Kim"},
    "Changwon Industrial Complex": {"Note": "Kim"},
    "Ansan Science Park": {"Code": None},
}
REMOVED, FORGOTTEN = "Wonju Industrial Complex", "Daebul Industrial Complex"
COPIED, COPY, TWICE, ADDED = "Yeosu Industrial Complex", "Yeosu Annex", "Silicon Valley", "Kim Valley"
# what the review is to show, and how it is decided: key by key
EXPECTED = {
    ("Pangyo Techno Valley", "changed", ("note", "url")): "",
    ("Ansan Science Park", "changed", ("code",)): "",
    ("Gumi Industrial Complex", "conflict", ("note",)): "1",
    ("Gunsan Industrial Complex", "conflict", ("note",)): "2",
    ("Changwon Industrial Complex", "conflict", ("note",)): "3",
    ("Ulsan Industrial Complex", "same", ()): "",
    (ADDED, "new", ("name", "note")): "",
    (COPY, "new", ("name", "name_ko", "note", "status", "type")): "",
    (REMOVED, "removed", ()): "2",
    (FORGOTTEN, "removed", ()): "",
}
RESULT: dict[str, Values] = {
    "Pangyo Techno Valley": {"note": "Kim", "url": None, "code": "P1"},
    "Ansan Science Park": {"note": "sent", "code": None},
    "Gumi Industrial Complex": {"note": "sent"},
    "Gunsan Industrial Complex": {"note": "Kim"},
    "Changwon Industrial Complex": {"note": "mine"},
    "Ulsan Industrial Complex": {"note": "only mine"},
    ADDED: {"name": ADDED, "note": "found"},
}


def edit(path: Path) -> Path:
    """Change, clear, add, copy and delete rows; sort them; insert and move columns; rename the sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book["Clusters"]
    header, *cells = sheet.iter_rows(values_only=True)
    rows = [dict(zip(header, row, strict=True)) for row in cells]
    by_name = {row["Name"]: row for row in rows}
    for name, values in EDITS.items():
        by_name[name].update(values)
    rows = [row for row in rows if row["Name"] not in (REMOVED, FORGOTTEN)]
    rows += [by_name[COPIED] | {"Name": COPY}, dict(by_name[TWICE]), {"Name": ADDED, "Note": "found"}]
    rows.sort(key=lambda row: row["Name"], reverse=True)
    columns = ["Note", "Name", "Kim's remarks", *(key for key in header if key not in ("Note", "Name"))]
    sheet.delete_rows(1, sheet.max_row)
    for row in ({key: key for key in columns}, *rows):
        sheet.append([row.get(key) for key in columns])
    sheet.title = "Kim"
    book.save(path)
    return path


def write(catalogue: Catalogue, values: Mapping[str, Values]) -> None:
    """Change clusters by name, in one revision."""
    ids = {row[1]: row[0] for row in catalogue.stored(Query("cluster"), ("name",))}
    catalogue.apply(ChangeSet.of(update("cluster", ids[name], {}, dict(more)) for name, more in values.items()),
                    msg("Write"))  # fmt: skip


def clusters(catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    found = catalogue.stored(Query("cluster"), FIELDS)
    return {str(row[1]): dict(zip(FIELDS, row[1:], strict=True)) for row in found}


def shown(items: tuple[Item, ...]) -> dict[tuple[str, str, tuple[str, ...]], Item]:
    """The items of the clusters by name, outcome and changed columns."""
    return {(i.title, i.outcome.value, tuple(sorted(d.column for d in i.deltas))): i for i in items}


@needs_office
def test_edited_export_is_merged_field_by_field(desk: Desk, tmp_path: Path) -> None:
    write(desk.catalogue, SENT)
    path = tmp_path / "sent.xlsx"
    desk.save_as(lambda: desk.qtbot.keyClick(desk.window, "e", CONTROL), path)
    write(desk.catalogue, MEANWHILE)
    before, checksum = clusters(desk.catalogue), desk.catalogue.checksum()

    desk.drop(saved_by_office(edit(path)))
    assert desk.state.step is Step.REVIEW
    found = shown(desk.items)
    assert found.keys() == EXPECTED.keys()
    for expected, key in EXPECTED.items():
        if key:
            desk.decide(found[expected], key)
    desk.apply()

    after = {name: values for name, values in before.items() if name != REMOVED}
    after[COPY] = before[COPIED] | {"name": COPY}
    for name, values in RESULT.items():
        after[name] = before.get(name, dict.fromkeys(FIELDS)) | dict(values)
    assert clusters(desk.catalogue) == after
    desk.undo()
    assert desk.catalogue.checksum() == checksum
