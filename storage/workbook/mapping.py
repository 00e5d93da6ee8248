"""Which column means what: the recipe that is shown, corrected, stored and used again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field, replace

from storage.domain.periods import PeriodError, parse_period
from storage.domain.text import Text, msg
from storage.errors import InvalidInput
from storage.workbook.decimals import OPEN, decimal_of
from storage.workbook.groups import GROUP_ROLES, REASONS, SURE_OF_GROUPS, guess_groups
from storage.workbook.guess_across import ACROSS
from storage.workbook.guess_values import as_values
from storage.workbook.known import lasting_header
from storage.workbook.layout import Layout, guess_layout
from storage.workbook.metadata import stated_constants
from storage.workbook.roles import ROLES, ColumnRole, is_value, known_role, sureness
from storage.workbook.sheet import Range, Sheet, Workbook, column_letters
from storage.workbook.sureness import Evidence
from storage.workbook.surroundings import named_around
from storage.workbook.unit_lines import fit_units
from storage.workbook.units import read_unit

CONSTANTS = (
    *ROLES, "decimal", "classification", "source.title", "source.code", "source.period", "source.date",
    "across", "groups", "totals",
)  # fmt: skip
KEEP = "keep"
_CHOICES = {"across": ACROSS, "groups": GROUP_ROLES, "totals": (KEEP, "leave out")}
UNIT_OF = "unit:"  # with a header behind it: the unit of that column
_WITHOUT_FIGURES = ("code list", "no figures")  # the better one first
_SHARED = frozenset(["period", "entity.parent", "measure", "note", "attribute", "ignore"])


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one sheet is read; rows count from 0, `last_row` is inclusive, `decimal` is "." or ",".

    `constants` hold for every row; `told` are those of them that a person gave and that the next edition
    takes over. `notes` are doubts that a person should see before the import. `area` is the part of the sheet that
    the table lies in, None for all of it; `confidence` (0 to 1) and `reasons` say how sure the layout is and why, the
    weakest part first; each column says so for itself. `asks_decimal` says that nothing in the file tells whether the
    comma parts decimals; it is read by the point then.
    """

    sheet: str
    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: tuple[ColumnRole, ...]
    constants: dict[str, str] = field(default_factory=dict, hash=False)
    told: dict[str, str] = field(default_factory=dict, hash=False)
    decimal: str = "."
    orientation: str = ""
    notes: tuple[Text, ...] = ()
    area: Range | None = None
    confidence: float = 1.0
    reasons: tuple[Text, ...] = ()
    asks_decimal: bool = False

    @property
    def sureness(self) -> str:
        """How sure the guess is: "high", "medium" or "low"."""
        return sureness(self.confidence)

    @property
    def fingerprint(self) -> str:
        """Digest of the headers; blind to case, blanks and to which years stand there."""
        known = json.dumps([header for header in self._headers if header], ensure_ascii=False)
        return hashlib.sha256(known.encode()).hexdigest()[:16]

    @property
    def _headers(self) -> dict[str, None]:
        return dict.fromkeys(lasting_header(column.header) if column.header else "" for column in self.columns)

    @property
    def lasting_headers(self) -> frozenset[str]:
        """The headers, blind to case, blanks and to which years stand there."""
        return frozenset(header for header in self._headers if header)

    def with_role(self, *roles: str) -> tuple[ColumnRole, ...]:
        """The columns that have one of the roles."""
        return tuple(column for column in self.columns if column.role in roles)

    def value_columns(self) -> tuple[ColumnRole, ...]:
        """The columns whose cells are figures."""
        return tuple(column for column in self.columns if column.holds_values)


