"""Prepares the environment that the program and its tests run in; needs nothing but the standard library.

In a clone, `main.py` and `python3 -m tests` come here when their interpreter lacks the dependencies. In this order, and
only what is not done yet:

1. Linux: load the system libraries that Qt needs, and look for a font with Korean. What is missing is named, and
   installed with apt-get as root; otherwise the line to run is printed and that is all.
2. Make `.venv` and install the packages of the lock there, each checked against its hash (with uv if there is one).
3. Leave stamps in `.venv`, so that the next start costs nothing.

    python3 resources/setup.py          what the program needs
    python3 resources/setup.py --dev    what its tests and checks need as well
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, NoReturn

if sys.version_info < (3, 11):
    sys.exit("Cluster Atlas needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info[:2]))

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LIBRARIES_STAMP = VENV / "system-libraries.stamp"
KOREAN_FONT = "a font with Korean"


class Need(NamedTuple):
    """A lock, and the modules that show that it is installed."""

    lock: str
    modules: tuple[str, ...]


APP = Need(
    "requirements.txt",
    (
        "PySide6",
        "sqlalchemy",
        "alembic",
        "openpyxl",
        "python_calamine",
        "xlsxwriter",
        "pyqtgraph",
        "numpy",
        "platformdirs",
        "rapidfuzz",
        "defusedxml",
        "polib",
        "charset_normalizer",
    ),
)
DEV = Need(
    "requirements-dev.txt",
    (*APP.modules, "pytest", "pytestqt", "hypothesis", "ruff", "mypy", "importlinter"),
)

# soname -> Debian package
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def is_needed(need: Need) -> bool:
    """Tell whether this is a clone whose interpreter lacks something; frozen and installed programs never are."""
    is_clone = not getattr(sys, "frozen", False) and (ROOT / need.lock).is_file()
    return is_clone and bool(missing_modules(need))


def missing_modules(need: Need) -> list[str]:
    """Name the modules of `need` that this interpreter does not find."""
    return [name for name in need.modules if find_spec(name) is None]


def hand_over(need: Need, command: list[str | Path]) -> NoReturn:
    """Prepare what `need` asks for and go on with `command` in that environment; ends the process."""
    prepare(need)
    sys.stdout.flush()
    line = [str(VENV_PYTHON), *map(str, command)]
    if os.name == "nt":
        sys.exit(subprocess.call(line))
    os.execv(line[0], line)


def prepare(need: Need) -> None:
    """Bring libraries and packages to what `need` asks for; ends the process with a sentence if that fails."""
    if sys.platform == "linux":
        _prepare_libraries()
    inside = Path(sys.prefix).resolve() == VENV
    if inside or not _is_stamped(need):
        _prepare_packages(need)
    if sys.platform == "linux":
        LIBRARIES_STAMP.write_text("\n".join(_wanted_libraries()), "utf-8")
    if inside and missing_modules(need):
        sys.exit(f"The environment in {VENV} is damaged: delete that folder and start again.")


# --- system libraries


def _prepare_libraries() -> None:
    wanted = _wanted_libraries()
    known = LIBRARIES_STAMP.read_text("utf-8").split("\n") if LIBRARIES_STAMP.is_file() else []
    if wanted.keys() <= set(known):
        return
    missing = missing_libraries(wanted)
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        _install_libraries(missing)
        missing = missing_libraries(wanted)
    if missing.keys() - {KOREAN_FONT}:  # a font the program brings itself
        sys.exit(explain(missing))


def _wanted_libraries() -> dict[str, str]:
    wanted = dict(QT_LIBRARIES)
    if os.environ.get("DISPLAY"):
        wanted |= X11_LIBRARIES
    if os.environ.get("WAYLAND_DISPLAY"):
        wanted |= WAYLAND_LIBRARIES
    return wanted


def missing_libraries(wanted: dict[str, str]) -> dict[str, str]:
    """Map what this system lacks, `wanted` or needed by the set-up itself, to the Debian packages that bring it."""
    missing = {soname: package for soname, package in wanted.items() if not _loads(soname)}
    if not _has_korean_font():
        missing[KOREAN_FONT] = "fonts-nanum"
    if find_spec("ensurepip") is None and shutil.which("uv") is None:
        missing["Python's ensurepip"] = f"python3.{sys.version_info.minor}-venv"
    return missing


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _has_korean_font() -> bool:
    if not _loads("libfontconfig.so.1"):
        return False
    fontconfig = ctypes.CDLL("libfontconfig.so.1")
    for name in ("FcInitLoadConfigAndFonts", "FcNameParse", "FcObjectSetCreate"):
        getattr(fontconfig, name).restype = ctypes.c_void_p
    fontconfig.FcFontList.argtypes = [ctypes.c_void_p] * 3
    fontconfig.FcFontList.restype = ctypes.POINTER(ctypes.c_int)  # the set begins with its count
    fonts = fontconfig.FcFontList(
        fontconfig.FcInitLoadConfigAndFonts(),  # the default one would not see what was installed since
        fontconfig.FcNameParse(b":lang=ko"),
        fontconfig.FcObjectSetCreate(),
    )
    return bool(fonts) and fonts[0] > 0


def explain(missing: dict[str, str]) -> str:
    """Say what is missing and what to run."""
    names = ", ".join(missing)
    if shutil.which("apt-get") is None:
        return f"This system lacks: {names}.\nInstall them with its package manager, then start again."
    packages = " ".join(sorted(set(missing.values())))
    line = f"sudo apt-get update && sudo apt-get install --no-install-recommends {packages}"
    return f"This system lacks: {names}.\nRun this line once, then start again:\n  {line}"


def _install_libraries(missing: dict[str, str]) -> None:
    packages = sorted(set(missing.values()))
    print(f"This system lacks: {', '.join(missing)}.\nInstalling with apt-get: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for line in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        if subprocess.run(["apt-get", "-qq", *line], env=environment, stdout=subprocess.DEVNULL).returncode:
            sys.exit(f"apt-get {line[0]} failed.\n{explain(missing)}")


# --- packages


def _is_stamped(need: Need) -> bool:
    # the lock of the tests holds every package of the program in the same version
    return VENV_PYTHON.exists() and any(
        _stamp(lock).is_file() and _stamp(lock).read_text("utf-8") == _digest(lock) for lock in (need.lock, DEV.lock)
    )


def _stamp(lock: str) -> Path:
    return VENV / f"{lock}.stamp"


def _digest(lock: str) -> str:
    python = "{}.{}".format(*sys.version_info[:2])
    return hashlib.sha256((ROOT / lock).read_bytes() + python.encode()).hexdigest()


def _prepare_packages(need: Need) -> None:
    print(f"Preparing {VENV} from {need.lock} (once, about 100 MB to fetch) ...", flush=True)
    if not (_install_with_uv(need) or _install_with_pip(need)):
        sys.exit(f"The packages of {need.lock} could not be installed; the lines above say why.")
    if subprocess.run([VENV_PYTHON, "-c", "import PySide6.QtWidgets"]).returncode:
        sys.exit("Qt was installed but does not start; the lines above say what it lacks.")
    _stamp(need.lock).write_text(_digest(need.lock), "utf-8")


def _install_with_uv(need: Need) -> bool:
    uv = shutil.which("uv")
    if uv is None or not _make_venv("import sys", [uv, "venv", "-q", "--python", sys.executable]):
        return False
    options = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / need.lock)]
    return _succeeds([uv, "pip", "install", "-q", "--python", VENV_PYTHON, *options])


def _install_with_pip(need: Need) -> bool:
    if not _make_venv("import pip, sys", [sys.executable, "-m", "venv"]):
        return False
    options = ["--require-hashes", "--only-binary", ":all:", "--disable-pip-version-check", "-r", str(ROOT / need.lock)]
    quiet = [] if sys.stdout.isatty() else ["-q"]
    return _succeeds([VENV_PYTHON, "-m", "pip", "install", *quiet, *options])


def _make_venv(imports: str, command: list[str]) -> bool:
    """Make `.venv` anew unless it can run `imports` under this version of Python."""
    code = f"{imports}; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    if VENV_PYTHON.exists() and not subprocess.run([VENV_PYTHON, "-c", code], stderr=subprocess.DEVNULL).returncode:
        return True
    if VENV.exists():
        shutil.rmtree(VENV)
    return _succeeds([*command, VENV])


def _succeeds(command: list[str | Path]) -> bool:
    return subprocess.run(command).returncode == 0


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--dev"]):
        print("usage: setup.py [--dev]", file=sys.stderr)
        sys.exit(2)
    prepare(DEV if sys.argv[1:] else APP)
    print(f"Ready: {VENV_PYTHON}")
