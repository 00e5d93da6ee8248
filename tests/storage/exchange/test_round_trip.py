"""What is exported and brought back changes nothing, whoever saved the workbook in between."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert
from storage.domain.proposal import Proposal
from storage.domain.query import Query
from storage.domain.text import msg
from storage.exchange import importing
from storage.exchange.exporting import export_catalogue
from storage.workbook.reader import read_workbook
from tests.office import needs_office, saved_by_office
from tests.storage.exchange.made_catalogues import catalogues

quick = settings(suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))


def brought_back(catalogue: Catalogue, path: Path) -> Proposal:
    """What the workbook would change; cells that cannot be read or are left out fail the test."""
    workbook = read_workbook(path)
    assert importing.is_export(catalogue, workbook)
    proposal = importing.propose_export(catalogue, workbook)
    assert (proposal.problems, proposal.ignored, proposal.banner) == ((), 0, None)
    return proposal


def differing(catalogue: Catalogue, path: Path) -> list[object]:
    return [item.problem or item.deltas for item in brought_back(catalogue, path).items]


def written_again(catalogue: Catalogue) -> None:
    """Have every record touched since the export, and be what it was: then each row is read cell by cell."""
    catalogue.undo()
    catalogue.redo()


def as_written(path: Path) -> Path:
    return path


def saved_by_openpyxl(path: Path) -> Path:
    target = path.with_name("openpyxl.xlsx")
    book = openpyxl.load_workbook(path)
    book.save(target)
    book.close()
    return target


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("save", [as_written, saved_by_openpyxl, pytest.param(saved_by_office, marks=needs_office)])
def test_the_sample_comes_back_the_same(
    catalogue: Catalogue, tmp_path: Path, language: str, save: Callable[[Path], Path]
) -> None:
    export_catalogue(catalogue, tmp_path / "sample.xlsx", language=language)
    path = save(tmp_path / "sample.xlsx")
    assert differing(catalogue, path) == []
    written_again(catalogue)
    assert differing(catalogue, path) == []


def test_every_record_of_the_sample_is_in_the_workbook(catalogue: Catalogue, tmp_path: Path) -> None:
    report = export_catalogue(catalogue, tmp_path / "sample.xlsx")
    found = brought_back(catalogue, tmp_path / "sample.xlsx").unlisted
    assert found == {kind: catalogue.count(Query(kind)) for kind in report.rows} == dict(report.rows)


@needs_office
def test_the_sample_comes_back_the_same_as_an_open_document(catalogue: Catalogue, tmp_path: Path) -> None:
    export_catalogue(catalogue, tmp_path / "sample.xlsx")
    assert differing(catalogue, saved_by_office(tmp_path / "sample.xlsx", "ods")) == []


@pytest.mark.parametrize("save", [as_written, saved_by_openpyxl])
@settings(quick, max_examples=10)
@given(changes=catalogues())
def test_any_catalogue_comes_back_the_same(empty_file: Path, changes: ChangeSet, save: Callable[[Path], Path]) -> None:
    with TemporaryDirectory() as folder:
        assert came_back_the_same(empty_file, Path(folder), changes, save)


LONG = (
    "x" * 32_767,
    "x" * 32_768,
    "long " * 19_999 + "end",
    "\U0001f600" * 17_000,
    "\n".join(["line _x0041_"] * 9_000),
)


@pytest.mark.parametrize("save", [as_written, saved_by_openpyxl, pytest.param(saved_by_office, marks=needs_office)])
def test_long_texts_come_back_whole(empty: Catalogue, tmp_path: Path, save: Callable[[Path], Path]) -> None:
    empty.apply(ChangeSet.of(insert("cluster", {"name": text[:9], "note": text}) for text in LONG), msg("Long"))
    export_catalogue(empty, tmp_path / "long.xlsx")
    assert differing(empty, save(tmp_path / "long.xlsx")) == []


@needs_office
@settings(quick, max_examples=3)
@given(changes=catalogues())
def test_any_catalogue_comes_back_the_same_from_libreoffice(empty_file: Path, changes: ChangeSet) -> None:
    assume("_x005F_" not in repr(changes))  # LibreOffice itself loses one level of Excel's escapes
    with TemporaryDirectory() as folder:
        assert came_back_the_same(empty_file, Path(folder), changes, saved_by_office)


def came_back_the_same(empty_file: Path, folder: Path, changes: ChangeSet, save: Callable[[Path], Path]) -> bool:
    """Build the catalogue, export it, save it again and compare."""
    shutil.copy(empty_file, folder / "made.clusters")
    catalogue = Catalogue.open(folder / "made.clusters")
    try:
        catalogue.apply(changes, msg("Made"))
        export_catalogue(catalogue, folder / "made.xlsx")
        path = save(folder / "made.xlsx")
        found = differing(catalogue, path)
        written_again(catalogue)
        found += differing(catalogue, path)
    finally:
        catalogue.close()
    assert found == []
    return True
