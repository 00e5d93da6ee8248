"""What is compared and how: chosen by the user, remembered as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from ui.charts.kinds import KINDS
from ui.charts.kinds.kind import ChartKind, Option


@dataclass(frozen=True, slots=True)
class Choice:
    """Blank means: what suits. `shape` is the id of a kind of chart, `first` and `last` are ISO days (half-open).

    `colours` gives each record its place among the colours, so that it keeps it when others go.
    """

    records: tuple[int, ...] = ()
    metrics: tuple[int, ...] = ()
    scenarios: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    shape: str = ""
    period: tuple[str, ...] = ()
    across: int = 0
    upright: int = 0
    colours: tuple[tuple[int, int], ...] = ()

    @property
    def looks(self) -> dict[int, int]:
        """The place of each record among the colours."""
        return dict(self.colours)

    @property
    def kind(self) -> ChartKind | None:
        """The chosen kind of chart, None for the one that suits."""
        return KINDS[self.shape] if self.shape else None

    @property
    def by_axes(self) -> bool:
        """Whether metrics are chosen for axes, and not for the whole chart."""
        return self.kind is not None and Option.AXES in self.kind.options

    def with_records(self, records: Sequence[int]) -> Choice:
        """Return the choice with these records; those that stay keep their colours, new ones take free ones."""
        wanted = tuple(dict.fromkeys(records))
        looks = {id: place for id, place in self.colours if id in wanted}
        for id in wanted:
            if id not in looks:
                looks[id] = next(n for n in range(len(wanted) + 1) if n not in looks.values())
        return replace(self, records=wanted, colours=tuple(looks.items()))

    def anew(self, records: Sequence[int]) -> Choice:
        """Return a choice of other records, with everything else as it suits them."""
        return Choice(scenarios=()).with_records(records)

    def to_data(self) -> dict[str, Any]:
        """Return JSON-ready data."""
        return asdict(self)

    @staticmethod
    def from_data(data: dict[str, Any]) -> Choice:
        """Return the choice that `to_data` wrote; what does not fit is left blank."""
        known = {field.name: _frozen(data[field.name]) for field in fields(Choice) if field.name in data}
        fitting = {name: value for name, value in known.items() if type(value) is type(getattr(Choice(), name))}
        choice = Choice(**fitting)
        sound = all(isinstance(id, int) for id in (*choice.records, *choice.metrics))
        if not sound or choice.shape not in ("", *KINDS):
            return Choice()
        return choice.with_records(choice.records)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, (list, tuple)) else value
