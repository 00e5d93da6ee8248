"""Every sentence that people see is marked, and Korean for it lies in `resources/translations/ko.po`.

English needs no catalogue: its sentences are the keys, and `ntr` bears its plurals. A failure prints what is missing
as entries to paste into `ko.po`.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import polib
import pytest

from storage.database.kinds import KINDS
from storage.domain.fields import Choice, RecordKind
from storage.translations import LANGUAGES, translated

ROOT = Path(__file__).resolve().parent.parent
HELP = ROOT / "resources" / "help"
MARKS = {"tr": 1, "msg": 1, "ntr": 2}  # the function, and how many sentences it takes
Key = tuple[str, ...]
Call = tuple[str, ast.Call]

HANGUL = re.compile("[가-힣]")
LATIN = re.compile("[A-Za-z]{2}")
PLACE = re.compile(r"{[^{}]*}")
BARE_PARTICLE = re.compile(r"}[”\d]*(은|는|이|가|을|를|와|과|로|으로|이라|라)(?![가-힣(])")
WITHOUT_HANGUL = {
    "id", "{field}: id", "{file} – Cluster Atlas", "{metric} in {period}", "{name}, in {place}",
    "{name}: {value} in {period}.", "{name} → {record}",
    "→ {record}",
}  # fmt: skip


@cache
def calls() -> tuple[Call, ...]:
    """Every call of the program, with its place."""
    return tuple(_calls())


def _calls() -> Iterator[Call]:
    for path in [ROOT / "main.py", *sorted((ROOT / "storage").rglob("*.py")), *sorted((ROOT / "ui").rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", node


def name_of(call: ast.Call) -> str:
    """The name that is called, without what stands before its dot."""
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def literals(call: ast.Call, count: int) -> Key | None:
    """The first arguments where they are literal sentences."""
    texts = [node.value for node in call.args[:count] if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return tuple(texts) if len(texts) == count else None


@cache
def marked() -> dict[Key, str]:
    """The sentences of the program, each with the first place that says it."""
    found: dict[Key, str] = {}
    for place, call in calls():
        key = literals(call, MARKS.get(name_of(call), 0))
        if key and key[0]:
            found.setdefault(key, place)
    return found


@cache
def entries() -> list[polib.POEntry]:
    """The entries of the Korean catalogue as they stand."""
    return list(polib.pofile(str(ROOT / "resources" / "translations" / "ko.po"), encoding="utf-8"))


@cache
def korean() -> dict[Key, polib.POEntry]:
    """The entries of the Korean catalogue by their English."""
    return {tuple(filter(None, (entry.msgid, entry.msgid_plural))): entry for entry in entries()}


def sentences(entry: polib.POEntry) -> list[str]:
    """What an entry says in Korean."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def places(template: str) -> list[str]:
    """The `{named}` places of a sentence."""
    return sorted(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def is_put_together(node: ast.expr) -> bool:
    """Whether a sentence is made up where it is translated, so that no catalogue can know it."""
    made = isinstance(node, ast.Call) and name_of(node) in ("str", "format", "join")
    return made or isinstance(node, ast.JoinedStr | ast.BinOp)


def test_every_sentence_has_its_korean() -> None:
    missing = [key for key in marked() if key not in korean()]
    wanted = [polib.POEntry(msgid=key[0], msgid_plural=key[1] if len(key) == 2 else "") for key in missing]
    assert not missing, "add to resources/translations/ko.po:\n\n" + "\n".join(
        f"# {marked()[key]}\n{entry}" for key, entry in zip(missing, wanted, strict=True)
    )


def test_the_korean_catalogue_holds_nothing_that_nobody_says() -> None:
    assert [key for key in korean() if key not in marked()] == []


def test_no_sentence_is_translated_twice() -> None:
    said = [entry.msgid for entry in entries()]
    assert sorted(said) == sorted(set(said))


def test_a_sentence_is_either_counted_or_not() -> None:
    counted = {key[0] for key in marked() if len(key) == 2}
    assert [place for key, place in marked().items() if len(key) == 1 and key[0] in counted] == []


def test_korean_keeps_the_places() -> None:
    said = [(key[-1], sentence) for key, entry in korean().items() for sentence in sentences(entry)]
    assert [(key, sentence) for key, sentence in said if places(key) != places(sentence)] == []


def test_entries_are_finished() -> None:
    assert [key for key, entry in korean().items() if entry.fuzzy or not all(sentences(entry))] == []


def test_korean_is_korean() -> None:
    worded = [key for key in korean() if LATIN.search(PLACE.sub("", key[0])) and key[0] not in WITHOUT_HANGUL]
    assert [key for key in worded if not all(map(HANGUL.search, sentences(korean()[key])))] == []


def test_particles_fit_whatever_stands_before_them() -> None:
    """“{name}”을(를), since the last sound of a name is not known."""
    said = [sentence for entry in korean().values() for sentence in sentences(entry)]
    assert [sentence for sentence in said if BARE_PARTICLE.search(sentence)] == []


def test_a_sentence_ends_as_one_in_both_languages() -> None:
    said = [(key[-1], sentence) for key, entry in korean().items() for sentence in sentences(entry)]
    whole = [(key, sentence) for key, sentence in said if key.endswith(".") and not key.casefold().endswith("no.")]
    assert [(key, sentence) for key, sentence in whole if not sentence.endswith((".", "?"))] == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_and_their_options_keep_apart(kind: RecordKind, language: str) -> None:
    """A workbook finds its way back by what it was written in."""
    choices = [field.type for field in kind.fields if isinstance(field.type, Choice)]
    options = [[option.label for option in choice.options] for choice in choices]
    for labels in ([field.label for field in kind.fields if field.editable], *options):
        assert len({translated(label, language) for label in labels}) == len(labels)


def test_marks_bear_literal_sentences() -> None:
    wrong = [
        f"{place}: {ast.unparse(call)}"
        for place, call in calls()
        if (name_of(call) in ("msg", "ntr") and literals(call, MARKS[name_of(call)]) is None)
        or (name_of(call) == "tr" and is_put_together(call.args[0]))
    ]
    assert wrong == []


def test_texts_with_words_are_marked() -> None:
    """`Text` without `msg` is for what holds values alone."""
    texts = [(place, literals(call, 1)) for place, call in calls() if name_of(call) == "Text"]
    assert [place for place, key in texts if key and LATIN.search(PLACE.sub("", key[0]))] == []


@pytest.mark.parametrize("english", sorted(HELP.glob("*.en.md")), ids=lambda path: path.name)
def test_help_is_told_in_korean_as_well(english: Path) -> None:
    twin = english.with_name(english.name.replace(".en.", ".ko."))
    assert outline(english) == outline(twin)


def outline(page: Path) -> list[str]:
    """The headings, list entries and keys of a page, in order."""
    return re.findall(r"^#+ |^[-*] |^\d+\. |`[^`]+`", page.read_text("utf-8"), re.MULTILINE)
