"""Each check with the smallest example that trips it, and one beside it that must not."""

from datetime import date

import pytest

from storage.domain.quality.checks import check
from storage.domain.quality.figures import EntityFacts, Figures, Finding, MetricFacts, Origin, UnitFacts
from tests.storage.domain.quality.made_columns import facts, figures, year

TODAY = date(2026, 6, 30)
WON, PERSONS, PERCENT = UnitFacts("KRW", "KRW"), UnitFacts("persons", "people"), UnitFacts("%", "ratio", 0.01)
STEADY = tuple(year(2010 + place, value) for place, value in enumerate((100, 103, 101, 106)))
SHARE = facts(MetricFacts("Share of exports", unit=2), {2: PERCENT})
PROVINCE = {
    1: EntityFacts("Gyeonggi", "region"), 2: EntityFacts("Suwon", "region", places=(1,)),
    3: EntityFacts("Ansan", "region", places=(1,)),
}  # fmt: skip
CLUSTER = {
    1: EntityFacts("Sihwa", "cluster"), 2: EntityFacts("Alpha", "organisation", places=(1,)),
    3: EntityFacts("Beta", "organisation", places=(1,)),
}  # fmt: skip
SPELLED = {1: EntityFacts("Pangyo Techno Valley"), 2: EntityFacts("Pangyo Techno Vally")}


def found(columns: Figures) -> list[tuple[int, str]]:
    """Rows and the checks that doubt them."""
    return [(finding.row, finding.check) for finding in check(columns, TODAY)]


def only(columns: Figures) -> Finding:
    """The one finding."""
    (finding,) = check(columns, TODAY)
    return finding


@pytest.mark.parametrize(("value", "doubted"), [(105_000.0, True), (0.103, True), (1_020_000.0, True), (150.0, False),
                                                (3_000.0, False), (0.0, False)])  # fmt: skip
def test_a_multiplier_off_its_own_history_in_the_workbook(value: float, doubted: bool) -> None:
    assert found(figures(*STEADY, year(2014, value))) == ([(4, "history")] if doubted else [])


@pytest.mark.parametrize(("value", "doubted"), [(98_000.0, True), (110.0, False), (700.0, False)])
def test_a_multiplier_off_the_one_figure_in_the_catalogue(value: float, doubted: bool) -> None:
    columns = figures(year(2014, value), held=(year(2013, 100.0),))
    assert found(columns) == ([(0, "history")] if doubted else [])


def test_the_cause_bears_the_numbers() -> None:
    cause = only(figures(*STEADY, year(2014, 105_000.0))).cause
    assert str(cause) == "105,000 is about 1,000 times as much as in its other periods (103)."


def test_amounts_are_compared_over_units_of_one_dimension() -> None:
    known = facts(MetricFacts("Area", unit=2), {2: UnitFacts("m²", "area"), 3: UnitFacts("km²", "area", 1e6)})
    assert found(figures(year(2014, 3.1, unit_id=3), held=(year(2013, 3e6),), known=known)) == []


@pytest.mark.parametrize(("known", "doubted"), [(SHARE, True), (facts(), False)])
def test_a_fraction_for_a_percentage(known: object, doubted: bool) -> None:
    columns = figures(year(2014, 0.42), held=(year(2013, 41.0),), known=known)  # type: ignore[arg-type]
    assert found(columns) == ([(0, "history")] if doubted else [])


def test_ranks_and_years_have_no_size() -> None:
    known = facts(MetricFacts("Rank", "rank"))
    assert found(figures(*STEADY, year(2014, 100_000.0), known=known)) == []


@pytest.mark.parametrize(("whole", "doubted"), [(300_000.0, True), (0.3, True), (310.0, False), (900.0, False)])
def test_a_region_off_the_sum_of_its_districts(whole: float, doubted: bool) -> None:
    rows = (year(2015, whole), year(2015, 130.0, entity_id=2), year(2015, 170.0, entity_id=3))
    columns = figures(*rows, known=facts(entities=PROVINCE))
    assert found(columns) == ([(0, "parts")] if doubted else [])


def test_new_districts_off_a_region_that_is_known_are_doubted_themselves() -> None:
    rows = (year(2015, 130_000.0, entity_id=2), year(2015, 170_000.0, entity_id=3))
    columns = figures(*rows, held=(year(2015, 300.0),), known=facts(entities=PROVINCE))
    assert found(columns) == [(0, "parts"), (1, "parts")]


@pytest.mark.parametrize(("whole", "doubted"), [(0.3, True), (300_000.0, False)])
def test_members_need_not_be_all_there_are_but_cannot_be_more(whole: float, doubted: bool) -> None:
    rows = (year(2015, whole), year(2015, 130.0, entity_id=2), year(2015, 170.0, entity_id=3))
    columns = figures(*rows, known=facts(entities=CLUSTER))
    assert found(columns) == ([(0, "parts")] if doubted else [])


