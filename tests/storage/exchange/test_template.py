"""A template that somebody fills in comes back through the ordinary import, figure by figure, without a question."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert, update
from storage.domain.collection import Collection
from storage.domain.proposal import Outcome, Proposal
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.errors import CatalogueError
from storage.exchange import importing
from storage.exchange.template import write_template
from tests.office import needs_office, saved_by_office

PANGYO, GYEONGGI = "Pangyo Techno Valley", "Gyeonggi-do"
WORKERS, SALES, SHARE = "Workers", "Sales", "Share of the nation's companies"
STORED = (
    "entity_id", "metric_id", "period", "value", "multiplier", "unit_id", "scope", "scenario", "status", "note",
    "passage_id",
)  # fmt: skip


def id_of(catalogue: Catalogue, kind: str, name: str) -> int:
    return int(catalogue.ids(Query(kind, Where("name", "=", name)))[0])


def asked(catalogue: Catalogue, path: Path, **more: object) -> Path:
    """A template for Pangyo and three metrics."""
    metrics = tuple(id_of(catalogue, "metric", name) for name in (WORKERS, SALES, SHARE))
    given = {"records": (id_of(catalogue, "cluster", PANGYO),), "metrics": metrics, "periods": ("2023", "2024")}
    write_template(catalogue, path, Collection(**given | more))  # type: ignore[arg-type]
    return path


def places(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """The header's row, and the columns by their headers."""
    for row in sheet.iter_rows(min_row=1, max_row=8):
        headers = {str(cell.value): cell.column for cell in row if cell.value}
        if len(headers) > 5:
            return row[0].row, headers
    raise AssertionError("no header")


def fill(path: Path, *answers: tuple[str, str, dict[str, object]], sheet: str = PANGYO, who: str = "Kim Minji") -> Path:
    """Answer rows by metric (or record) and period; save beside it, as a colleague would."""
    book = openpyxl.load_workbook(path)
    head, columns = places(book[sheet])
    for first, period, cells in answers:
        for row in range(head + 1, book[sheet].max_row + 1):
            if (book[sheet].cell(row, 1).value, book[sheet].cell(row, 2).value) == (first, period):
                for header, value in cells.items():
                    book[sheet].cell(row, columns[header]).value = value
    form = book.worksheets[0]
    for row in range(1, 12):
        if form.cell(row, 1).value in ("Filled in by", "작성자"):
            form.cell(row, 2).value, form.cell(row + 1, 2).value = who, "GBSA"
            form.cell(row + 2, 2).value = "2026-11-24"
    target = path.with_name(f"filled {path.name}")
    book.save(target)
    book.close()
    return target


def proposed(catalogue: Catalogue, path: Path) -> Proposal:
    workbook = importing.open_workbook(path)
    assert importing.is_export(catalogue, workbook)
    return importing.propose_export(catalogue, workbook)


def brought_in(catalogue: Catalogue, path: Path) -> list[tuple[object, ...]]:
    """The observations that the import made, as they are stored."""
    before = {int(id) for id in catalogue.ids(Query("observation"))}
    importing.apply(catalogue, proposed(catalogue, path), {})
    return [row[1:] for row in catalogue.stored(Query("observation"), STORED) if row[0] not in before]


def as_written(path: Path) -> Path:
    return path


def as_open_document(path: Path) -> Path:
    return saved_by_office(path, "ods")


ANSWERS = (
    (WORKERS, "2023", {"Value": 73000.1234567891, "Status": "Provisional", "Scope": "tenants", "Note": "+at the gate"}),
    (SALES, "2024", {"Value": 0, "Scenario": "Estimate"}),
)


SAVED = [
    as_written, pytest.param(saved_by_office, marks=needs_office), pytest.param(as_open_document, marks=needs_office),
]  # fmt: skip


