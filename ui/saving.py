"""Writing a file as a job; where it is open in another program, the way out is a copy beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from storage.errors import CatalogueError, NotWritable
from ui.job import Progress
from ui.language import tr
from ui.page import Context
from ui.rescue import free_name

Write = Callable[[Path, Progress], Any]


class Saving:
    """Writes to a path by `work(path, progress)`; `done` gets what it returns, `failed` what was refused for good."""

    def __init__(
        self,
        context: Context,
        work: Write,
        done: Callable[[Any], object],
        failed: Callable[[CatalogueError], object] | None = None,
    ) -> None:
        self._context = context
        self._work = work
        self._done = done
        self._failed = failed
        self._path = Path()

    def write(self, path: Path) -> None:
        """Write now; while another job runs the window says so."""
        self._path = path
        title = tr("Writing {file}", file=path.name)
        work = self._work

        def write(progress: Progress) -> Any:
            return work(path, progress)

        self._context.jobs.run(title, write, self._written, self._refused)

    def _written(self, result: Any) -> None:
        self._done(result)

    def _refused(self, error: CatalogueError) -> None:
        if isinstance(error, NotWritable) and self._path.exists():
            beside = free_name(self._path)
            self._context.toast(error.text, tr("Save as {name}", name=beside.name), partial(self.write, beside))
            return
        if self._failed is None:
            self._context.toast(error.text)
        else:
            self._failed(error)
