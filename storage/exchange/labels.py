"""What records are called where a workbook refers to them: one name each, so that it can be looked up again."""

from __future__ import annotations

from collections import Counter

from storage.catalogue import Catalogue
from storage.domain.query import Query
from storage.workbook.tidy_columns import name_list

LONGEST = 250
ENTITY_KINDS = ("cluster", "organisation", "region")


class Labels:
    """The names of a catalogue's records, by the list they are on; each list is read once."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._catalogue = catalogue
        self._language = language
        self._lists: dict[str, dict[int, str]] = {}

    def of(self, kind: str) -> dict[int, str]:
        """Return the name of every record of a kind by id; `entity` stands for all kinds of entity."""
        key = name_list(kind)
        if key not in self._lists:
            self._lists[key] = self._read(key)
        return self._lists[key]

    def plain(self, kind: str) -> dict[int, str]:
        """Return the names as they are, also where two records share one."""
        key = name_list(kind)
        kinds = ENTITY_KINDS if key == "entity" else (key,)
        ids = [int(id) for kind in kinds for id in self._catalogue.ids(Query(kind))]
        return {id: ref.label(self._language) for id, ref in self._catalogue.refs(key, ids).items()}

    def _read(self, key: str) -> dict[int, str]:
        names = self.plain(key)
        often = Counter(names.values())
        return {id: _distinct(name, id) if often[name] > 1 or len(name) > LONGEST else name
                for id, name in names.items()}  # fmt: skip


def _distinct(name: str, id: int) -> str:
    short = name if len(name) <= LONGEST else name[: LONGEST - 10].rstrip() + "…"
    return f"{short} [{id}]"
