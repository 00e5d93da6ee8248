import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from storage.domain.proposal import MAKE_NEW, Decision
from storage.domain.review import Kept
from storage.errors import CatalogueError
from storage.exchange.options import Options
from storage.exchange.paused import FILE, Paused, PausedReviews, Told

TOLD = Told(
    Options("Sheet 1", 3, {"연도": "period"}, {"unit": "persons"}, "none", "A5:F20"),
    "Quarterly",
    {("entity", "판교", "", "Seongnam"): 7, ("metric", "Sales", "", ""): MAKE_NEW},
    "organisation",
    {("observation", "S", "B4", "Pangyo · Sales", "value"): Kept(Decision.BASE, "abc")},
)


@pytest.fixture
def reviews(tmp_path: Path) -> PausedReviews:
    return PausedReviews(tmp_path / "reviews")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "figures.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    return path


def left(reviews: PausedReviews, workbook: Path, told: Told = TOLD, catalogue: str = "mine", **more: object) -> Paused:
    review = Paused(reviews.begin(workbook), workbook, catalogue, 4, "review", told, **more)
    reviews.keep(review, reviews.turn())
    return review


def again(reviews: PausedReviews) -> PausedReviews:
    """The same folder after a restart."""
    return PausedReviews(reviews._folder)


def test_all_that_was_told_comes_back_after_a_restart(reviews: PausedReviews, workbook: Path) -> None:
    review = left(reviews, workbook, undecided=3, changes=12)
    assert again(reviews).load(review.id)[0] == review


def test_workbook_is_kept_as_it_was(reviews: PausedReviews, workbook: Path) -> None:
    review = left(reviews, workbook)
    before = workbook.read_bytes()
    workbook.write_text("other", encoding="utf-8")
    copy = again(reviews).load(review.id)[1]
    assert (copy.name, copy.read_bytes()) == (workbook.name, before)


def test_reviews_of_the_catalogue_are_listed_the_last_one_first(reviews: PausedReviews, workbook: Path) -> None:
    early, late = (left(reviews, workbook, at=f"2026-01-0{day}T00:00:00+00:00") for day in (1, 2))
    left(reviews, workbook, catalogue="another")
    assert again(reviews).listed("mine") == [late, early]


def test_state_seen_earlier_never_replaces_a_later_one(reviews: PausedReviews, workbook: Path) -> None:
    early = reviews.turn()
    review = left(reviews, workbook)
    reviews.keep(replace(review, step="mapping"), early)
    assert reviews.load(review.id)[0].step == "review"


def test_file_opened_again_takes_the_place_of_a_review_that_says_nothing(
    reviews: PausedReviews, workbook: Path
) -> None:
    left(reviews, workbook, Told())
    told, blank = left(reviews, workbook), left(reviews, workbook, Told())
    assert {review.id for review in reviews.listed("mine")} == {told.id, blank.id}


def test_discarded_review_can_be_taken_back(reviews: PausedReviews, workbook: Path) -> None:
    review = left(reviews, workbook)
    reviews.discard(review.id)
    away = reviews.listed("mine")
    reviews.restore(review.id)
    assert (away, reviews.listed("mine")) == ([], [review])


def test_discarded_review_is_gone_for_good_at_the_next_start(reviews: PausedReviews, workbook: Path) -> None:
    reviews.discard(left(reviews, workbook).id)
    again(reviews).sweep()
    assert list(reviews._folder.iterdir()) == []


@pytest.mark.parametrize("leave", [PausedReviews.drop, PausedReviews.discard])
def test_review_that_is_gone_is_not_written_again(reviews: PausedReviews, workbook: Path, leave: object) -> None:
    review = left(reviews, workbook)
    leave(reviews, review.id)
    reviews.keep(review, reviews.turn())
    assert reviews.listed("mine") == []


def test_what_a_crash_left_half_made_is_swept_a_day_later(reviews: PausedReviews, workbook: Path) -> None:
    fresh, old = reviews.begin(workbook), reviews.begin(workbook)
    os.utime(reviews._folder / old, (0, 0))
    reviews.sweep()
    assert [place.name for place in reviews._folder.iterdir()] == [fresh]


def damaged(text: str, **changed: object) -> str:
    return json.dumps(json.loads(text) | changed)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: "null",
        lambda text: "[" * 100_000,
        lambda text: damaged(text, format=99),
        lambda text: damaged(text, step="elsewhere"),
        lambda text: damaged(text, options=[]),
        lambda text: damaged(text, options={"roles": 3}),
        lambda text: damaged(text, names=[["entity", 1]]),
        lambda text: damaged(text, decisions=[[["a"], "take", ""]]),
        lambda text: damaged(text, decisions=[[["a", "b", "c", "d", "e"], "burn", ""]]),
        lambda text: damaged(text, undecided="many"),
        lambda text: damaged(text, original=None),
        lambda text: damaged(text, at="yesterday"),
    ],
)
def test_damaged_review_is_not_listed_and_not_loaded(reviews: PausedReviews, workbook: Path, damage: object) -> None:
    review = left(reviews, workbook)
    place = reviews._folder / review.id / FILE
    place.write_text(damage(place.read_text(encoding="utf-8")), encoding="utf-8")
    assert reviews.listed("mine") == []
    with pytest.raises(CatalogueError, match="cannot be read"):
        reviews.load(review.id)


def test_review_without_its_workbook_is_not_listed(reviews: PausedReviews, workbook: Path) -> None:
    review = left(reviews, workbook)
    (reviews._folder / review.id / "workbook" / workbook.name).unlink()
    assert reviews.listed("mine") == []


def test_folder_that_cannot_be_written_gives_a_sentence(tmp_path: Path, workbook: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"figures\.csv cannot be kept for later"):
        PausedReviews(tmp_path / "file").begin(workbook)


def test_nothing_is_listed_where_nothing_was_left(reviews: PausedReviews) -> None:
    reviews.sweep()
    assert reviews.listed("mine") == []
