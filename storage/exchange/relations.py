"""What a workbook says of two records: that one succeeds the other; what the catalogue knows already is the same."""

from __future__ import annotations

from collections.abc import Sequence

from storage.catalogue import Catalogue
from storage.domain.changes import insert
from storage.domain.proposal import Item, Outcome
from storage.domain.query import Query, Where
from storage.exchange.mentions import Mentions
from storage.exchange.naming import Named
from storage.workbook.staged import Staged, StagedRelation

Link = tuple[int, str, int]


def propose_relations(catalogue: Catalogue, sheets: Sequence[Staged], mentions: Mentions, named: Named) -> list[Item]:
    """Return an item for each relation whose two records are known or made; the others wait for their names."""
    told: dict[Link, tuple[Staged, StagedRelation]] = {}
    for sheet in sheets:
        for row in sheet.relations:
            subject = named.ids.get(mentions.entity(row.entity).key)
            other = named.ids.get(mentions.entity(row.other).key)
            if subject is not None and other is not None and subject != other:
                told.setdefault((subject, row.type, other), (sheet, row))
    known = _known(catalogue, {link[0] for link in told})
    return [_item(link, link in known, sheet.sheet, row) for link, (sheet, row) in told.items()]


def _known(catalogue: Catalogue, subjects: set[int]) -> set[Link]:
    ids = tuple(sorted(id for id in subjects if id > 0))
    if not ids:
        return set()
    rows = catalogue.stored(Query("relation", Where("subject_id", "in", ids)), ("subject_id", "type", "object_id"))
    return {(subject, type, other) for _, subject, type, other in rows}


def _item(link: Link, is_known: bool, sheet: str, row: StagedRelation) -> Item:
    subject, type, other = link
    title = f"{row.entity.name} ({row.entity.code}) ← {row.other.name} ({row.other.code})"
    values = {"subject_id": subject, "type": type, "object_id": other}
    return Item(
        0, "relation", Outcome.SAME if is_known else Outcome.NEW, title, "", sheet, row.cell,
        take=() if is_known else (insert("relation", values),), entity=row.entity.name,
    )  # fmt: skip
