"""A block of a report mapped at once: names down its side, periods or names across its top."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from storage.catalogue import Catalogue
from storage.domain.periods import PeriodError, parse_period
from storage.domain.problem import Problem
from storage.domain.proposal import Sureness
from storage.domain.report import MappedCell, Wanted
from storage.domain.summary import Summary
from storage.domain.text import Text, msg
from storage.errors import InvalidInput
from storage.exchange.matching import Directory
from storage.exchange.mentions import Mention
from storage.workbook.sheet import Range, Sheet, address, kind_of
from storage.workbook.units import split_unit

Key = dict[str, int | str | float]  # parts of Wanted that a header tells, and the size of its unit


@dataclass(frozen=True)
class Block:
    """Where the block lies, its header row and column included, and what holds for all of it."""

    sheet: Sheet
    area: Range
    entity: int | None = None
    metric: int | None = None
    period: str = ""
    divisor: float = 1.0


@dataclass
class MappedBlock:
    """The cells that were mapped, and the headers that say nothing the catalogue knows."""

    cells: list[MappedCell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def map_block(catalogue: Catalogue, block: Block) -> MappedBlock:
    """Map every cell whose headers tell a record and a metric; raise InvalidInput where none does."""
    found = _Mapper(catalogue, block).run()
    if not found.cells:
        told = found.problems[0] if found.problems else None
        raise InvalidInput(
            msg("{reason} Choose a block with names down its side and periods or metrics across its top.",
                reason=told.cause if told else msg("No header names a record and a metric."))
        )  # fmt: skip
    return found


class _Mapper:
    """Reads the headers of one block."""

    def __init__(self, catalogue: Catalogue, block: Block) -> None:
        self._catalogue = catalogue
        self._block = block
        self._directories = {role: Directory(catalogue, role) for role in ("entity", "metric")}
        self._found = MappedBlock()
        self._scopes: dict[tuple[int, int], list[tuple[int | None, str]]] = {}

    def run(self) -> MappedBlock:
        """Map the block."""
        top, left, bottom, right = self._block.area
        across = {column: self._header(top, column) for column in range(left + 1, right + 1)}
        down = {row: self._header(row, left) for row in range(top + 1, bottom + 1)}
        base = {"entity": self._block.entity, "metric": self._block.metric, "period": self._block.period}
        told: Key = {name: value for name, value in base.items() if value}
        pairs = [
            (row, column, told | side | above)
            for row, side in down.items() if side is not None
            for column, above in across.items() if above is not None
        ]  # fmt: skip
        self._read_scopes([key for _, _, key in pairs])
        for row, column, key in pairs:
            if "entity" in key and "metric" in key:
                self._found.cells.append(self._mapped(row, column, key))
        return self._found

    def _header(self, row: int, column: int) -> Key | None:
        """Return what a header tells; None, with a finding where it says something unknown."""
        sheet = self._block.sheet
        text = sheet.text(row, column)
        if not text:
            return None
        number = kind_of(sheet.value(row, column)) in ("number", "date", "datetime")
        if number or not (known := self._known(text)):
            try:
                return {"period": parse_period(sheet.value(row, column)).text or text}
            except PeriodError:
                self._complain(row, column, msg("“{name}” is no name that the catalogue knows for sure.", name=text))
                return None
        return known

    def _known(self, text: str) -> Key | None:
        for role in ("entity", "metric"):
            match = self._directories[role].match(Mention(role, text))
            if match.sureness is Sureness.KNOWN:
                return {role: match.candidates[0].id}
        name, _, size = split_unit(text)
        if name == text:
            return None
        match = self._directories["metric"].match(Mention("metric", name))
        return {"metric": match.candidates[0].id, "size": size} if match.sureness is Sureness.KNOWN else None

    def _complain(self, row: int, column: int, cause: Text) -> None:
        remedy = msg("Write it as the catalogue does, or map its cells one by one.")
        self._found.problems.append(Problem(self._block.sheet.name, address(row, column), cause, remedy))

    def _read_scopes(self, keys: list[Key]) -> None:
        whole = [key for key in keys if "entity" in key and "metric" in key]
        entities = tuple(sorted({int(key["entity"]) for key in whole}))
        metrics = tuple(sorted({int(key["metric"]) for key in whole}))
        for series in self._catalogue.series(Summary(entities, metrics)) if whole else ():
            scope = (series.sector.id if series.sector else None, series.scope)
            self._scopes.setdefault((series.entity.id, series.metric.id), []).append(scope)

    def _mapped(self, row: int, column: int, key: Key) -> MappedCell:
        """Return the cell; figures of all sectors and scopes come first, else the only ones that there are."""
        wanted = Wanted(int(key["entity"]), int(key["metric"]), str(key.get("period", "")))
        scopes = self._scopes.get((wanted.entity, wanted.metric), [])
        if scopes and (None, "") not in scopes and len(set(scopes)) == 1:
            wanted = replace(wanted, sector=scopes[0][0], scope=scopes[0][1])
        size = float(key.get("size", 1))
        divisor = size if size != 1 else self._block.divisor
        return MappedCell(self._block.sheet.name, address(row, column), wanted, divisor=divisor)
