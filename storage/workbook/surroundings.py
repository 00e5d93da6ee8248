"""Who, what and when, from titles and names around a table whose columns do not tell it."""

from __future__ import annotations

import re

from storage.workbook.groups import YEARS_FIRST
from storage.workbook.layout import Layout
from storage.workbook.likeness import likeness, named_in
from storage.workbook.metadata import lasting_name, title_period
from storage.workbook.profile import names_period
from storage.workbook.roles import ColumnRole
from storage.workbook.sheet import Sheet, Workbook

_PLAIN_SHEET = re.compile(r"(sheet|table|data|데이터|시트|자료|tabelle|лист)\s*\d*|\d{1,3}", re.IGNORECASE)
_NUMBERED = re.compile(r"^[<\[【(]?\s*(table|표)\s*\d|^\d{1,2}(?:[.-]\d{1,2})*[.)]\s", re.IGNORECASE)


def own_name(sheet: Sheet) -> str:
    """The sheet's name, "" where it says no more than "Sheet1"."""
    name = sheet.name.strip()
    return "" if _PLAIN_SHEET.fullmatch(name) else name


def named_around(
    workbook: Workbook, sheet: Sheet, columns: tuple[ColumnRole, ...], layout: Layout, stated: dict[str, str]
) -> dict[str, str]:
    """Return metric, entity and period from titles and names where neither a column nor `stated` tells them."""
    found: dict[str, str] = {}
    roles = {column.role for column in columns} | set(stated)
    values = [column for column in columns if column.holds_values]
    grouped = stated.get("groups", "")
    titles = tuple(title for title in layout.titles if 2 < len(title) <= 90)
    whole = grouped == YEARS_FIRST and "entity" not in stated
    named = roles & {"entity", "entity.code", "entity.ko"} or any(column.entity for column in values)
    if whole or not named:
        found |= _told("entity", _who(workbook, sheet, titles))
    nameless = any(not column.metric for column in values)
    if nameless and "metric" not in roles and grouped != "metric" and ("measure" not in roles or titles):
        found["metric"] = _what(workbook, sheet, titles, stated.get("source.title", ""))
    dated = "period" in roles or grouped in ("period", YEARS_FIRST) or all(column.period for column in values)
    if not dated:
        found |= _told("period", _when(own_name(sheet), layout.titles))
    return found


def _told(role: str, text: str) -> dict[str, str]:
    return {role: text} if text else {}


def _who(workbook: Workbook, sheet: Sheet, titles: tuple[str, ...]) -> str:
    """The sheet's name where there are several, else a title that names a place or cluster, else the file's name."""
    own = own_name(sheet)
    name = "" if names_period(own) else lasting_name(own)
    several = len(workbook.sheets) > 1 and bool(name)
    if several and likeness(name) < (0 if title_period((own,)) else 0.01):
        return name
    told = next(filter(None, map(named_in, map(lasting_name, reversed(titles)))), "")
    several = several and not title_period((own,))
    return told or named_in(name) or (name if several else "") or named_in(workbook.path.stem.replace("_", " "))


def _what(workbook: Workbook, sheet: Sheet, titles: tuple[str, ...], source_title: str) -> str:
    """What a table without a metric counts: the nearest title that reads so, a numbered one, the first one, a name."""
    if source_title:
        return lasting_name(source_title)
    measured = [title for title in titles if likeness(lasting_name(title)) > 0]
    numbered = [title for title in titles if _NUMBERED.match(title)]
    first = next(iter((*reversed(measured), *reversed(numbered), *titles)), "")
    return lasting_name(first or own_name(sheet) or workbook.path.stem)


def _when(own: str, titles: tuple[str, ...]) -> str:
    for when in (own, title_period((own,)), title_period(titles)):
        if when and names_period(when):
            return when
    return ""
