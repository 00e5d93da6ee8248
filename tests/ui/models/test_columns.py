import pytest

from storage.domain.fields import Field, QuantityOf, Ref, Reference, Words, YesNo
from storage.domain.quantities import Quantity
from storage.domain.text import msg
from storage.domain.vocabulary import SCENARIOS, STATUSES
from ui.language import Language, LanguageSwitch
from ui.models.columns import columns_of, edited_field

NAMES = (Field("name", msg("Name"), Words()), Field("name_ko", msg("Korean name"), Words()))
OBSERVATION = (
    Field("entity_id", msg("Record"), Reference("entity")),
    Field("value", msg("Value"), QuantityOf()),
    Field("competing", msg("Competing figures"), Words()),
    Field("preferred", msg("Preferred"), YesNo()),
    Field("status", msg("Status"), STATUSES),
    Field("scenario", msg("Scenario"), SCENARIOS),
)


def drawn(key: str, *values: object) -> object:
    (column,) = columns_of("observation", OBSERVATION, [key])
    return column.render(column.field, values)


def test_keys_without_a_field_are_left_out() -> None:
    assert [column.field.key for column in columns_of("cluster", NAMES, ["gone", "name"])] == ["name"]


def test_the_chosen_language_comes_first(languages: LanguageSwitch) -> None:
    (column,) = columns_of("cluster", NAMES, ["name"])
    languages.set_language(Language.KOREAN)
    cell = column.render(column.field, ("Gumi", "구미"))
    assert (cell.text, cell.other) == ("구미", "Gumi")


@pytest.mark.parametrize(("korean", "key"), [("구미", "name_ko"), (None, "name")])
def test_an_edit_means_the_name_that_is_shown(languages: LanguageSwitch, korean: str | None, key: str) -> None:
    (column,) = columns_of("cluster", NAMES, ["name"])
    languages.set_language(Language.KOREAN)
    assert edited_field(column, ("Gumi", korean)).key == key


@pytest.mark.parametrize(
    ("competing", "preferred", "tags"),
    [(0, False, ()), (1, False, (("1 of 2", "mind"),)), (1, True, (("preferred of 2", "good"),)),
     (0, True, (("preferred", "good"),))],
)  # fmt: skip
def test_competing_figures_bear_a_tag(competing: int, preferred: bool, tags: object) -> None:
    cell = drawn("value", Quantity(70_000, precision="about"), competing, preferred)
    assert (cell.text, cell.tags) == ("≈ 70,000", tags)


@pytest.mark.parametrize(
    ("key", "value", "tags"),
    [("status", "A", ()), ("status", "E", (("Estimated", "mind"),)), ("scenario", "actual", ()),
     ("scenario", "forecast", (("Forecast", "accent"),)), ("preferred", True, (("preferred", "good"),))],
)  # fmt: skip
def test_what_is_usual_bears_no_tag(key: str, value: object, tags: object) -> None:
    assert drawn(key, value).tags == tags


def test_a_record_is_shown_with_both_names() -> None:
    cell = drawn("entity_id", Ref(1, "Gumi", "구미"))
    assert cell.spoken == "Gumi 구미"
