"""The records of our own workbook merged with the catalogue: what was exported, the workbook, and what is here now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from storage.catalogue import Catalogue
from storage.domain.changes import Change
from storage.domain.fields import Ref
from storage.domain.problem import Problem
from storage.domain.proposal import Item, Outcome
from storage.domain.text import Text, msg
from storage.errors import InvalidInput
from storage.exchange.labels import Labels
from storage.exchange.origin import Origin
from storage.exchange.record_base import Base
from storage.exchange.record_items import Draft, ItemMaker, called, drift
from storage.exchange.record_keys import Keys
from storage.exchange.record_merge import merge
from storage.exchange.record_names import RecordNames
from storage.exchange.record_rows import Row, settle_doubles, without_copies
from storage.exchange.record_rules import (
    NATURAL_KEYS,
    Key,
    Values,
    alike,
    check_record,
    natural_key,
    settle_periods,
    with_defaults,
)  # fmt: skip
from storage.exchange.record_uniqueness import Uniqueness
from storage.translations import LANGUAGES
from storage.workbook.sheet import Workbook
from storage.workbook.tidy import TidyRead, Untouched, read_tidy
from storage.workbook.tidy_columns import TidyColumn, column_groups

Stop = Callable[[], None]
# what others refer to comes before them
ORDER = (
    "cluster", "organisation", "region", "source", "unit", "sector", "metric", "passage", "alias", "relation",
    "specialisation", "observation",
)  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """What a workbook came to: items from number 1 on, those that are the same in both by kind, and what was read."""

    items: tuple[Item, ...]
    unlisted: Mapping[str, int]
    read: TidyRead


def compare_records(catalogue: Catalogue, workbook: Workbook, origin: Origin, stop: Stop = lambda: None) -> Compared:
    """Merge every record of the workbook, in the file's order; exported ones that it lacks follow as removals.

    `stop` is called now and then and may raise.
    """
    labels = {language: Labels(catalogue, language) for language in LANGUAGES}
    base = Base(catalogue, origin, labels[origin.stamp.language if origin.stamp else "en"], stop)
    read = read_tidy(workbook, catalogue.kinds, origin.stamp, base.known)
    rows = [Row.of(number, staged) for number, staged in enumerate(read.records, 1)]
    names = RecordNames(catalogue, read, labels, own=origin.own)
    found: dict[int, list[Draft]] = {}
    for kind in ORDER:
        stop()
        of_kind = without_copies([row for row in rows if row.staged.kind == kind])
        if of_kind:
            found |= _Kind(catalogue, kind, names, base, read.untouched.get(kind)).compare(of_kind)
    drafts = [draft for row in rows for draft in found.get(row.number, ())]
    unlisted = {kind: len(set(same.ids)) for kind, same in read.untouched.items()}
    for row in rows:
        unlisted[row.staged.kind] += found.get(row.number) == []
    drafts += _removals(catalogue, base, read, rows)
    items = tuple(Item(number, **draft) for number, draft in enumerate(drafts, 1))
    return Compared(items, {kind: count for kind, count in unlisted.items() if count}, read)


def _removals(catalogue: Catalogue, base: Base, read: TidyRead, rows: list[Row]) -> list[Draft]:
    """Return what was exported and is still here, but no longer in the workbook; kept by default.

    A sheet that is missing says nothing about its records.
    """
    found: list[Draft] = []
    for kind, same in read.untouched.items():
        of_kind = [row for row in rows if row.staged.kind == kind]
        there = {*same.ids, *(row.target for row in of_kind), *(row.staged.id for row in of_kind)}
        gone = [id for id in base.exported(kind).tolist() if id not in there]
        # a row that cannot be read, its id perhaps damaged, is none that is missing
        unread = {name for row in of_kind if row.trouble for name in (called(kind, row), row.title_ko)} - {""}
        refs = {id: ref for id, ref in catalogue.refs(kind, gone).items() if not {ref.name, ref.name_ko} & unread}
        found += _gone(catalogue, base, kind, {id: refs[id] for id in gone if id in refs}, same.sheet)
    return found


def _gone(catalogue: Catalogue, base: Base, kind: str, refs: Mapping[int, Ref], sheet: str) -> list[Draft]:
    keys, moved = base.keys(kind), base.moved(kind)
    now = {row[0]: dict(zip(keys, row[1:], strict=True)) for row in catalogue.stored_now(kind, keys, list(refs))}
    groups = column_groups(catalogue.kinds[kind])
    drafts: list[Draft] = []
    for id in (id for id in refs if id in now):
        then = (base.then(kind, id, now[id]) or {}) if id in moved else now[id]
        drifted = merge(groups, then, now[id], {}, lambda column: True).drifted
        drafts.append({
            "kind": kind, "outcome": Outcome.REMOVED, "title": refs[id].name, "title_ko": refs[id].name_ko,
            "sheet": sheet, "cell": "", "take": (Change(kind, id, "delete", now[id]),),
            "note": drift(drifted) if drifted else None,
        })  # fmt: skip
    return drafts


class _Kind:
    """Compares the rows of one kind."""

    def __init__(
        self, catalogue: Catalogue, kind: str, names: RecordNames, base: Base, untouched: Untouched | None
    ) -> None:
        self._catalogue = catalogue
        self._kind = kind
        self._names = names
        self._base = base
        self._untouched = untouched
        self._keys = Keys(catalogue, kind)
        self._groups = column_groups(catalogue.kinds[kind])
        self._columns = [column for group in self._groups for column in group]
        self._references = {column.key: column for column in self._columns if column.part == "reference"}
        self._key_refers = not self._references.keys().isdisjoint(NATURAL_KEYS[kind])
        self._blank: Values = {column.key: column.field.default for column in self._columns}
        self._ours: dict[int, Values] = {}

    def compare(self, rows: list[Row]) -> dict[int, list[Draft]]:
        """Return the items of every row."""
        self._begin(rows)
        if self._key_refers:
            self._resolve(rows)
        if not self._base.three_ways:
            self._doubt(rows)
        self._match([row for row in rows if row.target == 0])
        self._name_new(rows)
        if not self._key_refers:
            self._resolve(rows)
        for row in rows:
            self._merge(row)
        Uniqueness(self._catalogue.kinds[self._kind], self._keys, self._ours, self._untouched).check(rows)
        refs = self._catalogue.refs(self._kind, [row.target for row in rows if row.target > 0])
        maker = ItemMaker(self._catalogue.kinds[self._kind], self._names)
        return {row.number: maker.drafts(row, self._ours.get(row.target), refs.get(row.target)) for row in rows}

    def _begin(self, rows: list[Row]) -> None:
        """Find the records that the rows' ids name."""
        ids = {row.id for row in rows if row.id is not None} if self._names.own else set()
        self._ours = self._read(sorted(ids))
        exported = {id: self._base.then(self._kind, id, self._ours.get(id)) for id in ids}
        settle_doubles(rows, self._untouched, {id: values for id, values in exported.items() if values})
        for row in rows:
            row.values = with_defaults(self._columns, row.staged.values)
            if row.id in self._ours:
                self._aim(row, row.id)
            elif row.id is not None and self._names.own:
                self._seek_deleted(row, exported[row.id])

    def _aim(self, row: Row, target: int) -> None:
        row.target = target
        if self._base.three_ways:
            row.base = self._base.then(self._kind, target, self._ours[target])
            if row.base is None:  # it came later: all that both sides say of it was added
                row.base, row.base_gone = dict(self._blank), True

    def _doubt(self, rows: list[Row]) -> None:
        """Doubt an id that is another record's by its natural key, where nothing proves that they belong together."""
        by_id = [row for row in rows if row.id is not None and row.target > 0 and row.trouble is None]
        keys = {row.number: natural_key(self._kind, row.values) for row in by_id}
        own = {row.number: natural_key(self._kind, self._ours[row.target]) for row in by_id}
        strange = {number: key for number, key in keys.items() if key not in (None, own[number])}
        holders = self._keys.by_key(set(strange.values())) if strange else {}
        for row in (row for row in rows if row.number in strange):
            held = self._catalogue.refs(self._kind, [row.target])[row.target].name
            cause = msg("The id {id} is that of “{held}” here, and it is not sure that the same record is meant.",
                        id=row.id, held=held)  # fmt: skip
            remedy = msg("Clear the id of the row if it is another record.")
            row.doubts.append(Problem(row.staged.sheet, row.staged.cell(), cause, remedy))
            row.doubted = True
            if any(id not in self._ours for id in holders.get(strange[row.number], ())):
                row.target = 0

    def _seek_deleted(self, row: Row, exported: Values | None) -> None:
        """Take a row for a record that was deleted since the export; refuse one that never was."""
        if exported is not None:
            row.base, row.deleted, row.target = exported, True, -row.number
            return
        row.refuse(
            msg("There is no {kind} with the id {id} in the catalogue.", kind=self._label, id=row.id),
            remedy=msg("Clear the id to add the row as a new record, or delete the row."),
        )

    @property
    def _label(self) -> Text:
        return self._catalogue.kinds[self._kind].label

    def _read(self, ids: Collection[int]) -> dict[int, Values]:
        """Return the stored values by id; what is not there is left out."""
        keys = [column.key for column in self._columns]
        return {
            row[0]: dict(zip(keys, row[1:], strict=True)) for row in self._catalogue.stored_now(self._kind, keys, ids)
        }

    def _resolve(self, rows: list[Row]) -> None:
        """Resolve references and periods; what cannot be is the row's trouble."""
        for row in rows:
            for key, (id, name) in row.staged.references.items():
                try:
                    row.values[key] = self._referred(row, key, id, name)
                except InvalidInput as error:
                    row.refuse(error.text, key)
            try:
                settle_periods(self._columns, row.values, row.base or self._ours.get(row.target))
            except InvalidInput as error:
                row.refuse(error.text)

    def _referred(self, row: Row, key: str, id: int | None, name: str) -> int | None:
        kind: Any = self._references[key].field.type
        exported = row.base[key] if row.base else None
        if id is not None and id == exported and self._names.still_called(kind.kind, id, name):
            return id  # nobody touched it, whether or not its record is still there
        return self._names.resolve(kind.kind, id, name)

    def _match(self, rows: list[Row]) -> None:
        """Find the records that rows without an id mean by their natural key; each but once."""
        if not rows:
            return
        taken = self._ours.keys() | set(self._untouched.ids if self._untouched else ())
        keys = {row.number: natural_key(self._kind, row.values) for row in rows if row.trouble is None}
        holders = self._holders({key for key in keys.values() if key is not None})
        known = self._read({id for ids in holders.values() for id in ids} - taken)
        made: set[Key] = set()
        for row in rows:
            key = keys.get(row.number)
            found = [id for id in holders.get(key, ()) if id in known and id not in taken]
            if len(found) > 1:
                found = [id for id in found if self._alike(row, known[id])][:1]
            if found:
                taken.add(found[0])
                self._ours[found[0]] = known[found[0]]
                self._aim(row, found[0])
                row.by_key = True
                continue
            row.target = -row.number
            if not row.doubts and (key in made or not taken.isdisjoint(holders.get(key, ()))):
                row.doubt_as_double()
            made |= {key} - {None}

    def _holders(self, keys: Collection[Key]) -> dict[Key, list[int]]:
        """Return whom natural keys mean: records as they are now, else exported ones that were called so then."""
        found = {key: list(ids) for key, ids in self._keys.by_key(keys).items()}
        then = self._base.moved(self._kind)
        for id in set(self._base.exported(self._kind).tolist()) & then.keys() if then else ():
            key = natural_key(self._kind, then[id] or {})
            if key in keys and key not in found:
                found[key] = [id]
        return found

    def _alike(self, row: Row, ours: Values) -> bool:
        return all(alike(ours[key], value) for key, value in row.values.items())

    def _name_new(self, rows: list[Row]) -> None:
        """Let other rows refer to the new ones, and to those that another catalogue numbered otherwise."""
        for row in rows:
            if row.id is not None and not self._names.own:
                self._names.move(self._kind, row.id, row.target)
            if row.target < 0 and row.trouble is None and not row.deleted:
                for name in {called(self._kind, row), str(row.values.get("name_ko") or "")} - {""}:
                    self._names.add(self._kind, name, row.target)

    def _merge(self, row: Row) -> None:
        """Merge a row with what was exported and what is here now, and check what comes of it by default."""
        ours = (row.base if row.deleted else self._ours.get(row.target)) or {}
        base = ours if row.base is None else row.base

        def unsaid(column: TidyColumn) -> bool:
            blank = row.by_key and row.is_blank(column.key)
            return blank and row.values.get(column.key) in (None, "", column.field.default)

        row.complete(base)
        row.merged = merge(self._groups, base, ours, row.values, unsaid)
        if row.doubted and not row.by_key:
            row.merged.contest(self._groups)
        contested = {c.key: row.values[c.key] for g in row.merged.contested for c in g if c.key in row.values}
        for final in ({**ours, **row.merged.edits}, {**ours, **row.merged.edits, **contested}):
            try:
                check_record(self._columns, final)
            except InvalidInput as error:
                row.refuse(error.text)
        if row.deleted and row.merged.edits and row.trouble is None:
            self._restore(row)

    def _restore(self, row: Row) -> None:
        """Let a deleted record come back, if what it refers to is there or comes back, too."""
        exported = dict(row.base or {})
        for key, column in self._references.items():
            kind: Any = column.field.type
            if exported[key] is None:
                continue
            try:
                exported[key] = self._names.by_id(kind.kind, exported[key], self._names.text(kind.kind, exported[key]))
            except InvalidInput as error:
                row.base_gone = True
                if key not in row.merged.edits:
                    row.refuse(error.text, key)
        row.base = exported
        self._names.restore(self._kind, row.staged.id or 0, row.target)
