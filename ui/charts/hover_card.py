"""The card beside the mark under the pointer: the figure with all that a reader needs to trust it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.charts.plan import Mark
from ui.charts.wording import figure_qualities, figure_source, figure_title, figure_value
from ui.language import tr
from ui.theme import Space
from ui.widgets.labels import Label, Role

WIDEST = 340
QUOTE = 220
AWAY = 14


class HoverCard(QFrame):
    """Hidden until `show_mark`; never in the way of the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")  # the frame of everything that floats
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self._column.setSpacing(2)
        self._labels: list[Label] = []
        self.hide()

    @property
    def text(self) -> str:
        """All lines of the card."""
        return "\n".join(label.text() for label in self._labels)

    def show_mark(self, mark: Mark | None, at: QPoint) -> None:
        """Show a mark's figure beside a point of the parent, or nothing."""
        self.hide()
        if mark is None:
            return
        for old in self._labels:
            self._column.removeWidget(old)
            old.deleteLater()
        self._labels = []
        for text, role in card_lines(mark):
            label = Label(text, role, self, wrap=True)
            label.setMaximumWidth(WIDEST - 2 * Space.M)
            self._column.addWidget(label)
            self._labels.append(label)
        self._place(at)

    def _place(self, at: QPoint) -> None:
        self.setFixedWidth(WIDEST)
        self.setFixedHeight(self._column.totalHeightForWidth(WIDEST))
        parent = self.parentWidget()
        assert parent is not None
        room = parent.rect()
        x = at.x() + AWAY if at.x() + AWAY + self.width() <= room.right() else at.x() - AWAY - self.width()
        y = max(room.top() + 4, min(at.y() - self.height() - AWAY, room.bottom() - self.height() - 4))
        self.move(max(4, x), y)
        self.show()
        self.raise_()


def card_lines(mark: Mark) -> list[tuple[str, Role]]:
    """Return the lines of the card with their roles: title, value, qualities, source, quote."""
    both = [(mark.line, mark.figure)] if mark.other is None else [(mark.line, mark.figure), mark.other]
    lines: list[tuple[str, Role]] = []
    for line, figure in both:
        lines += [(figure_title(line, figure), "strong"), (figure_value(line, figure), "plain")]
        if qualities := figure_qualities(line, figure):
            lines.append((qualities, "small"))
        lines.append((figure_source(figure.point), "small"))
        if quote := figure.point.quote:
            lines.append((tr("“{quote}”", quote=_short(quote)), "small"))
    return lines


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= QUOTE else words[: QUOTE - 1].rstrip() + "…"
