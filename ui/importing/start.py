"""The beginning of an import: a place to drop a workbook, reviews that were left, what is remembered and came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from storage.catalogue import Catalogue
from storage.domain.changes import Revision
from storage.domain.query import Order, Query
from storage.exchange.paused import Paused, PausedReviews
from ui.command import Command
from ui.icons import Tone
from ui.importing.head import STEPS
from ui.importing.recipe_row import RecipeRow
from ui.importing.state import State, Step
from ui.language import ntr, tr
from ui.models.revisions import local_time
from ui.theme import Space
from ui.widgets.buttons import CommandButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_label import IconLabel
from ui.widgets.labels import Label, Tag, section_header

LISTED = 8
WIDTH = 760


@dataclass(frozen=True)
class Before:
    """What was left and what came in: reviews, recipes by id and name, the last revisions, and those that stand."""

    left: tuple[Paused, ...]
    recipes: tuple[tuple[int, str], ...]
    imports: tuple[Revision, ...]
    standing: frozenset[int]


def read_before(catalogue: Catalogue, reviews: PausedReviews) -> Before:
    """Read the reviews that were left, the recipes and the last imports."""
    left = tuple(reviews.listed(catalogue.identity))
    recipes = catalogue.stored(Query("recipe", order=(Order("name"),)), ("name",))
    imports = [revision for revision in catalogue.history() if revision.kind == "import"]
    named = tuple((int(id), str(name)) for id, name in recipes)
    return Before(left, named, tuple(imports[:LISTED]), catalogue.standing())


class StartView(QScrollArea):
    """Emits `undo_wanted(revision)`, `redo_wanted`, `show_wanted` and `forget_wanted(recipe, name)`.

    For recipes also `rename_wanted(old, new)`, `export_wanted(name)` and `take_wanted`.

    Of reviews that were left it emits `resume_wanted(Paused)` and `discard_wanted(Paused)`.
    """

    undo_wanted = Signal(int)
    redo_wanted = Signal(int)
    show_wanted = Signal(int)
    forget_wanted = Signal(int, str)
    rename_wanted = Signal(str, str)
    export_wanted = Signal(str)
    take_wanted = Signal()
    resume_wanted = Signal(object)
    discard_wanted = Signal(object)

    def __init__(self, choose: Command, paste: Command, stop: Command, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self._sentence = Label("", "muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose_button = CommandButton(choose, primary=True)
        self.paste_button = CommandButton(paste)
        self._stop_button = CommandButton(stop)
        self._left_part = QWidget()
        self._left = QGridLayout(self._left_part)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setHorizontalSpacing(Space.M)
        self._left.setVerticalSpacing(Space.S)
        self._left.setColumnStretch(0, 1)
        self._left_part.hide()
        self._before: Before | None = None
        self._lists = QHBoxLayout()
        self._lists.setSpacing(Space.XL)
        self.setWidget(self._around())
        self.setFocusProxy(self.choose_button)

    def _around(self) -> QWidget:
        content = QWidget()
        content.setMaximumWidth(WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.XL)
        column.addWidget(self._card())
        column.addWidget(self._left_part)
        column.addLayout(self._lists)
        column.addStretch()
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(content, 100)
        row.addStretch(1)
        return around

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("drop", True)
        column = QVBoxLayout(card)
        column.setContentsMargins(Space.XL, 2 * Space.XL, Space.XL, 2 * Space.XL)
        column.setSpacing(Space.M)
        column.addWidget(IconLabel("file-spreadsheet", Tone.MUTED, 32), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        for button in (self.choose_button, self.paste_button, self._stop_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return card

    def show_state(self, state: State) -> None:
        """Invite, or tell what is being read."""
        invitation = tr("Drop a workbook anywhere in the window: .xlsx, .xls, .ods or .csv, in any shape.")
        self._sentence.setText(tr(state.busy) if state.busy else invitation)
        for button in (self.choose_button, self.paste_button):
            button.setVisible(state.busy is None)
        self.paste_button.update_state()
        self._stop_button.setVisible(state.busy is not None)

    def show_before(self, before: Before) -> None:
        """List reviews, recipes and imports; what is the same stays, so that no click falls on a row that goes."""
        shown = replace(before, standing=before.standing.intersection(revision.id for revision in before.imports))
        if shown == self._before:
            return
        self._before = shown
        for part in (self._left, self._lists):
            _clear(part)
        self._show_left(before.left)
        recipes = [self._recipe(id, name) for id, name in before.recipes[:LISTED]]
        imports = [self._import(revision, before) for revision in before.imports]
        more = len(before.recipes) - LISTED
        if more > 0:
            recipes.append(Label(ntr("and {n} more", "and {n} more", more), "small"))
        none = tr("None yet; how a workbook is read will be remembered for its next edition.")
        known = recipes or [Label(none, "muted", wrap=True)]
        self._lists.addWidget(_listed(tr("Remembered recipes"), [*known, self._take_over()], none), 1)
        self._lists.addWidget(_listed(tr("Recent imports"), imports, tr("None yet.")), 1)

    def _show_left(self, left: Sequence[Paused]) -> None:
        self._left_part.setVisible(bool(left))
        if left:
            self._left.addWidget(section_header(tr("Reviews left")), 0, 0)
        for row, paused in enumerate(left, 1):
            for column, part in enumerate(self._review(paused)):
                self._left.addWidget(part, row, column)

    def _review(self, paused: Paused) -> tuple[QWidget, ...]:
        file, title = paused.original.name, QWidget()
        lines = QVBoxLayout(title)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for line, text in ((ElidedLabel(), file), (ElidedLabel("small"), how_far(paused))):
            line.show_text(text)
            lines.addWidget(line)
        resume = _link(tr("Resume"), tr("Resume the review of {file}", file=file))
        resume.clicked.connect(partial(self.resume_wanted.emit, paused))
        discard = _link(tr("Discard"), tr("Discard the review of {file}", file=file))
        discard.clicked.connect(partial(self.discard_wanted.emit, paused))
        return title, resume, discard

    def _recipe(self, id: int, name: str) -> QWidget:
        row = RecipeRow(name)
        row.forget_wanted.connect(partial(self.forget_wanted.emit, id, name))
        row.renamed.connect(self.rename_wanted)
        row.export_wanted.connect(self.export_wanted)
        return row

    def _take_over(self) -> QWidget:
        take = _link(tr("Take over a recipe from a file …"), tr("Take over a recipe from a file …"))
        take.clicked.connect(self.take_wanted)
        return _row(take)

    def _import(self, revision: Revision, before: Before) -> QWidget:
        show = _link(tr(revision.text), tr("Show in the history"))
        show.clicked.connect(partial(self.show_wanted.emit, revision.id))
        stands = revision.id in before.standing
        step = _link(tr("Undo") if stands else tr("Do again"), tr("Undo this import") if stands else tr("Do again"))
        step.clicked.connect(partial((self.undo_wanted if stands else self.redo_wanted).emit, revision.id))
        told = [Label(local_time(revision.at), "small")]
        return _row(show, *told, *([] if stands else [Tag(tr("taken back"), "mind")]), step)


def how_far(paused: Paused) -> str:
    """Return how far a review came, what is left to decide, and when it was left."""
    parts = [tr(STEPS[Step(paused.step)])]
    if paused.step == Step.REVIEW:
        parts.append(ntr("{n} change", "{n} changes", paused.changes))
    if paused.undecided:
        parts.append(ntr("{n} conflict undecided", "{n} conflicts undecided", paused.undecided))
    return " · ".join((*parts, local_time(paused.at)))


def _clear(layout: QLayout) -> None:
    while item := layout.takeAt(0):
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def _link(text: str, name: str) -> QPushButton:
    button = QPushButton(text.replace("&", "&&"))
    button.setProperty("link", True)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button


def _row(first: QWidget, *others: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(Space.S)
    layout.addWidget(first)
    layout.addStretch()
    for other in others:
        layout.addWidget(other)
    return row


def _listed(title: str, rows: Sequence[QWidget], none: str) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.XS)
    column.addWidget(section_header(title))
    for row in rows or [Label(none, "muted", wrap=True)]:
        column.addWidget(row)
    column.addStretch()
    return part