def suggest_mapping(
    workbook: Workbook,
    sheet_name: str | None = None,
    header_row: int | None = None,
    overrides: Mapped[str, str] | None = None,
    constants: Mapped[str, str] | None = None,
) -> Mapping:
    """Guess the mapping of a sheet (the first with figures) and apply what a person told.

    `header_row` counts from 0. `overrides` maps a header (or a column's letters) to a role, `*` all value columns
    not named. Raises InvalidInput for an unknown sheet, column, role or constant.
    """
    sheet, layout = choose(workbook, sheet_name, header_row, (constants or {}).get("across", ""))
    return mapping_of(workbook, sheet, layout, overrides or {}, constants or {})


def mapping_of(
    workbook: Workbook, sheet: Sheet, layout: Layout, overrides: Mapped[str, str], constants: Mapped[str, str]
) -> Mapping:
    """Make a mapping of a layout, with what a person told and what the workbook says around the table."""
    given = _checked(constants)
    columns = _united(_overridden(_with_totals(layout.columns, given), overrides), given)
    stated = stated_constants(workbook, sheet, layout.header_rows[0], layout.last_row) | given
    if "groups" not in given and (groups := guess_groups(sheet, layout.rows, columns)):
        stated["groups"] = groups
    filled = stated | named_around(workbook, sheet, columns, layout, stated)
    columns, unknown = (columns, ()) if "unit" in given else fit_units(columns, filled.get("unit", ""))
    told, found = filled.pop("decimal", ""), decimal_of(workbook, sheet, layout)
    asks = found == OPEN and not told
    evidence = _with_groups(layout.evidence, "" if "groups" in given else stated.get("groups", ""))
    return Mapping(
        sheet.name,
        layout.header_rows,
        layout.first_row,
        layout.last_row,
        columns,
        filled,
        given,
        told or (found if found in (".", ",") else "."),
        replace(layout, columns=columns).orientation,
        (*_doubts(sheet, layout, asks), *unknown),
        None,
        evidence.confidence,
        evidence.reasons,
        asks,
    )


def _with_groups(evidence: Evidence, groups: str) -> Evidence:
    """The evidence with that of the guess what rows of a name alone, or indented ones, stand for."""
    if groups not in REASONS:
        return evidence
    return Evidence(min(evidence.confidence, SURE_OF_GROUPS), (REASONS[groups], *evidence.reasons))


def _with_totals(columns: tuple[ColumnRole, ...], given: Mapped[str, str]) -> tuple[ColumnRole, ...]:
    """The columns, totals among them as figures where a person wants to keep them."""
    if given.get("totals") != KEEP:
        return columns
    return tuple(as_values(column) if column.role == "total" else column for column in columns)


def _doubts(sheet: Sheet, layout: Layout, asks: bool) -> tuple[Text, ...]:
    found: list[Text] = []
    if asks:
        found.append(msg("Numbers such as 1,234 or 1.234 may be read in two ways; here the point is the decimal mark."))
    if layout.next_table is not None:
        found.append(msg("Another table begins at row {row}; it is not read.", row=layout.next_table + 1))
    hidden = sum(1 for row in sheet.hidden_rows if layout.first_row <= row <= layout.last_row)
    if hidden:
        found.append(msg("Hidden rows are read as well: {count}.", count=hidden))
    return tuple(found)


def choose(
    workbook: Workbook, sheet_name: str | None, header_row: int | None, across: str = ""
) -> tuple[Sheet, Layout]:
    """Return the named sheet, or the first with figures (else a code list, else any), and its layout.

    Raises InvalidInput when there is no such sheet, or no table.
    """
    if sheet_name is not None and workbook.sheet(sheet_name) is None:
        names = ", ".join(sheet.name for sheet in workbook.sheets)
        raise InvalidInput(msg("There is no sheet “{sheet}”; the sheets are: {names}.", sheet=sheet_name, names=names))
    found: dict[str, tuple[Sheet, Layout]] = {}
    for sheet in sorted(workbook.sheets, key=lambda sheet: sheet.hidden):
        if sheet_name not in (None, sheet.name) or (header_row or 0) >= sheet.height:
            continue
        layout = guess_layout(sheet, header_row, across)
        if layout is not None and layout.orientation not in _WITHOUT_FIGURES:
            return sheet, layout
        if layout is not None:
            found.setdefault(layout.orientation, (sheet, layout))
    best = next((found[kind] for kind in _WITHOUT_FIGURES if kind in found), None)
    if best is None:
        raise InvalidInput(msg("{file} has no table there; choose another sheet or row.", file=workbook.path.name))
    return best


