import pytest
from PySide6.QtCore import Qt

from ui.models.palette import ENTRY, PaletteEntry, PaletteModel

ENTRIES = (PaletteEntry("Gumi", "boxes", str, "구미", "Clusters"), PaletteEntry("Quit", "log-out", str))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_model_keeps_qts_rules(qtmodeltester, count: int) -> None:
    model = PaletteModel()
    model.set_entries(ENTRIES[:count])
    qtmodeltester.check(model)


def test_screen_reader_hears_the_whole_line() -> None:
    model = PaletteModel()
    model.set_entries(ENTRIES)
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "Gumi, 구미, Clusters"


def test_delegate_gets_the_entry() -> None:
    model = PaletteModel()
    model.set_entries(ENTRIES)
    assert model.data(model.index(1), ENTRY) is ENTRIES[1]


@pytest.mark.parametrize("row", [-1, 2])
def test_no_line_beyond_the_ends(row: int) -> None:
    model = PaletteModel()
    model.set_entries(ENTRIES)
    assert model.entry(row) is None
