"""Search as you type: beginnings of names first, then any part of a word; a few milliseconds at any size."""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, text

from storage.database.documents import FRONT, INSIDE, LONGEST, SHOWN, WORD
from storage.domain.folding import fold, has_hangul, light, romanise, spellings

TRIGRAM = 3  # a trigram index is silent about anything shorter
MOST_WORDS = 12  # what is pasted beyond them narrows nothing
AFTER_ALL = "\U0010ffff"  # sorts after every letter
ENOUGH = 4  # candidates for each hit that is shown, so that the better ones are among them


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found by words."""

    kind: str
    id: int
    title: str
    title_ko: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A document with how well it fits: the lower, the better."""

    hit: Hit
    fit: tuple[int, int, int, str]


def search(connection: Connection, words: str, limit: int, kinds: Sequence[str] = ()) -> list[Hit]:
    """Return the best records first: by name before by prose, whole before part, short before long.

    Of very many that begin alike only some are weighed; the next letter narrows them.
    """
    forms = _forms(words)
    shown = [number for number, kind in enumerate(SHOWN) if not kinds or kind in kinds]
    if not forms or not shown:
        return []
    places: dict[int, int] = {}
    for place in (FRONT, WORD, INSIDE):
        if len(places) < limit:
            for document in _beginning(connection, forms, shown, place, limit * ENOUGH):
                places.setdefault(document, place)
    if len(places) < limit:
        for document in _holding(connection, words, shown, limit * ENOUGH * len(SHOWN)):
            places.setdefault(document, INSIDE + 1)
    found = sorted(_weighed(connection, places, words, forms), key=lambda one: one.fit)
    return _explained(connection, [one.hit for one in found[:limit]], forms)


def _forms(words: str) -> list[str]:
    """Return how names may begin that are meant by these words: as typed, folded, and in Latin letters."""
    plain = light(words)
    forms = [plain, fold(words)]
    if has_hangul(words) and len(plain) > 1:  # one syllable alone sounds like too many others
        forms.append(fold(romanise(words)))
    return [form[:LONGEST] for form in dict.fromkeys(forms) if form]


def _beginning(
    connection: Connection, forms: Sequence[str], kinds: Sequence[int], place: int, most: int
) -> Sequence[int]:
    """Return documents with a name that begins so at that place, at most so many of each kind and form."""
    ranges = [
        f"""SELECT * FROM (SELECT document FROM search_start WHERE kind = {kind} AND place = {place}
            AND start >= :f{number} AND start < :f{number} || '{AFTER_ALL}' ORDER BY start LIMIT {most})"""
        for kind in kinds
        for number in range(len(forms))
    ]
    values = {f"f{number}": form for number, form in enumerate(forms)}
    return connection.execute(text(" UNION ALL ".join(ranges)), values).scalars().all()


def _holding(connection: Connection, words: str, kinds: Sequence[int], most: int) -> Sequence[int]:
    """Return documents that hold all the words anywhere."""
    wanted = matching(words)
    if wanted is None:
        return []
    condition, values = wanted
    rows = connection.execute(
        text(f"""SELECT d.id FROM search_document d WHERE {condition}
                 AND d.kind IN (SELECT value FROM json_each(:kinds)) LIMIT :most"""),
        values | {"kinds": json.dumps(list(kinds)), "most": most},
    )
    return rows.scalars().all()


def matching(words: str) -> tuple[str, dict[str, str]] | None:
    """Return an SQL condition on `search_document d` for all the words, and its values; None for no words."""
    each = [one_word(word, f"w{place}") for place, word in enumerate(plain_words(words))]
    if not each:
        return None
    return " AND ".join(condition for condition, _ in each), dict(ChainMap(*(values for _, values in each)))


def plain_words(words: str) -> list[str]:
    """Return the words to look for, folded as the index is."""
    return light(words).split()[:MOST_WORDS]


def one_word(word: str, key: str, *, names_only: bool = False) -> tuple[str, dict[str, str]]:
    """Return an SQL condition on `search_document d` for one plain word, and its values, named after the key."""
    long = " OR ".join(f'"{form}"' for form in _forms(word) if len(form) >= TRIGRAM)
    either: list[str] = []
    values: dict[str, str] = {}
    if long:
        either.append(f"d.id IN (SELECT rowid FROM search_words WHERE search_words MATCH :{key})")
        values[key] = f"names : ({long})" if names_only else long
    if len(word) < TRIGRAM:
        kinds = ", ".join(str(number) for number in range(len(SHOWN)))
        either.append(
            f"""d.id IN (SELECT document FROM search_start WHERE kind IN ({kinds})
                AND place IN ({FRONT}, {WORD}, {INSIDE}) AND start >= :{key}s AND start < :{key}s || '{AFTER_ALL}')"""
        )
        values[f"{key}s"] = word
    if len(word) < TRIGRAM and not names_only:
        # a short Latin word counts where a word begins, a Korean one anywhere
        either.append(f"instr(d.prose, :{key}p) > 0")
        values[f"{key}p"] = word if has_hangul(word) else f" {word}"
    return f"({' OR '.join(either)})", values


def _weighed(connection: Connection, places: dict[int, int], words: str, forms: Sequence[str]) -> list[_Found]:
    rows = connection.execute(
        text("""SELECT id, kind, record_id, title, title_ko, names FROM search_document
                WHERE id IN (SELECT value FROM json_each(:ids))"""), {"ids": json.dumps(list(places))},
    )  # fmt: skip
    wanted, found = words.strip().casefold(), []
    for id, kind, record, title, title_ko, names in rows:
        if wanted in (title.casefold(), title_ko.casefold()):
            fit = 0
        elif any(f"\n{form}\n" in f"\n{names}\n" for form in forms):
            fit = 1
        else:
            fit = 2 + places[id] + (places[id] > INSIDE and not any(form in names for form in forms))
        found.append(_Found(Hit(SHOWN[kind], record, title, title_ko, ""), (fit, kind, len(title), title)))
    return found


def _explained(connection: Connection, hits: Sequence[Hit], forms: Sequence[str]) -> list[Hit]:
    """Add the alias that was hit where the title does not show it."""
    entities = ("cluster", "organisation", "region")
    hidden = [hit.id for hit in hits if hit.kind in entities and not _shows((hit.title, hit.title_ko), forms)]
    aliases = connection.execute(
        text("""SELECT entity_id, name FROM alias WHERE entity_id IN (SELECT value FROM json_each(:ids))
                ORDER BY id DESC"""), {"ids": json.dumps(hidden)},
    ).all()  # fmt: skip
    found = {owner: name for owner, name in aliases if _shows((name,), forms)}
    return [replace(hit, detail=found.get(hit.id, "")) if hit.kind in entities else hit for hit in hits]


def _shows(names: Sequence[str], forms: Sequence[str]) -> bool:
    return any(form in spelling for name in names for spelling in spellings(name) for form in forms)
