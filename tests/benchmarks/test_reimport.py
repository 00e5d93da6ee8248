"""How fast our own export comes back: beside python-calamine alone, and beside a bare script that only compares.

Run as a script for other sizes: python -m tests.benchmarks.test_reimport [ORGANISATIONS]
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pytest
import python_calamine as calamine

from storage.catalogue import Catalogue
from storage.domain.changes import Change, ChangeSet, insert
from storage.domain.proposal import Decision, Outcome, Proposal
from storage.domain.text import msg
from storage.exchange import importing
from storage.exchange.exporting import export_catalogue
from storage.workbook.stamp import NAME, PROPERTY, export_id
from storage.workbook.writer import TEXT, Column, WorkbookWriter

Result = TypeVar("Result")
ROWS, CHANGED, NEW, MISSING = 100_000, 5_000, 2_000, 2_000
MOST_TIMES_READING, MOST_TIMES_BARE = 2.6, 3.8  # of the processor's time; a third more than on a busy machine
SHEET = "Organisations"


def firms(amount: int) -> Iterator[Change]:
    """Make organisations whose sheet has fourteen columns."""
    chance = random.Random(3)
    for n in range(amount):
        year = 1960 + n % 60
        yield insert("organisation", {
            "name": f"Firm {n} Co.", "name_ko": f"회사 {n}", "code": f"{n:07}", "code_system": "KR",
            "latitude": 33 + chance.random() * 5, "longitude": 126 + chance.random() * 3, "url": f"https://f{n}.kr",
            "note": "founded by a university" if n % 3 == 0 else None, "type": "firm", "helix": "industry",
            "since": str(year), "since_start": f"{year}-01-01", "since_end": f"{year + 1}-01-01",
        })  # fmt: skip


@dataclass
class Made:
    """A catalogue, its export, and a copy of that with edits."""

    catalogue: Catalogue
    export: Path
    edited: Path

    @staticmethod
    def of(folder: Path, amount: int) -> Made:
        """Make all three."""
        catalogue = Catalogue.create(folder / "a.clusters", sample=False)
        catalogue.apply(ChangeSet.of(firms(amount)), msg("Made"))
        export_catalogue(catalogue, folder / "a.xlsx")
        write_edited(folder / "a.xlsx", folder / "b.xlsx")
        return Made(catalogue, folder / "a.xlsx", folder / "b.xlsx")


def write_edited(source: Path, target: Path) -> None:
    """Write a workbook again with rows of one sheet changed, missing and new."""
    read = importing.open_workbook(source)
    with WorkbookWriter(target) as book:
        for sheet in read.sheets:
            rows = [list(row) for row in sheet.rows]
            if sheet.name == SHEET:
                rows = [rows[0], *edited_rows(rows[0], rows[1:])]
            writer = book.add(sheet.name, [Column("", TEXT) for _ in range(sheet.width)])
            for row in rows:
                writer.row(row)
        book.mark(PROPERTY, NAME, export_id(read.properties))


def edited_rows(headers: Sequence[Any], rows: list[list[Any]]) -> list[list[Any]]:
    """Return the rows with some changed, some left out and some added."""
    note, name = headers.index("Note"), headers.index("Name")
    new = [[None if place == 0 else f"New {n} Co." if place == name else v for place, v in enumerate(row)]
           for n, row in enumerate(rows[:NEW])]  # fmt: skip
    chance = random.Random(4)
    picked = chance.sample(range(len(rows)), CHANGED + MISSING)
    for place in picked[:CHANGED]:
        rows[place][note] = f"edited {place}"
    left_out = set(picked[CHANGED:])
    return [row for place, row in enumerate(rows) if place not in left_out] + new


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of the processor: the second says more where others work on the machine."""

    clock: float
    processor: float

    def times(self, other: Took) -> str:
        """Return how many times as long as another job this one took."""
        return f"{self.clock / other.clock:.2f} (processor {self.processor / other.processor:.2f})"

    def __str__(self) -> str:
        return f"{self.clock:.2f} s (processor {self.processor:.2f} s)"


def took(job: Callable[[], Result]) -> tuple[Took, Result]:
    """Do a job; return what it took, in processes of its own too, and what came of it."""
    before, start = os.times(), time.perf_counter()
    result = job()
    clock, after = time.perf_counter() - start, os.times()
    return Took(clock, sum(after[:4]) - sum(before[:4])), result


