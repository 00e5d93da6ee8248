"""The panel beside an import that has not begun, or is over: how it goes."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from storage.domain.text import Text, msg
from ui.language import tr
from ui.theme import Space
from ui.widgets.labels import Label

PARTS: tuple[tuple[Text, Text], ...] = (
    (
        msg("1 Mapping"),
        msg("The columns are guessed from headers and cells, each with its reason. A click corrects a guess."),
    ),
    (
        msg("2 Names"),
        msg("Names are matched by code, name, alias and close spelling. Only the doubtful and unknown ones are asked."),
    ),
    (
        msg("3 Review"),
        msg("New, changed, same, in conflict or invalid, cell by cell. Accept or leave each, or all at once."),
    ),
    (
        msg("One revision"),
        msg("All of it is written in one step and taken back in one step. The next edition opens ready mapped."),
    ),
)


class HelpPanel(QWidget):
    """Three steps and what comes of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        column.setSpacing(Space.XS)
        column.addWidget(Label(tr("How an import goes"), "headline"))
        for title, text in PARTS:
            column.addSpacing(Space.S)
            column.addWidget(Label(tr(title), "strong"))
            column.addWidget(Label(tr(text), "muted", wrap=True))
        column.addStretch()
