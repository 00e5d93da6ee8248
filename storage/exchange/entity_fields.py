"""What a workbook says of the fields of its records: laid into new ones, compared with those that are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from storage.catalogue import Catalogue
from storage.domain.changes import Change, update
from storage.domain.fields import Choice, Field
from storage.domain.problem import Problem
from storage.domain.proposal import Delta, Item, Outcome
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.exchange.mentions import Key, Mention, Mentions
from storage.exchange.naming import Named
from storage.translations import translated
from storage.workbook.staged import Staged


@dataclass(frozen=True)
class Told:
    """One cell about a field of a record."""

    sheet: str
    cell: str
    field: str
    text: str


class EntityFields:
    """Gathers the cells by record; the first cell of a field counts, a later one that differs is a finding."""

    def __init__(self, catalogue: Catalogue, sheets: Iterable[Staged], mentions: Mentions, named: Named) -> None:
        self._catalogue, self._named = catalogue, named
        self.problems: list[Problem] = []
        self._mentions: dict[Key, Mention] = {}
        self._told: dict[Key, dict[str, Told]] = defaultdict(dict)
        for sheet in sheets:
            for row in sheet.fields:
                mention = mentions.entity(row.entity)
                self._mentions[mention.key] = mention
                if row.field:
                    self._add(mention.key, Told(sheet.sheet, row.cell, row.field, row.text.strip()))

    def _add(self, key: Key, told: Told) -> None:
        first = self._told[key].setdefault(told.field, told)
        if first.text != told.text:
            cause = msg("{first} and {second} say different things of the same: {one} and {other}.",
                        first=first.cell, second=told.cell, one=first.text, other=told.text)  # fmt: skip
            self.problems.append(Problem(told.sheet, told.cell, cause, msg("Decide which row is right, or keep both.")))

    def items(self) -> list[Item]:
        """Fill new records, and return an item for each known one; names that are open become findings."""
        found = []
        for key, mention in self._mentions.items():
            if key in self._named.open:
                self.problems.append(_open(mention))
                continue
            id = self._named.ids.get(key)
            if id is not None and id < 0:
                self._fill(mention)
            elif id is not None and self._told[key]:
                found.append(self._known(mention, id))
        return found

    def _fill(self, mention: Mention) -> None:
        for place, (other, change) in enumerate(self._named.makes):
            if other is mention:
                values = self._values(mention.key, change.kind)
                self._named.makes[place] = (mention, replace(change, after=change.after | values))

    def _known(self, mention: Mention, id: int) -> Item:
        kind = self._catalogue.entity_kind(id)
        values = self._values(mention.key, kind)
        names = tuple(values)
        row = self._catalogue.stored(Query(kind, Where("id", "in", (id,))), names)[0][1:]
        before = dict(zip(names, row, strict=True))
        changed = {name: value for name, value in values.items() if value != before[name]}
        deltas = tuple(Delta(n, before[n], v, _text(before[n]), _text(v)) for n, v in changed.items())
        change: tuple[Change, ...] = (update(kind, id, {n: before[n] for n in changed}, changed),) if changed else ()
        first = next(iter(self._told[mention.key].values()))
        outcome = Outcome.CHANGED if changed else Outcome.SAME
        return Item(0, kind, outcome, mention.name, mention.name_ko, first.sheet, first.cell, deltas, change,
                    entity=mention.name)  # fmt: skip

    def _values(self, key: Key, kind: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for told in self._told[key].values():
            try:
                field = self._catalogue.kinds[kind].field(told.field)
                values |= field.write(_parsed(field, told.text))
            except InvalidInput as error:
                self.problems.append(
                    Problem(told.sheet, told.cell, error.text, msg("Correct the cell, or ignore its column."))
                )
        return values


def _parsed(field: Field, text: str) -> Any:
    """Return the value that the text means; a choice may be named in Korean, too."""
    if isinstance(field.type, Choice):
        for option in field.type.options:
            if text.casefold() == translated(option.label, "ko").casefold():
                return option.key
    return field.parse(text)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _open(mention: Mention) -> Problem:
    sheet, _, cell = mention.cell.partition("!")
    cause = msg("The catalogue knows no {role} “{name}”.", role=mention.role, name=mention.name)
    return Problem(sheet, cell, cause, msg("Choose a record for it, or have missing records created."))
