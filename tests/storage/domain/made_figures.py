"""Series as the catalogue gives them, made by hand."""

import itertools

from storage.domain.fields import Ref
from storage.domain.periods import parse_period
from storage.domain.quantities import Quantity
from storage.domain.summary import Point, Series

PERSONS, FIRMS, WON, DOLLARS = (
    Ref(1, "persons", "명"), Ref(2, "firms", "개사"), Ref(3, "won", "원"), Ref(4, "dollars", "달러"),
)  # fmt: skip
WORKERS, COMPANIES, SALES = Ref(1, "Workers", "종사자 수"), Ref(2, "Firms", "기업 수"), Ref(3, "Sales", "매출액")
RECORDS = [Ref(1, "Pangyo", "판교"), Ref(2, "Daedeok", "대덕"), Ref(3, "Gumi", "구미"), Ref(4, "Changwon", "창원")]
LOOKS = {record.id: place for place, record in enumerate(RECORDS)}

_ids = itertools.count(1)


def point(period: str | None, value: float | None = None, **given: object) -> Point:
    """A figure of a period; bounds, precision and multiplier go into its quantity, the rest into the point."""
    parts = {name: given.pop(name) for name in ("low", "high", "precision", "multiplier") if name in given}
    known = value is not None or "low" in parts
    plain: dict[str, object] = {
        "text": "", "status": "A", "scenario": "actual", "measure": "level", "preferred": False, "competing": 0,
        "source": "Korea IT Times", "locator": "line 14", "quote": "nearly 70,000", "note": "",
    }  # fmt: skip
    return Point(
        observation=next(_ids),
        period=parse_period(period) if period else None,
        quantity=Quantity(value, **parts) if known else None,  # type: ignore[arg-type]
        **(plain | given),  # type: ignore[arg-type]
    )


def series(
    record: int, metric: Ref = WORKERS, unit: Ref | None = PERSONS, *, scope: str = "", **figures: object
) -> Series:
    """A series of a record by its place; `figures` are `y2010=5` and so on, or points by any name."""
    points = [
        value if isinstance(value, Point) else point(name.removeprefix("y"), value)  # type: ignore[arg-type]
        for name, value in figures.items()
    ]
    return Series(RECORDS[record], metric, unit, None, scope, tuple(points))
