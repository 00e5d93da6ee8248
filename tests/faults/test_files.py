"""Files that cannot be written, folders of any name, older and newer tables: each opens, or says why not."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from storage.catalogue import Catalogue
from storage.database.engine import Database
from storage.database.schema import MIGRATIONS, SCHEMA, Schema, open_file
from storage.domain.changes import ChangeSet, insert
from storage.domain.query import Query
from storage.domain.text import msg
from storage.errors import CatalogueError, NewerSchema
from storage.exchange.exporting import export_catalogue

NAMES = ["시화 국가산업단지", "a b", "50% #1?x=y", "quote'\"s", "c&d;e", "..dots", "Ünï"]
NOBODY = 65_534
CLUSTER = ChangeSet.of([insert("cluster", {"name": "A"})])


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_folder_and_file_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / f"{name}.clusters"
    made = Catalogue.create(path, sample=False)
    made.apply(CLUSTER, msg("Test"))
    made.save_copy(path.with_name(f"{name} copy.clusters"))
    made.close()
    assert sorted(file.name for file in path.parent.iterdir()) == sorted([path.name, f"{name} copy.clusters"])
    again = Catalogue.open(path)
    assert (again.path, again.count(Query("cluster"))) == (path, 1)
    again.close()


def test_a_file_named_as_sqlite_names_memory_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Catalogue.create(Path(":memory:"), sample=False).close()
    assert [file.name for file in tmp_path.iterdir()] == [":memory:"]


@contextmanager
def as_nobody() -> Iterator[None]:
    """Act as a user without rights; root may write everywhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def shelf(sample_file: Path) -> Iterator[Path]:
    """A folder with a catalogue that others may read, outside of pytest's own folders which they may not."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions as POSIX knows them")
    folder = Path(tempfile.mkdtemp())
    shutil.copy(sample_file, folder / "a.clusters")
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o755, 0o444), (0o555, 0o644)])
def test_what_cannot_be_written_can_be_read_and_is_left_as_it_was(
    shelf: Path, folder_mode: int, file_mode: int
) -> None:
    path = shelf / "a.clusters"
    before = path.read_bytes()
    path.chmod(file_mode)
    shelf.chmod(folder_mode)
    with as_nobody():
        catalogue = Catalogue.open(path)
        assert (catalogue.search("pangyo") != [], catalogue.check()) == (True, [])
        with pytest.raises(CatalogueError, match="read-only; save a copy"):
            catalogue.apply(CLUSTER, msg("Test"))
        catalogue.close()
    assert (path.read_bytes(), [file.name for file in shelf.iterdir()]) == (before, ["a.clusters"])


def test_a_copy_of_what_cannot_be_written_can_be(shelf: Path, tmp_path: Path) -> None:
    (shelf / "a.clusters").chmod(0o444)
    shelf.chmod(0o555)
    with as_nobody():
        catalogue = Catalogue.open(shelf / "a.clusters")
    catalogue.save_copy(tmp_path / "copy.clusters")
    copy = Catalogue.open(tmp_path / "copy.clusters")
    copy.apply(CLUSTER, msg("Test"))
    assert copy.check() == []
    copy.close()
    catalogue.close()


def test_what_cannot_be_written_is_exported_without_being_remembered(shelf: Path, tmp_path: Path) -> None:
    (shelf / "a.clusters").chmod(0o444)
    shelf.chmod(0o555)
    with as_nobody():
        catalogue = Catalogue.open(shelf / "a.clusters")
    report = export_catalogue(catalogue, tmp_path / "a.xlsx")
    assert (report.rows["cluster"] > 0, catalogue.known_export(report.export)) == (True, None)
    catalogue.close()


@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_nothing_is_made_where_nothing_may_be(shelf: Path, mode: int) -> None:
    shelf.chmod(mode)
    with as_nobody(), pytest.raises(CatalogueError, match=r"new\.clusters"):
        Catalogue.create(shelf / "new.clusters", sample=False)


def test_a_file_that_may_not_be_read_is_named(shelf: Path) -> None:
    (shelf / "a.clusters").chmod(0o000)
    with as_nobody(), pytest.raises(CatalogueError, match=r"a\.clusters"):
        Catalogue.open(shelf / "a.clusters")


def test_a_copy_onto_a_folder_is_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(CatalogueError, match="folder"):
        catalogue.save_copy(tmp_path / "folder")


def test_a_catalogue_below_a_file_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match=r"x\.clusters"):
        Catalogue.create(catalogue.path / "x.clusters", sample=False)


def test_a_making_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.sample.FOLDER", tmp_path / "gone")
    with pytest.raises(CatalogueError, match="missing"):
        Catalogue.create(tmp_path / "new" / "a.clusters", sample=True)
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize(
    "damage", ["DROP TRIGGER journal_alias_delete", "DELETE FROM search_document", "DROP TRIGGER journal_unit_insert"]
)
def test_opening_sets_up_again_what_another_program_took_away(catalogue: Catalogue, damage: str) -> None:
    catalogue.close()
    with closing(sqlite3.connect(catalogue.path)) as other:
        other.execute(damage)
        other.commit()
    again = Catalogue.open(catalogue.path)
    assert (again.check(), again.search("pangyo") != []) == ([], True)
    again.close()


NEXT = '''
"""A column more."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0003", "0002"
from storage.database.journal import close_revision, open_revision
from storage.domain.text import msg
def upgrade():
    {first}
    with op.batch_alter_table("source") as table:
        table.add_column(sa.Column("shelf", sa.Text()))
