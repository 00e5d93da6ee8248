from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.query import Query
from storage.errors import CatalogueError
from ui.rescue import RescueDialog
from ui.theme import Theme


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "atlas.clusters"
    Catalogue.create(path, sample=True).close()
    path.write_bytes(path.read_bytes()[:60_000])
    return path


def make_dialog(qtbot: QtBot, damaged: Path, backup: Path | None = None) -> RescueDialog:
    with pytest.raises(CatalogueError) as met:
        Catalogue.open(damaged)
    dialog = RescueDialog(damaged, met.value, backup)
    qtbot.addWidget(dialog)
    return dialog


def test_the_sentence_names_the_file(qtbot: QtBot, light: Theme, damaged: Path) -> None:
    assert make_dialog(qtbot, damaged).sentence == "“atlas.clusters” is damaged; open the latest backup instead."


def test_a_new_catalogue_leaves_the_damaged_file_alone(qtbot: QtBot, light: Theme, damaged: Path) -> None:
    before = damaged.read_bytes()
    dialog = make_dialog(qtbot, damaged)
    dialog.begin.click()
    found = (dialog.catalogue.path.name, dialog.catalogue.count(Query("cluster")))
    dialog.catalogue.close()
    assert (found, damaged.read_bytes() == before) == (("atlas 2.clusters", 0), True)


def test_a_backup_is_opened_as_a_copy(qtbot: QtBot, light: Theme, damaged: Path, tmp_path: Path) -> None:
    backup = tmp_path / "atlas.20260101.schema-0.clusters"
    Catalogue.create(backup, sample=True).close()
    before = backup.read_bytes()
    dialog = make_dialog(qtbot, damaged, backup)
    dialog.from_backup.click()
    found = (dialog.catalogue.path.name, dialog.catalogue.count(Query("cluster")) > 0)
    dialog.catalogue.close()
    assert (found, backup.read_bytes() == before) == (("atlas 2.clusters", True), True)


def test_another_damaged_file_is_told_and_asked_again(qtbot: QtBot, light: Theme, damaged: Path) -> None:
    dialog = make_dialog(qtbot, damaged)
    dialog.open_file(damaged.with_name("gone.clusters"))
    assert (dialog.catalogue, "gone.clusters" in dialog.sentence) == (None, True)
