import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from ui.icons import FOLDER, Tone, icon
from ui.theme import Scheme, Theme

NAMES = sorted(path.stem for path in FOLDER.glob("*.svg"))


def darkest(image: QImage) -> QColor:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=QColor.alpha)


def test_set_comes_with_its_licence() -> None:
    assert "ISC License" in (FOLDER / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_icon_takes_its_colour_from_the_palette(name: str) -> None:
    assert 'stroke="currentColor"' in (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_tint_follows_the_theme(light: Theme, scheme: Scheme) -> None:
    light.set_scheme(scheme)
    image = icon("search").pixmap(QSize(32, 32), 1.0).toImage()
    assert darkest(image).name() == QColor(light.tokens.text).name()


def test_checked_button_shows_the_accent(light: Theme) -> None:
    image = icon("search").pixmap(QSize(32, 32), 1.0, QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert darkest(image).name() == QColor(light.tokens.accent_text).name()


def test_disabled_icon_is_fainter(light: Theme) -> None:
    image = icon("search").pixmap(QSize(32, 32), 1.0, QIcon.Mode.Disabled, QIcon.State.Off).toImage()
    assert darkest(image).alpha() < 200


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_icon_is_drawn_in_physical_pixels(light: Theme, scale: float) -> None:
    assert icon("search", Tone.MUTED).pixmap(QSize(16, 16), scale).width() == 16 * scale


def test_icon_of_no_size_is_none(light: Theme) -> None:
    assert icon("search").pixmap(QSize(0, 0), 1.0).isNull()


def test_unknown_name_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
