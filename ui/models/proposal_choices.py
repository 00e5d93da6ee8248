"""What may be decided about an item under review: by which key, and what its button says."""

from __future__ import annotations

from storage.domain.proposal import Decision, Item, Outcome
from storage.domain.text import Text, msg
from ui.language import tr

# the order is that of the keys: 1, 2, 3 and so on
OF_THREE = (Decision.BASE, Decision.TAKE, Decision.KEEP, Decision.KEEP_BOTH, Decision.TAKE_RIVAL)
OF_TWO = (Decision.KEEP, Decision.TAKE, Decision.KEEP_BOTH, Decision.TAKE_RIVAL)
SIDES: dict[Decision, Text] = {
    Decision.BASE: msg("As exported"),
    Decision.TAKE: msg("Workbook"),
    Decision.KEEP: msg("Catalogue"),
}
CONFLICT: dict[Decision, Text] = {
    Decision.BASE: msg("as exported"),
    Decision.KEEP: msg("keep"),
    Decision.TAKE: msg("take"),
    Decision.KEEP_BOTH: msg("both"),
    Decision.TAKE_RIVAL: msg("the other row"),
}
REMOVED: dict[Decision, Text] = {Decision.KEEP: msg("keep"), Decision.TAKE: msg("remove")}
OTHERS: dict[Decision, Text] = {Decision.KEEP: msg("leave out"), Decision.TAKE: msg("accept")}
ALL: dict[Decision, Text] = SIDES | {
    Decision.KEEP_BOTH: msg("Both, side by side"),
    Decision.TAKE_RIVAL: msg("The other row of the workbook"),
}


def is_of_three(item: Item) -> bool:
    """Whether three values stand side by side: as exported, in the workbook, in the catalogue."""
    return Decision.BASE in item.decisions


def keyed(item: Item) -> dict[int, Decision]:
    """Return what each digit decides."""
    order = OF_THREE if is_of_three(item) else OF_TWO
    return {key: decision for key, decision in enumerate(order, 1) if decision in item.decisions}


def choice_text(item: Item, key: int, decision: Decision) -> str:
    """Return what a button says, its key in front; of two rows of the workbook neither is kept so far."""
    return tr("{key} {choice}", key=key, choice=_word(item, decision))


def _word(item: Item, decision: Decision) -> Text:
    if item.outcome is not Outcome.CONFLICT:
        return (REMOVED if item.outcome is Outcome.REMOVED else OTHERS)[decision]
    if item.rival and decision is Decision.KEEP:
        return msg("neither")
    if item.rival and decision in (Decision.TAKE, Decision.TAKE_RIVAL):
        return msg("take {cell}", cell=item.cell if decision is Decision.TAKE else item.rival)
    return SIDES[decision] if is_of_three(item) and decision in SIDES else CONFLICT[decision]


def hint(item: Item | None, column: str = "") -> str:
    """Return which keys decide an item; with `column`, also how all of that column are decided."""
    if item is None or not item.decisions:
        return ""
    if item.outcome is not Outcome.CONFLICT:
        return tr("Space accepts or leaves")
    told = " · ".join(choice_text(item, key, decision) for key, decision in keyed(item).items())
    return tr("{keys} · with Alt all of “{column}”", keys=told, column=column) if column else told
