"""Which record a name in our own workbook means: by the id beside it, by its names, or one that the workbook adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz import process

from storage.catalogue import Catalogue
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.exchange.labels import Labels
from storage.exchange.matching import plain
from storage.workbook.tidy import TidyRead, exported_names
from storage.workbook.tidy_columns import name_list

WITH_OTHER_NAMES = ("entity", "metric", "sector", "unit", "source")
MOST_CANDIDATES = 3
LIKE = 75  # per cent, below which a name is no help


class RecordNames:
    """Looks references up; `own` says that the workbook's ids are those of this catalogue."""

    def __init__(self, catalogue: Catalogue, read: TidyRead, labels: Mapping[str, Labels], *, own: bool) -> None:
        self.own = own
        self.labels, self._korean = labels["en"], labels["ko"]
        self._catalogue = catalogue
        self._lists = read.lists
        self._exported: dict[str, dict[int, str]] = {}
        self._added: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._moved: dict[tuple[str, int], int] = {}
        self._restored: dict[tuple[str, int], int] = {}
        self._indexes: dict[str, dict[str, set[int]]] = {}

    def add(self, kind: str, name: str, id: int) -> None:
        """Let a record that the workbook adds be named by others."""
        self._added[name_list(kind)][plain(name)].append(id)

    def move(self, kind: str, file_id: int, id: int) -> None:
        """Say which record an id of another catalogue's workbook came to."""
        self._moved[name_list(kind), file_id] = id

    def restore(self, kind: str, id: int, target: int) -> None:
        """Say that a deleted record may come back, as the new one that others refer to by `target`."""
        self._restored[name_list(kind), id] = target

    def text(self, kind: str, id: int | None) -> str:
        """Return what a record is called, or was when it was exported; blank for none."""
        key = name_list(kind)
        return "" if id is None else self.labels.of(key).get(id) or self._once(key).get(id, "")

    def _once(self, key: str) -> dict[int, str]:
        """Return the names of a list as they were exported."""
        if key not in self._exported:
            self._exported[key] = exported_names(self._lists, key)
        return self._exported[key]

    def resolve(self, kind: str, id: int | None, name: str) -> int | None:
        """Return the id that a name with an id beside it means; raise InvalidInput with what it may mean."""
        key = name_list(kind)
        if not name:
            return None
        if id is not None and self.still_called(kind, id, name):
            return self.by_id(kind, id, name)
        return self._by_name(key, name)

    def still_called(self, kind: str, id: int, name: str) -> bool:
        """Tell whether the name beside an id is that of its record, now or when it was exported."""
        key = name_list(kind)
        exported = self._once(key).get(id)
        return exported == name or (self.own and name in (self.labels.of(key).get(id), self._korean.of(key).get(id)))

    def by_id(self, kind: str, id: int, name: str) -> int:
        """Return the record that an id means; raise InvalidInput when it is no longer there."""
        key = name_list(kind)
        if not self.own:
            return self._moved[key, id] if (key, id) in self._moved else self._by_name(key, name)
        if (key, id) in self._restored:
            return self._restored[key, id]
        if id not in self.labels.of(key):
            raise InvalidInput(msg("“{name}” is no longer in the catalogue; choose another record.", name=name))
        return id

    def _by_name(self, key: str, name: str) -> int:
        added = self._added[key][plain(name)]
        found = sorted(self._index(key).get(plain(name), ())) + added
        if len(found) == 1:
            return found[0]
        if found:
            meant = "; ".join(self.labels.of(key).get(id, name) for id in found)
            raise InvalidInput(msg("“{name}” may be any of: {candidates}.", name=name, candidates=meant))
        near = process.extract(plain(name), list(self._index(key)), limit=MOST_CANDIDATES, score_cutoff=LIKE)
        ids = [id for form, _, _ in near for id in self._index(key)[form]]
        meant = "; ".join(dict.fromkeys(self.labels.of(key)[id] for id in ids))
        if meant:
            raise InvalidInput(
                msg("“{name}” is not in the catalogue; perhaps {candidates} is meant.", name=name, candidates=meant)
            )
        raise InvalidInput(msg("“{name}” is not in the catalogue; add it on its own sheet.", name=name))

    def _index(self, key: str) -> dict[str, set[int]]:
        """Return the ids by every name that the records of a list go by."""
        if key not in self._indexes:
            found: dict[str, set[int]] = defaultdict(set)
            for labels in (self.labels, self._korean):
                for id, name in labels.of(key).items():
                    found[plain(name)].add(id)
            for record in self._catalogue.known_names(key) if key in WITH_OTHER_NAMES else ():
                for name in record.names:
                    found[plain(name)].add(record.id)
            self._indexes[key] = dict(found)
        return self._indexes[key]
