"""Tables as agencies publish them, brought in from the command line into an empty catalogue."""

import json
from pathlib import Path
from typing import Any

import pytest

from storage.catalogue import Catalogue
from storage.commands import run
from storage.domain.query import Condition, Query, Where

pytestmark = pytest.mark.real_files

SOCIETY, AREA = "korea/1_soc_index.xlsx", "korea/city_area.xlsx"
COMPLEXES = "korea/산업단지_정규화데이터.csv"
COMPARED, INDUSTRIES = "korea/comparison_summary_metrics.csv", "korea/comparison_industry_metrics.csv"
STATES, METRO = "us_cluster_mapping/all_states_clusters.csv", "metro/cbsa_metromonitor_2021.csv"
PATENTS, INVESTMENT = "uk_beis/epo_patent_applications.nuts2.csv", "oecd/FDIs.csv"
PUBLICATIONS = "irena/Patent and publication rates  - OWID based on World Bank & UN.csv"
INDICATORS, CAPITAL = "korea/지표.xlsx", "metro/VC.csv"
DASHBOARD, RANKINGS = "mit_reap/MIT_REAP_cohort_1_dashboard_data.xlsx", "indices/GCR_Rankings_2014-2015.xlsx"
JOURNALS = "indices/scimagojr.xlsx"

ONLY_TWO = ["--map", "*=ignore", "--map", "emp_tl=value:Employment", "--map", "lq_tf=value:LQ"]
OPTIONS = {
    COMPLEXES: ["--set", "period=2020"],
    COMPARED: ["--set", "entity.kind=cluster"],
    INDUSTRIES: ["--set", "entity.kind=cluster"],
    STATES: ONLY_TWO,
}


class Imported:
    """A catalogue after one import, with its report."""

    def __init__(self, catalogue: Catalogue, report: dict[str, Any]) -> None:
        self.catalogue, self.report = catalogue, report

    def values(self, entity: str, *more: Condition) -> list[float]:
        """Values of one named record, in file order."""
        kinds = ("cluster", "organisation", "region")
        ids = [int(i) for kind in kinds for i in self.catalogue.ids(Query(kind, Where("name", "=", entity)))]
        query = Query("observation", Where("entity_id", "in", tuple(ids))).narrowed(*more)
        return [row[1] for row in self.catalogue.stored(query, ("value",))]

    def of_metric(self, name: str) -> Condition:
        """The condition that figures are of a metric."""
        return Where("metric_id", "=", int(self.catalogue.ids(Query("metric", Where("name", "=", name)))[0]))


