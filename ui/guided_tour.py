"""The guided tour: every page of a sample catalogue as a picture, light and dark, English and Korean."""

from __future__ import annotations

import time
from itertools import product
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from ui.language import Language, LanguageSwitch
from ui.theme import Scheme, Theme
from ui.window import Window

SIZE = (1440, 900)
PATIENCE_S = 20.0
STILL_S = 0.15


def draw_pages(window: Window, theme: Theme, languages: LanguageSwitch, folder: Path) -> list[Path]:
    """Write `<page>-<light|dark>-<en|ko>.png` for every page; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(*SIZE)
    written: list[Path] = []
    for page in window.navigation.all_pages():
        window.navigation.show_page(page.id)
        page.pose()
        settle(window)
    for language, scheme in product((Language.ENGLISH, Language.KOREAN), (Scheme.LIGHT, Scheme.DARK)):
        languages.set_language(language)
        theme.set_scheme(scheme)
        for page_id in window.navigation.pages:
            window.navigation.show_page(page_id)
            settle(window)
            path = folder / f"{page_id}-{scheme.value}-{language.value}.png"
            window.grab().save(str(path))
            written.append(path)
    return written


def settle(window: Window) -> None:
    """Wait until no job runs and nothing is left to draw; a page that never rests is drawn as it is."""
    give_up = time.monotonic() + PATIENCE_S
    still_since = time.monotonic()
    while time.monotonic() < give_up and time.monotonic() - still_since < STILL_S:
        QApplication.processEvents()
        # without an event loop nobody else does this
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if not window.context.jobs.idle:
            still_since = time.monotonic()
        time.sleep(0.005)
