"""Any pair of edits on both sides is merged as each field's definition says, whatever the order of the rows."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, delete, insert, update
from storage.domain.proposal import Decision, Item, Outcome
from storage.domain.text import msg
from storage.exchange import importing
from storage.exchange.exporting import export_catalogue
from storage.workbook.sheet import Workbook

FIELDS = {"name_ko": "Korean name", "code": "Code", "latitude": "Latitude"}
AMOUNT = 3
Values = dict[str, Any]
State = dict[int, Values | None]  # None for a record or a row that is not there

contents = {
    "name_ko": st.sampled_from((None, "가", "나", "다")), "code": st.sampled_from((None, "1", "01")),
    "latitude": st.sampled_from((None, 0.0, 0.1 + 0.2, 45.5)),
}  # fmt: skip
records = st.fixed_dictionaries(contents)
edits = st.one_of(st.none(), st.fixed_dictionaries({}, optional=contents), st.fixed_dictionaries({}, optional=contents))
sides = st.lists(edits, min_size=AMOUNT, max_size=AMOUNT)


def moved(base: State, side: list[Values | None]) -> State:
    """What a side made of the records: None deletes."""
    return {
        id: None if edit is None or then is None else {**then, **edit}
        for (id, then), edit in zip(base.items(), side, strict=True)
    }


def merged(base: Values, ours: Values | None, theirs: Values | None) -> dict[str, Any]:
    """What is to come of one record by default, by the definition: outcomes and the record that is left."""
    if theirs is None:
        return {"outcomes": [] if ours is None else ["removed"], "left": ours}
    edited = {key for key in FIELDS if theirs[key] != base[key]}
    if ours is None:
        return {"outcomes": ["conflict" if edited else "same"], "left": None}
    drifted = {key for key in FIELDS if ours[key] != base[key]}
    contested = {key for key in edited & drifted if ours[key] != theirs[key]}
    clean = edited - drifted
    outcomes = (["changed"] if clean else []) + ["conflict"] * len(contested)
    outcomes = outcomes or (["same"] if drifted - edited else [])
    return {"outcomes": outcomes, "left": {**ours, **{key: theirs[key] for key in clean}}}


def rewritten(workbook: Workbook, theirs: State, order: list[int]) -> Workbook:
    """The workbook with the rows as the other side has them, in any order."""
    [sheet] = [sheet for sheet in workbook.sheets if sheet.name == "Clusters"]
    headers = list(sheet.rows[0])
    by_id = {int(row[0]): list(row) for row in sheet.rows[1:] if isinstance(row[0], float)}
    rows = []
    for id in order:
        values = theirs[id]
        for key, header in FIELDS.items() if values else ():
            by_id[id][headers.index(header)] = values[key] if values else None
        rows += [by_id[id]] if values else []
    sheet.rows[1:] = rows
    return workbook


def of_record(items: tuple[Item, ...], id: int) -> list[Item]:
    return [item for item in items if item.title == f"Record {id}"]


def left(catalogue: Catalogue) -> State:
    rows = catalogue.stored_now("cluster", tuple(FIELDS))
    return {row[0]: dict(zip(FIELDS, row[1:], strict=True)) for row in rows}


@dataclass(frozen=True)
class Story:
    """What is exported, what each side makes of it (None deletes), the order of the rows, what conflicts are to be."""

    base: list[Values]
    ours: list[Values | None]
    theirs: list[Values | None]
    order: list[int]
    decision: Decision


stories = st.builds(
    Story, st.lists(records, min_size=AMOUNT, max_size=AMOUNT), sides, sides,
    st.permutations(range(1, AMOUNT + 1)), st.sampled_from((Decision.KEEP, Decision.TAKE, Decision.BASE)),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))
@given(story=stories)
def test_any_pair_of_edits_is_merged_field_by_field(empty_file: Path, story: Story) -> None:
    with TemporaryDirectory() as folder:
        shutil.copy(empty_file, Path(folder) / "a.clusters")
        catalogue = Catalogue.open(Path(folder) / "a.clusters")
        try:
            check(catalogue, story)
        finally:
            catalogue.close()


def check(catalogue: Catalogue, story: Story) -> None:
    """Export the base, let both sides go on, and hold what is proposed and applied against the definition."""
    base: State = dict(enumerate(story.base, 1))
    ours, theirs = moved(base, story.ours), moved(base, story.theirs)
    path = catalogue.path.with_suffix(".xlsx")
    made = [insert("cluster", {"name": f"Record {id}", **(values or {})}) for id, values in base.items()]
    catalogue.apply(ChangeSet.of(made), msg("Base"))
    export_catalogue(catalogue, path)
    drift = [update("cluster", id, {}, v) if v else delete("cluster", id) for id, v in ours.items()]
    catalogue.apply(ChangeSet.of(drift), msg("Ours"))
    workbook = rewritten(importing.open_workbook(path), theirs, story.order)
    proposal = importing.propose_export(catalogue, workbook)
    wanted = {id: merged(base[id] or {}, ours[id], theirs[id]) for id in base}
    found = {id: [item.outcome.value for item in of_record(proposal.items, id)] for id in base}
    assert found == {id: told["outcomes"] for id, told in wanted.items()}
    contested = [item for item in proposal.items if item.outcome is Outcome.CONFLICT]
    importing.apply(catalogue, proposal, {item.number: story.decision for item in contested})
    end: State = {id: told["left"] for id, told in wanted.items()}
    for item in contested if story.decision is not Decision.KEEP else ():
        id, take = int(item.title.removeprefix("Record ")), story.decision is Decision.TAKE
        settled = {delta.column: delta.theirs if take else delta.base for delta in item.deltas}
        end[id] = {**(end[id] or base[id] or {}), **settled}
    assert left(catalogue) == {id: values for id, values in end.items() if values is not None}
    assert catalogue.check() == []
