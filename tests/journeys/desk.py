"""The hand of the person at the desk: drops files, clicks, presses keys, answers menus and dialogs."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.proposal import Item
from storage.domain.query import Query
from ui.browse.page import RecordsPage
from ui.importing.state import State, Step
from ui.pages.import_ import ImportPage
from ui.window import Window

LEFT, NONE, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
LONGEST = 60_000  # ms
LOOK_AGAIN, MOST_LOOKS = 15, 600  # ms between two looks for a menu or a dialog that waits, and how many


class Desk:
    """One window as its user drives it; what is awaited is waited for, never slept for."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot = qtbot
        self.window = window

    @property
    def page(self) -> ImportPage:
        page = self.window.navigation.pages["import"]
        assert isinstance(page, ImportPage)
        return page

    @property
    def state(self) -> State:
        return self.page.session.state

    @property
    def catalogue(self) -> Catalogue:
        return self.window.context.bridge.catalogue

    @property
    def items(self) -> tuple[Item, ...]:
        """All that the review under way holds."""
        assert self.state.review is not None
        return self.state.review.proposal.items

    def settle(self) -> None:
        jobs = self.window.context.jobs
        self.qtbot.waitUntil(lambda: self.state.busy is None and jobs.idle, timeout=LONGEST)

    def drop(self, path: Path) -> None:
        """Drop a file on the window, as the desktop does."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        self.window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, NONE))
        self.settle()

    def show(self, page: str) -> QWidget:
        """Go to a page by the rail's key."""
        place = list(self.window.navigation.pages).index(page) + 1
        self.qtbot.keyClick(self.window, str(place), CONTROL)
        self.settle()
        return self.window.navigation.pages[page]

    def button(self, text: str, within: QWidget | None = None) -> QPushButton:
        """The button with these words that can be pressed now."""

        def found() -> list[QPushButton]:
            buttons = (within or self.window).findChildren(QPushButton)
            return [b for b in buttons if b.text() == text and b.isVisible() and b.isEnabled()]

        self.qtbot.waitUntil(lambda: bool(found()))
        return found()[0]

    def press(self, text: str, within: QWidget | None = None) -> None:
        self.click(self.button(text, within))

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        self.qtbot.mouseClick(widget, LEFT, pos=place or widget.rect().center())
        self.settle()

    def apply(self) -> None:
        """Press the button that applies what was decided."""
        count = self.state.review.count if self.state.review else 0
        self.press("Apply 1 change" if count == 1 else f"Apply {count:,} changes")
        assert self.state.step is Step.DONE

    def edit(self, page: str, record: str, header: str, text: str) -> None:
        """Go to a cell of a list of records and type another value into it."""
        shown = self.show(page)
        assert isinstance(shown, RecordsPage)
        view, row = shown.table, [cells["Name"] for cells in table(shown.table)].index(record)
        index = view.model().index(row, headers(view).index(header))
        view.scrollTo(index)
        self.click(view.viewport(), view.visualRect(index).center())
        self.qtbot.keyClick(view, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
        line = QApplication.focusWidget()
        self.qtbot.keyClick(line, Qt.Key.Key_A, CONTROL)
        self.qtbot.keyClicks(line, text)
        with self.qtbot.waitSignal(self.window.context.bridge.changed):
            self.qtbot.keyClick(line, Qt.Key.Key_Return)
        self.settle()

    def undo(self) -> None:
        """Take the newest change back by its key."""
        with self.qtbot.waitSignal(self.window.context.bridge.changed):
            self.qtbot.keyClick(self.window, Qt.Key.Key_Z, CONTROL)
        self.settle()

    # What waits for an answer

    def answering(self, answer: Callable[[], bool], act: Callable[[], object]) -> None:
        """Do what opens a menu or dialog; look for it till it is there, even while the act waits in it."""
        timer, answered, looks = QTimer(), [], itertools.count()

        def look() -> None:
            if answered or next(looks) > MOST_LOOKS:
                timer.stop()
                _give_up(answered)
            elif answer():
                answered.append(True)

        timer.timeout.connect(look)
        timer.start(LOOK_AGAIN)
        act()
        self.qtbot.waitUntil(lambda: bool(answered))
        self.settle()

    def choose(self, act: Callable[[], object], *words: str) -> None:
        """Open a menu and click the entry with these words; the words before it open its submenus."""
        for place, word in enumerate(words):
            self.answering(lambda word=word: _entry_clicked(self.qtbot, word), act if place == 0 else lambda: None)

    def menu_bar(self, menu: str, entry: str) -> None:
        """Choose from the menus of the window."""
        bar = self.window.findChild(QMenuBar)
        action = next(action for action in bar.actions() if action.text() == menu)
        self.choose(lambda: self.qtbot.mouseClick(bar, LEFT, pos=bar.actionGeometry(action).center()), entry)

    def save_as(self, act: Callable[[], object], path: Path) -> None:
        """Do what asks where to, type a path, and wait for the file."""
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        self.answering(lambda: _path_typed(self.qtbot, path), act)
        self.qtbot.waitUntil(path.exists)
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.settle()

    # The mapping

    def column_button(self, letters: str) -> Callable[[], None]:
        """The click on the button over a column of the sheet."""
        header = self.page.mapping.table.horizontalHeader()
        section = ord(letters) - ord("A")
        place = QPoint(header.sectionViewportPosition(section) + header.sectionSize(section) // 2, header.height() - 12)
        return lambda: self.qtbot.mouseClick(header.viewport(), LEFT, pos=place)

    def type_into(self, field: QLineEdit, text: str, *, leave: bool = True) -> None:
        """Replace what stands in a field, and press Enter."""
        self.qtbot.mouseClick(field, LEFT)
        self.qtbot.keyClick(field, Qt.Key.Key_A, CONTROL)
        self.qtbot.keyClick(field, Qt.Key.Key_Backspace)
        self.qtbot.keyClicks(field, text)
        if leave:
            self.qtbot.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    # The review

    def go_to(self, item: Item) -> None:
        """Click the row of an item."""
        table = self.page.review.table
        index = table.proposal.index(table.proposal.row_of(item.number), 1)
        table.scrollTo(index)
        self.click(table.viewport(), table.visualRect(index).center())
        assert table.currentIndex().row() == index.row()

    def decide(self, item: Item, key: str) -> None:
        """Go to an item and decide it by its key."""
        self.go_to(item)
        self.qtbot.keyClick(self.page.review.table, key)
        self.settle()


def figures(catalogue: Catalogue, period: str = "") -> dict[tuple[str, str, str], float]:
    """The figures whose period begins with these letters, in plain units, by record, metric and period."""
    found = catalogue.stored(Query("observation"), ("entity_id", "metric_id", "period", "value", "multiplier"))
    told = [row for row in found if str(row[3] or "").startswith(period) and row[4] is not None]
    names = {kind: catalogue.refs(kind, [row[at] for row in told]) for kind, at in (("entity", 1), ("metric", 2))}
    return {(names["entity"][row[1]].name, names["metric"][row[2]].name, row[3]): row[4] * row[5] for row in told}


def headers(view: QAbstractItemView) -> list[str]:
    """What stands over the columns of a table, without the mark of how it is sorted."""
    model = view.model()
    found = (str(model.headerData(place, Qt.Orientation.Horizontal)) for place in range(model.columnCount()))
    return [header.rstrip(" ▴▾") for header in found]


def table(view: QAbstractItemView) -> list[dict[str, str]]:
    """What a table shows, row by row under its headers."""
    model, columns = view.model(), headers(view)
    return [
        {header: str(model.index(row, place).data() or "") for place, header in enumerate(columns)}
        for row in range(model.rowCount())
    ]


def _give_up(answered: list[bool]) -> None:
    """Close what nobody answered, so that the test fails and does not wait in it for ever."""
    waiting = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if not answered and waiting is not None:
        waiting.close()


def _entry_clicked(qtbot: QtBot, words: str) -> bool:
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu) or not menu.isVisible():
        return False
    found = [action for action in menu.actions() if action.text().replace("&", "").startswith(words)]
    if not found or not found[0].isEnabled():
        return False
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(found[0]).center())
    return True


def _path_typed(qtbot: QtBot, path: Path) -> bool:
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, QFileDialog):
        return False
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    accepting = QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Open
    box = dialog.findChild(QDialogButtonBox)
    [button] = [button for button in box.buttons() if box.standardButton(button) & accepting]
    qtbot.mouseClick(button, LEFT)
    return not dialog.isVisible()
