from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.rail import Rail, RailEntry


def make_rail(qtbot: QtBot, width: int) -> Rail:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.set_entries([RailEntry("organisations", "", "Organisations", "building-2", "")])
    rail.show_count("organisations", 1234)
    rail.resize(width, 200)
    rail.show()
    return rail


def test_title_gives_way_to_the_count(qtbot: QtBot, light: Theme) -> None:
    rail = make_rail(qtbot, 120)
    button = rail._buttons["organisations"]
    assert button.text().endswith("…")
    assert button.accessibleName() == "Organisations, 1,234"


def test_title_is_whole_where_there_is_room(qtbot: QtBot, light: Theme) -> None:
    rail = make_rail(qtbot, 260)
    assert rail._buttons["organisations"].text() == "Organisations"
