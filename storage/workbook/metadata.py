"""Constants that a workbook states beside its table: title, source, unit, address, notes."""

from __future__ import annotations

import re

from storage.workbook.sheet import Sheet, Workbook
from storage.workbook.unit_lines import stated_words

_LABELS = {
    "통계표id": "source.code",
    "통계표명": "source.title",
    "조회기간": "source.period",
    "수록기간": "source.period",
    "출처": "source",
    "자료출처": "source",
    "자료": "source",
    "자료다운일자": "source.date",
    "자료갱신일": "source.date",
    "통계표url": "url",
    "단위": "unit",
    "주석": "note",
    "title": "source.title",
    "table": "source.title",
    "dataset": "source.title",
    "제목": "source.title",
    "code": "source.code",
    "table id": "source.code",
    "period": "source.period",
    "source": "source",
    "data source": "source",
    "date": "source.date",
    "downloaded": "source.date",
    "last update": "source.date",
    "last updated": "source.date",
    "extracted on": "source.date",
    "url": "url",
    "link": "url",
    "unit": "unit",
    "units": "unit",
    "unit of measure": "unit",
    "note": "note",
    "notes": "note",
}
_STATED = re.compile(r"^\W*(source|data source|출처|자료)\s*[:：]\s*(.+)$", re.IGNORECASE | re.DOTALL)
_MOST_ROWS = 80
_AROUND_ROWS = 12


def label_pairs(sheet: Sheet) -> dict[str, str]:
    """Label and value pairs of a sheet such as KOSIS 메타정보; empty when it is something else."""
    if not 1 < sheet.height <= _MOST_ROWS:
        return {}
    found = _pairs(sheet, range(sheet.height))
    return found if len(found) >= 2 else {}


def _pairs(sheet: Sheet, rows: range) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        key = _LABELS.get(_plain(sheet.text(row, 0)))
        value = next((text for column in range(1, sheet.width) if (text := sheet.text(row, column))), "")
        if key and value:
            found.setdefault(key, value)
    return found


def _plain(label: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", label).casefold().split())


_PERIOD_WORDS = re.compile(
    r"(?:19|20)\d\d(?:년도?)?(?:[ .\-]*(?:[1-4](?:/4)? ?분기|Q[1-4]|[상하]반기|H[12]|\d{1,2}월))?(?![\d])",
    re.IGNORECASE,
)


def title_period(titles: tuple[str, ...]) -> str:
    """The one period that the titles name; "" when they name none or several."""
    found = {match.strip() for title in titles for match in _PERIOD_WORDS.findall(title)}
    return found.pop() if len(found) == 1 else ""


_UNIT_WORDS = re.compile(r"[(\[（]?\s*(?:단위|units?)\s*[:：][^)\]）]*[)\]）]?", re.IGNORECASE)


_EMPTY_BRACKETS = re.compile(r"[(\[（]\s*[)\]）]|^[)\]）]|[(\[（]$")
_TABLE_NUMBER = re.compile(
    r"^\s*(?:[<\[【(]?\s*(?:table|표)\s*(?:[A-Z]|[A-Z]?\d[\d.–-]*[a-z]?)(?!\w)\s*[>\]】).:]*|dataset\s*:|[■□▣▶○●◆]"
    r"|\d{1,2}(?:[.-]\d{1,2})*[.)](?=\s))\s*(?=\S)",
    re.IGNORECASE,
)


def lasting_name(title: str) -> str:
    """A title without its number, period and unit, so that the next edition names the same metric."""
    bare = _UNIT_WORDS.sub(" ", _PERIOD_WORDS.sub(" ", _TABLE_NUMBER.sub("", title)))
    bare = _EMPTY_BRACKETS.sub("", " ".join(bare.split())).strip(" ,-–·:_")
    return bare or title


def stated_constants(workbook: Workbook, sheet: Sheet, first_row: int, last_row: int) -> dict[str, str]:
    """What the other sheets and the lines above and below the table say about all figures."""
    found: dict[str, str] = {}
    for row in (*range(first_row), *range(last_row + 1, min(sheet.height, last_row + 1 + _AROUND_ROWS))):
        for column in range(min(sheet.width, 12)):
            text = sheet.text(row, column)
            if text and (unit := stated_words(text)):
                found.setdefault("unit", unit)
            elif stated := _STATED.match(text):
                found.setdefault("source", stated[2].strip())
    found = _pairs(sheet, range(first_row)) | found
    for other in workbook.sheets:
        if other is not sheet:
            found = label_pairs(other) | found
    return found
