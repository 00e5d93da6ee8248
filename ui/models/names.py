"""The names of a workbook, those in front that the catalogue does not know for sure, and what each is to mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from storage.domain.fields import Ref
from storage.domain.proposal import LEAVE_OUT, MAKE_NEW, NameMatch, Naming, Sureness
from storage.domain.text import Text, msg
from ui.language import name_of, tr
from ui.models.columns import Tag, Tone

Index = QModelIndex | QPersistentModelIndex
NameKey = tuple[str, str, str, str]
NAME = Qt.ItemDataRole.UserRole
TAG = Qt.ItemDataRole.UserRole + 1
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

SURENESS: dict[Sureness, tuple[Text, Tone]] = {
    Sureness.KNOWN: (msg("known"), "good"),
    Sureness.DOUBTFUL: (msg("doubtful"), "mind"),
    Sureness.UNKNOWN: (msg("unknown"), "bad"),
}
ROLES: dict[str, Text] = {"entity": msg("record"), "metric": msg("metric")}


class NameColumn(IntEnum):
    """The columns in order."""

    NAME, WHAT, COUNT, CELL, MEANS, STATE = range(6)


HEADERS = {
    NameColumn.NAME: msg("In the workbook"),
    NameColumn.WHAT: msg("What"),
    NameColumn.COUNT: msg("Figures"),
    NameColumn.CELL: msg("First in"),
    NameColumn.MEANS: msg("Means"),
    NameColumn.STATE: msg("State"),
}


@dataclass
class NameChoices:
    """What was chosen for each name; `picked` are the records of choices that no candidate tells."""

    choices: dict[NameKey, int] = field(default_factory=dict)
    picked: dict[NameKey, Ref] = field(default_factory=dict)
    new_kind: str = "cluster"

    @property
    def naming(self) -> Naming:
        """The choices as the proposal takes them."""
        return Naming(dict(self.choices), new_entity_kind=self.new_kind, take_same_letters=False)

    def choose(self, names: Iterable[NameMatch], choice: int) -> None:
        """Choose the same for several names: a record's id, MAKE_NEW or LEAVE_OUT."""
        self.choices.update({name.key: choice for name in names})

    def pick(self, name: NameMatch, ref: Ref) -> None:
        """Choose a record that a search found."""
        self.picked[name.key] = ref
        self.choices[name.key] = ref.id

    def forget(self, names: Iterable[NameMatch]) -> None:
        """Leave names open again."""
        for name in names:
            self.choices.pop(name.key, None)

    def meant(self, names: Iterable[NameMatch]) -> dict[tuple[str, str], Ref]:
        """Return the record that each name goes to, by role and name; none where a name goes to several or to none."""
        found: dict[tuple[str, str], set[Ref]] = {}
        for name in names:
            ref = self._meant(name)
            found.setdefault((name.role, name.name), set()).update({ref} if ref else ())
        return {key: next(iter(refs)) for key, refs in found.items() if len(refs) == 1}

    def _meant(self, name: NameMatch) -> Ref | None:
        known = name.candidates[0].id if name.sureness is Sureness.KNOWN else None
        choice = self.choices.get(name.key, known)
        if choice is None:
            return None
        candidates = {one.id: Ref(one.id, one.name, one.name_ko) for one in name.candidates}
        return candidates.get(choice) or self.found(name)

    def found(self, name: NameMatch) -> Ref | None:
        """Return the record that a search found for a name, None where a candidate was taken or none."""
        choice, ref = self.choices.get(name.key), self.picked.get(name.key)
        listed = any(candidate.id == choice for candidate in name.candidates)
        return ref if ref is not None and ref.id == choice and not listed else None

    def is_open(self, name: NameMatch) -> bool:
        """Whether nobody decided yet what the name means."""
        return name.sureness is not Sureness.KNOWN and name.key not in self.choices


class NameModel(QAbstractTableModel):
    """One row a name, the open ones in front as they came."""

    def __init__(self, kind_labels: Mapping[str, Text]) -> None:
        super().__init__()
        self._kind_labels = kind_labels
        self._names: Sequence[NameMatch] = ()
        self._choices = NameChoices()

    def set_names(self, names: Sequence[NameMatch], choices: NameChoices) -> None:
        """Show names with what was chosen for them."""
        self.beginResetModel()
        self._names = names
        self._choices = choices
        self.endResetModel()

    def refresh(self) -> None:
        """Draw again after a choice."""
        if self._names:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._names) - 1, len(NameColumn) - 1))

    def name(self, row: int) -> NameMatch | None:
        """Return the name of a row, None where there is none."""
        return self._names[row] if 0 <= row < len(self._names) else None

    def meaning(self, name: NameMatch) -> str:
        """Return what was chosen for a name, blank while it is open."""
        choice = self._choices.choices.get(name.key)
        if choice is None and name.sureness is Sureness.KNOWN:
            choice = name.candidates[0].id
        if choice is None:
            return ""
        if choice == LEAVE_OUT:
            return tr("left out")
        if choice == MAKE_NEW:
            return tr(
                "new: {kind}", kind=self._kind_labels["metric" if name.role == "metric" else self._choices.new_kind]
            )
        known = {candidate.id: name_of(candidate.name, candidate.name_ko) for candidate in name.candidates}
        ref = self._choices.found(name)
        return name_of(ref.name, ref.name_ko) if ref else known.get(choice, "")

    def tag(self, name: NameMatch) -> Tag:
        """Return how a name stands, as a word with its tone."""
        choice = self._choices.choices.get(name.key)
        if choice is None:
            word, tone = SURENESS[name.sureness]
            return (tr(word), tone)
        if choice == LEAVE_OUT:
            return (tr("left out"), "neutral")
        return (tr("new"), "good") if choice == MAKE_NEW else (tr("matched"), "accent")

    def _text(self, name: NameMatch, column: NameColumn) -> str:
        match column:
            case NameColumn.NAME:
                named = f"{name.name} ({name.code})" if name.code and name.code != name.name else name.name
                return tr("{name}, in {place}", name=named, place=name.parent) if name.parent else named
            case NameColumn.WHAT:
                return tr(ROLES[name.role])
            case NameColumn.COUNT:
                return f"{name.count:,}"
            case NameColumn.CELL:
                return name.cell.rpartition("!")[2]
            case NameColumn.MEANS:
                return self.meaning(name)
            case NameColumn.STATE:
                return self.tag(name)[0]

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of names."""
        return 0 if parent is not None and parent.isValid() else len(self._names)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(NameColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the headers."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(NameColumn):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADERS[NameColumn(section)])
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, the tag of the state, or the name."""
        if not index.isValid():
            return None
        name, column = self._names[index.row()], NameColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(name, column)
        if role == TAG:
            return self.tag(name) if column is NameColumn.STATE else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return name if role == NAME else None


def _alignment(column: int) -> int:
    return RIGHT if column == NameColumn.COUNT else LEFT
