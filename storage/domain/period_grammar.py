"""The ways in which English and Korean sources write a period, each turned into an interval of days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

Interval = tuple[date, date]
Reader = Callable[[re.Match[str]], Interval]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_HALVES = {"상": 1, "하": 2, "first": 1, "second": 2, "1st": 1, "2nd": 2}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ERAS = {"昭和": 1925, "平成": 1988, "令和": 2018}  # the year before the first one of each Japanese era
_DASHES = re.compile("[\u2010-\u2015\u2212\u223c\u301c\uff5e~]")
_HEDGE = re.compile(r"^(?:≈|c\.|ca\.|circa|around|about|as of|as at|in|during|the|약)\s*(?=\S)")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"((?:1[5-9]|2[01])\d\d)"


class NoSuchDateError(ValueError):
    """The text has the form of a period, but no calendar knows it: 2015-13."""


_REWRITES = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"(?<=[\d년월일말기]) ?(?:기준|현재)$", ""),
        (r"(?<=\d)\. (?=\d|[상하]반기)", "."),  # 2015. 3. 1.
        (r"(?<=\d)\.$", ""),
        (r"(?<=\d) ?\[yr\d{4}\]$", ""),  # 2019 [YR2019]
        (r"^'?([0-6]\d)(?=년(?!간|대| ?전))", r"20\1"),
        (r"^'?([7-9]\d)(?=년(?!간|대| ?전))", r"19\1"),
        (r"^'([0-6]\d)(?=[. ]*(?:\d|[상하]반기))|^([0-6]\d)(?=\.\d\d?월)", r"20\1\2"),
        (r"^'([7-9]\d)(?=[. ]*(?:\d|[상하]반기))|^([7-9]\d)(?=\.\d\d?월)", r"19\1\2"),
    )
)
_FOOTNOTE = re.compile(r"(?:[*†¹²³⁰-⁹⁽⁾]+| \d\))$")
_FLAG_WORDS = {
    "잠정": "P", "추정": "E", "추계": "E", "전망": "F", "예측": "F", "p": "P", "e": "E", "f": "F", "r": "", "a": "A",
}  # fmt: skip
_FLAG = re.compile(
    r"(?<=[\d년월기]) ?(?:\(?(잠정|추정|추계|전망|예측)치?\)?|\(([pefr])\)|([pefr])\)|(?<=\d{4})([pefra]))$",
    re.IGNORECASE,
)


def split_flag(text: str) -> tuple[str, str]:
    """A period without footnote marks, and the SDMX status that stands behind it: "2015(p)", "2025 (전망)"."""
    bare = _FOOTNOTE.sub("", text.strip()).strip()
    found = _FLAG.search(bare)
    if not found:
        return bare, ""
    word = next(filter(None, found.groups()))
    return bare[: found.start()].strip(), _FLAG_WORDS[word.lower()]


def normalise(text: str) -> str:
    """Lower case, plain dashes, single blanks, four digits of the year, no hedge in front."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).replace("’", "'").replace("‘", "'")
    plain = " ".join(plain.casefold().split())
    previous = None
    while previous != plain:
        previous, plain = plain, _HEDGE.sub("", plain)
    for pattern, written in _REWRITES:
        plain = pattern.sub(written, plain)
    return plain


def whole_years(first: int, last: int | None = None) -> Interval:
    """The years `first` to `last`, both included."""
    return date(first, 1, 1), date((first if last is None else last) + 1, 1, 1)


