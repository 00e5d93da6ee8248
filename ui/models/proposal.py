"""A proposal under review as a table: one row an item, narrowed by outcome and kind, sorted by any column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from storage.domain.fields import RecordKind
from storage.domain.proposal import Decision, Item, Outcome
from storage.domain.review import Review
from ui.language import tr
from ui.models.proposal_choices import hint, is_of_three
from ui.models.proposal_texts import HEADERS, NUMBERS, CellText, ItemTexts, Meant, ProposalColumn

Index = QModelIndex | QPersistentModelIndex
PROVENANCE = ("source", "passage", "recipe")
ITEM = Qt.ItemDataRole.UserRole
ITEM_WRITTEN = Qt.ItemDataRole.UserRole + 1
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


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

    def __init__(self, kinds: Mapping[str, RecordKind]) -> None:
        super().__init__()
        self._kinds = kinds
        self._review: Review | None = None
        self._texts: ItemTexts | None = None
        self._rows: list[Item] = []
        self._conflicts: dict[tuple[str, str], list[Item]] = {}
        self._of_three = False
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
        self._conflicts = _by_column(self._items())
        self._of_three = any(is_of_three(item) for item in self.conflicts())
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
            if shown.outcome in (None, item.outcome)
            and (item.doubts or not shown.doubtful)
            and _is_shown(item, shown.kind)
            and _has(item, words)
        ]
        if shown.order >= 0:
            order = ProposalColumn(shown.order)
            rows.sort(key=lambda item: self._sort_key(item, order), reverse=shown.down)
        self._rows = rows
        self.endResetModel()

    def counts(self) -> dict[Outcome, int]:
        """Return how many records of the kind shown come to each outcome, those without an item too."""
        found = Counter(item.outcome for item in self._items() if _is_shown(item, self.shown.kind))
        if unlisted := self.unlisted():
            found[Outcome.SAME] += unlisted
        return dict(found)

    def unlisted(self) -> int:
        """Return how many records of the kind shown are the same in both, and have no item."""
        told, kind = self._review.proposal.unlisted if self._review else {}, self.shown.kind
        return told.get(kind, 0) if kind else sum(told.values())

    def doubtful(self) -> int:
        """Return how many items of the kind shown somebody should check."""
        return sum(bool(item.doubts) and _is_shown(item, self.shown.kind) for item in self._items())

    def kind_counts(self) -> dict[str, int]:
        """Return how many records there are of each kind, the most frequent first."""
        told = self._review.proposal.unlisted if self._review else {}
        return dict((Counter(item.kind for item in self._items()) + Counter(told)).most_common())

    def merges_three(self) -> bool:
        """Whether some conflict is between three values."""
        return self._of_three

    def has_periods(self) -> bool:
        """Whether some item shown is of a period."""
        return any(item.period for item in self._rows)

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
            value = _main_value(item, column)
            return (1, "", value) if isinstance(value, (int, float)) else (0, self.text(item, column).casefold(), 0)
        return (self.text(item, column).casefold(),)

    # Decisions

    def decide(self, items: Iterable[Item], decision: Decision) -> None:
        """Decide items; what hangs on them may change with them, so all rows are drawn anew."""
        if self._review is None:
            return
        self._review.decide(items, decision)
        self._draw_anew()

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
        return tuple(item for item in self._items() if _is_provenance(item))

    def conflicts(self) -> tuple[Item, ...]:
        """Return all conflicts, shown or not."""
        return tuple(item for items in self._conflicts.values() for item in items)

    def conflicts_like(self, item: Item) -> tuple[Item, ...]:
        """Return all conflicts in the column of an item; none where it is not in conflict."""
        return tuple(self._conflicts.get(_column_of(item), ())) if item.outcome is Outcome.CONFLICT else ()

    def hint(self, item: Item | None) -> str:
        """Return which keys decide an item, and with it all of its column where there are several."""
        if item is None or self._texts is None or len(self.conflicts_like(item)) < 2:
            return hint(item)
        return hint(item, self._texts.column(item))

    def open_conflicts(self) -> int:
        """Return how many conflicts nobody decided."""
        review = self._review
        return sum(review.is_open(item) for item in self.conflicts()) if review else 0

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
            if column is ProposalColumn.METRIC and self._of_three:
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


def _column_of(item: Item) -> tuple[str, str]:
    return (item.kind, item.column or item.metric)


def _by_column(items: Iterable[Item]) -> dict[tuple[str, str], list[Item]]:
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if item.outcome is Outcome.CONFLICT:
            found[_column_of(item)].append(item)
    return dict(found)


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


def _main_value(item: Item, column: ProposalColumn) -> object:
    found = next((delta for delta in item.deltas if delta.column == "value"), None)
    if found is None:
        return None
    return {ProposalColumn.BASE: found.base, ProposalColumn.OURS: found.ours}.get(column, found.theirs)
