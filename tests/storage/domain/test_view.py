from storage.domain.query import Order, Query, Where
from storage.domain.view import SavedView


def test_a_view_comes_back_from_its_text() -> None:
    view = SavedView(
        Query("cluster", Where("type", "in", ("corridor",)), (Order("name", True),), "밸리"), ("name", "type")
    )
    assert SavedView.from_json(view.to_json()) == view
