"""However a name is typed, its letters come out the same."""

import unicodedata

import pytest

from storage.domain.folding import fold, light, romanise, spellings


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  Pangyo  Techno-Valley ", "pangyo techno valley"),
        ("ＰＡＮＧＹＯ", "pangyo"),  # full width
        (unicodedata.normalize("NFD", "시화 국가산업단지"), "시화 국가산업단지"),
        ("ﾊﾟﾝｷﾞｮ", "ハンキョ"),  # half width, marks are accents
        ("ﾡﾢ", ""),  # half-width jamo alone are no syllable yet
        ("시ㅎ", "시"),
        ("Île-de-France", "ile de france"),
        (unicodedata.normalize("NFD", "Île-de-France"), "ile de france"),
        ("Straße", "strasse"),
        ("Αθήνα", "αθηνα"),
        ("Москва", "москва"),
        ("東京", "東京"),
        ("R&D", "r d"),
        ("20㎞²", "20km2"),
        ("의료ㆍ정밀", "의료 정밀"),
        ("_a_b", "a b"),
        ("🙂", ""),
        ("", ""),
    ],
)
def test_case_accents_width_and_composition_do_not_matter(typed: str, plain: str) -> None:
    assert light(typed) == plain


@pytest.mark.parametrize(
    "names", [("Sihwa", "Shihwa", "Shiwha", "시화"), ("Jeonju", "Chonju", "전주"), ("Gangneung", "Kangnung")]
)
def test_romanisations_of_one_name_fold_to_one(names: tuple[str, ...]) -> None:
    assert len({fold(romanise(name)) for name in names}) == 1


def test_an_abbreviation_keeps_its_consonants() -> None:
    assert fold("GTP") != fold("GDP")


def test_the_forms_of_a_name_begin_with_it_as_it_is_written() -> None:
    assert spellings("판교 TV")[:3] == ("판교 tv", "판교tv", "pangyo tv")
