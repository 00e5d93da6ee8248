"""LibreOffice as the real counterpart: saves and renders the workbooks that the program writes."""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
LONGEST = 180  # seconds


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """A profile of this test run alone, since a running LibreOffice of the user's would take the call over."""
    return tempfile.TemporaryDirectory(prefix="office")


def saved_by_office(path: Path, suffix: str = "xlsx") -> Path:
    """Open a file in LibreOffice and save it, in a folder beside it, as another format or the same one."""
    folder = path.with_name("office")
    command = [str(SOFFICE), f"-env:UserInstallation={Path(_profile().name).as_uri()}", "--headless"]
    command += ["--convert-to", suffix, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)
    return (folder / path.name).with_suffix(f".{suffix}")
