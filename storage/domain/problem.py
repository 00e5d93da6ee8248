"""A finding in a workbook: where, why, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.domain.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell (or a whole sheet, when `cell` is empty) that could not be taken over."""

    sheet: str
    cell: str
    cause: Text
    remedy: Text
