"""Whether the window still answers while a worker imports, undoes and exports: how late a timer of 10 ms comes.

Run with -s to see the figures.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.proposal import Naming, Proposal
from storage.exchange import importing
from storage.exchange.exporting import export_catalogue
from storage.exchange.options import Options
from tests.benchmarks.test_import import foreign_table
from ui.job import Jobs

BEAT_MS = 10
FRAME_S, LONGEST_S = 0.05, 0.5  # what people do not notice; what a busy machine may add once in a while

pytestmark = pytest.mark.slow


class Heart(QObject):
    """Notes how long after each other its beats come."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    def fail(error: BaseException) -> None:
        raise error

    jobs = Jobs(fail)
    yield jobs
    jobs.close()


def beaten(qtbot: QtBot, jobs: Jobs, what: str, work: Callable[[], Any]) -> Any:
    """Do the work on the worker; print and judge how the heart beat meanwhile."""
    results: list[Any] = []
    heart = Heart()
    jobs.run(what, lambda _progress: work(), results.append)
    qtbot.waitUntil(lambda: bool(results), timeout=600_000)
    usual = quantiles(heart.gaps, n=100)[-1]
    longest = max(heart.gaps)
    print(f"\n{what:12} 99 of 100 beats within {usual * 1000:5.0f} ms, longest {longest * 1000:5.0f} ms", end="")
    assert usual < FRAME_S
    assert longest < LONGEST_S
    return results[0]


def test_the_window_answers_during_long_jobs(qtbot: QtBot, jobs: Jobs, empty: Catalogue, tmp_path: Path) -> None:
    path = foreign_table(tmp_path / "figures.xlsx", 100_000)
    naming = Naming(create_missing=True, new_entity_kind="region")

    def propose() -> Proposal:
        workbook = importing.open_workbook(path)
        return importing.propose_workbook(empty, workbook, importing.plan(empty, workbook, Options()), naming)

    proposal = beaten(qtbot, jobs, "propose", propose)
    beaten(qtbot, jobs, "apply", lambda: importing.apply(empty, proposal, {}))
    beaten(qtbot, jobs, "export", lambda: export_catalogue(empty, tmp_path / "out.xlsx"))
    beaten(qtbot, jobs, "undo", empty.undo)
