"""The catalogue beside plain sqlite3 on the same file; prints times and ratios, fails only when the answers differ.

A tenth of the full size by default; all of it (100,000 organisations, 1,000,000 figures) with ATLAS_BENCHMARK=full.
Run with -s to see the figures.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
import pytest

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert, update
from storage.domain.query import Order, Query, Where
from storage.domain.summary import Summary
from storage.domain.text import msg
from tests.benchmarks.big_catalogue import build

FULL = os.environ.get("ATLAS_BENCHMARK") == "full"
ORGANISATIONS, FIGURES = (100_000, 1_000_000) if FULL else (10_000, 100_000)
TIMES = 5

pytestmark = pytest.mark.slow

Ours = Callable[[Catalogue], Any]


@pytest.fixture(scope="module")
def big_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("big") / "big.clusters"
    build(path, ORGANISATIONS, FIGURES)
    return path


@pytest.fixture(scope="module")
def big(big_file: Path) -> Iterator[Catalogue]:
    """The big catalogue, to be read only."""
    catalogue = Catalogue.open(big_file)
    yield catalogue
    catalogue.close()


@pytest.fixture(scope="module")
def plain(big_file: Path) -> Iterator[sqlite3.Connection]:
    """The same file through sqlite3 alone."""
    with closing(sqlite3.connect(big_file)) as connection:
        connection.execute("PRAGMA cache_size=-32768")
        yield connection


def timed(work: Callable[[], Any], times: int = TIMES) -> tuple[float, Any]:
    """Return the median in milliseconds, and what came of it."""
    spent, result = [], None
    for _ in range(times):
        begun = time.perf_counter()
        result = work()
        spent.append((time.perf_counter() - begun) * 1000)
    return median(spent), result


def told(what: str, ours: float, floor: float, by: str) -> None:
    print(f"\n{what:42} {ours:9.1f} ms   {ours / floor:6.2f} x {by} ({floor:.1f} ms)")


def of(**more: Any) -> Query:
    return Query("organisation", **more)


def figures(**more: Any) -> Query:
    return Query("observation", **more)


JOINED = "FROM entity e JOIN organisation g ON g.id = e.id"
LATEST = """(SELECT value * multiplier FROM observation f WHERE f.entity_id = e.id AND f.metric_id = 1
    AND measure = 'level' AND sector_id IS NULL
    ORDER BY (scenario = 'actual') DESC, period_start DESC, preferred DESC, id LIMIT 1)"""
RIVALS = """(SELECT count(*) FROM observation c WHERE c.metric_id = o.metric_id AND c.entity_id = o.entity_id
    AND c.period_start IS o.period_start AND c.id <> o.id)"""
IDS: dict[str, tuple[Query, str]] = {
    "organisations": (of(), f"SELECT e.id {JOINED} ORDER BY e.id"),
    "organisations by name": (of(order=(Order("name"),)), f"SELECT e.id {JOINED} ORDER BY name COLLATE NOCASE, e.id"),
    "organisations by place": (
        of(order=(Order("place"),)),
        f"""SELECT e.id {JOINED} LEFT JOIN relation r ON r.subject_id = e.id LEFT JOIN entity p ON p.id = r.object_id
            ORDER BY p.name COLLATE NOCASE, e.id""",
    ),
    "organisations by a metric": (
        of(order=(Order("metric:1", True),)), f"SELECT e.id {JOINED} ORDER BY {LATEST} DESC NULLS LAST, e.id",
    ),
    "organisations of one place": (
        of(where=Where("place", "=", 7)),
        f"SELECT e.id {JOINED} WHERE e.id IN (SELECT subject_id FROM relation WHERE object_id = 7)",
    ),
    "organisations above an amount": (
        of(where=Where("metric:1", ">", 5_000.0)), f"SELECT e.id {JOINED} WHERE {LATEST} > 5000.0",
    ),
    "figures": (figures(), "SELECT id FROM observation ORDER BY id"),
    "figures by value": (
        figures(order=(Order("value", True),)),
        "SELECT id FROM observation ORDER BY value * multiplier DESC NULLS LAST, id",
    ),
    "figures by record": (
        figures(order=(Order("entity_id"),)),
        "SELECT o.id FROM observation o JOIN entity e ON e.id = o.entity_id ORDER BY e.name COLLATE NOCASE, o.id",
    ),
    "figures by source": (
        figures(order=(Order("source"),)),
        """SELECT o.id FROM observation o JOIN passage p ON p.id = o.passage_id JOIN source s ON s.id = p.source_id
           ORDER BY s.title COLLATE NOCASE, o.id""",
    ),
    "figures by their rivals": (
        figures(order=(Order("competing", True),)), f"SELECT id FROM observation o ORDER BY {RIVALS} DESC, id",
    ),
    "figures with rivals": (
        figures(where=Where("competing", ">", 0)), f"SELECT id FROM observation o WHERE {RIVALS} > 0",
    ),
    "figures of three metrics": (
        figures(where=Where("metric_id", "in", (1, 2, 3))), "SELECT id FROM observation WHERE metric_id IN (1, 2, 3)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", IDS)
def test_ids(big: Catalogue, plain: sqlite3.Connection, what: str) -> None:
    query, sql = IDS[what]
    ours, ids = timed(lambda: big.ids(query))
    floor, rows = timed(lambda: np.array(plain.execute(sql).fetchall(), dtype=np.int64).ravel())
    told(what, ours, floor, "SQL")
    assert len(ids) == len(rows)


FACETS = {
    ("organisation", "type"): f"SELECT g.type, count(*) {JOINED} GROUP BY 1",
    ("organisation", "place"): f"""SELECT r.object_id, count(*) {JOINED} LEFT JOIN relation r ON r.subject_id = e.id
        GROUP BY 1 ORDER BY 2 DESC LIMIT 200""",
    ("organisation", "sectors"): f"""SELECT s.sector_id, count(*) {JOINED}
        LEFT JOIN specialisation s ON s.entity_id = e.id GROUP BY 1 ORDER BY 2 DESC LIMIT 200""",
    ("observation", "metric_id"): "SELECT metric_id, count(*) FROM observation GROUP BY 1",
    ("observation", "status"): "SELECT status, count(*) FROM observation GROUP BY 1",
    ("observation", "source"): """SELECT p.source_id, count(*) FROM observation o JOIN passage p ON p.id = o.passage_id
        GROUP BY 1""",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "key"), FACETS)
def test_facets(big: Catalogue, plain: sqlite3.Connection, kind: str, key: str) -> None:
    field = big.kinds[kind].field(key)
    ours, facets = timed(lambda: big.facets(Query(kind), field))
    floor, rows = timed(lambda: plain.execute(FACETS[kind, key]).fetchall())
    told(f"facets of {kind} {key}", ours, floor, "GROUP BY")
    assert len(facets) == len(rows)


def test_a_window_of_rows_with_every_column(big: Catalogue, plain: sqlite3.Connection) -> None:
    middle = ORGANISATIONS // 2
    ids, fields = list(range(middle, middle + 200)), big.fields("organisation")
    ours, rows = timed(lambda: big.rows("organisation", ids, fields))
    sql = f"SELECT * FROM entity JOIN organisation USING (id) WHERE id BETWEEN {ids[0]} AND {ids[-1]}"
    floor, plain_rows = timed(lambda: plain.execute(sql).fetchall())
    told(f"200 organisations, {len(fields)} columns", ours, floor, "SELECT * of the row itself")
    assert len(rows) == len(plain_rows)


def test_the_columns_of_a_kind(big: Catalogue, plain: sqlite3.Connection) -> None:
    ours, fields = timed(lambda: big.fields("organisation"))
    floor, metrics = timed(lambda: plain.execute("SELECT * FROM metric").fetchall())
    told("fields of organisations", ours, floor, "SELECT * of the metrics")
    assert len(fields) >= len(big.kinds["organisation"].fields) + len(metrics) // 2


def test_the_series_of_twenty_entities(big: Catalogue, plain: sqlite3.Connection) -> None:
    entities = tuple(range(1_000, 1_020))
    ours, series = timed(lambda: big.series(Summary(entities)))
    sql = f"SELECT * FROM observation WHERE entity_id BETWEEN {entities[0]} AND {entities[-1]}"
    floor, rows = timed(lambda: plain.execute(sql).fetchall())
    told("series of 20 entities", ours, floor, "SELECT * of the figures")
    assert sum(len(one.points) for one in series) == len(rows)


def typed(big: Catalogue) -> list[str]:
    """Return what stands in the field while names are typed, in both scripts and with slips at the end."""
    names = big.stored(Query("organisation", Where("id", "in", tuple(range(1_000, 1_040)))), ("name", "name_ko"))
    whole = [name.split(" ")[0] for row in names for name in row[1:]] + ["university", "zzz", "c26", "서울"]
    return [name[:length] for name in whole for length in range(1, min(len(name), 12) + 1)]


def test_search_as_you_type(big: Catalogue, plain: sqlite3.Connection) -> None:
    words = typed(big)
    ours = [timed(lambda word=word: big.search(word), 1)[0] for word in words]
    like = "SELECT id FROM entity WHERE name LIKE ? OR name_ko LIKE ? LIMIT 50"
    floor = [timed(lambda word=word: plain.execute(like, (f"%{word}%",) * 2).fetchall(), 1)[0] for word in words]
    told(f"search, median of {len(words)} beginnings", median(ours), median(floor), "LIKE, unordered")
    told("search, 95 of 100 are within", quantiles(ours, n=20)[-1], quantiles(floor, n=20)[-1], "LIKE, unordered")
    assert all(big.search(word) for word in ("university", "organisation"))


@pytest.fixture
def own(big: Catalogue, big_file: Path, tmp_path: Path) -> Iterator[Catalogue]:
    """A copy of the big catalogue, to be written into."""
    shutil.copy(big_file, tmp_path / "own.clusters")
    catalogue = Catalogue.open(tmp_path / "own.clusters")
    yield catalogue
    catalogue.close()


def bare_rows(path: Path, sql: str, rows: list[dict[str, Any]]) -> None:
    """Write rows into a table with its keys and indexes, by sqlite3 alone and unjournaled, then take it all back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.executemany(sql, rows)
        connection.execute("ROLLBACK")


