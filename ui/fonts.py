"""A font with Korean, also on machines that have none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication

BUNDLED_FONT = Path(__file__).parent.parent / "resources" / "fonts" / "AtlasHangul.ttf"


def ensure_korean(app: QGuiApplication) -> str | None:
    """Add the bundled font behind the program's own if the system has none with Korean.

    Returns the family that was added, None where none is needed. Raises FileNotFoundError when it cannot be loaded.
    """
    # asking for single glyphs would not tell: an empty box is a glyph too
    if QFontDatabase.families(QFontDatabase.WritingSystem.Korean):
        return None
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(BUNDLED_FONT)))
    if not families:
        raise FileNotFoundError(BUNDLED_FONT)
    font = app.font()
    font.setFamilies([*font.families(), families[0]])
    app.setFont(font)
    return families[0]
