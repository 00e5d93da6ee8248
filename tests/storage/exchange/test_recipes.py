"""Recipes: what is kept, which later edition they fit, and what they ask about then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelBook

from storage import commands
from storage.catalogue import Catalogue
from storage.domain.proposal import Naming
from storage.domain.query import Query
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.exchange import importing
from storage.exchange.options import Options
from storage.exchange.recipe_files import read_recipe, write_recipe
from storage.exchange.recipes import Recipe, forget_recipe, keep_recipe, recipe_named, remembered_recipes, rename_recipe

Rows = list[list[object]]
HEAD = ["Cluster", "Year", "Workers", "Firms", "Remark"]
ROWS: Rows = [HEAD, ["Alpha", 2015, 10, 3, "a"], ["Beta", 2015, 20, 4, "b"], ["Gamma", 2015, 30, 5, "c"]]
TOLD = Options(roles={"Firms": "value:Companies", "Remark": "note"}, constants={"entity.kind": "cluster"})
CREATE = Naming(create_missing=True)


@pytest.fixture
def empty(tmp_path: Path) -> Catalogue:
    return Catalogue.create(tmp_path / "c.clusters", sample=False)


def saved(path: Path, sheets: dict[str, Rows]) -> Path:
    book = ExcelBook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def planned(catalogue: Catalogue, path: Path, options: Options | None = None) -> Recipe:
    return importing.plan(catalogue, importing.open_workbook(path), options or Options())


def taken(catalogue: Catalogue, path: Path, options: Options | None = None) -> None:
    workbook = importing.open_workbook(path)
    recipe = importing.plan(catalogue, workbook, options or Options())
    importing.apply(catalogue, importing.propose_workbook(catalogue, workbook, recipe, CREATE), {})


@pytest.fixture
def known(empty: Catalogue, tmp_path: Path) -> Catalogue:
    taken(empty, saved(tmp_path / "first.xlsx", {"Data": ROWS}), TOLD)
    return empty


def roles(recipe: Recipe, table: int = 0) -> dict[str, str]:
    return {column.header: column.role for column in recipe.mappings[table].columns}


def edition(path: Path, head: list[object]) -> Path:
    return saved(
        path / "next.xlsx", {"Data": [head, *([f"C{n}", 2016, *range(n, n + len(head) - 2)] for n in range(4))]}
    )


def test_same_headers_open_ready_mapped(known: Catalogue, tmp_path: Path) -> None:
    recipe = planned(known, edition(tmp_path, HEAD))
    assert (roles(recipe)["Firms"], recipe.unknown, recipe.notes) == ("value:Companies", frozenset(), ())


def test_new_column_is_all_that_is_asked(known: Catalogue, tmp_path: Path) -> None:
    recipe = planned(known, edition(tmp_path, [*HEAD, "Patents"]))
    assert (roles(recipe)["Firms"], recipe.id, recipe.unknown) == ("value:Companies", 1, {("Data", 5)})


def test_renamed_column_is_asked_with_its_role(known: Catalogue, tmp_path: Path) -> None:
    recipe = planned(known, edition(tmp_path, [*HEAD[:4], "Remarks"]))
    column = recipe.mappings[0].columns[4]
    assert (column.role, column.confidence < 0.7, recipe.gone) == ("note", True, ("Remark",))


def test_renamed_and_added_columns_are_asked_together(known: Catalogue, tmp_path: Path) -> None:
    recipe = planned(known, edition(tmp_path, ["Cluster", "Year", "Workers", "Firms, total", "Remark", "Patents"]))
    asked = [recipe.mappings[0].columns[place] for _, place in sorted(recipe.unknown)]
    assert [(column.header, column.role) for column in asked] == [
        ("Firms, total", "value:Companies"),
        ("Patents", "value:Patents"),
    ]


def test_gone_column_is_told(known: Catalogue, tmp_path: Path) -> None:
    recipe = planned(known, edition(tmp_path, HEAD[:4]))
    assert (recipe.gone, recipe.unknown, "Remark" in str(recipe.mappings[0].notes[-1])) == (
        ("Remark",),
        frozenset(),
        True,
    )


def test_other_headers_are_no_edition(known: Catalogue, tmp_path: Path) -> None:
    assert planned(known, edition(tmp_path, ["Region", "Year", "Sales", "Exports"])).id is None


def test_recipe_can_be_put_aside(known: Catalogue, tmp_path: Path) -> None:
    assert planned(known, edition(tmp_path, HEAD), Options(recipe="none")).id is None


def test_answered_column_is_asked_no_more(known: Catalogue, tmp_path: Path) -> None:
    options = Options(roles={"Patents": "value:Patents"})
    assert planned(known, edition(tmp_path, [*HEAD, "Patents"]), options).unknown == frozenset()


def test_older_edition_still_fits_after_the_newer_one(known: Catalogue, tmp_path: Path) -> None:
    taken(known, edition(tmp_path, [*HEAD[:4], "Patents"]))
    assert roles(planned(known, tmp_path / "first.xlsx"))["Remark"] == "note"


WIDE: Rows = [
    ["Cluster", "Sector", "Region", "2014", "2015"],
    ["Alpha", "IT", "X", 1, 2],
    ["Beta", "IT", "Y", 3, 4],
    ["C", "IT", "Z", 5, 6],
]


def test_later_years_take_the_metric_of_the_earlier_ones(empty: Catalogue, tmp_path: Path) -> None:
    told = Options(roles={"2014": "value:Workers@2014", "2015": "value:Workers@2015"})
    taken(empty, saved(tmp_path / "a.xlsx", {"Data": WIDE}), told)
    head = ["Cluster", "Sector", "Region", "2014", "2015", "2016"]
    later = [head, *([*row, 9] for row in WIDE[1:])]
    recipe = planned(empty, saved(tmp_path / "b.xlsx", {"Data": later}))
    assert (roles(recipe)["2016"], recipe.unknown) == ("value:Workers@2016", frozenset())


SALES: Rows = [["Cluster", "Year", "Sales", "Costs"], ["Alpha", 2015, 7, 1], ["Beta", 2015, 8, 2], ["C", 2015, 9, 3]]


def test_every_table_keeps_its_roles(empty: Catalogue, tmp_path: Path) -> None:
    both: Rows = [["Table 1. Workers"], *ROWS, [], ["Table 2. Sales"], *SALES]
    told = Options(roles={"Firms": "ignore", "Costs": "value:Outlay"})
    taken(empty, saved(tmp_path / "a.xlsx", {"Data": both}), told)
    recipe = planned(empty, saved(tmp_path / "b.xlsx", {"Data": both}))
    assert [roles(recipe, table).get("Costs") or roles(recipe, table).get("Firms") for table in (0, 1)] == [
        "ignore",
        "value:Outlay",
    ]


def test_told_header_row_is_kept(empty: Catalogue, tmp_path: Path) -> None:
    rows: Rows = [
        ["Cluster", "Year", "Workers", "Firms"],
        ["Unit", "Jahr", "Arbeiter", "Firmen"],
        *([f"C{n}", 2015, n, n] for n in range(3)),
    ]
    taken(empty, saved(tmp_path / "a.xlsx", {"Data": rows}), Options(header_row=2))
    assert planned(empty, tmp_path / "a.xlsx").mappings[0].header_rows[-1] == 1


def test_recipe_is_kept_without_an_import(empty: Catalogue, tmp_path: Path) -> None:
    recipe = planned(empty, saved(tmp_path / "a.xlsx", {"Data": ROWS}), TOLD)
    empty.apply(keep_recipe(recipe), msg("Keep"))
    assert (planned(empty, tmp_path / "a.xlsx").id, empty.count(Query("observation"))) == (1, 0)


def test_kept_again_it_is_changed(known: Catalogue, tmp_path: Path) -> None:
    recipe = planned(known, tmp_path / "first.xlsx", Options(roles={"Firms": "ignore"}))
    known.apply(keep_recipe(recipe), msg("Keep"))
    assert roles(planned(known, tmp_path / "first.xlsx"))["Firms"] == "ignore"


def test_renaming_is_undone(known: Catalogue) -> None:
    known.apply(rename_recipe(known, "first", "Quarterly"), msg("Rename"))
    names = [recipe.name for recipe in remembered_recipes(known)]
    known.undo()
    assert (names, [recipe.name for recipe in remembered_recipes(known)]) == (["Quarterly"], ["first"])


def test_name_that_is_taken_is_refused(known: Catalogue) -> None:
    with pytest.raises(InvalidInput):
        rename_recipe(known, "first", "first")


def test_forgetting_is_undone(known: Catalogue) -> None:
    known.apply(forget_recipe(known, "first"), msg("Forget"))
    known.undo()
    assert recipe_named(known, "first").constants == {"entity.kind": "cluster"}


def test_recipe_goes_to_a_colleague_as_a_file(known: Catalogue, tmp_path: Path) -> None:
    write_recipe(recipe_named(known, "first"), tmp_path / "r.json")
    other = Catalogue.create(tmp_path / "other.clusters", sample=False)
    name, changes = read_recipe(other, tmp_path / "r.json")
    other.apply(changes, msg("Take"))
    assert (name, roles(planned(other, tmp_path / "first.xlsx"))["Firms"]) == ("first", "value:Companies")


SOUND = {"format": "cluster-atlas-recipe", "version": 1, "name": "a", "fingerprint": "", "constants": {}, "layout": {}}
STRANGE = [{"headers": ["A"], "roles": {"A": "nonsense"}}]
TABLES = [{"headers": ["A"], "roles": {"A": "entity"}}]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("no json", "is no recipe"),
        ("[]", "is no recipe"),
        (json.dumps(SOUND | {"version": 9}), "newer"),
        (json.dumps(SOUND), "is no recipe"),
        (json.dumps(SOUND | {"tables": STRANGE}), "nonsense"),
        (json.dumps(SOUND | {"tables": TABLES, "layout": {"sheet": 1}}), "is no recipe"),
    ],
)
def test_file_that_is_no_recipe_is_refused(empty: Catalogue, tmp_path: Path, data: str, words: str) -> None:
    (tmp_path / "r.json").write_text(data, encoding="utf-8")
    with pytest.raises(InvalidInput, match=words):
        read_recipe(empty, tmp_path / "r.json")


def test_recipes_are_managed_by_the_command(
    known: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = str(tmp_path / "c.clusters"), str(tmp_path / "r.json")
    known.close()
    asked = [
        ["--export", "first", out],
        ["--rename", "first", "Quarterly"],
        ["--import", out],
        ["--delete", "Quarterly"],
    ]
    codes = [commands.run(["recipes", file, *words]) for words in (*asked, ["--delete", "Nobody"])]
    capsys.readouterr()
    commands.run(["recipes", file, "--json"])
    assert (codes, [recipe["name"] for recipe in json.loads(capsys.readouterr().out)]) == ([0, 0, 0, 0, 1], ["first"])
