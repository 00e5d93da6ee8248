"""A chart as a picture for a report: light, with title, legend, what to mind, sources and date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRectF, QSaveFile, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QWidget

from storage.domain.text import msg
from storage.errors import CatalogueError
from ui.charts.canvas import Canvas
from ui.charts.ink import Ink
from ui.charts.legend import legend_entries
from ui.charts.plan import Entry, Plan
from ui.charts.swatch import HEIGHT, WIDTH, paint_swatch
from ui.charts.wording import figure_source
from ui.language import ntr, tr
from ui.theme import LIGHT, TypeSize, sized

SIZE = QSize(1200, 700)
MARGIN = 24.0
GAP = 8.0
MOST_SOURCES, MOST_NOTES = 3, 4
SCREEN_SCALE = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """A plan with its title; everything else is read off the plan."""

    title: str
    plan: Plan
    day: date


def image(picture: Picture, scale: int) -> QImage:
    """Return the picture, `scale` device pixels for each of its own."""
    with _prepared(picture, scale) as layout:
        result = QImage(layout.size * scale, QImage.Format.Format_RGB32)
        result.setDevicePixelRatio(scale)
        painter = QPainter(result)
        layout.paint(painter)
        painter.end()
    return result


def write_png(picture: Picture, scale: int, path: Path) -> None:
    """Write the picture as PNG; raise CatalogueError when the file cannot be written."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image(picture, scale))
    _write(content, path)


def write_svg(picture: Picture, path: Path) -> None:
    """Write the picture as SVG with real text; raise CatalogueError when the file cannot be written."""
    _write(svg(picture), path)


def svg(picture: Picture) -> QByteArray:
    """Return the picture as SVG."""
    content = QByteArray()
    buffer = QBuffer(content)
    with _prepared(picture, 1) as layout:
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        # without it the axes shrink: fonts are measured in the screen's resolution
        generator.setResolution(layout.canvas.logicalDpiX())
        generator.setSize(layout.size)
        generator.setViewBox(QRectF(0, 0, layout.size.width(), layout.size.height()))
        generator.setTitle(picture.title)
        painter = QPainter(generator)
        layout.paint(painter)
        painter.end()
    return content


def mime_data(picture: Picture) -> QMimeData:
    """Return the picture for the clipboard, as pixels and as SVG."""
    data = QMimeData()
    data.setImageData(image(picture, SCREEN_SCALE))
    data.setData("image/svg+xml", svg(picture))
    return data


def sources_line(plan: Plan) -> str:
    """Return where the figures stand, the first few by name."""
    names = list(dict.fromkeys(figure_source(mark.figure.point) for _, mark in plan.marks()))
    shown = "; ".join(names[:MOST_SOURCES])
    if len(names) > MOST_SOURCES:
        more = ntr("{n} more", "{n} more", len(names) - MOST_SOURCES)
        shown = tr("{sources} and {more}", sources=shown, more=more)
    return tr("Source: {sources}", sources=shown)


def _write(content: QByteArray, path: Path) -> None:
    """Write a file whole or not at all."""
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == content.size() and file.commit()
    if not written:
        raise CatalogueError(msg("“{file}” cannot be written: {cause}", file=path.name, cause=file.errorString()))


@contextmanager
def _prepared(picture: Picture, scale: int) -> Iterator[_Layout]:
    canvas = Canvas()
    canvas.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    try:
        yield _Layout(picture, canvas, scale)
    finally:
        canvas.close()
        canvas.deleteLater()


