"""Units in headers and cells: "Sales (억원)", "GDP, million USD", "area_sqm", "MLN_USD"."""

from __future__ import annotations

import re
from functools import lru_cache

_SIZES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "thousands": 1e3,
    "ths": 1e3,
    "thous": 1e3,
    "thsd": 1e3,
    "tsd": 1e3,
    "k": 1e3,
    "'000": 1e3,
    "'000s": 1e3,
    "000": 1e3,
    "000s": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "mn": 1e6,
    "mil": 1e6,
    "mill": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "bil": 1e9,
    "mrd": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "trillions": 1e12,
    "tn": 1e12,
}
_KOREAN_SIZES = {
    "10억": 1e9,
    "100억": 1e10,
    "1000억": 1e11,
    "100만": 1e6,
    "1000": 1e3,
    "십억": 1e9,
    "백억": 1e10,
    "천억": 1e11,
    "백만": 1e6,
    "천만": 1e7,
    "십만": 1e5,
    "百万": 1e6,
    "十億": 1e9,
    "億": 1e8,
    "万": 1e4,
    "千": 1e3,
    "조": 1e12,
    "억": 1e8,
    "만": 1e4,
    "천": 1e3,
}
_KOREAN_BASES = frozenset(
    [
        *("원", "달러", "불", "유로", "엔", "명", "인", "가구", "세대", "개소", "개사", "개", "사", "건", "호", "동"),
        *(
            "필지",
            "톤",
            "대",
            "회",
            "점",
            "배",
            "위",
            "평",
            "㎡",
            "㎢",
            "명/㎢",
            "원/㎡",
            "시간",
            "일",
            "개월",
            "업체",
            "곳",
            "명당",
            "원/kg",
        ),
    ]
)
_BASES = {
    "%": "%",
    "percent": "%",
    "per cent": "%",
    "pct": "%",
    "percentage": "%",
    "퍼센트": "%",
    "%p": "%p",
    "pp": "%p",
    "percentage points": "%p",
    "‰": "‰",
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "us dollars": "USD",
    "dollars": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "₩": "KRW",
    "krw": "KRW",
    "won": "KRW",
    "원": "KRW",
    "us $": "USD",
    "미국달러": "USD",
    "미달러": "USD",
    "£": "GBP",
    "gbp": "GBP",
    "¥": "JPY",
    "jpy": "JPY",
    "円": "JPY",
    "cny": "CNY",
    "rmb": "CNY",
    "pps": "PPS",
    "ppp": "PPP",
    "달러": "USD",
    "불": "USD",
    "유로": "EUR",
    "persons": "persons",
    "person": "persons",
    "people": "persons",
    "employees": "persons",
    "inhabitants": "persons",
    "명": "persons",
    "人": "persons",
    "인": "persons",
    "households": "households",
    "가구": "households",
    "firms": "firms",
    "companies": "firms",
    "개사": "firms",
    "fte": "FTE",
    "full-time equivalents": "FTE",
    "ea": "",
    "지수": "index",
    "세": "years",
    "years": "years",
    "days": "days",
    "hours": "hours",
    "m2": "m²",
    "m²": "m²",
    "㎡": "m²",
    "sqm": "m²",
    "sq m": "m²",
    "km2": "km²",
    "km²": "km²",
    "㎢": "km²",
    "sq km": "km²",
    "sqkm": "km²",
    "ha": "ha",
    "km": "km",
    "t": "t",
    "tons": "t",
    "tonnes": "t",
    "톤": "t",
    "kg": "kg",
    "gwh": "GWh",
    "mwh": "MWh",
    "kwh": "kWh",
    "mw": "MW",
    "kw": "kW",
    "gw": "GW",
    "tj": "TJ",
    "kt": "kt",
    "toe": "toe",
    "index": "index",
    "number": "",
    "count": "",
    "no.": "",
    "units": "",
}
_SUFFIXES = frozenset("pct percent sqm m2 km2 sqkm km ha usd krw eur gbp jpy kg tons tonnes gwh mwh kwh".split())
_AFTER_PER = {"km2": "km²", "sqm": "m²"}
_BRACKETS = re.compile(r"^(.*\S)\s*[(\[（〔<]\s*([^()\[\]（）〔〕<>]+?)\s*[)\]）〕>]\s*$", re.DOTALL)
_NOTE_BEHIND = re.compile(r"(?<=[)\]）〕>])\s*(?:[*†‡¹²³⁰-⁹⁽⁾]+|\d{1,2}\)|주 ?\d{0,2}\))$")
_COMMA = re.compile(r"^(.*\S)\s*,\s*([^,]+)$", re.DOTALL)
_PARTED = re.compile(r"^(.*\S)\s*(?:\n| [-–—|｜:] |[:|｜])\s*(\S[^\n]*)$", re.DOTALL)
_IN = re.compile(r"^(.*\S)\s+in\s+(\S.*)$", re.IGNORECASE | re.DOTALL)
_LAST_WORDS = (
    re.compile(r"^(.*?\S)[\s_/]+(\S+\s\S+)$", re.DOTALL),
    re.compile(r"^(.*\S)[\s_/]+(\S+)$", re.DOTALL),
)
_RANK = re.compile(r"out of \d+|순위|rank", re.IGNORECASE)
_PER = re.compile(r"^(.+?)\s*(?:/|\bper\b)\s*(.+)$", re.IGNORECASE)
_SHARE = re.compile(
    r"^(?:(?:%|percent|per cent|percentage) of (?!points)|(?:pc|pct)_)([a-z][\w ]{0,30})$", re.IGNORECASE
)
_INDEXED = re.compile(r"(?:index|지수)?[\s,]*\(?((?:19|20)\d\d) ?= ?(100|1)\)?", re.IGNORECASE)
_COUNTED = re.compile(r"(1(?:[ ,]?0+)+(?:[ ,]000)*|10|100) ?(?=\D)|(1[ ,]?000(?:[ ,]000)*)$")
_CURRENCY_BEFORE = re.compile(r"^(krw|usd|eur|us\$|[$€£₩¥]) ?(10{1,6}|1,000) ?(.*)$", re.IGNORECASE)
_LISTED = re.compile(r"\s*[,，;·、]\s*")


