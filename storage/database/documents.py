"""The search index: a folded document for each record, and whatever may be typed as the beginning of its names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, text

from storage.domain.folding import HANGUL, light, one_spelling, spellings

CHUNK = 2_000
LONGEST = 60  # letters of a beginning; who types more is served by the full text

# the kinds in the order in which they are shown
SHOWN = ("cluster", "organisation", "region", "metric", "source")
# where in a name a beginning lies: at its front, at a further word, inside a Korean word
FRONT, WORD, INSIDE = range(3)

ENTITY_DOCUMENT = """
    SELECT e.kind, e.id, e.name, coalesce(e.name_ko, ''), json_array(e.name, e.name_ko, e.code,
        json((SELECT json_group_array(name) FROM (SELECT name FROM alias WHERE entity_id = e.id ORDER BY id)))),
        json_array(e.note,
            json((SELECT json_group_array(name) FROM (SELECT s.name || ' ' || coalesce(s.name_ko, '') AS name
                FROM specialisation p JOIN sector s ON s.id = p.sector_id WHERE p.entity_id = e.id ORDER BY p.id))),
            json((SELECT json_group_array(note) FROM (SELECT note FROM observation
                WHERE entity_id = e.id AND note IS NOT NULL ORDER BY id))))
    FROM entity e WHERE e.id IN (SELECT value FROM json_each(:ids)) ORDER BY e.id"""
METRIC_DOCUMENT = """
    SELECT 'metric', m.id, m.name, coalesce(m.name_ko, ''), json_array(m.name, m.name_ko, m.code),
        json_array(m.definition) FROM metric m WHERE m.id IN (SELECT value FROM json_each(:ids)) ORDER BY m.id"""
SOURCE_DOCUMENT = """
    SELECT 'source', s.id, s.title, '', json_array(s.title, s.publisher, s.author),
        json_array(s.note, s.url, json((SELECT json_group_array(json_array(locator, quote, note))
            FROM (SELECT * FROM passage WHERE source_id = s.id ORDER BY id))))
    FROM source s WHERE s.id IN (SELECT value FROM json_each(:ids)) ORDER BY s.id"""
DOCUMENTS = {"entity": ENTITY_DOCUMENT, "metric": METRIC_DOCUMENT, "source": SOURCE_DOCUMENT}

# Whose document a row belongs to when it is not its own, and by which column.
HANGING = {
    "alias": ("entity", "entity_id"), "specialisation": ("entity", "entity_id"),
    "observation": ("entity", "entity_id"), "passage": ("source", "source_id"),
}  # fmt: skip
# Figures come by the million and most say nothing: only notes and what moves them count.
TOLD = {
    "observation": """AND (before LIKE '%"note"%' OR after LIKE '%"note"%'
                           OR action = 'update' AND after LIKE '%"entity_id"%')"""
}


def install_search(connection: Connection) -> None:
    """Make the tables of the search index when they are missing."""
    for statement in (
        """CREATE TABLE IF NOT EXISTS search_document (
            id INTEGER PRIMARY KEY, owner TEXT NOT NULL, kind INTEGER NOT NULL, record_id INTEGER NOT NULL,
            title TEXT NOT NULL, title_ko TEXT NOT NULL, names TEXT NOT NULL, prose TEXT NOT NULL)""",
        "CREATE UNIQUE INDEX IF NOT EXISTS ix_search_record ON search_document (owner, record_id)",
        """CREATE TABLE IF NOT EXISTS search_start (kind INTEGER, place INTEGER, start TEXT, document INTEGER,
            PRIMARY KEY (kind, place, start, document)) WITHOUT ROWID""",
        """CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(
            names, prose, content='search_document', content_rowid='id', tokenize='trigram')""",
    ):
        connection.exec_driver_sql(statement)


def documents_complete(connection: Connection) -> bool:
    """Tell whether there is a document for each record."""
    return all(
        connection.execute(
            text(f"SELECT (SELECT count(*) FROM search_document WHERE owner = :o) = (SELECT count(*) FROM {owner})"),
            {"o": owner},
        ).scalar_one()
        for owner in DOCUMENTS
    )


def rebuild_search(connection: Connection) -> None:
    """Make every document anew."""
    connection.exec_driver_sql("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM search_start")
    connection.exec_driver_sql("DELETE FROM search_document")
    for owner in DOCUMENTS:
        ids = connection.execute(text(f"SELECT id FROM {owner} ORDER BY id")).scalars().all()
        _write_documents(connection, worded(connection, owner, ids))


def refresh_search(connection: Connection, revision: int) -> None:
    """Make the documents anew that a closed revision touched."""
    touched: dict[str, set[int]] = {owner: set() for owner in DOCUMENTS}
    tables = connection.execute(text("SELECT tables FROM revision WHERE id = :r"), {"r": revision}).scalar_one()
    for table in tables.split(","):
        if table in HANGING:
            owner, column = HANGING[table]
            touched[owner].update(_hanging(connection, revision, table, column))
        elif table in DOCUMENTS:
            own = "SELECT DISTINCT row_id FROM change WHERE revision_id = :r AND record_table = :t"
            touched[table].update(connection.execute(text(own), {"r": revision, "t": table}).scalars())
        elif table == "sector":
            named = """SELECT DISTINCT p.entity_id FROM change c JOIN specialisation p ON p.sector_id = c.row_id
                       WHERE c.revision_id = :r AND c.record_table = 'sector'"""
            touched["entity"].update(connection.execute(text(named), {"r": revision}).scalars())
    for owner, touched_ids in touched.items():
        ids = sorted(touched_ids)
        for begin in range(0, len(ids), CHUNK):
            _renew_documents(connection, owner, ids[begin : begin + CHUNK])


def _hanging(connection: Connection, revision: int, table: str, column: str) -> Sequence[int]:
    """Return the records on which the rows of a table hang that a revision wrote, before it and after it."""
    sql = f"""
        WITH mine AS MATERIALIZED (SELECT row_id, before, after FROM change
            WHERE revision_id = :r AND record_table = :t {TOLD.get(table, "")})
        SELECT json_extract(after, '$.{column}') AS owner FROM mine WHERE owner IS NOT NULL
        UNION SELECT json_extract(before, '$.{column}') AS owner FROM mine WHERE owner IS NOT NULL
        UNION SELECT x.{column} FROM mine JOIN "{table}" x ON x.id = mine.row_id"""
    return connection.execute(text(sql), {"r": revision, "t": table}).scalars().all()


def _renew_documents(connection: Connection, owner: str, ids: Sequence[int]) -> None:
    """Make the documents of some records anew; the beginnings of names are left alone where the names stand."""
    held = connection.execute(
        text("""SELECT record_id, id, kind, title, title_ko, names, prose FROM search_document
                WHERE owner = :o AND record_id IN (SELECT value FROM json_each(:ids))"""),
        {"o": owner, "ids": json.dumps(ids)},
    ).all()
    fresh = {document["record"]: document for document in worded(connection, owner, ids)}
    dropped, reworded = [], []
    for row in held:
        document = fresh.get(row.record_id)
        if document is None or (row.kind, row.names) != (document["kind"], document["names"]):
            dropped.append(row)
            continue
        del fresh[row.record_id]
        if (row.title, row.title_ko, row.prose) != (document["title"], document["title_ko"], document["prose"]):
            reworded.append(document | {"id": row.id, "old": row.prose})
    if reworded:
        _reword(connection, reworded)
    _drop_documents(connection, dropped)
    _write_documents(connection, fresh.values())


def _reword(connection: Connection, documents: Sequence[dict[str, Any]]) -> None:
    """Write titles and prose again where the names are what they were."""
    for sql, columns in (
        ("INSERT INTO search_words (search_words, rowid, names, prose) VALUES ('delete', ?, ?, ?)",
         ("id", "names", "old")),
        ("INSERT INTO search_words (rowid, names, prose) VALUES (?, ?, ?)", ("id", "names", "prose")),
        ("UPDATE search_document SET title = ?, title_ko = ?, prose = ? WHERE id = ?",
         ("title", "title_ko", "prose", "id")),
    ):  # fmt: skip
        connection.exec_driver_sql(sql, list(map(itemgetter(*columns), documents)))


def _drop_documents(connection: Connection, gone: Sequence[Any]) -> None:
    if not gone:
        return
    for sql, rows in (
        # the full text forgets a document only when it is told what it held
        ("INSERT INTO search_words (search_words, rowid, names, prose) VALUES ('delete', ?, ?, ?)",
         [(row.id, row.names, row.prose) for row in gone]),
        ("DELETE FROM search_start WHERE kind = ? AND place = ? AND start = ? AND document = ?",
         _starts((row.kind, row.id, row.names) for row in gone)),
        ("DELETE FROM search_document WHERE id = ?", [(row.id,) for row in gone]),
    ):  # fmt: skip
        if rows:  # a name of blanks and marks alone has no beginning
            connection.exec_driver_sql(sql, rows)


def _write_documents(connection: Connection, documents: Iterable[dict[str, Any]]) -> None:
    last = connection.execute(text("SELECT coalesce(max(id), 0) FROM search_document")).scalar_one()
    some: list[dict[str, Any]] = []
    for document in documents:
        last += 1
        some.append(document | {"id": last})
        if len(some) == CHUNK:
            _insert(connection, some)
            some = []
    if some:
        _insert(connection, some)


def _insert(connection: Connection, documents: Sequence[dict[str, Any]]) -> None:
    columns = ("id", "owner", "kind", "record", "title", "title_ko", "names", "prose")
    connection.exec_driver_sql(
        """INSERT INTO search_document (id, owner, kind, record_id, title, title_ko, names, prose)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""", list(map(itemgetter(*columns), documents)),
    )  # fmt: skip
    words = list(map(itemgetter("id", "names", "prose"), documents))
    connection.exec_driver_sql("INSERT INTO search_words (rowid, names, prose) VALUES (?, ?, ?)", words)
    starts = _starts((document["kind"], document["id"], document["names"]) for document in documents)
    if starts:  # names of signs alone begin with nothing
        connection.exec_driver_sql("INSERT INTO search_start VALUES (?, ?, ?, ?)", starts)


def _starts(documents: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str, int]]:
    """Return the rows (kind, place, start, document) of documents, in the order of their table."""
    return sorted(
        (kind, place, start, id) for kind, id, names in documents for start, place in starts_of(names).items()
    )


def worded(connection: Connection, owner: str, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield the document of each record that is there: its folded names and prose as the index keeps them."""
    for begin in range(0, len(ids), CHUNK):
        rows = connection.execute(text(DOCUMENTS[owner]), {"ids": json.dumps(ids[begin : begin + CHUNK])})
        for kind, record, title, title_ko, names, prose in rows:
            forms = [form for name in _flat(json.loads(names)) for form in spellings(name)]
            plain = [light(words) for words in _flat(json.loads(prose))]
            body = [f" {form}" for words in plain for form in (words, one_spelling(words)) if form]
            yield {
                "owner": owner, "kind": SHOWN.index(kind), "record": record, "title": title, "title_ko": title_ko,
                "names": "\n".join(dict.fromkeys(forms)), "prose": "\n".join(dict.fromkeys(body)),
            }  # fmt: skip


def starts_of(names: str) -> dict[str, int]:
    """Return everything that may be typed as the beginning of a name or of a part of it, with the best place.

    It depends on the folded names of the document alone, so that the same rows can be found again to be dropped.
    """
    found: dict[str, int] = {}
    for form in filter(None, names.split("\n")):
        words = form.split(" ")
        for number in range(len(words)):
            place = WORD if number else FRONT
            for rest in (" ".join(words[number:]), "".join(words[number:])):
                start = rest[:LONGEST]
                found[start] = min(found.get(start, place), place)
        for syllable in HANGUL.finditer(form, 1):
            found.setdefault(form[syllable.start() :][:LONGEST], INSIDE)
    return found


def _flat(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        elif value:
            yield str(value)
