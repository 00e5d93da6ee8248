"""What a field of a kind is in SQL: a column, a worked-out expression, a link, or a metric's latest figure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, FromClause, Select, func, select, text
from sqlalchemy.sql.elements import ColumnElement

from storage.database.kinds import DERIVED, KINDS, LINKS, Link
from storage.database.names import NAMES, name_table
from storage.database.tables import table, tables_of
from storage.domain.fields import Field, QuantityOf, Reference, References
from storage.domain.text import Text, msg
from storage.errors import InvalidInput

METRIC_KEY = "metric:"
UNIT_CODE = "unit_code"  # what a quantity is printed by: years stand without separators


def metric_of(key: str) -> int | None:
    """Return the metric whose latest figure a column shows, None for any other column."""
    number = key.removeprefix(METRIC_KEY)
    return int(number) if number != key and number.isdecimal() else None


FEW = 2_000  # entities of a kind up to which it is quicker to start from them than from the figures


def metric_fields(connection: Connection, kind: str) -> tuple[Field, ...]:
    """Return a field for every metric of which entities of the kind have level figures."""
    many = connection.execute(
        text("SELECT 1 FROM entity WHERE kind = :kind LIMIT 1 OFFSET :few"), {"kind": kind, "few": FEW}
    ).first()
    pairs = "observation o CROSS JOIN entity e" if many else "entity e CROSS JOIN observation o"
    rows = connection.execute(
        text(f"""SELECT m.id, m.name, coalesce(m.name_ko, ''), u.code, coalesce(u.name_ko, u.code)
                 FROM metric m LEFT JOIN unit u ON u.id = m.unit_id
                 WHERE EXISTS (SELECT 1 FROM {pairs} ON e.id = o.entity_id
                     WHERE o.metric_id = m.id AND e.kind = :kind AND o.measure = 'level' AND o.sector_id IS NULL)
                 ORDER BY m.id"""), {"kind": kind},
    ).all()  # fmt: skip
    return tuple(
        metric_field(id, _with_unit(name, unit), _with_unit(name_ko or name, unit_ko))
        for id, name, name_ko, unit, unit_ko in rows
    )


def _with_unit(name: str, unit: str | None) -> str:
    # "Firms (firms)" says nothing that "Firms" does not
    return name if not unit or unit.casefold() in name.casefold() else f"{name} ({unit})"


def metric_field(metric: int, label: str, label_ko: str) -> Field:
    """Return the field of an entity that shows its latest figure of a metric."""
    return Field(f"{METRIC_KEY}{metric}", Text(label), QuantityOf(), listed=False, editable=False, label_ko=label_ko)


def latest_figures(figure: FromClause) -> Select[Any]:
    """Select the level figures in such an order that the first one of an entity and metric is the one to show."""
    code = unit_code(figure.c.unit_id, figure.c.metric_id).label(UNIT_CODE)
    return (
        select(figure, code)
        .where(figure.c.measure == "level", figure.c.sector_id.is_(None))
        .order_by(
            (figure.c.scenario == "actual").desc(), figure.c.period_start.desc(), figure.c.preferred.desc(), figure.c.id
        )
    )


def unit_code(unit_id: ColumnElement[Any], metric_id: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the code of a figure's own unit, else of its metric's."""
    unit, metric = table("unit").alias("own_unit"), table("metric").alias("own_metric")
    by_metric = select(metric.c.unit_id).where(metric.c.id == metric_id).scalar_subquery()
    return select(unit.c.code).where(unit.c.id == func.coalesce(unit_id, by_metric)).scalar_subquery()


class Shape:
    """The tables of one kind and the SQL of each of its fields."""

    def __init__(self, kind: str) -> None:
        self.kind = KINDS[kind] if kind in KINDS else _unknown(kind)
        self.tables = tables_of(kind)
        root = self.tables[0]
        self.id: Column[Any] = root.c.id
        self.source: FromClause = root
        for part in self.tables[1:]:
            self.source = self.source.join(part, part.c.id == root.c.id)

    def field(self, key: str) -> Field:
        """Return the field of that key, metric columns included."""
        metric = metric_of(key)
        return self.kind.field(key) if metric is None else metric_field(metric, key, "")

    def column(self, name: str) -> ColumnElement[Any]:
        """Return the stored column or the worked-out expression of that name."""
        for part in self.tables:
            if name in part.c:
                return part.c[name]
        if name == UNIT_CODE:
            return unit_code(self.column("unit_id"), self.column("metric_id"))
        for derived in DERIVED.get(self.kind.key, ()):
            if derived.field.key == name:
                return derived.expression
        return _unknown_column(self.kind.key, name)

    def through(self, key: str) -> tuple[Column[Any], Column[Any]] | None:
        """Return the reference that leads to the table where a worked-out field simply lies, and its column there."""
        return next((derived.through for derived in DERIVED.get(self.kind.key, ()) if derived.field.key == key), None)

    def stored_columns(self, field: Field) -> tuple[str, ...]:
        """Return the columns to select for a field; links and figures are fetched apart."""
        if field.multiple or metric_of(field.key) is not None:
            return ()
        return (*field.columns, UNIT_CODE) if field.type.name == "quantity" else field.columns

    def link(self, key: str) -> Link:
        """Return the link table behind a field of several records."""
        return next(link for link in LINKS[self.kind.key] if link.field.key == key)

    def link_kind(self, field: Field) -> str:
        """Return the kind of record that a link leads to."""
        assert isinstance(field.type, References)
        return field.type.kind

    def comparable(self, key: str) -> ColumnElement[Any]:
        """Return what numbers and dates of a field are compared by."""
        metric = metric_of(key)
        if metric is not None:
            figure = table("observation").alias("figure")
            latest = latest_figures(figure).where(figure.c.entity_id == self.id, figure.c.metric_id == metric).limit(1)
            amount = latest.with_only_columns(figure.c.value * figure.c.multiplier)
            return amount.correlate(self.id.table).scalar_subquery()
        field = self.kind.field(key)
        if field.type.name == "quantity":
            return self.column(key) * self.column("multiplier")
        return self.column(f"{key}_start") if field.type.name == "period" else self.column(key)

    def sortable(self, key: str) -> ColumnElement[Any]:
        """Return what a field is sorted by: names for records, amounts for figures, letters without case."""
        field = self.field(key)
        if isinstance(field.type, Reference):
            return _name_of(field.type.kind, self.column(key))
        if field.multiple:
            link = self.link(key)
            name = _name_of(self.link_kind(field), link.target)
            first = select(func.min(name)).where(link.owner == self.id)
            return (first if link.only is None else first.where(link.only)).scalar_subquery()
        if field.type.name in ("words", "choice"):
            return func.nullif(self.column(key), "").collate("NOCASE")
        return self.comparable(key)


def _name_of(kind: str, id: ColumnElement[Any]) -> ColumnElement[Any]:
    key = name_table(kind)
    title = {"source": "title", "passage": "locator"}.get(key, "name")
    assert key in NAMES
    named = table(key).alias(f"named_{key}")
    return select(named.c[title].collate("NOCASE")).where(named.c.id == id).scalar_subquery()


def _unknown(kind: str) -> Any:
    raise InvalidInput(msg("There is no kind of record “{kind}”.", kind=kind))


def _unknown_column(kind: str, name: str) -> ColumnElement[Any]:
    raise InvalidInput(msg("A {kind} has no column “{column}”.", kind=kind, column=name))