@pytest.mark.parametrize("save", SAVED)
def test_answers_come_back_exactly(catalogue: Catalogue, tmp_path: Path, save: Callable[[Path], Path]) -> None:
    path = save(fill(asked(catalogue, tmp_path / "template.xlsx"), *ANSWERS))
    pangyo, workers = id_of(catalogue, "cluster", PANGYO), id_of(catalogue, "metric", WORKERS)
    sales, won = id_of(catalogue, "metric", SALES), catalogue.stored(Query("unit", Where("code", "=", "KRW")), ())[0][0]
    persons = catalogue.stored(Query("unit", Where("code", "=", "persons")), ())[0][0]
    found = brought_in(catalogue, path)
    assert [row[:-1] for row in found] == [
        (pangyo, workers, "2023", pytest.approx(73000.1234567891, rel=1e-14), 1.0, persons, "tenants", "actual", "P",
         "+at the gate"),
        (pangyo, sales, "2024", 0.0, 1e12, won, "", "estimate", "A", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "typed", "stored"),
    [
        (WORKERS, "약 8만", (8.0, 1e4)),
        (WORKERS, "1,234명", (1234.0, 1.0)),
        (WORKERS, "≈ 70,000", (70_000.0, 1.0)),
        (SALES, "3조", (3.0, 1e12)),
        (SALES, "3", (3.0, 1e12)),
    ],
)
def test_figures_in_words_are_read(
    catalogue: Catalogue, tmp_path: Path, metric: str, typed: str, stored: tuple[float, float]
) -> None:
    path = fill(asked(catalogue, tmp_path / "template.xlsx"), (metric, "2023", {"Value": typed}))
    [figure] = brought_in(catalogue, path)
    assert figure[3:5] == stored


@pytest.mark.parametrize(("metric", "typed"), [(WORKERS, "12%"), (SALES, "3억")])
def test_words_that_do_not_fit_the_unit_are_not_taken(
    catalogue: Catalogue, tmp_path: Path, metric: str, typed: str
) -> None:
    path = fill(asked(catalogue, tmp_path / "template.xlsx"), (metric, "2023", {"Value": typed}))
    [problem] = proposed(catalogue, path).problems
    assert typed in str(problem.cause)


@pytest.mark.parametrize("typed", ["n/a", "-", "…"])
def test_a_word_for_no_figure_is_no_answer(catalogue: Catalogue, tmp_path: Path, typed: str) -> None:
    path = fill(asked(catalogue, tmp_path / "template.xlsx"), (WORKERS, "2023", {"Value": typed}))
    proposal = proposed(catalogue, path)
    assert (proposal.items, proposal.problems) == ((), ())


