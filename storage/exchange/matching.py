"""Which record of the catalogue a name of the workbook means: by code, name, alias or close spelling."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from storage.catalogue import Catalogue
from storage.domain.folding import fold, has_hangul, light, spellings
from storage.domain.names import KnownName
from storage.domain.proposal import CONTAINED, Candidate, NameMatch, Sureness
from storage.exchange.mentions import Mention

CLOSE = 86.0  # likeness, in per cent, from which a spelling is worth a question
EXACT = 100.0  # likeness of a name that several records bear as it is written
SAME_LETTERS = 99.0  # likeness of a name that differs in romanisation only
CLEARLY = 80.0  # likeness that two spellings folded to the same letters must keep
SHORTEST = 4  # letters below which likeness says nothing
MOST_CANDIDATES = 5
DIGITS = re.compile(r"\d+")
# signs such as % and $ stay: they tell metrics and units apart
PUNCTUATION = re.compile(r"[\s\-‐-―_.,;:'‘’\"“”·ㆍ・()\[\]/]+")
COMMON = re.compile(
    r"도시첨단|국가|일반|농공|산업단지|산업지구|산단"
    r"|\b(?:national|general|industrial|complex|complexes|park|district|zone|cluster|the)\b"
)
DISTRICTS = ("시", "군", "구", "도")  # a district is not the cluster that bears its name
FEWEST_SYLLABLES = 2  # of a contained name, common words aside; with them one more


def plain(name: str) -> str:
    """Return a name as two writers would agree on it: composed, without case or doubled blanks."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def bare(name: str) -> str:
    """Return a name without case, blanks and punctuation; digits that stand apart stay apart."""
    text = unicodedata.normalize("NFKC", name).casefold().strip()
    return re.sub(r"(?<!\d) | (?!\d)", "", PUNCTUATION.sub(" ", text))


def core(name: str) -> str:
    """Return what is a name's own, folded: without the words that many names share."""
    text = light(name)
    own = " ".join(COMMON.sub(" ", text).split())
    if has_hangul(own):
        own = own.replace(" ", "")
        if own.endswith(DISTRICTS):
            return ""
        return own if len(own) >= FEWEST_SYLLABLES and len(text.replace(" ", "")) > FEWEST_SYLLABLES else ""
    return fold(own) if len(own) >= SHORTEST else ""


def pieces(core: str) -> list[str]:
    """Return what a name that holds another one must share with it: words, or pairs of syllables."""
    return [core[place : place + 2] for place in range(len(core) - 1)] if has_hangul(core) else core.split()


class Directory:
    """The names of one role in the catalogue, ready to be looked up."""

    def __init__(self, catalogue: Catalogue, role: str) -> None:
        self.role = role
        self.known = {record.id: record for record in catalogue.known_names(role)}
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._bare: dict[str, set[int]] = defaultdict(set)
        self._cores: dict[str, set[int]] = defaultdict(set)
        self._pieces: dict[str, set[str]] = defaultdict(set)
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
            if self.role != "unit" and (form := bare(name)):
                self._bare[form].add(record.id)
            self._add_core(record, name)
            for form in spellings(name):
                self._folded[form].add(record.id)

    def _add_core(self, record: KnownName, name: str) -> None:
        # a place holds the names of the places in it; that says nothing
        own = core(name) if record.kind in ("cluster", "organisation") else ""
        if own:
            self._cores[own].add(record.id)
            for piece in pieces(own):
                self._pieces[piece].add(own)

    def match(self, mention: Mention) -> NameMatch:
        """Return what a mention may mean, and how sure that is."""
        found = (
            self._fitting(mention, self._by_code(mention))
            or self._fitting(mention, self._exact.get(plain(mention.name), ()))
            or self._fitting(mention, self._bare.get(bare(mention.name), ()))
        )
        if len(found) == 1:
            return self._answer(mention, Sureness.KNOWN, [_candidate(found[0], EXACT)])
        if found:
            return self._answer(mention, Sureness.DOUBTFUL, [_candidate(r, EXACT, r.kind) for r in found])
        candidates: dict[int, Candidate] = {}
        for candidate in (*self._same_letters(mention), *self._close(mention), *self._contained(mention)):
            candidates.setdefault(candidate.id, candidate)
        return self._answer(mention, Sureness.DOUBTFUL if candidates else Sureness.UNKNOWN, list(candidates.values()))

    def _same_letters(self, mention: Mention) -> list[Candidate]:
        """Return the records whose name differs in romanisation only."""
        found = self._fitting(mention, self._folded.get(fold(mention.name), ()))
        return [_candidate(record, SAME_LETTERS) for record in found if self._clearly(mention.name, record)]

    def _contained(self, mention: Mention) -> list[Candidate]:
        """Return the records whose own name, common words aside, holds that of the mention or is held by it."""
        own = core(mention.name) if self.role == "entity" else ""
        near = {other for piece in pieces(own) for other in self._pieces.get(piece, ()) if _holds(own, other)}
        ranked = sorted(near, key=lambda other: (-fuzz.ratio(own, other), other))
        return [
            _candidate(record, min(round(fuzz.ratio(own, other), 1), CONTAINED), other)
            for other in ranked
            for record in self._fitting(mention, self._cores[other])
        ]

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
                best.setdefault(record.id, _candidate(record, min(round(score, 1), SAME_LETTERS - 1), spelling))
        return list(best.values())


def _candidate(record: KnownName, score: float, why: str = "") -> Candidate:
    return Candidate(record.id, record.name, score, why, record.name_ko)


def _holds(one: str, other: str) -> bool:
    """Tell whether the shorter name stands in the longer one and is no small part of it."""
    shorter, longer = sorted((one, other), key=len)
    if DIGITS.findall(shorter) != DIGITS.findall(longer) or 3 * len(shorter) < len(longer):
        return False
    return shorter in longer if has_hangul(shorter) else f" {shorter} " in f" {longer} "
