import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.opening import open_file
from ui.page import Context


@pytest.mark.skipif(os.environ.get("QT_QPA_PLATFORM") != "offscreen", reason="a desktop may open it")
def test_file_that_no_program_opens_is_told_with_its_folder(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    with qtbot.waitSignal(context.toast_requested) as asked:
        open_file(context, tmp_path / "figures.xlsx")
    toast = asked.args[0]
    assert toast.text == f"No program here opens figures.xlsx; it lies in {tmp_path}"
    assert toast.action == "Show in folder"