class _Layout:
    """Where title, chart, legend and foot stand."""

    def __init__(self, picture: Picture, canvas: Canvas, scale: int) -> None:
        self.canvas = canvas
        self._picture = picture
        self._ink = Ink.of(LIGHT, scale, exact=True)
        self._title = sized(QApplication.font(), TypeSize.HEADLINE, strong=True)
        self._small = sized(QApplication.font(), TypeSize.SMALL)
        canvas.resize(SIZE)
        canvas.draw(picture.plan, self._ink)
        self._legend = legend_entries(picture.plan, labelled=canvas.labelled)
        self._notes = [tr(caveat.text) for caveat in picture.plan.caveats if caveat.tone == "mind"][:MOST_NOTES]
        width = SIZE.width() - 2 * MARGIN
        self._places = _legend_places(self._legend, self._small, width)
        self._legend_height = self._places[-1].bottom() + GAP if self._places else 0.0
        self._note_heights = [self._height(note, width) for note in self._notes]
        foot = QFontMetricsF(self._small).height() + GAP
        head = QFontMetricsF(self._title).height() + GAP * 2
        around = 2 * MARGIN + head + self._legend_height + sum(self._note_heights) + foot
        chart = max(SIZE.height() - around, canvas.minimumHeight())
        self.size = QSize(SIZE.width(), round(around + chart))
        self._chart = QRectF(MARGIN, MARGIN + head, width, chart)
        _settle(canvas, self._chart.toRect().size())

    def _height(self, text: str, width: float) -> float:
        box = QRectF(0, 0, width, 1000)
        return QFontMetricsF(self._small).boundingRect(box, Qt.TextFlag.TextWordWrap, text).height() + 2

    def paint(self, painter: QPainter) -> None:
        """Draw the whole picture."""
        whole = QRectF(0, 0, self.size.width(), self.size.height())
        painter.fillRect(whole, self._ink.colour("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._title)
        painter.setPen(self._ink.colour("text"))
        head = QRectF(MARGIN, MARGIN, self._chart.width(), QFontMetricsF(self._title).height())
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft, _elided(self._picture.title, self._title, head.width()))
        painter.save()
        self.canvas.render(painter, self._chart, self.canvas.viewport().rect())
        painter.restore()
        self._paint_legend(painter)
        self._paint_foot(painter)

    def _paint_legend(self, painter: QPainter) -> None:
        top = self._chart.bottom() + GAP
        painter.setFont(self._small)
        for entry, place in zip(self._legend, self._places, strict=True):
            box = place.translated(MARGIN, top)
            swatch = QRectF(box.left(), box.center().y() - HEIGHT / 2, WIDTH, HEIGHT)
            paint_swatch(painter, swatch, entry, self._ink)
            painter.setPen(self._ink.colour("text"))
            painter.drawText(box.adjusted(WIDTH + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, entry.name)

    def _paint_foot(self, painter: QPainter) -> None:
        painter.setFont(self._small)
        y = self._chart.bottom() + self._legend_height + GAP
        painter.setPen(self._ink.colour("mind"))
        for note, height in zip(self._notes, self._note_heights, strict=True):
            painter.drawText(QRectF(MARGIN, y, self._chart.width(), height), Qt.TextFlag.TextWordWrap, note)
            y += height
        metrics = QFontMetricsF(self._small)
        day = self._picture.day.isoformat()
        foot = QRectF(MARGIN, self.size.height() - MARGIN - metrics.height(), self._chart.width(), metrics.height())
        room = foot.width() - metrics.horizontalAdvance(day) - 2 * GAP
        painter.setPen(self._ink.colour("muted"))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, day)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, _elided(sources_line(self._picture.plan), self._small, room))


def _settle(canvas: QWidget, size: QSize) -> None:
    """Give the canvas its size and place everything in it now, without an event loop."""
    canvas.setMinimumHeight(0)
    canvas.resize(size)
    canvas.show()
    canvas.grab()


def _elided(text: str, font: QFont, width: float) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def _legend_places(entries: tuple[Entry, ...], font: QFont, width: float) -> list[QRectF]:
    """Places one after the other, in rows."""
    metrics = QFontMetricsF(font)
    height = max(metrics.height(), float(HEIGHT)) + 2
    places: list[QRectF] = []
    x = y = 0.0
    for entry in entries:
        needed = WIDTH + 6 + metrics.horizontalAdvance(entry.name) + 4
        if x + needed > width and x:
            x, y = 0.0, y + height
        places.append(QRectF(x, y, needed, height))
        x += needed + 14
    return places
