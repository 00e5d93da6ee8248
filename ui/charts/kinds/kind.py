"""What a kind of chart is: all that the rest of the charts asks of one, with answers that suit most."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter

from storage.domain.comparison import Comparison
from storage.domain.drawing import Shape
from storage.domain.text import Text
from ui.charts import ranges
from ui.charts.aim import Aim
from ui.charts.description import values
from ui.charts.overlay import Overlay
from ui.charts.plan import Entry, Mark, Panel, Plan, Span
from ui.charts.sheet import Sheet
from ui.charts.walking import Step

if TYPE_CHECKING:
    # the choice knows the kinds, and the surface would bring pyqtgraph into every start of the program
    from ui.charts.choice import Choice
    from ui.charts.surface import Surface

LEAST_PANEL = 160


class Option(Enum):
    """What can be chosen for a kind: from when to when, at which period, which metric on which axis."""

    SPAN = auto()
    PERIOD = auto()
    AXES = auto()


class Scale(Enum):
    """What an axis says: amounts, years and their parts, or the names of categories."""

    AMOUNTS = auto()
    PERIODS = auto()
    NAMES = auto()


@dataclass(frozen=True, slots=True)
class Side:
    """An axis of a panel, its ticks drawn across the panel or not."""

    scale: Scale = Scale.AMOUNTS
    grid: bool = True


class ChartKind(ABC):
    """One way to make marks of figures; a kind has no state, each is there once.

    `shape`: how other programs draw it; `left`, `bottom`: the axes, None for none; `lying`: values run from left to
    right; `downwards`: from the top to the bottom; `filled`: marks are areas in their colour; `excerpt`: only some
    figures of each line are drawn, so that what is wrong with the others is no matter; `ends_named`: series are named
    at their last marks, while there is room.
    """

    id: ClassVar[str]  # what a remembered choice holds
    label: ClassVar[Text]
    icon: ClassVar[str]
    shape: ClassVar[Shape]
    options: ClassVar[frozenset[Option]] = frozenset()
    left: ClassVar[Side | None] = Side()
    bottom: ClassVar[Side | None] = Side()
    lying: ClassVar[bool] = False
    downwards: ClassVar[bool] = False
    filled: ClassVar[bool] = False
    excerpt: ClassVar[bool] = False
    ends_named: ClassVar[bool] = False

    # Planning

    def fits(self, comparison: Comparison) -> bool:
        """Return whether the figures are shown like this when nothing is chosen; the first kind that fits is taken."""
        return False

    @abstractmethod
    def plan(self, comparison: Comparison, choice: Choice) -> Plan:
        """Return the chart of figures that are limited to the chosen span."""

    # Drawing

    @abstractmethod
    def paint(self, surface: Surface, sheet: Sheet) -> None:
        """Draw the marks of a panel."""

    def annotate(self, overlay: Overlay, sheet: Sheet, painter: QPainter) -> None:  # noqa: B027
        """Write over the marks, in the pixels of the overlay; called for each range and size."""

    def ranges(self, sheet: Sheet, room: QSizeF) -> tuple[Span, Span]:
        """Return the reach of a panel across and upright, in its room of pixels; the panel has marks."""
        return ranges.from_zero(ranges.across(sheet.panel)), ranges.from_zero(ranges.amounts(sheet.panel))

    def place(self, mark: Mark, amount: float) -> tuple[float, float]:
        """Return where another amount of a mark stands."""
        return (amount, mark.y) if self.lying else (mark.x, amount)

    def least_height(self, plan: Plan) -> int:
        """Return the height below which the chart scrolls, in pixels."""
        return LEAST_PANEL * max(len(plan.panels), 1)

    def share(self, plan: Plan, panel: Panel) -> int | None:
        """Return a panel's share of the height among those under each other, None for no share of its own."""
        return None

    def names(self, sheet: Sheet, side: str) -> Sequence[str]:
        """Return the names of the categories at a side, `left` or `bottom`, whose scale is names."""
        return sheet.panel.categories

    # Telling

    def legend(self, plan: Plan) -> Sequence[Entry]:
        """Return what a legend must tell apart, where the marks do not name it themselves."""
        return tuple(dict.fromkeys(plan.entries))

    @abstractmethod
    def headline(self, plan: Plan) -> str:
        """Return what is shown, in a sentence for those who cannot see it."""

    def told(self, plan: Plan) -> Sequence[str]:
        """Return the figures in sentences, those that matter most."""
        return values(plan, lambda _panel, mark: plan.entries[mark.entry].name)

    # Pointer and keys

    def aimed(self, aim: Aim) -> Mark | None:
        """Return the mark that the pointer means."""
        return aim.nearest()

    def stepped(self, step: Step) -> Mark:
        """Return the mark that an arrow key leads to."""
        return step.left_to_right()
