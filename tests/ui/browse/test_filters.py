from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.query import AllOf, Not, Query, Where
from ui.browse.page import RecordsPage
from ui.widgets.facet_popup import ComparePopup, FacetPopup


def open_facet(page: RecordsPage, key: str, settle) -> FacetPopup:
    page.listing.filters.chip(key).click()
    settle()
    popup = page.listing.filters.popup
    assert isinstance(popup, FacetPopup)
    return popup


def tick(popup: FacetPopup, label: str, settle) -> None:
    found = popup.values.findItems(label, Qt.MatchFlag.MatchExactly)
    found[0].setCheckState(0, Qt.CheckState.Checked)
    settle()


def test_values_stand_with_their_counts(page: RecordsPage, catalogue: Catalogue, settle) -> None:
    popup = open_facet(page, "type", settle)
    listed = {popup.values.topLevelItem(n).text(0): popup.values.topLevelItem(n).text(1) for n in range(3)}
    count = catalogue.count(Query("cluster", Where("type", "=", "industrial complex")))
    assert listed["Industrial complex"] == str(count)


def test_several_values_widen_the_answer(page: RecordsPage, catalogue: Catalogue, settle) -> None:
    popup = open_facet(page, "type", settle)
    tick(popup, "Corridor", settle)
    tick(popup, "Science park", settle)
    wanted = Query("cluster", Where("type", "in", ("corridor", "science park")))
    assert page.table.records.rowCount() == catalogue.count(wanted)


def test_the_chip_says_what_was_chosen(page: RecordsPage, catalogue: Catalogue, settle) -> None:
    tick(open_facet(page, "type", settle), "Corridor", settle)
    count = catalogue.count(Query("cluster", Where("type", "=", "corridor")))
    assert page.listing.filters.chip("type").text() == f"Type: Corridor {count}"


def test_keys_tick_one_value_after_the_other(page: RecordsPage, qtbot: QtBot, settle) -> None:
    popup = open_facet(page, "type", settle)
    labels = [popup.values.topLevelItem(place).text(0) for place in range(3)]
    qtbot.keyClick(popup.search, Qt.Key.Key_Down)
    for _ in labels[1:]:
        qtbot.keyClick(popup.values, Qt.Key.Key_Down)
        qtbot.keyClick(popup.values, Qt.Key.Key_Space)
        settle()
    shown = [popup.values.topLevelItem(place) for place in range(3)]
    assert [item.text(0) for item in shown] == labels
    assert [item.checkState(0) == Qt.CheckState.Checked for item in shown] == [False, True, True]


def test_filters_of_two_fields_narrow_together(page: RecordsPage, catalogue: Catalogue, settle) -> None:
    tick(open_facet(page, "type", settle), "Industrial complex", settle)
    page.listing.filters.popup.close()
    tick(open_facet(page, "status", settle), "Operating", settle)
    both = AllOf((Where("type", "=", "industrial complex"), Where("status", "=", "operating")))
    assert page.table.records.rowCount() == catalogue.count(Query("cluster", both))


def test_none_of_leaves_the_others(page: RecordsPage, catalogue: Catalogue, qtbot: QtBot, settle) -> None:
    popup = open_facet(page, "type", settle)
    tick(popup, "Corridor", settle)
    (none,) = [b for b in popup._modes.buttons() if b.text() == "none of"]
    qtbot.mouseClick(none, Qt.MouseButton.LeftButton)
    settle()
    others = Query("cluster", Not(Where("type", "in", ("corridor",))))
    assert page.table.records.rowCount() == catalogue.count(others)


def test_delete_on_a_chip_clears_it_and_no_record(page: RecordsPage, catalogue: Catalogue, qtbot, settle) -> None:
    tick(open_facet(page, "type", settle), "Corridor", settle)
    page.listing.filters.popup.close()
    revision = catalogue.revision
    chip = page.listing.filters.chip("type")
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    settle()
    assert page.table.records.rowCount() == page.count()
    assert catalogue.revision == revision


def test_the_search_box_finds_a_value(page: RecordsPage, qtbot: QtBot, settle) -> None:
    popup = open_facet(page, "place", settle)
    qtbot.keyClicks(popup.search, "daejeon")
    qtbot.keyClick(popup.search, Qt.Key.Key_Return)
    shown = [i for n in range(popup.values.topLevelItemCount()) if not (i := popup.values.topLevelItem(n)).isHidden()]
    assert [item.text(0) for item in shown] == ["Daejeon"]


def compare(page: RecordsPage, title: str) -> ComparePopup:
    (action,) = [a for a in page.listing.filters._menu.actions() if a.text() == title]
    page.listing.filters._menu.triggered.emit(action)
    popup = page.listing.filters.popup
    assert isinstance(popup, ComparePopup)
    return popup


def test_periods_are_compared(page: RecordsPage, catalogue: Catalogue, qtbot: QtBot, settle) -> None:
    popup = compare(page, "Since")
    popup.operator.setCurrentIndex(popup.operator.findData(">="))
    qtbot.keyClicks(popup.value, "2005")
    qtbot.keyClick(popup.value, Qt.Key.Key_Return)
    settle()
    assert page.table.records.rowCount() == catalogue.count(Query("cluster", Where("since", ">=", "2005")))
    assert page.listing.filters.chip("since").text() == "Since: at least 2005"


def test_a_comparison_that_cannot_be_read_says_why(page: RecordsPage, qtbot: QtBot) -> None:
    popup = compare(page, "Since")
    qtbot.keyClicks(popup.value, "never")
    qtbot.keyClick(popup.value, Qt.Key.Key_Return)
    assert "never" in popup.trouble.text()
    popup.close()


def test_clear_filters_drops_them_all(page: RecordsPage, qtbot: QtBot, settle) -> None:
    tick(open_facet(page, "type", settle), "Corridor", settle)
    page.listing.filters.popup.close()
    page.listing.filters.clear()
    settle()
    assert page.table.records.rowCount() == page.count()
