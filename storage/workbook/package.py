"""Looks at a workbook file from outside, before any parser touches it."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from storage.domain.text import Text, msg
from storage.errors import WorkbookError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MANIFEST, _MANIFEST_BYTES = "META-INF/manifest.xml", 1_000_000  # of OpenDocument
_ESSENTIAL = ("workbook.xml", "workbook.xml.rels", "sharedstrings.xml", "content.xml", ".rels", "[content_types].xml")
DAMAGED = msg("is damaged or no workbook")
LEAST_MEMORY = 150_000_000
MEMORY_A_BYTE = 24  # a cell of one digit takes 14 bytes of XML and less than 300 of memory
BYTES_A_SECOND = 500_000  # packed; a tenth of what a machine that is not busy reads

# what the zip and XML parsers of the standard library raise on damaged bytes; NotImplementedError is a RuntimeError,
# an encoding that nobody knows a LookupError
DAMAGE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, expat.ExpatError),
    *(EOFError, OSError, RuntimeError, ValueError, LookupError),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may ask of the machine."""

    file_bytes: int = 500_000_000
    unpacked_bytes: int = 1_500_000_000
    ratio: int = 300
    parts: int = 20_000
    cells: int = 40_000_000  # a million figures as we export them, 31 columns wide, and some more
    memory_bytes: int = 4_000_000_000
    seconds: float = 120.0

    def memory_for(self, unpacked: int) -> int:
        """Return how many bytes reading so many may take: a small file has no use for much."""
        return min(self.memory_bytes, LEAST_MEMORY + MEMORY_A_BYTE * unpacked)

    def seconds_for(self, file_bytes: int) -> float:
        """Return how long reading so large a file may take: a million figures on a busy machine need their time."""
        return self.seconds + file_bytes / BYTES_A_SECOND


def refusal(path: Path, cause: Text, remedy: Text) -> WorkbookError:
    """The one sentence that names file, cause and way out."""
    return WorkbookError(msg("{file} {cause}; {remedy}.", file=path.name, cause=cause, remedy=remedy))


def broken(path: Path, cause: Text = DAMAGED) -> WorkbookError:
    """The refusal of a file that is damaged beyond reading."""
    return refusal(path, cause, msg("open it in Excel or LibreOffice, save it as .xlsx and try again"))


def protected(path: Path) -> WorkbookError:
    """The refusal of an encrypted file."""
    return refusal(
        path, msg("is protected by a password"), msg("save it without a password in Excel or LibreOffice and try again")
    )


def container(path: Path, limits: Limits) -> str:
    """Tell "zip", "ole" or "text" from the first bytes; refuse what is absent, empty, huge or encrypted."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except FileNotFoundError as error:
        raise refusal(path, msg("was not found"), msg("check the folder and the name")) from error
    except OSError as error:
        raise refusal(
            path, msg("cannot be opened"), msg("close it in other programs and check that you may read it")
        ) from error
    if size == 0:
        raise refusal(path, msg("is empty"), msg("save it again from the program that it came from"))
    if size > limits.file_bytes:
        raise refusal(path, msg("is larger than {size} MB", size=limits.file_bytes // 10**6), msg("split it"))
    if head.startswith(b"PK"):
        return "zip"
    if head == _OLE:
        if _ENCRYPTED in path.read_bytes():
            raise protected(path)
        return "ole"
    return "text"


def check_package(path: Path, limits: Limits) -> None:
    """Refuse a zipped workbook that is a bomb, holds a part twice, has a DOCTYPE or malformed parts."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(path, parts, limits)
            _check_password(path, archive)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_part(path, archive, part)
    except DAMAGE as error:
        raise broken(path) from error


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [part.filename for part in parts]
    if len(names) != len(set(names)):
        raise broken(path, msg("holds a part twice"))
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    bomb = unpacked > 20_000_000 and unpacked / packed > limits.ratio
    if len(parts) > limits.parts or unpacked > limits.unpacked_bytes or bomb:
        raise refusal(
            path,
            msg("would unpack to {size} MB", size=unpacked // 10**6),
            msg("copy the table alone into a new workbook"),
        )


def _check_password(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse an OpenDocument whose manifest says that its parts are encrypted."""
    if _MANIFEST in archive.namelist():
        with archive.open(_MANIFEST) as file:
            if b"encryption-data" in file.read(_MANIFEST_BYTES):
                raise protected(path)


def _check_part(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """The whole of an essential part and the head of any other must be sound XML without DOCTYPE."""
    name = part.filename.lower().replace("\\", "/")
    whole = name.rpartition("/")[2] in _ESSENTIAL and part.file_size < 4_000_000
    with archive.open(part) as file:
        head = file.read() if whole else file.read(65_536)
    plain = head.replace(b"\0", b"")[:65_536].lower()
    if b"<!doctype" in plain or b"<!entity" in plain:
        raise refusal(
            path,
            msg("holds a document type that a workbook never needs"),
            msg("do not trust it, or save it as .xlsx again"),
        )
    if whole or "/worksheets/" in name:
        try:
            expat.ParserCreate().Parse(head, whole or part.file_size <= len(head))
        except (expat.ExpatError, LookupError) as error:
            raise broken(path, msg("holds a damaged part, {part}", part=part.filename)) from error


def unpacked_bytes(path: Path, container: str) -> int:
    """Return how large the content of a file says it is; what is not zipped counts as it lies there."""
    if container != "zip":
        return path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist())


def utf16_parts(path: Path) -> bool:
    """Whether the parts are written in UTF-16, which the fast reader does not know."""
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if part.filename.lower().endswith("workbook.xml"):
                with archive.open(part) as file:
                    return file.read(2) in (b"\xfe\xff", b"\xff\xfe")
    return False
