"""Making and migrating a catalogue file: a backup first, a newer file refused."""

from __future__ import annotations

import uuid
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, insert, text

from storage.database.backup import back_up
from storage.database.documents import install_search, rebuild_search
from storage.database.engine import Database
from storage.database.models import Setting
from storage.database.triggers import install_triggers
from storage.domain.text import msg
from storage.errors import CatalogueError, NewerSchema

SCHEMA = 1
APPLICATION_ID = 0x434C5354  # "CLST", by which `file` and desktops know a catalogue
MIGRATIONS = Path(__file__).with_name("migrations")


def create_file(path: Path) -> Database:
    """Make an empty catalogue; refuse to write over a file that is there."""
    if path.exists():
        raise CatalogueError(msg("“{file}” is there already; choose another name.", file=path.name))
    path.parent.mkdir(parents=True, exist_ok=True)
    database = Database(path)
    _upgrade(database)
    return database


def open_file(path: Path) -> Database:
    """Open a catalogue, migrated to this program's schema after a backup."""
    if not path.is_file():
        raise CatalogueError(msg("There is no file “{file}”.", file=str(path)))
    schema = _stated_schema(path)
    database = Database(path)
    try:
        if schema > SCHEMA:
            raise NewerSchema(
                msg("“{file}” was written by a newer Cluster Atlas (schema {found}, this program knows {known}); "
                    "open it with that version.", file=path.name, found=schema, known=SCHEMA)
            )  # fmt: skip
        if schema < SCHEMA:
            back_up(database, reason=f"schema-{schema}")
            _upgrade(database)
    except BaseException:
        database.engine.dispose()
        raise
    return database


def identity(connection: Connection) -> str:
    """Return the id that the file was given when it was made."""
    return str(connection.execute(text("SELECT value FROM setting WHERE key = 'catalogue'")).scalar_one())


def _stated_schema(path: Path) -> int:
    """Return the schema that the file's head states; raise CatalogueError for what is no catalogue.

    The head is read without SQLite, which would start to write into a file of another kind.
    """
    with path.open("rb") as file:
        head = file.read(100)
    application, schema = (int.from_bytes(head[place : place + 4], "big") for place in (68, 60))
    if not head.startswith(b"SQLite format 3\x00") or application != APPLICATION_ID:
        raise CatalogueError(msg("“{file}” is not a catalogue; choose a file made by Cluster Atlas.", file=path.name))
    return schema


def _upgrade(database: Database) -> None:
    """Run the migrations in one transaction, with foreign keys off as batch changes need it."""
    command = import_module("alembic.command")
    config = import_module("alembic.config").Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.execution_options(write=True).begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                _settle(connection)
        finally:
            connection.connection.cursor().execute("PRAGMA foreign_keys=ON")
        # the head of the file itself must say what it is, even if the program is killed next
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _settle(connection: Connection) -> None:
    install_triggers(connection)
    install_search(connection)
    rebuild_search(connection)
    if connection.execute(text("PRAGMA foreign_key_check")).first():
        raise CatalogueError(msg("The file's records do not fit together; nothing was migrated."))
    if not connection.execute(text("SELECT 1 FROM setting WHERE key = 'catalogue'")).first():
        connection.execute(insert(Setting).values(key="catalogue", value=str(uuid.uuid4())))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
