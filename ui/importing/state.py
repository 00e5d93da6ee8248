"""Where an import stands: everything that was read, told and decided, kept while the page is built anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from storage.domain.changes import Revision
from storage.domain.fields import Ref
from storage.domain.review import ItemKey, Kept, Review
from storage.domain.text import Text, msg
from storage.errors import UndoBlocked
from storage.exchange.options import Options
from storage.workbook.sheet import Workbook, place_of
from ui.importing.work import Names, Planned
from ui.models.names import NameChoices


class Step(StrEnum):
    """What the page shows."""

    START = "start"
    MAPPING = "mapping"
    NAMES = "names"
    REVIEW = "review"
    DONE = "done"


@dataclass
class State:
    """All that is known of the import under way; `trouble` and `note` are sentences to show above the step.

    `blocked` is the trouble where a later revision stands in the way of an undo.
    `keep_id` is where the review is kept in the user's folder, blank where it cannot be.
    """

    step: Step = Step.START
    path: Path | None = None
    workbook: Workbook | None = None
    options: Options = field(default_factory=Options)
    name: str = ""
    planned: Planned | None = None
    names: Names | None = None
    choices: NameChoices = field(default_factory=NameChoices)
    review: Review | None = None
    kept: dict[ItemKey, Kept] = field(default_factory=dict)
    keep_id: str = ""
    revision: Revision | None = None
    taken_back: bool = False
    trouble: Text | None = None
    blocked: UndoBlocked | None = None
    note: Text | None = None
    busy: Text | None = None

    @property
    def is_export(self) -> bool:
        """Whether Cluster Atlas wrote the workbook, so that there is nothing to map."""
        return self.workbook is not None and self.planned is None and self.review is not None

    @property
    def recipe_name(self) -> str:
        """What the recipe is called."""
        return self.name or (self.planned.recipe.name if self.planned else "")

    @property
    def open_names(self) -> int:
        """How many names nobody decided yet."""
        return sum(self.choices.is_open(name) for name in self.names.asked) if self.names else 0

    @property
    def complaint(self) -> Text | None:
        """What went wrong, or why no figure can be read this way."""
        if self.trouble is not None or self.step is not Step.MAPPING or self.planned is None or self.planned.figures:
            return self.trouble
        problems = [problem for sheet in self.planned.staged for problem in sheet.problems]
        if not problems:
            return msg("No figure is found this way; choose another sheet or header row, or say what a column means.")
        return msg("{cause} {remedy}", cause=problems[0].cause, remedy=problems[0].remedy)

    @property
    def lacks_period(self) -> bool:
        """Whether nothing says when the figures were observed."""
        if self.step is not Step.MAPPING or self.planned is None or not self.planned.figures:
            return False
        return any(row.period is None for sheet in self.planned.staged for row in sheet.rows)

    def can_show(self, step: Step) -> bool:
        """Whether a step is ready to be gone to."""
        if self.busy is not None or self.step in (Step.START, Step.DONE):
            return False
        if step is Step.MAPPING:
            return not self.is_export
        if step is Step.NAMES:
            return self.names is not None and bool(self.names.asked or self.names.known)
        return step is Step.REVIEW and self.review is not None

    def drop_review(self) -> None:
        """Forget the proposal, after something moved that it was made from; the decisions stay with their cells."""
        if self.review is not None:
            self.kept |= self.review.kept
            self.review = None

    @property
    def meant(self) -> dict[tuple[str, str], Ref]:
        """The records that the names of the workbook go to, by role and name."""
        return self.choices.meant((*self.names.asked, *self.names.known)) if self.names else {}

    def cell_text(self, sheet: str, cell: str) -> str:
        """Return what stands in a cell of the workbook."""
        found = self.workbook.sheet(sheet) if self.workbook else None
        place = place_of(cell)
        return found.text(*place) if found and place else ""
