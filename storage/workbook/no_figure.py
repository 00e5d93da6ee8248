"""Why a cell holds no figure, and the way out."""

from __future__ import annotations

from storage.domain.text import Text, msg
from storage.workbook.sheet import UNCALCULATED, CellError, CellValue, kind_of

_KIND_WORDS = {
    "bool": msg("a truth value"),
    "date": msg("a date"),
    "datetime": msg("a date"),
    "time": msg("a time of day"),
}


def why_no_figure(value: CellValue) -> tuple[Text, Text]:
    """The cause and the remedy for a cell that is neither number nor text."""
    if value == UNCALCULATED:
        return msg("The formula has no stored result."), msg("Open the workbook in Excel, save it and try again.")
    if isinstance(value, CellError):
        return msg("The cell holds the error {code}.", code=value.code), msg("Mend the formula, or clear the cell.")
    return (
        msg("The cell holds {kind}, not a figure.", kind=_KIND_WORDS.get(kind_of(value), msg("something else"))),
        msg("Correct the cell, or ignore its column."),
    )
