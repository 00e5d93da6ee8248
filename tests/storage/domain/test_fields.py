"""What a field says of a text that it cannot take."""

import pytest

from storage.domain.fields import Field, Number, PeriodOf, QuantityOf, Words
from storage.domain.text import msg
from storage.errors import InvalidInput

TYPES = (Words(), Words(long=True), Number(), PeriodOf(), QuantityOf())


@pytest.mark.parametrize("kind", TYPES)
def test_an_illegal_character_is_named_with_field_and_place(kind: Words) -> None:
    with pytest.raises(InvalidInput) as refused:
        Field("note", msg("Note"), kind).parse("12\x0b3")
    said = "Note: character 3 is U+000B, which no workbook can keep; remove it."
    assert str(refused.value.text) == said


@pytest.mark.parametrize(
    ("typed", "kept"), [("a\r\nb\rc", "a\nb\nc"), ("\u1111\u1161\u11ab교", "판교"), ("a\tb", "a\tb")]
)
def test_line_ends_and_letters_are_made_one(typed: str, kept: str) -> None:
    assert Field("note", msg("Note"), Words(long=True)).parse(typed) == kept


@pytest.mark.parametrize("text", ["=1+1", "+82 31", "@home", "#N/A", "007", "_x0041_", "'quoted"])
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    assert Field("note", msg("Note"), Words()).parse(text) == text