@pytest.mark.parametrize(("column", "names"), [("scope", ("전체", "men", "women")), ("sector_id", (None, 7, 8))])
def test_all_of_a_scope_or_sector_off_its_parts(column: str, names: tuple[object, ...]) -> None:
    rows = [year(2015, value) | {column: name} for value, name in zip((0.3, 130.0, 170.0), names, strict=True)]
    assert found(figures(*rows)) == [(0, "parts")]


def test_what_does_not_add_up_has_no_parts() -> None:
    rows = (year(2015, 0.3), year(2015, 130.0, entity_id=2), year(2015, 170.0, entity_id=3))
    known = facts(MetricFacts("Density", aggregation="mean"), entities=PROVINCE)
    assert found(figures(*rows, known=known)) == []


@pytest.mark.parametrize(("value", "other", "doubted"), [(12_345.0, 12_345.0, True), (12_000.0, 12_000.0, False),
                                                         (12_345.0, 12_346.0, False)])  # fmt: skip
def test_one_number_under_two_spellings(value: float, other: float, doubted: bool) -> None:
    columns = figures(year(2015, value), year(2015, other, entity_id=2), known=facts(entities=SPELLED))
    assert found(columns) == ([(1, "double")] if doubted else [])


@pytest.mark.parametrize("entities", [
    {1: EntityFacts("Complex 1"), 2: EntityFacts("Complex 2")},
    {1: EntityFacts("Jung-gu", code="11140"), 2: EntityFacts("Jung gu", code="26110")},
    {1: EntityFacts("Jung-gu", places=(8,)), 2: EntityFacts("Jung gu", places=(9,))},
])  # fmt: skip
def test_names_that_tell_things_apart_are_no_spellings(entities: dict[int, EntityFacts]) -> None:
    columns = figures(year(2015, 12_345.0), year(2015, 12_345.0, entity_id=2), known=facts(entities=entities))
    assert found(columns) == []


def test_two_that_differ_elsewhere_are_two() -> None:
    rows = (year(2015, 12_345.0), year(2015, 12_345.0, entity_id=2), year(2016, 12_401.0),
            year(2016, 12_999.0, entity_id=2))  # fmt: skip
    assert found(figures(*rows, known=facts(entities=SPELLED))) == []


@pytest.mark.parametrize(("sheets", "doubted"), [(("2015", "all"), True), (("2015", "2015"), False)])
def test_one_number_on_two_sheets_under_two_scopes(sheets: tuple[str, ...], doubted: bool) -> None:
    columns = figures(year(2015, 12_345.0), year(2015, 12_345.0, scope="total"), origins=tuple(map(Origin, sheets)))
    assert found(columns) == ([(1, "double")] if doubted else [])


@pytest.mark.parametrize(("row", "doubted"), [
    (year(2027, 100.0), True), (year(2026, 100.0), False), (year(2027, 100.0, scenario="forecast"), False),
    (year(2027, 100.0, status="F"), False), (year(1799, 100.0), True), (year(1800, 100.0), False),
    (year(2015, 100.0, period_end="2014-01-01"), True), (year(2015, 1.0, period_start=None, period_end=None), False),
])  # fmt: skip
def test_impossible_periods(row: dict[str, object], doubted: bool) -> None:
    assert found(figures(row)) == ([(0, "period")] if doubted else [])


def test_an_event_may_be_as_old_as_it_likes() -> None:
    assert found(figures(year(1446, 1446.0), known=facts(MetricFacts("Established", "event")))) == []


@pytest.mark.parametrize(("years", "doubted"), [(40, True), (18, False)])
def test_a_quarter_of_what_comes_in_years(years: int, doubted: bool) -> None:
    quarter = year(2016, 100.0, period_end="2016-04-01", entity_id=2)
    columns = figures(quarter, held=tuple(year(1970 + n, 100.0) for n in range(years)))
    assert found(columns) == ([(0, "length")] if doubted else [])


@pytest.mark.parametrize(("unit", "doubted"), [(2, True), (3, False), (None, False)])
def test_a_unit_of_another_dimension_than_the_metric(unit: int | None, doubted: bool) -> None:
    known = facts(MetricFacts("Sales", unit=4), {2: PERSONS, 3: UnitFacts("million KRW", "KRW", 1e6), 4: WON})
    columns = figures(year(2015, 100.0, unit_id=unit), known=known)
    assert found(columns) == ([(0, "unit")] if doubted else [])


@pytest.mark.parametrize(("unit", "doubted"), [(2, True), (4, False)])
def test_a_unit_of_another_dimension_than_the_series(unit: int, doubted: bool) -> None:
    known = facts(MetricFacts("Sales"), {2: PERSONS, 4: WON})
    columns = figures(year(2015, 100.0, unit_id=unit), held=(year(2014, 101.0, unit_id=4),), known=known)
    assert found(columns) == ([(0, "unit")] if doubted else [])


@pytest.mark.parametrize(("metric", "unit", "doubted"), [
    (MetricFacts("Workers", unit=2), 2, True), (MetricFacts("Net migration", unit=2), 2, False),
    (MetricFacts("종사자 증감", unit=2), 2, False), (MetricFacts("Profit", unit=3), 3, False),
])  # fmt: skip
def test_less_than_none_of_what_is_counted(metric: MetricFacts, unit: int, doubted: bool) -> None:
    known = facts(metric, {2: PERSONS, 3: WON})
    assert found(figures(year(2015, -5.0, unit_id=unit), known=known)) == ([(0, "sign")] if doubted else [])


