"""Kinds of charts: one file and one line here for each; `kind.py` says what a kind answers.

Nothing outside of a kind's file asks which kind a chart is of. A new kind is a subclass of `ChartKind` with one object,
and that object in `KINDS`: its chip, its choice, its drawing, its table, its words and its keys follow from it.
"""

from __future__ import annotations

from ui.charts.kinds.bars import BARS
from ui.charts.kinds.columns import COLUMNS
from ui.charts.kinds.kind import ChartKind
from ui.charts.kinds.line import LINE
from ui.charts.kinds.scatter import SCATTER
from ui.charts.plan import Plan

# in the order of their chips; where nothing is chosen the first that fits is taken
KINDS: dict[str, ChartKind] = {kind.id: kind for kind in (LINE, BARS, COLUMNS, SCATTER)}

NO_CHART = Plan(LINE)  # before anything is read
