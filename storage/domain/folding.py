"""One spelling for many: letters folded so that Sihwa, Shihwa, Shiwha and 시화 meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INITIALS = tuple("g kk n d tt r m b pp s ss  j jj ch k t p h".split(" "))
MEDIALS = tuple("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" "))
FINALS = tuple(" k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" "))
FIRST_SYLLABLE, LAST_SYLLABLE = 0xAC00, 0xD7A3

# Revised, McCune-Reischauer and newspaper spellings differ in these letters only.
VOWELS = (("sh", "s"), ("wh", "hw"), ("ch", "j"), ("eo", "o"), ("eu", "u"), ("oo", "u"), ("ee", "i"))
CONSONANTS = str.maketrans("ktpr", "gdbl")
SHORT = 3  # letters up to which a word is an abbreviation, whose consonants stay (GTP is not GDP)
NOT_A_WORD = re.compile(r"[\W_\u1100-\u11ff]+")  # single jamo too: a syllable that is still being typed
HANGUL = re.compile(r"[\uac00-\ud7a3]")
PLAIN = re.compile(r"[\x00-\x7f\uac00-\ud7a3]*")  # letters that no normalisation changes
DOUBLED = re.compile(r"([a-z])\1+")


def romanise(text: str) -> str:
    """Write Hangul syllables in Latin letters by the Revised Romanisation, syllable by syllable."""
    return "".join(_syllable(letter) if FIRST_SYLLABLE <= ord(letter) <= LAST_SYLLABLE else letter for letter in text)


def _syllable(letter: str) -> str:
    place = ord(letter) - FIRST_SYLLABLE
    return INITIALS[place // 588] + MEDIALS[place % 588 // 28] + FINALS[place % 28]


def light(text: str) -> str:
    """Fold case, accents and punctuation only; words stay apart by one blank."""
    text = text.casefold()
    if not PLAIN.fullmatch(text):
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", bare)
    return NOT_A_WORD.sub(" ", text).strip()


def fold(text: str) -> str:
    """Fold what `light` folds, and the letters in which romanisations differ."""
    return one_spelling(light(text))


def one_spelling(plain: str) -> str:
    """Fold the letters in which romanisations differ, in words that `light` has made plain."""
    return " ".join(_one_spelling(word) for word in plain.split())


@lru_cache(maxsize=65_536)  # names share most of their words
def _one_spelling(word: str) -> str:
    for spelling, one in VOWELS:
        word = word.replace(spelling, one)
    return DOUBLED.sub(r"\1", word if len(word) <= SHORT else word.translate(CONSONANTS))


def has_hangul(text: str) -> bool:
    """Whether any letter is a Hangul syllable."""
    return HANGUL.search(text) is not None


def spellings(text: str) -> tuple[str, ...]:
    """Return the forms under which a text is found: as written and folded, as words and run together, romanised."""
    scripts = [text, romanise(text)] if has_hangul(text) else [text]
    forms = [form for plain in map(light, scripts) for form in (plain, one_spelling(plain))]
    return tuple(dict.fromkeys(form for plain in forms for form in (plain, plain.replace(" ", "")) if form))