def test_a_row_that_was_added_is_about_the_record_of_its_sheet(catalogue: Catalogue, tmp_path: Path) -> None:
    path = asked(catalogue, tmp_path / "template.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book[PANGYO]
    _, columns = places(sheet)
    for header, value in {"Metric": WORKERS, "Period": "2022", "Value": 61_000, "Unit": "persons"}.items():
        sheet.cell(sheet.max_row + (header == "Metric"), columns[header]).value = value
    book.save(path)
    banner = "A template filled in: 0 of 6 figures were answered, and 1 was added; blank cells change nothing."
    assert str(proposed(catalogue, path).banner) == banner
    [figure] = brought_in(catalogue, path)
    assert figure[:4] == (
        id_of(catalogue, "cluster", PANGYO), id_of(catalogue, "metric", WORKERS), "2022", 61_000.0,
    )  # fmt: skip


def test_what_is_blank_changes_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    proposal = proposed(catalogue, asked(catalogue, tmp_path / "template.xlsx"))
    assert (proposal.items, str(proposal.banner)[:45]) == ((), "A template filled in: 0 of 6 figures were ans")


def test_the_answers_are_their_own_source(catalogue: Catalogue, tmp_path: Path) -> None:
    path = fill(asked(catalogue, tmp_path / "template.xlsx"), *ANSWERS)
    passage = brought_in(catalogue, path)[0][-1]
    source, locator = catalogue.stored(Query("passage", Where("id", "in", (passage,))), ("source_id", "locator"))[0][1:]
    told = catalogue.stored(
        Query("source", Where("id", "in", (source,))), ("type", "author", "publisher", "published", "published_start")
    )
    assert (told[0][1:], locator) == (("workbook", "Kim Minji", "GBSA", "2026-11-24", "2026-11-24"), PANGYO)


def test_a_second_edition_revises_the_first(catalogue: Catalogue, tmp_path: Path) -> None:
    path = asked(catalogue, tmp_path / "template.xlsx")
    brought_in(catalogue, fill(path, *ANSWERS))
    again = proposed(catalogue, fill(path, (WORKERS, "2023", {"Value": 74_000, "Scope": "tenants"})))
    assert [(item.kind, item.outcome) for item in again.items] == [("observation", Outcome.CHANGED)]


def test_the_same_answers_twice_change_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    path = fill(asked(catalogue, tmp_path / "template.xlsx"), *ANSWERS)
    brought_in(catalogue, path)
    assert {item.outcome for item in proposed(catalogue, path).items} == {Outcome.SAME}


@pytest.mark.parametrize(
    ("language", "unit", "expected"),
    [
        ("en", "million South Korean won", 1e6), ("ko", "억 원", 1e8), ("ko", "억원", 1e8),
        ("en", "South Korean won", 1.0),
    ],
)  # fmt: skip
def test_another_unit_may_be_chosen(
    catalogue: Catalogue, tmp_path: Path, language: str, unit: str, expected: float
) -> None:
    path = asked(catalogue, tmp_path / "template.xlsx", language=language)
    words = ("매출액", "값", "단위", "판교테크노밸리") if language == "ko" else (SALES, "Value", "Unit", PANGYO)
    metric, value, header, sheet = words
    [row] = brought_in(catalogue, fill(path, (metric, "2023", {value: 12.5, header: unit}), sheet=sheet))
    won = catalogue.stored(Query("unit", Where("code", "=", "KRW")), ())[0][0]
    assert (row[3], row[4], row[5]) == (12.5, expected, won)


def test_names_that_changed_meanwhile_are_known_by_their_ids(catalogue: Catalogue, tmp_path: Path) -> None:
    path = fill(asked(catalogue, tmp_path / "template.xlsx"), *ANSWERS)
    pangyo = id_of(catalogue, "cluster", PANGYO)
    renamed = update("cluster", pangyo, {"name": PANGYO}, {"name": "Pangyo One"})
    catalogue.apply(ChangeSet.of([renamed]), msg("Rename"))
    assert {row[0] for row in brought_in(catalogue, path)} == {pangyo}


def test_a_record_with_a_twin_needs_no_question(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.apply(ChangeSet.of([insert("cluster", {"name": PANGYO})]), msg("Twin"))
    twins = [int(id) for id in catalogue.ids(Query("cluster", Where("name", "=", PANGYO)))]
    path = asked(catalogue, tmp_path / "template.xlsx", records=tuple(twins))
    name = openpyxl.load_workbook(path).sheetnames[2]
    assert {row[0] for row in brought_in(catalogue, fill(path, *ANSWERS, sheet=name))} == {twins[1]}


def test_in_another_catalogue_names_decide(catalogue: Catalogue, empty_file: Path, tmp_path: Path) -> None:
    path = fill(asked(catalogue, tmp_path / "template.xlsx"), *ANSWERS)
    other = Catalogue.open(empty_file)
    try:
        proposal = proposed(other, path)
    finally:
        other.close()
    assert {item.outcome for item in proposal.items if item.kind == "observation"} == {Outcome.INVALID}


def test_a_template_without_its_stamp_is_known_by_its_export(catalogue: Catalogue, tmp_path: Path) -> None:
    path = fill(asked(catalogue, tmp_path / "template.xlsx"), *ANSWERS)
    book = openpyxl.load_workbook(path)
    del book["_meta"]
    book.save(path)
    assert len(brought_in(catalogue, path)) == 2


def test_rows_copied_into_another_workbook_are_still_answers(catalogue: Catalogue, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(fill(asked(catalogue, tmp_path / "template.xlsx"), *ANSWERS))[PANGYO]
    book = openpyxl.Workbook()
    for row in sheet.iter_rows(values_only=True):
        book.worksheets[0].append(row)
    book.save(tmp_path / "copied.xlsx")
    expected = brought_in(catalogue, tmp_path / "copied.xlsx")
    assert [row[2:6] for row in expected] == [("2023", 73000.1234567891, 1.0, 1), ("2024", 0.0, 1e12, 4)]


def test_a_sheet_may_be_renamed_and_columns_moved(catalogue: Catalogue, tmp_path: Path) -> None:
    path = fill(asked(catalogue, tmp_path / "template.xlsx"), *ANSWERS)
    book = openpyxl.load_workbook(path)
    sheet = book[PANGYO]
    sheet.title = "Answers"
    head, columns = places(sheet)
    sheet.insert_cols(1)
    for row in range(head, sheet.max_row + 1):
        sheet.cell(row, 1).value = sheet.cell(row, columns["Note"] + 1).value
        sheet.cell(row, columns["Note"] + 1).value = None
    book.save(path)
    assert len(brought_in(catalogue, path)) == 2


@pytest.mark.parametrize(
    ("cells", "cell", "cause"),
    [
        ({"Value": "many"}, "D4", "“many” is not read as a number; write for example 1,234.5, ≈ 70,000 or 7만."),
        ({"Value": 5, "Status": "sure"}, "F4", None),
        ({"Note": "nobody counts them"}, "I4", "There is no figure here, but a note: “nobody counts them”."),
    ],
)
def test_what_cannot_be_read_is_named(
    catalogue: Catalogue, tmp_path: Path, cells: dict[str, object], cell: str, cause: str | None
) -> None:
    path = fill(asked(catalogue, tmp_path / "template.xlsx"), (WORKERS, "2023", cells))
    [problem] = proposed(catalogue, path).problems
    assert problem.cell == cell
    assert cause is None or str(problem.cause) == cause


@pytest.mark.parametrize(
    ("metric", "value", "cause"),
    [
        (SALES, -5, "-5 is not what the template allows. A number of at least 0."),
        (SHARE, 250, "A share of 250 % is more than the whole."),
        (WORKERS, -5, "-5 is negative; there can be no less than none of it."),
        (SALES, 95, None),
    ],
)
def test_a_figure_out_of_its_range_is_doubted_once(
    catalogue: Catalogue, tmp_path: Path, metric: str, value: float, cause: str | None
) -> None:
    path = fill(asked(catalogue, tmp_path / "template.xlsx"), (metric, "2023", {"Value": value}))
    proposal = proposed(catalogue, path)
    [item] = [item for item in proposal.items if item.kind == "observation"]
    found = [str(doubt.cause) for doubt in item.doubts if doubt.cell == item.cell]
    assert (found, len(proposal.doubtful)) == (([cause], 1) if cause else ([], 0))


def test_a_sheet_for_each_metric_has_its_unit_in_the_header(catalogue: Catalogue, tmp_path: Path) -> None:
    path = asked(catalogue, tmp_path / "template.xlsx", sheet_for="metric")
    book = openpyxl.load_workbook(path)
    headers = {header for name in (WORKERS, SALES, SHARE[:31]) for header in places(book[name])[1]}
    assert {header for header in headers if header.startswith("Value")} == {
        "Value (percent)", "Value (persons)", "Value (trillion South Korean won)",
    }  # fmt: skip


def test_answers_by_metric_come_back(catalogue: Catalogue, tmp_path: Path) -> None:
    path = asked(catalogue, tmp_path / "template.xlsx", sheet_for="metric")
    found = brought_in(catalogue, fill(path, (PANGYO, "2024", {"Value (persons)": 71_000}), sheet=WORKERS))
    assert [(row[0], row[2], row[3]) for row in found] == [(id_of(catalogue, "cluster", PANGYO), "2024", 71_000)]


def test_chosen_records_of_which_nothing_is_known_are_named(catalogue: Catalogue, tmp_path: Path) -> None:
    ids = (id_of(catalogue, "cluster", PANGYO), id_of(catalogue, "cluster", "Daedeok Valley"))
    report = write_template(catalogue, tmp_path / "template.xlsx", Collection(ids, (), ("2023",)))
    assert report.unasked == ("Daedeok Valley",)


@pytest.fixture
def sheet(catalogue: Catalogue, tmp_path: Path) -> Worksheet:
    """The sheet to fill in, as openpyxl sees it."""
    return openpyxl.load_workbook(asked(catalogue, tmp_path / "template.xlsx"))[PANGYO]


def cell(sheet: Worksheet, header: str, metric: str = WORKERS) -> object:
    head, columns = places(sheet)
    row = next(row for row in range(head + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == metric)
    return sheet.cell(row, columns[header])


def test_only_the_answers_are_open(sheet: Worksheet) -> None:
    _, columns = places(sheet)
    open_cells = [header for header in columns if not cell(sheet, header).protection.locked]  # type: ignore[attr-defined]
    assert open_cells == ["Value", "Unit", "Status", "Scope", "Scenario", "Note"]


def test_the_sheet_is_protected_without_a_password(sheet: Worksheet) -> None:
    protection = sheet.protection
    allowed = [protection.formatColumns, protection.autoFilter, protection.sort]
    assert (protection.sheet, protection.password, allowed) == (True, None, [False] * 3)  # False: not forbidden


def test_the_ids_are_folded_away(sheet: Worksheet) -> None:
    _, columns = places(sheet)
    folded = [look for look in sheet.column_dimensions.values() if look.hidden]
    hidden = {header for header, column in columns.items() if any(f.min <= column <= f.max for f in folded)}
    assert {"Record: id", "Metric: id", "Unit: id"} <= hidden
    assert "Value" not in hidden


@pytest.mark.parametrize(
    ("metric", "kind", "low", "high"), [(WORKERS, "decimal", "0", None), (SHARE, "decimal", "0", "100")]
)
def test_figures_have_limits(sheet: Worksheet, metric: str, kind: str, low: str, high: str | None) -> None:
    where = cell(sheet, "Value", metric).coordinate  # type: ignore[attr-defined]
    [rule] = [rule for rule in sheet.data_validations.dataValidation if where in rule.sqref]
    assert (rule.type, rule.formula1, rule.formula2, rule.prompt == rule.error) == (kind, low, high, True)


@pytest.mark.parametrize("header", ["Unit", "Status", "Scenario"])
def test_answers_are_chosen_from_lists(sheet: Worksheet, header: str) -> None:
    where = cell(sheet, header).coordinate  # type: ignore[attr-defined]
    [rule] = [rule for rule in sheet.data_validations.dataValidation if where in rule.sqref]
    assert (rule.type, rule.errorStyle or "stop") == ("list", "stop")


def test_the_last_known_figure_stands_beside(sheet: Worksheet) -> None:
    known = cell(sheet, "Last known")
    assert (known.value, known.font.color.rgb) == ("≈ 70,000 · 2015-12", "FF5D6878")  # type: ignore[attr-defined]


def test_without_metrics_those_are_asked_that_were_observed(catalogue: Catalogue, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(asked(catalogue, tmp_path / "template.xlsx", metrics=()))[PANGYO]
    assert {cell.value for cell in sheet["A"][4:]} >= {WORKERS, SALES, "Firms"}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"periods": ()}, "Say for which periods figures are asked, for example 2024."),
        ({"periods": ("soon",)}, None),
        ({"records": (1,), "metrics": ()}, None),
        ({"records": tuple(range(1, 3_000)), "metrics": tuple(range(1, 30))}, "figures at most, not"),
    ],
)  # fmt: skip
def test_a_senseless_order_is_refused(
    catalogue: Catalogue, tmp_path: Path, more: dict[str, object], sentence: str | None
) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        asked(catalogue, tmp_path / "template.xlsx", **more)
    assert list(tmp_path.glob("template*")) == []


def test_the_instructions_say_who_asks(catalogue: Catalogue, tmp_path: Path) -> None:
    path = asked(catalogue, tmp_path / "template.xlsx", language="ko", contact="김민지", due="2026-12-15")
    told = [[cell.value for cell in row[:2]] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]
    assert [row[1] for row in told[1:3]] == ["김민지", "2026-12-15"]


@needs_office
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")
def test_libreoffice_prints_what_is_asked(catalogue: Catalogue, tmp_path: Path) -> None:
    pdf = saved_by_office(asked(catalogue, tmp_path / "template.xlsx", due="2026-12-15"), "pdf")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    assert text.count("\f") == 2  # the instructions, and one page for the sheet
    assert [words in text for words in ("How to fill in", PANGYO, "2015-12", "Send back by 2026-12-15.")] == [True] * 4
