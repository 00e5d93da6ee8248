"""Units that stand beside a table, "(단위: 백만원, 명)", and the columns that each of them fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from storage.domain.text import Text, msg
from storage.workbook.roles import ColumnRole
from storage.workbook.units import read_units

Unit = tuple[str, float]
_STATED = re.compile(r"(?:단위|単位|units?)\s*[:：]\s*([^()\]）>〉]+(?:\([^()]*\))?)", re.IGNORECASE)
_BARE = re.compile(r"^[(\[（<〈]\s*([^()\[\]（）<>〈〉]+?)\s*[)\]）>〉]$")
_ANNOUNCED = re.compile(
    r"^[(\[（]?\s*(?:all )?(?:values?|figures?|amounts?)?\s*in\s+([^()]+?)\s*[)\]）]?$", re.IGNORECASE
)
_KIND_OF_UNIT = {
    "money": frozenset("KRW USD EUR GBP JPY CNY PPS".split()),
    "people": frozenset(["persons", "FTE"]),
    "share": frozenset(["%", "%p", "‰"]),
    "area": frozenset(["m²", "km²", "ha", "평"]),
    "count": frozenset(["", "개", "개소", "사", "건", "곳", "호", "동", "firms", "households", "업체"]),
}
_COUNTED = frozenset(["people", "count"])
_SHARE = re.compile(r"율|률|비중|비율|구성비|share|\brate|ratio|growth|percent", re.IGNORECASE)
_WORDS = {
    "money": (
        "액 매출 수출 수입 투자 생산 예산 비용 소득 자산 부채 자본 이익 부가가치 연구비 개발비",
        r"sales|revenue|turnover|exports?\b|imports?\b|investment|value added|\bg(?:rd|d)p\b|expenditure|budget|profit",
    ),
    "people": (
        "인원 인구 종사자 근로자 고용 종업원 연구원 학생 취업자 직원 인력",
        "workers|employ|population|persons|people|researchers|staff|students|jobs|headcount",
    ),
    "area": ("면적 부지 용지", r"\barea|\bland\b"),
    "count": (
        "업체 기업 사업체 입주 건수 특허 기관 단지수 개수",
        "firms|compan|establishments|patents|tenants|enterprises",
    ),
}
_KINDS = tuple(
    (kind, re.compile(f"{korean.replace(' ', '|')}|{english}", re.IGNORECASE))
    for kind, (korean, english) in _WORDS.items()
)
_PER = re.compile(r"\bper\b.*|\bby\b.*", re.IGNORECASE)


def stated_words(text: str) -> str:
    """The words of a line that tells units, "백만원, 명"; "" when it tells none."""
    for pattern in (_STATED, _ANNOUNCED, _BARE):
        found = pattern.search(text.strip())
        words = found[1].strip().rstrip(".,") if found else ""
        if words and (units := read_units(words)) and (pattern is _STATED or units != (("", 1.0),)):
            return words
    return ""


def kind_of_header(header: str) -> str:
    """What a header speaks of: money, people, share, area or count; "" where its words do not tell."""
    if _SHARE.search(header):
        return "share"
    head = _PER.sub("", header)
    found = [(hit.end(), kind) for kind, words in _KINDS for hit in words.finditer(head)]
    return max(found)[1] if found else ""


def _kind_of_unit(unit: str) -> str:
    return next((name for name, known in _KIND_OF_UNIT.items() if unit in known), "")


def contradict(one: str, other: str) -> bool:
    """Whether two units cannot both be meant: per cent and won, dollars and euros; people and a bare count can."""
    kinds = {_kind_of_unit(one), _kind_of_unit(other)}
    if one == other or "" in kinds or kinds == _COUNTED:
        return False
    return len(kinds) == 2 or kinds == {"money"}


def fitting(header: str, units: Sequence[Unit]) -> Unit | None:
    """The one unit of a list that fits a header; a single unit fits all but headers of another kind."""
    kind = kind_of_header(header)
    kinds = [_kind_of_unit(unit) for unit, _ in units]
    if len(units) == 1:
        if {kind, kinds[0]} == _COUNTED:  # "(단위: 천명)" over firms: they are counted in thousands, too
            return "", units[0][1]
        return units[0] if not kind or not kinds[0] or kind == kinds[0] or units[0][0] == "" else None
    found = [unit for unit, its in zip(units, kinds, strict=True) if kind and its == kind]
    return found[0] if len(found) == 1 else None


def fit_units(columns: tuple[ColumnRole, ...], told: str) -> tuple[tuple[ColumnRole, ...], tuple[Text, ...]]:
    """Give each value column without a unit the one that fits it; say for which columns none is sure."""
    units = read_units(told)
    bare = [c for c in columns if c.metric and not c.unit and c.multiplier == 1.0]
    if not units or not bare:
        return columns, ()
    chosen = {column.index: fitting(column.header, units) for column in bare}
    if len(units) == len(bare) > 1 and not all(chosen.values()) and _in_order(bare, units):
        chosen = {column.index: unit for column, unit in zip(bare, units, strict=True)}
    given = tuple(_with(column, chosen.get(column.index), told) for column in columns)
    open_ones = [column.header for column in bare if chosen[column.index] is None]
    if not open_ones:
        return given, ()
    note = msg("The units beside the table are {units}; none is sure for {columns}: say it in the menu of the column.",
               units=told, columns=", ".join(open_ones))  # fmt: skip
    return given, (note,)


def _in_order(columns: Sequence[ColumnRole], units: Sequence[Unit]) -> bool:
    """Whether the units may stand in the order of the columns: no header speaks of another kind."""
    return all(fitting(column.header, [unit]) for column, unit in zip(columns, units, strict=True))


def _with(column: ColumnRole, unit: Unit | None, told: str) -> ColumnRole:
    if unit is None:
        return column
    reason = msg("{reason} Its unit stands beside the table: {units}.", reason=column.reason, units=told)
    return replace(column, unit=unit[0], multiplier=unit[1], reason=reason)
