"""What a record is called, as a workbook may name it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownName:
    """A record as a workbook may name it: by any of its names or by its code; `places` are the ids it lies in."""

    id: int
    kind: str
    name: str
    names: tuple[str, ...]
    code: str
    places: tuple[int, ...]
    name_ko: str = ""
