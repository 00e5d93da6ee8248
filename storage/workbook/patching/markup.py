"""Finds and changes tags in the bytes of an XML part, so that all that is not changed stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from xml.parsers import expat

from storage.workbook.streamed import escaped

_ASIDE = rb"!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>"
_BODY = rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*>"
_ATTRIBUTE = re.compile(rb"([^\s=<>\"'/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*\?>")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Unsound(ValueError):
    """The part is no XML that a workbook may hold."""


def sound_xml(data: bytes) -> bytes:
    """Return a part as well-formed XML in a superset of ASCII; raise Unsound otherwise, or where it has a DOCTYPE."""
    if data[:2] in UTF16_MARKS:
        declared = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        data = declared + _DECLARED.sub(b"", data.decode("utf-16").encode())
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unsound(str(error)) from error
    return data


def _refuse(*_declaration: object) -> None:
    raise Unsound("a document type")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a part: where it stands, and its bytes."""

    start: int
    end: int
    text: bytes

    @property
    def closing(self) -> bool:
        """Whether it ends an element."""
        return self.text.startswith(b"</")

    @property
    def empty(self) -> bool:
        """Whether it is an element by itself."""
        return self.text.endswith(b"/>")

    @property
    def name(self) -> bytes:
        """The name with its prefix."""
        return re.split(rb"[\s/>]", self.text[2 if self.closing else 1 :], maxsplit=1)[0]

    @property
    def local(self) -> bytes:
        """The name without its prefix."""
        return self.name.rpartition(b":")[2]


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a part: its first tag, and where it ends."""

    tag: Tag
    inner_end: int
    end: int

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.tag.start


@cache
def _pattern(names: tuple[bytes, ...]) -> re.Pattern[bytes]:
    wanted = b"|".join(map(re.escape, names)) if names else rb"[^\s/>!?]+"
    return re.compile(rb"<(?:" + _ASIDE + rb"|(/?(?:" + wanted + rb")(?=[\s/>])" + _BODY + rb"))", re.DOTALL)


@cache
def row_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Find the first tag of each row (`row`, its number in `first` where that comes first), and the rows' `end`."""
    first = rb"(?:\s+r=\"(?P<first>\d+)\")?"
    opening = rb"(?P<row>" + prefix + rb"row(?=[\s/>])" + first + _BODY + rb")"
    return re.compile(rb"<(?:" + opening + rb"|" + _ASIDE + rb"|(?P<end>/" + prefix + rb"sheetData\b))", re.DOTALL)


def tags(xml: bytes, *names: bytes, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """Yield the tags of these names (all without names), passing over comments and instructions."""
    for found in _pattern(names).finditer(xml, start, len(xml) if end is None else end):
        if found[1] is not None:
            yield Tag(found.start(), found.end(), found[0])


def root(xml: bytes) -> Element:
    """Return the element that holds all others."""
    first = next(tags(xml))
    if first.empty:
        return Element(first, first.end, first.end)
    closing = xml.rindex(b"</" + first.name)
    return Element(first, closing, len(xml))


def children(xml: bytes, parent: Element) -> Iterator[Element]:
    """Yield the elements that stand directly in another one."""
    return elements(xml, parent.tag.end, parent.inner_end)


def elements(xml: bytes, start: int, end: int) -> Iterator[Element]:
    """Yield the outermost elements of a stretch that begins and ends between elements."""
    opened: list[Tag] = []
    for tag in tags(xml, start=start, end=end):
        if tag.closing:
            first = opened.pop()
            if not opened:
                yield Element(first, tag.start, tag.end)
        elif not tag.empty:
            opened.append(tag)
        elif not opened:
            yield Element(tag, tag.end, tag.end)


def attribute(tag: bytes, name: bytes) -> str | None:
    """Return the value of an attribute with its references resolved, None where there is none."""
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == name:
            return _resolved(found[2] if found[2] is not None else found[3])
    return None


def local_attribute(tag: bytes, name: bytes) -> str | None:
    """Return the value of an attribute that bears some prefix."""
    for found in _ATTRIBUTE.finditer(tag):
        if found[1].endswith(b":" + name):
            return _resolved(found[2] if found[2] is not None else found[3])
    return None


_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"', b"apos": "'"}
_REFERENCE = re.compile(rb"&(#x[0-9a-fA-F]+|#[0-9]+|\w+);")


def _resolved(value: bytes) -> str:
    if b"&" not in value:
        return value.decode("utf-8", "replace")
    pieces = _REFERENCE.split(value)
    told = [_character(piece) if place % 2 else piece.decode("utf-8", "replace") for place, piece in enumerate(pieces)]
    return "".join(told)


def _character(reference: bytes) -> str:
    if not reference.startswith(b"#"):
        return _NAMED.get(reference, "\ufffd")
    digits = reference[1:]
    return chr(int(digits[1:], 16) if digits[:1] == b"x" else int(digits))


def with_attribute(tag: bytes, name: bytes, value: bytes | None) -> bytes:
    """Return a tag with an attribute set, or without it."""
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == name:
            if value is None:
                return tag[: found.start()].rstrip() + tag[found.end() :]
            return tag[: found.start()] + name + b'="' + value + b'"' + tag[found.end() :]
    if value is None:
        return tag
    end = -2 if tag.endswith(b"/>") else -1
    return tag[:end].rstrip() + b" " + name + b'="' + value + b'"' + tag[end:]


def text_bytes(text: str) -> bytes:
    """Return a text as it stands in an element or between double quotes, in any encoding that begins with ASCII."""
    return escaped(text).replace('"', "&quot;").encode("ascii", "xmlcharrefreplace")
