"""`main.py template`: a workbook in which others fill in figures."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from storage.catalogue import Catalogue
from storage.commands.verb import add_verb, with_catalogue
from storage.domain.collection import Collection
from storage.domain.text import Text, msg
from storage.errors import InvalidInput
from storage.exchange.matching import plain
from storage.exchange.template import write_template
from storage.translations import LANGUAGES


def add_template(verbs: Any) -> None:
    """Add the command to the parser."""
    verb = add_verb(verbs, "template", template, "write a workbook in which others fill in figures", "WORKBOOK")
    verb.add_argument("--cluster", metavar="NAME", action="append", default=[],
                      help="a cluster, organisation or region, a sheet for each (may be repeated)")  # fmt: skip
    verb.add_argument("--metric", metavar="NAME", action="append", default=[],
                      help="a metric; without --cluster a sheet for each (may be repeated)")  # fmt: skip
    verb.add_argument("--periods", metavar="P,P", required=True, help="the periods asked for, such as 2023,2024-Q2")
    verb.add_argument("--language", choices=LANGUAGES, default="en", help="the language of the workbook (en)")
    verb.add_argument("--contact", metavar="TEXT", default="", help="to whom the workbook goes back")
    verb.add_argument("--due", metavar="DATE", default="", help="by when")


@with_catalogue
def template(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Write a template for data collection."""
    if not arguments.cluster and not arguments.metric:
        raise InvalidInput(msg("Say for whom or for what figures are asked, by --cluster or --metric."))
    collection = Collection(
        _found(catalogue, "entity", arguments.cluster), _found(catalogue, "metric", arguments.metric),
        tuple(period.strip() for period in arguments.periods.split(",") if period.strip()),
        "record" if arguments.cluster else "metric", arguments.language, arguments.contact, arguments.due,
    )  # fmt: skip
    report = write_template(catalogue, Path(arguments.workbook), collection)
    print(f"Wrote {arguments.workbook}: figures asked for: {report.figures}, sheets: {report.sheets}.")
    for name in report.unasked:
        print(f"  {name}: nothing is asked, since the catalogue knows no such figures; name metrics to ask for them.")
    return 0


def _found(catalogue: Catalogue, role: str, names: Sequence[str]) -> tuple[int, ...]:
    """Return the records of these names; raise InvalidInput for a name that is none, or that of several."""
    known = catalogue.known_names(role) if names else []
    found = []
    for name in names:
        ids = [record.id for record in known if plain(name) in map(plain, (*record.names, record.code))]
        if len(ids) != 1:
            raise InvalidInput(_not_one(name, len(ids)))
        found.append(ids[0])
    return tuple(dict.fromkeys(found))


def _not_one(name: str, count: int) -> Text:
    if count:
        return msg("{count} records are called “{name}”; use a name that only one bears.", count=count, name=name)
    return msg("There is no “{name}” in the catalogue.", name=name)
