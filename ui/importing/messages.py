"""The message above the steps of an import: what went wrong, what to mind, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from storage.domain.text import Text, msg
from ui.importing.state import State, Step
from ui.language import tr
from ui.widgets.notice import NoticeBar

PERIODLESS = msg(
    "Nothing says when some of the figures were observed. They come in without a period unless you set one."
)


class ImportNotice(NoticeBar):
    """Tells each sentence once, so that one which was dismissed stays away."""

    def __init__(
        self,
        choose: Callable[[], object],
        ask_period: Callable[[], object],
        show_revision: Callable[[int], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._show_revision = show_revision
        self._choose = choose
        self._ask_period = ask_period
        self._told: Text | None = None

    def show_state(self, state: State) -> None:
        """Tell what there is to tell, or nothing."""
        complaint = state.complaint
        text = complaint or state.note or (PERIODLESS if state.lacks_period else None)
        if text == self._told:
            return
        self._told = text
        if text is None:
            self.clear()
        elif text is PERIODLESS:
            self.tell(tr(text), "mind", tr("Set a period"), self._ask_period)
        elif complaint is None:
            self.tell(tr(text), "info")
        elif state.blocked is not None and state.blocked.text is text and (later := state.blocked.blocking_revision):
            self.tell(tr(text), "mind", tr("Show revision {n}", n=later), partial(self._show_revision, later))
        elif state.step is Step.START:
            self.tell(tr(text), "bad", tr("Choose another workbook …"), self._choose)
        else:
            self.tell(tr(text), "bad")
