"""The two search fields of the comparison: records and metrics to add."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from storage.domain.fields import Ref
from storage.domain.text import Text, msg
from ui.charts.board import Board
from ui.compare.reading import ENTITIES
from ui.job import Progress
from ui.language import current_code, name_of, other_name, tr
from ui.models.palette import PaletteEntry
from ui.page import Context

if TYPE_CHECKING:
    from storage.catalogue import Hit
    from ui.charts.choice_bar import ChoiceBar

FOUND = 12
ICONS = {"cluster": "boxes", "organisation": "building-2", "region": "map-pin", "metric": "ruler"}
KINDS: dict[str, Text] = {
    "cluster": msg("Cluster"), "organisation": msg("Organisation"), "region": msg("Region"), "metric": msg("Metric"),
}  # fmt: skip


class Finding(QObject):
    """Answers the fields of a choice bar from the catalogue; `board` says what is already chosen."""

    def __init__(self, bar: ChoiceBar, context: Context) -> None:
        super().__init__(bar)
        self._bar = bar
        self._context = context
        self.board = Board()
        bar.records.searched.connect(self._search_records)
        bar.metrics.searched.connect(self._search_metrics)

    @Slot(str)
    def _search_records(self, words: str) -> None:
        if words:
            self._search("compare-records", words, ENTITIES)
        else:
            self._bar.records.offer((), tr("Type the name of a cluster, organisation or region."))

    @Slot(str)
    def _search_metrics(self, words: str) -> None:
        if words:
            self._search("compare-metrics", words, ("metric",))
        else:
            self._offer_own_metrics()

    def _search(self, key: str, words: str, kinds: tuple[str, ...]) -> None:
        catalogue = self._context.bridge.catalogue

        def search(_progress: Progress) -> list[Hit]:
            return catalogue.search(words, FOUND, kinds)

        self._context.jobs.read(key, search, self._offer_metrics if kinds == ("metric",) else self._offer_records)

    def _offer_records(self, hits: list[Hit]) -> None:
        chosen = {record.id for record in self.board.records}
        entries = tuple(_entry(hit, partial(self._bar.add_record, hit.id)) for hit in hits if hit.id not in chosen)
        self._bar.records.offer(entries, "" if entries else _no_answer(hits))

    def _offer_metrics(self, hits: list[Hit]) -> None:
        chosen = {metric.id for metric in self.board.metrics}
        entries = tuple(_entry(hit, self._adding(hit.id)) for hit in hits if hit.id not in chosen)
        self._bar.metrics.offer(entries, "" if entries else _no_answer(hits))

    def _offer_own_metrics(self) -> None:
        """Before anything is typed: the metrics that the records have."""
        chosen = {metric.id for metric in self.board.metrics}
        metrics = [offer.metric for offer in self.board.offers if offer.metric.id not in chosen]
        entries = tuple(self._metric_entry(metric) for metric in metrics)
        self._bar.metrics.offer(entries, "" if entries else tr("Type the name of a metric."))

    def _metric_entry(self, metric: Ref) -> PaletteEntry:
        note = other_name(metric.name, metric.name_ko)
        return PaletteEntry(metric.label(current_code()), ICONS["metric"], self._adding(metric.id), note)

    def _adding(self, metric: int) -> partial[None]:
        return partial(self._bar.add_metric, metric, self.board.metrics)


def _no_answer(hits: list[Hit]) -> str:
    return tr("Already in the comparison.") if hits else tr("Nothing found.")


def _entry(hit: Hit, run: partial[None]) -> PaletteEntry:
    title, other = name_of(hit.title, hit.title_ko), other_name(hit.title, hit.title_ko)
    return PaletteEntry(title, ICONS[hit.kind], run, other or hit.detail, tr(KINDS[hit.kind]))
