import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.fields import Ref
from storage.domain.proposal import LEAVE_OUT, MAKE_NEW, Candidate, NameMatch, Sureness
from ui.models.names import NameChoices, NameColumn, NameModel

DOUBTFUL = NameMatch(
    "entity", "Pangyo Valley", "", "", Sureness.DOUBTFUL, (Candidate(7, "Pangyo Techno Valley", 91.0),), 12, "S!B4"
)  # fmt: skip
UNKNOWN = NameMatch("metric", "Patents", "P1", "", Sureness.UNKNOWN, (), 3, "S!C4")
INSIDE = NameMatch("entity", "중구", "11020", "서울", Sureness.UNKNOWN, (), 4, "S!B5")
NAMES = (DOUBTFUL, UNKNOWN, INSIDE)


@pytest.fixture
def choices() -> NameChoices:
    return NameChoices()


@pytest.fixture
def model(qtbot: QtBot, choices: NameChoices) -> NameModel:
    model = NameModel({key: kind.label for key, kind in Catalogue.kinds.items()})
    model.set_names(NAMES, choices)
    return model


def text(model: NameModel, row: int, column: NameColumn) -> str:
    return model.index(row, column).data()


def test_is_a_sound_model(model: NameModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.refresh()
    tester.deleteLater()


@pytest.mark.parametrize(
    ("row", "shown"), [(0, "Pangyo Valley"), (1, "Patents (P1)"), (2, "중구 (11020), in 서울")]
)  # fmt: skip
def test_name_stands_with_code_and_place(model: NameModel, row: int, shown: str) -> None:
    assert text(model, row, NameColumn.NAME) == shown


@pytest.mark.parametrize(
    ("name", "choice", "told"),
    [
        (DOUBTFUL, 7, ("Pangyo Techno Valley", "matched")),
        (DOUBTFUL, LEAVE_OUT, ("left out", "left out")),
        (UNKNOWN, MAKE_NEW, ("new: Metric", "new")),
        (INSIDE, MAKE_NEW, ("new: Region", "new")),
    ],
)
def test_choice_is_told(model: NameModel, choices: NameChoices, name: NameMatch, choice: int, told: object) -> None:
    choices.new_kind = "region"
    choices.choose([name], choice)
    row = NAMES.index(name)
    assert (text(model, row, NameColumn.MEANS), text(model, row, NameColumn.STATE)) == told


def test_record_found_by_search_is_told(model: NameModel, choices: NameChoices) -> None:
    choices.pick(UNKNOWN, Ref(40, "Patent applications"))
    assert text(model, 1, NameColumn.MEANS) == "Patent applications"


def test_forgotten_choice_leaves_the_name_open(model: NameModel, choices: NameChoices) -> None:
    choices.choose([DOUBTFUL], 7)
    choices.forget([DOUBTFUL])
    assert text(model, 0, NameColumn.STATE) == "doubtful"
