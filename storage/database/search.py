"""Full-text search: one document per record, folded, found by any part of a word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, text

from storage.domain.folding import fold, has_hangul, light, romanise, spellings

TRIGRAM = 3  # a trigram index is silent about anything shorter
CHUNK = 500

ENTITY_DOCUMENT = """
    SELECT e.kind, e.id, e.name, coalesce(e.name_ko, ''), json_array(e.name, e.name_ko, e.code,
        json((SELECT json_group_array(a.name) FROM alias a WHERE a.entity_id = e.id)),
        json((SELECT json_group_array(s.name || ' ' || coalesce(s.name_ko, '')) FROM specialisation p
            JOIN sector s ON s.id = p.sector_id WHERE p.entity_id = e.id))),
        json_array(e.note, json((SELECT json_group_array(o.note) FROM observation o
            WHERE o.entity_id = e.id AND o.note IS NOT NULL)))
    FROM entity e WHERE e.id IN (SELECT value FROM json_each(:ids))"""
METRIC_DOCUMENT = """
    SELECT 'metric', m.id, m.name, coalesce(m.name_ko, ''), json_array(m.name, m.name_ko, m.code),
        json_array(m.definition) FROM metric m WHERE m.id IN (SELECT value FROM json_each(:ids))"""
SOURCE_DOCUMENT = """
    SELECT 'source', s.id, s.title, '', json_array(s.title, s.publisher, s.author),
        json_array(s.note, s.url, json((SELECT json_group_array(json_array(p.locator, p.quote, p.note))
            FROM passage p WHERE p.source_id = s.id)))
    FROM source s WHERE s.id IN (SELECT value FROM json_each(:ids))"""
DOCUMENTS = {"entity": ENTITY_DOCUMENT, "metric": METRIC_DOCUMENT, "source": SOURCE_DOCUMENT}

# Whose document a row belongs to when it is not its own, and by which column.
HANGING = {
    "alias": ("entity", "entity_id"), "specialisation": ("entity", "entity_id"),
    "observation": ("entity", "entity_id"), "passage": ("source", "source_id"),
}  # fmt: skip
OWN = {"entity": "entity", "metric": "metric", "source": "source"}
# Figures come by the million and most say nothing: only notes and what moves them count.
TOLD = {
    "observation": """AND (before LIKE '%"note"%' OR after LIKE '%"note"%'
                               OR action = 'update' AND after LIKE '%"entity_id"%')"""
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found by words."""

    kind: str
    id: int
    title: str
    title_ko: str
    detail: str


def install_search(connection: Connection) -> None:
    """Make the tables of the search index when they are missing."""
    connection.exec_driver_sql("""CREATE TABLE IF NOT EXISTS search_document (
        id INTEGER PRIMARY KEY, owner TEXT NOT NULL, kind TEXT NOT NULL, record_id INTEGER NOT NULL,
        title TEXT NOT NULL, title_ko TEXT NOT NULL, names TEXT NOT NULL, folded TEXT NOT NULL)""")
    connection.exec_driver_sql(
        "CREATE UNIQUE INDEX IF NOT EXISTS ix_search_record ON search_document (owner, record_id)"
    )
    connection.exec_driver_sql("CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(folded, tokenize='trigram')")


def rebuild_search(connection: Connection) -> None:
    """Make every document anew."""
    connection.exec_driver_sql("DELETE FROM search_words")
    connection.exec_driver_sql("DELETE FROM search_document")
    for owner in DOCUMENTS:
        ids = connection.execute(text(f"SELECT id FROM {owner}")).scalars().all()
        _write_documents(connection, owner, ids)


def refresh_search(connection: Connection, revision: int) -> None:
    """Make the documents anew that a revision touched."""
    touched: dict[str, set[int]] = {owner: set() for owner in DOCUMENTS}
    tables = connection.execute(text("SELECT tables FROM revision WHERE id = :r"), {"r": revision}).scalar_one()
    for table in tables.split(","):
        if table in HANGING:
            owner, column = HANGING[table]
            touched[owner].update(_hanging(connection, revision, table, column))
        elif table in OWN:
            own = "SELECT DISTINCT row_id FROM change WHERE revision_id = :r AND record_table = :t"
            touched[OWN[table]].update(connection.execute(text(own), {"r": revision, "t": table}).scalars())
        elif table == "sector":
            named = """SELECT DISTINCT p.entity_id FROM change c JOIN specialisation p ON p.sector_id = c.row_id
                       WHERE c.revision_id = :r AND c.record_table = 'sector'"""
            touched["entity"].update(connection.execute(text(named), {"r": revision}).scalars())
    for owner, ids in touched.items():
        _drop_documents(connection, owner, sorted(ids))
        _write_documents(connection, owner, sorted(ids))


def _hanging(connection: Connection, revision: int, table: str, column: str) -> Sequence[int]:
    """Return the records on which the rows of a table hang that a revision wrote, before it and after it."""
    sql = f"""
        WITH mine AS MATERIALIZED (SELECT row_id, before, after FROM change
            WHERE revision_id = :r AND record_table = :t {TOLD.get(table, "")})
        SELECT json_extract(after, '$.{column}') AS owner FROM mine WHERE owner IS NOT NULL
        UNION SELECT json_extract(before, '$.{column}') AS owner FROM mine WHERE owner IS NOT NULL
        UNION SELECT x.{column} FROM mine JOIN "{table}" x ON x.id = mine.row_id"""
    return connection.execute(text(sql), {"r": revision, "t": table}).scalars().all()


