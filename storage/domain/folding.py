"""One spelling for many: letters folded so that Sihwa, Shihwa, Shiwha and 시화 meet."""

from __future__ import annotations

import re
import unicodedata

INITIALS = tuple("g kk n d tt r m b pp s ss  j jj ch k t p h".split(" "))
MEDIALS = tuple("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" "))
FINALS = tuple(" k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" "))
FIRST_SYLLABLE, LAST_SYLLABLE = 0xAC00, 0xD7A3

# Revised, McCune-Reischauer and newspaper spellings differ in these letters only.
VOWELS = (("sh", "s"), ("wh", "hw"), ("ch", "j"), ("eo", "o"), ("eu", "u"), ("oo", "u"), ("ee", "i"))
CONSONANTS = str.maketrans("ktpr", "gdbl")
SHORT = 3  # letters up to which a word is an abbreviation, whose consonants stay (GTP is not GDP)
NOT_A_WORD = re.compile(r"[^0-9a-z\uac00-\ud7a3\u3400-\u9fff\u3040-\u30ff\u0400-\u04ff]+")
DOUBLED = re.compile(r"([a-z])\1+")


def romanise(text: str) -> str:
    """Write Hangul syllables in Latin letters by the Revised Romanisation, syllable by syllable."""
    return "".join(_syllable(letter) if FIRST_SYLLABLE <= ord(letter) <= LAST_SYLLABLE else letter for letter in text)


def _syllable(letter: str) -> str:
    place = ord(letter) - FIRST_SYLLABLE
    return INITIALS[place // 588] + MEDIALS[place % 588 // 28] + FINALS[place % 28]


def light(text: str) -> str:
    """Fold case, accents and punctuation only; words stay apart by one blank."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return NOT_A_WORD.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def fold(text: str) -> str:
    """Fold what `light` folds, and the letters in which romanisations differ."""
    return " ".join(_one_spelling(word) for word in light(text).split())


def _one_spelling(word: str) -> str:
    for spelling, one in VOWELS:
        word = word.replace(spelling, one)
    return DOUBLED.sub(r"\1", word if len(word) <= SHORT else word.translate(CONSONANTS))


def has_hangul(text: str) -> bool:
    """Whether any letter is a Hangul syllable."""
    return any(FIRST_SYLLABLE <= ord(letter) <= LAST_SYLLABLE for letter in text)


def spellings(text: str) -> tuple[str, ...]:
    """Return the forms under which a text is found: as written and folded, as words and run together, romanised."""
    scripts = [text, romanise(text)] if has_hangul(text) else [text]
    forms = [form for script in scripts for form in (light(script), fold(script))]
    return tuple(dict.fromkeys(form for plain in forms for form in (plain, plain.replace(" ", "")) if form))
