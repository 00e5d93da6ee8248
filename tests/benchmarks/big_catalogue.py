"""A catalogue of the size that tries the program: made by set-based SQL inside one revision, as bulk work must be.

Run as a script to look around in one: python -m tests.benchmarks.big_catalogue FILE [ORGANISATIONS [FIGURES]]
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import Connection, text

from storage.catalogue import Catalogue
from storage.database import journal
from storage.database.documents import refresh_search
from storage.database.engine import Database
from storage.domain.text import msg

METRICS, SECTORS, REGIONS, CLUSTERS, SOURCES, YEARS = 20, 50, 250, 400, 40, 25
SYLLABLES = [
    "한",
    "국",
    "서",
    "울",
    "시",
    "화",
    "판",
    "교",
    "대",
    "덕",
    "전",
    "자",
    "기",
    "계",
    "소",
    "재",
    "정",
    "밀",
    "테",
    "크",
]
LATIN = ["han", "guk", "seo", "ul", "si", "hwa", "pan", "gyo", "dae", "deok", "jeon", "ja", "gi", "gye", "so", "jae",
         "jeong", "mil", "te", "keu"]  # fmt: skip

# every number is a hash of the row's own, so that the same catalogue comes out each time
PICK = "((n * {factor} + {salt}) % 4294967291) % {among}"


def _pick(salt: int, among: int) -> str:
    return PICK.format(factor=2_654_435_761 % (salt * 1_000_003), salt=salt, among=among)


def _name(words: list[str], join: str) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    parts = [f"json_extract(json_array({listed}), '$[' || ({_pick(salt, len(words))}) || ']')" for salt in (7, 77, 777)]
    return f" || '{join}' || ".join(parts)


ENTITIES = """
    INSERT INTO entity (id, kind, name, name_ko, code, latitude, longitude, note)
    WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {amount})
    SELECT n + {above}, '{kind}', {latin} || ' {word} ' || n, {korean} || n, '{kind}-' || n,
        33 + n % 500 / 100.0, 126 + n % 300 / 100.0, CASE WHEN n % 10 = 0 THEN 'founded by a university in ' || n END
    FROM c"""
PARTS = {
    "region": "INSERT INTO region (id, level) SELECT id, 'municipality' FROM entity WHERE kind = 'region'",
    "cluster": """INSERT INTO cluster (id, type, status) SELECT id, CASE id % 3 WHEN 0 THEN 'techno valley'
                  WHEN 1 THEN 'science park' END, 'operating' FROM entity WHERE kind = 'cluster'""",
    "organisation": """INSERT INTO organisation (id, type, helix, since, since_start, since_end)
                       SELECT id, CASE id % 4 WHEN 0 THEN 'firm' WHEN 1 THEN 'university' WHEN 2 THEN 'institute' END,
                       CASE WHEN id % 2 THEN 'industry' END, y, y || '-01-01', (y + 1) || '-01-01'
                       FROM (SELECT id, 1960 + id % 60 AS y FROM entity WHERE kind = 'organisation')""",
}
COUNTED = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {amount}) "
SMALL = (
    ("INSERT INTO unit (id, code, name) " + COUNTED + "SELECT n, 'u' || n, 'Unit ' || n FROM c", 5),
    ("INSERT INTO metric (id, name, name_ko, unit_id) " + COUNTED
     + "SELECT n, 'Metric ' || n, '지표 ' || n, 1 + n % 5 FROM c", METRICS),
    ("INSERT INTO sector (id, classification, code, name) " + COUNTED
     + "SELECT n, 'KSIC', 'C' || n, 'Industry ' || n FROM c", SECTORS),
    ("INSERT INTO source (id, title, publisher) " + COUNTED
     + "SELECT n, 'Yearbook ' || n, 'Agency ' || n % 7 FROM c", SOURCES),
    ("INSERT INTO passage (id, source_id, locator) " + COUNTED
     + f"SELECT n, 1 + n % {SOURCES}, 'page ' || n FROM c", SOURCES * 5),
)  # fmt: skip
LINKS = (
    f"""INSERT INTO relation (subject_id, type, object_id)
        SELECT n, 'located in', 1 + {_pick(3, REGIONS)} FROM (SELECT id AS n FROM entity WHERE id > {REGIONS})""",
    f"""INSERT INTO specialisation (entity_id, sector_id)
        SELECT n, 1 + {_pick(5, SECTORS)} FROM (SELECT id AS n FROM entity WHERE kind <> 'region')""",
    """INSERT INTO alias (entity_id, name, language)
       SELECT id, 'also called ' || code, 'en' FROM entity WHERE kind = 'organisation' AND id % 5 = 0""",
)
# one figure in fifty contests another one: same key, another passage
FIGURES = """
    INSERT INTO observation
        (entity_id, metric_id, period, period_start, period_end, value, status, preferred, passage_id)
    WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < {amount} - 1),
    k AS (SELECT n, CASE WHEN n % 50 = 49 THEN n - 1 ELSE n END AS m FROM c),
    f AS (SELECT n, m % {entities} AS e, m / {entities} AS rest, n <> m AS rival FROM k)
    SELECT 1 + e, 1 + rest % {metrics}, y, y || '-01-01', (y + 1) || '-01-01', {value} / 10.0,
        CASE WHEN n % 20 = 0 THEN 'E' ELSE 'A' END, 0, 1 + n % 100 + 100 * rival
    FROM (SELECT *, 2000 + (rest / {metrics} + e) % {years} AS y FROM f)"""


def build(path: Path, organisations: int = 100_000, figures: int = 1_000_000) -> None:
    """Make the catalogue file: the entities as one revision, the figures as the next."""
    Catalogue.create(path, sample=False).close()
    database = Database(path)
    with database.write() as connection:
        number = journal.open_revision(connection, msg("Import the records"), "import")
        _records(connection, organisations)
        _close(connection, number)
    with database.write() as connection:
        number = journal.open_revision(connection, msg("Import the figures"), "import")
        entities = REGIONS + CLUSTERS + organisations
        values = {"amount": figures, "entities": entities, "metrics": METRICS, "years": YEARS}
        connection.execute(text(FIGURES.format(value=_pick(11, 100_000), **values)))
        _close(connection, number)
    database.close()


def _records(connection: Connection, organisations: int) -> None:
    for statement, amount in SMALL:
        connection.execute(text(statement.format(amount=amount)))
    above = 0
    for kind, amount in (("region", REGIONS), ("cluster", CLUSTERS), ("organisation", organisations)):
        names = {"latin": _name(LATIN, ""), "korean": _name(SYLLABLES, ""), "word": kind.title()}
        connection.execute(text(ENTITIES.format(amount=amount, above=above, kind=kind, **names)))
        connection.execute(text(PARTS[kind]))
        above += amount
    for statement in LINKS:
        connection.execute(text(statement))


def _close(connection: Connection, number: int) -> None:
    journal.close_revision(connection, number)
    refresh_search(connection, number)


if __name__ == "__main__":
    build(Path(sys.argv[1]), *(int(amount) for amount in sys.argv[2:4]))
