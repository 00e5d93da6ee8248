"""Words of headers in English and Korean, and what columns under them usually hold."""

from __future__ import annotations

import re
from functools import cache

_SPLIT = re.compile(r"[^0-9a-z가-힣]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HANGUL_ENDS = (
    *(("코드", "code"), ("번호", "code"), ("명칭", "name"), ("이름", "name"), ("명", "name"), ("별", "name")),
    *(("년도", "year"), ("연도", "year")),
)

PERIOD = frozenset(
    "year years yr period time date quarter month anno jahr 년도 연도 년 기간 시점 기준년도 기준연도 기준년 기준일 "
    "기준시점 기준년월 년월 연월 분기 월 기준".split()
)
PERIOD_QUALIFIERS = frozenset(
    "reference ref base survey data fiscal calendar school academic obs observation time period of the".split()
)
MONTHS = frozenset(["month", "월", "quarter", "분기"])
CODE = frozenset("code codes cd id key iso iso2 iso3 fips geoid number no 코드 번호".split())
NAME = frozenset("name names nm label desc description title name 명 명칭 이름".split())
# the numbers below such a word are names, no figures
NUMBERED = frozenset("code codes cd id fips geoid naics isic ksic nace sic 코드".split())
KOREAN = frozenset(["korean", "ko", "kor", "kr", "hangul", "국문", "한글", "국문명", "한글명"])
TYPE = frozenset("type kind class level group size 유형 종류 규모".split())
# deeper places have higher numbers; the deepest one on a sheet is what its figures are about
LEVELS = {
    0: "world continent 대륙",
    1: "country countries nation economy territory reporter 국가 나라 land location geo ref_area",
    2: "state province region regions sido 시도 광역 지역 권역 도 nuts nuts1 nuts2 prefecture zone 광역시도",
    3: "county district city cities municipality metro msa cbsa metropolitan nuts3 tl3 area sigungu 시군구 시군 "
    "자치구 행정구역 도시 구 소재지",
    4: "dong emd 읍면동 행정동 법정동 neighbourhood neighborhood tract",
    5: "cluster clusters complex park valley dan 단지 산업단지 산단 클러스터 특구 technopark site campus hub",
    6: "company companies firm firms organisation organization institution institute university enterprise 기업 업체 "
    "회사 기관 대학 대학교 사업체",
}
LEVEL_OF = {word: level for level, words in LEVELS.items() for word in words.split()}
GENERIC_ENTITY = frozenset("entity name 이름 명칭 unit u".split())
SECTOR = frozenset(
    "industry industries sector sectors category naics isic ksic nace branch division 업종 산업 산업분류 분야".split()
)
METRIC = frozenset("metric indicator variable series item 지표 항목 통계항목 concept measure kpi".split())
MEASURE = frozenset("measure subject statistic 구분 측정 측도 dimension round".split())
VALUE = frozenset("value values 값 수치 데이터 통계값 figure amount observation obs wert data".split())
SINGLE = {
    "unit": frozenset(["unit", "units", "단위", "uom"]),
    "status": frozenset(["flag", "flags", "status", "상태"]),
    "note": frozenset(
        "note notes comment comments remark remarks footnote footnotes 비고 주석 주 참고 메모 explanation".split()
    ),
    "source": frozenset(["source", "sources", "출처", "자료", "자료원", "원자료"]),
    "url": frozenset(["url", "link", "링크", "website", "홈페이지"]),
    "scenario": frozenset(["scenario", "시나리오"]),
    "scope": frozenset(["scope", "범위", "coverage", "spec", "version", "vintage"]),
    "precision": frozenset(["precision", "정밀도"]),
    "multiplier": frozenset(["multiplier", "powercode", "scalar", "mult", "승수"]),
    "low": frozenset(["low", "lower", "min", "minimum", "하한", "최소"]),
    "high": frozenset(["high", "upper", "max", "maximum", "상한", "최대"]),
}
BOUNDS = frozenset("ci 95 90 bound limit value estimate confidence interval 신뢰구간".split())
PLACES = frozenset("latitude longitude lat lon lng long 위도 경도 x y coord coordinate coordinates".split())
TIMESTAMPS = frozenset("timestamp updated created modified retrieved 등록일 수정일 갱신일 작성일".split())
RANKS = frozenset(["rank", "ranking", "순위", "no", "번호", "순번", "연번"])
ORDER = frozenset("order sort sorting level depth 순서 정렬 수준 단계".split())
TWINS = frozenset("norm normalised normalized rank ranking std zscore z scaled pctl percentile 정규화 순위".split())
FOUNDED = frozenset("founded established founding designated opened birth 설립 창립 지정 준공 개소 착공".split())
_TOTAL = re.compile(
    r"(grand |sub-? ?|over)?totals?|sum|all|합계|총계|소계|계|총합계|누계|전체"  # alone
    r"|.*\S[ ,:–-]+((grand |sub-? ?)total|소계|합계|총계)"  # "North, subtotal"; "IDA total" is a name
    r"|(sub-?)?total ?([,:(–-]|of\b|for\b|all\b).*"  # "Total of all regions"
    r"|(합계|총계|소계|계) ?\(.*",
    re.DOTALL,
)
_TOTAL_OF = re.compile(r"(.*\S)[ ,:–-]+(total|계)", re.DOTALL)
_PART = re.compile(r"\W*(of which|thereof|including|이 ?중|그 ?중)\b.*|.*[(（](of which|이 ?중)\b.*", re.DOTALL)
FREQUENCY = frozenset(["frequency", "freq", "주기"])


