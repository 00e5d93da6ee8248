"""The sample catalogue, built from the readable tables in `resources/samples`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.database.kinds import KINDS
from storage.domain.changes import ChangeSet, insert
from storage.domain.fields import Number, RecordKind, Reference
from storage.domain.text import msg
from storage.errors import InvalidInput

FOLDER = Path(__file__).parent.parent / "resources" / "samples"

# A table may refer only to those above it or to itself.
TABLES = {
    "sources": "source", "passages": "passage", "units": "unit", "sectors": "sector", "metrics": "metric",
    "regions": "region", "clusters": "cluster", "organisations": "organisation", "aliases": "alias",
    "relations": "relation", "specialisations": "specialisation", "observations": "observation",
}  # fmt: skip
BOUND = Number()
BOUNDS = ("low", "high")
UNSTORED = ("key", "fact")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, with its place for error messages."""

    file: str
    number: int
    kind: RecordKind
    cells: dict[str, str]

    def wrong(self, cause: object) -> InvalidInput:
        """Return the error that names this line and the cause."""
        return InvalidInput(msg("{file}, line {line}: {cause}", file=self.file, line=self.number, cause=str(cause)))


def sample_changes(folder: Path | None = None) -> ChangeSet:
    """Return the inserts of the sample catalogue; raise InvalidInput naming file and line."""
    lines = [line for name, kind in TABLES.items() for line in _read((folder or FOLDER) / f"{name}.tsv", KINDS[kind])]
    ids: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines, start=1):
        if key := line.cells.get("key"):
            place = (_family(line.kind.key), key)
            if place in ids:
                raise line.wrong(msg("the key “{key}” is used twice.", key=key))
            ids[place] = -number
    return ChangeSet.of(insert(line.kind.key, _values(line, ids), -n) for n, line in enumerate(lines, start=1))


def _family(kind: str) -> str:
    """Clusters, organisations and regions share their keys, as relations and figures may name any of them."""
    return "entity" if kind == "entity" or KINDS[kind].is_entity else kind


def _read(path: Path, kind: RecordKind) -> Iterator[Line]:
    if not path.is_file():
        raise InvalidInput(msg("The sample table {file} is missing.", file=path.name))
    with path.open(encoding="utf-8", newline="") as file:
        # A mark of quotation belongs to the text: nothing is quoted, a tab always ends a cell.
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        header = next(rows, [])
        for row in rows:
            line = Line(path.name, rows.line_num, kind, dict(zip(header, row, strict=False)))
            if len(row) != len(header):
                raise line.wrong(msg("{count} cells under {columns} columns.", count=len(row), columns=len(header)))
            yield line


def _values(line: Line, ids: dict[tuple[str, str], int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, text in line.cells.items():
        if text and column not in UNSTORED:
            try:
                values |= _cell(line.kind, column, text, ids)
            except InvalidInput as error:
                raise line.wrong(error) from error
    for field in line.kind.fields:
        if field.required and field.key not in values:
            raise line.wrong(msg("{field} must not be blank.", field=field.label))
    return values


def _cell(kind: RecordKind, column: str, text: str, ids: dict[tuple[str, str], int]) -> dict[str, Any]:
    if kind.key == "observation" and column in BOUNDS:
        return {column: BOUND.parse(text)}
    editable = {field.key for field in kind.fields if field.editable}
    reference = f"{column}_id"
    field = kind.field(reference if reference in editable else column)
    if not field.editable:
        raise InvalidInput(msg("{field} is worked out and cannot be written.", field=field.label))
    if not isinstance(field.type, Reference):
        return field.write(field.parse(text))
    family = _family(field.type.kind)
    if (family, text) not in ids:
        raise InvalidInput(msg("no {kind} has the key “{key}”.", kind=family, key=text))
    return field.write(ids[family, text])
