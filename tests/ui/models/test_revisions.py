import pytest
from PySide6.QtCore import Qt

from storage.domain.changes import Revision
from storage.domain.text import msg
from ui.language import LanguageSwitch
from ui.models.revisions import RevisionColumn, RevisionModel, local_time

REVISIONS = [
    Revision(3, msg("Undo: {label}", label="Workers"), "kim", "2026-11-24T02:30:00+00:00", "undo", 2, 1),
    Revision(2, msg("Workers"), "kim", "2026-11-24T02:00:00+00:00", "edit", None, 1),
    Revision(1, msg("Q4 2015"), "lee", "2026-11-23T02:00:00+00:00", "import", None, 12_345),
]


@pytest.fixture
def model(languages: LanguageSwitch) -> RevisionModel:
    model = RevisionModel()
    model.set_revisions(REVISIONS, frozenset({1}))
    return model


def text(model: RevisionModel, row: int, column: RevisionColumn) -> object:
    return model.data(model.index(row, column))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_model_keeps_qts_rules(qtmodeltester, count: int) -> None:
    model = RevisionModel()
    model.set_revisions(REVISIONS[:count], frozenset())
    qtmodeltester.check(model)


def test_label_stands_with_its_values(model: RevisionModel) -> None:
    assert text(model, 0, RevisionColumn.LABEL) == "Undo: Workers"


def test_edit_taken_back_says_so(model: RevisionModel) -> None:
    assert text(model, 1, RevisionColumn.KIND) == "edit, taken back"


def test_import_that_stands_does_not(model: RevisionModel) -> None:
    assert text(model, 2, RevisionColumn.KIND) == "import"


def test_numbers_part_their_thousands(model: RevisionModel) -> None:
    assert text(model, 2, RevisionColumn.CHANGES) == "12,345"


def test_numbers_stand_right(model: RevisionModel) -> None:
    alignment = model.data(model.index(0, RevisionColumn.CHANGES), Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag.AlignRight in Qt.AlignmentFlag(alignment)


@pytest.mark.parametrize(("number", "row"), [(2, 1), (9, -1)])
def test_row_of_a_revision(model: RevisionModel, number: int, row: int) -> None:
    assert model.row_of(number) == row


def test_time_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    try:
        assert local_time("2026-11-24T02:30:00+00:00") == "2026-11-24 11:30"
    finally:
        monkeypatch.undo()
        time.tzset()
