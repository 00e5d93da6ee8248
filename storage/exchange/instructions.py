"""The words of a template: who asks what, how to fill in and send back; the labels are found again on return."""

from __future__ import annotations

from collections.abc import Sequence

from storage.domain.collection import Collection
from storage.domain.quantities import number_text
from storage.domain.text import Text, msg
from storage.translations import translated
from storage.workbook.form import FACTOR, Limits, Line

INSTRUCTIONS = msg("Instructions")
FILLED_BY, ORGANISATION, FILLED_ON = msg("Filled in by"), msg("Organisation"), msg("Date of answer")
CONTACT, DUE, ASKED_FOR = msg("Contact"), msg("Send back by"), msg("Periods asked")
SHEET_HINT = msg("Fill in the tinted cells; leave blank what you do not know.")
HOW = (
    msg("Write your name and the date above, then go through the sheets one by one."),
    msg("Fill in the tinted cells only; all others are locked, so that every answer finds its place again."),
    msg("Write numbers as numbers, in the unit of the header or of the cell beside; choose another unit from the list "
        "if yours differs."),
    msg("Leave a cell blank where you have no figure: a blank changes nothing. Write 0 only where there was none."),
    msg("Choose the status where a figure is estimated or provisional, and write in the note what a reader must know."),
    msg("The last known figure stands beside each cell. A figure {factor} times as large or small turns orange: look "
        "again, and leave it if it is right.", factor=FACTOR),
    msg("Save the workbook under any name and send it back as it is; columns may be widened, rows filtered."),
)  # fmt: skip
LEGEND = (msg("A tinted cell"), msg("Please fill in."))
LOCKED = (msg("A plain cell"), msg("What is asked, or the last known figure; locked."))
WHAT = (msg("Metric"), msg("Definition"), msg("Unit"))


def hint(limits: Limits, unit: str, language: str) -> str:
    """Return in words what a figure can be, with its unit."""
    asked = msg("Unit: {unit}.", unit=unit) if unit and not (limits.whole or limits.high) else Text("")
    return " ".join(filter(None, (translated(text, language) for text in (allowed(limits, unit), asked))))


def allowed(limits: Limits, unit: str) -> Text:
    """Return what a figure can be."""
    low, high = (_shown(limit, limits) for limit in (limits.low, limits.high))
    if limits.whole and high:
        return msg("A whole number from {low} to {high}.", low=low, high=high)
    if limits.whole:
        return msg("A whole number of at least {low}.", low=low)
    if high:
        return msg("A number from {low} to {high}, in {unit}.", low=low, high=high, unit=unit)
    return msg("A number of at least {low}.", low=low) if low else msg("Any number.")


def _shown(limit: float | None, limits: Limits) -> str:
    if limit is None:
        return ""
    return f"{limit:.0f}" if limits.whole else number_text(limit)


def summed_up(names: Sequence[str], language: str) -> str:
    """Return what several sheets are about in a few words."""
    if len(names) < 2:
        return "".join(names)
    return translated(msg("{name} and {n} more", name=names[0], n=len(names) - 1), language)


def sheet_lines(collection: Collection) -> list[str]:
    """Return what stands above the rows of a sheet."""
    lines = [translated(SHEET_HINT, collection.language)]
    due, contact = collection.due, collection.contact
    if due and contact:
        lines.append(translated(msg("Send back by {due} to {contact}.", due=due, contact=contact), collection.language))
    elif due:
        lines.append(translated(msg("Send back by {due}.", due=due), collection.language))
    elif contact:
        lines.append(translated(msg("Send back to {contact}.", contact=contact), collection.language))
    return lines


def instructions(collection: Collection, about: str, asked: Sequence[tuple[str, str, str]]) -> list[Line]:
    """Return the lines of the instructions; `asked` are metrics with definition and unit."""

    def say(text: Text) -> str:
        return translated(text, collection.language)

    head = [(CONTACT, collection.contact), (DUE, collection.due), (ASKED_FOR, ", ".join(collection.periods))]
    return [
        Line(say(msg("Data collection: {about}", about=about)), title=True),
        *(Line(say(label), text) for label, text in head if text),
        Line(),
        *(Line(say(label), asked=True) for label in (FILLED_BY, ORGANISATION, FILLED_ON)),
        Line(),
        Line(say(msg("How to fill in")), header=True),
        *(Line(f"{number}.", say(text)) for number, text in enumerate(HOW, 1)),
        Line(),
        Line(say(msg("What the colours mean")), header=True),
        Line(say(LEGEND[0]), say(LEGEND[1]), asked=True),
        Line(say(LOCKED[0]), say(LOCKED[1])),
        Line(),
        Line(say(WHAT[0]), say(WHAT[1]), say(WHAT[2]), header=True),
        *(Line(*row) for row in asked),
    ]
