"""Whatever the spelling or the script, the same records are found, the likeliest first."""

import unicodedata

import pytest

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, delete, insert, update
from storage.domain.query import Query, Where
from storage.domain.text import msg


def titles(catalogue: Catalogue, words: str) -> list[str]:
    return [hit.title for hit in catalogue.search(words)]


@pytest.mark.parametrize("words", ["Shihwa", "Shiwha", "SIHWA", "sihwa", "시화"])
def test_all_spellings_of_a_name_find_the_same(catalogue: Catalogue, words: str) -> None:
    assert titles(catalogue, words) == titles(catalogue, "Sihwa") != []


@pytest.mark.parametrize("words", ["판", "판교", "교테", "Pangyo", "pangy", "PTV"])
def test_a_part_of_any_name_is_enough(catalogue: Catalogue, words: str) -> None:
    assert "Pangyo Techno Valley" in titles(catalogue, words)


def test_the_name_itself_comes_before_what_only_mentions_it(catalogue: Catalogue) -> None:
    assert titles(catalogue, "Pangyo Techno Valley")[0] == "Pangyo Techno Valley"


def test_all_the_words_must_be_there(catalogue: Catalogue) -> None:
    assert titles(catalogue, "Pangyo Wonju") == []


def test_an_abbreviation_does_not_find_what_only_sounds_alike(catalogue: Catalogue) -> None:
    assert "Share of the national economy" not in titles(catalogue, "GTP")


def test_a_new_alias_is_found_and_a_deleted_one_is_not(catalogue: Catalogue) -> None:
    cluster = int(catalogue.ids(Query("cluster", Where("name", "=", "Pangyo Techno Valley")))[0])
    made = catalogue.apply(ChangeSet.of([insert("alias", {"entity_id": cluster, "name": "Zebra"}, -1)]), msg("Add"))
    found = titles(catalogue, "zebra")
    catalogue.apply(ChangeSet.of([delete("alias", made.new_ids[-1])]), msg("Delete"))
    assert (found, titles(catalogue, "zebra")) == (["Pangyo Techno Valley"], [])


def test_a_renamed_record_is_found_by_its_new_name_and_after_undo_by_its_old_one(catalogue: Catalogue) -> None:
    cluster = int(catalogue.ids(Query("cluster", Where("name", "=", "Pangyo Techno Valley")))[0])
    catalogue.apply(ChangeSet.of([update("cluster", cluster, {}, {"name": "Zebra"})]), msg("Rename"))
    renamed = titles(catalogue, "zebra")
    catalogue.undo()
    assert (renamed, titles(catalogue, "zebra")) == (["Zebra"], [])


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "!!",
        '"',
        "'",
        "AND",
        'a" OR "b',
        "%",
        "*",
        "\x00",
        "🙂",
        "시ㅎ",
        "a" * 10_000,
        "pangyo " * 5_000,
        "x:y",
        "NEAR(",
    ],
)
def test_odd_words_are_no_accident(catalogue: Catalogue, words: str) -> None:
    assert isinstance(titles(catalogue, words), list)


def test_the_alias_that_was_hit_is_told_as_it_is_written(catalogue: Catalogue) -> None:
    assert next(hit.detail for hit in catalogue.search("second pangyo")) == "second Pangyo"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("pan", "Pangyo Techno Valley"),
        ("Pangyo T", "Pangyo Techno Valley"),
        ("ＰＡＮＧＹＯ ＴＥＣＨＮＯ", "Pangyo Techno Valley"),
        (unicodedata.normalize("NFD", "판교테크노밸리"), "Pangyo Techno Valley"),
        ("valley pangyo techno", "Pangyo Techno Valley"),
        ("pangyotechno", "Pangyo Techno Valley"),
        ("technovalley", "Pangyo Techno Valley"),
    ],
)
def test_what_is_typed_so_far_finds_the_likeliest_first(catalogue: Catalogue, words: str, first: str) -> None:
    assert first in titles(catalogue, words)[:3]


