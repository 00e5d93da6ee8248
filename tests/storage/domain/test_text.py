import pytest

from storage.domain.text import Text, listed, msg
from storage.domain.vocabulary import CLUSTER_STATUSES
from storage.errors import InvalidInput
from storage.translations import translated

BLANK = msg("{field} must not be blank.", field=msg("Name"))


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Name must not be blank."), ("ko", "이름: 비워 둘 수 없습니다.")]
)
def test_a_text_within_a_text_speaks_the_same_language(language: str, sentence: str) -> None:
    assert translated(BLANK, language) == sentence


def test_english_needs_no_translation() -> None:
    assert str(BLANK) == "Name must not be blank."


@pytest.mark.parametrize(("language", "text"), [("en", "Cluster, a{b}"), ("ko", "클러스터, a{b}")])
def test_listed_texts_are_translated_one_by_one(language: str, text: str) -> None:
    assert translated(listed([msg("Cluster"), Text("{name}", {"name": "a{b}"})]), language) == text


def test_a_refused_choice_names_the_options_in_the_readers_language() -> None:
    with pytest.raises(InvalidInput) as refused:
        CLUSTER_STATUSES.parse("gone")
    assert translated(refused.value.text, "ko") == "“gone”은(는) 다음 중에 없습니다: 후보, 계획, 운영 중, 종료."
