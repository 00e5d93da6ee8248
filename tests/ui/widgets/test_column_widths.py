import pytest

from ui.widgets.column_widths import fitted


@pytest.mark.parametrize(
    ("bounds", "room", "widths"),
    [
        ([(100, 50), (60, 60)], 400, [100, 60]),
        ([(100, 50), (60, 60)], 130, [70, 60]),
        ([(200, 100), (100, 50)], 150, [100, 50]),
        ([(200, 100), (100, 50)], 40, [100, 50]),
        ([(80, 80), (80, 80)], 100, [80, 80]),
        ([], 100, []),
    ],
)
def test_columns_give_way_down_to_their_least(bounds: list[tuple[int, int]], room: int, widths: list[int]) -> None:
    assert fitted(bounds, room) == widths


def test_what_is_fitted_needs_no_scrolling() -> None:
    assert sum(fitted([(271, 90), (133, 77), (95, 61)], 401)) <= 401
