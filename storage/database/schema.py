"""Making and migrating a catalogue file: a backup first, a newer file refused."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, insert, text

from storage.database.backup import back_up
from storage.database.documents import documents_complete, install_search, rebuild_search
from storage.database.engine import Database, known_troubles
from storage.database.files import appearing, file_troubles
from storage.database.models import Setting
from storage.database.triggers import install_triggers, unwatched
from storage.domain.text import msg
from storage.errors import CatalogueError, NewerSchema

SCHEMA = 2
APPLICATION_ID = 0x434C5354  # "CLST", by which `file` and desktops know a catalogue
MIGRATIONS = Path(__file__).with_name("migrations")


@dataclass(frozen=True, slots=True)
class Schema:
    """Which tables a file has: the number that it states, and the migrations that lead there."""

    number: int
    migrations: Path


OURS = Schema(SCHEMA, MIGRATIONS)


def create_file(path: Path, fill: Callable[[Database], None]) -> None:
    """Make a catalogue with what `fill` writes; refuse to write over a file that is there."""
    with file_troubles(path):
        taken = path.exists()
    if taken:
        raise CatalogueError(msg("“{file}” is there already; choose another name.", file=path.name))
    with appearing(path) as half:
        database = Database(half)
        try:
            _upgrade(database, OURS)
            fill(database)
        finally:
            database.close()


def open_file(path: Path, schema: Schema = OURS) -> Database:
    """Open a catalogue, migrated to the schema after a backup."""
    stated = _stated_schema(path)
    if stated > schema.number:
        raise NewerSchema(
            msg("“{file}” was written by a newer Cluster Atlas (schema {found}, this program knows {known}); "
                "open it with that version.", file=path.name, found=stated, known=schema.number)
        )  # fmt: skip
    database = Database(path)
    try:
        if stated < schema.number:
            back_up(database, reason=f"schema-{stated}")
            _upgrade(database, schema)
        _mend(database)
    except BaseException:
        database.engine.dispose()
        raise
    return database


def _mend(database: Database) -> None:
    """Set up again what another program took away: the journal's triggers, the documents of the search."""
    with database.read() as connection:
        sound = not unwatched(connection) and documents_complete(connection)
    if not sound and database.writable:
        with database.write() as connection:
            install_triggers(connection)
            rebuild_search(connection)


def identity(connection: Connection) -> str:
    """Return the id that the file was given when it was made."""
    return str(connection.execute(text("SELECT value FROM setting WHERE key = 'catalogue'")).scalar_one())


def _stated_schema(path: Path) -> int:
    """Return the schema that the file's head states; raise CatalogueError for what is no catalogue.

    The head is read without SQLite, which would start to write into a file of another kind.
    """
    with file_troubles(path):
        if not path.is_file():
            raise CatalogueError(msg("There is no file “{file}”.", file=str(path)))
        with path.open("rb") as file:
            head = file.read(100)
    application, schema = (int.from_bytes(head[place : place + 4], "big") for place in (68, 60))
    if not head.startswith(b"SQLite format 3\x00") or application != APPLICATION_ID:
        raise CatalogueError(msg("“{file}” is not a catalogue; choose a file made by Cluster Atlas.", file=path.name))
    return schema


def _upgrade(database: Database, schema: Schema) -> None:
    """Run the migrations in one transaction, with foreign keys off as batch changes need it."""
    command = import_module("alembic.command")
    config = import_module("alembic.config").Config()
    # the option is a template in which a "%" begins a place
    config.set_main_option("script_location", str(schema.migrations).replace("%", "%%"))
    with known_troubles(database.path), database.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.execution_options(write=True).begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                _settle(connection, schema.number)
        finally:
            connection.connection.cursor().execute("PRAGMA foreign_keys=ON")
        # the head of the file itself must say what it is, even if the program is killed next
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _settle(connection: Connection, number: int) -> None:
    install_triggers(connection)
    install_search(connection)
    rebuild_search(connection)
    if connection.execute(text("PRAGMA foreign_key_check")).first():
        raise CatalogueError(msg("The file's records do not fit together; nothing was migrated."))
    if not connection.execute(text("SELECT 1 FROM setting WHERE key = 'catalogue'")).first():
        connection.execute(insert(Setting).values(key="catalogue", value=str(uuid.uuid4())))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")