@cache
def is_total(text: str) -> bool:
    """Whether a name stands for the sum of others: "Total", "합 계", "North, subtotal"."""
    plain = " ".join(text.split()).strip("*<>[]〈〉 ").casefold()
    if len(plain) <= 4:
        plain = plain.replace(" ", "")
    return bool(plain) and _TOTAL.fullmatch(plain) is not None


@cache
def totalled(text: str) -> str:
    """Whose total a name says it is: "Gyeonggi" of "Gyeonggi total"; "" when it says nothing of the kind."""
    found = _TOTAL_OF.fullmatch(" ".join(text.split()).casefold())
    return found[1] if found else ""


@cache
def is_part(text: str) -> bool:
    """Whether a name stands for a part of the one above it: "of which foreign"."""
    return _PART.fullmatch(text.casefold()) is not None


def words(header: str) -> list[str]:
    """Lower-case words of a header: "region_name_t" is region, name, t; "시군구명" is 시군구, name."""
    plain = _CAMEL.sub(" ", header.replace("PowerCode", "Powercode")).casefold()
    found: list[str] = []
    for word in filter(None, _SPLIT.split(plain)):
        end = next((pair for pair in _HANGUL_ENDS if word.endswith(pair[0]) and len(word) > len(pair[0])), None)
        if end and word not in LEVEL_OF and word not in METRIC | PERIOD:
            found += [word.removesuffix(end[0]), end[1]]
        else:
            found.append(re.sub(r"(?<=[a-z]{3})\d+$", "", word) if re.fullmatch(r"[a-z]+\d\d+", word) else word)
    return found


def without_type_marks(headers: list[list[str]]) -> list[list[str]]:
    """Drop one- or two-letter endings such as "t", "tl" when most headers carry one."""
    marked = [
        len(parts) > 1 and len(parts[-1]) <= 2 and parts[-1].isascii() and parts[-1] not in CODE for parts in headers
    ]
    if sum(marked) * 2 < len(headers):
        return headers
    return [parts[:-1] if mark else parts for parts, mark in zip(headers, marked, strict=True)]


CODED_PLACES = frozenset(["cbsa", "fips", "geoid", "nuts", "msa"])


def level(parts: list[str]) -> int | None:
    """The level of place or organisation that a header names."""
    found = [LEVEL_OF[part] for part in parts if part in LEVEL_OF]
    return max(found) if found else None
