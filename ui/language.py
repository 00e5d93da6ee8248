"""The language of the window: English sentences are the keys, Korean comes from `resources/translations/ko.po`."""

from __future__ import annotations

import gettext
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from storage.domain.text import Text
from storage.translations import load_translations


class Language(StrEnum):
    """What the user chose; `SYSTEM` follows the desktop."""

    SYSTEM = "system"
    ENGLISH = "en"
    KOREAN = "ko"


class _Current:
    """The translations in force; held by the module, as gettext does, so that `tr` needs no object to reach it."""

    code: str = "en"
    translations: gettext.NullTranslations = gettext.NullTranslations()


def tr(text: str | Text, /, **values: object) -> str:
    """Return the sentence in the window's language; `{name}` places take the values, which may be `Text` themselves."""
    if isinstance(text, Text):
        return tr(text.template, **{**text.values, **values})
    if not text:
        return ""
    return _filled(_Current.translations.gettext(text), values)


def ntr(singular: str, plural: str, n: int, /, **values: object) -> str:
    """Return the sentence for a number; `{n}` is the number with its thousands parted."""
    return _filled(_Current.translations.ngettext(singular, plural, n), {"n": f"{n:,}", **values})


def _filled(template: str, values: dict[str, object]) -> str:
    if not values:
        return template
    return template.format(**{name: tr(v) if isinstance(v, Text) else v for name, v in values.items()})


def name_of(name: str, name_ko: str) -> str:
    """Return a record's name in the window's language, or in the other one when it lacks it."""
    return (name_ko or name) if _Current.code == Language.KOREAN else (name or name_ko)


def other_name(name: str, name_ko: str) -> str:
    """Return the name that `name_of` does not show, blank when there is none."""
    if not (name and name_ko) or name == name_ko:
        return ""
    return name if _Current.code == Language.KOREAN else name_ko


def current_code() -> str:
    """Return `en` or `ko`, as fields' `format` takes it."""
    return _Current.code


class LanguageSwitch(QObject):
    """Puts a language in force for the whole program; emits `changed` afterwards."""

    changed = Signal()

    def __init__(self, app: QCoreApplication, language: Language = Language.SYSTEM) -> None:
        super().__init__(app)
        self._qt_texts = QTranslator(self)
        self._language = language
        self._use(language)

    @property
    def language(self) -> Language:
        """What the user chose."""
        return self._language

    def set_language(self, language: Language) -> None:
        """Choose English, Korean, or what the desktop says."""
        before = _Current.code
        self._language = language
        self._use(language)
        if _Current.code != before:
            self.changed.emit()

    def _use(self, language: Language) -> None:
        code = _system_code() if language is Language.SYSTEM else language.value
        _Current.code = code
        _Current.translations = load_translations(code)
        QCoreApplication.removeTranslator(self._qt_texts)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._qt_texts.load(f"qtbase_{code}", folder):
            QCoreApplication.installTranslator(self._qt_texts)


def _system_code() -> str:
    return "ko" if QLocale.system().language() == QLocale.Language.Korean else "en"
