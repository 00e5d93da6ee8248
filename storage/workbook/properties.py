"""What a package says of itself apart from its sheets: custom properties, and names that stand for a text."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

from storage.workbook import package

MOST_BYTES = 4_000_000  # of one part; what lies behind is not looked at
_PROPERTY = re.compile(
    r'<(?:\w+:)?property\b[^<>]*\bname="([^"]*)"[^<>]*>\s*<(?:\w+:)?lpwstr>([^<]*)</'
    r'|<meta:user-defined\b[^<>]*\bmeta:name="([^"]*)"[^<>]*>([^<]*)</'
)
_NAME = re.compile(r'<(?:\w+:)?definedName\b[^<>]*\bname="([^"]*)"[^<>]*>\s*(?:"|&quot;)([^<]*?)(?:"|&quot;)\s*</')
_ENDS = {"custom.xml": _PROPERTY, "meta.xml": _PROPERTY, "workbook.xml": _NAME}


def properties_of(path: Path) -> dict[str, str]:
    """Return custom properties and names of texts of a zipped workbook; raise WorkbookError for a damaged one."""
    found: dict[str, str] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                pattern = _ENDS.get(name.replace("\\", "/").lower().rpartition("/")[2])
                if pattern is not None:
                    found |= _pairs(pattern, _head(archive, name))
    except package.DAMAGE as error:
        raise package.broken(path) from error
    return found


def _head(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(MOST_BYTES).decode("utf-8", "replace")


def _pairs(pattern: re.Pattern[str], text: str) -> dict[str, str]:
    groups = ([html.unescape(group) for group in found if group] for found in pattern.findall(text))
    return {pair[0]: pair[1] for pair in groups if len(pair) == 2}
