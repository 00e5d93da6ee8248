"""Reference periods: a half-open interval of days plus the words that the source used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """An interval [start, end) of ISO dates and its text; unknown when start and end are None."""

    start: str | None
    end: str | None
    text: str
