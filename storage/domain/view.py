"""A question that was given a name: a Query and the columns that show its answer."""

from __future__ import annotations

import json
from dataclasses import dataclass

from storage.domain.query import Query


@dataclass(frozen=True, slots=True)
class SavedView:
    """What the `definition` of a `view` record holds."""

    query: Query
    columns: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the view as text."""
        return json.dumps(
            {"query": json.loads(self.query.to_json()), "columns": list(self.columns)}, ensure_ascii=False
        )

    @staticmethod
    def from_json(text: str) -> SavedView:
        """Return the view that `to_json` wrote."""
        data = json.loads(text)
        return SavedView(Query.from_json(json.dumps(data["query"])), tuple(data["columns"]))
