import re
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from pytestqt.qtbot import QtBot

from ui.theme import DARK, LIGHT, RESOURCES, Scheme, Theme, Tokens, sized, tabular

TEXT_ON = [
    ("text", "window"), ("text", "panel"), ("text", "selection"), ("text", "accent_tint"), ("text", "neutral_tint"),
    ("muted", "window"), ("muted", "panel"), ("muted", "selection"), ("muted", "neutral_tint"),
    ("accent_text", "panel"), ("accent_text", "accent_tint"), ("on_accent", "accent"),
    ("good", "good_tint"), ("mind", "mind_tint"), ("bad", "bad_tint"), ("panel", "text"),
]  # fmt: skip
SHEET = (RESOURCES / "styles" / "window.qss").read_text(encoding="utf-8")


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    c = QColor(colour)
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_reaches_the_contrast_that_eyes_need(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("place", range(8))
def test_lines_of_charts_stand_out_from_the_panel(tokens: Tokens, place: int) -> None:
    assert contrast(tokens.series[place], tokens.panel) >= 3


def test_style_sheet_holds_no_colour_of_its_own() -> None:
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(", SHEET)


def test_every_place_of_the_style_sheet_is_filled(light: Theme, qapp) -> None:
    assert "$" not in qapp.styleSheet()


def test_every_colour_serves_somewhere() -> None:
    source = (RESOURCES.parent / "ui" / "theme.py").read_text(encoding="utf-8") + SHEET
    named = [field.name for field in fields(Tokens)]
    assert [name for name in named if f"tokens.{name}" not in source and f"${name}" not in source] == []


@pytest.mark.parametrize(("scheme", "dark"), [(Scheme.LIGHT, False), (Scheme.DARK, True)])
def test_chosen_scheme_is_in_force(light: Theme, scheme: Scheme, dark: bool) -> None:
    light.set_scheme(scheme)
    assert light.dark is dark


def test_system_scheme_follows_the_desktop(light: Theme, qapp) -> None:
    light.set_scheme(Scheme.SYSTEM)
    assert light.dark is (qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark)


def test_change_is_announced(light: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(light.changed):
        light.set_scheme(Scheme.DARK)


def test_same_colours_are_not_announced_again(light: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(light.changed):
        light.set_scheme(Scheme.LIGHT)


def test_choice_that_leaves_the_colours_is_announced(light: Theme, qtbot: QtBot) -> None:
    other = Scheme.SYSTEM if light.scheme is Scheme.LIGHT else Scheme.LIGHT
    with qtbot.waitSignal(light.changed):
        light.set_scheme(other)


def test_series_differ_by_more_than_colour(light: Theme) -> None:
    styles = [(style.dash, style.marker) for style in map(light.series, range(8))]
    assert len(set(styles)) == 8


def test_ninth_series_differs_from_the_first(light: Theme) -> None:
    assert light.series(8).dash != light.series(0).dash


def test_pen_keeps_its_width_when_zoomed(light: Theme) -> None:
    assert light.series(1).pen().isCosmetic()


def test_figures_are_of_equal_width() -> None:
    assert tabular(QFont()).featureValue(QFont.Tag("tnum")) == 1


def test_strong_text_is_half_bold() -> None:
    assert sized(QFont(), 16, strong=True).weight() == QFont.Weight.DemiBold
