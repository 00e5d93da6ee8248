"""A small catalogue that shows everything that the inspector must show, and an inspector on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert
from storage.domain.text import msg
from ui.inspector import RecordInspector
from ui.inspector.record_view import RecordView
from ui.page import Context

SOURCE, PASSAGE, OTHER_PASSAGE, UNIT, METRIC, VALLEY, AGENCY, CITY, SECTOR = range(-1, -10, -1)
ACTUAL = {"entity_id": VALLEY, "metric_id": METRIC, "unit_id": UNIT}

RECORDS = [
    insert("source", {"title": "Korea IT Times", "type": "article"}, SOURCE),
    insert("passage", {"source_id": SOURCE, "locator": "line 14", "quote": "some 70,000 workers"}, PASSAGE),
    insert("passage", {"source_id": SOURCE, "locator": "line 20"}, OTHER_PASSAGE),
    insert("unit", {"code": "persons", "name": "persons", "name_ko": "명"}, UNIT),
    insert("metric", {"name": "Workers", "name_ko": "종사자 수", "unit_id": UNIT, "nature": "stock"}, METRIC),
    insert("sector", {"classification": "own", "code": "G", "name": "Games"}, SECTOR),
    insert("cluster", {"name": "Pangyo Techno Valley", "name_ko": "판교테크노밸리", "type": "techno valley"}, VALLEY),
    insert("organisation", {"name": "GSTEP"}, AGENCY),
    insert("region", {"name": "Seongnam"}, CITY),
    insert("alias", {"entity_id": VALLEY, "name": "PTV", "type": "abbreviation"}),
    insert("relation", {"subject_id": AGENCY, "type": "operates", "object_id": VALLEY}),
    insert("relation", {"subject_id": VALLEY, "type": "located in", "object_id": CITY}),
    insert("specialisation", {"entity_id": VALLEY, "sector_id": SECTOR, "role": "active"}),
    *(
        insert(
            "observation",
            {**ACTUAL, "period": year, "period_start": f"{year}-01-01", "period_end": f"{int(year) + 1}-01-01",
             "value": value, "precision": precision, "passage_id": passage, "preferred": preferred, "reason": reason},
        )
        for year, value, precision, passage, preferred, reason in (
            ("2013", 58_000.0, "exact", PASSAGE, False, None),
            ("2014", 63_000.0, "exact", PASSAGE, False, None),
            ("2015", 70_000.0, "about", PASSAGE, True, "it was counted"),
            ("2015", 72_000.0, "exact", OTHER_PASSAGE, False, None),
        )
    ),
]  # fmt: skip


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.clusters"
    catalogue = Catalogue.create(path, sample=False)
    catalogue.apply(ChangeSet.of(RECORDS), msg("Small catalogue"))
    catalogue.close()
    return path


@pytest.fixture
def catalogue(small_file: Path, tmp_path: Path) -> Iterator[Catalogue]:
    path = tmp_path / "copy.clusters"
    path.write_bytes(small_file.read_bytes())
    catalogue = Catalogue.open(path)
    yield catalogue
    catalogue.close()


@pytest.fixture
def inspector(qtbot: QtBot, context: Context) -> RecordInspector:
    inspector = RecordInspector(context)
    qtbot.addWidget(inspector)
    inspector.resize(384, 900)
    inspector.show()
    inspector.activateWindow()
    return inspector


Show = Callable[[str, int], RecordView]


@pytest.fixture
def show(qtbot: QtBot, inspector: RecordInspector) -> Show:
    """Show a record and wait until all of it is there."""

    def show(kind: str, record_id: int = 1) -> RecordView:
        with qtbot.waitSignal(inspector.filled):
            inspector.show_record(kind, record_id)
        assert inspector.view is not None
        return inspector.view

    return show
