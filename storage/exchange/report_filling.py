"""A report workbook filled with the newest figures, in a copy; mappings are kept among the saved views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, Revision, insert, update
from storage.domain.query import Order, Query, Where
from storage.domain.report import PAGE, Report
from storage.domain.text import Text, msg
from storage.errors import InvalidInput
from storage.exchange.report_figures import FoundFigure, find_figures
from storage.workbook.patching.book import WorkbookPatch
from storage.workbook.patching.cells import Place
from storage.workbook.patching.obstacles import Obstacle
from storage.workbook.sheet import place_of

Shown = float | str | None
NEW = -1  # the id by which a change set calls a report that is not kept yet


def saved_reports(catalogue: Catalogue) -> list[Report]:
    """Return the reports that the catalogue keeps, by name."""
    query = Query("view", Where("page", "=", PAGE), (Order("name"),))
    return [Report.from_json(row[1], row[2], row[0]) for row in catalogue.stored(query, ("name", "definition"))]


def report_named(catalogue: Catalogue, name: str) -> Report:
    """Return the report of that name; raise InvalidInput, naming those that there are."""
    reports = {report.name: report for report in saved_reports(catalogue)}
    if name not in reports:
        known = ", ".join(reports) or "–"
        raise InvalidInput(msg("There is no report “{name}”; known are: {known}.", name=name, known=known))
    return reports[name]


def report_changes(catalogue: Catalogue, report: Report) -> ChangeSet:
    """Return what keeps a report under its name."""
    values = {"name": report.name, "page": PAGE, "definition": report.to_json()}
    if report.id is None:
        return ChangeSet.of([insert("view", values, NEW)])
    stored = catalogue.stored(Query("view", Where("id", "in", (report.id,))), tuple(values))
    if not stored:
        raise InvalidInput(msg("The report “{name}” was deleted; map its cells again.", name=report.name))
    before = dict(zip(values, stored[0][1:], strict=True))
    return ChangeSet.of([update("view", report.id, before, values)])


def save_report(catalogue: Catalogue, report: Report, label: Text) -> Report:
    """Keep a report under its name, as one revision; return it with its id."""
    revision = catalogue.apply(report_changes(catalogue, report), label)
    return replace(report, id=report.id or revision.new_ids[NEW])


@dataclass(frozen=True, slots=True)
class FilledCell:
    """One cell of the copy: what was filled in last, and now; `reason` tells why it was left as it is."""

    found: FoundFigure
    last: Shown
    reason: Text | None

    @property
    def changed(self) -> bool:
        """Whether it shows something else than last time."""
        return self.reason is None and self.last != self.found.shown


@dataclass(frozen=True)
class Filling:
    """What was written, cell by cell; `revision` kept it, None where nothing was new."""

    path: Path
    cells: tuple[FilledCell, ...]
    revision: Revision | None = None

    @property
    def changed(self) -> list[FilledCell]:
        """The cells that show something else than last time."""
        return [cell for cell in self.cells if cell.changed]

    @property
    def left(self) -> list[FilledCell]:
        """The cells that were left as they are."""
        return [cell for cell in self.cells if cell.reason is not None]


def planned_cells(catalogue: Catalogue, report: Report, source: Path, language: str = "en") -> list[FilledCell]:
    """Return what filling a report would put into its cells; raise WorkbookError."""
    with WorkbookPatch(source) as patch:
        return _planned(patch, report, find_figures(catalogue, report.cells, language))


def _planned(patch: WorkbookPatch, report: Report, figures: Sequence[FoundFigure]) -> list[FilledCell]:
    obstacles: dict[tuple[str, Place], Obstacle] = {}
    for sheet in {cell.sheet for cell in report.cells} & set(patch.sheets):
        places = {place for cell in report.cells if cell.sheet == sheet and (place := place_of(cell.cell))}
        obstacles |= {(sheet, place): found for place, found in patch.obstacles(sheet, places).items()}
    planned = []
    for figure in figures:
        mapped = figure.mapped
        reason, place = figure.reason, place_of(mapped.cell)
        if mapped.sheet not in patch.sheets or place is None:
            reason = msg("The workbook has no sheet “{sheet}”.", sheet=mapped.sheet)
        elif (obstacle := obstacles.get((mapped.sheet, place))) is not None:
            reason = msg("{cell}: {reason}", cell=mapped.cell, reason=obstacle.reason)
        planned.append(FilledCell(figure, report.last.get(mapped.key), reason))
    return planned


def fill_report(catalogue: Catalogue, report: Report, source: Path, target: Path, language: str = "en") -> Filling:
    """Fill the newest figures into a copy of a workbook, and remember them where the report is kept.

    Cells without a figure, and cells that take none, are left as they are. Raise WorkbookError, or InvalidInput where
    nothing can be filled in.
    """
    with WorkbookPatch(source) as patch:
        planned = _planned(patch, report, find_figures(catalogue, report.cells, language))
        filled = [cell for cell in planned if cell.reason is None]
        if not filled:
            reason = planned[0].reason if planned else msg("No cell is mapped.")
            raise InvalidInput(msg("Nothing can be filled in: {reason}", reason=reason or ""))
        for cell in filled:
            mapped = cell.found.mapped
            place = place_of(mapped.cell)
            assert place is not None
            patch.write(mapped.sheet, place, cell.found.shown)
        patch.save(target)
    return Filling(target, tuple(planned), _remember(catalogue, report, filled))


def _remember(catalogue: Catalogue, report: Report, filled: Sequence[FilledCell]) -> Revision | None:
    """Keep what was filled in, to tell next time what changed."""
    shown = {cell.found.mapped.key: cell.found.shown for cell in filled if cell.found.shown is not None}
    last = dict(report.last) | shown
    if report.id is None or last == report.last:
        return None
    save_report(catalogue, replace(report, last=last), msg("Fill the report “{name}”", name=report.name))
    return catalogue.history(1)[0]
