"""What the program remembers of the user's choices: one typed record, one place that reads and writes it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

from ui.language import Language
from ui.theme import Scheme, Space

RECENT_FILES = 8


@dataclass(slots=True)
class Preferences:
    """The user's choices; `columns` and `page_states` hold each page's own JSON-ready data by its id."""

    language: str = Language.SYSTEM.value
    scheme: str = Scheme.SYSTEM.value
    geometry: str = ""
    rail_width: int = Space.RAIL
    inspector_width: int = Space.INSPECTOR
    inspector_open: bool = True
    closed_sections: list[str] = field(default_factory=list)
    page: str = ""
    last_file: str = ""
    recent_files: list[str] = field(default_factory=list)
    columns: dict[str, Any] = field(default_factory=dict)
    page_states: dict[str, Any] = field(default_factory=dict)

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        name = str(path.resolve())
        self.last_file = name
        self.recent_files = [name, *(other for other in self.recent_files if other != name)][:RECENT_FILES]


def load_preferences(settings: QSettings) -> Preferences:
    """Read the choices; one that is missing or damaged takes its default."""
    preferences = Preferences()
    for choice in fields(Preferences):
        default = getattr(preferences, choice.name)
        setattr(preferences, choice.name, _read(settings, choice.name, default))
    return preferences


def save_preferences(preferences: Preferences, settings: QSettings) -> None:
    """Write the choices."""
    for choice in fields(Preferences):
        settings.setValue(choice.name, json.dumps(getattr(preferences, choice.name)))
    settings.sync()


def _read(settings: QSettings, name: str, default: object) -> object:
    try:
        value = json.loads(str(settings.value(name, "")))
    except ValueError:
        return default
    return value if type(value) is type(default) else default


def packed(data: bytes) -> str:
    """Return bytes (a geometry, a header's state) as text that preferences can hold."""
    return base64.b64encode(data).decode("ascii")


def unpacked(text: str) -> bytes:
    """Return the bytes that `packed` took, none when the text is damaged."""
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        return b""
