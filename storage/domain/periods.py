"""Reference periods: a half-open interval of days plus the words that the source used."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from storage.domain import period_grammar as grammar
from storage.domain.text import Text, msg

FREQUENCIES = ("A", "H", "Q", "M", "D", "range", "decade", "none")
_FUZZY = re.compile(r"early|mid|late|end of the|초$|초반|중반|후반|말$|중$", re.IGNORECASE)
_EARLIEST, _LATEST = 1500, 2199


class PeriodError(ValueError):
    """A text that names no period; carries the cause and the way out."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


@dataclass(frozen=True, slots=True)
class Period:
    """An interval [start, end) of ISO dates and its text; unknown when start and end are None.

    `status` is filled only where the text itself says it: "2015(p)".
    """

    start: str | None
    end: str | None
    text: str
    status: str = field(default="", compare=False)

    @property
    def frequency(self) -> str:
        """One of FREQUENCIES, told from the interval."""
        if self.start is None or self.end is None:
            return "none"
        start, end = date.fromisoformat(self.start), date.fromisoformat(self.end)
        if end - start == timedelta(days=1):
            return "D"
        if start.day != 1 or end.day != 1:
            return "range"
        count = (end.year - start.year) * 12 + end.month - start.month
        if count == 120 and start.year % 10 == 0 and start.month == 1:
            return "decade"
        named = {12: "A", 6: "H", 3: "Q", 1: "M"}.get(count)
        return named if named and (start.month - 1) % count == 0 else "range"

    @property
    def sort_key(self) -> tuple[bool, str, str, str]:
        """Orders by start, then by end; unknown periods come last."""
        return (self.start is None, self.start or "", self.end or "", self.text)

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day; an unknown period overlaps none."""
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return False
        return self.start < other.end and other.start < self.end

    def format(self, language: str = "en") -> str:
        """Write the period for a reader of English ("en") or Korean ("ko").

        Fuzzy periods keep the words of the source, everything else has one form.
        """
        if self.start is None or self.end is None or (self.frequency == "range" and _FUZZY.search(self.text)):
            return self.text
        start, end = date.fromisoformat(self.start), date.fromisoformat(self.end)
        return _written(start, end, self.frequency, language)


def _written(start: date, end: date, frequency: str, language: str) -> str:
    korean = language == "ko"
    half, quarter = (start.month + 5) // 6, (start.month + 2) // 3
    match frequency:
        case "A":
            return f"{start.year}년" if korean else str(start.year)
        case "decade":
            return f"{start.year}년대" if korean else f"{start.year}s"
        case "H":
            return f"{start.year}년 {'상하'[half - 1]}반기" if korean else f"{start.year} H{half}"
        case "Q":
            return f"{start.year}년 {quarter}분기" if korean else f"{start.year} Q{quarter}"
        case "M":
            return f"{start.year}년 {start.month}월" if korean else f"{start:%Y-%m}"
        case "D":
            return f"{start.year}년 {start.month}월 {start.day}일" if korean else start.isoformat()
    return _written_span(start, end, language)


def _written_span(start: date, end: date, language: str) -> str:
    last = end - timedelta(days=1)
    if (start.month, start.day, end.month, end.day) == (1, 1, 1, 1):
        return f"{start.year}–{last.year}" + ("년" if language == "ko" else "")
    unit = "M" if start.day == 1 and end.day == 1 else "D"
    between = " – " if language == "ko" else " to "
    return _written(start, end, unit, language) + between + _written(last, end, unit, language)


def _period(interval: grammar.Interval, text: str) -> Period:
    return Period(interval[0].isoformat(), interval[1].isoformat(), text)


def parse_year_range(text: str) -> Period:
    """Read "2005-07", "2023/24" or "2010-12 to 2015-17" as ranges of years; raise PeriodError."""
    period = parse_period(text, prefer="range")
    if period.frequency not in ("range", "decade"):
        raise _unreadable(text)
    return period


def parse_period(value: object, anchor: date | None = None, *, prefer: str = "") -> Period:
    """Read a text, number, date or datetime as a period; raise PeriodError.

    `anchor` is the date of the source, for "last year"; `prefer="range"` reads "2005-07" as years.
    """
    if isinstance(value, Period):
        return value
    if isinstance(value, (date, datetime)):
        return _period(grammar.one_day(value.year, value.month, value.day), f"{value:%Y-%m-%d}")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(float(value))
    if not isinstance(value, str) or not value.strip():
        raise _unreadable(str(value))
    text, status = grammar.split_flag(value)
    plain = grammar.normalise(text)
    prefer = "range" if "–" in value else prefer  # a printed dash joins years, a hyphen year and month
    try:
        interval = _interval(plain, anchor, prefer)
    except grammar.NoSuchDateError as error:
        raise PeriodError(msg("“{text}” is no clear date; write it as year-month-day.", text=value.strip())) from error
    if interval is None and anchor is None and grammar.is_relative(plain):
        raise PeriodError(
            msg("“{text}” counts from the date of its source; give the source a date first.", text=value.strip())
        )
    if interval is None or not _EARLIEST <= interval[0].year <= interval[1].year <= _LATEST + 1:
        raise _unreadable(value)
    return replace(_period(interval, text), status=status)


def _number(value: float) -> Period:
    if value.is_integer() and _EARLIEST <= value <= _LATEST:
        return _period(grammar.whole_years(int(value)), str(int(value)))
    year, month = divmod(round(value * 100), 100)
    two_places = abs(value * 100 - round(value * 100)) < 1e-6
    if two_places and _EARLIEST <= year <= _LATEST and 1 <= month <= 12 and month != 10:
        return _period(grammar.months(year, month, 1), f"{year}.{month:02}")
    if value.is_integer() and (interval := _digits(str(int(value)))):
        return _period(interval, str(int(value)))
    raise _unreadable(f"{value:g}")


def _digits(text: str) -> grammar.Interval | None:
    try:
        return grammar.plain_interval(text) if len(text) in (6, 8) else None
    except grammar.NoSuchDateError:
        return None


def _interval(plain: str, anchor: date | None, prefer: str) -> grammar.Interval | None:
    if prefer == "range" and (years := grammar.year_range(plain)):
        return years
    try:
        found = grammar.plain_interval(plain)
    except grammar.NoSuchDateError:
        found = grammar.year_range(plain)
        if found is None:
            raise
    return found or grammar.year_range(plain) or _compound(plain, anchor, prefer)


def _compound(plain: str, anchor: date | None, prefer: str) -> grammar.Interval | None:
    def whole(text: str) -> grammar.Interval | None:
        relative = grammar.relative_interval(text, anchor) if anchor else None
        return relative or grammar.plain_interval(text)

    found = whole(plain) or grammar.part_interval(plain, whole)
    if found:
        return found
    sides = grammar.split_span(plain)
    if not sides:
        return None
    if any(grammar.only_years(side) for side in sides):
        prefer = "range"
    first, last = (None if grammar.split_span(side) else _interval(side, anchor, prefer) for side in sides)
    return (first[0], last[1]) if first and last and first[0] < last[1] else None


def _unreadable(text: str) -> PeriodError:
    return PeriodError(
        msg(
            "“{text}” is not read as a period; write for example 2015, 2015-Q2, 2015-12, 2011–2015 or 1990s.",
            text=text.strip(),
        )
    )
