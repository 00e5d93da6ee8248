"""Whether a text reads like what is measured, or like a place or cluster that it is measured of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from storage.workbook.units import split_unit

_METRIC = re.compile(
    r"\b(firms?|compan(y|ies)|establishments?|enterprises?|businesses|employ\w*|unemploy\w*|workers?|jobs?|staff|sales"
    r"|revenues?|turnover|exports?|imports?|production|productivity|output|gdp|grdp|gva|gni|r ?& ?d|rnd|research\w*"
    r"|patents?|invest\w*|expenditures?|spending|wages?|salar\w*|incomes?|earnings|population|inhabitants|area|rates?"
    r"|shares?|ratio|numbers?|index|indices|densit\w*|value added|start-?ups?|profits?|assets|debt|students|graduates"
    r"|publications|tenants?|occupan\w*|growth|per capita|prices?|tax(es)?|visitors|births?|deaths?|households|scores?"
    r"|ranks?|costs?|energy|emissions?|capital|deals|funding|budget|capacity|total|average|mean|median|level|lots?"
    r"|consumption|trade|licen[cs]es|men|women|male|female)\b",
    re.IGNORECASE,
)
_KOREAN_METRIC = re.compile(
    r"(업체|사업체|기업|종사자|종업원|근로자|고용|인구|가구|건|명|원|학생|연구원|공장|시설|대|필지|세대|특허|등록|출원)수$"
    r"|(매출|생산|수출|수입|투자|부가가치|금|총|소득|임금|예산|지출|연구개발비|비용?|급여|자산|부채|자본)액?$"
    r"|(률|율|비중|비율|면적|인구|인원|지수|밀도|규모|평균|고용|건수|개수|업체|종사자|종업원|생산성|만족도|성장|증감|용적|분양|특허)$"
    r"|^(매출|생산|수출|수입|고용|투자|부가가치|연구개발|특허|입주|가동|분양|종사자|사업체|업체)"
)
_PROVINCE = (
    r"(서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
    r"|충청[남북]|전라[남북]|경상[남북])"
)
_KOREAN_PLACE = re.compile(
    rf"^(전국|수도권|비수도권|{_PROVINCE}(특별시|광역시|특별자치시|특별자치도|도|시)?)$"
    r"|(단지|산단|밸리|클러스터|특구|테크노파크|사이언스파크|지구|캠퍼스|센터|벨트)$"
    r"|^[가-힣]{1,5}(?<!연)(?<!가)[시군구]$|^[가-힣]{2,4}(읍|면)$"
)
_PLACE = re.compile(
    r"\b(clusters?|valley|parks?|technopark|technopole|innopolis|regions?|city|county|province|district|metro|state|zone|hub|campus|island"
    r"|north|south|east|west|northern|southern|eastern|western|central|republic|kingdom|united|seoul|busan|daegu|daejeon"
    r"|incheon|gwangju|ulsan|sejong|pangyo|gyeonggi|jeju|korea|japan|china|germany|france|italy|spain|austria|belgium)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z][\w'’.-]*( (of|de|the|and|[A-Z][\w'’.-]*)){0,3}")
_AROUND = re.compile(
    r"\s*\b(statistics|profile|overview|key figures|key indicators|indicators?|annual|report|data|figures|in numbers"
    r"|summary|main|of|for)\b\s*|(?:의)?\s*(주요|일반)?\s*(현황|통계|지표|실적|추이|개요|연보|총괄|요약|보고서)(표)?\s*$",
    re.IGNORECASE,
)


@cache
def likeness(text: str) -> float:
    """From 1 (surely what is measured) to -1 (surely a place or cluster); 0 when nothing tells."""
    name, unit, multiplier = split_unit(text)
    if unit or multiplier != 1.0:
        return 1.0
    metric = bool(_METRIC.search(name) or _KOREAN_METRIC.search(name))
    place = bool(_PLACE.search(name) or _KOREAN_PLACE.search(name))
    if metric != place:
        return 1.0 if metric else -1.0
    return -0.3 if not metric and _NAME.fullmatch(name) else 0.0


def mean_likeness(texts: Iterable[str]) -> float:
    """The mean over the different texts, 0 when there are none."""
    told = list(dict.fromkeys(text for text in texts if text))
    return sum(map(likeness, told)) / len(told) if told else 0.0


def named_in(title: str) -> str:
    """The place or cluster that a title names: "판교테크노밸리 현황"; "" when it names none."""
    bare = " ".join(_AROUND.sub(" ", title).split()).strip(" ,-–:·()[]")
    if bare and likeness(bare) == -1.0 and len(bare) <= 60:
        return bare
    first = title.split(maxsplit=1)[0] if title.strip() else ""  # "서울특별시 사업체 현황"
    return first if _KOREAN_PLACE.search(first) and likeness(first) == -1.0 else ""
