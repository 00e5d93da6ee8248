"""The head of a page of records: title, how many of how many, search, and buttons."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.browse.views import ViewsButton
from ui.command import Command
from ui.language import tr
from ui.theme import Space
from ui.widgets.buttons import CommandButton
from ui.widgets.labels import Label
from ui.widgets.search_box import SearchBox


class HeaderButtons(QWidget):
    """The buttons at the right: views, columns, a new record, and the comparison as the one that stands out."""

    def __init__(self, views: ViewsButton, columns: Command, new: Command, compare: Command | None) -> None:
        super().__init__()
        self.views = views
        self.columns = CommandButton(columns, self)
        self.new = CommandButton(new, self)
        self.compare = None if compare is None else CommandButton(compare, self, primary=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        for button in (self.views, self.columns, self.new, self.compare):
            if button is not None:
                row.addWidget(button)

    def update_state(self) -> None:
        """Follow the selection."""
        if self.compare is not None:
            self.compare.update_state()


class BrowseHeader(QWidget):
    """Title and count at the left, the search box and buttons at the right."""

    def __init__(self, title: str, buttons: HeaderButtons, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = Label(title, "title", self)
        self.count = Label("", "muted", self)
        self.search = SearchBox(tr("Search in {page}", page=title), self)
        self.search.setMinimumWidth(90)
        self.search.setMaximumWidth(240)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.title)
        row.addSpacing(Space.XS)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.search, 2)
        row.addWidget(buttons)

    def show_count(self, found: int, total: int) -> None:
        """Show “67 of 180”, or only the number where nothing is narrowed."""
        text = f"{total:,}" if found == total else tr("{found} of {total}", found=f"{found:,}", total=f"{total:,}")
        self.count.setText(text)

    def show_words(self, words: str) -> None:
        """Show what is searched for, without searching again."""
        if self.search.text().strip() != words:
            with QSignalBlocker(self.search):
                self.search.setText(words)
