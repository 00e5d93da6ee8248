"""What a page asks of the catalogue, and the answer that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from storage.catalogue import Catalogue
from storage.domain.fields import Field, RecordKind
from storage.domain.query import Order, Query
from storage.domain.view import SavedView
from ui.language import current_code, tr
from ui.models.filters import Narrowing, narrowing_of
from ui.models.records import Ids
from ui.widgets.facet_popup import FacetValue

SIGNS = {False: "▴", True: "▾"}


@dataclass(frozen=True, slots=True)
class Question:
    """Filters, words and order over one kind of record, and the columns that show the answer (none: the usual ones)."""

    kind: str
    narrowing: Narrowing = field(default_factory=lambda: Narrowing({}))
    words: str = ""
    order: tuple[Order, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def query(self) -> Query:
        """The question as the catalogue takes it."""
        return Query(self.kind, order=self.order, text=self.words).narrowed(*self.narrowing.conditions())

    def query_for_facets(self, key: str) -> Query:
        """Return the question whose answer holds all values of one field that may be chosen."""
        return Query(self.kind, text=self.words).narrowed(*self.narrowing.conditions(without=key))

    @property
    def narrowed(self) -> bool:
        """Whether it asks for less than all."""
        return self.narrowing.active or bool(self.words)

    def sorted_by(self, key: str, *, add: bool) -> Question:
        """Return the question sorted by a field: up, then down, then not at all; `add` keeps the other fields."""
        now = next((order for order in self.order if order.field == key), None)
        others = tuple(order for order in self.order if order.field != key)
        wanted = Order(key) if now is None else None if now.down else Order(key, down=True)
        if not add:
            return replace(self, order=() if wanted is None else (wanted,))
        if wanted is None:
            return replace(self, order=others)
        return replace(
            self, order=tuple(wanted if o.field == key else o for o in self.order) if now else (*others, wanted)
        )

    def sort_marks(self, keys: Sequence[str]) -> dict[int, str]:
        """Return the sign of each sorted column, numbered where several are."""
        places = {key: place for place, key in enumerate(keys)}
        several = len(self.order) > 1
        return {
            places[order.field]: SIGNS[order.down] + (str(number) if several else "")
            for number, order in enumerate(self.order, 1)
            if order.field in places
        }

    def as_view(self, columns: tuple[str, ...]) -> SavedView:
        """Return the question as it is kept under a name."""
        return SavedView(self.query, columns)

    @staticmethod
    def of_view(view: SavedView) -> Question:
        """Return the question that was kept under a name."""
        query = view.query
        return Question(query.kind, narrowing_of(query), query.text, query.order, view.columns)


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids that a question finds, of how many, and the fields that there are."""

    question: Question
    fields: tuple[Field, ...]
    ids: Ids
    total: int


def answer(catalogue: Catalogue, question: Question) -> Answer:
    """Ask the catalogue; runs on any thread."""
    ids = catalogue.ids(in_language(question.query, catalogue.kinds[question.kind]))
    total = catalogue.count(Query(question.kind)) if question.narrowed else len(ids)
    return Answer(question, catalogue.fields(question.kind), ids, total)


def in_language(query: Query, kind: RecordKind) -> Query:
    """Return the query with records sorted by the names that are shown: Korean ones, then those without one."""
    if current_code() != "ko" or all(field.key != "name_ko" for field in kind.fields):
        return query
    korean = ((Order("name_ko", order.down), order) if order.field == "name" else (order,) for order in query.order)
    return replace(query, order=tuple(chain.from_iterable(korean)))


def facet_values(catalogue: Catalogue, question: Question, wanted: Field) -> tuple[FacetValue, ...]:
    """Return the values of a field that may be chosen, with their counts; runs on any thread."""
    facets = catalogue.facets(question.query_for_facets(wanted.key), wanted)
    korean = current_code() == "ko"
    return tuple(
        FacetValue(facet.value, facet.label_ko if korean and facet.label_ko else tr(facet.label), facet.count)
        for facet in facets
    )
