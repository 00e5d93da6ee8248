"""Names that Excel takes for sheets."""

from __future__ import annotations

from collections.abc import Iterable

from storage.workbook.streamed import utf16_length
from storage.workbook.writer import without_illegal

LONGEST_NAME = 31  # Excel's own limit, in units of UTF-16
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
RESERVED = "history"  # Excel keeps it for itself


def sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """Return a name like the wanted one: short, without forbidden signs, and of no other sheet in any letters' case."""
    used = {RESERVED, *(name.casefold() for name in taken)}
    plain = " ".join(without_illegal(wanted).translate(_FORBIDDEN).split()).strip("' ")
    name, number = _cut(plain, LONGEST_NAME) or "–", 2
    while name.casefold() in used:
        tail = f" ({number})"
        name, number = _cut(plain or "–", LONGEST_NAME - len(tail)) + tail, number + 1
    return name


def _cut(text: str, longest: int) -> str:
    text = text[:longest]
    while utf16_length(text) > longest:
        text = text[:-1]
    return text.strip("' ")


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return such names for several sheets of one workbook."""
    found = list(taken)
    first = len(found)
    for text in wanted:
        found.append(sheet_name(text, found))
    return found[first:]
