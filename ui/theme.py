"""Colours, spacing and type of the window, light and dark; everything that has a colour takes it from here."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).parent.parent / "resources"

# pictures that the style sheet asks for as $image_<name>: the icon, and the token that it is tinted with
STYLE_IMAGES = {
    "down": ("chevron-down", "muted"),
    "up": ("chevron-up", "muted"),
    "right": ("chevron-right", "muted"),
    "check": ("check", "on_accent"),
    "some": ("minus", "on_accent"),
}


class Scheme(StrEnum):
    """What the user chose; `SYSTEM` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Space:
    """The spacing scale and the fixed sizes, in device independent pixels."""

    XS, S, M, L, XL = 4, 8, 12, 16, 24
    ROW = HEADER = 32
    CONTROL = 30
    TOP_BAR, STATUS_BAR = 48, 28
    RAIL, INSPECTOR = 184, 384
    ICON, ICON_LARGE = 16, 20
    CORNER = 6


class TypeSize:
    """Font sizes in pixels."""

    SMALL, LABEL, BASE, TITLE, HEADLINE = 11, 12, 13, 16, 18


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours as `#RRGGBB`; text on a tint reaches 4.5 : 1."""

    window: str
    panel: str
    line: str
    control_line: str
    text: str
    muted: str
    accent: str
    accent_text: str
    on_accent: str
    accent_tint: str
    selection: str
    neutral_tint: str
    good: str
    good_tint: str
    mind: str
    mind_tint: str
    bad: str
    bad_tint: str
    series: tuple[str, ...]


LIGHT = Tokens(
    window="#F6F7F9",
    panel="#FFFFFF",
    line="#E3E6EB",
    control_line="#C9CFD8",
    text="#1C2430",
    muted="#5D6878",
    accent="#1F6FEB",
    accent_text="#195FCC",
    on_accent="#FFFFFF",
    accent_tint="#E8F0FE",
    selection="#DCE9FD",
    neutral_tint="#EEF0F4",
    good="#197A48",
    good_tint="#E6F5EC",
    mind="#8A5A00",
    mind_tint="#FFF4DC",
    bad="#B3261E",
    bad_tint="#FDECEA",
    series=("#1F6FEB", "#D97706", "#0F9D76", "#9C4DCC", "#C2410C", "#0E7490", "#6B7280", "#BE185D"),
)

DARK = Tokens(
    window="#15191F",
    panel="#1C2129",
    line="#2D343E",
    control_line="#434C59",
    text="#E6EAF0",
    muted="#9AA6B5",
    accent="#6EA8FE",
    accent_text="#6EA8FE",
    on_accent="#10151C",
    accent_tint="#1E2C42",
    selection="#24364F",
    neutral_tint="#2A313B",
    good="#5CC98D",
    good_tint="#183226",
    mind="#E0B050",
    mind_tint="#362B14",
    bad="#F2877F",
    bad_tint="#3A1F1D",
    series=("#6EA8FE", "#F5A742", "#3FCBA2", "#C58AEB", "#F0825A", "#4FB6D0", "#A3ABB8", "#F07AA8"),
)

DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (5, 3),
    (1.5, 2),
    (7, 2.5, 1.5, 2.5),
    (9, 3),
    (3, 2),
    (7, 2, 1, 2, 1, 2),
    (1, 3),
)
MARKERS = ("o", "s", "t", "d", "t1", "p", "+", "star")


@dataclass(frozen=True, slots=True)
class SeriesStyle:
    """How one series is told apart: colour, dash pattern in pen widths (empty: solid) and pyqtgraph symbol."""

    colour: QColor
    dash: tuple[float, ...]
    marker: str

    def pen(self, width: float = 2.0) -> QPen:
        """Return a cosmetic pen, as charts need it."""
        pen = QPen(self.colour, width)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if self.dash:
            pen.setDashPattern(list(self.dash))
        return pen


def series_style(tokens: Tokens, index: int, variant: int = 0) -> SeriesStyle:
    """Return the style of the n-th series; after eight they begin again with another dash.

    Variants of one series (another scope, another metric) share its colour and differ in dash and marker.
    """
    turn, place = divmod(index, len(tokens.series))
    dash = DASHES[(place + turn + variant) % len(DASHES)]
    return SeriesStyle(QColor(tokens.series[place]), dash, MARKERS[(place + variant) % len(MARKERS)])


def tabular(font: QFont) -> QFont:
    """Return the font with figures of equal width, so that columns of numbers line up."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


