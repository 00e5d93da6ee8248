"""Every figure of the five articles is in the sample, with its source, and as uncertain as it was told.

The lists are written from the articles, not from the sample's tables, so that what is missing there goes red here.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.catalogue import Catalogue
from storage.sample import FOLDER

SOURCES = {
    "000": "The “Next Pangyo Techno Valley” Gateway for Global Companies",
    "001": "Critical Roles of SP in Forming Innovation Cluster : A Case Study on Practice of "
    "GTP and Ansan Science Valley",
    "002": "Reaching True Innovation through the National Innovation Cluster",
    "003": "Local Governments, Industries, Academia and Researchers Join Forces to Foster Future Automotive Industry "
    "in Gyeonggi Province",
    "004": "Transforming Older Industrial Complexes into Innovative Clusters",
}

# fact | record | metric | amount, or low..high, or ? for none | precision | unit | period | scenario | article:line
FACTS = """
F01 | Pangyo Techno Valley | workers | 70000 | about | persons | 2015-12-01..2016-01-01 | actual | 000:14
F02 | Pangyo Techno Valley | firms | 1000 | exact | firms | 2015-12-01..2016-01-01 | actual | 000:14
F03 | Pangyo Techno Valley | sales | 70e12 | exact | KRW | ? | actual | 000:14
F04 | Pangyo Techno Valley development project | planned duration | 10 | exact | years | ? | actual | 000:8
F05 | Pangyo Techno Valley development project | started | 2005 | about | year | 2005-01-01..2006-01-01 | actual | 000:18
F06 | Pangyo Techno Valley development project | first phase | 5 | exact | years | 2006-01-01..2011-01-01 | actual | 000:18
F07 | startup academy building | completion | 2015 | exact | year | 2015-12-31..2016-01-01 | planned | 000:20
F08 | startup academy building | opening | 2016 | exact | year | 2016-01-01..2016-05-01 | planned | 000:20
F09 | Pangyo Techno Valley | investment | 100e9 | exact | KRW | 2011-01-01..2016-01-01 | actual | 000:22
F10 | Pangyo Techno Valley | firms assisted | 500 | about | firms | 2011-01-01..2016-01-01 | actual | 000:22
F11 | Skolkovo Foundation | visits | 2 | exact | visits | 2014-01-01..2015-01-01 | actual | 000:33
F12 | Skolkovo Technopark | established | 2010 | exact | year | 2010-01-01..2011-01-01 | actual | 000:33
F13 | Skolkovo Technopark | residents | 1000 | about | residents | 2015-01-01..2016-01-01 | actual | 000:35
F14 | Global Leaders’ Forum | sales threshold | 50e9 | more than | currency ? | 2015-01-01..2016-01-01 | actual | 000:37
F15 | Europe Business Center | floors | 1 | exact | floors | ? | planned | 000:37
F16 | Bio 2020 | target year | 2020 | exact | year | 2020-01-01..2021-01-01 | target | 000:10
F17 | GSTEP | headquarters | 2014 | exact | year | 2014-01-01..2015-01-01 | actual | 000:43
F17 | GSTEP | ordinance | 2014 | exact | year | 2014-01-01..2015-01-01 | actual | 000:43
F18 | Gyeonggi-do | share companies | 40 | exact | % | 2015-01-01..2016-01-01 | actual | 000:47
F18 | Gyeonggi-do | share technology | 40 | exact | % | 2015-01-01..2016-01-01 | actual | 000:47
F18 | Gyeonggi-do | share science | 40 | exact | % | 2015-01-01..2016-01-01 | actual | 000:47
F19 | Gyeonggi-do | share economy | 20 | exact | % | 2015-01-01..2016-01-01 | actual | 000:47
F20 | Banwol-Shiwha | rank smes | 1 | exact | rank | 2010-01-01..2011-01-01 | actual | 001:8
F21 | Banwol-Shiwha | symbol years | 30 | exact | years | 2010-01-01..2011-01-01 | actual | 001:8
F21 | Banwol-Shiwha | symbol years | 30..39 | about | years | 2010-01-01..2011-01-01 | actual | 001:11
F22 | Technopark project | started | 1994..1996 | about | year | 1994-01-01..1997-01-01 | actual | 001:8
F23 | GTP | established | 1998 | exact | year | 1998-01-01..1999-01-01 | actual | 001:8
F24 | GTP | years since | 12 | exact | years | 2010-01-01..2011-01-01 | actual | 001:8
F25 | Daejeon | distance | 164 | exact | km | ? | actual | 002:18
F26 | Daejeon | rank metropolis | 5 | exact | rank | ? | actual | 002:18
F27 | Daejeon | hosted summit | 2015 | exact | year | 2015-01-01..2016-01-01 | actual | 002:18
F28 | Daedeok Research Complex | established | 1973 | exact | year | 1973-01-01..1974-01-01 | actual | 002:20
F29 | Daedeok Valley | established | 2000 | exact | year | 2000-01-01..2001-01-01 | actual | 002:22
F30 | Daedeok Special Zone for R&D | re-established | 2005 | exact | year | 2005-01-01..2006-01-01 | actual | 002:22
F31 | Daedeok Special Zone for R&D | firms | 2 | exact | times | 2011-01-01..2012-01-01 | actual | 002:22
F32 | Daedeok Special Zone for R&D | sales | 8 | exact | times | 2011-01-01..2012-01-01 | actual | 002:22
F33 | Science-business belt | site selected | 2011 | exact | year | 2011-01-01..2012-01-01 | actual | 002:22
F34 | Follow-up to the Special Act on Balanced National Development | announced | ? | exact | year | ? | actual | 002:14
F35 | South Korea | effort began | 1970..1979 | about | year | 1970-01-01..1980-01-01 | actual | 002:14
F36 | National Innovation Cluster | businesses target | 150 | exact | firms | ? | target | 002:28
F37 | National Innovation Cluster | clusters planned | 14 | exact | clusters | ? | planned | 002:30
F38 | Regional Innovation Council | members | 20 | exact | persons | ? | planned | 002:32
F39 | Regional Development Investment Agreement | term | ? | exact | years | ? | actual | 002:32
F40 | K-Future Automotive Valley Innovation Task Force | first meeting | 2022 | exact | year | 2022-09-20..2022-09-21 | actual | 003:6
F41 | Gyeonggi Province | release | 2022 | exact | year | 2022-09-21..2022-09-22 | actual | 003:3
F42 | Gyeonggi Province | page views | 130 | exact | views | ? | actual | 003:3
F43 | K-Future Automotive Valley Innovation Task Force | cities | 11 | exact | cities | 2022-09-20..2022-09-21 | actual | 003:12
F44 | Auto component clusters of south-western Gyeonggi | example cities | 4 | at least | cities | 2022-01-01..2023-01-01 | actual | 003:14
F45 | K-Future Automotive Valley Innovation Task Force | affiliated | 4 | exact | organisations | 2022-09-20..2022-09-21 | actual | 003:12
F46 | Core pledge of Gyeonggi Province | industries | 3 | exact | industries | 2022-01-01..2023-01-01 | actual | 003:20
F47 | National industrial complexes of KICOX | share production | 30 | exact | % | 2005-01-01..2006-01-01 | actual | 004:8
F48 | National industrial complexes of KICOX | share exports | 43 | exact | % | 2005-01-01..2006-01-01 | actual | 004:8
F49 | Innovative clusters of industrial complexes | model complexes | 7 | exact | complexes | 2005-04-01..2005-05-01 | actual | 004:9
F50 | Innovative clusters of industrial complexes | full launch | 2005 | exact | year | 2005-04-01..2005-05-01 | actual | 004:9
F51 | KICOX | release | 2005 | exact | year | 2005-07-25..2005-07-26 | actual | 004:9
F52 | Seven model industrial complexes | mini-clusters | 43 | exact | clusters | 2005-06-30..2005-07-01 | actual | 004:9
F53 | Seven model industrial complexes | bottlenecks | 68 | exact | cases | 2005-06-30..2005-07-01 | actual | 004:9
F54 | Seven model industrial complexes | support tasks | 13 | exact | cases | 2005-06-30..2005-07-01 | actual | 004:9
F55 | Innovative Cluster Implementation Team | meetings | 110 | up to | meetings | 2005-06-01..2005-07-01 | actual | 004:9
F56 | Innovative clusters of industrial complexes | reshuffle | 2005 | exact | year | 2005-03-01..2005-04-01 | actual | 004:9
F57 | Seven model industrial complexes | mini-clusters | 41 | exact | clusters | 2005-06-30..2005-07-01 | actual | 004:9
F58 | KICOX | inno cafes | 5 | exact | facilities | 2005-01-01..2006-01-01 | actual | 004:9
F59 | KICOX | network hubs | 1 | exact | facilities | 2005-01-01..2006-01-01 | actual | 004:9
F60 | KICOX | complexes managed | 29 | exact | complexes | 2005-01-01..2006-01-01 | actual | 004:9
F61 | KICOX | apartment factories | 7 | exact | facilities | 2005-01-01..2006-01-01 | actual | 004:9
F62 | KICOX | power plants | 2 | exact | facilities | 2005-01-01..2006-01-01 | actual | 004:9
"""  # noqa: E501

ROWS = [[cell.strip() for cell in line.split("|")] for line in FACTS.strip().splitlines()]

FIGURES = """
    SELECT o.*, e.name AS record, m.code AS metric, u.code AS unit, p.locator AS place, p.quote, s.title AS source,
        m.statistical_unit, u.dimension
    FROM observation o JOIN entity e ON e.id = o.entity_id JOIN metric m ON m.id = o.metric_id
    LEFT JOIN unit u ON u.id = o.unit_id
    LEFT JOIN passage p ON p.id = o.passage_id LEFT JOIN source s ON s.id = p.source_id
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("sample") / "sample.clusters"
    Catalogue.create(path, sample=True).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def figures(database: sqlite3.Connection, record: str, metric: str) -> list[sqlite3.Row]:
    """The figures of a record, which may be called by any of its names."""
    names = "SELECT id FROM entity WHERE name = :r UNION SELECT entity_id FROM alias WHERE name = :r"
    where = f" WHERE o.entity_id IN ({names}) AND m.code = :m ORDER BY o.id"
    return database.execute(FIGURES + where, {"r": record, "m": metric}).fetchall()