def named(catalogue: Catalogue, *names: str, **more: str) -> None:
    catalogue.apply(ChangeSet.of(insert("organisation", {"name": name} | more) for name in names), msg("Names"))


def test_front_before_word_before_prose_and_short_before_long(empty: Catalogue) -> None:
    named(empty, "Old Alpha", "Alphabet Works", "Alpha", "Alpha Two")
    named(empty, "Beta", note="once called alpha")
    assert titles(empty, "alpha") == ["Alpha", "Alpha Two", "Alphabet Works", "Old Alpha", "Beta"]


def test_clusters_come_before_organisations_of_the_same_fit(empty: Catalogue) -> None:
    named(empty, "Alpha")
    empty.apply(ChangeSet.of([insert("cluster", {"name": "Alpha Park"})]), msg("Names"))
    assert titles(empty, "alp") == ["Alpha Park", "Alpha"]


def test_the_whole_name_is_found_among_many_that_begin_alike(empty: Catalogue) -> None:
    named(empty, *(f"Alpha {n}" for n in range(1000)), "Alpha")
    assert titles(empty, "alpha")[0] == "Alpha"


@pytest.mark.parametrize(("words", "count"), [("밸", 1), ("밸리", 1), ("밸리판", 0), ("AI", 1), ("ai", 1), ("lle", 0)])
def test_short_words_are_found_in_notes_too(empty: Catalogue, words: str, count: int) -> None:
    named(empty, "X", note="테크노밸리, an AI site")
    named(empty, "Y", note="said no more")
    assert len(titles(empty, words)) == count


def test_only_the_wanted_kinds_are_found(catalogue: Catalogue) -> None:
    assert {hit.kind for hit in catalogue.search("s", kinds=("region", "source"))} == {"region", "source"}


def test_a_kind_that_is_not_indexed_is_not_found(catalogue: Catalogue) -> None:
    assert catalogue.search("s", kinds=("alias",)) == []


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_than_asked_for_are_found(catalogue: Catalogue, limit: int) -> None:
    assert len(catalogue.search("s", limit)) == limit


def test_a_record_is_found_by_the_new_name_of_its_industry(catalogue: Catalogue) -> None:
    sector = int(catalogue.stored(Query("specialisation"), ("sector_id",))[0][1])
    catalogue.apply(ChangeSet.of([update("sector", sector, {}, {"name": "Zebra farming"})]), msg("Rename"))
    assert titles(catalogue, "zebra") != []


def test_a_note_moves_with_its_figure(empty: Catalogue) -> None:
    named(empty, "A", "B")
    figure = {"entity_id": 1, "metric_id": -1, "note": "zebra"}
    empty.apply(ChangeSet.of([insert("metric", {"name": "M"}, -1), insert("observation", figure)]), msg("Figure"))
    empty.apply(ChangeSet.of([update("observation", 1, {}, {"entity_id": 2})]), msg("Move"))
    assert titles(empty, "zebra") == ["B"]


def test_a_source_is_found_by_the_note_of_its_passage(empty: Catalogue) -> None:
    passage = {"source_id": -1, "locator": "p. 1", "note": "zebra"}
    empty.apply(ChangeSet.of([insert("source", {"title": "S"}, -1), insert("passage", passage)]), msg("Source"))
    assert titles(empty, "zebra") == ["S"]


@pytest.mark.parametrize("name", ["…", "!!", "é", "@x", "🙂", "北京"])
def test_a_record_of_any_name_can_be_made(empty: Catalogue, name: str) -> None:
    empty.apply(ChangeSet.of([insert("cluster", {"name": name})]), msg("Odd"))
    assert empty.check() == []


def test_a_record_whose_name_has_no_letters_can_be_deleted(empty: Catalogue) -> None:
    made = empty.apply(ChangeSet.of([insert("cluster", {"name": "…"}, -1)]), msg("Test"))
    empty.undo(made.id)
    assert empty.check() == []