def test_an_import_and_its_undo(own: Catalogue) -> None:
    amount = FIGURES // 10
    rows = [{"entity_id": 1 + n % ORGANISATIONS, "metric_id": 1 + n // ORGANISATIONS % 20, "period": "2040",
             "period_start": "2040-01-01", "period_end": "2041-01-01", "value": n / 7, "passage_id": 1 + n % 100}
            for n in range(amount)]  # fmt: skip
    changes = ChangeSet.of(insert("observation", row) for row in rows)
    names = ", ".join(rows[0])
    sql = f"INSERT INTO observation ({names}) VALUES ({', '.join(f':{name}' for name in rows[0])})"
    floor, _ = timed(lambda: bare_rows(own.path, sql, rows), 1)
    before = own.count(figures())
    ours, _ = timed(lambda: own.apply(changes, msg("Import"), "import"), 1)
    told(f"import of {amount:,} figures", ours, floor, "executemany without journal")
    assert own.count(figures()) == before + amount
    for verb in (own.undo, own.redo):
        ours, _ = timed(verb, 1)
        told(f"{verb.__name__} of {amount:,} figures", ours, floor, "executemany without journal")
    assert own.count(figures()) == before + amount


def test_a_bulk_edit(own: Catalogue) -> None:
    rows = own.stored(figures(where=Where("metric_id", "=", 1)), ("value",))
    changes = ChangeSet.of(update("observation", id, {"value": value}, {"value": value + 1}) for id, value in rows)
    given = [{"id": id, "value": value + 1} for id, value in rows]
    floor, _ = timed(lambda: bare_rows(own.path, "UPDATE observation SET value = :value WHERE id = :id", given), 1)
    ours, revision = timed(lambda: own.apply(changes, msg("Edit")), 1)
    told(f"edit of {len(rows):,} figures", ours, floor, "executemany without journal")
    assert revision.change_count == len(rows)


def test_one_edit(own: Catalogue) -> None:
    id = ORGANISATIONS // 2
    floor, _ = timed(lambda: bare_rows(own.path, "UPDATE entity SET note = :n WHERE id = :i", [{"n": "x", "i": id}]))
    ours, _ = timed(
        lambda: own.apply(ChangeSet.of([update("organisation", id, {}, {"note": str(time.time())})]), msg("E"))
    )
    told("one edit", ours, floor, "one UPDATE without journal")
    assert own.revision > 2


def test_the_check(big: Catalogue, plain: sqlite3.Connection) -> None:
    ours, faults = timed(big.check, 1)
    floor, _ = timed(lambda: plain.execute("PRAGMA integrity_check").fetchall(), 1)
    told("check", ours, floor, "PRAGMA integrity_check")
    assert faults == []
