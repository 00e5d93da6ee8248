"""A proposal under review as a table: one row an item, narrowed by outcome and kind, sorted by any column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from storage.domain.fields import RecordKind
from storage.domain.proposal import Decision, Item, Outcome
from storage.domain.review import Review
from ui.language import tr
from ui.models.proposal_texts import HEADERS, NUMBERS, CellText, ItemTexts, Meant, ProposalColumn

Index = QModelIndex | QPersistentModelIndex
PROVENANCE = ("source", "passage", "recipe")
ITEM = Qt.ItemDataRole.UserRole
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which items are shown: of one outcome, of one kind, with these words; `order` is a column, -1 as in the file."""

    outcome: Outcome | None = None
    kind: str = ""
    words: str = ""
    order: int = -1
    down: bool = False


class ProposalModel(QAbstractTableModel):
    """Emits `decided` whenever a decision moved."""

    decided = Signal()

    def __init__(self, kinds: Mapping[str, RecordKind]) -> None:
        super().__init__()
        self._kinds = kinds
        self._review: Review | None = None
        self._texts: ItemTexts | None = None
        self._rows: list[Item] = []
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
        self._texts = ItemTexts(self._kinds, review, cell_text, meant) if review else None
        self.show_items(self.shown if review else Shown())

    def show_items(self, shown: Shown) -> None:
        """Narrow and sort."""
        self.beginResetModel()
        self.shown = shown
        items = self._review.proposal.items if self._review else ()
        words = shown.words.casefold().split()
        rows = [
            item
            for item in items
            if shown.outcome in (None, item.outcome) and _is_shown(item, shown.kind) and _has(item, words)
        ]
        if shown.order >= 0:
            order = ProposalColumn(shown.order)
            rows.sort(key=lambda item: self._sort_key(item, order), reverse=shown.down)
        self._rows = rows
        self.endResetModel()

    def counts(self) -> dict[Outcome, int]:
        """Return how many items of the kind shown there are of each outcome."""
        return dict(Counter(item.outcome for item in self._items() if _is_shown(item, self.shown.kind)))

    def kind_counts(self) -> dict[str, int]:
        """Return how many items there are of each kind of record, the most frequent first."""
        return dict(Counter(item.kind for item in self._items()).most_common())

    def _items(self) -> tuple[Item, ...]:
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
            value = _main_value(item, theirs=column is ProposalColumn.THEIRS)
            return (1, "", value) if isinstance(value, (int, float)) else (0, self.text(item, column).casefold(), 0)
        return (self.text(item, column).casefold(),)

    # Decisions

    def decide(self, items: Iterable[Item], decision: Decision) -> None:
        """Decide items; what hangs on them may change with them, so all rows are drawn anew."""
        if self._review is None:
            return
        self._review.decide(items, decision)
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
        return tuple(item for item in self._items() if _is_provenance(item))

    def open_conflicts(self) -> int:
        """Return how many conflicts nobody decided."""
        review = self._review
        return sum(review.is_open(item) for item in self._items()) if review else 0

    def text(self, item: Item, column: ProposalColumn) -> str:
        """Return the text of a cell."""
        return self._texts.text(item, column) if self._texts else ""

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
            return tr(HEADERS[column]) if column in HEADERS else ""
        return (RIGHT if column in NUMBERS else LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, the state of its box, or the item."""
        if not index.isValid():
            return None
        item, column = self._rows[index.row()], ProposalColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(item, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column in NUMBERS else LEFT
        if role == Qt.ItemDataRole.CheckStateRole and column is ProposalColumn.BOX and item.decisions:
            written = self._review is not None and self._review.is_written(item)
            return (Qt.CheckState.Checked if written else Qt.CheckState.Unchecked).value
        return item if role == ITEM else None


def _is_provenance(item: Item) -> bool:
    """Tell what is written along with the figures of no cell of its own: source, passage and recipe."""
    return item.kind in PROVENANCE and not item.cell


def _is_shown(item: Item, kind: str) -> bool:
    return item.kind == kind or (not kind and not _is_provenance(item))


def _has(item: Item, words: list[str]) -> bool:
    if not words:
        return True
    text = f"{item.title} {item.title_ko} {item.entity} {item.metric} {item.period} {item.cell}".casefold()
    return all(word in text for word in words)


def _main_value(item: Item, *, theirs: bool) -> object:
    found = next((delta for delta in item.deltas if delta.column == "value"), None)
    return None if found is None else found.theirs if theirs else found.ours