def months(year: int, month: int, count: int) -> Interval:
    """`count` months from a month on."""
    if not 1 <= month <= 12:
        raise NoSuchDateError(str(month))
    end = year * 12 + month - 1 + count
    return date(year, month, 1), date(end // 12, end % 12 + 1, 1)


def one_day(year: int, month: int, day: int) -> Interval:
    """A single day."""
    try:
        start = date(year, month, day)
    except ValueError as error:
        raise NoSuchDateError(f"{year}-{month}-{day}") from error
    return start, start + timedelta(days=1)


def full_year(text: str) -> int:
    """Four digits of a year given by two: 15 is 2015, 95 is 1995."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < 70 else 1900)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def _quarter(year: str, quarter: str | int) -> Interval:
    return months(full_year(year), int(quarter) * 3 - 2, 3)


def _half(year: str, half: str | int) -> Interval:
    return months(full_year(year), int(half) * 6 - 5, 6)


def _month_span(year: int, first: int, last: int) -> Interval:
    if last < first:
        raise NoSuchDateError(f"{first}-{last}")
    return months(year, first, last - first + 1)


def _slashed(found: re.Match[str]) -> Interval:
    first, second, year = (int(part) for part in found.groups())
    if first <= 12 and second <= 12 and first != second:
        raise NoSuchDateError(found.group())
    return one_day(year, *((first, second) if second > 12 else (second, first)))


def _third(interval: Interval, word: str) -> Interval:
    """Early, middle or late part of a year, a decade or a month."""
    start, end = interval
    part = {"early": 0, "초": 0, "초반": 0, "mid": 1, "중": 1, "중반": 1, "late": 2, "후반": 2, "말": 2}[word]
    if (end.year - start.year) == 10:
        first, last = ((0, 3), (4, 6), (7, 9))[part]
        return whole_years(start.year + first, start.year + last)
    if (end - start).days > 300:
        return months(start.year, 1 + 4 * part, 4)
    cuts = (start, start + timedelta(days=10), start + timedelta(days=20), end)
    return cuts[part], cuts[part + 1]


def last_day(interval: Interval) -> Interval:
    """The last day of an interval: "end of June 2005"."""
    return interval[1] - timedelta(days=1), interval[1]


_SEPARATED_DAY = rf"{_YEAR}([-./]) ?(\d\d?)\2 ?(\d\d?)\.?(?:[t ][\d:.]+z?)?"
_READERS: tuple[tuple[str, Reader], ...] = (
    (rf"(?:fy ?|cy ?|year )?{_YEAR}(?:\.0)? ?(?:년도?|학년도|회계연도)?", lambda m: whole_years(int(m[1]))),
    (rf"{_YEAR}年度?", lambda m: whole_years(int(m[1]))),
    (r"(昭和|平成|令和) ?(元|\d\d?)年?度?", lambda m: whole_years(_ERAS[m[1]] + (1 if m[2] == "元" else int(m[2])))),
    (r"(?:fy ?)?'(\d\d)(?:년)?|fy ?(\d\d)", lambda m: whole_years(full_year(m[1] or m[2]))),
    (_SEPARATED_DAY, lambda m: one_day(int(m[1]), int(m[3]), int(m[4]))),
    (rf"{_YEAR}년 ?(\d\d?)월 ?(\d\d?)일", lambda m: one_day(int(m[1]), int(m[2]), int(m[3]))),
    (rf"{_YEAR}(\d\d)(\d\d)", lambda m: one_day(int(m[1]), int(m[2]), int(m[3]))),
    (rf"(\d\d?)(?:st|nd|rd|th)?[ -]{_MONTH}[ -]{_YEAR}", lambda m: one_day(int(m[3]), _month(m[2]), int(m[1]))),
    (rf"{_MONTH} (\d\d?)(?:st|nd|rd|th)?,? {_YEAR}", lambda m: one_day(int(m[3]), _month(m[1]), int(m[2]))),
    (rf"(\d\d?)[/.](\d\d?)[/.]{_YEAR}", _slashed),
    (rf"({_YEAR[1:-1]}|'\d\d)[ _/.-]*q([1-4])", lambda m: _quarter(m[1].lstrip("'"), m[2])),
    (rf"q([1-4])[ _/-]*{_YEAR}", lambda m: _quarter(m[2], m[1])),
    (rf"([1-4])q[ _/-]*({_YEAR[1:-1]}|'?\d\d)", lambda m: _quarter(m[2].lstrip("'"), m[1])),
    (
        rf"{_YEAR}(?:년|\.)? ?([1-4])(?:/4)? ?분기|{_YEAR}년?[. ]*([1-4])(?:/4|q)",
        lambda m: _quarter(*filter(None, m.groups())),
    ),
    (rf"([1-4])(?:/4)? ?분기[ ,/]*{_YEAR}년?", lambda m: _quarter(m[2], m[1])),
    (
        rf"({'|'.join(_ORDINALS)}) quarter(?: of)? {_YEAR}",
        lambda m: _quarter(m[2], _ORDINALS[m[1]]),
    ),
    (rf"({_YEAR[1:-1]}|'\d\d)[ _-]*[hs]([12])", lambda m: _half(m[1].lstrip("'"), m[2])),
    (rf"[hs]([12])[ _/-]*{_YEAR}", lambda m: _half(m[2], m[1])),
    (rf"([12])h[ _/-]*({_YEAR[1:-1]}|'?\d\d)", lambda m: _half(m[2].lstrip("'"), m[1])),
    (rf"{_YEAR}년?도?\.? ?([상하])반기", lambda m: _half(m[1], _HALVES[m[2]])),
    (rf"(first|second|1st|2nd) half(?: of)? {_YEAR}", lambda m: _half(m[2], _HALVES[m[1]])),
    (rf"{_YEAR}(?:[-./]|-?m|년 ?)(\d\d?)(?: ?월)?", lambda m: months(int(m[1]), int(m[2]), 1)),
    (rf"{_YEAR}(0[1-9]|1[0-2])", lambda m: months(int(m[1]), int(m[2]), 1)),
    (rf"{_MONTH}[ ,_-]*{_YEAR}", lambda m: months(int(m[2]), _month(m[1]), 1)),
    (rf"{_YEAR}[ ,_-]*{_MONTH}", lambda m: months(int(m[1]), _month(m[2]), 1)),
    (rf"{_MONTH}[ -]'?(\d\d)", lambda m: months(full_year(m[2]), _month(m[1]), 1)),
    (rf"{_YEAR}(?:년 ?|\.| )(\d\d?)월? ?- ?(\d\d?)월", lambda m: _month_span(int(m[1]), int(m[2]), int(m[3]))),
    (rf"{_YEAR}\.(\d\d?)\. ?- ?(\d\d?)", lambda m: _month_span(int(m[1]), int(m[2]), int(m[3]))),
    (rf"{_MONTH} ?(?:-|to) ?{_MONTH} {_YEAR}", lambda m: _month_span(int(m[3]), _month(m[1]), _month(m[2]))),
    (rf"(\d\d?)/{_YEAR}", lambda m: months(int(m[2]), int(m[1]), 1)),
    (r"(\d\d\d)0(?:'?s|년대)", lambda m: whole_years(int(m[1]) * 10, int(m[1]) * 10 + 9)),
    (r"'?([5-9])0(?:'?s|년대)", lambda m: whole_years(1900 + int(m[1]) * 10, 1909 + int(m[1]) * 10)),
)
_COMPILED = tuple((re.compile(pattern), read) for pattern, read in _READERS)


def plain_interval(text: str) -> Interval | None:
    """Interval of a normalised text that names one calendar unit; None when it is none."""
    for pattern, read in _COMPILED:
        found = pattern.fullmatch(text)
        if found:
            return read(found)
    return None


_YEAR_RANGES = (
    re.compile(rf"(?:fy ?)?{_YEAR}년? ?(?:-|to|/|→|through|until) ?((?:1[5-9]|2[01])?\d\d)년?"),
    re.compile(rf"from {_YEAR} to {_YEAR}"),
)


def year_range(text: str) -> Interval | None:
    """Interval of "2005-07", "2011-2015" or "2023/24" read as a range of years."""
    for pattern in _YEAR_RANGES:
        found = pattern.fullmatch(text)
        if found:
            first, last = int(found[1]), int(found[2])
            if len(found[2]) == 2:
                last += first // 100 * 100 + (100 if last < first % 100 else 0)
            most = 30 if len(found[2]) == 2 else 150
            return whole_years(first, last) if 0 < last - first <= most else None
    return None


_PARTS = re.compile(r"(early|mid|late)[ -](?:in )?(?:the )?(.+)|(.+?) ?(초반|중반|후반|초|중)")
_ENDS = re.compile(r"(?:the )?end (?:of )?(?:the )?(.+)|(.+?) ?말")


def part_interval(text: str, whole: Callable[[str], Interval | None]) -> Interval | None:
    """Interval of "mid-1990s", "early 2016", "end of June 2005", "2015년 말"; `whole` reads the rest."""
    found = _ENDS.fullmatch(text)
    if found:
        inner = whole(found[1] or found[2])
        if inner and (inner[1] - inner[0]).days > 400:
            return _third(inner, "late")
        return last_day(inner) if inner else None
    found = _PARTS.fullmatch(text)
    if not found:
        return None
    inner = whole(found[2] or found[3])
    return _third(inner, found[1] or found[4]) if inner else None


_COUNT = rf"(\d+|{'|'.join(_WORDS)})"
_PAST = re.compile(rf"(?:past|last|previous|최근|지난) ?{_COUNT} ?(years?|months?|년간?|개월)")
_AGO = re.compile(rf"{_COUNT} ?(?:years? ago|년 ?전)")
_TURN = re.compile(rf"(last|this|next|past) (year|month|quarter|{_MONTH})")
_KOREAN_YEARS = {"작년": -1, "지난해": -1, "전년": -1, "올해": 0, "금년": 0, "내년": 1, "재작년": -2}


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.index(word)


def _turn(word: str, unit: str, anchor: date) -> Interval:
    step = {"last": -1, "past": -1, "this": 0, "next": 1}[word]
    if unit == "year":
        return whole_years(anchor.year + step)
    position = anchor.year * 12 + anchor.month - 1
    if unit == "month":
        return months((position + step) // 12, (position + step) % 12 + 1, 1)
    if unit == "quarter":
        position = position // 3 * 3 + 3 * step
        return months(position // 12, position % 12 + 1, 3)
    month = _month(unit)
    year = anchor.year
    if step < 0 and month >= anchor.month:
        year -= 1
    elif step > 0 and month <= anchor.month:
        year += 1
    return months(year, month, 1)


def relative_interval(text: str, anchor: date) -> Interval | None:
    """Interval of "past 5 years", "last April", "작년" as seen from the anchor."""
    if text in _KOREAN_YEARS:
        return whole_years(anchor.year + _KOREAN_YEARS[text])
    if found := _PAST.fullmatch(text):
        count = _count(found[1])
        if found[2].startswith(("year", "년")):
            return whole_years(anchor.year - count + 1, anchor.year)
        position = anchor.year * 12 + anchor.month - count
        return months(position // 12, position % 12 + 1, count)
    if found := _AGO.fullmatch(text):
        return whole_years(anchor.year - _count(found[1]))
    found = _TURN.fullmatch(text)
    return _turn(found[1], found[2], anchor) if found else None


_SEPARATORS = tuple(
    re.compile(p) for p in (" to | through | until | → ?|→", " - ", r" ?-(?=\d{4}|')", "(?<=[월년기일])-")
)


def split_span(text: str) -> tuple[str, str] | None:
    """The two sides of "A to B", or None."""
    for separator in _SEPARATORS:
        sides = separator.split(text.removeprefix("from "))
        if len(sides) == 2:
            return sides[0].strip(), sides[1].strip()
    return None


def only_years(text: str) -> bool:
    """Whether "2015-17" can be nothing but a range of years."""
    try:
        return plain_interval(text) is None and year_range(text) is not None
    except NoSuchDateError:
        return year_range(text) is not None


def is_relative(text: str) -> bool:
    """Whether a normalised text can be read only with the date of its source."""
    probe = date(2000, 6, 15)
    return relative_interval(text, probe) is not None or (
        part_interval(text, lambda rest: relative_interval(rest, probe)) is not None
    )
