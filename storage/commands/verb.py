"""What every headless command is made of: its place in the parser, and the catalogue that it works on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from storage.catalogue import Catalogue

Command = Callable[[argparse.Namespace], int]


def add_verb(verbs: Any, name: str, command: Command, about: str, *more: str) -> argparse.ArgumentParser:
    """Add a command that works on FILE, with further arguments by name."""
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=about, description=about)
    verb.add_argument("file", metavar="FILE", type=Path)
    for argument in more:
        verb.add_argument(argument.lower(), metavar=argument)
    verb.set_defaults(command=command)
    return verb


def with_catalogue(work: Callable[[Catalogue, argparse.Namespace], int]) -> Command:
    """Open FILE for a command and close it whatever happens."""

    def command(arguments: argparse.Namespace) -> int:
        catalogue = Catalogue.open(arguments.file)
        try:
            return work(catalogue, arguments)
        finally:
            catalogue.close()

    return command
