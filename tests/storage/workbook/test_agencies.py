"""Real files of agencies: as many figures as an independent reading found, and samples of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.workbook.parser import parse
from storage.workbook.planning import Told, plan_mappings
from storage.workbook.reader import read_workbook
from storage.workbook.staged import StagedFigure

pytestmark = pytest.mark.real_files
LQ_ONLY = {"*": "ignore", "emp_tl": "value:Employment", "lq_tf": "value:Location quotient"}


def figures(
    shared_data: Path, name: str, roles: dict[str, str] | None = None, constants: dict[str, str] | None = None
) -> list[StagedFigure]:
    (path,) = (shared_data / "agency").rglob(name)
    book = read_workbook(path)
    told = Told(roles=roles or {}, constants=constants or {})
    staged = [parse(book, mapping) for mapping in plan_mappings(book, told)]
    assert not [problem for one in staged for problem in one.problems]
    return [figure for one in staged for figure in one.rows]


@pytest.mark.parametrize(
    ("name", "roles", "count"),
    [
        ("1_soc_index.xlsx", {}, 264),
        ("city_area.xlsx", {}, 264),
        ("산업단지_정규화데이터.csv", {}, 4_074),
        ("comparison_summary_metrics.csv", {}, 68),
        ("comparison_industry_metrics.csv", {}, 74),
        ("all_states_clusters.csv", LQ_ONLY, 6_700),
        ("cbsa_metromonitor_2021.csv", {}, 19_054),
        ("epo_patent_applications.nuts2.csv", {}, 266),
        ("FDIs.csv", {}, 7_852),
        ("Patent and publication rates*.csv", {}, 21_668),
        ("지표.xlsx", {}, 8_448),
        ("VC.csv", {}, 9_848),
        ("MIT_REAP_cohort_1_dashboard_data.xlsx", {}, 939),
        ("GCR_Rankings_2014-2015.xlsx", {}, 431),
        ("scimagojr.xlsx", {}, 1_434),
    ],
)
def test_count(shared_data: Path, name: str, roles: dict[str, str], count: int) -> None:
    assert len(figures(shared_data, name, roles)) == count


@pytest.mark.parametrize(
    ("name", "entity", "period", "metric", "value"),
    [
        ("1_soc_index.xlsx", "종로구", "2015", "사회적_불평등_지수", 1.60285201206713),
        ("city_area.xlsx", "종로구", "2015", "면적", 23_912_894),
        ("FDIs.csv", "AUS", "2005", "FDIFLOW, INWARD", -24797.379646557),
        ("VC.csv", "Akron", "2005-07 to 2010-12", "Change in Capital Invested, Early-Stage VC", -37.468621),
        ("GCR_Rankings_2014-2015.xlsx", "Yemen", "2013-2014", "GCI, Rank", 145),
    ],
)
def test_sample(shared_data: Path, name: str, entity: str, period: str, metric: str, value: float) -> None:  # noqa: PLR0917
    found = [
        figure.quantity.value
        for figure in figures(shared_data, name)
        if (figure.entity.name, figure.period and figure.period.text, figure.metric.name) == (entity, period, metric)
    ]
    assert value in found


def test_alaska_fishing(shared_data: Path) -> None:
    found = {
        figure.metric.name: figure.quantity.value
        for figure in figures(shared_data, "all_states_clusters.csv", LQ_ONLY)
        if figure.entity.name == "Alaska" and figure.sector and figure.sector.name == "Fishing and Fishing Products"
    }
    assert found["Employment"] == 9_004
    assert found["Location quotient"] == pytest.approx(121.5579, abs=1e-4)


def test_districts_lie_in_provinces(shared_data: Path) -> None:
    found = {figure.entity for figure in figures(shared_data, "1_soc_index.xlsx")}
    assert len(found) == 66
    assert all(entity.parent and entity.code for entity in found)


def test_complexes_are_told_apart_by_code(shared_data: Path) -> None:
    found = {figure.entity for figure in figures(shared_data, "산업단지_정규화데이터.csv")}
    assert (len(found), len({entity.name for entity in found})) == (291, 279)


def test_metadata_sheet_is_the_source(shared_data: Path) -> None:
    assert {figure.source for figure in figures(shared_data, "city_area.xlsx")} == {"한국토지주택공사,「도시계획현황」"}


def test_flag_is_status(shared_data: Path) -> None:
    assert sum(figure.status == "B" for figure in figures(shared_data, "FDIs.csv")) == 28