def _drop_documents(connection: Connection, owner: str, ids: Sequence[int]) -> None:
    where = "owner = :owner AND record_id IN (SELECT value FROM json_each(:ids))"
    values = {"owner": owner, "ids": json.dumps(list(ids))}
    connection.execute(
        text(f"DELETE FROM search_words WHERE rowid IN (SELECT id FROM search_document WHERE {where})"), values
    )
    connection.execute(text(f"DELETE FROM search_document WHERE {where}"), values)


def _write_documents(connection: Connection, owner: str, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), CHUNK):
        found = connection.execute(text(DOCUMENTS[owner]), {"ids": json.dumps(list(ids[start : start + CHUNK]))}).all()
        if not found:
            continue
        last = connection.execute(text("SELECT coalesce(max(id), 0) FROM search_document")).scalar_one()
        rows = [_document(last + n, owner, row) for n, row in enumerate(found, 1)]
        connection.execute(
            text("""INSERT INTO search_document (id, owner, kind, record_id, title, title_ko, names, folded)
                    VALUES (:id, :owner, :kind, :record, :title, :title_ko, :names, :folded)"""), rows,
        )  # fmt: skip
        connection.execute(text("INSERT INTO search_words (rowid, folded) VALUES (:id, :folded)"), rows)


def _document(id: int, owner: str, row: Any) -> dict[str, object]:
    kind, record, title, title_ko, names, prose = row
    forms = [form for name in _flat(json.loads(names)) for form in spellings(name)]
    body = [form for words in _flat(json.loads(prose)) for form in dict.fromkeys((light(words), fold(words)))]
    return {
        "id": id, "owner": owner, "kind": kind, "record": record, "title": title, "title_ko": title_ko,
        "names": "\n".join(dict.fromkeys(forms)), "folded": "\n".join([*forms, *body]),
    }  # fmt: skip


def _flat(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        elif value:
            yield str(value)


def matching(words: str) -> tuple[str, dict[str, str]] | None:
    """Return an SQL condition on `search_document d` for all the words, and its values; None for no words."""
    conditions, values = [], {}
    for place, word in enumerate(light(words).split()):
        forms = [word, fold(word)]
        if has_hangul(word) and len(word) > 1:
            forms.append(fold(romanise(word)).replace(" ", ""))
        either = []
        for number, form in enumerate(dict.fromkeys(forms)):
            key = f"w{place}_{number}"
            either.append(_one_word(key, form))
            values[key] = f'"{form}"' if len(form) >= TRIGRAM else form
        conditions.append("(" + " OR ".join(either) + ")")
    return (" AND ".join(conditions), values) if conditions else None


def _one_word(key: str, form: str) -> str:
    if len(form) >= TRIGRAM:
        return f"d.id IN (SELECT rowid FROM search_words WHERE search_words MATCH :{key})"
    return f"instr(d.folded, :{key}) > 0"


def search(connection: Connection, words: str, limit: int, kinds: Sequence[str] = ()) -> list[Hit]:
    """Return the best records first: by name before by prose, whole before part, short before long."""
    wanted = matching(words)
    if wanted is None:
        return []
    condition, values = wanted
    kind = "AND d.kind IN (SELECT value FROM json_each(:kinds))" if kinds else ""
    query = fold(romanise(words)) if has_hangul(words) else fold(words)
    rows = connection.execute(
        text(f"""
        SELECT d.kind, d.record_id, d.title, d.title_ko, d.names FROM search_document d WHERE {condition} {kind}
        ORDER BY CASE WHEN lower(d.title) = :raw OR d.title_ko = :raw THEN 0
                WHEN instr(char(10) || d.names || char(10), char(10) || :query || char(10)) THEN 1
                WHEN instr(char(10) || d.names, char(10) || :query) THEN 2
                WHEN instr(' ' || replace(d.names, char(10), ' '), ' ' || :query) THEN 3
                WHEN instr(d.names, :query) THEN 4 ELSE 5 END,
            CASE d.kind WHEN 'cluster' THEN 0 WHEN 'organisation' THEN 1 WHEN 'region' THEN 2 WHEN 'metric' THEN 3
                ELSE 4 END, length(d.title), d.title
        LIMIT :limit"""),
        values | {"raw": words.strip().lower(), "query": query, "limit": limit, "kinds": json.dumps(list(kinds))},
    ).all()
    hits = [Hit(row[0], row[1], row[2], row[3], "") for row in rows]
    return _explained(connection, hits, query)


def _explained(connection: Connection, hits: list[Hit], query: str) -> list[Hit]:
    """Add the alias that was hit where the title does not show it."""
    hidden = [hit.id for hit in hits if not _shows(hit, query)]
    aliases = connection.execute(
        text("SELECT entity_id, name FROM alias WHERE entity_id IN (SELECT value FROM json_each(:ids)) ORDER BY id"),
        {"ids": json.dumps(hidden)},
    ).all()
    found = {owner: name for owner, name in reversed(aliases) if any(query in form for form in spellings(name))}
    entities = ("cluster", "organisation", "region")
    return [replace(h, detail=found[h.id]) if h.id in found and h.kind in entities else h for h in hits]


def _shows(hit: Hit, query: str) -> bool:
    return any(query in form for form in (*spellings(hit.title), *spellings(hit.title_ko)))
