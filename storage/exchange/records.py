"""The records of our own workbook held against the catalogue: new, changed, same or invalid, one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from storage.catalogue import Catalogue
from storage.domain.changes import delete, insert, update
from storage.domain.fields import Ref
from storage.domain.proposal import Delta, Item, Outcome
from storage.domain.query import Query
from storage.domain.text import Text, msg
from storage.errors import InvalidInput
from storage.exchange.record_names import RecordNames
from storage.exchange.record_rows import Row, refuse_doubles
from storage.exchange.record_rules import (
    NATURAL_KEYS,
    UNIQUE_KEYS,
    Key,
    KeyOf,
    Values,
    alike,
    check_record,
    natural_key,
    settle_periods,
    text_of_value,
    with_defaults,
)  # fmt: skip
from storage.exchange.record_sheets import stored_rows
from storage.workbook.stamp import Stamp
from storage.workbook.tidy import TidyRead
from storage.workbook.tidy_columns import TidyColumn, tidy_columns

Stop = Callable[[], None]
# what others refer to comes before them
ORDER = (
    "cluster", "organisation", "region", "source", "unit", "sector", "metric", "passage", "alias", "relation",
    "specialisation", "observation",
)  # fmt: skip


def propose_records(catalogue: Catalogue, read: TidyRead, first: int = 1, stop: Stop = lambda: None) -> list[Item]:
    """Compare every record with the catalogue as it is now; items are numbered from `first`, in the file's order.

    Exported records that the file lacks follow as removals. `stop` is called now and then and may raise.
    """
    rows = [Row(number, staged, trouble=staged.problem) for number, staged in enumerate(read.records, first)]
    refuse_doubles(rows)
    names = RecordNames(catalogue, read)
    found: dict[int, Item] = {}
    for kind in ORDER:
        stop()
        of_kind = [row for row in rows if row.staged.kind == kind]
        if of_kind:
            found |= _Kind(catalogue, kind, names).compare(of_kind)
    return [found[row.number] for row in rows] + _removals(catalogue, read.stamp, rows)


def _removals(catalogue: Catalogue, stamp: Stamp | None, rows: list[Row]) -> list[Item]:
    """Return what the whole catalogue held when it was exported and the workbook no longer has; kept by default.

    A view, another catalogue's workbook, one that lost its stamp or a sheet says nothing about what it lacks.
    """
    if stamp is None or stamp.query or stamp.catalogue != catalogue.identity:
        return []
    found: list[Item] = []
    for kind in (sheet.kind for sheet in stamp.sheets if sheet.role == "records"):
        of_kind = [row for row in rows if row.staged.kind == kind]
        if of_kind:
            there = {row.target for row in of_kind} | {row.staged.id for row in of_kind}
            found += _gone(catalogue, kind, there | catalogue.made_since(kind, stamp.revision), of_kind[-1])
    return [replace(item, number=rows[-1].number + place) for place, item in enumerate(found, 1)]


def _gone(catalogue: Catalogue, kind: str, kept: Collection[int | None], last: Row) -> list[Item]:
    ids = [int(id) for id in catalogue.ids(Query(kind)) if int(id) not in kept]
    names = catalogue.refs(kind, ids)
    return [
        Item(
            0, kind, Outcome.REMOVED, names[id].name, names[id].name_ko, last.staged.sheet, "", take=(delete(kind, id),)
        )
        for id in ids
    ]


class _Kind:
    """Compares the rows of one kind."""

    def __init__(self, catalogue: Catalogue, kind: str, names: RecordNames) -> None:
        self._catalogue = catalogue
        self._kind = kind
        self._names = names
        self._columns = tidy_columns(catalogue.kinds[kind])
        self._references = {column.key: column for column in self._columns if column.part == "reference"}
        self._key_refers = not self._references.keys().isdisjoint(NATURAL_KEYS[kind])
        self._ours: dict[int, Values] = {}

    def compare(self, rows: list[Row]) -> dict[int, Item]:
        """Return an item for every row."""
        self._begin(rows)
        if self._key_refers:
            self._settle(rows)
        self._match([row for row in rows if row.target == 0])
        self._name_new(rows)
        if not self._key_refers:
            self._settle(rows)
        self._refuse_same_keys(rows)
        refs = self._catalogue.refs(self._kind, [row.target for row in rows if row.target > 0])
        return {row.number: self._item(row, refs.get(row.target)) for row in rows}

    def _begin(self, rows: list[Row]) -> None:
        """Find the records that the rows' ids name."""
        ids = {row.staged.id for row in rows if row.staged.id is not None} if self._names.own else set()
        self._ours = self._read(sorted(ids))
        for row in rows:
            row.values = with_defaults(self._columns, row.staged.values)
            if row.staged.id in self._ours:
                row.target = row.staged.id or 0
            elif row.staged.id is not None and self._names.own:
                row.refuse(
                    msg("There is no {kind} with the id {id} in the catalogue.", kind=self._label, id=row.staged.id),
                    remedy=msg("Clear the id to add the row as a new record, or delete the row."),
                )

    @property
    def _label(self) -> Text:
        return self._catalogue.kinds[self._kind].label

    def _read(self, ids: list[int]) -> dict[int, Values]:
        """Return the stored values by id; what is not there is left out."""
        keys = [column.key for column in self._columns]
        rows = stored_rows(self._catalogue, self._kind, ids, self._columns)
        return {id: dict(zip(keys, row, strict=True)) for id, row in rows}

    def _settle(self, rows: list[Row]) -> None:
        """Resolve references, periods and blanks; what cannot be is the row's trouble."""
        for row in rows:
            for key, (id, name) in row.staged.references.items():
                kind: Any = self._references[key].field.type
                try:
                    row.values[key] = self._names.resolve(kind.kind, id, name)
                except InvalidInput as error:
                    row.refuse(error.text, key)
            ours = self._ours.get(row.target)
            try:
                settle_periods(self._columns, row.values, ours)
                check_record(self._columns, row.values, new=ours is None)
            except InvalidInput as error:
                row.refuse(error.text)

    @cached_property
    def _all(self) -> dict[int, Values]:
        return self._read([int(id) for id in self._catalogue.ids(Query(self._kind))])

    def _match(self, rows: list[Row]) -> None:
        """Find the records that rows without an id mean by their natural key; each but once."""
        if not rows:
            return
        taken = set(self._ours)
        keys: dict[Key, list[int]] = defaultdict(list)
        for id, values in self._all.items():
            keys[natural_key(self._kind, values)].append(id)
        for row in rows:
            key = natural_key(self._kind, row.values)
            found = [id for id in keys.get(key, ()) if id not in taken] if key is not None else []
            if len(found) > 1:
                found = [id for id in found if self._alike(row, self._all[id])][:1]
            if found and row.trouble is None:
                row.target, row.by_key = found[0], True
                taken.add(row.target)
                self._ours[row.target] = self._all[row.target]
            else:
                row.target = -row.number

    def _alike(self, row: Row, ours: Values) -> bool:
        return all(alike(ours[key], value) for key, value in row.values.items())

    def _name_new(self, rows: list[Row]) -> None:
        """Let other rows refer to the new ones, and to those that another catalogue numbered otherwise."""
        for row in rows:
            if row.staged.id is not None and not self._names.own:
                self._names.move(self._kind, row.staged.id, row.target)
            if row.target < 0 and row.trouble is None:
                for name in {self._name(row), str(row.values.get("name_ko") or "")} - {""}:
                    self._names.add(self._kind, name, row.target)

    def _name(self, row: Row) -> str:
        """Return what a row calls its record."""
        values, called = row.values, {key: name for key, (_, name) in row.staged.references.items()}
        parts = {
            "source": (values.get("title"),),
            "passage": (called.get("source_id"), values.get("locator")),
            "relation": (called.get("subject_id"), values.get("type"), called.get("object_id")),
            "specialisation": (called.get("entity_id"), called.get("sector_id")),
            "observation": (called.get("entity_id"), called.get("metric_id"), values.get("period")),
        }.get(self._kind, (values.get("name"),))
        return (", " if self._kind == "passage" else " · ").join(str(part) for part in parts if part)

    def _refuse_same_keys(self, rows: list[Row]) -> None:
        """Refuse the rows that would give a second record a key that only one may have."""
        for key_of in UNIQUE_KEYS.get(self._kind, ()):
            sound = [row for row in rows if row.trouble is None]
            keys = {row.target: key_of(self._final(row)) for row in sound}
            moved = [row for row in sound if keys[row.target] not in (None, self._old_key(key_of, row))]
            if not moved:
                continue
            holders: dict[Key, list[int]] = defaultdict(list)
            for id, key in {**{id: key_of(values) for id, values in self._all.items()}, **keys}.items():
                holders[key].append(id)
            for row in moved:
                others = [id for id in holders[keys[row.target]] if id != row.target]
                if others:
                    self._refuse_double_key(row, rows, others[0])

    def _refuse_double_key(self, row: Row, rows: list[Row], other: int) -> None:
        twin = next((one for one in rows if one.target == other), None)
        row.rival = f"{twin.staged.sheet}!{twin.staged.cell()}" if twin else ""
        where = row.rival or msg("no. {id} of the catalogue", id=other)
        row.refuse(msg("Another {kind} has the same key: {where}.", kind=self._label, where=where))

    def _final(self, row: Row) -> Values:
        return {**self._ours.get(row.target, {}), **row.values}

    def _old_key(self, key_of: KeyOf, row: Row) -> Key:
        return key_of(self._ours[row.target]) if row.target in self._ours else None

    def _item(self, row: Row, ref: Ref | None) -> Item:
        ours = self._ours.get(row.target)
        deltas = tuple(self._deltas(row, ours or {}))
        title = ref or Ref(row.target, self._name(row), str(row.values.get("name_ko") or ""))
        staged, called = row.staged, {key: name for key, (_, name) in row.staged.references.items()}
        item = Item(
            row.number, self._kind, Outcome.SAME, title.name, title.name_ko, staged.sheet, staged.cell(),
            problem=row.trouble, entity=called.get("entity_id", ""), metric=called.get("metric_id", ""),
            period=str(row.values.get("period") or ""), rival=row.rival,
        )  # fmt: skip
        if row.trouble is not None:
            return replace(item, outcome=Outcome.INVALID)
        after = {delta.column: delta.theirs for delta in deltas}
        if ours is None:
            change = insert(self._kind, after, row.target)
            return replace(item, outcome=Outcome.NEW, deltas=deltas, take=(change,))
        if not deltas:
            return item
        before = {delta.column: delta.ours for delta in deltas}
        change = update(self._kind, row.target, before, after)
        return replace(item, outcome=Outcome.CHANGED, deltas=deltas, take=(change,))

    def _deltas(self, row: Row, ours: Mapping[str, Any]) -> Iterator[Delta]:
        for column in self._columns:
            if column.key not in row.values:
                continue
            before, after = ours.get(column.key), row.values[column.key]
            unsaid = row.by_key and row.is_blank(column.key) and after in (None, "", column.field.default)
            if not unsaid and not alike(before, after):
                yield Delta(column.key, before, after, self._text(column, before), self._text(column, after))

    def _text(self, column: TidyColumn, value: Any) -> str:
        kind: Any = column.field.type
        names = self._names.labels.of(kind.kind) if column.part == "reference" else {}
        return text_of_value(column, value, names)
