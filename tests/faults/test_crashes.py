"""Whatever kills the program or fills the disk: the file opens, nothing is half written, nothing told is lost."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.catalogue import Catalogue
from storage.domain.changes import Change, ChangeSet, insert
from storage.domain.query import Query
from storage.domain.text import msg
from storage.errors import CatalogueError

resource = pytest.importorskip("resource", reason="limits as POSIX knows them")

ROOT = Path(__file__).resolve().parents[2]
PREAMBLE = """
import sys
from pathlib import Path
from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert, update
from storage.domain.text import msg
path = Path(sys.argv[1])
"""
# says "ready", then writes revision after revision, telling each that is done
WRITER = (
    PREAMBLE
    + """
catalogue = Catalogue.open(path)
print("ready", flush=True)
while True:
    changes = ChangeSet.of(insert("organisation", {"name": f"Firm {n}", "note": "x" * 50}) for n in range(300))
    print(catalogue.apply(changes, msg("Bulk")).id, flush=True)
"""
)
UNDOER = (
    PREAMBLE
    + """
catalogue = Catalogue.open(path)
print("ready", flush=True)
while True:
    print(catalogue.undo().id, flush=True)
    print(catalogue.redo().id, flush=True)
"""
)
MAKER = (
    PREAMBLE
    + """
print("ready", flush=True)
while True:
    path.unlink(missing_ok=True)
    Catalogue.create(path, sample=True).close()
    print(1, flush=True)
"""
)
HOLDER = (
    PREAMBLE
    + """
from storage.database.engine import Database
database = Database(path)
with database.write() as connection:
    print("ready", flush=True)
    sys.stdin.readline()
"""
)


def start(script: str, path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: "subprocess.Popen[str]") -> list[int]:
    """Kill it as a power cut would; return the revisions that it had told."""
    process.send_signal(signal.SIGKILL)
    told, _ = process.communicate()
    return [int(line) for line in told.splitlines()]


def write(catalogue: Catalogue, *changes: Change) -> int:
    return catalogue.apply(ChangeSet.of(changes), msg("Test")).id


@pytest.mark.parametrize("script", [WRITER, UNDOER], ids=["writing", "undoing"])
@pytest.mark.parametrize("moment", [0.05, 0.4, 0.9])
def test_a_killed_write_is_whole_or_not_there(catalogue: Catalogue, script: str, moment: float) -> None:
    write(catalogue, *(insert("organisation", {"name": f"Old {n}"}) for n in range(500)))
    catalogue.close()
    process = start(script, catalogue.path)
    time.sleep(moment)
    told = kill(process)
    again = Catalogue.open(catalogue.path)
    try:
        assert again.check() == []
        assert again.revision >= max(told, default=0)
    finally:
        again.close()


@pytest.mark.parametrize("moment", [0.02, 0.3])
def test_a_catalogue_killed_in_the_making_is_whole_or_not_there(tmp_path: Path, moment: float) -> None:
    path = tmp_path / "new.clusters"
    process = start(MAKER, path)
    time.sleep(moment)
    kill(process)
    if path.exists():
        made = Catalogue.open(path)
        assert (made.check(), made.revision) == ([], 1)
        made.close()


def test_what_a_crash_left_in_the_log_is_there_again(empty: Catalogue, tmp_path: Path) -> None:
    write(empty, insert("cluster", {"name": "A"}))
    crashed = tmp_path / "crashed.clusters"
    for ending in ("", "-wal"):
        shutil.copy(f"{empty.path}{ending}", f"{crashed}{ending}")
    again = Catalogue.open(crashed)
    assert (again.count(Query("cluster")), again.check()) == (1, [])
    again.close()


def test_a_file_copied_without_its_log_opens_as_it_was_before(empty: Catalogue, tmp_path: Path) -> None:
    write(empty, insert("cluster", {"name": "A"}))
    copy = tmp_path / "copy.clusters"
    shutil.copy(empty.path, copy)
    again = Catalogue.open(copy)
    assert (again.count(Query("cluster")), again.check()) == (0, [])
    again.close()


def test_a_copy_is_not_spoilt_by_the_log_of_the_file_it_replaces(empty: Catalogue, tmp_path: Path) -> None:
    target = tmp_path / "target.clusters"
    old = Catalogue.create(target, sample=True)
    log = Path(f"{target}-wal")
    write(old, insert("cluster", {"name": "Old"}))
    left = log.read_bytes()
    old.close()
    log.write_bytes(left)
    empty.save_copy(target)
    copy = Catalogue.open(target)
    assert (copy.count(Query("cluster")), copy.check()) == (0, [])
    copy.close()


def test_another_program_that_writes_is_told_and_nothing_is_lost(
    empty: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.engine.PATIENCE", 200)
    hurried = Catalogue.open(empty.path)
    process = start(HOLDER, empty.path)
    try:
        with pytest.raises(CatalogueError, match="being written by another program"):
            write(hurried, insert("cluster", {"name": "A"}))
        assert hurried.count(Query("cluster")) == 0  # reading goes on
    finally:
        process.communicate("\n")
    assert write(hurried, insert("cluster", {"name": "A"})) == 1
    hurried.close()


def test_two_programs_that_write_at_once_lose_nothing(empty: Catalogue) -> None:
    writer = (
        PREAMBLE
        + """
catalogue = Catalogue.open(path)
print("ready", flush=True)
for n in range(25):
    catalogue.apply(ChangeSet.of([insert("cluster", {"name": f"{sys.argv[0]}{n}"})]), msg("One"))
catalogue.close()
"""
    )
    processes = [start(writer, empty.path) for _ in range(2)]
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0]
    assert (empty.count(Query("cluster")), empty.revision, empty.check()) == (50, 50, [])


@pytest.fixture
def small_disk() -> Iterator[Callable[[int], None]]:
    """Let this process write no file beyond a size, as a full disk would."""
    before, signalled = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def limit(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, signalled)


def test_a_full_disk_is_told_and_nothing_is_half_written(
    catalogue: Catalogue, small_disk: Callable[[int], None]
) -> None:
    before = catalogue.checksum()
    small_disk(catalogue.path.stat().st_size + 100_000)
    with pytest.raises(CatalogueError, match="disk"):
        write(catalogue, *(insert("organisation", {"name": f"Firm {n}", "note": "x" * 500}) for n in range(20_000)))
    small_disk(2**40)
    assert (catalogue.checksum(), catalogue.check()) == (before, [])
    write(catalogue, insert("cluster", {"name": "A"}))


def test_a_copy_that_does_not_fit_is_told_and_leaves_nothing(
    catalogue: Catalogue, tmp_path: Path, small_disk: Callable[[int], None]
) -> None:
    target = tmp_path / "folder" / "copy.clusters"
    small_disk(catalogue.path.stat().st_size // 2)
    with pytest.raises(CatalogueError, match="disk"):
        catalogue.save_copy(target)
    assert list(target.parent.iterdir()) == []
