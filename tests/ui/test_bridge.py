import threading

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from storage.domain.changes import ChangeSet, insert, update
from storage.domain.text import msg
from storage.errors import CatalogueError, StaleChange
from ui.bridge import Bridge

NEW = ChangeSet.of([insert("cluster", {"name": "Test Valley"}, -1)])


def test_change_is_announced_with_its_revision(qtbot: QtBot, bridge: Bridge) -> None:
    with qtbot.waitSignal(bridge.changed) as told:
        revision = bridge.perform(NEW, msg("New cluster"))
    assert told.args == [revision]


def test_change_made_on_a_worker_is_heard_on_the_thread_of_the_window(qtbot: QtBot, bridge: Bridge, qapp) -> None:
    threads: list[QThread] = []
    bridge.changed.connect(lambda _: threads.append(QThread.currentThread()))
    worker = threading.Thread(target=bridge.catalogue.apply, args=(NEW, msg("New cluster")))
    with qtbot.waitSignal(bridge.changed):
        worker.start()
    worker.join()
    assert threads == [qapp.thread()]


def test_performed_change_deserves_a_toast(qtbot: QtBot, bridge: Bridge) -> None:
    with qtbot.waitSignal(bridge.performed):
        bridge.perform(NEW, msg("New cluster"))


def test_quiet_change_deserves_none(qtbot: QtBot, bridge: Bridge) -> None:
    with qtbot.assertNotEmitted(bridge.performed):
        bridge.perform(NEW, msg("New cluster"), announce=False)


def test_change_that_changes_nothing_deserves_none(qtbot: QtBot, bridge: Bridge) -> None:
    with qtbot.assertNotEmitted(bridge.performed):
        bridge.perform(ChangeSet.of([]), msg("Nothing"))


def test_undo_takes_the_change_back(bridge: Bridge) -> None:
    before = bridge.catalogue.checksum()
    bridge.perform(NEW, msg("New cluster"))
    bridge.undo()
    assert bridge.catalogue.checksum() == before


def test_redo_makes_it_again(bridge: Bridge) -> None:
    bridge.perform(NEW, msg("New cluster"))
    after = bridge.catalogue.checksum()
    bridge.undo()
    bridge.redo()
    assert bridge.catalogue.checksum() == after


def test_stale_change_is_refused(bridge: Bridge) -> None:
    new_id = bridge.perform(NEW, msg("New cluster")).new_ids[-1]
    with pytest.raises(StaleChange):
        bridge.perform(ChangeSet.of([update("cluster", new_id, {"name": "Old"}, {"name": "New"})]), msg("Name"))


def test_nothing_to_redo_is_refused(bridge: Bridge) -> None:
    with pytest.raises(CatalogueError):
        bridge.redo()


def test_change_is_heard_only_after_perform_has_returned(bridge: Bridge) -> None:
    heard: list[object] = []
    bridge.changed.connect(heard.append)
    bridge.perform(NEW, msg("New cluster"))
    assert heard == []
