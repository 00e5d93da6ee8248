"""Keys that only one record may have: rows that would give one a second time are refused before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.domain.fields import RecordKind
from storage.domain.text import msg
from storage.exchange.record_keys import Keys
from storage.exchange.record_rows import Row
from storage.exchange.record_rules import UNIQUE_KEYS, Key, KeyOf, Values
from storage.workbook.tidy import Untouched


@dataclass
class Uniqueness:
    """Looks at the merged rows of one kind; `ours` are the records that they mean, as they are now."""

    kind: RecordKind
    keys: Keys
    ours: Mapping[int, Values]
    untouched: Untouched | None

    def check(self, rows: Sequence[Row]) -> None:
        """Refuse the rows that would give a second record a key that only one may have."""
        for key_of in UNIQUE_KEYS.get(self.kind.key, ()):
            self._refuse_shared(key_of, rows)
            self._refuse_not_yet_free(key_of, rows)
            self._refuse_restored(key_of, rows)

    def _refuse_shared(self, key_of: KeyOf, rows: Sequence[Row]) -> None:
        """Refuse those that would share a key once everything is written."""
        keys, moved = self._moved(key_of, rows)
        holders = self.keys.holders(key_of, keys) if moved else {}
        for row in moved:
            others = [id for id in holders[keys[row.target]] if id != row.target]
            if others:
                self._refuse(row, rows, others[0])

    def _refuse_not_yet_free(self, key_of: KeyOf, rows: Sequence[Row]) -> None:
        """Refuse those whose key another row gives up only later: the rows are written one after the other."""
        keys, moved = self._moved(key_of, rows)
        if len(moved) < 2:
            return
        wanted = {keys[row.target] for row in moved}
        freed = {id for id, key in keys.items() if key is None}
        held = {key: ids[0] for key, ids in self.keys.holders(key_of, {}, wanted).items() if ids[0] not in freed}
        for row in moved:
            holder = held.get(keys[row.target], row.target)
            if holder != row.target:
                self._refuse(row, rows, holder)
                continue
            held[keys[row.target]] = row.target
            if held.get(old := self._old_key(key_of, row)) == row.target:
                del held[old]

    def _refuse_restored(self, key_of: KeyOf, rows: Sequence[Row]) -> None:
        """Refuse to bring a deleted record back where another one took its key."""
        back = [row for row in rows if row.deleted and row.trouble is None and row.merged.edits]
        wanted = {row.number: key_of({**(row.base or {}), **row.merged.edits}) for row in back}
        keys, _ = self._moved(key_of, rows)
        holders = self.keys.holders(key_of, keys, set(wanted.values())) if back else {}
        for row in back:
            if wanted[row.number] is not None and (others := holders.get(wanted[row.number])):
                self._refuse(row, rows, others[0])

    def _moved(self, key_of: KeyOf, rows: Sequence[Row]) -> tuple[dict[int, Key], list[Row]]:
        """Return the keys that the rows' records come to have, and the rows that give theirs a new one."""
        sound = [row for row in rows if row.trouble is None and not row.deleted]
        keys = {row.target: key_of({**self.ours.get(row.target, {}), **row.merged.edits}) for row in sound}
        return keys, [row for row in sound if keys[row.target] not in (None, self._old_key(key_of, row))]

    def _old_key(self, key_of: KeyOf, row: Row) -> Key:
        return key_of(self.ours[row.target]) if row.target in self.ours else None

    def _refuse(self, row: Row, rows: Sequence[Row], other: int) -> None:
        twin = next((one.where for one in rows if one.target == other), "")
        row.rival = twin or (self.untouched.cell(other) if self.untouched else "")
        where = row.rival or msg("no. {id} of the catalogue", id=other)
        row.refuse(msg("Another {kind} has the same key: {where}.", kind=self.kind.label, where=where))
