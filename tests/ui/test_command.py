import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from storage.domain.text import msg
from ui.command import Command, CommandAction, actions


class Lamp:
    def __init__(self) -> None:
        self.lit = False

    def switch(self) -> None:
        self.lit = not self.lit

    def is_lit(self) -> bool:
        return self.lit


@pytest.fixture
def lamp() -> Lamp:
    return Lamp()


@pytest.fixture
def action(qapp: QApplication, lamp: Lamp) -> CommandAction:
    command = Command("switch", msg("Switch"), lamp.switch, "Ctrl+L", "sun", checked=lamp.is_lit)
    return actions([command], qapp)["switch"]


def test_action_runs_the_command(action: CommandAction, lamp: Lamp) -> None:
    action.trigger()
    assert lamp.lit


def test_action_shows_the_state_after_running(action: CommandAction) -> None:
    action.trigger()
    assert action.isChecked()


def test_tool_tip_tells_the_shortcut(action: CommandAction) -> None:
    assert action.toolTip() == "Switch (Ctrl+L)"


def test_action_takes_the_shortcut(action: CommandAction) -> None:
    assert action.shortcut() == QKeySequence("Ctrl+L")


def test_menu_ticks_what_is_on_rather_than_tinting_it(action: CommandAction) -> None:
    assert not action.isIconVisibleInMenu()


def test_text_and_state_are_asked_again(qapp: QObject, lamp: Lamp) -> None:
    command = Command("off", lambda: msg("Off") if lamp.lit else msg("On"), lamp.switch, enabled=lamp.is_lit)
    action = CommandAction(command, qapp)
    lamp.switch()
    action.update_state()
    assert (action.text(), action.isEnabled()) == ("Off", True)
