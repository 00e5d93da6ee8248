"""Connections to one catalogue file, with the settings that every one of them needs."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from storage.domain.text import Text, msg
from storage.errors import CatalogueError

# what the Catalogue passes along belongs to its database
__all__ = ["Connection", "Database"]

NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "davfs", "fuse.rclone"}


class Database:
    """One catalogue file; reads see a snapshot, writes take the lock at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.local = on_local_disk(path)
        self.engine = _make_engine(path, self.local)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection inside one read transaction."""
        with known_troubles(self.path), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection inside one write transaction; roll back on any error."""
        with (
            known_troubles(self.path),
            self.engine.connect() as connection,
            connection.execution_options(write=True).begin(),
        ):
            yield connection

    def close(self) -> None:
        """Bring everything into the one file and let go of it."""
        if self.local:
            with known_troubles(self.path), self.engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.engine.dispose()


def _make_engine(path: Path, local: bool) -> Engine:
    engine = create_engine(f"sqlite:///{path}", poolclass=QueuePool, pool_size=8, max_overflow=8)

    @event.listens_for(engine, "connect")
    def settle(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.create_function("casefold", 1, str.casefold, deterministic=True)
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=5000")
        cursor.execute("PRAGMA recursive_triggers=ON")
        cursor.execute(f"PRAGMA journal_mode={'WAL' if local else 'DELETE'}")
        cursor.execute("PRAGMA synchronous=NORMAL" if local else "PRAGMA synchronous=FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@contextmanager
def known_troubles(path: Path) -> Iterator[None]:
    """Turn what the disk or another program does to us into a sentence; bugs pass through."""
    try:
        yield
    except (OperationalError, DatabaseError) as error:
        if sentence := _sentence(path, error.orig):
            raise CatalogueError(sentence) from error
        raise
    except sqlite3.DatabaseError as error:
        if sentence := _sentence(path, error):
            raise CatalogueError(sentence) from error
        raise


TROUBLES = (
    ("SQLITE_BUSY", msg("“{file}” is being written by another program; close it there and try again.")),
    ("SQLITE_FULL", msg("The disk is full; nothing was written to “{file}”.")),
    ("SQLITE_READONLY", msg("“{file}” is read-only; save a copy elsewhere and work in that.")),
    ("SQLITE_CANTOPEN", msg("“{file}” cannot be opened; check that the folder exists and may be written.")),
    ("SQLITE_IOERR", msg("The disk failed while working on “{file}”; nothing was written.")),
    ("SQLITE_NOTADB", msg("“{file}” is not a catalogue; choose a file made by Cluster Atlas.")),
    ("SQLITE_CORRUPT", msg("“{file}” is damaged; open the latest backup instead.")),
)


def _sentence(path: Path, error: BaseException | None) -> Text | None:
    code = getattr(error, "sqlite_errorname", "") or ""
    for start, trouble in TROUBLES:
        if code.startswith(start):
            return Text(trouble.template, {"file": path.name})
    return None


def on_local_disk(path: Path) -> bool:
    """Tell whether the file lies on a disk of this machine, where WAL is safe."""
    if str(path).startswith("\\\\"):
        return False
    mounts = Path("/proc/mounts")
    if not sys.platform.startswith("linux") or not mounts.exists():
        return True
    folder = path.resolve().parent
    rows = (line.split() for line in mounts.read_text(errors="replace").splitlines())
    holding = [(row[1], row[2]) for row in rows if folder.is_relative_to(row[1].replace("\\040", " "))]
    return max(holding, key=lambda row: len(row[0]), default=("", ""))[1] not in NETWORK_FILE_SYSTEMS
