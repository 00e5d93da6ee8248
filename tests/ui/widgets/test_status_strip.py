import pytest
from PySide6.QtWidgets import QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from storage.domain.text import msg
from ui.job import Job, Jobs, Progress
from ui.widgets.status_strip import StatusStrip


@pytest.fixture
def strip(qtbot: QtBot, jobs: Jobs) -> StatusStrip:
    strip = StatusStrip()
    strip.follow(jobs)
    qtbot.addWidget(strip)
    strip.show()
    return strip


def without_end(progress: Progress) -> None:
    while True:
        progress(2, 5, msg("Sheet {n}", n=1))


@pytest.fixture
def job(strip: StatusStrip, jobs: Jobs) -> Job:
    return jobs.run("Importing", without_end, print)


def test_progress_is_drawn(qtbot: QtBot, strip: StatusStrip, job: Job) -> None:
    bar = strip.findChild(QProgressBar)
    qtbot.waitUntil(lambda: (bar.value(), bar.maximum()) == (2, 5))


def test_what_is_done_is_said_in_words(qtbot: QtBot, strip: StatusStrip, job: Job) -> None:
    qtbot.waitUntil(lambda: strip._what.text() == "Sheet 1")


def test_cross_stops_the_job(qtbot: QtBot, strip: StatusStrip, job: Job) -> None:
    with qtbot.waitSignal(job.cancelled):
        strip.findChild(QToolButton).click()


def test_strip_is_quiet_afterwards(qtbot: QtBot, strip: StatusStrip, job: Job) -> None:
    job.cancel()
    qtbot.waitUntil(lambda: not strip.findChild(QProgressBar).isVisible())
