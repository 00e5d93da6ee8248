import json

import pytest

from ui.charts.choice import Choice


def test_a_record_keeps_its_colour_when_another_goes() -> None:
    choice = Choice().with_records([5, 6, 7]).with_records([6, 7])
    assert choice.looks == {6: 1, 7: 2}


def test_a_new_record_takes_the_colour_that_is_free() -> None:
    assert Choice().with_records([5, 6]).with_records([6, 9]).looks == {6: 1, 9: 0}


def test_a_record_is_taken_once() -> None:
    assert Choice().with_records([5, 6, 5]).records == (5, 6)


def test_a_choice_survives_json() -> None:
    choice = Choice(metrics=(3,), scenarios=("actual",), first="2010-01-01", shape="bars", period=("a", "b"))
    choice = choice.with_records([4, 9])
    assert Choice.from_data(json.loads(json.dumps(choice.to_data()))) == choice


@pytest.mark.parametrize("data", [{}, {"records": "x"}, {"shape": "pie"}, {"records": ["a"]}, {"unknown": 1}])
def test_what_does_not_fit_is_left_blank(data: dict[str, object]) -> None:
    assert Choice.from_data(data) == Choice()
