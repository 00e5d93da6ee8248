"""What the table and the panel of a review say about an item, in the window's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from functools import cache
from typing import Literal

from storage.domain.fields import Field, RecordKind, Ref, Reference
from storage.domain.proposal import Decision, Delta, Item, Outcome
from storage.domain.quantities import QuantityError, format_quantity, parse_quantity
from storage.domain.review import Review
from storage.domain.text import Text, msg
from ui.language import Language, current_code, name_of, tr
from ui.models.change_lines import PARTS, choice_of
from ui.models.columns import Tone, label_of
from ui.models.proposal_choices import is_of_three

Side = Literal["base", "ours", "theirs"]
CellText = Callable[[str, str], str]
Meant = Mapping[tuple[str, str], Ref]
Refs = Callable[[str, Sequence[int]], Mapping[int, Ref]]  # what records of a kind are called, by id

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

    BOX, CELL, RECORD, METRIC, PERIOD, BASE, OURS, THEIRS, WHAT, DECISION = range(10)


HEADERS = {
    ProposalColumn.CELL: msg("Cell"),
    ProposalColumn.RECORD: msg("Record"),
    ProposalColumn.METRIC: msg("Metric"),
    ProposalColumn.PERIOD: msg("Period"),
    ProposalColumn.BASE: msg("As exported"),
    ProposalColumn.OURS: msg("Catalogue"),
    ProposalColumn.THEIRS: msg("Workbook"),
    ProposalColumn.WHAT: msg("What"),
    ProposalColumn.DECISION: msg("Decision"),
}
NUMBERS = (ProposalColumn.BASE, ProposalColumn.OURS, ProposalColumn.THEIRS)
BY_SIDE = {
    ProposalColumn.BASE: Decision.BASE, ProposalColumn.THEIRS: Decision.TAKE, ProposalColumn.OURS: Decision.KEEP,
}  # fmt: skip

DECIDED: dict[Decision | None, Text] = {
    None: msg(""),
    Decision.KEEP: msg("kept as in the catalogue"),
    Decision.TAKE: msg("taken from the workbook"),
    Decision.KEEP_BOTH: msg("both kept, side by side"),
    Decision.TAKE_RIVAL: msg("the other row taken from the workbook"),
    Decision.BASE: msg("back to what was exported"),
}


def column_text(kinds: Mapping[str, RecordKind], kind: str, column: str) -> str:
    """Return what a stored column of a kind is called."""
    if column in PARTS:
        return tr(PARTS[column])
    field = _field_of(kinds, kind, column)
    return label_of(field) if field else column


def _field_of(kinds: Mapping[str, RecordKind], kind: str, column: str) -> Field | None:
    fields = kinds[kind].fields if kind in kinds else ()
    return next((field for field in fields if column in field.columns), None)


class ItemTexts:
    """The texts of items; `cell_text(sheet, cell)` is what stands in a cell of the workbook."""

    def __init__(
        self, kinds: Mapping[str, RecordKind], review: Review, cell_text: CellText, meant: Meant | None = None,
        refs: Refs = lambda _kind, _ids: {},
    ) -> None:  # fmt: skip
        """`meant` are the records that the names of the workbook go to; `refs` asks the catalogue for names."""
        self._kinds = kinds
        self._ref = cache(lambda kind, id: refs(kind, (id,)).get(id))
        self._meant = meant or {}
        self._review = review
        self._cell_text = cell_text
        self._several_sheets = len({item.sheet for item in review.proposal.items if item.sheet}) > 1
        self._by_column: dict[ProposalColumn, Callable[[Item], str]] = {
            ProposalColumn.CELL: self.place,
            ProposalColumn.RECORD: self.record,
            ProposalColumn.METRIC: self._metric,
            ProposalColumn.PERIOD: _period,
            ProposalColumn.BASE: self.base,
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
        named = self._named("metric", item.metric)
        if not item.column or item.column == "value":
            return named or self.kind(item.kind)
        field = self.field(item.kind, item.column)
        return tr("{metric}, {field}", metric=named, field=field) if named else field

    def kind(self, kind: str) -> str:
        """Return what a kind of record is called."""
        return tr(self._kinds[kind].label) if kind in self._kinds else kind

    def base(self, item: Item) -> str:
        """Return what was exported, in a merge of three."""
        return (self._side(item, "base") or tr("blank")) if is_of_three(item) else ""

    def ours(self, item: Item) -> str:
        """Return what the catalogue says; nothing where two rows of the workbook contradict each other."""
        if is_of_three(item):
            return tr("deleted") if is_deleted(item) else self._side(item, "ours") or tr("blank")
        return "" if item.rival else self._side(item, "ours")

    def theirs(self, item: Item) -> str:
        """Return what the workbook says, in both rows where they contradict each other."""
        theirs = self._side(item, "theirs")
        if is_of_three(item):
            return theirs or tr("blank")
        return tr("{one} or {other}", one=self._side(item, "ours"), other=theirs) if item.rival else theirs

    def sides(self, item: Item) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return what stands against each other, each with where it stands."""
        ours, theirs = self._side(item, "ours"), self._side(item, "theirs")
        if item.rival:
            return (tr("Cell {cell}", cell=item.cell), ours), (tr("Cell {cell}", cell=item.rival), theirs)
        return (tr("In the catalogue"), ours), (tr("In the workbook"), theirs)

    def side(self, item: Item, decision: Decision) -> str:
        """Return the value that a decision of a merge of three comes to."""
        return {Decision.BASE: self.base, Decision.TAKE: self.theirs}.get(decision, self.ours)(item)

    def _side(self, item: Item, side: Side) -> str:
        if not item.deltas:
            stands = item.outcome is Outcome.SAME or (item.outcome is Outcome.INVALID and side == "theirs")
            return self._cell_text(item.sheet, item.cell) if stands and item.kind == "observation" else ""
        if item.deltas[0].column == "value" or len(item.deltas) == 1:
            return self.told(item.kind, item.deltas[0], side)
        parts = [(self.field(item.kind, d.column), self.told(item.kind, d, side)) for d in item.deltas]
        return " · ".join(f"{label} {text}" for label, text in parts if text)

    def column(self, item: Item) -> str:
        """Return which column of the workbook an item stands in: a field, else its metric, else the kind of record."""
        if item.column:
            return self.field(item.kind, item.column)
        return self._named("metric", item.metric) or self.kind(item.kind)

    def field(self, kind: str, column: str) -> str:
        """Return what a stored column is called."""
        return column_text(self._kinds, kind, column)

    def _field(self, kind: str, column: str) -> Field | None:
        return _field_of(self._kinds, kind, column)

    def told(self, kind: str, delta: Delta, side: Side) -> str:
        """Return one side of a column."""
        sides = {
            "base": (delta.base, delta.base_text), "ours": (delta.ours, delta.ours_text),
            "theirs": (delta.theirs, delta.theirs_text),
        }  # fmt: skip
        return self.value(kind, delta.column, *sides[side])

    def value(self, kind: str, column: str, value: object, text: str) -> str:
        """Return a stored value in the window's language: a choice, an amount, a record; anything else as the text."""
        field = self._field(kind, column)
        choice = choice_of(field, column)
        if choice and value is not None:
            return tr(choice.label(str(value)))
        if current_code() == Language.ENGLISH:
            return text
        if field is not None and isinstance(field.type, Reference) and isinstance(value, int):
            ref = self._ref(field.type.kind, value)
            return ref.label(current_code()) if ref else text
        return _amount(text) if column == "value" else text

    def remark(self, item: Item) -> str:
        """Return what to do about an invalid cell, why an item is left out, or what was decided."""
        if item.outcome is Outcome.INVALID and item.problem is not None:
            return tr(item.problem.remedy)
        parent = self._review.blocked_by(item)
        if parent is not None:
            return tr("left out with {record}", record=name_of(parent.title, parent.title_ko))
        decision = self._review.decision(item)
        if item.outcome is Outcome.CONFLICT:
            return "" if self._review.is_open(item) else tr(DECIDED[decision])
        if decision is Decision.KEEP:
            return tr("left as it is")
        if item.doubts:
            return tr(item.doubts[0].cause)
        return tr(item.note) if item.note else ""


def is_deleted(item: Item) -> bool:
    """Whether the workbook changes a record that is no longer in the catalogue."""
    return item.outcome is Outcome.CONFLICT and is_of_three(item) and item.take[0].action == "insert"


def _amount(text: str) -> str:
    """Return an amount as the window's language counts; as it is where its English is not that of an amount."""
    try:
        quantity = parse_quantity(text)
    except QuantityError:
        return text
    return format_quantity(quantity, current_code()) if format_quantity(quantity) == text else text


def _period(item: Item) -> str:
    return item.period


def _what(item: Item) -> str:
    return tr(WORDS[item.outcome][0])
