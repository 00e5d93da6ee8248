"""Every cluster, organisation, place and relation of the five articles is in the sample; its tables are read with care.

The lists are written from the articles, not from the sample's tables, so that what is missing there goes red here.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.catalogue import Catalogue
from storage.errors import InvalidInput
from storage.sample import FOLDER, sample_changes

CLUSTERS = """
Pangyo Techno Valley; PTV; Gwanggyo BT Valley; second Pangyo; next Pangyo; Osong Bio-Health Science Park;
Ansan Science Park; Daejin Technopark; Skolkovo Technopark; Silicon Valley; Banwol-Shiwha Industrial Complex;
Ansan Science Valley; ASV; Daedeok Research Complex; Daedeok Valley; Daedeok Special Zone for R&D;
Science-business belt; National Innovation Clusters; National Innovation Convergence Complex;
K-Future Automotive Valley; Auto component clusters of south-western Gyeonggi;
Autonomous driving clusters around Pangyo; Changwon Industrial Complex; Gumi Industrial Complex;
Ulsan Industrial Complex; Banwol/Sihwa; Gwangju Industrial Complex; Wonju Industrial Complex;
Gunsan Industrial Complex; Namdong; Sihwa; Daebul; Yeosu Industrial Complex;
Mini-clusters of the seven model complexes; Seven model industrial complexes; National industrial complexes of KICOX;
Innovative cities; Industrial complexes; Special R&D zones
"""

ORGANISATIONS = """
GSTEP; Industrial Bank of Korea; KODIT; Technopark (not specified); KAIST; Hanyang University Ansan Campus;
Skolkovo Foundation; GSBC; Europe Business Center; Vienna smart city teams; Global Leaders’ Forum;
Central government of South Korea; Provinces and other regions of South Korea; Li Keqiang; Kwak Jae-won; Bio 2020;
startup academy building; Korea-Russia Science and Technology Forum; Cluster innovation headquarters of GSTEP;
Cluster ordinance; Gyeonggi Technopark; SMEs of the Ansan region; Innovative institutions of Ansan Science Valley;
Kyoung Joo Nam; Technopark project; MOTIE; IBS; Presidential Committee for Balanced National Development;
Regional Innovation Council; Local governments of South Korea; Lee Myung-bak; OECD; OECD Science Summit;
Regional Development Investment Agreement; Gyeonggi Province; Korea Automotive Technology Institute;
Korea Automotive Technology Institute, Gyeonggi headquarters; SNU Siheung campus; Kim Kyu-hong; Ajou University;
Yoon Il-soo; Hyundai Motor; Lee Young-jae; GBSA; Gyeonggi Research Institute; Gyeonggi Techno Park; AICT;
Yoo Yeong-ho; Kim Gyu-sik; K-Future Automotive Valley Innovation Task Force; KICOX; Kim Chil-du;
Innovative Cluster Implementation Team; Inno Cafe Seoul; Inno Cafe Gyeongin; Inno Cafe Changwon; Inno Cafe Yeosu;
Inno Cafe Gwangju; Network hub Changwon; Ombudsman office of KICOX; Factory establishment support center;
Factory establishment call center; Service center for relocation; Banwol thermal power plant; Gumi thermal power plant
"""

REGIONS = """
South Korea; Gyeonggi-do; Seoul Capital Area; Seoul; Daejeon; Russia; Vienna; City of Ansan; Suwon; Seongnam;
Hwaseong; Bucheon; Namyangju; Ansan; Pyeongtaek; Anyang; Siheung; Gwangmyeong; Gwacheon
"""

RELATIONS = """
GSTEP > promotes > PTV
GSTEP > promotes > Gwanggyo
GSTEP > agreement with > Skolkovo Technopark
Korea-Russia Science and Technology Forum > follows up > GSTEP–Skolkovo business agreement
GSTEP > agreement with > Vienna smart city teams
Gwanggyo > cooperates with > Industrial Bank of Korea
Gwanggyo > cooperates with > KODIT
Gwanggyo > cooperates with > Technopark
Gwanggyo > cooperates with > KAIST
Osong > compares with > Gwanggyo
PTV > candidate for > Innovation cluster candidates of Gyeonggi-do
Gwanggyo > candidate for > Innovation cluster candidates of Gyeonggi-do
Ansan Science Park > candidate for > Innovation cluster candidates of Gyeonggi-do
Hanyang University Ansan Campus > candidate for > Innovation cluster candidates of Gyeonggi-do
Daejin Technopark > candidate for > Innovation cluster candidates of Gyeonggi-do
Major institutions of Pangyo Techno Valley > member of > Global Leaders’ Forum
Companies of Pangyo Techno Valley with sales over 50 billion > member of > Global Leaders’ Forum
Skolkovo > compares with > Silicon Valley
GTP > located in > ASV
GTP > leads > ASV
ASV > located in > City of Ansan
Banwol-Shiwha > located in > City of Ansan
GTP > serves > SMEs of the Ansan region
Daedeok Valley > succeeds > Daedeok Research Complex
Daedeok Special Zone for R&D > succeeds > Daedeok Valley
Daedeok Special Zone for R&D > hosts > Science-business belt
National Innovation Cluster > links > Innovative cities
National Innovation Cluster > links > Industrial complexes
National Innovation Cluster > links > Special R&D zones
National Innovation Cluster > links > Universities
K-Future Automotive Valley > links > Auto component clusters of south-western Gyeonggi
K-Future Automotive Valley > links > Autonomous driving clusters around Pangyo
Korea Automotive Technology Institute, Gyeonggi headquarters > hosts > K-Future Automotive Valley Innovation Task Force
Mini-clusters of the seven model complexes > part of > Seven model industrial complexes
KICOX > operates > National industrial complexes of KICOX
Banwol thermal power plant > located in > Banwol Industrial Complex
Gumi thermal power plant > located in > Gumi Industrial Complex
Network hub Changwon > located in > Changwon Industrial Complex
GBSA > succeeds > GSTEP
GBSA > succeeds > GSBC
Technopark (not specified) > may be > Kyeonggi Technopark
Ansan Science Park > may be > Ansan Science Valley
"""

TASK_FORCE = """
Suwon: local government; Seongnam: local government; Hwaseong: local government; Bucheon: local government;
Namyangju: local government; Ansan: local government; Pyeongtaek: local government; Anyang: local government;
Siheung: local government; Gwangmyeong: local government; Gwacheon: local government; Kim Kyu-hong: academia;
Yoon Il-soo: academia; Lee Young-jae: industry; Gyeonggi Research Institute: research; AICT: research; GBSA: support;
GTP: support
"""

TARGETS = """
Gumi Industrial Complex: IT, electronics; Changwon Industrial Complex: machinery;
Ulsan Industrial Complex: automotive parts; Banwol-Sihwa: parts and materials; Gwangju Industrial Complex: optical;
Gunsan Industrial Complex: automotive, machinery; Wonju Industrial Complex: medical devices
"""


def items(text: str) -> list[str]:
    """The entries of a list above."""
    return [entry.strip() for entry in text.replace("\n", " ").split(";")]


def pairs(text: str) -> list[tuple[str, str]]:
    """The entries of a list above that have two halves."""
    return [(name, what.strip()) for name, what in (entry.rsplit(":", 1) for entry in items(text))]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("sample") / "sample.clusters"
    Catalogue.create(path, sample=True).close()
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def called(database: sqlite3.Connection, name: str, kind: str = "") -> set[int]:
    """The entities that go by a name."""
    rows = database.execute(
        "SELECT id FROM entity WHERE kind LIKE :k || '%' AND :n IN (name, name_ko) UNION SELECT e.id FROM alias a"
        " JOIN entity e ON e.id = a.entity_id WHERE e.kind LIKE :k || '%' AND a.name = :n",
        {"k": kind, "n": name},
    )
    return {row[0] for row in rows}


@pytest.mark.parametrize("name", items(CLUSTERS))
def test_each_cluster_is_held(database: sqlite3.Connection, name: str) -> None:
    assert len(called(database, name, "cluster")) == 1


@pytest.mark.parametrize("name", items(ORGANISATIONS))
def test_each_organisation_is_held(database: sqlite3.Connection, name: str) -> None:
    assert len(called(database, name, "organisation")) == 1


@pytest.mark.parametrize("name", items(REGIONS))
def test_each_region_is_held(database: sqlite3.Connection, name: str) -> None:
    assert len(called(database, name, "region")) == 1


@pytest.mark.parametrize("line", RELATIONS.strip().splitlines())
def test_each_relation_is_held(database: sqlite3.Connection, line: str) -> None:
    subject, kind, other = line.split(" > ")
    held = database.execute("SELECT subject_id, object_id FROM relation WHERE type = ?", (kind,)).fetchall()
    assert any(a in called(database, subject) and b in called(database, other) for a, b in held)


@pytest.mark.parametrize(("name", "role"), pairs(TASK_FORCE))
def test_who_takes_part_in_the_task_force_has_a_role(database: sqlite3.Connection, name: str, role: str) -> None:
    (force,) = called(database, "K-Future Automotive Valley Innovation Task Force")
    rows = database.execute(
        "SELECT subject_id, role FROM relation WHERE type = 'participates in' AND object_id = ?", (force,)
    )
    assert [told.split(";")[0] for id, told in rows if id in called(database, name)] == [role]


@pytest.mark.parametrize(("name", "industries"), pairs(TARGETS))
def test_each_model_complex_has_its_target_industry(database: sqlite3.Connection, name: str, industries: str) -> None:
    (complex_id,) = called(database, name, "cluster")
    rows = database.execute(
        "SELECT s.code FROM specialisation x JOIN sector s ON s.id = x.sector_id"
        " WHERE x.role = 'target' AND x.entity_id = ? ORDER BY s.code", (complex_id,),
    )  # fmt: skip
    assert ", ".join(row[0] for row in rows) == industries


@pytest.mark.parametrize(
    "names",
    [
        ("GTP", "Gyeonggi Technopark", "Kyeonggi Technopark", "Gyeonggi Techno Park", "경기테크노파크"),
        ("Banwol-Shiwha", "Banwol-Sihwa", "Banwol/Sihwa", "반월시화"),
        ("Korea Automotive Technology Institute", "Korea Automobile Technology Institute"),
        ("Gwanggyo BT Valley", "second Pangyo", "next Pangyo"),
    ],
)
def test_one_thing_has_many_names(database: sqlite3.Connection, names: tuple[str, ...]) -> None:
    assert len(set.union(*(called(database, name) for name in names))) == 1


@pytest.mark.parametrize("pair", [("Ansan Science Park", "Ansan Science Valley"), ("Technopark", "GTP")])
def test_what_may_be_the_same_is_kept_apart(database: sqlite3.Connection, pair: tuple[str, str]) -> None:
    assert called(database, pair[0]).isdisjoint(called(database, pair[1]))


def test_the_nickname_second_pangyo_has_source_and_validity(database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT source_id, valid_start FROM alias WHERE name = 'second Pangyo'").fetchall()
    assert [(bool(source), valid) for source, valid in rows] == [(True, "2015-01-01")]


def test_a_complex_lies_in_several_municipalities(database: sqlite3.Connection) -> None:
    rows = database.execute(
        "SELECT o.name FROM relation r JOIN entity s ON s.id = r.subject_id JOIN entity o ON o.id = r.object_id"
        " WHERE r.type = 'located in' AND s.name = 'Banwol-Sihwa Industrial Complex'"
    )
    assert {row[0] for row in rows} == {"Ansan", "Siheung"}


def test_a_merger_that_no_source_tells_says_so(database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT note FROM relation WHERE type = 'succeeds' AND role = 'merger'").fetchall()
    assert [note.startswith("Unverified") for (note,) in rows] == [True, True]


# Reading the tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "samples"))


@pytest.mark.parametrize(
    ("table", "row", "cause"),
    [
        ("units.tsv", "x\tx", "2 cells under 6 columns"),
        ("units.tsv", "x\tx\tx\t\t\tmany", "not read as a number"),
        ("units.tsv", "x\t\tx\t\t\t", "Code must not be blank"),
        ("units.tsv", "krw\tx\tx\t\t\t", "the key “krw” is used twice"),
        ("specialisations.tsv", "atlantis\tgame\tactive\t", "no entity has the key “atlantis”"),
        ("specialisations.tsv", "pangyo\tgame\tidle\t", "“idle” is none of"),
    ],
)
def test_a_bad_line_is_named(folder: Path, table: str, row: str, cause: str) -> None:
    path = folder / table
    count = len(path.read_text(encoding="utf-8").splitlines())
    with path.open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    with pytest.raises(InvalidInput) as error:
        sample_changes(folder)
    assert str(error.value).startswith(f"{table}, line {count + 1}: ")
    assert cause in str(error.value)


@pytest.mark.parametrize("column", ["colour", "figures"])
def test_an_unknown_or_derived_column_is_refused(folder: Path, column: str) -> None:
    path = folder / "regions.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("\tnote", f"\t{column}", 1), encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"regions\.tsv, line"):
        sample_changes(folder)


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "units.tsv").unlink()
    with pytest.raises(InvalidInput, match=r"units\.tsv is missing"):
        sample_changes(folder)


def test_every_row_refers_only_to_rows_of_the_sample() -> None:
    changes = sample_changes().changes
    assert len({change.id for change in changes}) == len(changes)
