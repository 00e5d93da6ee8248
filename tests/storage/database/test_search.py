"""Whatever the spelling or the script, the same records are found, the likeliest first."""

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


@pytest.mark.parametrize("words", ["", "   ", "!!", '"', "'", "AND", 'a" OR "b', "%", "*"])
def test_odd_words_are_no_accident(catalogue: Catalogue, words: str) -> None:
    assert isinstance(titles(catalogue, words), list)


def test_the_alias_that_was_hit_is_told_as_it_is_written(catalogue: Catalogue) -> None:
    assert next(hit.detail for hit in catalogue.search("second pangyo")) == "second Pangyo"
