import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.panes import Panes


@pytest.mark.parametrize(("width", "inspector"), [(1440, 384), (1024, 280)])
def test_inspector_gives_way_to_the_middle(qtbot: QtBot, light: Theme, width: int, inspector: int) -> None:
    panes = Panes()
    qtbot.addWidget(panes)
    panes.pages.addWidget(QWidget())
    panes.show_inspector(QWidget(), is_open=True)
    panes.resize(1440, 900)
    panes.set_widths(184, 384)
    panes.show()
    panes.resize(width, 700)
    assert panes.sizes() == pytest.approx([184, width - 184 - inspector, inspector], abs=2)
