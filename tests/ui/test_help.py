import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from storage.domain.text import msg
from ui.command import Command
from ui.help import ShortcutList, about, getting_started
from ui.language import Language, LanguageSwitch


@pytest.mark.parametrize(("language", "words"), [(Language.ENGLISH, "Getting started"), (Language.KOREAN, "시작하기")])
def test_first_steps_come_in_the_windows_language(languages: LanguageSwitch, language: Language, words: str) -> None:
    languages.set_language(language)
    assert words in getting_started()


@pytest.mark.parametrize("words", ["MIT", "ISC License", "PySide6"])
def test_about_names_the_licences(languages: LanguageSwitch, words: str) -> None:
    assert words in about()


def test_shortcuts_list_what_has_keys(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    commands = [Command("a", msg("Mark"), str, "Ctrl+M"), Command("b", msg("Other"), str)]
    texts = [label.text() for label in ShortcutList(commands, parent).findChildren(QLabel)]
    assert texts == ["Mark", "Ctrl+M"]
