"""What all tests share: no display needed, no traces in the user's folders, real files only where they are."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from storage.catalogue import Catalogue

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"

hypothesis.settings.register_profile("steady", deadline=None, database=None, derandomize=True)
hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def own_user_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests out of the user's own data, settings and logs."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("DATA", "CONFIG", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(tmp_path_factory.mktemp(kind.lower())))
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of the agencies' files; for tests that are marked `real_files`."""
    return SHARED_DATA


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue file with the sample, built once; to be copied, not opened."""
    path = tmp_path_factory.mktemp("sample") / "sample.clusters"
    Catalogue.create(path, sample=True).close()
    return path


@pytest.fixture
def catalogue(sample_file: Path, tmp_path: Path) -> Iterator[Catalogue]:
    """The sample catalogue, to be changed at will."""
    path = tmp_path / "copy.clusters"
    shutil.copy(sample_file, path)
    catalogue = Catalogue.open(path)
    yield catalogue
    catalogue.close()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty catalogue file, built once; to be copied, not opened."""
    path = tmp_path_factory.mktemp("empty") / "empty.clusters"
    Catalogue.create(path, sample=False).close()
    return path


@pytest.fixture
def empty(empty_file: Path, tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue without a record, to be changed at will."""
    path = tmp_path / "empty.clusters"
    shutil.copy(empty_file, path)
    catalogue = Catalogue.open(path)
    yield catalogue
    catalogue.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that read the agencies' files where these are missing."""
    left_out = [] if SHARED_DATA.is_dir() else [item for item in items if item.get_closest_marker("real_files")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
    config.stash[LEFT_OUT] = len(left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say why tests were left out."""
    count = config.stash.get(LEFT_OUT, 0)
    if count:
        terminalreporter.write_line(f"{count} tests marked real_files left out: ../shared/data is not there.")


LEFT_OUT = pytest.StashKey[int]()
