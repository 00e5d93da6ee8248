"""Where the figures of a workbook stand: its source record, and a passage for each sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.catalogue import Catalogue
from storage.domain.changes import Change, insert
from storage.domain.names import KnownName
from storage.domain.query import Query, Where
from storage.exchange.matching import plain
from storage.exchange.naming import NegativeIds


@dataclass(frozen=True)
class Stated:
    """What the workbook says of itself as a source, by a metadata sheet or its file name.

    `said` and `url` are what its rows carry as source, which then is this one; `more` are further columns of
    its record.
    """

    title: str
    said: str = ""
    url: str = ""
    note: str = ""
    more: Mapping[str, str | None] = field(default_factory=dict)

    @staticmethod
    def of(constants: Mapping[str, str], name: str) -> Stated:
        """Read the constants of a mapping; the name of the recipe or file is the title where they state none."""
        said = constants.get("source", "")
        told = [constants[key] for key in ("source.code", "source.date", "source.period") if constants.get(key)]
        return Stated(
            constants.get("source.title", "") or said or name, said, constants.get("url", ""), " · ".join(told)
        )

    def values(self) -> dict[str, str | None]:
        """Return the columns of the source record."""
        publisher = self.said if self.said != self.title else None
        kind = "statistics" if publisher or self.note else "workbook"
        return {
            "title": self.title,
            "type": kind,
            "publisher": publisher,
            "url": self.url or None,
            "note": self.note or None,
            **self.more,
        }


class Sources:
    """Finds or makes the source and passage of each figure.

    `main` is the record of the workbook itself (of its recipe, so that the next edition is the same source);
    rows may name sources of their own.
    """

    def __init__(self, catalogue: Catalogue, stated: Stated, main: int | None, new_id: NegativeIds) -> None:
        self._catalogue, self._stated, self._main, self._new_id = catalogue, stated, main, new_id
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
        own = (title, url) in (("", ""), (self._stated.said, self._stated.url))
        key = ("", "") if own else (title, url)
        if key not in self._sources:
            self._sources[key] = self._find(*key) or self._make(*key)
        return self._sources[key]

    def _find(self, title: str, url: str) -> int | None:
        own = not title and not url
        if own and self._main is not None:
            return self._main
        wanted = plain(self._stated.title if own else title or url)
        place = self._stated.url if own else url
        fits = (source for source in self._known if plain(source.name) == wanted and _same_place(source, place))
        return next((source.id for source in fits), None)

    def _make(self, title: str, url: str) -> int:
        named = {"title": title or url, "url": url or None, "type": "workbook"}
        change = insert("source", named if title or url else self._stated.values(), self._new_id())
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
