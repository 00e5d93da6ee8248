"""Whether a comma or a point parts the decimals: told by a table itself, else by the rest of the file."""

from __future__ import annotations

from collections.abc import Sequence

from storage.domain.number_grammar import decimal_convention
from storage.workbook.layout import Layout, guess_layout
from storage.workbook.sheet import Sheet, Workbook

OPEN = "?"


def decimal_of(workbook: Workbook, sheet: Sheet, layout: Layout) -> str:
    """Return "." or ",", "" where no text needs it, OPEN where the whole file leaves it open."""
    if layout.decimal != OPEN:
        return layout.decimal
    others = (guess_layout(other) for other in workbook.sheets if other.name != sheet.name and not other.hidden)
    proven = {other.decimal for other in others if other} - {"", OPEN}
    return proven.pop() if len(proven) == 1 else OPEN


def told_by(texts: Sequence[str], *, point_proven: bool) -> str:
    """Return what the numbers of a table tell by themselves: ".", ",", "" or OPEN."""
    if not texts:
        return ""
    return decimal_convention(texts) or ("." if point_proven and not any("," in text for text in texts) else OPEN)
