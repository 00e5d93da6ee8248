"""What refers to what in a package: relationship parts and the list of content types."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from storage.workbook import package
from storage.workbook.patching.archive import Package
from storage.workbook.patching.markup import attribute, root, tags, text_bytes

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_CONTENT_TYPES = "[Content_Types].xml"
_NEW_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Relation:
    """One reference of a part: its id, the last word of its type, and the part (blank for what lies outside)."""

    id: str
    kind: str
    target: str


def _relations_name(part: str) -> str:
    folder, base = posixpath.split(part.replace("\\", "/"))
    return posixpath.join(folder, "_rels", f"{base}.rels")


def relations_of(held: Package, part: str) -> list[Relation]:
    """Return what a part refers to; "" is the package itself."""
    name = held.find(_relations_name(part))
    return [] if name is None else list(_read(held, part, held.xml(name)))


def _read(held: Package, part: str, xml: bytes) -> Iterator[Relation]:
    folder = posixpath.dirname(part.replace("\\", "/"))
    for tag in tags(xml):
        if tag.local != b"Relationship" or tag.closing:
            continue
        kind = (attribute(tag.text, b"Type") or "").rpartition("/")[2]
        target = (attribute(tag.text, b"Target") or "").replace("\\", "/")
        outside = attribute(tag.text, b"TargetMode") == "External"
        full = target if target.startswith("/") else posixpath.join(folder, target)
        yield Relation(attribute(tag.text, b"Id") or "", kind, "" if outside else held.find(full) or "")


def add_relation(held: Package, part: str, kind: str, target: str, *, strict: bool) -> str:
    """Have a part refer to another one; return the id."""
    name = held.find(_relations_name(part))
    xml = held.xml(name) if name else _NEW_RELATIONS
    used = {attribute(tag.text, b"Id") for tag in tags(xml) if tag.local == b"Relationship"}
    number = 1
    while f"rId{number}" in used:
        number += 1
    space = STRICT if strict else TRANSITIONAL
    entry = f'Relationship Id="rId{number}" Type="{space}/{kind}" Target="/{target}"/>'.encode()
    held.put(name or _relations_name(part), _inside(xml, entry))
    return f"rId{number}"


def drop_relations(held: Package, part: str, kind: str) -> None:
    """Take the references of a kind out, together with the parts that they lead to."""
    name = held.find(_relations_name(part))
    if name is None:
        return
    xml = held.xml(name)
    for relation in [found for found in _read(held, part, xml) if found.kind == kind and found.target]:
        xml = _without(xml, b"Id", relation.id)
        held.drop(relation.target)
        content_types = _content_types(held)
        types = _without(held.xml(content_types), b"PartName", "/" + relation.target.replace("\\", "/"))
        held.put(content_types, types)
    held.put(name, xml)


def _without(xml: bytes, key: bytes, value: str) -> bytes:
    for tag in tags(xml):
        if (attribute(tag.text, key) or "").lower() == value.lower():
            closing = b"</" + tag.name + b">"
            end = tag.end if tag.empty else xml.index(closing, tag.end) + len(closing)
            return xml[: tag.start] + xml[end:]
    return xml


def _content_types(held: Package) -> str:
    name = held.find(_CONTENT_TYPES)
    if name is None:
        raise package.broken(held.path)
    return name


def add_content_type(held: Package, part: str, content_type: str) -> None:
    """Say what a new part is."""
    name = _content_types(held)
    entry = b'Override PartName="/' + text_bytes(part) + b'" ContentType="' + content_type.encode() + b'"/>'
    held.put(name, _inside(held.xml(name), entry))


def _inside(xml: bytes, entry: bytes) -> bytes:
    """Return a part with one more element at its end, in the prefix of its root; `entry` begins with the name."""
    whole = root(xml)
    prefix = whole.tag.name.rpartition(b":")[0]
    opening = b"<" + prefix + b":" if prefix else b"<"
    if whole.tag.empty:
        return xml[: whole.end - 2] + b">" + opening + entry + b"</" + whole.tag.name + b">" + xml[whole.end :]
    return xml[: whole.inner_end] + opening + entry + xml[whole.inner_end :]
