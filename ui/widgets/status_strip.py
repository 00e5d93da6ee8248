"""The strip at the bottom: whether all is saved, the job under way, language and theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QToolButton, QWidget

from storage.domain.text import Text
from ui.command import CommandAction
from ui.icons import Tone, icon
from ui.job import Job, Jobs
from ui.language import tr
from ui.theme import Space
from ui.widgets.labels import Label


class StatusStrip(QFrame):
    """Shows `set_saved(text)`, and the long job while it runs, with a button that stops it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setFixedHeight(Space.STATUS_BAR)
        self._saved = Label("", "small", self)
        self._what = Label("", "small", self)
        self._bar = QProgressBar(self)
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self._cancel = QToolButton(self)
        self._cancel.setIcon(icon("x", Tone.MUTED))
        self._cancel.setIconSize(QSize(14, 14))
        self._cancel.clicked.connect(self._ask_cancel)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Space.L, 0, Space.S, 0)
        self._row.setSpacing(Space.S)
        for widget in (self._saved, self._what, self._bar, self._cancel):
            self._row.addWidget(widget)
        self._row.insertStretch(1)
        self._row.insertSpacing(5, Space.M)
        self._switches: list[QToolButton] = []
        self.show_job(None)

    def set_saved(self, text: str) -> None:
        """Say whether all is saved."""
        self._saved.setText(text)

    def set_switches(self, *actions: CommandAction) -> None:
        """Show these at the right, with their words."""
        for old in self._switches:
            old.hide()
            old.deleteLater()
        self._switches = []
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(14, 14))
            button.setAccessibleName(action.text())
            button.setProperty("quiet", True)
            self._row.addWidget(button)
            self._switches.append(button)

    def follow(self, jobs: Jobs) -> None:
        """Show the long jobs from now on."""
        jobs.started.connect(self.show_job)

    @Slot(object)
    def show_job(self, job: Job | None) -> None:
        """Follow a job; None when it is over."""
        self._job = job
        for widget in (self._what, self._bar, self._cancel):
            widget.setVisible(job is not None)
        if job is None:
            return
        self._cancel.setToolTip(tr("Stop: {job}", job=job.title))
        self._cancel.setAccessibleName(tr("Stop: {job}", job=job.title))
        self._cancel.setEnabled(True)
        self._bar.setAccessibleName(job.title)
        self._what.setText(job.title)
        self._bar.setRange(0, 0)
        job.progressed.connect(self._progress)
        job.finished.connect(self._job_over)

    @Slot()
    def _job_over(self) -> None:
        self.show_job(None)

    @Slot(int, int, object)
    def _progress(self, done: int, total: int, what: str | Text) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if what:
            self._what.setText(tr(what))

    @Slot()
    def _ask_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._what.setText(tr("Stopping …"))
        if self._job is not None:
            self._job.cancel()
