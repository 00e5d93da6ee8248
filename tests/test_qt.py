"""Canaries: what must hold of the installed Qt, whatever the program does."""

import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calls_into_qt_give_back_every_reference_to_none(qapp: object) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(300):
        label.setText("a")
    assert sys.getrefcount(None) > before - 100  # 6.12.0 loses one a call and then kills the process


@pytest.mark.x11
def test_a_window_reaches_the_screen(qtbot: QtBot) -> None:
    label = QLabel("시화 Sihwa")
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.show()
