"""What a merged row of our own workbook comes to: the items of a proposal, each with what its decisions write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from storage.domain.changes import insert, update
from storage.domain.fields import RecordKind, Ref
from storage.domain.proposal import Delta, Outcome
from storage.domain.text import Text, listed, msg
from storage.exchange.record_merge import Group
from storage.exchange.record_names import RecordNames
from storage.exchange.record_rows import Row
from storage.exchange.record_rules import NATURAL_KEYS, Values, alike, natural_key, text_of_value
from storage.workbook.tidy_columns import TidyColumn, column_groups

Draft = dict[str, Any]  # what an Item is made of, but for its number
STAYS_DELETED = msg("Deleted here since the export. The workbook does not change it, so it stays deleted.")
DELETED = msg("Deleted here since the export, and changed in the workbook.")


def drift(groups: Iterable[Group]) -> Text:
    """Say which fields were changed here since the export."""
    return msg("Changed here since the export: {fields}.", fields=listed(group[0].header for group in groups))


def called(kind: str, row: Row) -> str:
    """Return what a row calls its record."""
    values, names = row.values, {key: name for key, (_, name) in row.staged.references.items()}
    parts = {
        "source": (values.get("title"),),
        "passage": (names.get("source_id"), values.get("locator")),
        "relation": (names.get("subject_id"), values.get("type"), names.get("object_id")),
        "specialisation": (names.get("entity_id"), names.get("sector_id")),
        "observation": (names.get("entity_id"), names.get("metric_id"), values.get("period")),
    }.get(kind, (values.get("name"),))
    return (", " if kind == "passage" else " · ").join(str(part) for part in parts if part)


class ItemMaker:
    """Makes the items of one kind, as drafts without a number."""

    def __init__(self, kind: RecordKind, names: RecordNames) -> None:
        self._kind = kind.key
        self._names = names
        self._columns = {column.key: column for group in column_groups(kind) for column in group}

    def drafts(self, row: Row, ours: Values | None, ref: Ref | None) -> list[Draft]:
        """Return what a row comes to; nothing where it says what the catalogue holds."""
        item = self._begun(row, ref)
        if row.trouble is not None:
            return [item | {"outcome": Outcome.INVALID, "problem": row.trouble}]
        if row.deleted:
            return [item | self._deleted(row)]
        if ours is None:
            deltas = tuple(self._delta(row, key, None) for key in row.merged.edits)
            change = insert(self._kind, {delta.column: delta.theirs for delta in deltas}, row.target)
            return [item | {"outcome": Outcome.NEW, "deltas": deltas, "take": (change,)}]
        changed = self._changed(row, ours)
        contested = [self._contested(row, ours, group) for group in row.merged.contested]
        return [item | told for told in (*changed, *contested)]

    def _begun(self, row: Row, ref: Ref | None) -> Draft:
        staged, names = row.staged, {key: name for key, (_, name) in row.staged.references.items()}
        return {
            "kind": self._kind, "outcome": Outcome.SAME, "sheet": staged.sheet, "cell": staged.cell(),
            "title": ref.name if ref else called(self._kind, row),
            "title_ko": ref.name_ko if ref else row.title_ko,
            "entity": names.get("entity_id", ""), "metric": names.get("metric_id", ""),
            "period": str(row.values.get("period") or ""), "rival": row.rival, "doubts": tuple(row.doubts),
            "key": self._key(row) if row.target < 0 or row.by_key else "",
        }  # fmt: skip

    def _key(self, row: Row) -> str:
        """Return what tells a record without id from others, in words that are the same in every workbook."""
        held = zip(NATURAL_KEYS[self._kind], natural_key(self._kind, row.values) or (), strict=False)
        return " · ".join(str(self._word(row, key, value)) for key, value in held if value is not None)

    def _word(self, row: Row, key: str, value: Any) -> Any:
        column = self._columns.get(key)
        if column is None or column.part != "reference":
            return value
        kind: Any = column.field.type
        return self._names.text(kind.kind, value) or row.staged.references.get(key, (None, ""))[1]

    def _changed(self, row: Row, ours: Values) -> list[Draft]:
        """Return what the workbook alone changed, or a note of what was changed here alone."""
        note = drift(row.merged.drifted) if row.merged.drifted else None
        if not row.merged.edits:
            return [{"note": note}] if note and not row.merged.contested else []
        deltas = tuple(self._delta(row, key, ours) for key in row.merged.edits)
        before = {delta.column: delta.ours for delta in deltas}
        change = update(self._kind, row.target, before, {delta.column: delta.theirs for delta in deltas})
        # the cell that a reader looks for: of a figure its value, else the first that was changed
        cell = row.staged.cell("value" if "value" in row.merged.edits else next(iter(row.merged.edits)))
        return [{"outcome": Outcome.CHANGED, "deltas": deltas, "take": (change,), "note": note, "cell": cell}]

    def _contested(self, row: Row, ours: Values, group: Group) -> Draft:
        """Return a field that was changed on both sides, each to something else."""
        deltas = [self._delta(row, column.key, ours) for column in group]
        same = [alike(d.ours, d.theirs) and (row.base is None or alike(d.ours, d.base)) for d in deltas]
        deltas = [delta for delta, is_same in zip(deltas, same, strict=True) if not is_same]
        return {
            "outcome": Outcome.CONFLICT, "column": group[0].key, "deltas": tuple(deltas),
            "cell": row.staged.cell(group[0].key),
            "take": self._back_to(row, deltas, {delta.column: delta.theirs for delta in deltas}),
            "base": self._back_to(row, deltas, {d.column: d.base for d in deltas}) if row.can_go_back else (),
        }  # fmt: skip

    def _back_to(self, row: Row, deltas: Iterable[Delta], wanted: Mapping[str, Any]) -> tuple[Any, ...]:
        before = {d.column: d.ours for d in deltas if not alike(d.ours, wanted[d.column])}
        return (update(self._kind, row.target, before, {key: wanted[key] for key in before}),)

    def _deleted(self, row: Row) -> Draft:
        """Return a record that is no longer here: a conflict where the workbook changed it."""
        if not row.merged.edits:
            return {"note": STAYS_DELETED}
        exported = {key: value for key, value in (row.base or {}).items() if value is not None}
        whole = {"id": row.staged.id, **exported}
        return {
            "outcome": Outcome.CONFLICT, "note": DELETED,
            "deltas": tuple(self._delta(row, key, None) for key in row.merged.edits),
            "take": (insert(self._kind, whole | row.merged.edits, row.target),),
            "base": (insert(self._kind, whole, row.target),) if row.can_go_back else (),
        }  # fmt: skip

    def _delta(self, row: Row, key: str, ours: Values | None) -> Delta:
        column, base = self._columns[key], row.base or {}
        mine, exported = (ours or {}).get(key), base.get(key)
        theirs = row.values.get(key, exported)
        texts = [self._text(column, value) for value in (mine, theirs, exported)]
        if column.part == "reference" and theirs is not None and not texts[1]:
            texts[1] = row.staged.references.get(key, (None, ""))[1]  # a record that the workbook adds
        return Delta(key, mine, theirs, texts[0], texts[1], exported, texts[2])

    def _text(self, column: TidyColumn, value: Any) -> str:
        kind: Any = column.field.type
        if column.part == "reference":
            return self._names.text(kind.kind, value)
        return text_of_value(column, value)
