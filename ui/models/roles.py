"""What the columns of a workbook may mean, in the words of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.domain.text import Text, msg
from storage.workbook.roles import RECORD_FIELDS, ColumnRole, entity_of, field_of, is_value, value_parts
from ui.language import tr

if TYPE_CHECKING:
    from storage.workbook.mapping import Mapping

SURE = 0.7  # confidence from which a guess bears no mark

ROLE_NAMES: dict[str, Text] = {
    "entity": msg("Name of the record"),
    "entity.code": msg("Code of the record"),
    "entity.ko": msg("Korean name of the record"),
    "entity.parent": msg("Lies in"),
    "entity.parent.code": msg("Code of where it lies"),
    "entity.predecessor": msg("Code of the predecessor"),
    "entity.kind": msg("Kind of record"),
    "metric": msg("Name of the metric"),
    "metric.code": msg("Code of the metric"),
    "measure": msg("Measure"),
    "sector": msg("Sector"),
    "sector.code": msg("Code of the sector"),
    "period": msg("Period"),
    "value": msg("Value"),
    "low": msg("Lowest"),
    "high": msg("Highest"),
    "unit": msg("Unit"),
    "multiplier": msg("Multiplier"),
    "scope": msg("Scope"),
    "scenario": msg("Scenario"),
    "precision": msg("Precision"),
    "status": msg("Status"),
    "note": msg("Note"),
    "source": msg("Source"),
    "url": msg("Web address"),
    "total": msg("Total, held against its parts"),
    "attribute": msg("Attribute, not brought in"),
    "ignore": msg("Ignored on purpose"),
}
GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (msg("Figures"), ("value", "low", "high")),
    (msg("Whom they are about"), ("entity", "entity.code", "entity.ko", "entity.parent", "entity.parent.code",
                                  "entity.predecessor", "entity.kind")),
    (msg("What was measured"), ("metric", "metric.code", "measure", "sector", "sector.code", "unit", "multiplier")),
    (msg("When and how"), ("period", "scope", "scenario", "precision", "status")),
    (msg("Where it stands"), ("source", "url", "note")),
    (msg("Fields of the record"), tuple(f"field:{key}" for key in RECORD_FIELDS)),
    (msg("Not brought in"), ("total", "attribute", "ignore")),
)  # fmt: skip
LEFT_OUT = ("total", "attribute", "ignore")
FIELD_NAMES: dict[str, Text] = {
    "type": msg("Type"),
    "status": msg("Status"),
    "since": msg("Since"),
    "helix": msg("Helix role"),
    "level": msg("Level"),
    "url": msg("Web address"),
    "note": msg("Note"),
    "code_system": msg("Code system"),
    "latitude": msg("Latitude"),
    "longitude": msg("Longitude"),
}


def role_text(role: str) -> str:
    """Return what a role is called: “Metric: Sales”, “Sales in 2015”, “Period”."""
    if field := field_of(role):
        return tr("Field: {field}", field=tr(FIELD_NAMES[field]))
    if not is_value(role):
        return tr(ROLE_NAMES[role]) if role in ROLE_NAMES else role
    if entity := entity_of(role):
        return _of_entity(entity, *value_parts(role))
    metric, period = value_parts(role)
    if metric and period:
        return tr("{metric} in {period}", metric=metric, period=period)
    if metric:
        return tr("Metric: {metric}", metric=metric)
    return tr("Value in {period}", period=period) if period else tr(ROLE_NAMES["value"])


def _of_entity(entity: str, metric: str, period: str) -> str:
    if metric and period:
        return tr("Figures of {entity}: {metric} in {period}", entity=entity, metric=metric, period=period)
    if metric:
        return tr("Figures of {entity}: {metric}", entity=entity, metric=metric)
    if period:
        return tr("Figures of {entity} in {period}", entity=entity, period=period)
    return tr("Figures of {entity}", entity=entity)


def is_sure(column: ColumnRole) -> bool:
    """Whether the guess needs no second look; what only describes a row does no harm."""
    return column.confidence >= SURE or column.role == "attribute"


def reason_text(column: ColumnRole) -> str:
    """Return the role, how sure it is and why, and how the header reads."""
    lines = [role_text(column.role)]
    if column.unit:
        lines.append(tr("Unit: {unit}", unit=column.unit))
    if column.multiplier != 1.0:
        lines.append(tr("Numbers count {multiplier} each", multiplier=f"{column.multiplier:,.10g}"))
    if column.fill_down:
        lines.append(tr("A blank repeats the cell above"))
    if str(column.reason):
        lines.append(tr(column.reason))
    lines += [tr(found) for found in column.evidence]
    percent = round(column.confidence * 100)
    lines.append(
        tr("Sure: {percent} %", percent=percent) if is_sure(column) else tr("Not sure: {percent} %", percent=percent)
    )
    return "\n".join(lines)


SURENESS: dict[str, Text] = {
    "high": msg("Sure of this reading: {percent} %"),
    "medium": msg("Fairly sure of this reading: {percent} %"),
    "low": msg("Not sure of this reading: {percent} %"),
}


def sureness_text(mapping: Mapping) -> str:
    """Return how sure the layout is and why, in one line."""
    sure = tr(SURENESS[mapping.sureness], percent=round(mapping.confidence * 100))
    return " · ".join((sure, *(tr(reason) for reason in mapping.reasons)))