@pytest.fixture(scope="module")
def imported(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Bring in a file once and keep the catalogue open for all tests of it."""
    done: dict[str, Imported] = {}

    def bring_in(name: str) -> Imported:
        if name not in done:
            folder = tmp_path_factory.mktemp("real")
            file, report = folder / "c.clusters", folder / "report.json"
            assert run(["new", str(file), "--empty"]) == 0
            argv = [
                "import",
                str(file),
                str(shared_data / "agency" / name),
                "--create-missing",
                "--report",
                str(report),
            ]
            assert run([*argv, *OPTIONS.get(name, [])]) == 0
            done[name] = Imported(Catalogue.open(file), json.loads(report.read_text(encoding="utf-8")))
        return done[name]

    yield bring_in
    for one in done.values():
        one.catalogue.close()


# The numbers are those of an independent reading of each file.
COUNTS = {
    SOCIETY: 264, AREA: 264, COMPLEXES: 4074, COMPARED: 68, INDUSTRIES: 74, STATES: 6700, PATENTS: 266,
    INVESTMENT: 7852, PUBLICATIONS: 21668, INDICATORS: 8448, CAPITAL: 9848, RANKINGS: 431, JOURNALS: 1434,
    METRO: 19054 - 66,  # 11 areas and years stand twice, with 6 equal figures each
    DASHBOARD: 939 - 83,  # GDP/capita stands under two groups, equal up to rounding: one figure
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTS)
def test_every_figure_comes_in_as_one_revision(imported: Any, name: str) -> None:
    one = imported(name)
    new = one.report["kinds"]["observation"]["new"]
    assert (one.catalogue.count(Query("observation")), new, one.report["revision"]) == (COUNTS[name], COUNTS[name], 1)


@pytest.mark.parametrize("name", COUNTS)
def test_nothing_is_invalid_or_in_conflict(imported: Any, name: str) -> None:
    report = imported(name).report
    assert (report["invalid"], report["conflicts"]) == (0, 0)


@pytest.mark.parametrize("name", [SOCIETY, AREA])
def test_districts_lie_in_their_province(imported: Any, name: str) -> None:
    catalogue = imported(name).catalogue
    place = catalogue.kinds["region"].field("place")
    ids = catalogue.ids(Query("region", Where("name", "=", "종로구")))
    places = {ref.name for (refs,) in catalogue.rows("region", ids, [place]) for ref in refs}
    assert places in ({"서울"}, {"서울특별시"})


@pytest.mark.parametrize(("name", "value"), [(SOCIETY, 1.60285201206713), (AREA, 23_912_894.0)])
def test_a_figure_is_the_one_in_the_file(imported: Any, name: str, value: float) -> None:
    assert imported(name).values("종로구", Where("period", "=", "2015")) == [value]


def test_the_metadata_sheet_becomes_the_source_record(imported: Any) -> None:
    rows = imported(AREA).catalogue.stored(Query("source"), ("title", "publisher", "url"))
    assert [(row[1], "한국토지주택공사" in row[2], "kosis" in row[3]) for row in rows] == [
        ("행정구역 현황", True, True)
    ]


def test_complexes_of_one_name_are_told_apart_by_their_code(imported: Any) -> None:
    catalogue = imported(COMPLEXES).catalogue
    names = [row[1] for row in catalogue.stored(Query("cluster"), ("name",))]
    assert (len(names), len(set(names))) == (291, 279)


def test_columns_that_say_when_are_periods(imported: Any) -> None:
    metrics = {row[1] for row in imported(COMPARED).catalogue.stored(Query("metric"), ("name",))}
    assert (len(metrics), any("2025_Q2" in name or "boundary_period" in name for name in metrics)) == (34, False)


def test_zero_is_a_value(imported: Any) -> None:
    assert 0.0 in imported(INDUSTRIES).values("pangyo")


def test_industries_are_sectors_and_measures_are_metrics(imported: Any) -> None:
    catalogue = imported(INDUSTRIES).catalogue
    assert (catalogue.count(Query("sector")), catalogue.count(Query("cluster"))) == (37, 2)


def test_employment_and_quotient_of_a_cluster_category_in_a_state(imported: Any) -> None:
    one = imported(STATES)
    fishing = int(one.catalogue.ids(Query("sector", Where("name", "=", "Fishing and Fishing Products")))[0])
    assert one.values("Alaska", Where("sector_id", "=", fishing)) == [9004.0, 121.5579]


def test_two_spellings_of_one_area_are_one_region(imported: Any) -> None:
    catalogue = imported(METRO).catalogue
    assert catalogue.count(Query("region", Where("code", "=", "40900"))) == 1


def test_the_code_and_the_version_of_its_classification_are_kept(imported: Any) -> None:
    one = imported(PATENTS)
    scopes = {row[1] for row in one.catalogue.stored(Query("observation"), ("scope",))}
    assert (one.catalogue.count(Query("region", Where("code", "=", "UKC1"))), all("20" in s for s in scopes)) == (
        1,
        True,
    )


def test_flag_b_is_a_break_in_the_series(imported: Any) -> None:
    assert imported(INVESTMENT).catalogue.count(Query("observation", Where("status", "=", "B"))) == 28


def test_directions_and_measures_are_metrics_of_their_own(imported: Any) -> None:
    rows = imported(INVESTMENT).catalogue.stored(Query("metric"), ("name", "unit_id"))
    assert (len(rows), len({row[2] for row in rows})) == (4, 2)


def test_spans_of_years_are_intervals(imported: Any) -> None:
    rows = imported(CAPITAL).catalogue.stored(Query("observation"), ("period_start", "period_end"))
    assert ("2010-01-01", "2018-01-01") in {row[1:] for row in rows}


def test_a_figure_that_stands_twice_up_to_rounding_is_one(imported: Any) -> None:
    one = imported(DASHBOARD)
    assert one.catalogue.count(Query("observation", one.of_metric("GDP/capita"))) == 83


@pytest.mark.parametrize("name", COUNTS)
def test_the_same_file_again_changes_nothing(imported: Any, shared_data: Path, name: str) -> None:
    one = imported(name)
    argv = ["import", str(one.catalogue.path), str(shared_data / "agency" / name), "--create-missing"]
    before = one.catalogue.revision
    assert (run([*argv, *OPTIONS.get(name, [])]), one.catalogue.revision) == (0, before)


REGIONS = "eurostat/NUTS2013-NUTS2016.xlsx"


def test_a_code_list_becomes_regions_in_their_regions(imported: Any) -> None:
    catalogue = imported(REGIONS).catalogue
    place = catalogue.kinds["region"].field("place")
    ids = catalogue.ids(Query("region", Where("code", "=", "BE100")))
    (refs,) = next(iter(catalogue.rows("region", ids, [place])))
    assert [ref.name for ref in refs] == ["Région de Bruxelles-Capitale/ Brussels Hoofdstedelijk Gewest"]


def test_every_code_of_either_edition_is_a_region(imported: Any) -> None:
    # 1866 rows, and 201 codes of 2013 beside another one of 2016
    assert imported(REGIONS).catalogue.count(Query("region")) == 1866 + 201


def test_a_new_code_succeeds_the_old_one(imported: Any) -> None:
    catalogue = imported(REGIONS).catalogue
    new, old = (int(catalogue.ids(Query("region", Where("code", "=", code)))[0]) for code in ("DEB1C", "DEB16"))
    rows = catalogue.stored(Query("relation", Where("type", "=", "succeeds")), ("subject_id", "object_id"))
    assert (len(rows), (new, old) in {row[1:] for row in rows}) == (201, True)


def test_the_same_code_list_again_changes_nothing(imported: Any, shared_data: Path) -> None:
    one = imported(REGIONS)
    argv = ["import", str(one.catalogue.path), str(shared_data / "agency" / REGIONS), "--create-missing"]
    before = one.catalogue.revision
    assert (run(argv), one.catalogue.revision) == (0, before)
