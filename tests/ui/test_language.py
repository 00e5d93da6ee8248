from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from storage import translations
from storage.domain.text import Text, msg
from ui.language import Language, LanguageSwitch, name_of, ntr, other_name, tr

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"

msgid "Clusters"
msgstr "클러스터"

msgid "Undo: {label}"
msgstr "{label} 실행 취소"

msgid "{n} change"
msgid_plural "{n} changes"
msgstr[0] "변경 {n}건"
"""


@pytest.fixture
def korean(languages: LanguageSwitch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LanguageSwitch]:
    (tmp_path / "ko.po").write_text(PO, encoding="utf-8")
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    translations.load_translations.cache_clear()
    languages.set_language(Language.KOREAN)
    yield languages
    translations.load_translations.cache_clear()


def test_english_is_its_own_key(languages: LanguageSwitch) -> None:
    assert tr("Find “{words}”", words="a{b}") == "Find “a{b}”"


def test_sentence_is_translated(korean: LanguageSwitch) -> None:
    assert tr("Clusters") == "클러스터"


def test_missing_sentence_stays_english(korean: LanguageSwitch) -> None:
    assert tr("No such sentence") == "No such sentence"


def test_text_of_storage_is_translated_with_what_it_holds(korean: LanguageSwitch) -> None:
    assert tr(msg("Undo: {label}", label=msg("Clusters"))) == "클러스터 실행 취소"


def test_braces_without_values_stay(languages: LanguageSwitch) -> None:
    assert tr(Text("a {b} c")) == "a {b} c"


def test_blank_text_stays_blank(korean: LanguageSwitch) -> None:
    assert tr("") == ""


@pytest.mark.parametrize(("n", "expected"), [(1, "1 change"), (1200, "1,200 changes")])
def test_number_chooses_the_english_plural(languages: LanguageSwitch, n: int, expected: str) -> None:
    assert ntr("{n} change", "{n} changes", n) == expected


def test_korean_has_one_plural(korean: LanguageSwitch) -> None:
    assert ntr("{n} change", "{n} changes", 2) == "변경 2건"


def test_qt_speaks_korean_too(korean: LanguageSwitch) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"


def test_qt_goes_back_to_english(korean: LanguageSwitch) -> None:
    korean.set_language(Language.ENGLISH)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


@pytest.mark.parametrize(
    ("names", "shown", "other"),
    [(("Gumi", "구미"), "구미", "Gumi"), (("Gumi", ""), "Gumi", ""), (("", "구미"), "구미", ""), (("A", "A"), "A", "")],
)
def test_names_follow_the_language(korean: LanguageSwitch, names: tuple[str, str], shown: str, other: str) -> None:
    assert (name_of(*names), other_name(*names)) == (shown, other)


def test_english_prefers_the_english_name(languages: LanguageSwitch) -> None:
    assert (name_of("Gumi", "구미"), other_name("Gumi", "구미")) == ("Gumi", "구미")


def test_change_is_announced(languages: LanguageSwitch, qtbot: QtBot) -> None:
    with qtbot.waitSignal(languages.changed):
        languages.set_language(Language.KOREAN)
