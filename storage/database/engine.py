"""Connections to one catalogue file, with the settings that every one of them needs."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from storage.database.files import DISK_FULL, REFUSED, keeps_log, may_write
from storage.domain.text import Text, msg
from storage.errors import CatalogueError

# what the Catalogue passes along belongs to its database
__all__ = ["Connection", "Database"]

NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "davfs", "fuse.rclone"}
PATIENCE = 5_000  # milliseconds to wait for another program's write
CACHE = 32_768  # KiB of the file kept in memory by each connection that reads so much; bulk writes need it


class Database:
    """One catalogue file; reads see a snapshot, writes take the lock at once.

    A file that cannot be written, or whose folder cannot, is read as it lies and left untouched.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writable = may_write(path)
        self.logged = self.writable and on_local_disk(path)
        self.engine = self._make_engine()

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
        if self.logged:
            with known_troubles(self.path), self.engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.engine.dispose()

    def _make_engine(self) -> Engine:
        engine = create_engine("sqlite://", creator=self._connect, poolclass=QueuePool, pool_size=8, max_overflow=8)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            writing = connection.get_execution_options().get("write", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

        return engine

    def _connect(self) -> sqlite3.Connection:
        # by name, not by URL: a "?" or a "%" in the name of a folder is a letter like any other
        where = str(self.path.absolute())
        if not self.writable:
            where = f"{self.path.absolute().as_uri()}?{'immutable=1' if keeps_log(self.path) else 'mode=ro'}"
        connection = sqlite3.connect(where, uri=not self.writable, isolation_level=None, check_same_thread=False)
        connection.create_function("casefold", 1, lambda text: text and text.casefold(), deterministic=True)
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA recursive_triggers=ON")
        connection.execute(f"PRAGMA busy_timeout={PATIENCE}")
        connection.execute(f"PRAGMA cache_size=-{CACHE}")
        # every journaled row opens a statement journal, which on disk costs as much as the row itself
        connection.execute("PRAGMA temp_store=MEMORY")
        if self.writable:
            connection.execute(f"PRAGMA journal_mode={'WAL' if self.logged else 'DELETE'}")
        return connection


@contextmanager
def known_troubles(path: Path) -> Iterator[None]:
    """Turn what the disk or another program does to us into a sentence; bugs pass through."""
    try:
        yield
    except DatabaseError as error:
        if sentence := _sentence(path, error.orig):
            raise CatalogueError(sentence) from error
        raise
    except sqlite3.DatabaseError as error:
        if sentence := _sentence(path, error):
            raise CatalogueError(sentence) from error
        raise


TROUBLES = (
    ("SQLITE_BUSY", msg("“{file}” is being written by another program; close it there and try again.")),
    ("SQLITE_FULL", DISK_FULL),
    ("SQLITE_READONLY", msg("“{file}” is read-only; save a copy elsewhere and work in that.")),
    ("SQLITE_CANTOPEN", REFUSED),
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
