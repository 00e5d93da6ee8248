"""How sure the guess of a layout is, and what speaks for it or against it; the same sheet always tells the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storage.domain.text import Text, msg
from storage.workbook.profile import Profile, names_period
from storage.workbook.roles import ColumnRole
from storage.workbook.table import Table

_WHO = frozenset(["entity", "entity.code", "entity.ko"])
_ESSENTIAL = frozenset(["entity", "entity.code", "metric", "sector", "period", "measure"])
NOBODY, NEVER = 0.35, 0.7  # how sure a layout can be at most without a name, without a period


@dataclass(frozen=True, slots=True)
class Evidence:
    """How sure a guess is (0 to 1) and the sentences that say why, the weightiest first."""

    confidence: float
    reasons: tuple[Text, ...]


def seen(columns: Sequence[Profile], roles: Sequence[ColumnRole]) -> tuple[ColumnRole, ...]:
    """Return the roles with what the cells of each column say for them."""
    return tuple(replace(role, evidence=_cells(column, role)) for column, role in zip(columns, roles, strict=True))


def _cells(column: Profile, role: ColumnRole) -> tuple[Text, ...]:
    found: list[Text] = []
    if role.holds_values and column.told:
        count = _figures(column)
        found.append(msg("{count} of {all} cells are numbers.", count=count, all=column.told))
    elif role.role == "period":
        periods = sum(map(names_period, column.distinct[:200]))
        found.append(
            msg("{count} of {all} different cells are periods.", count=periods, all=len(column.distinct[:200]))
        )
    elif role.role in _WHO | {"entity.parent", "metric", "measure", "sector"}:
        found.append(msg("{count} different texts in {all} cells.", count=len(column.distinct), all=column.told))
    if role.fill_down:
        found.append(msg("A name stands once and reaches down over the blanks below it."))
    return tuple(found)


def _figures(column: Profile) -> int:
    """Cells that are numbers; texts of a column of figures are probed, not read one by one."""
    return column.kinds["number"] + (column.kinds["text"] if column.numeric else 0)


def weigh(table: Table, columns: Sequence[Profile], roles: Sequence[ColumnRole], decimal: str) -> Evidence:
    """Say how sure the layout as a whole is: as sure as its weakest part that matters."""
    parts = [_header(table, columns), *_dated(table, roles), *_filled(columns, roles), *_told(roles)]
    if decimal == "?":
        parts.append(Evidence(0.6, (msg("Nothing tells whether a comma parts thousands or decimals."),)))
    parts.sort(key=lambda part: part.confidence)
    return Evidence(round(parts[0].confidence, 2), tuple(reason for part in parts for reason in part.reasons))


def _header(table: Table, columns: Sequence[Profile]) -> Evidence:
    held = [column for column in columns if column.told]
    named = sum(1 for column in held if column.header)
    share = named / len(held) if held else 0.0
    rows = [str(row + 1) for row in table.header_rows]
    row = rows[0] if len(rows) == 1 else f"{rows[0]}–{rows[-1]}"
    reason = msg("Row {row}: {count} of {all} columns with cells have a header.", row=row, count=named, all=len(held))
    return Evidence(0.4 + 0.6 * share, (reason,))


def _dated(table: Table, roles: Sequence[ColumnRole]) -> list[Evidence]:
    values = [role for role in roles if role.holds_values]
    dated = [role for role in values if role.period]
    if not dated:
        return []
    row = table.header_rows[0] + 1
    reason = msg("Row {row}: {count} of {all} headers above figures are periods.",
                 row=row, count=len(dated), all=len(values))  # fmt: skip
    return [Evidence(0.5 + 0.5 * len(dated) / len(values), (reason,))]


def _filled(columns: Sequence[Profile], roles: Sequence[ColumnRole]) -> list[Evidence]:
    values = [column for column, role in zip(columns, roles, strict=True) if role.holds_values]
    told = sum(column.told for column in values)
    if not told:
        return []
    count = sum(map(_figures, values))
    reason = msg("{count} of {all} cells below those headers are numbers.", count=count, all=told)
    return [Evidence(count / told, (reason,))]


def _told(roles: Sequence[ColumnRole]) -> list[Evidence]:
    """What the columns with a role that matters say for themselves, and what none of them says."""
    found = [
        Evidence(role.confidence, (msg("“{header}”: {reason}", header=role.header, reason=role.reason),))
        for role in roles
        if role.role in _ESSENTIAL and role.header
    ]
    if not any(role.role in _WHO or role.entity for role in roles):
        found.append(Evidence(NOBODY, (msg("No column says who the figures are about."),)))
    counted = any(role.holds_values for role in roles)
    if counted and not any(role.role == "period" or role.period for role in roles):
        found.append(Evidence(NEVER, (msg("No column says when the figures were counted."),)))
    return found
