"""What reads like a metric, and what like a place."""

from __future__ import annotations

import pytest

from storage.workbook.likeness import likeness, mean_likeness, named_in
from storage.workbook.metadata import lasting_name


@pytest.mark.parametrize(
    "text", ["Firms", "업체수", "Sales (KRW m)", "매출액", "고용률", "R&D expenditure", "수출액 (백만불)"]
)
def test_metrics(text: str) -> None:
    assert likeness(text) == 1.0


@pytest.mark.parametrize(
    "text", ["판교테크노밸리", "서울", "경기도", "Pangyo Techno Valley", "종로구", "구미산업단지", "North"]
)
def test_places(text: str) -> None:
    assert likeness(text) == -1.0


def test_a_name_alone_leans_to_a_place() -> None:
    assert (likeness("Gwanggyo"), likeness("연구")) == (-0.3, 0.0)


def test_the_mean_counts_each_text_once() -> None:
    assert mean_likeness(["Firms", "Firms", "서울"]) == 0.0


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("판교테크노밸리 현황", "판교테크노밸리"),
        ("Statistics of Magok Science Park", "Magok Science Park"),
        ("클러스터별 매출액", ""),
        ("Employment in firms", ""),
        ("서울특별시 사업체 현황", "서울특별시"),
    ],
)
def test_who_a_title_names(title: str, name: str) -> None:
    assert named_in(title) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Table 3. Firms, 2019", "Firms"),
        ("표 5. 산업단지 현황", "산업단지 현황"),
        ("<표 2-1> 업체수 (단위: 개)", "업체수"),
        ("1. 생산액", "생산액"),
        ("Dataset: Patents by region", "Patents by region"),
        ("산업단지별 수출 (백만불)", "산업단지별 수출 (백만불)"),
        ("Table of firms", "Table of firms"),
        ("2020", "2020"),
    ],
)
def test_what_lasts_of_a_title(title: str, name: str) -> None:
    assert lasting_name(title) == name
