"""The package of a workbook: parts are read, some are replaced, all others are copied as they lie, unopened."""

from __future__ import annotations

import copy
import posixpath
import struct
import uuid
import zipfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from storage.domain.text import msg
from storage.errors import WorkbookError
from storage.workbook import package
from storage.workbook.marks import sheet_parts
from storage.workbook.package import DAMAGE, Limits
from storage.workbook.patching.markup import Unsound, sound_xml
from storage.workbook.writer import not_writable, refuse_open_file

_LOCAL_HEADER = struct.Struct("<4s22xHH")
LARGE_PART = 4_000_000  # bytes above which a part is packed fast rather than small
PIECE = 1 << 20


class Package:
    """The parts of one zipped workbook, by name."""

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        """Open a file after the checks that every workbook passes; raise WorkbookError."""
        self.path = path
        limits = limits or Limits()
        if package.container(path, limits) != "zip":
            raise not_patchable(path)
        package.check_package(path, limits)
        self.archive = zipfile.ZipFile(path)
        self._names = {_key(name): name for name in self.archive.namelist()}
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.archive.close()

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._names.values())

    def find(self, name: str) -> str | None:
        """Return a part's name as it is written in the package, None where there is no such part."""
        return self._names.get(_key(name))

    def read(self, name: str) -> bytes:
        """Return a part as it is now."""
        if name in self._changed:
            return self._changed[name]
        try:
            return self.archive.read(name)
        except DAMAGE as error:
            raise package.broken(self.path) from error

    def xml(self, name: str) -> bytes:
        """Return a part as sound XML; raise WorkbookError."""
        try:
            return sound_xml(self.read(name))
        except (Unsound, UnicodeDecodeError) as error:
            raise package.broken(self.path) from error

    def put(self, name: str, data: bytes) -> None:
        """Replace a part, or add one."""
        self._names.setdefault(_key(name), name)
        self._changed[name] = data

    def drop(self, name: str) -> None:
        """Leave a part out."""
        self._dropped.add(name)
        self._names.pop(_key(name), None)

    def free_name(self, pattern: str) -> str:
        """Return the first name that no part has; `{n}` is counted up from 1."""
        n = 1
        while self.find(pattern.format(n=n)):
            n += 1
        return pattern.format(n=n)

    def save(self, target: Path) -> None:
        """Write the package under another name, whole or not at all; raise WorkbookError."""
        self._refuse_own(target)
        refuse_open_file(target)
        unfinished = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.tmp")
        try:
            if target.exists():
                target.open("r+b").close()
            with zipfile.ZipFile(unfinished, "x", zipfile.ZIP_DEFLATED) as target_file:
                self._write(target_file)
            unfinished.replace(target)
        except OSError as error:
            raise not_writable(target) from error
        finally:
            unfinished.unlink(missing_ok=True)

    def _refuse_own(self, target: Path) -> None:
        if target.resolve() == self.path.resolve() or (target.exists() and target.samefile(self.path)):
            raise WorkbookError(
                msg("“{file}” is the workbook itself, which is never rewritten; choose another name.", file=target.name)
            )
        suffix = self.path.suffix.lower()  # what the package says of itself must fit the name
        if target.suffix.lower() != suffix:
            raise WorkbookError(msg("A copy of “{file}” must end in {suffix}.", file=self.path.name, suffix=suffix))

    def _write(self, target: zipfile.ZipFile) -> None:
        with self.path.open("rb") as source:
            for part in self.archive.infolist():
                if part.filename in self._dropped:
                    continue
                if part.filename in self._changed:
                    _pack(target, part.filename, self._changed[part.filename], part.date_time)
                else:
                    _copy_raw(target, part, source)
        there = set(self.archive.namelist())
        for name, data in self._changed.items():
            if name not in there:
                _pack(target, name, data, (1980, 1, 1, 0, 0, 0))


def _key(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/").lstrip("/")).lower()


def not_patchable(path: Path) -> WorkbookError:
    """Return the refusal of a file whose cells cannot be changed in place."""
    return package.refusal(
        path, msg("is no .xlsx or .xlsm workbook"), msg("save it as .xlsx in Excel or LibreOffice and try again")
    )


def _pack(target: zipfile.ZipFile, name: str, data: bytes, at: tuple[int, int, int, int, int, int]) -> None:
    entry = zipfile.ZipInfo(name, at)
    entry.external_attr = 0o600 << 16
    target.writestr(entry, data, zipfile.ZIP_DEFLATED, 1 if len(data) > LARGE_PART else 6)


def _copy_raw(target: zipfile.ZipFile, part: zipfile.ZipInfo, source: BinaryIO) -> None:
    """Copy a part with its bytes packed as they are."""
    source.seek(part.header_offset)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(source.read(_LOCAL_HEADER.size))
    if signature != b"PK\x03\x04" or target.fp is None:
        raise zipfile.BadZipFile(part.filename)
    source.seek(name_length + extra_length, 1)
    entry = copy.copy(part)
    entry.flag_bits &= ~0x08  # sizes stand in the header, not behind the data
    entry.extra = b""
    target.fp.seek(target.start_dir)
    entry.header_offset = target.fp.tell()
    target.fp.write(entry.FileHeader())
    left = part.compress_size
    while left > 0 and (piece := source.read(min(left, PIECE))):
        target.fp.write(piece)
        left -= len(piece)
    target.start_dir = target.fp.tell()
    target.filelist.append(entry)
    target.NameToInfo[entry.filename] = entry


def is_patchable(path: Path) -> bool:
    """Whether a file is a zipped workbook with sheets in XML, whatever its name says; raise WorkbookError."""
    if package.container(path, Limits()) != "zip":
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(sheet_parts(archive).values())
    except DAMAGE as error:
        raise package.broken(path) from error
