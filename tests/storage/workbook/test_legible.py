"""A character that no workbook can keep costs its row, and says where it stands."""

from dataclasses import replace

import pytest

from storage.domain.quantities import Quantity
from storage.workbook.legible import legible
from storage.workbook.staged import EntityName, MetricName, SectorName, Staged, StagedField, StagedFigure

SOUND = StagedFigure("C2", EntityName("Pangyo"), MetricName("Workers"), None, None, Quantity(1.0))


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (replace(SOUND, entity=EntityName("Al\x0bpha")), "Name: character 3 is U+000B"),
        (replace(SOUND, entity=EntityName("A", parent=EntityName("\x00"))), "Place: character 1 is U+0000"),
        (replace(SOUND, metric=MetricName("x\x1f")), "Metric: character 2 is U+001F"),
        (replace(SOUND, sector=SectorName("\ufffe")), "Sector: character 1 is U+FFFE"),
        (replace(SOUND, note="a\nb\x01"), "Note: character 4 is U+0001"),
        (replace(SOUND, source="\ud800"), "Source: character 1 is U+D800"),
    ],
)
def test_the_row_becomes_a_problem(row: StagedFigure, cause: str) -> None:
    read = legible(Staged("S", (SOUND, row), (), 0))
    assert [(problem.cell, str(problem.cause).split(",")[0]) for problem in read.problems] == [("C2", cause)]
    assert read.rows == (SOUND,)


def test_a_field_of_a_record_becomes_a_problem() -> None:
    read = legible(Staged("S", (), (), 0, (StagedField("D2", EntityName("A"), "note", "\x02"),)))
    assert (read.fields, [problem.cell for problem in read.problems]) == ((), ["D2"])


def test_what_can_be_kept_stays_as_it_is() -> None:
    staged = Staged("S", (replace(SOUND, note="판교\n\t≈ 1 😀"),), (), 0)
    assert legible(staged) is staged
