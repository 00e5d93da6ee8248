"""The set-up script, as far as it can be tried without a network and without changing the machine."""

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from resources import setup

ROOT = Path(__file__).resolve().parent.parent
NOTHING = setup.Need("requirements.txt", ("sys", "no_such_module"))

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux needs system libraries")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of the front door, with an environment that borrows the packages of this one and is stamped as ready."""
    for name in (setup.APP.lock, setup.DEV.lock):
        shutil.copy(ROOT / name, tmp_path)
    for folder in ("resources", "tests"):
        (tmp_path / folder).mkdir()
    for name in ("resources/__init__.py", "resources/setup.py", "tests/__init__.py", "tests/__main__.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    venv.create(tmp_path / ".venv")
    version = "python{}.{}".format(*sys.version_info[:2])
    packages = tmp_path / ".venv" / ("Lib" if sys.platform == "win32" else f"lib/{version}") / "site-packages"
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    (tmp_path / ".venv" / "requirements-dev.txt.stamp").write_text(setup._digest(setup.DEV.lock), "utf-8")
    (tmp_path / ".venv" / "system-libraries.stamp").write_text("\n".join(setup._wanted_libraries()), "utf-8")
    return tmp_path


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder where programs are found."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_what_is_missing_is_named() -> None:
    assert setup.missing_modules(NOTHING) == ["no_such_module"]


def test_a_clone_without_dependencies_needs_the_set_up() -> None:
    assert setup.is_needed(NOTHING)


def test_a_ready_environment_goes_on_at_once() -> None:
    assert not setup.is_needed(setup.DEV)


def test_a_frozen_program_never_sets_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert not setup.is_needed(NOTHING)


def test_an_installed_program_has_no_lock_and_never_sets_up() -> None:
    assert not setup.is_needed(NOTHING._replace(lock="no-such-lock.txt"))


def test_a_bare_interpreter_goes_on_in_the_stamped_environment(clone: Path) -> None:
    run = subprocess.run([sys.executable, "-S", "-m", "tests", "--version"], cwd=clone, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, f"pytest {pytest.__version__}\n")


@pytest.mark.parametrize(("more", "stamped"), [("", "True"), ("# another pin", "False")])
def test_the_stamp_holds_as_long_as_the_lock(clone: Path, more: str, stamped: str) -> None:
    with (clone / setup.DEV.lock).open("a", encoding="utf-8") as lock:
        lock.write(more)
    code = "from resources import setup; print(setup._is_stamped(setup.DEV))"
    assert subprocess.check_output([sys.executable, "-S", "-c", code], cwd=clone, text=True).strip() == stamped


@linux
def test_a_library_that_does_not_load_is_missing() -> None:
    assert setup.missing_libraries({"libnothing.so.9": "libnothing9"})["libnothing.so.9"] == "libnothing9"


@linux
def test_a_library_that_loads_is_not_missing() -> None:
    assert "libc.so.6" not in setup.missing_libraries({"libc.so.6": "libc6"})


@linux
def test_a_korean_font_is_seen_as_soon_as_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for fonts in (tmp_path, ROOT / "resources" / "fonts"):
        config = tmp_path / "fonts.conf"
        config.write_text(f"<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>", "utf-8")
        monkeypatch.setenv("FONTCONFIG_FILE", str(config))
        seen.append(setup.KOREAN_FONT not in setup.missing_libraries({}))
    assert seen == [False, True]


@linux
@pytest.mark.parametrize(
    ("variable", "soname"), [("DISPLAY", "libxcb-cursor.so.0"), ("WAYLAND_DISPLAY", "libwayland-client.so.0")]
)
def test_a_display_asks_for_its_own_libraries(variable: str, soname: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, ":0")
    assert soname in setup._wanted_libraries()


@linux
def test_without_a_display_its_libraries_are_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert "libxcb-cursor.so.0" not in setup._wanted_libraries()


def test_debian_users_get_the_line_to_run(programs: Path) -> None:
    shutil.copy(sys.executable, programs / ("apt-get.exe" if sys.platform == "win32" else "apt-get"))
    text = setup.explain({"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"})
    assert text.endswith("&& sudo apt-get install --no-install-recommends libegl1 libgl1")


@pytest.mark.usefixtures("programs")
def test_others_get_the_names_of_the_libraries() -> None:
    assert "libEGL.so.1, libGL.so.1" in setup.explain({"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"})
