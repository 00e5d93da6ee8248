"""The table of a million observations against a bare model over the same ids: ratios printed, wide limits asserted."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert
from storage.domain.query import Query
from storage.domain.text import msg
from ui.bridge import Bridge
from ui.fonts import ensure_korean
from ui.job import Jobs
from ui.page import Context
from ui.pages.data import DataPage
from ui.preferences import Preferences
from ui.theme import Scheme, Theme

COUNT = 1_000_000
ENTITIES, METRICS = 1_000, 20
STEPS = 40
FIGURES = f"""
    INSERT INTO observation (entity_id, metric_id, period, period_start, period_end, value, passage_id)
    WITH RECURSIVE step(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM step WHERE i + 1 < {COUNT})
    SELECT :entity + i % {ENTITIES}, :metric + i / {ENTITIES} % {METRICS}, 1950 + i / 20000,
        printf('%d-01-01', 1950 + i / 20000), printf('%d-01-01', 1951 + i / 20000), i * 7919 % 1000003, :passage
    FROM step"""


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.clusters"
    catalogue = Catalogue.create(path, sample=False)
    base = [
        *(
            insert("organisation", {"name": f"Organisation {n}", "name_ko": f"기관 {n}"}, -n)
            for n in range(1, ENTITIES + 1)
        ),
        *(insert("metric", {"name": f"Metric {n}"}, -ENTITIES - n) for n in range(1, METRICS + 1)),
        insert("source", {"title": "Survey"}, -9000),
        insert("passage", {"source_id": -9000, "locator": "p. 1"}, -9001),
    ]
    ids = catalogue.apply(ChangeSet.of(base), msg("Base")).new_ids
    catalogue.close()
    first = {"entity": ids[-1], "metric": ids[-ENTITIES - 1], "passage": ids[-9001]}
    # written past the catalogue, inside a revision as its triggers want it: change by change would take minutes
    with sqlite3.connect(path) as file:
        file.execute("INSERT INTO revision (label, author, at, kind) VALUES ('Figures', '', '2026-01-01', 'import')")
        file.execute("INSERT INTO writing (id, revision_id) SELECT 1, max(id) FROM revision")
        file.execute(FIGURES, first)
        file.execute("DELETE FROM writing")
    file.close()
    return path


class BareModel(QAbstractTableModel):
    """The floor: the same ids, one short text a cell, nothing read and nothing formatted."""

    def __init__(self, ids: np.ndarray) -> None:
        super().__init__()
        self._ids = ids

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self._ids)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 9

    def data(self, index: QModelIndex, role: int = 0) -> Any:
        return str(self._ids[index.row()]) if role == 0 else None


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, large_file: Path) -> Iterator[DataPage]:
    ensure_korean(qapp)
    catalogue = Catalogue.open(large_file)
    jobs = Jobs(lambda error: pytest.fail(str(error)))
    page = DataPage(Context(Bridge(catalogue), jobs, Theme(qapp, Scheme.LIGHT), Preferences(), large_file.parent))
    page.resize(1000, 800)
    qtbot.addWidget(page)
    yield page
    jobs.close()
    catalogue.close()


def milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    QApplication.processEvents()
    return (time.perf_counter() - begun) * 1000


def scrolled(view: QTableView, step: int) -> float:
    """How long a step takes, painted; the best quarter of them, since the machine may be busy with something else."""
    bar = view.verticalScrollBar()
    bar.setValue(0)

    def one() -> None:
        bar.setValue((bar.value() + step) % bar.maximum())
        view.viewport().repaint()

    return float(np.percentile([milliseconds(one) for _ in range(STEPS)], 25))


def report(what: str, ours: float, floor: float) -> float:
    print(f"\n{what}: {ours:.1f} ms, bare model over the same ids {floor:.1f} ms, ratio {ours / floor:.2f}")
    return ours / floor


@pytest.mark.slow
def test_a_million_observations_open_and_scroll(qtbot: QtBot, page: DataPage) -> None:
    ids = page.context.bridge.catalogue.ids(Query("observation"))
    opened = milliseconds(lambda: (page.enter(), page.show(), qtbot.waitExposed(page)))
    asked = milliseconds(lambda: qtbot.waitUntil(lambda: page.table.records.rowCount() == COUNT, timeout=60_000))
    view = QTableView()
    view.resize(1000, 700)
    bare = BareModel(ids)
    view.setModel(bare)
    qtbot.addWidget(view)
    bare_opened = milliseconds(lambda: (view.show(), qtbot.waitExposed(view)))
    report("window of the page", opened, bare_opened)
    print(f"ids asked on a worker and first rows painted: {asked:.0f} ms")
    wheel = report("wheel step", scrolled(page.table, 3), scrolled(view, 3))
    jump = report("jump of 9,973 rows", scrolled(page.table, 9_973), scrolled(view, 9_973))
    assert wheel < 4
    assert jump < 12
