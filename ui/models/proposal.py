"""A proposal under review as a table: one row an item, narrowed by outcome and kind, sorted by any column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from storage.domain.fields import RecordKind
from storage.domain.overview import Overview, column_of
from storage.domain.proposal import Decision, Item, Outcome
from storage.domain.review import Review
from ui.language import tr
from ui.models.proposal_choices import hint
from ui.models.proposal_texts import HEADERS, NUMBERS, CellText, ItemTexts, Meant, ProposalColumn, Refs

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
ITEM_WRITTEN = Qt.ItemDataRole.UserRole + 1
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


NOTHING = Overview.of(())


@dataclass(frozen=True, slots=True)
class Shown:
    """Which items are shown: of one outcome, or to check, of one kind, with these words.

    `order` is a column, -1 as in the file.
    """

    outcome: Outcome | None = None
    doubtful: bool = False
    kind: str = ""
    words: str = ""
    order: int = -1
    down: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether some items are left out."""
        return self.outcome is not None or self.doubtful or bool(self.kind or self.words)


class ProposalModel(QAbstractTableModel):
    """Emits `decided` whenever a decision moved."""

    decided = Signal()

    def __init__(self, kinds: Mapping[str, RecordKind], refs: Refs = lambda _kind, _ids: {}) -> None:
        super().__init__()
        self._kinds, self._refs = kinds, refs
        self._review: Review | None = None
        self._texts: ItemTexts | None = None
        self._rows: list[Item] = []
        self._overview = NOTHING
        self.shown = Shown()

    # What is shown

    @property
    def review(self) -> Review | None:
        """The proposal with its decisions."""
        return self._review

    @property
    def texts(self) -> ItemTexts | None:
        """What is said about the items."""
        return self._texts

    def set_review(self, review: Review | None, cell_text: CellText, meant: Meant | None = None) -> None:
        """Show a proposal, None to begin anew; `cell_text(sheet, cell)` is what stands in a cell of the workbook."""
        self._review = review
        self._texts = ItemTexts(self._kinds, review, cell_text, meant, self._refs) if review else None
        self._overview = review.overview if review else NOTHING
        self.show_items(self.shown if review else Shown())

    def show_items(self, shown: Shown) -> None:
        """Narrow and sort."""
        self.beginResetModel()
        self.shown = shown
        rows = list(self._narrowed(shown))
        if shown.order >= 0:
            order = ProposalColumn(shown.order)
            rows.sort(key=lambda item: self._sort_key(item, order), reverse=shown.down)
        self._rows = rows
        self.endResetModel()

    def _narrowed(self, shown: Shown) -> Iterable[Item]:
        rows: Iterable[Item] = self._items() if shown.kind else self._overview.listed
        words = shown.words.casefold().split()
        if shown.kind:
            rows = [item for item in rows if item.kind == shown.kind]
        if shown.outcome is not None:
            rows = [item for item in rows if item.outcome is shown.outcome]
        if shown.doubtful:
            rows = [item for item in rows if item.doubts]
        return [item for item in rows if _has(item, words)] if words else rows

    def counts(self) -> dict[Outcome, int]:
        """Return how many records of the kind shown come to each outcome, those without an item too."""
        found: Counter[Outcome] = Counter()
        for (kind, outcome), count in self._overview.counts.items():
            found[outcome] += count if self.shown.kind in ("", kind) else 0
        if not self.shown.kind:
            found.subtract(item.outcome for item in self._overview.provenance)
        found[Outcome.SAME] += self.unlisted()
        return {outcome: count for outcome, count in found.items() if count}

    def unlisted(self) -> int:
        """Return how many records of the kind shown are the same in both, and have no item."""
        told, kind = self._review.proposal.unlisted if self._review else {}, self.shown.kind
        return told.get(kind, 0) if kind else sum(told.values())

    def doubtful(self) -> int:
        """Return how many items of the kind shown somebody should check."""
        found, kind = self._overview.doubtful, self.shown.kind
        return found.get(kind, 0) if kind else sum(found.values())

    def kind_counts(self) -> dict[str, int]:
        """Return how many records there are of each kind, the most frequent first."""
        found = Counter(self._review.proposal.unlisted if self._review else {})
        for (kind, _), count in self._overview.counts.items():
            found[kind] += count
        return dict(found.most_common())

    def merges_three(self) -> bool:
        """Whether some conflict is between three values."""
        return self._overview.of_three

    def has_periods(self) -> bool:
        """Whether some item shown is of a period."""
        return any(item.period for item in self._rows)

    def _items(self) -> Sequence[Item]:
        return self._review.proposal.items if self._review else ()

    def item(self, row: int) -> Item | None:
        """Return the item of a row, None where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, number: int) -> int:
        """Return the row of an item, -1 when it is not shown."""
        return next((row for row, item in enumerate(self._rows) if item.number == number), -1)

    def _sort_key(self, item: Item, column: ProposalColumn) -> tuple[object, ...]:
        if column is ProposalColumn.BOX:
            return (not (self._review and self._review.is_written(item)),)
        if column is ProposalColumn.CELL:
            letters = item.cell.rstrip("0123456789")
            return (item.sheet, int(item.cell[len(letters) :] or 0), len(letters), letters)
        if column in NUMBERS:
            value = _main_value(item, column)
            return (1, "", value) if isinstance(value, (int, float)) else (0, self.text(item, column).casefold(), 0)
        return (self.text(item, column).casefold(),)

    # Decisions

    def decide(self, items: Iterable[Item], decision: Decision) -> int:
        """Decide items and return how many; what hangs on them may change too, so all rows are drawn anew."""
        count = self._review.decide(items, decision) if self._review else 0
        self._draw_anew()
        return count

    def restore(self, decisions: Mapping[int, Decision]) -> None:
        """Take back what was decided since."""
        if self._review is not None:
            self._review.restore(decisions)
            self._draw_anew()

    def _draw_anew(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(ProposalColumn) - 1))
        self.decided.emit()

    def toggle(self, items: Iterable[Item]) -> None:
        """Accept the items, or leave them all where every one is accepted already."""
        chosen = [item for item in items if item.decisions]
        review = self._review
        if review is None or not chosen:
            return
        taken = all(review.decision(item) is not Decision.KEEP for item in chosen)
        self.decide(chosen, Decision.KEEP if taken else Decision.TAKE)

    def shown_items(self) -> tuple[Item, ...]:
        """Return all the items that the filter leaves."""
        return tuple(self._rows)

    def provenance(self) -> tuple[Item, ...]:
        """Return what is written along with the figures, and shown only when its kind is asked for."""
        return self._overview.provenance

    def conflicts(self) -> tuple[Item, ...]:
        """Return all conflicts, shown or not."""
        return tuple(item for items in self._overview.conflicts.values() for item in items)

    def conflicts_like(self, item: Item) -> tuple[Item, ...]:
        """Return all conflicts in the column of an item; none where it is not in conflict."""
        return self._overview.conflicts.get(column_of(item), ()) if item.outcome is Outcome.CONFLICT else ()

    def hint(self, item: Item | None) -> str:
        """Return which keys decide an item, and with it all of its column where there are several."""
        if item is None or self._texts is None or len(self.conflicts_like(item)) < 2:
            return hint(item)
        return hint(item, self._texts.column(item))

    def open_conflicts(self) -> int:
        """Return how many conflicts nobody decided."""
        return self._review.open_count if self._review else 0

    def next_open(self, row: int) -> int:
        """Return the row of the next conflict that is open, from the top again after the last; -1 where none is."""
        still = self._review.open if self._review else frozenset()
        places = (*range(row + 1, len(self._rows)), *range(row)) if still else ()
        return next((place for place in places if self._rows[place].number in still), -1)

    def text(self, item: Item, column: ProposalColumn) -> str:
        """Return the text of a cell."""
        return self._texts.text(item, column) if self._texts else ""

    def _spoken(self, item: Item, column: ProposalColumn) -> str:
        """Return the text of a cell, with what a mark says beside it."""
        text = self.text(item, column)
        return tr("{outcome}, to check", outcome=text) if column is ProposalColumn.WHAT and item.doubts else text

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of items shown."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(ProposalColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the headers; the column of boxes has none to read."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(ProposalColumn):
            return None
        column = ProposalColumn(section)
        if role == Qt.ItemDataRole.DisplayRole:
            if column is ProposalColumn.METRIC and self._overview.of_three:
                return tr("Field")
            return tr(HEADERS[column]) if column in HEADERS else ""
        return (RIGHT if column in NUMBERS else LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, the state of its box, or the item."""
        if not index.isValid():
            return None
        item, column = self._rows[index.row()], ProposalColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(item, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(item, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column in NUMBERS else LEFT
        if role == Qt.ItemDataRole.CheckStateRole and column is ProposalColumn.BOX and item.decisions:
            written = index.data(ITEM_WRITTEN)
            return (Qt.CheckState.Checked if written else Qt.CheckState.Unchecked).value
        if role == ITEM_WRITTEN:
            return self._review is not None and self._review.is_written(item)
        return item if role == ITEM else None


def _has(item: Item, words: list[str]) -> bool:
    if not words:
        return True
    text = f"{item.title} {item.title_ko} {item.entity} {item.metric} {item.period} {item.cell}".casefold()
    return all(word in text for word in words)


def _main_value(item: Item, column: ProposalColumn) -> object:
    found = next((delta for delta in item.deltas if delta.column == "value"), None)
    if found is None:
        return None
    return {ProposalColumn.BASE: found.base, ProposalColumn.OURS: found.ours}.get(column, found.theirs)
