"""A small panel that drops from a button and goes when one clicks beside it or presses Escape."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QStyle, QStyleOption, QVBoxLayout, QWidget

from ui.theme import Space


class Popup(QFrame):
    """Holds a column of widgets; `open_below` shows it and puts the focus into its first field."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("popup", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        self.column.setSpacing(Space.S)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rounded panel: behind a translucent window Qt draws no background by itself."""
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.end()

    def open_below(self, anchor: QWidget) -> None:
        """Show the panel under a widget, kept inside the screen."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + Space.XS))
        screen = anchor.screen().availableGeometry()
        place = QRect(corner, self.size())
        place.moveRight(min(place.right(), screen.right() - Space.S))
        place.moveBottom(min(place.bottom(), screen.bottom() - Space.S))
        self.move(place.topLeft())
        self.show()
        first = self.focusProxy()
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)
