"""One cell in the XML of a sheet: what stands in it, and how it reads with another value or style."""

from __future__ import annotations

import math
from dataclasses import dataclass

from storage.domain.text import Text, msg
from storage.workbook.patching.markup import attribute, elements, tags, text_bytes, with_attribute
from storage.workbook.sheet import column_letters
from storage.workbook.streamed import MOST_CHARACTERS, CellContent, number_xml, utf16_length

Place = tuple[int, int]  # row and column, from 0


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What becomes of a cell: a value where `writes`, a fill where `colour` (RRGGBB) is given."""

    writes: bool = False
    value: CellContent = None
    colour: str = ""
    over_formula: bool = False


@dataclass(frozen=True, slots=True)
class HeldCell:
    """A cell as it stands: its first tag and what lies inside."""

    tag: bytes
    inner: bytes = b""

    @property
    def style(self) -> int:
        """The index of its style."""
        return int(attribute(self.tag, b"s") or 0)

    @property
    def formula(self) -> bytes | None:
        """The tag of its formula, None where it has none."""
        return next((tag.text for tag in tags(self.inner) if tag.local == b"f" and not tag.closing), None)

    def obstacle(self) -> Text | None:
        """Return why no value may replace what is here, even when formulas are given up."""
        formula = self.formula
        if formula is None:
            return None
        kind = attribute(formula, b"t")
        if kind == "shared" and attribute(formula, b"ref"):
            return msg("other cells share its formula")
        return msg("it belongs to an array formula") if kind in ("array", "dataTable") else None


def with_style(cell: HeldCell, style: int) -> HeldCell:
    """Return a cell in another style, all else as it is."""
    return HeldCell(with_attribute(cell.tag, b"s", str(style).encode()), cell.inner)


def with_value(cell: HeldCell, value: CellContent) -> HeldCell:
    """Return a cell with another value, in its own style; formula, rich text and type are given up."""
    tag = cell.tag
    for name in (b"t", b"cm", b"vm"):
        tag = with_attribute(tag, name, None)
    prefix = _prefix(tag)
    kind, content = _content(value, prefix)
    if kind:
        tag = with_attribute(tag, b"t", kind)
    kept = [e for e in elements(cell.inner, 0, len(cell.inner)) if e.tag.local not in (b"f", b"v", b"is")]
    return HeldCell(tag, content + b"".join(cell.inner[element.start : element.end] for element in kept))


def without_result(cell: HeldCell) -> HeldCell:
    """Return a cell with a formula, without the result that the formula had."""
    kept = [e for e in elements(cell.inner, 0, len(cell.inner)) if e.tag.local not in (b"v", b"is")]
    inner = b"".join(cell.inner[element.start : element.end] for element in kept)
    return HeldCell(with_attribute(cell.tag, b"t", None), inner)


def cell_xml(cell: HeldCell) -> bytes:
    """Return a cell as it is written."""
    opening = cell.tag.rstrip(b"/>").rstrip() if cell.tag.endswith(b"/>") else cell.tag[:-1]
    if not cell.inner:
        return opening + b"/>"
    return opening + b">" + cell.inner + b"</" + _prefix(cell.tag) + b"c>"


def new_cell(prefix: bytes, place: Place, style: int) -> HeldCell:
    """Return a cell that was not there."""
    row, column = place
    styled = f' s="{style}"' if style else ""
    return HeldCell(b"<" + prefix + f'c r="{column_letters(column)}{row + 1}"{styled}>'.encode())


def _prefix(tag: bytes) -> bytes:
    name = tag[1:].split(maxsplit=1)[0].rstrip(b"/>")
    return name[:-1]


def _content(value: CellContent, prefix: bytes) -> tuple[bytes, bytes]:
    """Return the type and the content of a value."""
    if value is None:
        return b"", b""
    if isinstance(value, bool):
        return b"b", _element(prefix, b"v", str(int(value)).encode())
    if isinstance(value, (int, float)) and math.isfinite(value):
        return b"", _element(prefix, b"v", number_xml(value).encode())
    text = str(value)
    if utf16_length(text) > MOST_CHARACTERS:
        raise ValueError("a cell takes no more than 32,767 characters")
    return b"inlineStr", _element(prefix, b"is", text_element(prefix, text))


def text_element(prefix: bytes, text: str) -> bytes:
    """Return a text that keeps its blanks."""
    return b"<" + prefix + b't xml:space="preserve">' + text_bytes(text) + b"</" + prefix + b"t>"


def _element(prefix: bytes, name: bytes, content: bytes) -> bytes:
    return b"<" + prefix + name + b">" + content + b"</" + prefix + name + b">"