def sized(font: QFont, pixels: int, *, strong: bool = False) -> QFont:
    """Return the font in one of the sizes of `TypeSize`, in weight 600 when strong."""
    changed = QFont(font)
    changed.setPixelSize(pixels)
    changed.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return changed


class Theme(QObject):
    """The colours now in force; emits `changed` after a new choice or new colours."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._template = Template((RESOURCES / "styles" / "window.qss").read_text(encoding="utf-8"))
        self._images = QTemporaryDir()
        self._scheme = scheme
        self._tokens: Tokens | None = None
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.set_scheme(scheme)

    @property
    def scheme(self) -> Scheme:
        """What the user chose."""
        return self._scheme

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in force."""
        return self._tokens is DARK

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens or LIGHT

    def colour(self, token: str) -> QColor:
        """Return a token by its name, such as `muted`."""
        return QColor(getattr(self.tokens, token))

    def series(self, index: int) -> SeriesStyle:
        """Return the style of the n-th series; after eight they begin again with another dash."""
        return series_style(self.tokens, index)

    def set_scheme(self, scheme: Scheme) -> None:
        """Choose light, dark, or what the desktop says."""
        before = self._scheme, self._tokens
        self._scheme = scheme
        hints = {
            Scheme.SYSTEM: Qt.ColorScheme.Unknown,
            Scheme.LIGHT: Qt.ColorScheme.Light,
            Scheme.DARK: Qt.ColorScheme.Dark,
        }
        QGuiApplication.styleHints().setColorScheme(hints[scheme])
        self._take_colours()
        if scheme is not before[0] and self._tokens is before[1]:
            self.changed.emit()

    @Slot()
    def _system_changed(self) -> None:
        self._take_colours()

    def _take_colours(self) -> None:
        tokens = DARK if self._wants_dark() else LIGHT
        if tokens is self._tokens:
            return
        self._tokens = tokens
        self._app.setPalette(palette(tokens))
        self._app.setStyleSheet(style_sheet(self._template, tokens, Path(self._images.path())))
        self.changed.emit()

    def _wants_dark(self) -> bool:
        if self._scheme is Scheme.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._scheme is Scheme.DARK


def style_sheet(template: Template, tokens: Tokens, images: Path) -> str:
    """Fill the style sheet's `$names` with the colours, the sizes, and pictures that it writes to `images`."""
    colours = {f.name: getattr(tokens, f.name) for f in fields(tokens) if f.name != "series"}
    sizes = {f"type_{name.lower()}": f"{size}px" for name, size in vars(TypeSize).items() if name.isupper()}
    spaces = {f"space_{name.lower()}": f"{size}px" for name, size in vars(Space).items() if name.isupper()}
    pictures = {f"image_{name}": _tinted(icon, colours[token], images) for name, (icon, token) in STYLE_IMAGES.items()}
    return template.substitute(colours | sizes | spaces | pictures)


def _tinted(icon: str, colour: str, folder: Path) -> str:
    source = (RESOURCES / "icons" / f"{icon}.svg").read_text(encoding="utf-8")
    path = folder / f"{icon}-{colour.removeprefix('#')}.svg"
    path.write_text(source.replace("currentColor", colour), encoding="utf-8")
    return path.as_posix()


def palette(tokens: Tokens) -> QPalette:
    """Return the palette that Fusion draws from."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.window,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.panel,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.bad,
        role.ToolTipBase: tokens.panel,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent_text,
        role.LinkVisited: tokens.accent_text,
        role.Midlight: tokens.line,
        role.Mid: tokens.control_line,
        role.Dark: tokens.muted,
    }
    result = QPalette()
    for which, colour in colours.items():
        result.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.muted))
    return result
