"""Line icons (Lucide), drawn from SVG in the colours of the palette, so that they follow light and dark at once."""

from __future__ import annotations

from enum import Enum
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent.parent / "resources" / "icons"
DISABLED_OPACITY = 0.45


class Tone(Enum):
    """The palette colour that an icon takes."""

    TEXT = QPalette.ColorRole.WindowText
    MUTED = QPalette.ColorRole.PlaceholderText
    ACCENT = QPalette.ColorRole.Link
    ON_ACCENT = QPalette.ColorRole.Base
    BAD = QPalette.ColorRole.BrightText


@cache
def _source(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


class TintedEngine(QIconEngine):
    """Draws one SVG in the palette's colour of the moment; nothing is cached that a new palette would make stale."""

    def __init__(self, name: str, tone: Tone) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def colour(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        """Return the tint for a mode; a checked button shows the accent."""
        tone = Tone.ACCENT if state is QIcon.State.On and mode is not QIcon.Mode.Disabled else self._tone
        return QGuiApplication.palette().color(tone.value)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into the rectangle, fainter when disabled."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(painter.opacity() * DISABLED_OPACITY)
        _renderer(self._name, self.colour(mode, state).name()).render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the picture for a screen of ratio 1."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Return the picture for a size in device independent pixels on a screen of ratio `scale`."""
        if size.isEmpty():
            return QPixmap()
        picture = QPixmap(size * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Return an engine that draws the same."""
        return TintedEngine(self._name, self._tone)


@cache
def icon(name: str, tone: Tone = Tone.TEXT) -> QIcon:
    """Return the icon of a file in `resources/icons`, sharp at any size; raises FileNotFoundError."""
    _source(name)
    return QIcon(TintedEngine(name, tone))
