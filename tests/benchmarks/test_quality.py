"""How fast figures are checked, beside the standard library's csv module that only reads the same figures.

Run with -s to see the figures.
"""

import csv
import io
import random
import time
from collections.abc import Callable, Sequence

import pytest

from storage.catalogue import Catalogue
from storage.domain.changes import insert
from storage.domain.heap import many_objects
from storage.domain.proposal import Item, Outcome
from storage.exchange.quality import with_doubts

METRICS, RECORDS, YEARS = 10, 500, 20
MOST_TIMES_READING = 4.5  # half as much again as what is seen


def items() -> list[Item]:
    """A hundred thousand new figures in series that grow by a few per cent, with one lost multiplier."""
    chance = random.Random(2)
    made = [insert("metric", {"name": f"Metric {m}"}, -1 - m) for m in range(METRICS)]
    made += [insert("region", {"name": f"Region {r}"}, -1000 - r) for r in range(RECORDS)]
    for metric in range(METRICS):
        for record in range(RECORDS):
            value = chance.lognormvariate(8, 1)
            for year in range(2000, 2000 + YEARS):
                value *= chance.lognormvariate(0.02, 0.05)
                made.append(insert("observation", {
                    "entity_id": -1000 - record, "metric_id": -1 - metric, "period": str(year), "multiplier": 1.0,
                    "period_start": f"{year}-01-01", "period_end": f"{year + 1}-01-01", "value": round(value, 1),
                    "scope": "", "scenario": "actual", "measure": "level", "status": "A",
                }))  # fmt: skip
    made[-7].after["value"] *= 1000
    return [Item(0, change.kind, Outcome.NEW, "", "", "Sheet", "A1", take=(change,)) for change in made]


def as_text(items: Sequence[Item]) -> str:
    """Write the figures as a CSV file has them."""
    rows = [item.take[0].after for item in items if item.kind == "observation"]
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def only_read(text: str) -> float:
    """Read every row and the number in it."""
    return sum(float(row["value"]) for row in csv.DictReader(io.StringIO(text)))


def seconds(work: Callable[[], object]) -> float:
    """Processor time of the best of three."""
    best = 9e9
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def test_checking_a_hundred_thousand_figures(empty: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    told = items()
    text = as_text(told)
    assert sum(bool(item.doubts) for item in with_doubts(empty, told)) == 1
    with many_objects():  # as every step of an import
        checked = seconds(lambda: with_doubts(empty, told))
    read = seconds(lambda: only_read(text))
    with capsys.disabled():
        print(f"\n{len(told):,} checked in {checked:.2f} s, read as CSV in {read:.2f} s: {checked / read:.1f} times")
    assert checked < MOST_TIMES_READING * read
