"""What can be done with the recipe of a workbook: keep it, write it to a file, take one over, read without one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from storage.domain.text import msg
from storage.errors import CatalogueError
from storage.exchange.options import NO_RECIPE
from ui.icons import icon
from ui.importing.recipe_acts import export_recipe, take_recipe
from ui.importing.session import ImportSession
from ui.importing.state import State
from ui.language import tr
from ui.theme import Space


class RecipeButton(QToolButton):
    """A menu beside the name of the recipe."""

    def __init__(self, session: ImportSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setIcon(icon("ellipsis"))
        self.setIconSize(QSize(Space.ICON, Space.ICON))
        self.setToolTip(tr("Keep, hand on or change the recipe"))
        self.setAccessibleName(tr("Recipe"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._keep = menu.addAction(tr("Keep the recipe now"), self.keep)
        self._export = menu.addAction(tr("Write the recipe to a file …"), self._export_asked)
        menu.addAction(tr("Take over a recipe from a file …"), self._take_asked)
        self._afresh = menu.addAction(tr("Read without a recipe"), self.read_afresh)
        self.setMenu(menu)

    def show_state(self, state: State) -> None:
        """Enable what can be done."""
        planned = state.planned
        self._keep.setEnabled(planned is not None)
        self._export.setEnabled(planned is not None and planned.recipe.id is not None)
        self._afresh.setEnabled(planned is not None and planned.recipe.id is not None)

    @Slot()
    def keep(self) -> None:
        """Keep roles, constants and name as they are now, in one revision that can be undone."""
        # heavy to import: the window starts without it
        from storage.exchange.recipes import keep_recipe  # noqa: PLC0415

        state = self._session.state
        if state.planned is None:
            return
        recipe = replace(state.planned.recipe, name=state.recipe_name)
        try:
            self._session.context.bridge.perform(keep_recipe(recipe), msg("Keep the recipe {name}", name=recipe.name))
        except CatalogueError as error:
            self._session.complain(error.text)
            return
        self._session.tell(recipe=recipe.name)

    @Slot()
    def read_afresh(self) -> None:
        """Read the workbook by a guess, as if no recipe were known."""
        self._session.state.name = ""
        self._session.tell(recipe=NO_RECIPE, roles={}, constants={})

    @Slot()
    def _export_asked(self) -> None:
        name = self._session.state.planned.recipe.name if self._session.state.planned else ""
        export_recipe(self._session, self, name)

    @Slot()
    def _take_asked(self) -> None:
        name = take_recipe(self._session, self)
        if name:
            self._session.tell(recipe=name)
