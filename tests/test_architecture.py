"""The rules that hold the project together, read from its files."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import main
from resources import setup

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.txt", "requirements-dev.txt")
BARE_FILES = ("main.py", "resources/__init__.py", "resources/setup.py", "tests/__init__.py", "tests/__main__.py")
TOP_LEVEL = {"pyproject.toml", "main.py", "ui", "storage", "resources", "tests", "README.md", "CHANGELOG.md", "LICENSE"}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
# written so that the patterns do not find themselves
MACHINE = re.compile(
    r"p[y]pi\.org|pythonh[o]sted\.org|registry\.n[p]mjs|(deb|security)\.d[e]bian\.org"
    r"|(^|[^\w.-])/(w[o]rk|f[a]rm)/\w|/r[o]ot/|\.p[y]env/"
)
DISTRIBUTION = re.compile(r"[\w.-]+")


def tracked_files() -> list[str]:
    """The files of the project, as git knows them."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listing = subprocess.check_output(command, cwd=ROOT, text=True)
    return [name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def tracked_text() -> dict[str, str]:
    """The tracked files that are text."""
    contents = {name: (ROOT / name).read_bytes() for name in tracked_files()}
    return {name: content.decode("utf-8") for name, content in contents.items() if b"\0" not in content}


def imports_at_the_top(path: Path) -> set[str]:
    """The top-level packages that a file imports before anything runs."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def pins(lock: str) -> set[str]:
    """The `name==version ; marker` lines of a lock."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return {line.removesuffix("\\").strip() for line in lines if line[:1].isalnum()}


def test_imports_point_one_way() -> None:
    # in a process of its own, since the linter turns the logging of its own process upside down
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert not run.returncode, run.stdout + run.stderr


@pytest.mark.parametrize("name", ["main.py", "resources/setup.py"])
def test_the_front_door_needs_only_the_standard_library(name: str) -> None:
    assert imports_at_the_top(ROOT / name) - sys.stdlib_module_names <= {"resources"}


@pytest.mark.parametrize("name", BARE_FILES)
def test_interpreters_too_old_can_read_why(name: str) -> None:
    ast.parse((ROOT / name).read_text("utf-8"), feature_version=(3, 7))


def test_no_module_is_a_drawer() -> None:
    parts = {(Path(part).stem, name) for name in tracked_files() for part in Path(name).parts}
    assert not [name for stem, name in parts if stem in DRAWERS]


def test_the_top_level_is_closed() -> None:
    top = {Path(name).parts[0] for name in tracked_files()}
    assert not [name for name in top - TOP_LEVEL - set(LOCKS) if not name.startswith(".")]


def test_no_file_names_a_registry_or_this_machine() -> None:
    texts = tracked_text().items()
    assert not [f"{name}: {hit[0]}" for name, text in texts for hit in MACHINE.finditer(text)]


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_no_address(lock: str) -> None:
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links", (ROOT / lock).read_text("utf-8"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    requirements = re.split(r"\n(?=\w)", (ROOT / lock).read_text("utf-8").strip())
    assert not [text for text in requirements if "==" not in text or "--hash=sha256:" not in text]


def test_both_locks_agree() -> None:
    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_every_dependency_is_looked_for_before_the_start() -> None:
    module_names = {"pyside6_essentials": "pyside6", "pytest_qt": "pytestqt", "import_linter": "importlinter"}
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    names = [DISTRIBUTION.match(line)[0].lower().replace("-", "_") for line in wanted]
    assert {module_names.get(name, name) for name in names} == {name.lower() for name in setup.DEV.modules}


def test_every_dependency_is_explained_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    assert not [line for line in wanted if f"| {DISTRIBUTION.match(line)[0]} |" not in readme]


def test_one_version() -> None:
    assert PROJECT["project"]["version"] == main.VERSION