@contextmanager
def light_start() -> Iterator[None]:
    """Let new processes start as those of the application do: they import the main module, here the whole of pytest."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def best(jobs: Sequence[Callable[[], object]]) -> list[Took]:
    """Do some jobs in turn, three times; return what the fastest of each took."""
    rounds = [[took(job)[0] for job in jobs] for _ in range(3)]
    return [min(times, key=lambda one: one.processor) for times in zip(*rounds, strict=True)]


def read_alone(path: Path) -> None:
    """Read all sheets with python-calamine."""
    with calamine.CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def proposed(made: Made, path: Path) -> Proposal:
    """Read and merge."""
    return importing.propose_export(made.catalogue, importing.open_workbook(path))


def whole_job(made: Made, path: Path) -> None:
    """Read, merge and write, missing rows deleted."""
    proposal = proposed(made, path)
    gone = {item.number: Decision.TAKE for item in proposal.items if item.outcome is Outcome.REMOVED}
    importing.apply(made.catalogue, proposal, gone)


def bare_took(made: Made, path: Path) -> Took:
    """Return what the bare script takes on a database of its own."""
    with closing(bare_table(made, path)) as database:
        return took(lambda: bare_job(database, made.edited))[0]


def bare_table(made: Made, path: Path) -> sqlite3.Connection:
    """Give a database with the same records in one table, and a table of audit rows."""
    columns = ("name", "name_ko", "code", "code_system", "latitude", "longitude", "url", "note", "type", "helix",
               "since", "since_start", "since_end")  # fmt: skip
    database = sqlite3.connect(path)
    database.execute(f"CREATE TABLE firm (id INTEGER PRIMARY KEY, {', '.join(columns)})")
    database.execute("CREATE TABLE audit (id INTEGER PRIMARY KEY, firm INTEGER, action TEXT, before TEXT, after TEXT)")
    rows = made.catalogue.stored_now("organisation", columns)
    database.executemany(f"INSERT INTO firm VALUES ({', '.join('?' * (len(columns) + 1))})", rows)
    database.commit()
    return database


def bare_job(database: sqlite3.Connection, path: Path) -> None:
    """Use python-calamine, a dict of rows and executemany with audit rows: no checks, no journal, no search."""
    with calamine.CalamineWorkbook.from_path(path) as book:
        rows = book.get_sheet_by_name(SHEET).to_python()[1:]
    known = {row[0]: row for row in database.execute("SELECT * FROM firm")}
    order = "id, name, name_ko, code, code_system, latitude, longitude, url, note, type, helix".split(", ")
    seen, changed, new = set(), [], []
    for row in rows:
        values = tuple(None if value == "" else value for value in row[: len(order)])
        if values[0] is None:
            new.append(values[1:])
            continue
        seen.add(id := int(values[0]))
        if known[id][1:8] != values[1:8] or known[id][8] != values[8]:
            changed.append((id, known[id], values))
    gone = [id for id in known if id not in seen]
    audit = "INSERT INTO audit (firm, action, before, after) VALUES (?, ?, ?, ?)"
    database.executemany("UPDATE firm SET note = ? WHERE id = ?", [(new[8], id) for id, _, new in changed])
    database.executemany(audit, [(id, "update", json.dumps(old), json.dumps(now)) for id, old, now in changed])
    marks = ", ".join("?" * len(order[1:]))
    database.executemany(f"INSERT INTO firm ({', '.join(order[1:])}) VALUES ({marks})", new)
    database.executemany(audit, [(None, "insert", None, json.dumps(values)) for values in new])
    database.executemany("DELETE FROM firm WHERE id = ?", [(id,) for id in gone])
    database.executemany(audit, [(id, "delete", json.dumps(known[id]), None) for id in gone])
    database.commit()
    assert (len(changed), len(new), len(gone)) == (CHANGED, NEW, MISSING)


@light_start()
def measured(folder: Path, amount: int) -> tuple[float, float]:
    """Print the figures; return how many times the processor's time of reading alone, and of the script, ours takes."""
    made = Made.of(folder, amount)
    assert proposed(made, made.export).counts()["same"] == amount
    alone, ours = best([lambda: read_alone(made.export), lambda: proposed(made, made.export)])
    print(f"\n{amount:,} rows unchanged: {ours}, python-calamine {alone}, ratio {ours.times(alone)}")
    counts = proposed(made, made.edited).counts()
    assert (counts["changed"], counts["new"], counts["removed"]) == (CHANGED, NEW, MISSING)
    bare = min((bare_took(made, folder / f"{n}.db") for n in range(3)), key=lambda one: one.processor)
    job, _ = took(lambda: whole_job(made, made.edited))
    print(f"mixed job: {job}, bare script {bare}, ratio {job.times(bare)}")
    assert made.catalogue.check() == []
    made.catalogue.close()
    return ours.processor / alone.processor, job.processor / bare.processor


@pytest.mark.slow
def test_our_own_export_comes_back_fast(tmp_path: Path) -> None:
    unchanged, mixed = measured(tmp_path, ROWS)
    assert unchanged < MOST_TIMES_READING
    assert mixed < MOST_TIMES_BARE


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        measured(Path(scratch), int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