def told(row: sqlite3.Row) -> tuple[str, str, str, str, str, str]:
    """Amount, precision, unit, period, scenario and source of a figure, as the list above writes them."""
    amount = "?" if row["low"] is None else f"{row['low']:g}..{row['high']:g}"
    if row["value"] is not None:
        amount = f"{row['value'] * row['multiplier']:g}"
    period = f"{row['period_start']}..{row['period_end']}" if row["period_start"] else "?"
    article = next(short for short, title in SOURCES.items() if title == row["source"])
    place = f"{article}:{row['place'].removeprefix('line ')}"
    return amount, row["precision"], row["unit"], period, row["scenario"], place


def test_the_list_is_whole() -> None:
    assert sorted({row[0] for row in ROWS}) == [f"F{number:02}" for number in range(1, 63)]


def test_each_row_of_the_table_says_which_fact_it_holds() -> None:
    with (FOLDER / "observations.tsv").open(encoding="utf-8") as table:
        facts = [line.split("\t")[0] for line in table][1:]
    # the two others are no figures: a stated period, and the map that is known to be missing
    assert sorted(facts) == sorted([row[0] for row in ROWS] + ["C02", "C21"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[2]} {row[3]}")
def test_each_fact_is_held_with_its_source(database: sqlite3.Connection, row: list[str]) -> None:
    _, record, metric, amount, *rest = row
    amount = amount if "." in amount or amount == "?" else f"{float(amount):g}"
    assert (amount, *rest) in [told(figure) for figure in figures(database, record, metric)]


def test_every_figure_has_a_passage_with_its_words(database: sqlite3.Connection) -> None:
    assert [row["record"] for row in database.execute(FIGURES) if not row["quote"]] == []


def test_no_quote_is_longer_than_a_sentence(database: sqlite3.Connection) -> None:
    assert max(len(row[0].split()) for row in database.execute("SELECT quote FROM passage")) <= 32


@pytest.mark.real_files
def test_the_quotes_are_the_articles_own_words(database: sqlite3.Connection, shared_data: Path) -> None:
    articles = {path.name[:3]: path.read_text(encoding="utf-8") for path in (shared_data.parent / "articles").iterdir()}
    rows = database.execute("SELECT s.title, p.locator, p.quote FROM passage p JOIN source s ON s.id = p.source_id")
    lines = {title: articles[short].splitlines() for short, title in SOURCES.items()}
    assert [r["quote"] for r in rows if r["quote"] not in lines[r["title"]][int(r["locator"].split()[1]) - 1]] == []


# Uncertainty stays what it was


def test_an_upper_leaning_hedge_has_bounds_that_lean_down(database: sqlite3.Connection) -> None:
    (workers,) = figures(database, "PTV", "workers")
    assert (workers["low"], workers["high"], "lean down" in workers["note"]) == (65000, 70000, True)


def test_an_unknown_currency_has_no_dimension_and_so_no_conversion(database: sqlite3.Connection) -> None:
    (threshold,) = figures(database, "Global Leaders’ Forum", "sales threshold")
    assert threshold["dimension"] is None


def test_words_without_a_number_get_none(database: sqlite3.Connection) -> None:
    (term,) = figures(database, "Regional Development Investment Agreement", "term")
    assert (term["value"], term["low"], term["value_text"]) == (None, None, "several years")


def test_a_day_without_a_year_is_missing_and_says_its_words(database: sqlite3.Connection) -> None:
    (announced,) = figures(database, "Follow-up to the Special Act on Balanced National Development", "announced")
    assert (announced["status"], announced["value_text"]) == ("M", "June 10th")


@pytest.mark.parametrize("metric", ["firms", "sales"])
def test_a_ratio_keeps_its_base_and_no_level_is_invented(database: sqlite3.Connection, metric: str) -> None:
    (ratio,) = figures(database, "Daedeok Special Zone for R&D", metric)
    assert (ratio["measure"], ratio["base_start"], ratio["base_end"]) == ("ratio to base", "2005-01-01", "2006-01-01")


def test_eight_times_greater_says_that_it_may_be_nine(database: sqlite3.Connection) -> None:
    (sales,) = figures(database, "Daedeok Special Zone for R&D", "sales")
    assert "nine times" in sales["note"]


@pytest.mark.parametrize(
    ("record", "metric", "words", "anchor"),
    [
        ("startup academy building", "completion", "the end of this month", "15 December 2015"),
        ("startup academy building", "opening", "early next year", "15 December 2015"),
        ("Pangyo Techno Valley development project", "started", "a decade ago", "15 December 2015"),
        ("PTV", "investment", "the past five years", "15 December 2015"),
        ("GSTEP", "headquarters", "last year", "15 December 2015"),
        ("Innovative clusters of industrial complexes", "full launch", "last April", "1 August 2005"),
        ("Innovative clusters of industrial complexes", "reshuffle", "March this year", "1 August 2005"),
    ],
)
def test_relative_dates_keep_words_and_anchor(
    database: sqlite3.Connection, record: str, metric: str, words: str, anchor: str
) -> None:
    (figure,) = figures(database, record, metric)
    assert (words in figure["value_text"], anchor in figure["note"]) == (True, True)


# Conflicts stand side by side


def conflict(database: sqlite3.Connection, record: str, metric: str) -> list[sqlite3.Row]:
    """Figures of one record and metric, which must share everything that makes their key but the passage."""
    rows = figures(database, record, metric)
    key = ("entity_id", "metric_id", "sector_id", "period_start", "period_end", "scope", "scenario", "measure")
    assert len({tuple(row[name] for name in key) for row in rows}) == 1
    assert len({row["passage_id"] for row in rows}) == len(rows)
    return rows


@pytest.mark.parametrize(
    ("record", "metric", "count"),
    [("Seven model industrial complexes", "mini-clusters", 2), ("Banwol-Sihwa", "symbol years", 2)],
)
def test_contradicting_figures_are_one_set_with_one_preferred(
    database: sqlite3.Connection, record: str, metric: str, count: int
) -> None:
    rows = conflict(database, record, metric)
    assert (len(rows), [bool(row["reason"]) for row in rows if row["preferred"]]) == (count, [True])


def test_nothing_is_preferred_without_a_rival(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT count(*) FROM observation WHERE preferred").fetchone()[0] == 2


def test_the_stated_period_is_kept_beside_the_reference_period(database: sqlite3.Connection) -> None:
    (stated,) = figures(database, "KICOX", "period stated")
    assert (stated["period_start"], stated["value_text"]) == ("2005-07-01", "Second Half of 2005")


def test_one_statement_gives_three_figures_of_one_passage(database: sqlite3.Connection) -> None:
    shares = [figures(database, "Gyeonggi-do", f"share {what}")[0] for what in ("companies", "technology", "science")]
    assert len({row["passage_id"] for row in shares}) == 1


def test_mixed_residents_are_no_firms(database: sqlite3.Connection) -> None:
    (residents,) = figures(database, "Skolkovo", "residents")
    assert residents["statistical_unit"] == "companies, research institutes and universities"


def test_the_fourteen_keep_their_doubtful_definition(database: sqlite3.Connection) -> None:
    (planned,) = figures(database, "National Innovation Cluster", "clusters planned")
    assert ("16" in planned["note"], planned["scope"]) == (True, "cities and provinces without Seoul")


def test_the_scope_of_the_shares_is_said(database: sqlite3.Connection) -> None:
    (exports,) = figures(database, "National industrial complexes of KICOX", "share exports")
    assert exports["scope"] == "KICOX national complexes"


def test_what_is_known_to_be_missing_is_held_as_missing(database: sqlite3.Connection) -> None:
    (industry,) = figures(database, "National Innovation Cluster", "industry")
    assert (industry["value"], industry["status"]) == (None, "M")


def test_page_hits_are_ignored_on_purpose(database: sqlite3.Connection) -> None:
    (hits,) = figures(database, "Gyeonggi Province", "page views")
    assert "on purpose" in hits["note"]


# The documents


@pytest.mark.parametrize(
    ("article", "kind", "published"),
    [
        ("000", "article", "2015-12-15"),
        ("001", "paper", None),
        ("002", "report", None),
        ("003", "press release", "2022-09-21"),
        ("004", "article", "2005-08-01"),
    ],
)
def test_each_document_is_a_source(
    database: sqlite3.Connection, article: str, kind: str, published: str | None
) -> None:
    row = database.execute("SELECT * FROM source WHERE title = ?", (SOURCES[article],)).fetchone()
    assert (row["type"], row["published_start"]) == (kind, published)


@pytest.mark.parametrize("article", ["001", "002"])
def test_a_document_without_a_date_says_so(database: sqlite3.Connection, article: str) -> None:
    (note,) = database.execute("SELECT note FROM source WHERE title = ?", (SOURCES[article],)).fetchone()
    assert "no date" in note or "date is unknown" in note


def test_the_bilingual_paper_is_quoted_in_both_languages(database: sqlite3.Connection) -> None:
    passages = {row["passage_id"] for row in conflict(database, "Banwol-Sihwa", "symbol years")}
    languages = dict(database.execute("SELECT id, language FROM passage").fetchall())
    assert {languages[id] for id in passages} == {"en", "ko"}
