"""The styles of a workbook: more of them are added at the end, those that there are keep their numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from storage.workbook.patching.markup import Element, Unsound, children, root, tags, with_attribute

MINIMAL = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    b'</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    b'<cellXfs count="1"><xf xfId="0"/></cellXfs></styleSheet>'
)
_RESERVED = {
    b"fonts": b'<font><sz val="11"/><name val="Calibri"/></font>',
    b"fills": b'<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    b"borders": b"<border/>",
    b"cellStyleXfs": b"<xf/>",
    b"cellXfs": b'<xf xfId="0"/>',
}
_ORDER = (b"numFmts", *_RESERVED)


@dataclass
class _Section:
    """One list of the part: where it ends, how many it holds, and what is added."""

    opening: bytes
    start: int
    end: int
    items: list[bytes]
    added: list[bytes] = field(default_factory=list)

    def add(self, item: bytes) -> int:
        """Return the number of an item that is added once."""
        if item not in self.added:
            self.added.append(item)
        return len(self.items) + self.added.index(item)


class StylesPart:
    """The XML of the styles; raises Unsound where it is none."""

    def __init__(self, xml: bytes) -> None:
        whole = root(xml)
        self.prefix = whole.tag.name[: -len(whole.tag.local)]
        self.xml = self._completed(xml)
        sections = _lists(self.xml)
        self._sections: dict[bytes, _Section] = {}
        for name in _RESERVED:
            held = sections[name]
            items = [self.xml[item.start : item.end] for item in children(self.xml, held)]
            self._sections[name] = _Section(held.tag.text, held.start, held.inner_end, items)

    def _completed(self, xml: bytes) -> bytes:
        """Return the part with the lists that it lacks."""
        there = _lists(xml)
        for place, name in enumerate(_RESERVED):
            held = there.get(name)
            if held is not None and not held.tag.empty:
                continue
            before = [there[known].end for known in _ORDER[: place + 1] if known in there]
            start = held.start if held else max(before, default=root(xml).tag.end)
            full = self.prefix + name
            content = b"<" + full + b">" + self._prefixed(_RESERVED[name]) + b"</" + full + b">"
            xml = xml[:start] + content + xml[held.end if held else start :]
            there = _lists(xml)
        return xml

    def _prefixed(self, xml: bytes) -> bytes:
        """Return elements in the prefix of this part."""
        pieces, done = [], 0
        for tag in tags(xml):
            slash = b"</" if tag.closing else b"<"
            pieces += [xml[done : tag.start], slash, self.prefix, tag.text[len(slash) :]]
            done = tag.end
        return b"".join(pieces) + xml[done:]

    def filled(self, style: int, colour: str) -> int:
        """Return the number of a style that is like another one, with a solid fill of a colour (RRGGBB)."""
        ink = f'<fgColor rgb="FF{colour}"/><bgColor indexed="64"/>'
        pattern = f'<fill><patternFill patternType="solid">{ink}</patternFill></fill>'
        fill = self._sections[b"fills"].add(self._prefixed(pattern.encode()))
        return self._derived(style, {b"fillId": str(fill).encode(), b"applyFill": b"1"})

    def made(self, *, font: bytes = b"", colour: str = "", wrapped: bool = True) -> int:
        """Return the number of a new style: what stands in its `<font>`, its fill, and whether lines are broken."""
        aligned = b'<alignment vertical="top"' + (b' wrapText="1"' if wrapped else b"") + b"/>"
        opening = b'<xf numFmtId="49" fontId="%d" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
        number = self._sections[b"fonts"].add(self._prefixed(b"<font>" + font + b"</font>")) if font else 0
        ending = b' applyFont="1" applyAlignment="1">' + aligned + b"</xf>"
        style = self._sections[b"cellXfs"].add(self._prefixed(opening % number + ending))
        return self.filled(style, colour) if colour else style

    def _derived(self, style: int, attributes: dict[bytes, bytes]) -> int:
        section = self._sections[b"cellXfs"]
        known = [*section.items, *section.added]
        if not known:
            raise Unsound("no styles")
        base = known[style] if style < len(known) else known[0]
        opening = next(tags(base))
        tag = opening.text
        for name, value in attributes.items():
            tag = with_attribute(tag, name, value)
        return section.add(tag + base[opening.end :])

    @property
    def changed(self) -> bool:
        """Whether anything was added."""
        return any(section.added for section in self._sections.values())

    def to_xml(self) -> bytes:
        """Return the part with what was added."""
        xml = self.xml
        for section in sorted(self._sections.values(), key=lambda held: held.start, reverse=True):
            if not section.added:
                continue
            count = str(len(section.items) + len(section.added)).encode()
            opening = with_attribute(section.opening, b"count", count)
            inner = xml[section.start + len(section.opening) : section.end] + b"".join(section.added)
            xml = xml[: section.start] + opening + inner + xml[section.end :]
        return xml


def _lists(xml: bytes) -> dict[bytes, Element]:
    return {element.tag.local: element for element in children(xml, root(xml))}
