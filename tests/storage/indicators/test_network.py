"""Networks: published values, edges, and what always holds."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.indicators.network import (
    adjacency,
    betweenness,
    centralisation,
    degree,
    density,
    external_internal_index,
    mixing,
    triple_helix_synergy,
)
from storage.indicators.result import Reason

PATH = list(pairwise(range(3)))
STAR = [(0, other) for other in range(1, 6)]
COMPLETE = [(one, other) for one in range(5) for other in range(one)]
KITE = [(0, 1), (0, 2), (0, 3), (0, 5), (1, 3), (1, 4), (1, 6), (2, 3), (2, 5), (3, 4), (3, 5), (3, 6), (4, 6), (5, 6),
        (5, 7), (6, 7), (7, 8), (8, 9)]  # fmt: skip
FAMILIES = ("Acciaiuoli", "Albizzi", "Barbadori", "Bischeri", "Castellani", "Ginori", "Guadagni", "Lamberteschi",
            "Medici", "Pazzi", "Peruzzi", "Ridolfi", "Salviati", "Strozzi", "Tornabuoni")  # fmt: skip
MARRIAGES = [("Acciaiuoli", "Medici"), ("Castellani", "Peruzzi"), ("Castellani", "Strozzi"),
             ("Castellani", "Barbadori"), ("Medici", "Barbadori"), ("Medici", "Ridolfi"),
             ("Medici", "Tornabuoni"), ("Medici", "Albizzi"),
             ("Medici", "Salviati"), ("Salviati", "Pazzi"), ("Peruzzi", "Strozzi"), ("Peruzzi", "Bischeri"),
             ("Strozzi", "Ridolfi"), ("Strozzi", "Bischeri"), ("Ridolfi", "Tornabuoni"), ("Tornabuoni", "Guadagni"),
             ("Albizzi", "Ginori"), ("Albizzi", "Guadagni"), ("Bischeri", "Guadagni"),
             ("Guadagni", "Lamberteschi")]  # fmt: skip
FLORENCE = [(FAMILIES.index(one), FAMILIES.index(other)) for one, other in MARRIAGES]
LADDER = [(0, 1), (0, 2), (1, 3), (2, 3), (2, 4), (4, 5), (3, 5)]
APART = [(0, 1), (1, 2), (3, 4), (4, 5), (5, 6)]


@pytest.mark.parametrize(
    ("size", "ties", "published"),
    [
        (3, PATH, (0, 1, 0)),
        (5, COMPLETE, (0, 0, 0, 0, 0)),
        (10, KITE, (0.023, 0.023, 0, 0.102, 0, 0.231, 0.231, 0.389, 0.222, 0)),
        (15, FLORENCE, (0, 0.212, 0.093, 0.104, 0.055, 0, 0.255, 0, 0.522, 0, 0.022, 0.114, 0.143, 0.103, 0.092)),
    ],
    ids=["path", "complete", "Krackhardt's kite", "Florentine families"],
)
def test_published_betweenness(size: int, ties, published) -> None:
    # the test suite of NetworkX
    assert betweenness(adjacency(size, ties)).values == pytest.approx(published, abs=5.1e-4)


@pytest.mark.parametrize(
    ("size", "ties", "published"),
    [
        (6, LADDER, (0.833, 0.833, 3.333, 3.333, 0.833, 0.833)),
        (7, APART, (0, 1, 0, 0, 2, 2, 0)),
        (10, KITE, (0.833, 0.833, 0, 3.667, 0, 8.333, 8.333, 14, 8, 0)),
    ],
    ids=["ladder", "two paths", "Krackhardt's kite"],
)
def test_published_pairs_between(size: int, ties, published) -> None:
    # the test suite of NetworkX
    assert betweenness(adjacency(size, ties), normalised=False).values == pytest.approx(published, abs=5.1e-4)


@pytest.mark.parametrize(("normalised", "published"), [(False, 1.0), (True, 0.5)])
def test_published_betweenness_with_a_direction(normalised: bool, published: float) -> None:
    # the test suite of NetworkX
    matrix = adjacency(3, PATH, directed=True)
    found = betweenness(matrix, normalised=normalised, directed=True).values
    assert found.tolist() == [0, published, 0]


def test_degrees_of_the_kite() -> None:
    # Krackhardt (1990), Administrative Science Quarterly 35(2): Diane has the most, Heather lies between most
    matrix = adjacency(10, KITE)
    assert degree(matrix).values.tolist() == [4, 4, 3, 6, 3, 5, 5, 3, 2, 1]
    assert degree(matrix, normalised=True).values[3] == pytest.approx(6 / 9)
    assert density(matrix).values == pytest.approx(0.4)


@pytest.mark.parametrize(("size", "ties", "value"), [(6, STAR, 1), (5, COMPLETE, 0), (3, PATH, 1)])
def test_centralisation_of_a_star_and_of_equals(size: int, ties, value: float) -> None:
    assert centralisation(degree(adjacency(size, ties)).values).values == pytest.approx(value)


def test_doubled_ties_and_ties_with_oneself_do_not_count() -> None:
    assert density(adjacency(3, [(0, 1), (1, 0), (0, 1), (2, 2)])).values == pytest.approx(1 / 3)


def test_density_with_a_direction() -> None:
    assert density(adjacency(3, PATH, directed=True)).values == pytest.approx(1 / 3)


@pytest.mark.parametrize("measure", [density, betweenness, lambda matrix: degree(matrix, normalised=True)])
def test_one_alone_has_no_network(measure) -> None:
    assert set(np.atleast_1d(measure(np.zeros((1, 1))).reasons)) == {Reason.ONE_FIGURE}


@pytest.mark.parametrize(
    ("ties", "groups", "value"),
    [
        ([(0, 1), (2, 3)], "aabb", -1),
        ([(0, 2), (1, 3)], "aabb", 1),
        ([(0, 1), (0, 2), (1, 3)], "aabb", 1 / 3),  # two out, one in
    ],
)
def test_external_and_internal_ties(ties, groups: str, value: float) -> None:
    assert external_internal_index(adjacency(4, ties), list(groups)).values == pytest.approx(value)


def test_without_ties_there_is_no_mixing() -> None:
    found = mixing(np.zeros((4, 4)), list("aabb"))
    assert found.index.reason() is Reason.NO_TIES
    assert np.isnan(found.expected)


def test_mixing_is_held_against_chance_and_repeats_itself() -> None:
    cliques = [(one, other) for base in (0, 5) for one in range(base, base + 5) for other in range(base, one)]
    found = mixing(adjacency(10, cliques), list("aaaaabbbbb"), draws=400, seed=7)
    # 25 of the 45 pairs are of two groups
    assert found.expected == pytest.approx(2 * 25 / 45 - 1, abs=0.05)
    assert (found.at_most, found.at_least) == (pytest.approx(0.008, abs=0.02), 1)
    assert mixing(adjacency(10, cliques), list("aaaaabbbbb"), draws=400, seed=7).expected == found.expected


def _corners(*places: tuple[int, int, int]) -> np.ndarray:
    counts = np.zeros((2, 2, 2))
    for place in places:
        counts[place] = 1
    return counts


@pytest.mark.parametrize(
    ("counts", "bits"),
    [
        (np.ones((2, 3, 4)), 0),  # nothing to do with one another
        (_corners((0, 0, 0), (1, 1, 1)), 1),  # all say the same
        (_corners((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)), -1),  # the third follows from the others together
    ],
)
def test_synergy_of_the_extremes(counts: np.ndarray, bits: float) -> None:
    # McGill (1954): independence, redundancy and the exclusive or
    assert triple_helix_synergy(counts).values == pytest.approx(bits, abs=1e-12)


def test_no_counts_no_synergy() -> None:
    assert triple_helix_synergy(np.zeros((2, 2, 2))).reason() is Reason.ZERO_TOTAL


graphs = st.integers(3, 9).flatmap(
    lambda n: st.tuples(st.just(n), st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=20))
)


def _pairs_between(n: int, matrix: np.ndarray) -> np.ndarray:
    """By walking every shortest path."""

    def walks(path: list[int], goal: int) -> list[list[int]]:
        if path[-1] == goal:
            return [path]
        onward = [other for other in range(n) if matrix[path[-1], other] and other not in path]
        return [walk for other in onward for walk in walks([*path, other], goal)]

    found = np.zeros(n)
    for one in range(n):
        for other in range(one):
            every = walks([one], other)
            shortest = [walk for walk in every if len(walk) == min(map(len, every))]
            for walk in shortest:
                found[walk[1:-1]] += 1 / len(shortest)
    return found


@given(st.integers(3, 6).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.tuples(*[st.integers(0, n - 1)] * 2)))))
def test_betweenness_is_what_walking_every_path_gives(graph) -> None:
    n, ties = graph
    matrix = adjacency(n, sorted(ties))
    assert betweenness(matrix, normalised=False).values == pytest.approx(_pairs_between(n, matrix))


@given(graphs, st.randoms())
def test_measures_follow_their_members(graph, chance) -> None:
    n, ties = graph
    matrix = adjacency(n, sorted(ties))
    order = chance.sample(range(n), n)
    moved = matrix[np.ix_(order, order)]
    assert betweenness(moved).values == pytest.approx(betweenness(matrix).values[order])
    assert degree(moved).values.tolist() == degree(matrix).values[order].tolist()
    assert density(matrix).values == pytest.approx(degree(matrix, normalised=True).values.mean())


@given(st.lists(st.integers(0, 50), min_size=12, max_size=12).filter(any))
def test_synergy_is_the_same_from_each_side(counts: list[int]) -> None:
    table = np.array(counts).reshape(2, 3, 2)
    found = triple_helix_synergy(table).values
    assert triple_helix_synergy(table.transpose(1, 2, 0)).values == pytest.approx(found, abs=1e-9)
