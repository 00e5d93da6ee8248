"""Sentences in another language: English ones are the keys, the others come from `resources/translations`."""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

import polib

from storage.domain.text import Text

LANGUAGES = ("en", "ko")
FOLDER = Path(__file__).parent.parent / "resources" / "translations"


@cache
def load_translations(code: str) -> gettext.NullTranslations:
    """Read the sentences of a language; those of English are the keys themselves."""
    path = FOLDER / f"{code}.po"
    if not path.exists():
        return gettext.NullTranslations()
    return gettext.GNUTranslations(BytesIO(polib.pofile(str(path), encoding="utf-8").to_binary()))


def translated(text: Text, language: str) -> str:
    """Return a sentence in a language; its places may be `Text` themselves."""
    if not text.template:
        return ""
    template = load_translations(language).gettext(text.template)
    values = {name: translated(v, language) if isinstance(v, Text) else v for name, v in text.values.items()}
    return template.format(**values) if values else template
