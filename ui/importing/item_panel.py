"""The panel of one item under review: all sides, the cells in the sheet, why it asks, what would be written."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from storage.domain.changes import Change
from storage.domain.problem import Problem
from storage.domain.proposal import Decision, Item, Outcome
from ui.importing.around import cells_around
from ui.importing.state import State
from ui.language import ntr, tr
from ui.models.proposal import ProposalModel
from ui.models.proposal_choices import SIDES, choice_text, is_of_three, keyed
from ui.models.proposal_texts import WORDS, ItemTexts, is_deleted
from ui.theme import Space, Theme
from ui.widgets.cell_grid import CellGrid
from ui.widgets.labels import Label, Tag, restyle, section_header

Laid = TypeVar("Laid", QGridLayout, QHBoxLayout, QVBoxLayout)
MOST_FIELDS = 12
USUAL = {"precision": "exact", "multiplier": 1.0, "status": "A"}
HIDDEN = ("_id", "_start", "_end")


class ItemPanel(QScrollArea):
    """Emits `decided(item, Decision)`."""

    decided = Signal(object, object)

    def __init__(self, model: ProposalModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._headline = Label("", "headline", wrap=True)
        self._facts = Label("", "muted", wrap=True)
        self._state = Tag()
        self._grid = CellGrid(theme)
        self._sides, self._sides_layout = _part(_table())
        self._buttons, self._buttons_layout = _part(QHBoxLayout())
        self._why, self._why_layout = _part(QVBoxLayout())
        self._written, self._written_layout = _part(_table())
        self._doubts, self._doubts_layout = _part(QVBoxLayout())
        self._headers = {key: section_header("") for key in ("doubts", "sheet", "why", "written")}
        content = QWidget()
        content.setObjectName("inspectorContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        column.setSpacing(Space.S)
        parts = (
            self._headline, self._facts, self._state, self._sides, self._buttons, self._headers["doubts"],
            self._doubts, self._headers["sheet"], self._grid, self._headers["why"], self._why,
            self._headers["written"], self._written,
        )  # fmt: skip
        for part in parts:
            column.addWidget(part)
        column.addStretch()
        self.setWidget(content)

    def show_item(self, item: Item | None, state: State) -> None:
        """Show an item, None for nothing."""
        texts = self._model.texts
        for part in (self._state, self._sides, self._buttons, self._grid, self._doubts, self._why, self._written):
            part.setVisible(item is not None and texts is not None)
        for name in self._headers:
            self._head(name, "")
        if item is None or texts is None:
            self._headline.setText(tr("Nothing chosen"))
            self._facts.setText("")
            return
        self._headline.setText(texts.title(item))
        self._facts.setText(_facts(item, texts))
        word, tone = WORDS[item.outcome]
        self._state.show_tag(tr(word), tone)
        self._show_sides(item, texts)
        self._show_buttons(item)
        self._show_doubts(item)
        cells = cells_around(state, item)
        self._head("sheet", tr("In the sheet") if cells.rows else "")
        self._grid.show_cells(cells)
        self._show_why(item, texts)
        self._show_written(item, texts)

    def _head(self, name: str, text: str) -> None:
        self._headers[name].setText(text)
        self._headers[name].setVisible(bool(text))

    def _show_sides(self, item: Item, texts: ItemTexts) -> None:
        """Show what stands against each other; of three values each beside the button that takes it."""
        _clear(self._sides_layout)
        if is_of_three(item):
            for place, (key, decision) in enumerate(keyed(item).items()):
                button, value = self._button(item, key, decision), texts.side(item, decision)
                self._sides_layout.addWidget(button, place, 0, Qt.AlignmentFlag.AlignTop)
                self._sides_layout.addWidget(Label(value if decision in SIDES else "", wrap=True), place, 1)
            return
        rows = texts.sides(item)
        for place, (title, value) in enumerate(rows):
            self._sides_layout.addWidget(Label(title, "muted"), place, 0)
            self._sides_layout.addWidget(Label(value or "–", "strong" if place else "plain", wrap=True), place, 1)
        self._sides.setVisible(any(value for _, value in rows))

    def _show_buttons(self, item: Item) -> None:
        _clear(self._buttons_layout)
        self._buttons.setVisible(bool(item.decisions) and not is_of_three(item))
        if is_of_three(item):
            return
        for key, decision in keyed(item).items():
            self._buttons_layout.addWidget(self._button(item, key, decision))
        self._buttons_layout.addStretch()

    def _button(self, item: Item, key: int, decision: Decision) -> QPushButton:
        review, button = self._model.review, QPushButton(choice_text(item, key, decision))
        chosen = review is not None and review.decision(item) is decision and not review.is_open(item)
        restyle(button, "chosen", chosen)
        restyle(button, "choice", is_of_three(item))
        button.setAccessibleName(tr("{choice}, chosen", choice=button.text()) if chosen else button.text())
        button.clicked.connect(partial(self._tell, item, decision))
        return button

    def _tell(self, item: Item, decision: Decision, _checked: bool = False) -> None:
        self.decided.emit(item, decision)

    def _show_doubts(self, item: Item) -> None:
        """Show what somebody should check, each with its cell and what to do about it."""
        _clear(self._doubts_layout)
        self._head("doubts", tr("To check") if item.doubts else "")
        self._doubts.setVisible(bool(item.doubts))
        for doubt in item.doubts:
            _show_finding(self._doubts_layout, doubt, doubt.cell)

    def _show_why(self, item: Item, texts: ItemTexts) -> None:
        """Show why an item is invalid or in conflict, and what nobody has to decide."""
        _clear(self._why_layout)
        told = [] if item.problem or item.doubts else [texts.remark(item)]
        notes = list(dict.fromkeys(text for text in (*told, tr(item.note) if item.note else "") if text))
        for text in notes:
            self._why_layout.addWidget(Label(text, wrap=True))
        if item.problem:
            _show_finding(self._why_layout, item.problem)
        self._head("why", _why_title(item) if item.problem or notes else "")
        self._why.setVisible(bool(item.problem or notes))

    def _show_written(self, item: Item, texts: ItemTexts) -> None:
        _clear(self._written_layout)
        rows = _written(item, texts)
        self._head("written", tr("What would be written") if rows else "")
        for place, (title, value) in enumerate(rows):
            self._written_layout.addWidget(Label(title, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._written_layout.addWidget(Label(value, wrap=True), place, 1)


def _part(layout: Laid) -> tuple[QWidget, Laid]:
    part = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(Space.S)
    part.setLayout(layout)
    return part, layout


def _table() -> QGridLayout:
    layout = QGridLayout()
    layout.setColumnStretch(1, 1)
    layout.setColumnMinimumWidth(0, 120)
    return layout


def _show_finding(layout: QVBoxLayout, problem: Problem, place: str = "") -> None:
    cause = tr(problem.cause)
    layout.addWidget(Label(tr("{cell}: {cause}", cell=place, cause=cause) if place else cause, wrap=True))
    layout.addWidget(Label(tr(problem.remedy), "muted", wrap=True))


def _clear(layout: QGridLayout | QHBoxLayout | QVBoxLayout) -> None:
    while item := layout.takeAt(0):
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def _facts(item: Item, texts: ItemTexts) -> str:
    place = tr("cell {cell} of {sheet}", cell=item.cell, sheet=item.sheet) if item.cell else ""
    rival = tr("against {cell}", cell=item.rival) if item.rival else ""
    return " · ".join(filter(None, (texts.kind(item.kind), place, rival)))


def _why_title(item: Item) -> str:
    if item.outcome is Outcome.INVALID:
        return tr("What is wrong")
    return tr("Why it asks") if item.outcome is Outcome.CONFLICT else tr("Note")


def _written(item: Item, texts: ItemTexts) -> list[tuple[str, str]]:
    """Return the fields that accepting the item writes, as label and text; of three values each says so itself."""
    if is_of_three(item) and not is_deleted(item):
        return []
    if item.deltas and item.outcome is not Outcome.INVALID:
        blank = tr("blank") if item.outcome is Outcome.CHANGED else ""
        said = [delta for delta in item.deltas if delta.ours is not None or delta.theirs != USUAL.get(delta.column)]
        kind = item.kind
        told = [(texts.field(kind, delta.column), texts.told(kind, delta, "theirs") or blank) for delta in said]
        rows = [row for row in told if row[1]]
    else:
        rows = [row for change in item.take[:1] for row in _columns(change, texts)]
    more = len(item.take) - 1
    if more > 0:
        rows.append((tr("And"), ntr("{n} more record with it", "{n} more records with it", more)))
    return rows


def _columns(change: Change, texts: ItemTexts) -> list[tuple[str, str]]:
    shown = {name: value for name, value in change.after.items() if value not in (None, "")}
    named = [(name, value) for name, value in shown.items() if not name.endswith(HIDDEN)][:MOST_FIELDS]
    kind = change.kind
    return [(texts.field(kind, name), texts.value(kind, name, value, str(value))) for name, value in named]
