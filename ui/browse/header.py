"""The head of a page of records: title, how many of how many, search, and buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.browse.views import ViewsButton
from ui.command import Command
from ui.language import tr
from ui.theme import Space
from ui.widgets.buttons import CommandButton
from ui.widgets.labels import Label
from ui.widgets.search_box import SearchBox

LEAST_SEARCH, CALM_SEARCH = 90, 190


class HeaderButtons(QWidget):
    """The buttons at the right: views, columns, export, a new record, and the comparison as the one that stands out."""

    def __init__(self, views: ViewsButton, plain: Sequence[Command], compare: Command | None) -> None:
        super().__init__()
        self.views = views
        self.columns, self.export, self.new = (CommandButton(command, self) for command in plain)
        self.compare = None if compare is None else CommandButton(compare, self, primary=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        for button in (self.views, self.columns, self.export, self.new, self.compare):
            if button is not None:
                row.addWidget(button)
        self.fit(0)

    def update_state(self) -> None:
        """Follow the selection."""
        if self.compare is not None:
            self.compare.update_state()

    def _worded(self) -> list[tuple[QPushButton, str]]:
        """The buttons that can do with their icon, those whose words matter most first."""
        plain = [(button, button.action.text()) for button in (self.new, self.columns, self.export)]
        return [(self.views, self.views.title), *plain]

    def _width_of(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + Space.S if text else 0

    @property
    def words_width(self) -> int:
        """The width of the words that are shown beside icons."""
        return sum(self._width_of(button.text()) for button, _ in self._worded())

    @property
    def hidden_width(self) -> int:
        """The width of the buttons that gave way."""
        return sum(button.sizeHint().width() + Space.S for button in self._spare() if button.isHidden())

    @property
    def spare_width(self) -> int:
        """The width of the buttons that can give way."""
        return sum(button.sizeHint().width() + Space.S for button in self._spare())

    def _spare(self) -> tuple[CommandButton, ...]:
        """The buttons whose commands are found in the menu as well, the first to give way first."""
        return (self.export, self.columns)

    def fit(self, room: int) -> None:
        """Show the words of as many buttons as there is room for; without any (below 0) the spare ones give way."""
        for spare in self._spare():
            spare.setHidden(room < 0)
            room += spare.sizeHint().width() + Space.S if room < 0 else 0
        for button, text in self._worded():
            fits = self._width_of(text) <= room
            button.setText(text.replace("&", "&&") if fits else "")
            room -= self._width_of(text) if fits else 0


class BrowseHeader(QWidget):
    """Title and count at the left, the search box and buttons at the right."""

    def __init__(self, title: str, buttons: HeaderButtons, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self.title = Label(title, "title", self)
        self.count = Label("", "muted", self)
        self.search = SearchBox(tr("Search in {page}", page=title), self)
        self.search.setMinimumWidth(LEAST_SEARCH)
        self.search.setMaximumWidth(240)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        buttons.views.retitled.connect(self._fit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.title)
        row.addSpacing(Space.XS)
        row.addWidget(self.count)
        row.addStretch()
        row.addWidget(self.search, 2)
        row.addWidget(buttons)

    def minimumSizeHint(self) -> QSize:
        """Return the least size, with icons in place of words."""
        return QSize(self._full_width() - self._buttons.spare_width, super().minimumSizeHint().height())

    def _full_width(self) -> int:
        """The least width with all the buttons, as icons."""
        return super().minimumSizeHint().width() - self._buttons.words_width + self._buttons.hidden_width

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show words on buttons where there is room for them and for the search."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        room = self.width() - self._full_width()
        self._buttons.fit(min(room, max(room - (CALM_SEARCH - LEAST_SEARCH), 0)))

    def show_count(self, found: int, total: int) -> None:
        """Show “67 of 180”, or only the number where nothing is narrowed."""
        text = f"{total:,}" if found == total else tr("{found} of {total}", found=f"{found:,}", total=f"{total:,}")
        self.count.setText(text)

    @Slot()
    def show_searching(self) -> None:
        """Say that the answer is being looked for."""
        self.count.setText(tr("Searching …"))

    def show_words(self, words: str) -> None:
        """Show what is searched for, without searching again."""
        if self.search.text().strip() != words:
            with QSignalBlocker(self.search):
                self.search.setText(words)
