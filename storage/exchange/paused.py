"""Reviews that were left, in the user's own folder: a copy of the workbook, and what a person told and decided."""

from __future__ import annotations

import itertools
import json
import logging
import shutil
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from storage.domain.proposal import Decision
from storage.domain.review import ItemKey, Kept
from storage.domain.text import msg
from storage.errors import CatalogueError
from storage.exchange.options import Options

FORMAT = 1
STEPS = ("mapping", "names", "review")
FILE, COPIED = "review.json", "workbook"
DISCARDED = ".discarded"
ABANDONED_S = 86_400.0  # a folder without a review that is older was left by a crash
NameKey = tuple[str, str, str, str]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """What a person said on the way; `names` are a record's id, MAKE_NEW or LEAVE_OUT by the name's key."""

    options: Options = field(default_factory=Options)
    recipe: str = ""
    names: Mapping[NameKey, int] = field(default_factory=dict)
    new_kind: str = "cluster"
    decisions: Mapping[ItemKey, Kept] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was said, so that opening the workbook again loses nothing."""
        return not (self.names or self.decisions or self.recipe) and self.options == Options()


@dataclass(frozen=True)
class Paused:
    """One review that was left: of which workbook and catalogue (its identity and revision), when, and how far.

    `at` is a UTC time in ISO form, `step` one of STEPS; `undecided` counts conflicts, `changes` what would be written.
    """

    id: str
    original: Path
    catalogue: str
    revision: int
    step: str
    told: Told = field(default_factory=Told)
    undecided: int = 0
    changes: int = 0
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))


class PausedReviews:
    """The folder of the reviews; any thread may call, and an older state never replaces a newer one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._count = itertools.count(1)
        self._turns: dict[str, int] = {}
        self._gone: set[str] = set()

    def begin(self, workbook: Path) -> str:
        """Copy a workbook; return the id under which its review is kept. Raise CatalogueError."""
        id = uuid.uuid4().hex
        with _troubles(workbook):
            place = self._folder / id / COPIED
            place.mkdir(parents=True)
            shutil.copyfile(workbook, place / workbook.name)
        return id

    def turn(self) -> int:
        """Return what `keep` takes, at the time when one looks how a review stands."""
        return next(self._count)

    def keep(self, review: Paused, turn: int) -> None:
        """Write how a review stands; what was seen earlier than the last one changes nothing. Raise CatalogueError."""
        with self._lock, _troubles(review.original):
            last = self._turns.get(review.id, 0)
            if review.id in self._gone or turn < last:
                return
            place = self._folder / review.id / FILE
            half = place.with_suffix(".new")
            half.write_text(_written(review), encoding="utf-8")
            half.replace(place)
            self._turns[review.id] = turn
            if not last:
                self._drop_blank(review)

    def _drop_blank(self, newer: Paused) -> None:
        """Drop earlier reviews of the same file in which nobody said anything."""
        for review in self.listed(newer.catalogue):
            if review.id != newer.id and review.original == newer.original and review.told.is_blank:
                shutil.rmtree(self._folder / review.id, ignore_errors=True)

    def listed(self, catalogue: str) -> list[Paused]:
        """Return the reviews of a catalogue that can be resumed, the last one first."""
        found = [self._read(place.parent) for place in self._folder.glob(f"*/{FILE}") if not place.parent.suffix]
        mine = [review for review in found if review is not None and review.catalogue == catalogue]
        return sorted(mine, key=lambda review: review.at, reverse=True)

    def load(self, id: str) -> tuple[Paused, Path]:
        """Return a review and the copy of its workbook; raise CatalogueError where they cannot be read any more."""
        review = self._read(self._folder / id)
        if review is None:
            raise CatalogueError(msg("The review that was left cannot be read any more; import the workbook again."))
        return review, self._copy(id)

    def discard(self, id: str) -> None:
        """Put a review aside until the next `sweep`. Raise CatalogueError."""
        place = self._place(id)
        with self._lock, _troubles(place):
            self._gone.add(id)
            if place.exists():
                place.rename(place.with_name(id + DISCARDED))

    def restore(self, id: str) -> None:
        """Take a discarded review back. Raise CatalogueError."""
        place = self._place(id)
        with self._lock, _troubles(place):
            self._gone.discard(id)
            place.with_name(id + DISCARDED).rename(place)

    def drop(self, id: str) -> None:
        """Forget a review for good, as after it was applied."""
        with self._lock:
            self._gone.add(id)
            shutil.rmtree(self._place(id), ignore_errors=True)

    def sweep(self) -> None:
        """Delete what was discarded, and what a crash left half made."""
        for place in self._folder.glob("*"):
            if place.suffix == DISCARDED or (not (place / FILE).exists() and _is_old(place)):
                shutil.rmtree(place, ignore_errors=True)

    def _place(self, id: str) -> Path:
        if not id.isalnum():
            raise ValueError(f"“{id}” is no id of a review")
        return self._folder / id

    def _copy(self, id: str) -> Path:
        return next(iter((self._folder / id / COPIED).iterdir()))

    def _read(self, place: Path) -> Paused | None:
        try:
            text = (place / FILE).read_text(encoding="utf-8")
            self._copy(place.name)
            return _read(place.name, json.loads(text))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration, RecursionError) as error:
            log.warning("The left review %s cannot be read: %r", place.name, error)
            return None


def _written(review: Paused) -> str:
    told = review.told
    data = {
        "format": FORMAT, "original": str(review.original), "catalogue": review.catalogue,
        "revision": review.revision, "at": review.at, "step": review.step, "undecided": review.undecided,
        "changes": review.changes, "options": asdict(told.options), "recipe": told.recipe,
        "new_kind": told.new_kind, "names": [[list(key), choice] for key, choice in told.names.items()],
        "decisions": [[list(key), kept.decision.value, kept.seen] for key, kept in told.decisions.items()],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False)


def _read(id: str, data: dict[str, Any]) -> Paused:
    """Return what `_written` wrote; raise KeyError, TypeError or ValueError for anything else."""
    if data["format"] != FORMAT or data["step"] not in STEPS:
        raise ValueError(f"format {data['format']}, step {data['step']}")
    datetime.fromisoformat(data["at"])
    names = {_key(key, 4): int(choice) for key, choice in data["names"]}
    decisions = {_key(key, 5): Kept(Decision(decision), str(seen)) for key, decision, seen in data["decisions"]}
    told = Told(_options(data["options"]), str(data["recipe"]), names, str(data["new_kind"]), decisions)
    return Paused(
        id, Path(data["original"]), str(data["catalogue"]), int(data["revision"]), data["step"], told,
        int(data["undecided"]), int(data["changes"]), str(data["at"]),
    )  # fmt: skip


def _options(data: dict[str, Any]) -> Options:
    blank, found = Options(), {}
    for name in (one.name for one in fields(Options)):
        value, default = data.get(name, getattr(blank, name)), getattr(blank, name)
        if default is not None and type(value) is not type(default):
            raise TypeError(f"{value!r} is no {name}")
        found[name] = value
    return Options(**found)


def _key(parts: list[str], count: int) -> Any:
    if len(parts) != count or not all(isinstance(part, str) for part in parts):
        raise ValueError(f"{parts} is no key")
    return tuple(parts)


def _is_old(place: Path) -> bool:
    try:
        return time.time() - place.stat().st_mtime > ABANDONED_S
    except FileNotFoundError:
        return False


@contextmanager
def _troubles(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        cause = error.strerror or str(error)
        raise CatalogueError(
            msg("The review of {file} cannot be kept for later: {cause}.", file=path.name, cause=cause)
        ) from error
