"""What went wrong: expected troubles become a short notice, bugs one dialog with the details to copy and a log."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from storage.errors import CatalogueError
from ui.language import ntr, tr
from ui.theme import Space
from ui.widgets.labels import Label

log = logging.getLogger(__name__)

LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Problems(QObject):
    """Hears of every exception that nobody caught, on whatever thread; emits `expected(CatalogueError)` for notices."""

    expected = Signal(object)
    _met = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialog: ProblemDialog | None = None
        self._met.connect(self._sort)

    def install(self) -> None:
        """Take over Python's and Qt's hooks."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        qInstallMessageHandler(log_qt_message)

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def meet(self, error: BaseException) -> None:
        """Show a problem; may be called on any thread."""
        self._met.emit(error)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.meet(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.meet(args.exc_value)

    @Slot(object)
    def _sort(self, error: BaseException) -> None:
        if isinstance(error, CatalogueError):
            self.expected.emit(error)
            return
        details = "".join(traceback.format_exception(error))
        log.error("unexpected: %s", details)
        if self._dialog is None:
            self._dialog = ProblemDialog(details, QGuiApplication.applicationVersion())
            self._dialog.finished.connect(self._closed)
            self._dialog.show()
        else:
            self._dialog.add()

    @Slot()
    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None


class ProblemDialog(QDialog):
    """One bug; those that follow while it is open are only counted."""

    def __init__(self, details: str, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("A fault in the program"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._more_count = 0
        self.details = QPlainTextEdit(f"Cluster Atlas {version}\n{details}", self)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(tr("Details"))
        self._more = Label("", "muted", self)
        copy = QPushButton(tr("Copy details"), self)
        copy.clicked.connect(self._copy)
        close = QPushButton(tr("Go on working"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self._more, 1)
        row.addWidget(copy)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(Space.M)
        column.addWidget(Label(tr("Something went wrong that should not"), "title", self))
        safe = tr("Your catalogue is safe: a change is written whole or not at all. Please send the details below.")
        column.addWidget(Label(safe, wrap=True, parent=self))
        column.addWidget(self.details, 1)
        column.addLayout(row)
        self.resize(640, 400)

    def add(self) -> None:
        """Count one more."""
        self._more_count += 1
        self._more.setText(ntr("and {n} more, in the log", "and {n} more, in the log", self._more_count))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())


# said of every window by the platform that draws without a screen, and of no use to anybody
HARMLESS = "This plugin does not support propagateSizeHints()"


def log_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Log what Qt says."""
    if message != HARMLESS:
        log.log(LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
