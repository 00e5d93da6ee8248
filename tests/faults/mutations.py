"""Damage to files, by chance that a number repeats: to their bytes, and to what their bytes mean."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes], bytes]

_TAG = re.compile(rb"<[^<>]{1,400}>")
_ATTRIBUTE = re.compile(rb'(\s[\w:]+=")([^"<>]{0,200})(")')
_TEXT = re.compile(rb">([^<>]{1,200})<")
NASTY = (
    b"", b"-1", b"0", b"1", b"65536", b"4294967296", b"99999999999999999999", b"1e999", b"-0", b"NaN", b"A0", b"0A",
    b"XFD1048576", b"XFD1048577", b"A1:XFD1048576", b"ZZZZ1", b"s", b"e", b"inlineStr", b"str", b"d", b"true", b"#REF!",
    b"../../x", b"/xl/workbook.xml", b"\xff\xfe", "㈜서울".encode(), b"&#0;", b"&amp;", b"&x;", b"x" * 40_000,
    b"2015-13-45", b"59", b"60", b"2958466", b"-693594", b"=1/0", b"1904",
)  # fmt: skip


def _span(chance: random.Random, data: bytes, most: int = 64) -> tuple[int, int]:
    start = chance.randrange(max(1, len(data)))
    return start, min(len(data), start + chance.randrange(1, most))


def flipped(chance: random.Random, data: bytes) -> bytes:
    """Change some bytes."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40))):
        if found:
            found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def cut(chance: random.Random, data: bytes) -> bytes:
    """Keep the beginning."""
    return data[: chance.randrange(len(data) + 1)]


def without_span(chance: random.Random, data: bytes) -> bytes:
    """Take some bytes out."""
    start, end = _span(chance, data)
    return data[:start] + data[end:]


def doubled_span(chance: random.Random, data: bytes) -> bytes:
    """Repeat some bytes, a few times or many."""
    start, end = _span(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 3, 500)) + data[end:]


def nasty_span(chance: random.Random, data: bytes) -> bytes:
    """Put a value that readers dislike somewhere."""
    start, end = _span(chance, data, 12)
    return data[:start] + chance.choice(NASTY) + data[end:]


BYTES: tuple[Mutation, ...] = (flipped, cut, without_span, doubled_span, nasty_span)


def _replaced(chance: random.Random, xml: bytes, pattern: re.Pattern[bytes], group: int) -> bytes:
    for _ in range(chance.choice((1, 1, 3, 20))):
        found = list(pattern.finditer(xml))
        if not found:
            return xml
        hit = chance.choice(found)
        xml = xml[: hit.start(group)] + chance.choice(NASTY) + xml[hit.end(group) :]
    return xml


def other_attribute(chance: random.Random, xml: bytes) -> bytes:
    """Give an attribute another value."""
    return _replaced(chance, xml, _ATTRIBUTE, 2)


def other_text(chance: random.Random, xml: bytes) -> bytes:
    """Give an element another text."""
    return _replaced(chance, xml, _TEXT, 1)


def moved_tag(chance: random.Random, xml: bytes) -> bytes:
    """Take a tag out, repeat it, or put it elsewhere."""
    found = list(_TAG.finditer(xml))
    if not found:
        return xml
    hit, place = chance.choice(found), chance.choice(found).start()
    rest = xml[: hit.start()] + xml[hit.end() :]
    return chance.choice((rest, xml[:place] + hit[0] + xml[place:], rest[:place] + hit[0] + rest[place:]))


def repeated_tags(chance: random.Random, xml: bytes) -> bytes:
    """Repeat a run of tags."""
    found = list(_TAG.finditer(xml))
    if len(found) < 2:
        return xml
    first, last = sorted(chance.sample(range(len(found)), 2))
    run = xml[found[first].start() : found[last].end()]
    return xml[: found[last].end()] + run * chance.choice((1, 5)) + xml[found[last].end() :]


def with_doctype(chance: random.Random, xml: bytes) -> bytes:
    """Put a document type in front."""
    return b"<!DOCTYPE x [<!ENTITY x '" + chance.choice(NASTY) + b"'>]>" + xml.partition(b"?>")[2]


def in_utf16(_chance: random.Random, xml: bytes) -> bytes:
    """Write the part in another encoding."""
    return xml.decode("utf-8", "replace").replace("UTF-8", "UTF-16").encode("utf-16")


XML: tuple[Mutation, ...] = (
    other_attribute, other_attribute, other_text, moved_tag, repeated_tags, with_doctype, in_utf16, *BYTES,
)  # fmt: skip


def damaged_package(chance: random.Random, data: bytes) -> bytes:
    """Change, take away, empty, rename or exchange parts of a zipped file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.choice((1, 1, 2, 4))):
        name = chance.choice(sorted(parts))
        match chance.randrange(12):
            case 0:
                del parts[name]
            case 1:
                parts[name] = b""
            case 2:
                parts[chance.choice((name.upper(), name.replace("/", "\\"), f"x{name}"))] = parts.pop(name)
            case 3:
                other = chance.choice(sorted(parts))
                parts[name], parts[other] = parts[other], parts[name]
            case _:
                parts[name] = chance.choice(XML)(chance, parts[name])
        if not parts:
            break
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def mutated(seed: int, data: bytes) -> bytes:
    """Return the file with one damage; the same seed damages the same file alike."""
    chance = random.Random(seed)
    if zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.75:
        return damaged_package(chance, data)
    return chance.choice(BYTES)(chance, data)
