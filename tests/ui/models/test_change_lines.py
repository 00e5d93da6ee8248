import pytest

from storage.catalogue import Catalogue
from storage.domain.changes import Change, ChangeSet, delete, insert, update
from storage.domain.query import Query, Where
from storage.domain.text import msg
from ui.language import Language, LanguageSwitch
from ui.models.change_lines import ChangeLineModel, arrow, change_lines, told_line


def cluster_id(catalogue: Catalogue) -> int:
    return int(catalogue.ids(Query("cluster", Where("name", "=", "Pangyo Techno Valley")))[0])


def lines_of(catalogue: Catalogue, *changes: Change):
    revision = catalogue.apply(ChangeSet.of(changes), msg("Test"))
    return change_lines(catalogue, catalogue.changes_of(revision.id))


def test_record_stands_above_its_fields(catalogue: Catalogue, languages: LanguageSwitch) -> None:
    lines = lines_of(catalogue, insert("cluster", {"name": "Test Valley", "type": "techno valley"}))
    assert [line.is_record for line in lines].count(True) >= 1
    assert (lines[0].title, lines[0].note) == ("Test Valley", "Cluster · new")


def test_update_shows_both_values(catalogue: Catalogue, languages: LanguageSwitch) -> None:
    id = cluster_id(catalogue)
    lines = lines_of(catalogue, update("cluster", id, {"name": "Pangyo Techno Valley"}, {"name": "Pangyo"}))
    assert told_line(lines[1]) == "Name: Pangyo Techno Valley → Pangyo"


def test_deletion_tells_what_went(catalogue: Catalogue, languages: LanguageSwitch) -> None:
    made = catalogue.apply(ChangeSet.of([insert("source", {"title": "Old paper"}, -1)]), msg("New"))
    lines = lines_of(catalogue, delete("source", made.new_ids[-1]))
    assert (lines[0].note, arrow(lines[1])) == ("Source · deleted", "Old paper, removed")


def test_reference_shows_the_name_it_means(catalogue: Catalogue, languages: LanguageSwitch) -> None:
    languages.set_language(Language.KOREAN)
    lines = lines_of(catalogue, insert("alias", {"entity_id": cluster_id(catalogue), "name": "PTV2"}))
    assert "판교테크노밸리" in [line.after for line in lines]


def test_choices_are_told_by_their_labels(catalogue: Catalogue, languages: LanguageSwitch) -> None:
    languages.set_language(Language.KOREAN)
    metric = catalogue.ids(Query("metric"))[0]
    values = {
        "entity_id": cluster_id(catalogue),
        "metric_id": metric,
        "value": 7.0,
        "precision": "about",
        "status": "E",
    }
    lines = {line.title: line.after for line in lines_of(catalogue, insert("observation", values))}
    assert (lines["정밀도"], lines["상태"]) == ("어림", "추정")


def test_worked_out_bounds_are_left_out(catalogue: Catalogue, languages: LanguageSwitch) -> None:
    values = {"name": "Test", "since": "2015", "since_start": "2015-01-01", "since_end": "2016-01-01"}
    lines = lines_of(catalogue, insert("cluster", values))
    assert [line.after for line in lines if line.title == "Since"] == ["2015"]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_model_keeps_qts_rules(qtmodeltester, catalogue: Catalogue, count: int) -> None:
    model = ChangeLineModel()
    model.set_lines(change_lines(catalogue, catalogue.changes_of(1, 20))[:count])
    qtmodeltester.check(model)


@pytest.mark.parametrize("kind", ["recipe", "view"])
def test_internals_are_left_out(catalogue: Catalogue, languages: LanguageSwitch, kind: str) -> None:
    own = {"fingerprint": "5f7e94"} if kind == "recipe" else {"page": "clusters"}
    lines = lines_of(catalogue, insert(kind, {"name": "Ours", "definition": '{"constants": {}}', **own}))
    assert not [line for line in lines if "constants" in line.after or "5f7e94" in line.after]