'''
IN_A_REVISION = """number = open_revision(op.get_bind(), msg("Say who published it"), "edit")
    op.execute("UPDATE source SET publisher = 'unknown' WHERE publisher IS NULL")
    close_revision(op.get_bind(), number)"""


def later(folder: Path, first: str = "") -> Schema:
    """Return the schema after ours, with one migration more."""
    shutil.copytree(MIGRATIONS, folder / "100% later", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "100% later" / "versions" / "0003_next.py").write_text(NEXT.format(first=first), encoding="utf-8")
    return Schema(SCHEMA + 1, folder / "100% later")


def backups() -> list[Path]:
    return sorted((Path(os.environ["XDG_DATA_HOME"]) / "Cluster Atlas" / "backups").glob("copy.*.clusters"))


def test_an_older_file_is_migrated_after_a_backup(catalogue: Catalogue, tmp_path: Path) -> None:
    before, known = catalogue.checksum(), backups()
    catalogue.close()
    database = open_file(catalogue.path, later(tmp_path))
    with database.read() as connection:
        columns = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(source)")]
        schema = connection.exec_driver_sql("PRAGMA user_version").scalar()
    database.close()
    assert ("shelf" in columns, schema) == (True, SCHEMA + 1)
    (made,) = set(backups()) - set(known)
    kept = Catalogue.open(made)
    assert (kept.checksum(), kept.check()) == (before, [])
    kept.close()


def test_a_migrated_file_keeps_every_record_and_all_that_hangs_on_them(catalogue: Catalogue, tmp_path: Path) -> None:
    kinds = ("source", "passage", "observation", "alias")
    before = {kind: catalogue.count(Query(kind)) for kind in kinds}
    catalogue.close()
    migrated = Catalogue(open_file(catalogue.path, later(tmp_path)))
    after = {kind: migrated.count(Query(kind)) for kind in kinds}
    migrated.close()
    assert after == before


def test_a_migration_that_fails_changes_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    before = catalogue.checksum()
    catalogue.close()
    with pytest.raises(RuntimeError, match="no further"):
        open_file(catalogue.path, later(tmp_path, 'raise RuntimeError("no further")'))
    again = Catalogue.open(catalogue.path)
    assert (again.checksum(), again.check()) == (before, [])
    again.close()


def test_a_migration_that_changes_records_does_so_in_a_revision(catalogue: Catalogue, tmp_path: Path) -> None:
    before = catalogue.checksum()
    catalogue.close()
    migrated = Catalogue(open_file(catalogue.path, later(tmp_path, IN_A_REVISION)))
    assert (migrated.check(), migrated.checksum() != before) == ([], True)
    migrated.undo()
    assert migrated.checksum() == before
    migrated.close()


def test_a_migration_cannot_pass_the_journal_by(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.close()
    with pytest.raises(IntegrityError, match="outside a revision"):
        open_file(catalogue.path, later(tmp_path, "op.execute(\"UPDATE source SET note = 'x'\")"))


def test_a_migrated_file_is_refused_by_the_older_program(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.close()
    open_file(catalogue.path, later(tmp_path)).close()
    with pytest.raises(NewerSchema, match=f"schema {SCHEMA + 1}"):
        Catalogue.open(catalogue.path)


def test_a_second_opening_migrates_nothing_and_keeps_no_backup(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.close()
    schema = later(tmp_path)
    open_file(catalogue.path, schema).close()
    known = backups()
    open_file(catalogue.path, schema).close()
    assert backups() == known


def test_the_journal_watches_the_tables_of_a_migrated_file(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.close()
    database: Database = open_file(catalogue.path, later(tmp_path))
    migrated = Catalogue(database)
    number = migrated.apply(ChangeSet.of([insert("source", {"title": "New"})]), msg("Test")).id
    migrated.undo(number)
    assert migrated.check() == []
    migrated.close()
