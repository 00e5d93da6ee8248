"""A template that was copied into another workbook: known by its headers, since its stamp stayed behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storage.catalogue import Catalogue
from storage.domain.text import Text, msg
from storage.translations import LANGUAGES, translated
from storage.workbook.sheet import Sheet, Workbook
from storage.workbook.stamp import SheetStamp, Stamp
from storage.workbook.tidy_columns import ID_OF, tidy_columns
from storage.workbook.tidy_sheets import HEADER_ROWS, plain

FORM = "form"  # role of the sheet with the instructions, by which a template is known
OTHER_UNIT, LAST_KNOWN, LAST_NUMBER = msg("Unit, if another"), msg("Last known"), msg("Last known: number")
TELLING = frozenset(["entity_id" + ID_OF, "metric_id" + ID_OF, "unit_id" + ID_OF, "known", "period"])


def lost_stamp(catalogue: Catalogue, workbook: Workbook) -> Stamp | None:
    """Return a stamp in place of the lost one, of no catalogue; None for a workbook that has no template's sheet."""
    sheets = [found for sheet in workbook.sheets if (found := _stamp_of(sheet, catalogue)) is not None]
    if not sheets:
        return None
    return Stamp("", 0, catalogue.schema, "en", "", "", "", (SheetStamp("", FORM), *sheets))


def _stamp_of(sheet: Sheet, catalogue: Catalogue) -> SheetStamp | None:
    """Return what a template says of the sheet, by the row that holds its headers."""
    for language in LANGUAGES:
        known = _headers(catalogue, language)
        for row in range(min(HEADER_ROWS, sheet.height)):
            columns = tuple(_columns(sheet, row, known))
            if {key for key, _ in columns} >= TELLING | {"value"}:
                return SheetStamp(sheet.name, "records", "observation", columns, sheet.height - row - 1)
    return None


def _columns(sheet: Sheet, row: int, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield key and header of every column that is a template's; a unit may stand behind "Value"."""
    for column in range(len(sheet.rows[row])):
        header = sheet.text(row, column)
        key = known.get(plain(header)) or known.get(plain(header.partition(" (")[0]), "")
        if key == "value" or plain(header) in known:
            yield key, header


def _headers(catalogue: Catalogue, language: str) -> dict[str, str]:
    found: dict[str, Text] = {"known": LAST_KNOWN, "last": LAST_NUMBER}
    for column in tidy_columns(catalogue.kinds["observation"]):
        found[column.key] = column.header
        if column.part == "reference":
            found[column.key + ID_OF] = column.id_header
    keys = {plain(translated(header, language)): key for key, header in found.items()}
    return keys | {plain(translated(OTHER_UNIT, language)): "unit_id"}
