"""Where the figures of a workbook stand: its source record, and a passage for each sheet."""

from __future__ import annotations

from storage.catalogue import Catalogue
from storage.domain.changes import Change, insert
from storage.domain.names import KnownName
from storage.domain.query import Query, Where
from storage.exchange.matching import plain
from storage.exchange.naming import NegativeIds


class Sources:
    """Finds or makes the source and passage of each figure.

    `main` is the record of the workbook itself (of its recipe, so that the next edition is the same source);
    rows may name sources of their own.
    """

    def __init__(self, catalogue: Catalogue, title: str, main: int | None, new_id: NegativeIds) -> None:
        self._catalogue, self._title, self._main, self._new_id = catalogue, title, main, new_id
        self._known = catalogue.known_names("source")
        self._sources: dict[tuple[str, str], int] = {}
        self._passages: dict[tuple[int, str], int] = {}
        self.made: list[Change] = []

    @property
    def main(self) -> int:
        """The id of the workbook's own source record."""
        return self._source("", "")

    def passage(self, sheet: str, title: str, url: str) -> tuple[int, int]:
        """Return the ids of the source and of the passage for a row of a sheet."""
        source = self._source(title.strip(), url.strip())
        return source, self._passage(source, sheet)

    def cell_passage(self, source: int, sheet: str, cell: str) -> tuple[int, tuple[Change, ...]]:
        """Return a passage for one cell, so that two rows may contradict each other, and what makes it."""
        locator = f"{sheet}!{cell}"
        known = self._known_passage(source, locator)
        if known is not None:
            return known, ()
        change = insert("passage", {"source_id": source, "locator": locator}, self._new_id())
        return change.id, (change,)

    def _source(self, title: str, url: str) -> int:
        key = (title, url)
        if key not in self._sources:
            self._sources[key] = self._find(title, url) or self._make(title, url)
        return self._sources[key]

    def _find(self, title: str, url: str) -> int | None:
        if not title and not url and self._main is not None:
            return self._main
        wanted = plain(title or url or self._title)
        fits = (s for s in self._known if plain(s.name) == wanted and _same_place(s, url))
        return next((source.id for source in fits), None)

    def _make(self, title: str, url: str) -> int:
        values = {"title": title or url or self._title, "url": url or None, "type": "workbook"}
        change = insert("source", values, self._new_id())
        self.made.append(change)
        return change.id

    def _passage(self, source: int, locator: str) -> int:
        key = (source, locator)
        if key not in self._passages:
            self._passages[key] = self._known_passage(source, locator) or self._make_passage(source, locator)
        return self._passages[key]

    def _known_passage(self, source: int, locator: str) -> int | None:
        if source < 0:
            return None
        query = Query("passage", Where("source_id", "=", source)).narrowed(Where("locator", "=", locator))
        found = self._catalogue.stored(query, ())
        return int(found[0][0]) if found else None

    def _make_passage(self, source: int, locator: str) -> int:
        change = insert("passage", {"source_id": source, "locator": locator}, self._new_id())
        self.made.append(change)
        return change.id


def _same_place(source: KnownName, url: str) -> bool:
    return not url or not source.code or source.code == url
