from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from ui.preferences import RECENT_FILES, Preferences, load_preferences, packed, save_preferences, unpacked


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def test_first_start_takes_the_defaults(settings: QSettings) -> None:
    assert load_preferences(settings) == Preferences()


def test_what_is_saved_is_read_again(settings: QSettings, tmp_path: Path) -> None:
    kept = Preferences(
        language="ko", inspector_open=False, rail_width=201, recent_files=["/a/판교.clusters"],
        page_states={"history": {"words": "a,b;\n\"c\"", "chosen": 3}},
    )  # fmt: skip
    save_preferences(kept, settings)
    again = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert load_preferences(again) == kept


@pytest.mark.parametrize("damage", ["", "{", '"text"', "true", "null", "1.5"])
def test_damaged_choice_takes_its_default(settings: QSettings, damage: str) -> None:
    settings.setValue("rail_width", damage)
    assert load_preferences(settings).rail_width == Preferences().rail_width


def test_recent_files_hold_each_once_newest_first(tmp_path: Path) -> None:
    preferences = Preferences()
    for name in ("a", "b", "a"):
        preferences.remember_file(tmp_path / name)
    assert preferences.recent_files == [str((tmp_path / name).resolve()) for name in ("a", "b")]


def test_recent_files_are_few(tmp_path: Path) -> None:
    preferences = Preferences()
    for number in range(20):
        preferences.remember_file(tmp_path / str(number))
    assert len(preferences.recent_files) == RECENT_FILES


def test_geometry_survives_as_text() -> None:
    assert unpacked(packed(b"\x00\xff")) == b"\x00\xff"


@pytest.mark.parametrize("text", ["é", "a", "%%%"])
def test_damaged_geometry_is_none(text: str) -> None:
    assert unpacked(text) == b""
