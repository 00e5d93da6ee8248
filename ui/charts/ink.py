"""Colours and type of one drawing: those of the window, or the light ones of a picture."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QBrush, QColor, QFont, QPen
from PySide6.QtWidgets import QApplication

from ui.charts.plan import Entry
from ui.theme import SeriesStyle, Tokens, TypeSize, series_style, sized, tabular

PALE = 0.45
TINT = 0.7


@dataclass(frozen=True, slots=True)
class Ink:
    """What kinds of charts draw with; `exact` draws every marker as a path, as a picture in print needs it.

    `scale` is the number of device pixels of each pixel: the width of cosmetic pens does not follow it by itself.
    """

    tokens: Tokens
    font: QFont
    strong: QFont
    scale: float = 1.0
    exact: bool = False

    @staticmethod
    def of(tokens: Tokens, scale: float = 1.0, *, exact: bool = False) -> Ink:
        """Return the ink of a set of colours, in the interface's font."""
        font = tabular(sized(QApplication.font(), TypeSize.LABEL))
        return Ink(tokens, font, sized(QApplication.font(), TypeSize.LABEL, strong=True), scale, exact)

    def colour(self, token: str) -> QColor:
        """Return a colour by the name of its token."""
        return QColor(getattr(self.tokens, token))

    def pen(self, token: str, width: float = 1.0) -> QPen:
        """Return a cosmetic pen in a token's colour."""
        return self.stroke(self.colour(token), width)

    def stroke(self, colour: QColor, width: float) -> QPen:
        """Return a pen whose width is in pixels whatever the range of the axes."""
        pen = QPen(colour, width * self.scale)
        pen.setCosmetic(True)
        return pen

    def style(self, entry: Entry) -> SeriesStyle:
        """Return how a series is told apart; what is not actual is nearer to the background."""
        style = series_style(self.tokens, entry.colour, entry.variant)
        if not entry.pale:
            return style
        return SeriesStyle(mixed(style.colour, self.colour("panel"), PALE), style.dash, style.marker)

    def fill(self, entry: Entry) -> QBrush:
        """Return how a bar is filled: not at all when pale."""
        return QBrush(self.colour("panel") if entry.pale else self.style(entry).colour)

    def tint(self, entry: Entry) -> QBrush:
        """Return the fill of a bar that is only about right."""
        return QBrush(mixed(self.style(entry).colour, self.colour("panel"), TINT))


def mixed(colour: QColor, other: QColor, share: float) -> QColor:
    """Return a colour with a share of another one."""

    def mix(a: int, b: int) -> int:
        return round(a * (1 - share) + b * share)

    return QColor(mix(colour.red(), other.red()), mix(colour.green(), other.green()), mix(colour.blue(), other.blue()))
