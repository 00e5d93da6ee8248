"""Files as they come into being and as the disk refuses them."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from storage.domain.text import Text, msg
from storage.errors import CatalogueError

DISK_FULL = msg("The disk is full; nothing was written to “{file}”.")
REFUSED = msg("“{file}” cannot be opened; check that the folder exists and may be written.")
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite lays beside a file that is open


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """Give the place in which to write a file; it appears as the target when it is whole, or not at all."""
    with file_troubles(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".new-", dir=target.parent) as folder:
            half = Path(folder) / target.name
            yield half
            # the log of a file that lay here before would be played into the new one
            for ending in BESIDE:
                target.with_name(target.name + ending).unlink(missing_ok=True)
            half.replace(target)


@contextmanager
def file_troubles(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence."""
    try:
        yield
    except OSError as error:
        sentence = DISK_FULL if error.errno == errno.ENOSPC else REFUSED
        raise CatalogueError(Text(sentence.template, {"file": path.name})) from error


def may_write(path: Path) -> bool:
    """Tell whether the file, if it is there, and its folder can be written; tried, as permissions tell half of it."""
    try:
        with path.open("r+b"), TemporaryFile(dir=path.parent):
            return True
    except FileNotFoundError:
        return True
    except OSError:
        return False


def keeps_log(path: Path) -> bool:
    """Tell whether SQLite lays a log beside the file (WAL), for which it wants to write even to read."""
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\x02\x02"
