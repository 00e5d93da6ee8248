"""Every way of writing a period, and the way back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.periods import Period, PeriodError, parse_period, parse_year_range

ANCHOR = date(2015, 12, 15)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        (2015, "2015-01-01", "2016-01-01"),
        (2015.0, "2015-01-01", "2016-01-01"),
        ("2015년", "2015-01-01", "2016-01-01"),
        ("'15", "2015-01-01", "2016-01-01"),
        ("FY2015", "2015-01-01", "2016-01-01"),
        ("FY15", "2015-01-01", "2016-01-01"),
        ("FY2015/16", "2015-01-01", "2017-01-01"),
        ("’15", "2015-01-01", "2016-01-01"),
        ("15년", "2015-01-01", "2016-01-01"),
        ("２０１５", "2015-01-01", "2016-01-01"),
        ("2015년 기준", "2015-01-01", "2016-01-01"),
        ("2015(p)", "2015-01-01", "2016-01-01"),
        ("平成27年", "2015-01-01", "2016-01-01"),
        ("令和元年度", "2019-01-01", "2020-01-01"),
        ("2015年", "2015-01-01", "2016-01-01"),
        ("2015A", "2015-01-01", "2016-01-01"),
        ("2015 [YR2015]", "2015-01-01", "2016-01-01"),
        ("2015.03 월", "2015-03-01", "2015-04-01"),
        ("2015¹⁾", "2015-01-01", "2016-01-01"),
        ("Q2/2015", "2015-04-01", "2015-07-01"),
        ("2015.2/4", "2015-04-01", "2015-07-01"),
        ("15년 2분기", "2015-04-01", "2015-07-01"),
        ("'15 상반기", "2015-01-01", "2015-07-01"),
        ("1H15", "2015-01-01", "2015-07-01"),
        ("15.3월", "2015-03-01", "2015-04-01"),
        ("'15.3", "2015-03-01", "2015-04-01"),
        ("2015. 3.", "2015-03-01", "2015-04-01"),
        ("2015.1~6월", "2015-01-01", "2015-07-01"),
        ("'15. 3. 31.", "2015-03-31", "2015-04-01"),
        ("≈2005", "2005-01-01", "2006-01-01"),
        ("2015-Q2", "2015-04-01", "2015-07-01"),
        ("2015 Q2", "2015-04-01", "2015-07-01"),
        ("2015_Q2", "2015-04-01", "2015-07-01"),
        ("Q2 2015", "2015-04-01", "2015-07-01"),
        ("2Q 2015", "2015-04-01", "2015-07-01"),
        ("2015년 2분기", "2015-04-01", "2015-07-01"),
        ("2015 2/4분기", "2015-04-01", "2015-07-01"),
        ("third quarter of 2015", "2015-07-01", "2015-10-01"),
        ("2015 H1", "2015-01-01", "2015-07-01"),
        ("2015-S2", "2015-07-01", "2016-01-01"),
        ("2015년 상반기", "2015-01-01", "2015-07-01"),
        ("second half of 2015", "2015-07-01", "2016-01-01"),
        ("2015.12", "2015-12-01", "2016-01-01"),
        (2015.12, "2015-12-01", "2016-01-01"),
        ("2015-12", "2015-12-01", "2016-01-01"),
        ("2015M03", "2015-03-01", "2015-04-01"),
        ("Dec 2015", "2015-12-01", "2016-01-01"),
        ("2015년 12월", "2015-12-01", "2016-01-01"),
        ("2015년 1월~3월", "2015-01-01", "2015-04-01"),
        ("Jan-Mar 2015", "2015-01-01", "2015-04-01"),
        (201512, "2015-12-01", "2016-01-01"),
        ("2015-12-31", "2015-12-31", "2016-01-01"),
        ("2015. 12. 31.", "2015-12-31", "2016-01-01"),
        ("20 September 2022", "2022-09-20", "2022-09-21"),
        ("13/04/2015", "2015-04-13", "2015-04-14"),
        (date(2015, 12, 31), "2015-12-31", "2016-01-01"),
        (datetime(2015, 12, 31, 8), "2015-12-31", "2016-01-01"),  # noqa: DTZ001 (cells have no zone)
        ("2018-10-01T03:23:00.952Z", "2018-10-01", "2018-10-02"),
        ("2005-17", "2005-01-01", "2018-01-01"),
        ("2010–12", "2010-01-01", "2013-01-01"),
        ("2010-12 to 2015-17", "2010-01-01", "2018-01-01"),
        ("2011–2015", "2011-01-01", "2016-01-01"),
        ("2005 → 2011", "2005-01-01", "2012-01-01"),
        ("2023/24", "2023-01-01", "2025-01-01"),
        ("1999/00", "1999-01-01", "2001-01-01"),
        ("Jan 2005 - Mar 2006", "2005-01-01", "2006-04-01"),
        ("1970s", "1970-01-01", "1980-01-01"),
        ("1970년대", "1970-01-01", "1980-01-01"),
        ("mid-1990s", "1994-01-01", "1997-01-01"),
        ("1990년대 중반", "1994-01-01", "1997-01-01"),
        ("early 2016", "2016-01-01", "2016-05-01"),
        ("end of June 2005", "2005-06-30", "2005-07-01"),
        ("2015년 말", "2015-12-31", "2016-01-01"),
    ],
)
def test_reads(written: object, start: str, end: str) -> None:
    period = parse_period(written)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("past 5 years", "2011-01-01", "2016-01-01"),
        ("최근 5년", "2011-01-01", "2016-01-01"),
        ("last year", "2014-01-01", "2015-01-01"),
        ("작년", "2014-01-01", "2015-01-01"),
        ("last April", "2015-04-01", "2015-05-01"),
        ("last December", "2014-12-01", "2015-01-01"),
        ("early next year", "2016-01-01", "2016-05-01"),
        ("end of this month", "2015-12-31", "2016-01-01"),
        ("ten years ago", "2005-01-01", "2006-01-01"),
        ("last quarter", "2015-07-01", "2015-10-01"),
    ],
)
def test_reads_relative_to_its_source(written: str, start: str, end: str) -> None:
    period = parse_period(written, ANCHOR)
    assert (period.start, period.end, period.text) == (start, end, written)


@pytest.mark.parametrize(
    "written", ["2015-13", "2015-15", "03/04/2015", "hello", "", None, True, 12, 2015.1, "31 Feb 2015"]
)
def test_refuses_what_is_no_period(written: object) -> None:
    with pytest.raises(PeriodError):
        parse_period(written)


def test_asks_for_the_date_of_the_source() -> None:
    with pytest.raises(PeriodError, match="date of its source"):
        parse_period("last year")


def test_year_range_where_declared() -> None:
    assert parse_year_range("2005-07") == Period("2005-01-01", "2008-01-01", "2005-07")
    assert parse_period("2005-07").frequency == "M"


@pytest.mark.parametrize(
    ("written", "frequency", "english", "korean"),
    [
        ("2015", "A", "2015", "2015년"),
        ("2015 H2", "H", "2015 H2", "2015년 하반기"),
        ("2015-Q2", "Q", "2015 Q2", "2015년 2분기"),
        ("Dec 2015", "M", "2015-12", "2015년 12월"),
        ("31 December 2015", "D", "2015-12-31", "2015년 12월 31일"),
        ("1970s", "decade", "1970s", "1970년대"),
        ("2005-17", "range", "2005–2017", "2005–2017년"),
        ("mid-1990s", "range", "mid-1990s", "mid-1990s"),
    ],
)
def test_format(written: str, frequency: str, english: str, korean: str) -> None:
    period = parse_period(written)
    assert (period.frequency, period.format("en"), period.format("ko")) == (frequency, english, korean)


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(days, st.integers(1, 4000), st.sampled_from(["en", "ko"]))
def test_any_interval_survives_writing(start: date, length: int, language: str) -> None:
    period = Period(start.isoformat(), (start + timedelta(days=length)).isoformat(), "")
    again = parse_period(period.format(language))
    assert (again.start, again.end) == (period.start, period.end)


@given(
    st.integers(1900, 2100), st.integers(0, 11), st.sampled_from([1, 3, 6, 12, 24, 120]), st.sampled_from(["en", "ko"])
)
def test_calendar_units_survive_writing(year: int, month: int, count: int, language: str) -> None:
    start, stop = year * 12 + month, year * 12 + month + count
    period = Period(date(start // 12, month + 1, 1).isoformat(), date(stop // 12, stop % 12 + 1, 1).isoformat(), "")
    again = parse_period(period.format(language))
    assert (again.start, again.end) == (period.start, period.end)


def test_order_and_overlap() -> None:
    year, quarter, unknown = parse_period("2015"), parse_period("2015 Q3"), Period(None, None, "soon")
    assert sorted([unknown, quarter, year], key=lambda p: p.sort_key) == [year, quarter, unknown]
    assert year.overlaps(quarter)
    assert not year.overlaps(parse_period("2016"))
    assert not unknown.overlaps(year)


@pytest.mark.parametrize(
    ("written", "status"),
    [("2015", ""), ("2015p", "P"), ("2015(P)", "P"), ("2015p)", "P"), ("2025(전망)", "F"), ("2025F", "F"),
     ("2015년(잠정치)", "P"), ("2015e", "E"), ("2015 (r)", ""), ("1990s", "")],
)  # fmt: skip
def test_flag_behind_a_period_is_its_status(written: str, status: str) -> None:
    assert parse_period(written).status == status


@pytest.mark.parametrize("written", ["15", "15.3", "14~15", 2015.1, 42005, "2015 평균", "15년 전", "FY2015 Q1"])
def test_never_guesses_what_may_be_read_in_two_ways(written: object) -> None:
    with pytest.raises(PeriodError):
        parse_period(written)
