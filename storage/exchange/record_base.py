"""The catalogue as it was when a workbook was exported, beside what it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storage.catalogue import Catalogue
from storage.exchange.labels import Labels
from storage.exchange.origin import Origin
from storage.exchange.record_rules import Values
from storage.exchange.record_sheets import RecordTable
from storage.workbook.tidy_columns import tidy_columns


class Base:
    """What the records of a workbook were when it was exported; without a known export, what they are now."""

    def __init__(self, catalogue: Catalogue, origin: Origin, labels: Labels, stop: Callable[[], None]) -> None:
        self.origin = origin
        self._stop = stop
        self._catalogue = catalogue
        self._labels = labels
        self._tables: dict[str, RecordTable] = {}
        self._moved: dict[str, dict[int, dict[str, Any] | None]] = {}

    @property
    def three_ways(self) -> bool:
        """Whether it is known what was exported."""
        return self.origin.export is not None

    def moved(self, kind: str) -> Mapping[int, dict[str, Any] | None]:
        """Return the records touched since the export as they were then, None for one that was not there."""
        export = self.origin.export
        if kind not in self._moved:
            self._moved[kind] = self._catalogue.states_at(export.revision, kind) if export else {}
        return self._moved[kind]

    def exported(self, kind: str) -> NDArray[np.int64]:
        """Return the ids that the workbook held when it was exported, as far as that is known."""
        none = np.empty(0, dtype=np.int64)
        return self.origin.export.ids.get(kind, none) if self.origin.export else none

    def then(self, kind: str, id: int, now: Values | None) -> Values | None:
        """Return a record's columns as they were exported, given what they are now; None when it was not there."""
        moved = self.moved(kind)
        if id not in moved:
            return now
        state = moved[id]
        return None if state is None else {key: state[key] for key in self.keys(kind)}

    def keys(self, kind: str) -> list[str]:
        """Return the stored columns of a kind as workbooks carry them."""
        return [column.key for column in tidy_columns(self._catalogue.kinds[kind])]

    def known(self, kind: str, keys: Sequence[str], ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        """Return the cells of those records that are as they were exported; the others are to be looked at."""
        self._stop()
        if not self.origin.own:
            return {}
        table, moved = self._table(kind), self.moved(kind)
        rows = self._catalogue.stored_now(kind, [column.key for column in table.columns], ids)
        if moved:
            rows = [row for row in rows if row[0] not in moved]
        return dict(zip((row[0] for row in rows), table.cells(keys, rows), strict=True))

    def _table(self, kind: str) -> RecordTable:
        if kind not in self._tables:
            language = self.origin.stamp.language if self.origin.stamp else "en"
            self._tables[kind] = RecordTable.of(self._catalogue.kinds[kind], self._labels, language)
        return self._tables[kind]