@lru_cache(maxsize=4_096)  # a unit stands in every row
def read_unit(text: str) -> tuple[str, float] | None:
    """Unit and multiplier of a text that is a unit and nothing else; None otherwise."""
    if share := _SHARE.match(text.strip()):
        return f"% of {share[1]}", 1.0
    if indexed := _INDEXED.fullmatch(text.strip()):
        return f"{indexed[1]}={indexed[2]}", 1.0
    plain = " ".join(text.replace("_", " ").split()).strip()
    plain = re.sub(r"^in ", "", re.sub(r"(?<=[a-z])\.(?= |$)", "", plain, flags=re.IGNORECASE), flags=re.IGNORECASE)
    return _plain_unit(plain.strip()) if plain else None


@lru_cache(maxsize=4_096)
def read_units(text: str) -> tuple[tuple[str, float], ...]:
    """The units of a list such as "백만원, 명, %"; empty when some part is no unit."""
    if one := read_unit(text):
        return (one,)
    if inner := _BRACKETS.match(text.strip()):  # 명(%)
        text = f"{inner[1]}, {inner[2]}"
    found = [read_unit(part) for part in _LISTED.split(text.strip())]
    return tuple(unit for unit in found if unit) if all(found) else ()


def _plain_unit(plain: str) -> tuple[str, float] | None:
    return _base(plain) or _korean(plain) or _sized(plain) or _counted(plain) or _per(plain)


def _counted(plain: str) -> tuple[str, float] | None:
    """Read "100 million KRW", "KRW 100 million", "1,000 persons", "1 000"."""
    if before := _CURRENCY_BEFORE.match(plain):
        plain = f"{before[2]} {before[3]} {before[1]}".replace("  ", " ")
    found = _COUNTED.match(plain)
    if not found:
        return None
    size = float(re.sub("[ ,]", "", found[0]))
    rest = plain[found.end() :].strip().removeprefix("of ")
    unit = _plain_unit(rest) if rest else ("", 1.0)
    return (unit[0], unit[1] * size) if unit else None


def _base(plain: str) -> tuple[str, float] | None:
    known = _BASES.get(plain.casefold())
    if known is not None:
        return known, 1.0
    return (plain, 1.0) if plain in _KOREAN_BASES else None


