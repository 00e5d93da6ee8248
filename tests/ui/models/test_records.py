from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from storage.domain.fields import Choice, Field, Number, Option, Words
from storage.domain.text import msg
from ui.models.columns import columns_of
from ui.models.records import KEPT_WINDOWS, WINDOW, RecordModel

NAME = Field("name", msg("Name"), Words(), required=True)
NAME_KO = Field("name_ko", msg("Korean name"), Words())
TYPE = Field("type", msg("Type"), Choice((Option("corridor", msg("Corridor")),)))
FIRMS = Field("firms", msg("Firms (firms)"), Number(), editable=False)
FIELDS = (NAME, NAME_KO, TYPE, FIRMS)


class Source:
    """Rows made of their ids; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.name = "Tower"

    def __call__(self, ids: Sequence[int], fields: Sequence[Field]) -> list[tuple[Any, ...]]:
        self.asked.append(len(ids))
        values = {"name_ko": "탑", "type": "corridor"}
        return [
            tuple(
                f"{self.name} {id}" if f.key == "name" else float(id) if f.key == "firms" else values[f.key]
                for f in fields
            )
            for id in ids
        ]


@pytest.fixture
def source() -> Source:
    return Source()


def model_of(source: Source, count: int, keys: Sequence[str] = ("name", "type", "firms")) -> RecordModel:
    model = RecordModel(source)
    model.show(columns_of("cluster", FIELDS, keys), np.arange(1, count + 1))
    return model


@pytest.mark.parametrize("count", [0, 1, 450])
def test_keeps_to_the_rules_of_qt(qtmodeltester: ModelTester, source: Source, count: int) -> None:
    model = model_of(source, count)
    qtmodeltester.check(model)
    model.reload()
    model.show(model.columns, model.ids[: count // 2])


def test_formats_values(source: Source) -> None:
    model = model_of(source, 3)
    assert [model.index(1, column).data() for column in range(3)] == ["Tower 2", "Corridor", "2"]


def test_greys_the_other_name(source: Source) -> None:
    assert model_of(source, 1).cell(0, 0).other == "탑"


def test_numbers_stand_right(source: Source) -> None:
    model = model_of(source, 1)
    right = [bool(model.index(0, n).data(Qt.ItemDataRole.TextAlignmentRole) & 2) for n in range(3)]
    assert right == [False, False, True]


def test_speaks_column_and_value(source: Source) -> None:
    assert model_of(source, 1).index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Type: Corridor"


def test_fetches_a_window_once(source: Source) -> None:
    model = model_of(source, 3 * WINDOW)
    for row in range(WINDOW, 2 * WINDOW):
        model.index(row, 0).data()
    assert source.asked == [WINDOW]


def test_keeps_few_windows(source: Source) -> None:
    model = model_of(source, (KEPT_WINDOWS + 3) * WINDOW)
    for window in range(KEPT_WINDOWS + 3):
        model.cell(window * WINDOW, 0)
    model.cell(0, 0)
    assert len(source.asked) == KEPT_WINDOWS + 4


def test_reload_reads_again(source: Source) -> None:
    model = model_of(source, 2)
    model.cell(0, 0)
    source.name = "House"
    model.reload()
    assert model.cell(0, 0).text == "House 1"


def test_finds_the_row_of_a_record(source: Source) -> None:
    model = model_of(source, 500)
    assert (model.row_of(431), model.row_of(501)) == (430, None)


def test_only_own_fields_can_be_edited(source: Source) -> None:
    model = model_of(source, 1)
    editable = [bool(model.flags(model.index(0, n)) & Qt.ItemFlag.ItemIsEditable) for n in range(3)]
    assert editable == [True, True, False]


def test_no_index_has_no_flags(source: Source) -> None:
    assert model_of(source, 1).flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_marks_and_shortens_titles(source: Source) -> None:
    model = model_of(source, 1)
    model.mark({2: "▾"})
    model.shorten(frozenset({2}))
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Firms ▾"
    assert model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "Firms (firms)"
