"""From the order to the file: answers the dialog's search fields, asks where to, writes on a worker."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from storage.domain.collection import Collection
from storage.domain.fields import Ref
from storage.domain.text import Text, msg
from storage.errors import CatalogueError
from ui.collecting.dialog import TemplateDialog
from ui.job import Progress
from ui.language import name_of, other_name, tr
from ui.models.palette import PaletteEntry
from ui.opening import open_file
from ui.page import Context
from ui.saving import Saving

if TYPE_CHECKING:
    from storage.catalogue import Hit
    from storage.exchange.template import TemplateReport
    from ui.widgets.chosen_records import ChosenRecords

SUFFIX = ".xlsx"
FOUND = 12
FEW = 3  # names that a toast lists
ENTITIES = ("cluster", "organisation", "region")
ICONS = {"cluster": "boxes", "organisation": "building-2", "region": "map-pin", "metric": "ruler"}
KINDS: dict[str, Text] = {
    "cluster": msg("Cluster"), "organisation": msg("Organisation"), "region": msg("Region"), "metric": msg("Metric"),
}  # fmt: skip


class TemplateMaking(QObject):
    """Opens the dialog and sees it through; `dialog` is the one that is open."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self.dialog: TemplateDialog | None = None

    def ask(self, kind: str = "", ids: Sequence[int] = ()) -> None:
        """Open the dialog with the selected records of a kind."""
        dialog = self.dialog = TemplateDialog(self._window)
        names = self._context.bridge.catalogue.refs(kind, list(ids)) if ids else {}
        chosen = [names[id] for id in ids if id in names]
        dialog.begin([] if kind == "metric" else chosen, chosen if kind == "metric" else [])
        dialog.records.box.searched.connect(self._find_records)
        dialog.metrics.box.searched.connect(self._find_metrics)
        dialog.ordered.connect(self._order)
        dialog.open()

    @Slot(str)
    def _find_records(self, words: str) -> None:
        if self.dialog is not None:
            self._find(words, ENTITIES, self.dialog.records)

    @Slot(str)
    def _find_metrics(self, words: str) -> None:
        if self.dialog is not None:
            self._find(words, ("metric",), self.dialog.metrics)

    def _find(self, words: str, kinds: tuple[str, ...], field: ChosenRecords) -> None:
        if not words:
            field.box.offer((), tr("Type a name."))
            return
        catalogue = self._context.bridge.catalogue

        def search(_progress: Progress) -> list[Hit]:
            return catalogue.search(words, FOUND, kinds)

        self._context.jobs.read(f"template-{kinds[-1]}", search, partial(self._offer, field))

    def _offer(self, field: ChosenRecords, hits: list[Hit]) -> None:
        chosen = {record.id for record in field.records}
        entries = tuple(_entry(hit, field) for hit in hits if hit.id not in chosen)
        field.box.offer(entries, "" if entries else tr("Already chosen.") if hits else tr("Nothing found."))

    @Slot(object)
    def _order(self, collection: Collection) -> None:
        stem = tr("Data collection {periods}", periods=" ".join(collection.periods)).strip()
        proposed = self._context.bridge.catalogue.path.with_name(f"{stem}{SUFFIX}".replace("/", "-"))
        kinds = tr("Workbooks ({patterns})", patterns=f"*{SUFFIX}")
        chosen, _ = QFileDialog.getSaveFileName(self.dialog, tr("Make a collection template"), str(proposed), kinds)
        if chosen:
            self.write(Path(chosen).with_suffix(SUFFIX), collection)

    def write(self, path: Path, collection: Collection) -> None:
        """Write the template."""
        catalogue = self._context.bridge.catalogue

        def work(target: Path, _progress: Progress) -> TemplateReport:
            # writing workbooks is heavy to import
            from storage.exchange.template import write_template  # noqa: PLC0415

            return write_template(catalogue, target, collection)

        Saving(self._context, work, self._written, self._refused).write(path)

    def _written(self, report: TemplateReport) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        done = msg("{file} asks for {n} figures", file=report.path.name, n=f"{report.figures:,}")
        if report.unasked:
            names = ", ".join(report.unasked[:FEW]) + (" …" if len(report.unasked) > FEW else "")
            done = msg("{file} asks for {n} figures; nothing is asked of {names}, since no such figures are known",
                       file=report.path.name, n=f"{report.figures:,}", names=names)  # fmt: skip
        self._context.toast(done, tr("Open"), partial(open_file, self._context, report.path))

    def _refused(self, error: CatalogueError) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.refuse(error.text)
        else:
            self._context.toast(error.text)


def _entry(hit: Hit, field: ChosenRecords) -> PaletteEntry:
    title, other = name_of(hit.title, hit.title_ko), other_name(hit.title, hit.title_ko)
    take = partial(field.add, Ref(hit.id, hit.title, hit.title_ko))
    return PaletteEntry(title, ICONS[hit.kind], take, other or hit.detail, tr(KINDS[hit.kind]))