@pytest.mark.parametrize(("losses", "doubted"), [(0, True), (5, False)])
def test_a_negative_figure_among_many_that_are_not(losses: int, doubted: bool) -> None:
    known = facts(MetricFacts("Profit", unit=3), {3: WON})
    others = tuple(year(2015, float(100 + n) * (-1 if n < losses else 1), entity_id=n + 2) for n in range(110))
    columns = figures(year(2015, -120.0), held=others, known=known)
    assert found(columns) == ([(0, "sign")] if doubted else [])


@pytest.mark.parametrize(("value", "name", "doubted"), [(140.0, "Share of exports", True), (100.2, "수출 비중", False),
                                                        (140.0, "Debt ratio", False)])  # fmt: skip
def test_more_than_the_whole(value: float, name: str, doubted: bool) -> None:
    known = facts(MetricFacts(name, unit=2), {2: PERCENT})
    assert found(figures(year(2015, value), known=known)) == ([(0, "share")] if doubted else [])


@pytest.mark.parametrize(("value", "doubted"), [(40_000.0, True), (900.0, False)])
def test_an_outlier_among_its_peers(value: float, doubted: bool) -> None:
    peers = [year(2015, float(80 + 7 * n), entity_id=n + 2) for n in range(20)]
    assert found(figures(year(2015, value), *peers)) == ([(0, "peers")] if doubted else [])


def test_what_has_always_been_large_is_no_outlier() -> None:
    peers = [year(2015, float(80 + 7 * n), entity_id=n + 2) for n in range(20)]
    assert found(figures(year(2015, 40_000.0), *peers, held=(year(2014, 38_000.0),))) == []


@pytest.mark.parametrize(("value", "doubted"), [(1_200.0, True), (150.0, False)])
def test_a_jump_that_the_series_has_nowhere_else(value: float, doubted: bool) -> None:
    calm = [year(2005 + n, 100.0 + 3 * (n % 3)) for n in range(9)]
    assert found(figures(*calm, year(2014, value), year(2015, 104.0))) == ([(9, "jump")] if doubted else [])


def test_a_series_that_always_jumps_may_do_so() -> None:
    wild = [year(2005 + n, value) for n, value in enumerate((10.0, 900.0, 40.0, 2_500.0, 5.0, 300.0, 8.0, 1_200.0))]
    assert found(figures(*wild)) == []


@pytest.mark.parametrize(("scope", "held", "doubted"), [
    ("members only", 2, True), ("members only", 1, False), ("", 2, False),
])  # fmt: skip
def test_a_scope_that_the_series_did_not_have(scope: str, held: int, doubted: bool) -> None:
    before = tuple(year(2013 + n, 100.0) for n in range(held))
    assert found(figures(year(2015, 100.0, scope=scope), held=before)) == ([(0, "scope")] if doubted else [])


def test_a_further_scope_beside_the_old_one_is_meant() -> None:
    before = (year(2013, 100.0), year(2014, 100.0))
    assert found(figures(year(2015, 61.0, scope="members only"), year(2015, 100.0), held=before)) == []


@pytest.mark.parametrize(("scope", "doubted"), [("사업체 기준", True), ("기업 기준", False), ("제조업", False)])
def test_establishments_are_not_firms(scope: str, doubted: bool) -> None:
    known = facts(MetricFacts("Sales", statistical_unit="firms"))
    columns = figures(year(2015, 100.0, scope=scope), known=known)
    assert found(columns) == ([(0, "statistical unit")] if doubted else [])


def test_a_wrong_size_is_told_once() -> None:
    peers = [year(2014, float(80 + 7 * n), entity_id=n + 2) for n in range(20)]
    assert found(figures(*STEADY, year(2014, 105_000.0), *peers)) == [(4, "history")]


def test_a_wrong_sign_is_no_wrong_size_besides() -> None:
    known = facts(MetricFacts("Workers", unit=2), {2: PERSONS})
    assert found(figures(year(2015, -7.0), held=(year(2014, 70_000.0),), known=known)) == [(0, "sign")]


def test_nothing_is_found_in_nothing() -> None:
    assert found(figures()) == []


def test_figures_of_the_catalogue_are_not_doubted() -> None:
    assert found(figures(year(2015, 100.0), held=(*STEADY, year(2014, 100_000.0)))) == []


@pytest.mark.parametrize(
    ("value", "doubted"), [(70_000_000.0, True), (7.0, True), (70.0, True), (75_000.0, False), (700_000.0, False)]
)
def test_a_multiplier_off_what_it_replaces(value: float, doubted: bool) -> None:
    columns = figures(year(2015, value), origins=(Origin("Sheet", (70.0, 1000.0, 1)),))
    assert found(columns) == ([(0, "before")] if doubted else [])
