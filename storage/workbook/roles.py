"""The vocabulary of column roles, shared by guess, recipe, command line and preview."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from storage.domain.text import Text

ROLES = (
    "entity",
    "entity.code",
    "entity.ko",
    "entity.parent",
    "entity.parent.code",
    "entity.predecessor",
    "entity.kind",
    "metric",
    "metric.code",
    "measure",
    "sector",
    "sector.code",
    "period",
    "value",
    "low",
    "high",
    "unit",
    "multiplier",
    "scope",
    "scenario",
    "precision",
    "status",
    "note",
    "source",
    "url",
    "total",
    "attribute",
    "ignore",
)
NO_REASON = Text("")
SURE, DOUBTFUL = 0.8, 0.6  # from where a guess is of high, and of medium sureness


def sureness(confidence: float) -> str:
    """Return "high", "medium" or "low"."""
    return "high" if confidence >= SURE else "medium" if confidence >= DOUBTFUL else "low"


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """One column: its place from 0, its header, its role and how sure the guess is (0 to 1).

    Roles are ROLES, or `value:METRIC`, `value@PERIOD`, `value:METRIC@PERIOD`, or `entity:NAME`, `entity:NAME@PERIOD`,
    `entity:NAME:METRIC@PERIOD` for a column of figures about that entity, or `field:KEY` for a field of the record that
    the row is about. `unit` and `multiplier` come from the header; `fill_down` says that a blank repeats the cell
    above. `reason` says why it has the role, `evidence` what its cells say for it.
    """

    index: int
    header: str
    role: str
    confidence: float = 1.0
    reason: Text = NO_REASON
    unit: str = ""
    multiplier: float = 1.0
    fill_down: bool = False
    evidence: tuple[Text, ...] = ()

    @property
    def sureness(self) -> str:
        """How sure the guess is: "high", "medium" or "low"."""
        return sureness(self.confidence)

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Why it has the role."""
        return ((self.reason,) if self.reason.template else ()) + self.evidence

    @property
    def holds_values(self) -> bool:
        """Whether the cells of the column are figures."""
        return is_value(self.role)

    @property
    def metric(self) -> str:
        """METRIC of `value:METRIC@PERIOD`, or ""."""
        return value_parts(self.role)[0]

    @property
    def period(self) -> str:
        """PERIOD of `value:METRIC@PERIOD`, or ""."""
        return value_parts(self.role)[1]

    @property
    def entity(self) -> str:
        """NAME of `entity:NAME`, or ""."""
        return entity_of(self.role)

    @property
    def field(self) -> str:
        """KEY of `field:KEY`, or ""."""
        return field_of(self.role)


_ABOUT = "entity:"
_FIELD = "field:"
# the fields of a record that a column may fill; which of them a kind of record has, its own Fields tell
RECORD_FIELDS = (
    "type", "status", "since", "helix", "level", "url", "note", "code_system", "latitude", "longitude",
)  # fmt: skip


def is_code_list(columns: Iterable[ColumnRole]) -> bool:
    """Whether the columns list records by code and predecessor, or level by level, rather than figures."""
    roles = [column.role for column in columns]
    return "entity.predecessor" in roles or roles.count("entity") > 1


def is_value(role: str) -> bool:
    """Whether a role makes the cells of a column figures."""
    return role == "value" or role.startswith(("value:", "value@", _ABOUT))


def value_role(metric: str = "", period: str = "") -> str:
    """Spell the role of a value column."""
    return "value" + (f":{metric}" if metric else "") + (f"@{period}" if period else "")


@cache
def value_parts(role: str) -> tuple[str, str]:
    """Metric and period of a role of figures; the period follows the last "@"."""
    if not is_value(role):
        return "", ""
    if role.startswith(_ABOUT):
        about, _, period = role.removeprefix(_ABOUT).partition("@")
        return _about(about)[1], period
    head, mark, period = role.removeprefix("value").rpartition("@")
    if not mark:
        head, period = period, ""
    return head.removeprefix(":"), period


def entity_of(role: str) -> str:
    """NAME of the role `entity:NAME:METRIC@PERIOD`, or ""."""
    return _about(role.removeprefix(_ABOUT).partition("@")[0])[0] if role.startswith(_ABOUT) else ""


def _about(text: str) -> tuple[str, str]:
    """Name and metric of "NAME:METRIC"; "Daejeon: Daedeok" is one name."""
    found = re.fullmatch(r"(.*?\S):(\S.*)", text, re.DOTALL)
    return (found[1], found[2]) if found else (text, "")


def entity_role(name: str, metric: str = "", period: str = "") -> str:
    """Spell the role of a column of figures about one entity."""
    return f"{_ABOUT}{name}" + (f":{metric}" if metric else "") + (f"@{period}" if period else "")


def field_of(role: str) -> str:
    """KEY of the role `field:KEY`, or ""."""
    return role.removeprefix(_FIELD) if role.startswith(_FIELD) else ""


def known_role(role: str) -> bool:
    """Whether a role is one of ROLES or a parametrised one."""
    return role in ROLES or is_value(role) or field_of(role) in RECORD_FIELDS
