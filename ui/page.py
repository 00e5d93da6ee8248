"""Pages and what they get from the window.

How to write a page:

1. Subclass `Page` in `ui/pages/<name>.py`; set `id`, `title` (`msg("Clusters")`), `icon` (a file in `resources/icons`),
   `section`, and `kinds`, the kinds of record it shows. Add the class to `PAGES` in `ui/pages/__init__.py`.
2. `build()` makes and returns the middle; `build_inspector()` the right panel, or None. Both are called on first show
   and again whenever the language changes, so put every `tr(...)` there and keep no text elsewhere. Give the page the
   widget that takes its focus by `setFocusProxy`. What must survive a change of language
   (a proposal under review, a chart's choice) is an attribute of the page, set in `__init__` and read by `build()`.
3. `refresh(revision)` reads the catalogue and fills the widgets: after each `build()` and when another file was opened
   (`revision` is None), and after every change while visible; a hidden page is refreshed when next shown. Skip the work
   when `not revision.touches(...)`. Anything slow: `context.jobs.read(key, work, done)`.
4. `state()` gives what should be remembered over a restart as JSON-ready data; `restore(state)` takes it.
5. `commands()` are in the palette, the menus and the list of shortcuts while the page is shown; the page puts its own
   buttons where it wants them (`CommandButton(command)` in `ui/widgets/buttons.py`). Emit `commands_changed` when what
   a command says of itself (its text, whether it is enabled) has changed with the selection.
6. Write through `context.bridge.perform(changes, label)`. It raises CatalogueError: catch it to mark the place of the
   trouble; what is not caught is shown as a toast. The toast with Undo comes by itself.
7. Go elsewhere through `context.open_record(kind, id)` and `context.show_page(id, payload)`; the payload reaches
   `receive(payload)` of that page. Pages never import pages. `pose()` makes the page worth a picture in the tour.
8. Paint with `context.theme.tokens`, asked for at each paint; style by the properties in `resources/styles/window.qss`
   (`role`, `tag`, `chip`, `primary`, `link`, `panel`). No lambda that holds `self` in a `connect`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from storage.domain.changes import Revision
from storage.domain.text import Text
from ui.bridge import Bridge
from ui.command import Command
from ui.job import Jobs
from ui.language import tr
from ui.preferences import Preferences
from ui.theme import Theme


class Section(StrEnum):
    """The parts of the rail, in order."""

    RECORDS = "records"
    LOOK = "look"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Selection:
    """Records that one page hands to another ("Compare 2")."""

    kind: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Toast:
    """A short message; with an action, a button that runs it."""

    text: str
    action: str = ""
    run: Callable[[], object] | None = None


class Context(QObject):
    """All that a page may ask of the window."""

    page_requested = Signal(str, object)
    record_requested = Signal(str, int)
    toast_requested = Signal(object)
    closing = Signal()

    def __init__(self, bridge: Bridge, jobs: Jobs, theme: Theme, preferences: Preferences, folder: Path) -> None:
        """`folder` is where the user's own data lies; `closing` comes before the jobs stop and the file is let go."""
        super().__init__()
        self.bridge = bridge
        self.jobs = jobs
        self.theme = theme
        self.preferences = preferences
        self.folder = folder

    def show_page(self, page_id: str, payload: object = None) -> None:
        """Show a page, handing it the payload."""
        self.page_requested.emit(page_id, payload)

    def open_record(self, kind: str, record_id: int) -> None:
        """Show a record on the page of its kind."""
        self.record_requested.emit(kind, record_id)

    def import_file(self, path: Path) -> None:
        """Hand a workbook to the import page."""
        self.show_page("import", path)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Begin to import several workbooks in one go."""
        self.show_page("import", tuple(paths))

    def toast(self, text: str | Text, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Show a short message for some seconds; `action` is the label of a button that calls `run`."""
        self.toast_requested.emit(Toast(tr(text), action, run))


class Page(QWidget):
    """One place in the rail; see the head of this file."""

    id: ClassVar[str]
    title: ClassVar[Text]
    icon: ClassVar[str]
    section: ClassVar[Section] = Section.RECORDS
    kinds: ClassVar[tuple[str, ...]] = ()
    searchable: ClassVar[bool] = False

    count_changed = Signal()
    rebuilt = Signal()
    commands_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.inspector: QWidget | None = None
        self._content: QWidget | None = None
        self._layout = QStackedLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._stale = True
        self.setAccessibleName(tr(self.title))

    def build(self) -> QWidget:
        """Make the middle of the page."""
        raise NotImplementedError

    def build_inspector(self) -> QWidget | None:
        """Make the right panel, None for none."""
        return None

    def refresh(self, revision: Revision | None) -> None:
        """Read the catalogue again; None means that anything may be different."""

    def count(self) -> int | None:
        """Return the number beside the title in the rail, None for none."""
        return None

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return ()

    def open_record(self, kind: str, record_id: int) -> None:
        """Select a record of one of `kinds`."""

    def receive(self, payload: object) -> None:
        """Take what another page handed over."""

    def search(self, text: str) -> None:
        """Narrow the page to the words; the palette offers this where `searchable` is true."""

    def state(self) -> dict[str, Any]:
        """Return what to remember, as JSON-ready data."""
        return {}

    def restore(self, state: dict[str, Any]) -> None:
        """Take what `state` returned, perhaps in an earlier version; ignore what no longer fits."""

    def pose(self) -> None:
        """Show something worth a picture, for the guided tour; its catalogue is a passing one and may be written to."""

    @property
    def built(self) -> bool:
        """Whether the page was shown before."""
        return self._content is not None

    def enter(self) -> None:
        """Build on first show, and catch up with the changes that happened while hidden."""
        if not self.built:
            self._rebuild(self.context.preferences.page_states.get(self.id, {}))
        elif self._stale:
            self._stale = False
            self.refresh(None)

    def hear(self, revision: Revision | None) -> None:
        """Refresh now when visible, else on next show."""
        if self.built and self.isVisible():
            self.refresh(revision)
        else:
            self._stale = True

    def retranslate(self) -> None:
        """Build again in the language now in force, keeping the state."""
        self.setAccessibleName(tr(self.title))
        if self.built:
            self._rebuild(self.state())

    def _rebuild(self, state: dict[str, Any]) -> None:
        for old in (self._content, self.inspector):
            if old is not None:
                old.setParent(None)
                old.deleteLater()
        self._content = self.build()
        self._layout.addWidget(self._content)
        self.inspector = self.build_inspector()
        self._stale = False
        self.refresh(None)
        self.restore(state)
        self.rebuilt.emit()
