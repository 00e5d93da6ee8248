"""How numbers stand in tables: separators, missing signs, footnote marks, flags and number words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MISSING = frozenset(
    "- -- --- – — − ー . .. ... : * ** *** n/a na n.a. n.a #n/a nan null none nil x unknown (x) (d) (s) (na) 해당없음 "
    "미상 자료없음 없음 비공개 미공표 비밀".split()
) | {"not available", "not applicable", "해당 없음", "자료 없음"}
LONGEST_MISSING = 8  # characters of a mark that stands for no figure, with its flag
FLAGS = {"b": "B", "e": "E", "s": "E", "f": "F", "i": "I", "m": "M", "p": "P", "c": "M", "z": "M"}
_ALL_FLAGS = "abcdefimnprsuvz"
_FLAG_WORDS = {"잠정": "P", "추정": "E", "추계": "E", "전망": "F", "예측": "F"}
_FLAG_WORDS = {"잠정": "P", "추정": "E", "추계": "E", "전망": "F", "예측": "F"}
KOREAN_WORDS = {
    "백": 1e2,
    "천": 1e3,
    "만": 1e4,
    "십만": 1e5,
    "백만": 1e6,
    "천만": 1e7,
    "억": 1e8,
    "십억": 1e9,
    "백억": 1e10,
    "천억": 1e11,
    "조": 1e12,
}
ENGLISH_WORDS = {
    "thousand": 1e3,
    "thousands": 1e3,
    "k": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "trillion": 1e12,
    "trillions": 1e12,
    "tn": 1e12,
    "trn": 1e12,
}
_SUPERSCRIPTS = re.compile(r"\s?[¹²³⁰-⁹ᵃ-ᶻ⁽⁾]+$")
_FOOTNOTE = re.compile(
    r"(?<=[\d.,%)가-힣])(?:\s?[*†‡§#]+\)?|\s?주 ?\d{0,2}\)|\s?\(\d\)|(?:\s+|(?<=[%)가-힣]))\d{1,2}\)|\s?[a-z]\)"
    r"|\s*\[\w{1,3}\])$",
    re.IGNORECASE,
)
_MARKED = re.compile(r"(?<=[\d%]) ?([per])\)$")  # Korean tables: p) provisional, e) estimated, r) revised
_BRACKETED = re.compile(r"\([^()]*\)")
_LOSS_OUTSIDE = re.compile(r"^\(([\d.,' ]*\d)\) ?(%p?)$")
_MINUS_BEHIND = re.compile(r"^(\d(?:[\d.,' ]*\d)?)-$")
_TRIANGLE = re.compile(r"^(\(?)[▲△▼▽]\s*(?=\d)")  # how Korean and Japanese tables mark a loss
_MINUS = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d](?=[\\s.,]*\\d|$)")
_SPACES = re.compile("[\u00a0\u2007\u2009\u202f\\s]+")
_POINT = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ ']\d{3})+(?:\.\d+)?|\d+\.?\d*(?:e[+-]?\d+)?|\.\d+", re.IGNORECASE
)
_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:[ ']\d{3})+(?:,\d+)?|\d+(?:,\d*)?|,\d+")
_MARK = re.compile(r"\d+(?:[.,]\d+)+")
_SURELY_POINT = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}|\d*\.(\d{1,2}|\d{4,})|\d{4,}\.\d+|0\.\d+")
_SURELY_COMMA = re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}|\d*,(\d{1,2}|\d{4,})|\d{4,},\d+|0,\d+")


def clean(text: str) -> str:
    """Text without footnote marks, odd blanks and printed minus signs; a minus stands in front, flags stay."""
    bare = _SUPERSCRIPTS.sub("", text.strip())
    signed = _MINUS.sub("-", _TRIANGLE.sub(r"\1-", bare)) if len(bare) > 1 else bare
    bare = _SPACES.sub(" ", unicodedata.normalize("NFKC", signed).replace("’", "'")).strip()
    if bare.startswith("'") and bare[1:2].isdigit():
        bare = bare[1:]
    if not _BRACKETED.fullmatch(bare):
        bare = _FOOTNOTE.sub("", _MARKED.sub(r" \1", bare)).strip()
    return _LOSS_OUTSIDE.sub(r"-\1\2", _MINUS_BEHIND.sub(r"-\1", bare))


_IN_BRACKETS = re.compile(rf"(?<=[\d:%]) ?\(([{_ALL_FLAGS}]{{1,3}})\)$", re.IGNORECASE)
_WORD_BEHIND = re.compile(rf"(?<=[\d:%]) ?\(?({'|'.join(_FLAG_WORDS)})치?\)?$")
_BEHIND = re.compile(
    rf"(.*[\d:%]) ?(?<=[\d:% ])((?<= )[{_ALL_FLAGS}]{{1,3}}|(?<=:)[{_ALL_FLAGS}]{{1,2}}|(?<=\d)[pers]|(?<= )[PEFR])"
)
_CAPITAL = re.compile(r"(\d[\d ]*[.,][\d.,]*\d)([PEFR])")
_BEFORE = re.compile(r"([per]) (\d.*)")


def split_flags(text: str) -> tuple[str, str]:
    """Text and SDMX status of "12.3 bp", "12.3 (E)" or ": c"; the status is "" where no flag says one."""
    if found := _WORD_BEHIND.search(text):
        return text[: found.start()].strip(), _FLAG_WORDS[found[1]]
    text = _IN_BRACKETS.sub(lambda flag: f" {flag[1].lower()}", text)
    found = _BEHIND.fullmatch(text) or _CAPITAL.fullmatch(text)
    number, flags = (found[1], found[2].lower()) if found else ("", "")
    if not found and (found := _BEFORE.fullmatch(text)):
        number, flags = found[2], found[1]
    if not flags or (flags == "pp" and not number.endswith(":")):  # percentage points
        return text, ""
    return number.strip(), next((FLAGS[letter] for letter in flags if letter in FLAGS), "")


def is_missing(text: str) -> bool:
    """Whether a cleaned text says that there is no figure."""
    return text.casefold().strip() in MISSING


def says_missing(text: str) -> bool:
    """Whether a text stands for no figure, also with a flag behind it: ": c"."""
    return is_missing(text) or (len(text) <= LONGEST_MISSING and is_missing(split_flags(clean(text))[0]))


def read_number(text: str, decimal: str = ".") -> float | None:
    """Number of an unsigned text with thousands separators; None when the marks do not fit."""
    pattern = _POINT if decimal == "." else _COMMA
    if not pattern.fullmatch(text):
        return None
    plain = text.replace(" ", "").replace("'", "")
    if decimal == ".":
        return float(plain.replace(",", ""))
    return float(plain.replace(".", "").replace(",", "."))


def decimal_convention(samples: Iterable[str]) -> str | None:
    """Tell the decimal mark of a column: "." or "," where some text proves it.

    None when the texts contradict each other, or when all of them may be read both ways ("1,234").
    """
    point = comma = False
    for sample in samples:
        for found in _MARK.findall(clean(sample)):
            point = point or bool(_SURELY_POINT.fullmatch(found))
            comma = comma or bool(_SURELY_COMMA.fullmatch(found))
    if point == comma:
        return None
    return "." if point else ","
