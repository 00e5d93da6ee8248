"""Import: a workbook from file to one revision, in steps on one page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from storage.domain.changes import Revision
from storage.domain.fields import Ref
from storage.domain.proposal import Decision, Item, NameMatch
from storage.domain.review import Review
from storage.domain.text import msg
from ui.choosing import Chooser
from ui.command import Command
from ui.importing.actions import ImportActions
from ui.importing.column_panel import ColumnPanel
from ui.importing.done import DoneView
from ui.importing.head import ImportHead
from ui.importing.help_panel import HelpPanel
from ui.importing.item_panel import ItemPanel
from ui.importing.mapping import MappingView
from ui.importing.messages import ImportNotice
from ui.importing.name_panel import NamePanel
from ui.importing.names import NamesView
from ui.importing.recipe_acts import export_recipe, rename_to, take_recipe
from ui.importing.review import ReviewView
from ui.importing.session import ImportSession
from ui.importing.several import SeveralSession
from ui.importing.several_view import SeveralView
from ui.importing.start import Before, StartView, read_before
from ui.importing.state import Step
from ui.job import Progress
from ui.language import tr
from ui.models.proposal import ProposalModel
from ui.models.proposal_texts import column_text
from ui.page import Context, Page, Section
from ui.theme import Space

EXAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "example-workbook.csv"


class ImportPage(Page):
    """Begin, say what the columns mean, match names, review, apply; the session holds where one is."""

    id = "import"
    title = msg("Import")
    icon = "download"
    section = Section.KEEP

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.session = ImportSession(context, self)
        self.session.moved.connect(self._show)
        self.session.keeper.kept.connect(self._kept)
        self.several = SeveralSession(context, self)
        self.several.moved.connect(self._show)
        self._actions = ImportActions(context, self.session, self.several, self)
        self._actions.clipboard.moved.connect(self._offer_clipboard)
        self._proposal = ProposalModel(context.bridge.catalogue.kinds, context.bridge.catalogue.refs)
        self._proposal.decided.connect(self._decided)
        self._panels: QStackedWidget | None = None
        self._state = self.session.state
        self._shown_step: Step | None = None
        self._swept = False

    # Building

    def build(self) -> QWidget:
        """Make the head, the place for messages, and a view for each step."""
        self._panels = None
        self._head = ImportHead(self._actions.forward(), (self._actions.remarks.command(), *self._actions.leaving()))
        self._head.step_wanted.connect(self.session.show)
        self.notice = ImportNotice(self._actions.choose_file, self._ask_period, self._actions.show_revision)
        self._stack = QStackedWidget()
        self._view_of = self._build_views()
        for view in (*self._view_of.values(), self.together):
            self._stack.addWidget(view)
        content = QWidget()
        message = self._message = QVBoxLayout()
        message.addWidget(self.notice)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._head)
        column.addLayout(message)
        column.addWidget(self._stack, 1)
        return content

    def _build_views(self) -> dict[Step, StartView | MappingView | NamesView | ReviewView | DoneView]:
        theme, kinds = self.context.theme, self.context.bridge.catalogue.kinds
        self.start = StartView(self._actions.choose(), self._actions.clipboard.command(), self._actions.stop())
        self.start.undo_wanted.connect(self._actions.undo)
        self.start.redo_wanted.connect(self._actions.redo)
        self.start.show_wanted.connect(self._actions.show_revision)
        self.start.forget_wanted.connect(self._actions.forget)
        self.start.rename_wanted.connect(partial(rename_to, self.session))
        self.start.export_wanted.connect(partial(export_recipe, self.session, self))
        self.start.take_wanted.connect(partial(take_recipe, self.session, self))
        self.start.resume_wanted.connect(self._actions.resume)
        self.start.discard_wanted.connect(self._actions.discard_left)
        self.mapping = MappingView(self.session, theme)
        self.names = NamesView(self.session, theme, {key: kind.label for key, kind in kinds.items()})
        self.review = ReviewView(self._proposal, theme)
        self.review.many_decided.connect(self._many_decided)
        self.review.findings.cell_wanted.connect(self._show_cell)
        self.done = DoneView(self._actions.afterwards())
        self.together = SeveralView(self.several, theme, partial(column_text, kinds), self._actions.together.commands())
        self.together.alone_wanted.connect(self._review_alone)
        return {
            Step.START: self.start, Step.MAPPING: self.mapping, Step.NAMES: self.names, Step.REVIEW: self.review,
            Step.DONE: self.done,
        }  # fmt: skip

    def build_inspector(self) -> QWidget:
        """Make the panels: how it goes, the column, the name, the item."""
        self.column_panel = ColumnPanel(self.mapping.model)
        self.column_panel.change_wanted.connect(self.mapping.change_role)
        self.column_panel.unit_wanted.connect(self.mapping.change_unit)
        self.column_panel.header_wanted.connect(self.mapping.set_header_row)
        self.column_panel.cell_wanted.connect(self.mapping.go_to)
        self.mapping.cell_shown.connect(self.column_panel.show_cell)
        self.name_panel = NamePanel(self.names.model, Chooser(self.context.bridge.catalogue))
        self.name_panel.chosen.connect(self.names.choose)
        self.name_panel.picked.connect(self._picked)
        self.names.name_shown.connect(self._show_name)
        self.item_panel = ItemPanel(self._proposal, self.context.theme)
        self.item_panel.decided.connect(self.review.decide)
        self.review.item_shown.connect(self._show_item)
        self._help = HelpPanel()
        panels = self._panels = QStackedWidget()
        self._panel_of = {
            Step.MAPPING: self.column_panel, Step.NAMES: self.name_panel, Step.REVIEW: self.item_panel,
        }  # fmt: skip
        for panel in (self._help, *self._panel_of.values()):
            panels.addWidget(panel)
        self._shown_step = None
        self._show()
        return panels

    # Showing

    @Slot()
    def _show(self) -> None:
        if self._panels is None:
            return
        state = self.session.state
        if state is not self._state:
            self._state = state
            self._proposal.set_review(None, state.cell_text)
        self._head.setVisible(state.step not in (Step.START, Step.DONE))
        self._head.show_state(state)
        self._message.setContentsMargins(Space.L, Space.S if self._head.isHidden() else 0, Space.L, 0)
        self.notice.show_state(state)
        together = state.step is Step.START and state.busy is None and bool(self.several.state.files)
        self._stack.setCurrentWidget(self.together if together else self._view_of[state.step])
        self._panels.setCurrentWidget(self._panel_of.get(state.step, self._help))
        self._view_of[state.step].show_state(state)
        if state.step is Step.MAPPING:
            self.column_panel.show_state(state)
        if state.step is not self._shown_step:
            self._enter_step(state.step)
        self.commands_changed.emit()

    def _enter_step(self, step: Step) -> None:
        began = self._shown_step is None
        self._shown_step = step
        view = self._view_of[step]
        self.setFocusProxy(view)
        if step is Step.START:
            self._read_before()
        if not began and self.isVisible():
            view.setFocus()

    @Slot(int)
    def _review_alone(self, place: int) -> None:
        self.session.open(self.several.take_out(place).path)

    @Slot()
    def _offer_clipboard(self) -> None:
        if self._panels is not None and self.isVisible():
            self.start.paste_button.update_state()
            self.commands_changed.emit()

    @Slot(str, str)
    def _show_cell(self, sheet: str, cell: str) -> None:
        self.session.show(Step.MAPPING)
        self.mapping.go_to(sheet, cell)

    def _ask_period(self) -> None:
        self.mapping.constants.ask("period")

    @Slot(object)
    def _show_name(self, name: NameMatch | None) -> None:
        self.name_panel.show_name(name, self.session.state)

    @Slot(object)
    def _show_item(self, item: Item | None) -> None:
        self.item_panel.show_item(item, self.session.state)

    @Slot()
    def _kept(self) -> None:
        if self._panels is not None and self.session.state.step is Step.START:
            self._read_before()

    @Slot()
    def _decided(self) -> None:
        self.session.keeper.keep_soon()
        self._head.show_state(self.session.state)
        self.commands_changed.emit()
        self._show_item(self._proposal.item(self.review.table.currentIndex().row()))

    @Slot(int, object)
    def _many_decided(self, count: int, before: dict[int, Decision]) -> None:
        text = msg("{n} decided", n=f"{count:,}")
        self.context.toast(text, tr("Undo"), partial(self._take_back, self._proposal.review, before))

    def _take_back(self, review: Review | None, before: dict[int, Decision]) -> None:
        """Take a decision on several items back, unless the workbook was compared again since."""
        if self._proposal.review is review:
            self._proposal.restore(before)

    @Slot(object, object)
    def _picked(self, name: NameMatch, ref: Ref) -> None:
        self.session.state.choices.pick(name, ref)
        self.session.names_moved()

    def _read_before(self) -> None:
        catalogue, reviews = self.context.bridge.catalogue, self.session.keeper.reviews

        swept, self._swept = self._swept, True

        def read(_progress: Progress) -> Before:
            if not swept:
                reviews.sweep()
            return read_before(catalogue, reviews)

        self.context.jobs.read("import-before", read, self._show_before)

    def _show_before(self, before: Before) -> None:
        self.start.show_before(before)

    # What the window asks

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return self._actions.commands()

    def refresh(self, _revision: Revision | None) -> None:
        """List the imports again, or hold the workbook against the catalogue as it is now."""
        if self.session.state.step is Step.START:
            self._read_before()
        self.session.catch_up()
        self.several.catch_up()

    def receive(self, payload: object) -> None:
        """Begin with a file, or with several in one go."""
        if isinstance(payload, Path):
            self._actions.open([payload])
        elif isinstance(payload, tuple):
            self._actions.open(payload)

    def state(self) -> dict[str, Any]:
        """Remember the folder of the last workbook."""
        return {"folder": self._actions.folder}

    def restore(self, state: dict[str, Any]) -> None:
        """Begin in that folder."""
        folder = state.get("folder")
        if isinstance(folder, str) and Path(folder).is_dir():
            self._actions.folder = folder

    def pose(self) -> None:
        """Show the review of an example, for the guided tour."""
        self.session.moved.connect(self._pose_on)
        self.session.open(EXAMPLE)

    @Slot()
    def _pose_on(self) -> None:
        state = self.session.state
        if state.step is Step.REVIEW:
            self.session.moved.disconnect(self._pose_on)
        elif state.busy is None:
            self.session.go_on()