def _korean(plain: str) -> tuple[str, float] | None:
    for word, size in _KOREAN_SIZES.items():
        if plain.startswith(word):
            rest = _base(plain.removeprefix(word).strip())
            return (rest[0], size) if rest else None
    return None


def _sized(plain: str) -> tuple[str, float] | None:
    """Read "million USD", "USD mn", "$M", "thousands"."""
    spaced = re.sub(r"(?<=[$€£₩¥])(?=\w)|(?<=[\w'])(?=[€£₩¥])|(?<=[\w'])(?<!us)(?=\$)", " ", plain.casefold())
    spaced = re.sub(r"^us(?:\$|d)(?=[mb])", "usd ", spaced.replace("us $", "us$"))
    words = spaced.split()
    if words and len(words) == 1 and words[0].casefold() in _SIZES and len(words[0]) > 2:
        return "", _SIZES[words[0].casefold()]
    for word, rest in ((words[0], words[1:]), (words[-1], words[:-1])) if len(words) > 1 else ():
        size = _SIZES.get(word.casefold())
        base = _base(" ".join(rest).removeprefix("of ").strip()) if size else None
        if size and base:
            return base[0], size
    return None


def _per(plain: str) -> tuple[str, float] | None:
    found = _PER.match(plain)
    if not found or len(found[2]) > 30:
        return None
    above = _base(found[1].strip()) or _korean(found[1].strip()) or _sized(found[1].strip())
    return (f"{above[0]} per {found[2].strip()}", above[1]) if above else None


def split_unit(header: str) -> tuple[str, str, float]:
    """Split the unit off a header: name, unit ("" when none is told) and multiplier."""
    text = _NOTE_BEHIND.sub("", header.strip())
    if found := _BRACKETS.match(text):
        if _RANK.fullmatch(found[2]):
            return found[1], "rank", 1.0
        inner = re.sub(r"^(?:단위|units?)\s*[:：]\s*", "", found[2], flags=re.IGNORECASE)
        if unit := read_unit(inner):
            return found[1], *unit
        if listed := _one_of(inner):
            return f"{found[1]} ({listed[0]})", *listed[1]
    for pattern in (_COMMA, _PARTED, _IN):
        if (found := pattern.match(text)) and (unit := read_unit(found[2])) and unit != ("", 1.0):
            return found[1], *unit
    return _last_words(text) or _snake(text) or (text, "", 1.0)


def _one_of(inner: str) -> tuple[str, tuple[str, float]] | None:
    """Read "2015, 억원" and "KRW million, nominal": what is left, and the one unit among the parts."""
    parts = _LISTED.split(inner)
    units = [(part, unit) for part in parts if (unit := read_unit(part)) and unit != ("", 1.0)]
    if len(parts) < 2 or len(units) != 1:
        return None
    return ", ".join(part for part in parts if part != units[0][0]), units[0][1]


def _last_words(text: str) -> tuple[str, str, float] | None:
    """Read "매출액 억원", "수출액_백만달러", "Sales € billion": only what has a size can be nothing but a unit."""
    if text.endswith((" %", "\t%")):
        return text, "%", 1.0  # the name of the metric may need it: "Workers %" is not "Workers"
    for pattern in _LAST_WORDS:
        found = pattern.match(text)
        unit = read_unit(found[2]) if found else None
        if found and unit and unit[0] and unit[1] != 1.0 and found[1][-1] != ",":
            return found[1].rstrip(" ,:-–_"), *unit
    return None


def _snake(text: str) -> tuple[str, str, float] | None:
    """Split "area_sqm", "road_density_km_per_km2"."""
    words = text.split("_")
    if len(words) < 2 or " " in text:
        return None
    last = words[-1].casefold()
    if len(words) > 2 and words[-2].casefold() == "per" and last in _AFTER_PER:
        before = words[-3].casefold()
        above = _BASES[before] + " " if before in _SUFFIXES and len(words) > 3 else ""
        return "_".join(words[: -3 if above else -2]), f"{above}per {_AFTER_PER[last]}", 1.0
    if last in _SUFFIXES and words[-2].casefold() != "per":
        return "_".join(words[:-1]), _BASES[last], 1.0
    return None
