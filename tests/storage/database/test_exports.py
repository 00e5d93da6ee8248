"""Exports are remembered beside the records: no revision, no change of the checksum."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from storage.catalogue import Catalogue
from storage.database.exports import packed, unpacked
from storage.database.schema import MIGRATIONS, Schema, create_file
from storage.domain.exported import Export

EXPORT = Export("abc", 1, "2026-01-01T00:00:00+00:00", "", "{}", {"cluster": np.array([1, 2, 5])})


def test_an_export_is_remembered(catalogue: Catalogue) -> None:
    catalogue.remember_export(EXPORT)
    known = catalogue.known_export("abc")
    assert known is not None
    assert (known.revision, known.stamp, list(known.ids["cluster"])) == (1, "{}", [1, 2, 5])


def test_an_export_that_was_never_made_is_not_known(catalogue: Catalogue) -> None:
    assert catalogue.known_export("abc") is None


def test_remembering_makes_no_revision_and_leaves_the_records(catalogue: Catalogue) -> None:
    before = catalogue.revision, catalogue.checksum()
    catalogue.remember_export(EXPORT)
    assert ((catalogue.revision, catalogue.checksum()), catalogue.check()) == (before, [])


@pytest.mark.parametrize("ids", [[], [7], [1, 2, 3], [5, 1, 10**12]])
def test_ids_come_back_in_order(ids: list[int]) -> None:
    assert list(unpacked(packed(ids))) == sorted(ids)


def test_a_million_ids_take_little_room() -> None:
    assert len(packed(np.arange(1, 1_000_001))) < 50_000


def test_a_file_of_the_first_schema_learns_to_remember(tmp_path: Path) -> None:
    shutil.copytree(MIGRATIONS, tmp_path / "first", ignore=shutil.ignore_patterns("__pycache__", "0002_*"))
    path = tmp_path / "old.clusters"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.database.schema.OURS", Schema(1, tmp_path / "first"))
        create_file(path, lambda database: None)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA user_version").fetchone() == (1,)
    catalogue = Catalogue.open(path)
    assert (catalogue.remember_export(EXPORT), catalogue.check()) == (True, [])
    assert Catalogue.newest_backup(path) is not None
    catalogue.close()
