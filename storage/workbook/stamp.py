"""What an exported workbook says of itself on a very hidden sheet: which catalogue, which revision, which columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from storage.workbook.streamed import MOST_CHARACTERS, utf16_length

FORMAT = 2  # the first one had no sum
PROPERTY, NAME = "Cluster Atlas export", "_cluster_atlas_export"  # where the export's id stands beside the stamp
MARK = '{"cluster-atlas":'
PIECE = MOST_CHARACTERS - 67


@dataclass(frozen=True, slots=True)
class SheetStamp:
    """One sheet: what it is for ("records", "aid", "lists" or "texts"), and key and header of each column."""

    name: str
    role: str
    kind: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where an export came from; `query` is the exported view as JSON, blank for the whole catalogue."""

    catalogue: str
    revision: int
    schema: int
    language: str
    export: str
    at: str
    query: str
    sheets: tuple[SheetStamp, ...]

    def to_json(self) -> str:
        """Return the stamp as text, with a sum by which damage is noticed."""
        return json.dumps(
            {"cluster-atlas": FORMAT, **asdict(self), "sum": self._sum()}, ensure_ascii=False, separators=(",", ":")
        )

    def _sum(self) -> str:
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    @staticmethod
    def from_json(text: str) -> Stamp | None:
        """Return the stamp that `to_json` wrote, None for a damaged one and for anything else."""
        try:
            data = json.loads(text)
            known = {name: data[name] for name in (field.name for field in fields(Stamp))}
            stamp = Stamp(**known | {"sheets": tuple(_sheet(sheet) for sheet in data["sheets"])})
            sound = data["cluster-atlas"] == 1 or data["sum"] == stamp._sum()
        except (ValueError, KeyError, TypeError):
            return None
        return stamp if sound else None


def _sheet(data: dict[str, Any]) -> SheetStamp:
    columns = tuple((str(key), str(header)) for key, header in data["columns"])
    return SheetStamp(str(data["name"]), str(data["role"]), str(data["kind"]), columns, int(data["rows"]))


def export_id(properties: Mapping[str, str]) -> str:
    """Return the id of the export that a workbook still bears without its stamp, blank for none."""
    return properties.get(PROPERTY) or properties.get(NAME, "")


def pieces(text: str) -> list[str]:
    """Cut a text so that each piece fits a cell and none begins or ends blank, as far as that can be."""
    found = []
    while utf16_length(text) > MOST_CHARACTERS:
        end = len(text.encode("utf-16-le", "surrogatepass")[: PIECE * 2].decode("utf-16-le", "ignore"))
        cut = next((place for place in range(end, end // 2, -1) if not _blank_at(text, place)), end)
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


def _blank_at(text: str, place: int) -> bool:
    return text[place - 1].isspace() or text[place : place + 1].isspace()
