import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from storage.domain.text import msg
from storage.errors import CatalogueError
from ui.problems import ProblemDialog, Problems


@pytest.fixture
def problems(qapp: QApplication) -> Iterator[Problems]:
    problems = Problems(qapp)
    yield problems
    for dialog in dialogs():
        dialog.close()


def dialogs() -> list[ProblemDialog]:
    found = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, ProblemDialog))
    return [dialog for dialog in found if dialog.isVisible()]


def bug() -> ZeroDivisionError:
    try:
        raise ZeroDivisionError("by zero")
    except ZeroDivisionError as error:
        return error


def test_expected_trouble_opens_no_dialog(qtbot: QtBot, problems: Problems) -> None:
    error = CatalogueError(msg("The disk is full."))
    with qtbot.waitSignal(problems.expected) as told:
        problems.meet(error)
    assert (told.args, dialogs()) == ([error], [])


def test_bug_is_shown_with_its_trace(problems: Problems) -> None:
    problems.meet(bug())
    assert "ZeroDivisionError: by zero" in dialogs()[0].details.toPlainText()


def test_many_bugs_open_one_dialog(problems: Problems) -> None:
    for _ in range(50):
        problems.meet(bug())
    assert len(dialogs()) == 1


def test_bug_after_the_dialog_was_closed_is_shown_again(problems: Problems) -> None:
    problems.meet(bug())
    dialogs()[0].accept()
    problems.meet(bug())
    assert len(dialogs()) == 1


def test_details_can_be_copied(problems: Problems) -> None:
    problems.meet(bug())
    next(b for b in dialogs()[0].findChildren(QPushButton) if b.text() == "Copy details").click()
    assert "by zero" in QApplication.clipboard().text()


def test_bug_goes_into_the_log(problems: Problems, caplog: pytest.LogCaptureFixture) -> None:
    problems.meet(bug())
    assert "by zero" in caplog.text


def test_bug_on_another_thread_is_shown(qtbot: QtBot, problems: Problems) -> None:
    worker = threading.Thread(target=problems.meet, args=(bug(),))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)


def test_hooks_are_taken_and_given_back(problems: Problems, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    problems.install()
    try:
        sys.excepthook(ZeroDivisionError, bug(), None)
        shown = len(dialogs())
    finally:
        problems.remove()
    assert (shown, sys.excepthook) == (1, sys.__excepthook__)


@pytest.mark.qt_no_exception_capture
def test_what_qt_complains_about_goes_into_the_log(
    problems: Problems, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    caplog.set_level(logging.WARNING)
    problems.install()
    try:
        qWarning("a layout is odd")
    finally:
        problems.remove()
    assert "a layout is odd" in caplog.text
