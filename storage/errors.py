"""What may go wrong through no bug of ours; everything else is one and reaches the hook."""

from __future__ import annotations

from storage.domain.text import Text


class CatalogueError(Exception):
    """An expected trouble; carries one clear sentence for the user."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


class StaleChange(CatalogueError):
    """A record moved since the change was prepared; nothing was written."""


class UndoBlocked(CatalogueError):
    """A later revision builds on the one that was to be undone."""

    def __init__(self, text: Text, blocking_revision: int | None = None) -> None:
        super().__init__(text)
        self.blocking_revision = blocking_revision


class NewerSchema(CatalogueError):
    """The file was written by a newer version of the program."""


class InvalidInput(CatalogueError):
    """A value that no field accepts, or a question that the catalogue cannot answer."""


class WorkbookError(CatalogueError):
    """A workbook that cannot be read or written."""


class NotWritable(WorkbookError):
    """A file that another program holds, or that may not be written; another name is a way out."""
