"""A wide Korean table as an agency prints it: title, units in one line, years under merged headers, totals, notes."""

from pathlib import Path

from openpyxl import Workbook

from tests.journeys.desk import Desk, figures, table
from ui.importing.state import Step
from ui.language import Language, LanguageSwitch

YEARS = (2017, 2018, 2019)
BODY = [
    ["판교테크노밸리", 62_575, 63_050, 64_497, 79_300_000, 87_500_000, 107_200_000],
    ["구미국가산업단지", 95_153, 92_126, 88_914, 44_300_000, 41_100_000, 39_800_000],
    ["창원국가산업단지", 126_000, 124_300, 122_900, 52_100_000, 51_000_000, 49_900_000],
]
TOTAL = ["합계", *(sum(row[place] for row in BODY) for place in range(1, 7))]


def printed(path: Path, total: list[object]) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "표 1"
    sheet["A1"] = "표 1. 주요 산업단지의 종사자 수와 매출액 추이"
    sheet["G2"] = "(단위: 명, 백만원)"
    sheet["A3"], sheet["B3"], sheet["E3"] = "단지명", "종사자 수", "매출액"
    for place, year in enumerate((*YEARS, *YEARS), 2):
        sheet.cell(4, place, f"{year}년")
    for area in ("A1:G1", "A3:A4", "B3:D3", "E3:G3"):
        sheet.merge_cells(area)
    for row in (*BODY, total):
        sheet.append(row)
    sheet.append([])
    sheet.append(["주: 1) 2019년은 잠정치임."])
    sheet.append(["자료: 한국산업단지공단, 「주요 국가산업단지 산업동향」"])
    book.save(path)
    return path


METRICS = {"종사자 수": ("Workers", 1.0), "매출액": ("Sales", 1e6)}
PLACES = ("Pangyo Techno Valley", "Gumi Industrial Complex", "Changwon Industrial Complex")
EXPECTED = {
    (place, metric, f"{year}년"): row[1 + 3 * block + at] * factor
    for place, row in zip(PLACES, BODY, strict=True)
    for block, (metric, factor) in enumerate(METRICS.values())
    for at, year in enumerate(YEARS)
}


def units(desk: Desk) -> set[tuple[object, object]]:
    """Metric and unit of the figures that came in."""
    return {(row["Metric"], row["Unit"]) for row in table(desk.window.navigation.current.table)}


def test_wide_korean_table(desk: Desk, tmp_path: Path) -> None:
    wrong = [*TOTAL[:5], TOTAL[5] + 1_000, TOTAL[6]]
    desk.drop(printed(tmp_path / "표1.xlsx", wrong))
    assert (desk.state.step, desk.page.notice.text) == (Step.MAPPING, "")
    desk.press("Go on to the names")
    assert desk.state.step is Step.REVIEW, "every name is known in Korean, so none is asked"

    # the total that is wrong is told with its cell and both numbers, and one click shows it in the sheet
    finding = desk.page.review.findings.text
    assert finding.startswith("F8: The total says 179,601,000, but its 3 parts sum up to 179,600,000.")
    desk.press("Show the cell")
    cell = desk.page.mapping.table.currentIndex()
    assert (desk.state.step, cell.row(), cell.column()) == (Step.MAPPING, 7, 5)
    desk.press("3 Review")

    before = figures(desk.catalogue)
    desk.apply()
    found = figures(desk.catalogue)
    assert {key: found[key] for key in found if key not in before} == EXPECTED
    desk.press("Show the figures")
    assert units(desk) == {("Workers", "persons"), ("Sales", "South Korean won")}


def test_right_totals_are_left_out_without_a_word(desk: Desk, tmp_path: Path) -> None:
    desk.drop(printed(tmp_path / "표1.xlsx", TOTAL))
    desk.press("Go on to the names")
    proposal = desk.state.review.proposal
    assert (desk.page.review.findings.text, proposal.ignored, proposal.problems) == ("", 6, ())


def test_next_edition_tells_its_wrong_total_too(desk: Desk, tmp_path: Path) -> None:
    desk.drop(printed(tmp_path / "표1.xlsx", TOTAL))
    desk.press("Go on to the names")
    desk.apply()
    desk.drop(printed(tmp_path / "표1 (수정).xlsx", [*TOTAL[:1], TOTAL[1] - 5, *TOTAL[2:]]))
    assert desk.state.step is Step.REVIEW
    assert desk.page.review.findings.text.startswith("B8: The total says 283,723, but its 3 parts sum up to 283,728.")


def test_findings_are_told_in_the_language_switched_to(
    desk: Desk, languages: LanguageSwitch, tmp_path: Path
) -> None:  # fmt: skip
    desk.drop(printed(tmp_path / "표1.xlsx", [*TOTAL[:5], TOTAL[5] + 1_000, TOTAL[6]]))
    desk.press("Go on to the names")
    languages.set_language(Language.KOREAN)
    desk.settle()
    assert all(word in desk.page.review.findings.text for word in ("F8", "179,601,000", "179,600,000"))
    assert desk.button("셀 보기").isVisible()