def _overridden(columns: tuple[ColumnRole, ...], overrides: Mapped[str, str]) -> tuple[ColumnRole, ...]:
    named: dict[int, str] = {}
    for key, role in overrides.items():
        if not known_role(role):
            raise InvalidInput(msg("“{role}” is no role; the roles are: {roles}.", role=role, roles=", ".join(ROLES)))
        if key != "*":
            named[find_column(columns, key).index] = role
    taken = {role for role in named.values() if role not in _SHARED and not is_value(role)}
    taken |= {"period"} & set(named.values())
    return tuple(_with(column, named, taken, overrides.get("*")) for column in columns)


def _with(column: ColumnRole, named: dict[int, str], taken: set[str], others: str | None) -> ColumnRole:
    told = msg("Told by you.")
    if column.index in named:
        role, read = named[column.index], as_values(column)
        role = read.role if role == "value" and column.role != "value" else role
        unit, multiplier = (read.unit, read.multiplier) if is_value(role) else ("", 1.0)
        return replace(column, role=role, confidence=1.0, reason=told, unit=unit, multiplier=multiplier)
    if others and column.holds_values:
        return replace(column, role=others, confidence=1.0, reason=told)
    if column.role in taken:
        return replace(column, role="attribute", confidence=1.0, reason=msg("You gave its role to another column."))
    return column


def find_column(columns: tuple[ColumnRole, ...], key: str) -> ColumnRole:
    """The column with that header, that last header part, or those letters; raise InvalidInput when there is none."""

    def same(one: str) -> bool:
        return " ".join(one.casefold().split()) == " ".join(key.casefold().split())

    ways = (
        [column for column in columns if same(column.header)],
        [column for column in columns if same(column.header.rpartition(" / ")[2])],
        [column for column in columns if key == column_letters(column.index)],
    )
    found = next((matches[0] for matches in ways if matches), None)
    if found is None:
        names = ", ".join(column.header or column_letters(column.index) for column in columns)
        raise InvalidInput(msg("There is no column “{column}”; the columns are: {names}.", column=key, names=names))
    return found


def has_column(columns: tuple[ColumnRole, ...], key: str) -> bool:
    """Whether a key finds a column."""
    try:
        find_column(columns, key)
    except InvalidInput:
        return False
    return True


def _united(columns: tuple[ColumnRole, ...], given: Mapped[str, str]) -> tuple[ColumnRole, ...]:
    """The columns with the units that a person told for them: `unit:HEADER`."""
    for key, text in given.items():
        header = key.removeprefix(UNIT_OF)
        if key.startswith(UNIT_OF) and has_column(columns, header):  # another table of the file may have it
            column = find_column(columns, header)
            unit, multiplier = read_unit(text) or (text, 1.0)
            columns = tuple(replace(c, unit=unit, multiplier=multiplier) if c is column else c for c in columns)
    return columns


def _checked(constants: Mapped[str, str]) -> dict[str, str]:
    for key, value in constants.items():
        if key not in CONSTANTS and not key.startswith(UNIT_OF):
            names = ", ".join(CONSTANTS)
            raise InvalidInput(msg("“{field}” cannot be set; these can: {names}.", field=key, names=names))
        if value not in _CHOICES.get(key, (value,)):
            names = ", ".join(_CHOICES[key])
            raise InvalidInput(msg("“{field}” can be one of these: {names}.", field=key, names=names))
        if key == "period":
            try:
                parse_period(value)
            except PeriodError as error:
                raise InvalidInput(error.text) from error
    return dict(constants)
