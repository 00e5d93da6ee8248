"""Text as the catalogue keeps it: composed, with single line feeds, and without what no workbook can hold."""

from __future__ import annotations

import re
import unicodedata

from storage.domain.text import Text, msg
from storage.errors import InvalidInput

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str, field: Text | None = None) -> str:
    """Normalise to NFC and single line feeds; refuse what no workbook can carry, naming the field where it is told."""
    if text.isascii() and text.isprintable():
        return text.strip()
    refuse_illegal(text, field)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def refuse_illegal(text: str, field: Text | None = None) -> None:
    """Raise InvalidInput for a character that XML, and so no workbook, can keep; places count from 1."""
    found = ILLEGAL.search(text)
    if found is None:
        return
    place, code = found.start() + 1, f"{ord(found.group()):04X}"
    if field is None:
        raise InvalidInput(
            msg("Character {place} is U+{code}, which no workbook can keep; remove it.", place=place, code=code)
        )
    raise InvalidInput(
        msg("{field}: character {place} is U+{code}, which no workbook can keep; remove it.",
            field=field, place=place, code=code)
    )  # fmt: skip
