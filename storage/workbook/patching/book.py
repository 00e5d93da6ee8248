"""A workbook of somebody else: cells get values, fills and notes in a copy, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from storage.domain.text import listed, msg
from storage.errors import WorkbookError
from storage.workbook import package
from storage.workbook.marks import sheet_parts
from storage.workbook.package import DAMAGE, Limits
from storage.workbook.patching.added_sheet import AddedSheet, add_sheet
from storage.workbook.patching.archive import Package, not_patchable
from storage.workbook.patching.cells import CellEdit, Place, without_result
from storage.workbook.patching.markup import UTF16_MARKS, Unsound, children, root, with_attribute
from storage.workbook.patching.notes import MOST_NOTES, add_notes, noted
from storage.workbook.patching.obstacles import Obstacle, obstacles
from storage.workbook.patching.relations import add_content_type, add_relation, drop_relations, relations_of
from storage.workbook.patching.sheet_part import SheetPart
from storage.workbook.patching.stale import stale_results
from storage.workbook.patching.styles_part import MINIMAL, StylesPart
from storage.workbook.sheet import address
from storage.workbook.sheet_names import sheet_name
from storage.workbook.streamed import MOST_CHARACTERS, CellContent, utf16_length

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
MOST_NAMED = 5  # cells that a refusal names
_BEFORE_CALCULATION = frozenset(
    b"fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences"
    b" definedNames".split()
)


class WorkbookPatch:
    """Edits of one workbook, made when the copy is saved; close it, or use it as a block."""

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        """Open an .xlsx or .xlsm file; raise WorkbookError."""
        self.path = path
        self._held = Package(path, limits)
        try:
            with self._sound():
                self._book, self._parts = self._find_parts()
        except WorkbookError:
            self.close()
            raise
        self._edits: dict[str, dict[Place, CellEdit]] = {}
        self._notes: dict[str, dict[Place, str]] = {}
        self._added: list[AddedSheet] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._held.archive.close()

    def _find_parts(self) -> tuple[str, dict[str, str]]:
        """Return the part of the workbook, and those of the sheets that have cells (no charts, no old macros)."""
        books = [found.target for found in relations_of(self._held, "") if found.kind == "officeDocument"]
        if not books or not books[0]:
            raise not_patchable(self.path)
        cells = {found.target for found in relations_of(self._held, books[0]) if found.kind == "worksheet"}
        parts = {name: part for name, part in sheet_parts(self._held.archive).items() if part and part in cells}
        if not parts:
            raise not_patchable(self.path)
        return books[0], parts

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Turn what parsers say of damaged parts into one sentence."""
        try:
            yield
        except (Unsound, *DAMAGE) as error:
            raise package.broken(self.path) from error

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets that have cells."""
        return tuple(self._parts)

    # Edits

    def write(self, sheet: str, place: Place, value: CellContent, *, over_formula: bool = False) -> None:
        """Put a value into a cell, in the cell's own format."""
        if isinstance(value, str) and utf16_length(value) > MOST_CHARACTERS:
            raise WorkbookError(msg("A cell takes no more than {most} characters.", most=f"{MOST_CHARACTERS:,}"))
        self._edit(sheet, place, writes=True, value=value, over_formula=over_formula)

    def colour(self, sheet: str, place: Place, colour: str) -> None:
        """Fill a cell with a colour (RRGGBB); borders, font and number format stay."""
        self._edit(sheet, place, colour=colour)

    def note(self, sheet: str, place: Place, text: str) -> None:
        """Put a note on a cell, unless one or a thread of comments is there already."""
        self._notes.setdefault(self._known(sheet), {})[place] = text

    def add(self, sheet: AddedSheet) -> None:
        """Add a sheet behind the others."""
        self._added.append(sheet)

    def free_name(self, wanted: str) -> str:
        """Return a name for one more sheet."""
        return sheet_name(wanted, [*sheet_parts(self._held.archive), *(sheet.name for sheet in self._added)])

    def _edit(self, sheet: str, place: Place, **told: Any) -> None:
        edits = self._edits.setdefault(self._known(sheet), {})
        edits[place] = replace(edits.get(place, CellEdit()), **told)

    def _known(self, sheet: str) -> str:
        if sheet not in self._parts:
            raise WorkbookError(
                msg("{file} has no sheet “{sheet}”; it has: {sheets}.", file=self.path.name, sheet=sheet,
                    sheets=", ".join(self._parts))
            )  # fmt: skip
        return sheet

    # Looking

    def obstacles(self, sheet: str, places: set[Place]) -> dict[Place, Obstacle]:
        """Return what stands in the way of a value, by cell."""
        with self._sound():
            part = self._parts[self._known(sheet)]
            return obstacles(self._held, part, SheetPart(self._held.xml(part)), places)

    def noted(self, sheet: str) -> frozenset[Place]:
        """Return the cells that bear a note or a thread of comments."""
        with self._sound():
            return noted(self._held, self._parts[self._known(sheet)])

    # Saving

    def save(self, target: Path) -> None:
        """Write the copy, whole or not at all; raise WorkbookError, also where a cell takes no value."""
        with self._sound():
            styles_name, styles = self._styles()
            formulas = False
            for sheet in dict.fromkeys([*self._edits, *self._notes]):
                formulas |= self._patch_sheet(sheet, styles)
            for added in self._added:
                add_sheet(self._held, self._book, added, styles)
            if styles.changed:
                self._put_styles(styles_name, styles)
            if written := self._written():
                self._drop_stale(written)
                self._recalculate()
            if formulas:
                drop_relations(self._held, self._book, "calcChain")
        self._held.save(target)

    def _written(self) -> dict[str, set[Place]]:
        found = {name: {place for place, edit in edits.items() if edit.writes} for name, edits in self._edits.items()}
        return {name: places for name, places in found.items() if places}

    def _drop_stale(self, written: dict[str, set[Place]]) -> None:
        """Take out the results that came of what the cells held before."""
        holding = [name for name, part in self._parts.items() if _may_hold_formula(self._held.read(part))]
        sheets = {name: SheetPart(self._held.xml(self._parts[name])) for name in holding}
        for name, places in stale_results(sheets, written).items():
            there = set(sheets[name].held(places))
            self._held.put(self._parts[name], sheets[name].changed(there, lambda _, cell: without_result(cell)))

    def _styles(self) -> tuple[str, StylesPart]:
        found = [r.target for r in relations_of(self._held, self._book) if r.kind == "styles" and r.target]
        return (found[0], StylesPart(self._held.xml(found[0]))) if found else ("", StylesPart(MINIMAL))

    def _put_styles(self, name: str, styles: StylesPart) -> None:
        if not name:
            name = self._held.free_name("xl/styles{n}.xml")
            strict = b"purl.oclc.org" in root(self._held.xml(self._book)).tag.text
            add_content_type(self._held, name, _STYLES_TYPE)
            add_relation(self._held, self._book, "styles", name, strict=strict)
        self._held.put(name, styles.to_xml())

    def _patch_sheet(self, name: str, styles: StylesPart) -> bool:
        """Make the edits of one sheet; return whether a formula was given up."""
        part, edits = self._parts[name], self._edits.get(name, {})
        sheet = SheetPart(self._held.xml(part))
        written = {place for place, edit in edits.items() if edit.writes}
        formulas = self._check(name, part, sheet, written) if written else False
        restyle: Callable[[int, str], int] = cache(styles.filled)
        xml = sheet.patched(edits, restyle) if edits else sheet.xml
        notes = self._notes.get(name, {})
        if notes:
            there = noted(self._held, part)
            free = dict([(place, text) for place, text in sorted(notes.items()) if place not in there][:MOST_NOTES])
            xml = add_notes(self._held, part, SheetPart(xml), free) if free else xml
        self._held.put(part, xml)
        return formulas

    def _check(self, name: str, part: str, sheet: SheetPart, written: set[Place]) -> bool:
        """Raise WorkbookError where a cell takes no value; return whether one with a formula does."""
        found = obstacles(self._held, part, sheet, written)
        refused = {
            place: obstacle.reason for place, obstacle in sorted(found.items())
            if not (obstacle.yields and self._edits[name][place].over_formula)
        }  # fmt: skip
        if refused:
            told = [msg("{cell}: {reason}", cell=address(*place), reason=why) for place, why in refused.items()]
            raise WorkbookError(
                msg("Sheet “{sheet}” of {file} takes no value in {count} of its cells ({cells}); choose other cells.",
                    sheet=name, file=self.path.name, count=len(refused), cells=listed(told[:MOST_NAMED]))
            )  # fmt: skip
        return bool(found)

    def _recalculate(self) -> None:
        """Have formulas worked out anew when the copy is opened."""
        xml = self._held.xml(self._book)
        whole = root(xml)
        found = {e.tag.local: e for e in children(xml, whole)}
        settings = found.get(b"calcPr")
        if settings:
            tag = with_attribute(settings.tag.text, b"fullCalcOnLoad", b"1")
            xml = xml[: settings.start] + tag + xml[settings.tag.end :]
        else:
            end = max(e.end for name, e in found.items() if name in _BEFORE_CALCULATION)
            prefix = whole.tag.name[: -len(whole.tag.local)]
            xml = xml[:end] + b"<" + prefix + b'calcPr fullCalcOnLoad="1"/>' + xml[end:]
        self._held.put(self._book, xml)


def _may_hold_formula(xml: bytes) -> bool:
    return xml[:2] in UTF16_MARKS or _FORMULA.search(xml) is not None
