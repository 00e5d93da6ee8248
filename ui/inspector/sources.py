"""The documents that stand behind a record's figures and relations, with the words that were read there."""

from __future__ import annotations

from dataclasses import dataclass

from storage.domain.fields import Ref
from storage.domain.text import msg
from ui.inspector.links import RecordLink
from ui.inspector.reading import ENTITIES, Reading, Record
from ui.inspector.section import InspectorSection
from ui.language import tr
from ui.theme import Space
from ui.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source and the passages of it that the record rests on."""

    source: Ref
    passages: tuple[Record, ...]


class SourcesSection(InspectorSection):
    """Each source as a link, with its passages quoted."""

    key = "sources"
    heading = msg("Sources")
    reads = ("source", "passage", "observation", "relation", "specialisation")

    @staticmethod
    def read(reading: Reading) -> list[CitedSource]:
        """Return the sources in the order of first use."""
        found: dict[Ref, list[Record]] = {}
        for passage in reading.by_id("passage", _passage_ids(reading)):
            found.setdefault(passage["source_id"], []).append(passage)
        return [CitedSource(source, tuple(passages)) for source, passages in found.items()]

    def fill(self, data: list[CitedSource]) -> None:
        """Make a link for each source and a quote for each passage."""
        self.clear()
        shown = {passage["id"] for passage in self.first(_passages(data))}
        for cited in data:
            link = RecordLink("source", cited.source, self.content)
            link.record_wanted.connect(self.open_record)
            self.column.addWidget(link)
            for passage in cited.passages:
                if passage["id"] in shown:
                    self._add_passage(passage)

    def count(self, data: list[CitedSource]) -> int:
        """Return the number of passages."""
        return len(_passages(data))

    def _add_passage(self, passage: Record) -> None:
        text = passage["locator"]
        if passage["quote"]:
            text = tr("{locator}: “{quote}”", locator=text, quote=passage["quote"])
        label = Label(text, "small", self.content, wrap=True)
        label.setIndent(Space.XS)
        self.column.addWidget(label)


def _passages(data: list[CitedSource]) -> list[Record]:
    return [passage for cited in data for passage in cited.passages]


def _passage_ids(reading: Reading) -> list[int]:
    observation = reading.catalogue.kinds["observation"].field("passage_id")
    ids = [point.observation for point in reading.points]
    refs: list[Ref | None] = [row[0] for row in reading.catalogue.rows("observation", ids, [observation])]  # type: ignore[misc]
    if reading.kind in ENTITIES:
        refs += [relation["passage_id"] for relation in reading.relations]
    return list(dict.fromkeys(ref.id for ref in refs if ref is not None))
