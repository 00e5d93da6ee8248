"""Why a comparison shows nothing, and the choice that would show something."""

from __future__ import annotations

from dataclasses import dataclass, replace

from storage.domain.text import Text, msg
from ui.charts.board import Board
from ui.charts.choice import Choice
from ui.charts.kinds.bars import BARS
from ui.charts.planning import limited
from ui.language import current_code


@dataclass(frozen=True, slots=True)
class Remedy:
    """A sentence, and the way out: what its button says and the choice that it makes; None asks for a suggestion."""

    sentence: Text
    label: Text | None = None
    choice: Choice | None = None


def remedy(board: Board, choice: Choice, *, anything: bool = True) -> Remedy:
    """Return the remedy for a chart without a mark; `anything` tells whether the catalogue has any figure."""
    if not board.records and not anything:
        return Remedy(msg("There are no figures to compare yet; import a workbook, or add figures to a record."))
    if not board.records:
        sentence = msg("Choose what to compare: add records above, or select some in a table and press Compare.")
        return Remedy(sentence, msg("Compare the best documented ones"))
    if not any(offer.records for offer in board.offers):
        return Remedy(msg("These records have no figures that can be drawn yet; import a workbook, or add figures."))
    if not board.comparison.lines:
        names = ", ".join(metric.label(current_code()) for metric in board.metrics)
        best = replace(choice, metrics=(), across=0, upright=0, scenarios=())
        sentence = msg("These records have no figures for: {metrics}.", metrics=names)
        return Remedy(sentence, msg("Show the metric that most of them have"), best)
    if not limited(board.comparison, choice).lines:
        everything = replace(choice, first="", last="", period=())
        return Remedy(msg("There are no figures between these periods."), msg("Show all periods"), everything)
    bars = replace(choice, shape=BARS.id, period=())
    return Remedy(msg("This kind of chart has nothing to show for these figures."), msg("Show them as bars"), bars)
