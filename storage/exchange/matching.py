"""Which record of the catalogue a name of the workbook means: by code, name, alias or close spelling."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from storage.catalogue import Catalogue
from storage.domain.folding import fold, has_hangul, spellings
from storage.domain.names import KnownName
from storage.domain.proposal import Candidate, NameMatch, Sureness
from storage.exchange.mentions import Mention

CLOSE = 86.0  # likeness, in per cent, from which a spelling is worth a question
CLEARLY = 80.0  # likeness that two spellings folded to the same letters must keep
SHORTEST = 4  # letters below which likeness says nothing
MOST_CANDIDATES = 5
DIGITS = re.compile(r"\d+")


def plain(name: str) -> str:
    """Return a name as two writers would agree on it: composed, without case or doubled blanks."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


class Directory:
    """The names of one role in the catalogue, ready to be looked up."""

    def __init__(self, catalogue: Catalogue, role: str) -> None:
        self.role = role
        self.known = {record.id: record for record in catalogue.known_names(role)}
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._folded: dict[str, set[int]] = defaultdict(set)
        self._codes: dict[str, set[int]] = defaultdict(set)
        for record in self.known.values():
            self._add(record)
        self._choices = list(self._folded)

    def _add(self, record: KnownName) -> None:
        if record.code:
            self._codes[record.code].add(record.id)
        for name in record.names:
            self._exact[plain(name)].add(record.id)
            for form in spellings(name):
                self._folded[form].add(record.id)

    def match(self, mention: Mention) -> NameMatch:
        """Return what a mention may mean, and how sure that is."""
        found = self._fitting(mention, self._by_code(mention)) or self._fitting(
            mention, self._exact[plain(mention.name)]
        )
        if len(found) == 1:
            return self._answer(mention, Sureness.KNOWN, [Candidate(found[0].id, found[0].name, 100.0)])
        if found:
            return self._answer(mention, Sureness.DOUBTFUL, [Candidate(r.id, r.name, 100.0, r.kind) for r in found])
        same_letters = self._fitting(mention, self._folded.get(fold(mention.name), ()))
        if len(same_letters) == 1 and self._clearly(mention.name, same_letters[0]):
            only = same_letters[0]
            return self._answer(mention, Sureness.KNOWN, [Candidate(only.id, only.name, 99.0)])
        close = self._close(mention)
        return self._answer(mention, Sureness.DOUBTFUL if close else Sureness.UNKNOWN, close)

    def _answer(self, mention: Mention, sureness: Sureness, candidates: list[Candidate]) -> NameMatch:
        role, name, code, parent = mention.key
        return NameMatch(
            role, name, code, parent, sureness, tuple(candidates[:MOST_CANDIDATES]), mention.count, mention.cell
        )  # fmt: skip

    def _by_code(self, mention: Mention) -> list[int]:
        """Return the records of that code whose name does not speak against it."""
        named = mention.name != mention.code
        return [
            id
            for id in self._codes.get(mention.code, ())
            if not named or max(fuzz.ratio(fold(mention.name), fold(n)) for n in self.known[id].names) >= CLEARLY
        ]

    def _fitting(self, mention: Mention, ids: Iterable[int]) -> list[KnownName]:
        """Return the records of the right kind that lie where the mention says."""
        found = [self.known[id] for id in sorted(ids)]
        if mention.kind:
            found = [record for record in found if record.kind == mention.kind]
        if mention.code:
            found = [record for record in found if not record.code or record.code == mention.code]
        if mention.parent is not None:
            wanted = {plain(name) for name in mention.parent.spellings} | {mention.parent.code}
            found = [record for record in found if not record.places or self._lies_in(record, wanted)]
        return found

    def _lies_in(self, record: KnownName, wanted: set[str], depth: int = 3) -> bool:
        for place in (self.known[id] for id in record.places if id in self.known):
            if place.code in wanted - {""} or wanted & {plain(name) for name in place.names}:
                return True
            if depth and self._lies_in(place, wanted, depth - 1):
                return True
        return False

    def _clearly(self, name: str, record: KnownName) -> bool:
        """Tell whether one folded form is no accident: other scripts apart, the spellings are alike."""
        others = [n for n in record.names if has_hangul(n) == has_hangul(name)]
        return not others or max(fuzz.ratio(plain(name), plain(n)) for n in others) >= CLEARLY

    def _close(self, mention: Mention) -> list[Candidate]:
        form = fold(mention.name)
        if len(form) < SHORTEST or not self._choices:
            return []
        near = process.extract(form, self._choices, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=MOST_CANDIDATES)
        best: dict[int, Candidate] = {}
        for spelling, score, _ in near:
            if DIGITS.findall(spelling) != DIGITS.findall(form):
                continue
            for record in self._fitting(mention, self._folded[spelling]):
                best.setdefault(record.id, Candidate(record.id, record.name, round(score, 1), spelling))
        return list(best.values())
