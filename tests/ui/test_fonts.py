"""Each case runs in a process of its own: fonts are found once, when Qt starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NO_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><cachedir>{cache}</cachedir></fontconfig>'
)
DRAW = """
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from ui.fonts import ensure_korean
app = QGuiApplication([])
print(ensure_korean(app))
def ink(text):
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setPen(0xFFFFFF)
    painter.setFont(app.font())
    painter.drawText(image.rect(), 0, text)
    painter.end()
    return bytes(image.constBits())
print(len({ink(letter) for letter in " 판교똠힣쀼A≈€"}))
print(ensure_korean(app))
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only fontconfig lets a test take the fonts away")


@pytest.fixture
def without_fonts(tmp_path: Path) -> list[str]:
    """What `DRAW` prints on a machine without any font, line by line."""
    config = tmp_path / "fonts.conf"
    config.write_text(NO_FONTS.format(cache=tmp_path / "cache"), "utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(config), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.check_output([sys.executable, "-c", DRAW], cwd=ROOT, env=environment, text=True).split("\n")


def test_a_system_without_korean_gets_the_bundled_font(without_fonts: list[str]) -> None:
    assert without_fonts[0] == "Atlas Hangul"


def test_every_syllable_has_its_own_picture(without_fonts: list[str]) -> None:
    assert without_fonts[1] == "9"


def test_where_korean_is_there_nothing_is_added(without_fonts: list[str]) -> None:
    assert without_fonts[2] == "None"
