"""A file is made whole, opened only when it fits, and copied only when it can be read back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage.catalogue import Catalogue
from storage.database.engine import Database
from storage.database.models import Base
from storage.database.schema import SCHEMA
from storage.errors import CatalogueError, NewerSchema

NOT_OURS = {"search_document", "search_start", "search_words", "search_words_data", "search_words_idx",
            "search_words_docsize", "search_words_config", "sqlite_sequence", "alembic_version"}  # fmt: skip


@pytest.mark.filterwarnings("ignore:autogenerate skipping", "ignore:Skipped unsupported reflection")
def test_migrations_lead_to_the_tables_of_the_models(empty: Catalogue) -> None:
    database = Database(empty.path)
    with database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name not in NOT_OURS}
        )
        differences = compare_metadata(context, Base.metadata)
    database.engine.dispose()
    assert differences == []


def test_an_existing_file_is_not_written_over(empty: Catalogue) -> None:
    with pytest.raises(CatalogueError, match="there already"):
        Catalogue.create(empty.path, sample=False)


def test_a_newer_file_is_refused_by_name_and_number(empty: Catalogue) -> None:
    empty.close()
    with closing(sqlite3.connect(empty.path)) as other:
        other.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(NewerSchema, match=f"schema {SCHEMA + 1}"):
        Catalogue.open(empty.path)


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00 but not really"])
def test_what_is_no_catalogue_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.clusters"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"odd\.clusters"):
        Catalogue.open(path)
    assert path.read_bytes() == content


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"gone\.clusters"):
        Catalogue.open(tmp_path / "gone.clusters")


def test_a_closed_catalogue_is_one_file(empty: Catalogue) -> None:
    empty.close()
    assert [path.name for path in empty.path.parent.glob("empty.clusters*")] == ["empty.clusters"]


def test_a_copy_holds_the_same_records(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.save_copy(tmp_path / "twin.clusters")
    twin = Catalogue.open(tmp_path / "twin.clusters")
    assert twin.checksum() == catalogue.checksum()
    twin.close()


def test_a_copy_onto_itself_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match="open catalogue itself"):
        catalogue.save_copy(catalogue.path)


def test_a_sound_file_has_no_faults(catalogue: Catalogue) -> None:
    assert catalogue.check() == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DROP TRIGGER journal_entity_update; UPDATE entity SET name = 'x' WHERE id = 1", "journal"),
        ("DROP TRIGGER journal_alias_delete", "does not watch the table alias"),
        ("DELETE FROM search_document WHERE id = 1", "search index"),
        ("INSERT INTO writing VALUES (1, 1)", "left open"),
        (
            "PRAGMA foreign_keys = OFF; DROP TRIGGER journal_alias_update; UPDATE alias SET entity_id = 9999",
            "does not exist",
        ),
    ],
)
def test_damage_is_named(catalogue: Catalogue, damage: str, said: str) -> None:
    with closing(sqlite3.connect(catalogue.path)) as other:
        other.executescript(damage)
    assert any(said in str(fault) for fault in catalogue.check())
