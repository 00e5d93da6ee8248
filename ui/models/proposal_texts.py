"""What the table and the panel of a review say about an item, in the window's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum

from storage.domain.fields import Field, RecordKind, Ref
from storage.domain.proposal import Decision, Delta, Item, Outcome
from storage.domain.review import Review
from storage.domain.text import Text, msg
from ui.language import name_of, tr
from ui.models.change_lines import PARTS, choice_of
from ui.models.columns import Tone, label_of

CellText = Callable[[str, str], str]
Meant = Mapping[tuple[str, str], Ref]

OUTCOMES: dict[Outcome, Text] = {
    Outcome.NEW: msg("New"),
    Outcome.CHANGED: msg("Changed"),
    Outcome.SAME: msg("Same"),
    Outcome.REMOVED: msg("Removed"),
    Outcome.CONFLICT: msg("Conflicts"),
    Outcome.INVALID: msg("Invalid"),
}
WORDS: dict[Outcome, tuple[Text, Tone]] = {
    Outcome.NEW: (msg("new"), "good"),
    Outcome.CHANGED: (msg("changed"), "accent"),
    Outcome.SAME: (msg("same"), "neutral"),
    Outcome.REMOVED: (msg("removed"), "mind"),
    Outcome.CONFLICT: (msg("conflict"), "mind"),
    Outcome.INVALID: (msg("invalid"), "bad"),
}


class ProposalColumn(IntEnum):
    """The columns in order."""

    BOX, CELL, RECORD, METRIC, PERIOD, OURS, THEIRS, WHAT, DECISION = range(9)


HEADERS = {
    ProposalColumn.CELL: msg("Cell"),
    ProposalColumn.RECORD: msg("Record"),
    ProposalColumn.METRIC: msg("Metric"),
    ProposalColumn.PERIOD: msg("Period"),
    ProposalColumn.OURS: msg("Catalogue"),
    ProposalColumn.THEIRS: msg("Workbook"),
    ProposalColumn.WHAT: msg("What"),
    ProposalColumn.DECISION: msg("Decision"),
}
NUMBERS = (ProposalColumn.OURS, ProposalColumn.THEIRS)


DECIDED: dict[Decision | None, Text] = {
    None: msg(""),
    Decision.KEEP: msg("kept as in the catalogue"),
    Decision.TAKE: msg("taken from the workbook"),
    Decision.KEEP_BOTH: msg("both kept, side by side"),
    Decision.TAKE_RIVAL: msg("the other row taken from the workbook"),
}


CHOICES: dict[Decision, Text] = {
    Decision.KEEP: msg("1 keep"),
    Decision.TAKE: msg("2 take"),
    Decision.KEEP_BOTH: msg("3 both"),
    Decision.TAKE_RIVAL: msg("4 the other row"),
}


def choice_text(item: Item, decision: Decision) -> str:
    """Return what a button of a conflict says; of two rows of the workbook neither is kept so far."""
    if not item.rival:
        return tr(CHOICES[decision])
    match decision:
        case Decision.KEEP:
            return tr("1 neither")
        case Decision.TAKE:
            return tr("2 take {cell}", cell=item.cell)
        case Decision.TAKE_RIVAL:
            return tr("4 take {cell}", cell=item.rival)
    return tr(CHOICES[decision])


class ItemTexts:
    """The texts of items; `cell_text(sheet, cell)` is what stands in a cell of the workbook."""

    def __init__(
        self, kinds: Mapping[str, RecordKind], review: Review, cell_text: CellText, meant: Meant | None = None
    ) -> None:
        """`meant` are the records that the names of the workbook go to."""
        self._kinds = kinds
        self._meant = meant or {}
        self._review = review
        self._cell_text = cell_text
        self._several_sheets = len({item.sheet for item in review.proposal.items if item.sheet}) > 1
        self._by_column: dict[ProposalColumn, Callable[[Item], str]] = {
            ProposalColumn.CELL: self.place,
            ProposalColumn.RECORD: self.record,
            ProposalColumn.METRIC: self._metric,
            ProposalColumn.PERIOD: _period,
            ProposalColumn.OURS: self.ours,
            ProposalColumn.THEIRS: self.theirs,
            ProposalColumn.WHAT: _what,
            ProposalColumn.DECISION: self.remark,
        }

    def text(self, item: Item, column: ProposalColumn) -> str:
        """Return the text of a cell of the table."""
        found = self._by_column.get(column)
        return found(item) if found else ""

    def place(self, item: Item) -> str:
        """Return the cell, with its sheet where the workbook has several."""
        return f"{item.sheet}!{item.cell}" if self._several_sheets and item.cell else item.cell

    def record(self, item: Item) -> str:
        """Return what the item is about."""
        if item.outcome is Outcome.INVALID and item.problem is not None:
            return tr(item.problem.cause)
        # the spelling of the workbook stands in the panel; here the room is for the record that it goes to
        ref = self._meant.get(("entity", item.entity))
        if ref is None:
            return item.entity or name_of(item.title, item.title_ko)
        own = name_of(ref.name, ref.name_ko)
        return own if item.entity in (ref.name, ref.name_ko) else tr("→ {record}", record=own)

    def title(self, item: Item) -> str:
        """Return the headline of an item; the cell, where the reason stands below."""
        if item.outcome is Outcome.INVALID and item.cell:
            return tr("Cell {cell}", cell=item.cell)
        if item.kind != "observation" or not item.entity or item.outcome is Outcome.INVALID:
            return name_of(item.title, item.title_ko) or self.record(item) or tr("Cell {cell}", cell=item.cell)
        parts = item.title.split(" · ")
        known = {item.entity: self._named("entity", item.entity), item.metric: self._named("metric", item.metric)}
        return " · ".join(known.get(part, part) for part in parts)

    def _named(self, role: str, name: str) -> str:
        """Return a name of the workbook, and the record's own where that is spelled otherwise."""
        ref = self._meant.get((role, name))
        if ref is None:
            return name
        own = name_of(ref.name, ref.name_ko)
        return own if name in (ref.name, ref.name_ko) else tr("{name} → {record}", name=name, record=own)

    def _metric(self, item: Item) -> str:
        return self._named("metric", item.metric) or self.kind(item.kind)

    def kind(self, kind: str) -> str:
        """Return what a kind of record is called."""
        return tr(self._kinds[kind].label) if kind in self._kinds else kind

    def ours(self, item: Item) -> str:
        """Return what the catalogue says; nothing where two rows of the workbook contradict each other."""
        return "" if item.rival else self._side(item, theirs=False)

    def theirs(self, item: Item) -> str:
        """Return what the workbook says, in both rows where they contradict each other."""
        theirs = self._side(item, theirs=True)
        return tr("{one} or {other}", one=self._side(item, theirs=False), other=theirs) if item.rival else theirs

    def sides(self, item: Item) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return what stands against each other, each with where it stands."""
        ours, theirs = self._side(item, theirs=False), self._side(item, theirs=True)
        if item.rival:
            return (tr("Cell {cell}", cell=item.cell), ours), (tr("Cell {cell}", cell=item.rival), theirs)
        return (tr("In the catalogue"), ours), (tr("In the workbook"), theirs)

    def _side(self, item: Item, *, theirs: bool) -> str:
        if not item.deltas:
            stands = item.outcome is Outcome.SAME or (item.outcome is Outcome.INVALID and theirs)
            return self._cell_text(item.sheet, item.cell) if stands and item.kind == "observation" else ""
        if item.deltas[0].column == "value" or len(item.deltas) == 1:
            return self.told(item.kind, item.deltas[0], theirs=theirs)
        parts = [(self.field(item.kind, d.column), self.told(item.kind, d, theirs=theirs)) for d in item.deltas]
        return " · ".join(f"{label} {text}" for label, text in parts if text)

    def field(self, kind: str, column: str) -> str:
        """Return what a stored column is called."""
        if column in PARTS:
            return tr(PARTS[column])
        field = self._field(kind, column)
        return label_of(field) if field else column

    def _field(self, kind: str, column: str) -> Field | None:
        fields = self._kinds[kind].fields if kind in self._kinds else ()
        return next((field for field in fields if column in field.columns), None)

    def told(self, kind: str, delta: Delta, *, theirs: bool) -> str:
        """Return one side of a column."""
        value, text = (delta.theirs, delta.theirs_text) if theirs else (delta.ours, delta.ours_text)
        return self.value(kind, delta.column, value, text)

    def value(self, kind: str, column: str, value: object, text: str) -> str:
        """Return a stored value: a choice by its label, anything else as the text."""
        choice = choice_of(self._field(kind, column), column)
        return tr(choice.label(str(value))) if choice and value is not None else text

    def remark(self, item: Item) -> str:
        """Return what to do about an invalid cell, why an item is left out, or what was decided."""
        if item.outcome is Outcome.INVALID and item.problem is not None:
            return tr(item.problem.remedy)
        parent = self._review.blocked_by(item)
        if parent is not None:
            return tr("left out with {record}", record=name_of(parent.title, parent.title_ko))
        if item.outcome is Outcome.CONFLICT:
            return "" if self._review.is_open(item) else tr(DECIDED[self._review.decision(item)])
        return tr("left as it is") if self._review.decision(item) is Decision.KEEP else ""


def _period(item: Item) -> str:
    return item.period


def _what(item: Item) -> str:
    return tr(WORDS[item.outcome][0])
