"""`python3 -m tests.faults.fuzz --cases 20000`: good files are damaged and read; each must be read or refused.

A find is what nobody would understand: an exception that is no sentence, or a reading without end. It is kept in the
folder given by `--finds`, and belongs among the fixtures of `test_fuzz.py` once it is mended. That a parser dies is no
find, since it runs in a process of its own; such deaths are counted.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import xlsxwriter

from storage.catalogue import Catalogue
from storage.domain.proposal import Naming
from storage.errors import CatalogueError
from storage.exchange import importing
from storage.exchange.exporting import export_catalogue
from storage.exchange.options import Options
from storage.workbook import delimited, package, worker
from storage.workbook.package import Limits
from storage.workbook.reader import TEXT_SUFFIXES
from storage.workbook.sheet import CellValue, Sheet, Workbook
from tests.conftest import SHARED_DATA
from tests.faults.mutations import mutated
from tests.storage.workbook.made import KOSIS_NOTES, LONG_KOREAN, SDMX, TWO_ROWS, WIDE_PERIODS

LONGEST = 30.0  # seconds for one file
LARGEST_SEED = 60_000  # bytes; a larger file is damaged in places that matter less often
PROPOSED_EVERY = 4  # of the files that were read, so many are also held against a catalogue


def seeds(folder: Path) -> Iterator[Path]:
    """Write good files of every kind, and give those of the collections that are there."""
    catalogue = Catalogue.create(folder / "sample.clusters", sample=True)
    export_catalogue(catalogue, folder / "export.xlsx")
    catalogue.close()
    yield folder / "export.xlsx"
    for number, rows in enumerate((LONG_KOREAN, WIDE_PERIODS, TWO_ROWS, SDMX, KOSIS_NOTES)):
        yield _workbook(folder / f"made{number}.xlsx", rows)
        for encoding in ("utf-8", "cp949", "utf-16"):
            path = folder / f"made{number}-{encoding}.csv"
            lines = (",".join("" if cell is None else f'"{cell}"' for cell in row) for row in rows)
            path.write_bytes("\r\n".join(lines).encode(encoding, "replace"))
            yield path
    readable = SHARED_DATA / "workbooks" / "readable"
    if readable.is_dir():
        yield from (path for path in sorted(readable.iterdir()) if path.stat().st_size < LARGEST_SEED)


def _workbook(path: Path, rows: Sequence[Sequence[CellValue]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("표 1")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_formula(len(rows), 0, "=1/0", None, "#DIV/0!")
        sheet.merge_range(len(rows) + 1, 0, len(rows) + 1, 2, "2015", book.add_format({"num_format": "0.0%"}))
        sheet.set_row(1, None, None, {"hidden": True})
        book.add_worksheet("2016").write_row(0, 0, ["Region", 2015, 2016])
    return path


def read(path: Path, catalogue: Catalogue | None) -> str:
    """Read a file as the worker does and, with a catalogue, hold it against that; return how it ended."""
    try:
        limits = Limits(memory_bytes=1_000_000_000)
        sheets = _sheets(path, limits)
        if sheets and catalogue is not None:
            workbook = Workbook(path, tuple(sheets), "0" * 64)
            if importing.is_export(catalogue, workbook):
                importing.propose_export(catalogue, workbook)
            else:
                recipe = importing.plan(catalogue, workbook, Options())
                importing.propose_workbook(catalogue, workbook, recipe, Naming(create_missing=True))
    except CatalogueError:
        return "refused"
    except MemoryError:
        return "refused"
    except BaseException as error:
        return "refused" if type(error).__name__ == "PanicException" else traceback.format_exc()
    return "read"


def _sheets(path: Path, limits: Limits) -> list[Sheet]:
    container = package.container(path, limits)
    if container != "text":
        return worker.put_together(worker.told(path, container, limits))  # a process for every case would take hours
    if path.suffix not in TEXT_SUFFIXES or (table := delimited.read_table(path.read_bytes(), path.suffix)) is None:
        return []
    rows, texts = delimited.typed_rows(table.rows, lambda: None)
    return [Sheet(path.stem, rows, texts=texts)]


def serve(connection: Connection, catalogue: str) -> None:
    """Read one file after the other."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    opened = Catalogue.open(Path(catalogue))
    while True:
        path, proposed = connection.recv()
        connection.send(read(Path(path), opened if proposed else None))
        gc.collect()


class Reader:
    """A process that reads, started again when it dies."""

    def __init__(self, catalogue: Path) -> None:
        self._catalogue = catalogue
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, str(self._catalogue)), daemon=True)
        self._process.start()
        theirs.close()

    def read(self, path: Path, *, proposed: bool) -> str:
        """Return how reading a file ended."""
        self._connection.send((str(path), proposed))
        try:
            if self._connection.poll(LONGEST):
                return str(self._connection.recv())
            ended = f"not done after {LONGEST:g} s"
        except EOFError:
            ended = "died"
        self.stop()
        self._start()
        return ended

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()


def run(cases: int, first: int, finds: Path) -> Counter[str]:
    """Damage and read so many files; return how they ended and keep the finds."""
    ended: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        good = [(path, path.read_bytes()) for path in seeds(folder)]
        Catalogue.create(folder / "empty.clusters", sample=False).close()
        reader = Reader(folder / "empty.clusters")
        for seed in range(first, first + cases):
            source, data = good[seed % len(good)]
            case = folder / f"case{source.suffix}"
            case.write_bytes(mutated(seed, data))
            how = reader.read(case, proposed=seed // len(good) % PROPOSED_EVERY == 0)
            if how not in ("read", "refused", "died"):
                finds.mkdir(parents=True, exist_ok=True)
                (finds / f"{seed}-{source.name}").write_bytes(case.read_bytes())
                (finds / f"{seed}.txt").write_text(how)
                how = "finds"
            ended[how] += 1
        reader.stop()
    return ended


def main() -> int:
    """Run, and tell how the files ended; the exit code is 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--finds", type=Path, default=Path(tempfile.gettempdir()) / "cluster-atlas-finds")
    told = parser.parse_args()
    began = time.monotonic()
    ended = run(told.cases, told.first, told.finds)
    print(f"{told.cases:,} files in {time.monotonic() - began:.0f} s: {dict(ended)}; finds are in {told.finds}")
    return 1 if ended["finds"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
