"""Copies of a catalogue, made by SQLite itself while it is open, and checked by opening them."""

from __future__ import annotations

import glob
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from storage.database.engine import Database, known_troubles
from storage.database.files import appearing
from storage.domain.text import msg
from storage.errors import CatalogueError

KEPT = 20


def copy_to(database: Database, target: Path) -> None:
    """Write a whole copy under another name; it appears at once or not at all. Raise CatalogueError otherwise."""
    if target.exists() and target.samefile(database.path):
        raise CatalogueError(msg("“{file}” is the open catalogue itself; choose another name.", file=target.name))
    with (
        appearing(target) as half,
        known_troubles(target),
        database.engine.connect() as connection,
        closing(sqlite3.connect(half)) as copy,
    ):
        source: Any = connection.connection.driver_connection
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise CatalogueError(msg("The copy “{file}” could not be verified; nothing was kept.", file=target.name))


def back_up(database: Database, *, reason: str) -> Path:
    """Keep a dated copy in the backup folder and let the oldest ones go; return where it lies."""
    folder = _folder()
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    target = folder / f"{database.path.stem}.{stamp}.{reason}.clusters"
    copy_to(database, target)
    for old in sorted(folder.glob(f"{glob.escape(database.path.stem)}.*.clusters"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return target


def newest_backup(path: Path) -> Path | None:
    """Return the latest backup of a catalogue file, None where there is none."""
    return max(_folder().glob(f"{glob.escape(path.stem)}.*.clusters"), default=None)


def _folder() -> Path:
    return user_data_path("Cluster Atlas", appauthor=False) / "backups"
