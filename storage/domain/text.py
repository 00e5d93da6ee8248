"""Sentences for people, kept as a template and its values so that the window can translate them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence; `str()` gives it in English."""

    template: str
    values: dict[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.template.format(**self.values) if self.values else self.template


def msg(template: str, **values: object) -> Text:
    """Mark a literal sentence for translation; `{name}` places take the values."""
    return Text(template, values)


def listed(texts: Iterable[Text]) -> Text:
    """Return the texts one after the other, parted by commas; each is translated by itself."""
    values: dict[str, object] = {f"text{place}": text for place, text in enumerate(texts)}
    return Text(", ".join(f"{{{name}}}" for name in values), values)
