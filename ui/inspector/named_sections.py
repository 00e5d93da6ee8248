"""What hangs on an entity or a source: its names, relations, industries, passages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from storage.domain.fields import Choice, Field, Option, Ref, Reference
from storage.domain.query import Where
from storage.domain.text import Text, msg
from storage.domain.vocabulary import RELATION_TYPES
from ui.inspector.figure_lines import shown_name
from ui.inspector.reading import Reading, Record
from ui.inspector.sub_records import SubRecord, SubRecordsSection
from ui.language import tr
from ui.models.columns import shown

# what the other side of a relation says of itself
INVERSES: dict[str, Text] = {
    "located in": msg("location of"),
    "part of": msg("consists of"),
    "operates": msg("operated by"),
    "leads": msg("led by"),
    "promotes": msg("promoted by"),
    "hosts": msg("hosted by"),
    "links": msg("linked by"),
    "serves": msg("served by"),
    "supports": msg("supported by"),
    "member of": msg("has as member"),
    "participates in": msg("has as participant"),
    "affiliated with": msg("has as affiliate"),
    "works for": msg("employs"),
    "cooperates with": msg("cooperates with"),
    "agreement with": msg("has an agreement with"),
    "succeeds": msg("succeeded by"),
    "follows up": msg("followed up by"),
    "candidate for": msg("has as candidate"),
    "designates": msg("designated by"),
    "funds": msg("funded by"),
    "compares with": msg("compared by"),
    "may be": msg("may be the same as"),
    "other": msg("other"),
}
BACKWARDS = "<"


def small_print(reading: Reading, kind: str, values: Record, *keys: str) -> str:
    """Return the values of some fields, one after the other."""
    fields = [reading.catalogue.kinds[kind].field(key) for key in keys]
    return " · ".join(text for field in fields if (text := shown(field, values[field.key])))


class NamesSection(SubRecordsSection):
    """The other names of an entity."""

    key = "names"
    heading = msg("Names")
    kind = "alias"
    owner = "entity_id"
    reads = ("alias", "source")
    add_label = msg("Add a name")
    asked = ("name", "type", "language")

    @staticmethod
    def read(reading: Reading) -> list[SubRecord]:
        """Return the aliases."""
        found = reading.records("alias", Where("entity_id", "=", reading.id))
        lines = [
            SubRecord(
                values,
                values["name"],
                small_print(reading, "alias", values, "language", "valid"),
                lead=small_print(reading, "alias", values, "type"),
            )
            for values in found
        ]
        return sorted(lines, key=lambda line: line.lead)


class IndustriesSection(SubRecordsSection):
    """The sectors in which an entity works or is meant to work."""

    key = "industries"
    heading = msg("Industries")
    kind = "specialisation"
    owner = "entity_id"
    reads = ("specialisation", "sector")
    add_label = msg("Add an industry")
    asked = ("sector_id", "role")

    @staticmethod
    def read(reading: Reading) -> list[SubRecord]:
        """Return the specialisations."""
        found = reading.records("specialisation", Where("entity_id", "=", reading.id))
        return [
            SubRecord(
                values,
                shown_name(values["sector_id"]),
                lead=small_print(reading, "specialisation", values, "role"),
            )
            for values in found
        ]


class RelationsSection(SubRecordsSection):
    """What an entity is to others, and they to it, grouped by how."""

    key = "relations"
    heading = msg("Relations")
    kind = "relation"
    owner = "subject_id"
    reads = ("relation", "entity")
    add_label = msg("Add a relation")
    asked = ("type", "object_id", "role", "valid")
    hidden = ("object_id",)

    @staticmethod
    def read(reading: Reading) -> list[SubRecord]:
        """Return the relations, those of one sort beside each other."""
        lines = [_relation_line(reading, values) for values in reading.relations]
        return sorted(lines, key=lambda line: (line.lead, line.name))

    def asked_fields(self) -> list[Field]:
        """Return the fields of the form, the relation in both directions."""
        relation, other, *rest = super().asked_fields()
        back = (Option(f"{key}{BACKWARDS}", INVERSES[key]) for key in INVERSES if INVERSES[key] != _forth(key))
        both = Choice((*RELATION_TYPES.options, *back))
        entity = replace(other, label=msg("Other record"), type=Reference("entity"))
        return [replace(relation, type=both), entity, *rest]

    def columns_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the stored columns; an inverse relation begins at the other record."""
        columns = super().columns_of(values)
        if columns["type"].endswith(BACKWARDS):
            columns["type"] = columns["type"].removesuffix(BACKWARDS)
            columns["subject_id"], columns["object_id"] = columns["object_id"], columns["subject_id"]
        return columns


def _relation_line(reading: Reading, values: Record) -> SubRecord:
    forth = values["subject_id"].id == reading.id
    other: Ref = values["object_id"] if forth else values["subject_id"]
    label = RELATION_TYPES.label(values["type"]) if forth else INVERSES[values["type"]]
    detail = small_print(reading, "relation", values, "role", "valid")
    return SubRecord(values, shown_name(other), detail, lead=tr(label), link=("entity", other))


def _forth(key: str) -> Text:
    return RELATION_TYPES.label(key)


class PassagesSection(SubRecordsSection):
    """The passages of a source, with their words."""

    key = "passages"
    heading = msg("Passages")
    kind = "passage"
    owner = "source_id"
    reads = ("passage",)
    add_label = msg("Add a passage")
    asked = ("locator", "quote", "language")

    @staticmethod
    def read(reading: Reading) -> list[SubRecord]:
        """Return the passages."""
        found = reading.records("passage", Where("source_id", "=", reading.id))
        return [SubRecord(values, values["locator"], values["note"] or "", values["quote"] or "") for values in found]
