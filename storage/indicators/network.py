"""Networks of organisations: density, degree, betweenness, mixing of groups, and the triple helix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from storage.indicators.result import ROUNDING, Array, Reason, Result, array, carried, divided, settle
from storage.indicators.variety import entropy


@dataclass(frozen=True, eq=False, slots=True)
class Mixing:
    """The E-I index, what chance alone gives with these ties and group sizes, and how often chance went as far."""

    index: Result
    expected: float
    at_least: float
    at_most: float


def adjacency(size: int, ties: ArrayLike, *, directed: bool = False) -> Array:
    """Return the matrix (size, size) of ties (m, 2) between places from 0: 1 where there is one, else 0.

    A tie that is named twice is one tie; one of somebody with itself is left out.
    """
    matrix: Array = np.zeros((size, size))
    pairs = np.asarray(ties, np.intp).reshape(-1, 2)
    matrix[pairs[:, 0], pairs[:, 1]] = 1
    if not directed:
        matrix = np.maximum(matrix, matrix.T)
    np.fill_diagonal(matrix, 0)
    return matrix


def density(matrix: ArrayLike) -> Result:
    """Return the share of possible ties that exist, 0..1: 2m/(n(n - 1)), or m/(n(n - 1)) where they have a direction.

    `matrix` (n, n) as `adjacency` gives it; weights are ignored. Undefined with fewer than two members.
    """
    ties = _ties(matrix)
    n = len(ties)
    return settle(divided(ties.sum(), array(n * (n - 1.0))), (Reason.ONE_FIGURE, np.bool_(n < 2)))


def degree(matrix: ArrayLike, *, normalised: bool = False) -> Result:
    """Return with how many others each member is tied, (n,); normalised by n - 1. With a direction: ties going out.

    Undefined when normalised with fewer than two members. Source: Freeman (1979), Social Networks 1(3).
    """
    ties = _ties(matrix)
    most = array(len(ties) - 1.0 if normalised else 1.0)
    return settle(divided(ties.sum(axis=1), most), (Reason.ONE_FIGURE, most == 0))


def betweenness(matrix: ArrayLike, *, normalised: bool = True, directed: bool = False) -> Result:
    """Return on which part of the shortest paths between others each member lies, (n,).

    `matrix` (n, n) as `adjacency` gives it; weights are ignored. Normalised by the number of pairs of others, 0..1,
    else a number of pairs, there and back counted apart where `directed`. Undefined when normalised with fewer than
    three members.
    Sources: Freeman (1977), Sociometry 40(1); Brandes (2001), Journal of Mathematical Sociology 25(2).
    """
    ties = _ties(matrix)
    n = len(ties)
    distance, paths = _shortest_paths(ties)
    through = np.zeros((n, n))  # row: from whom; column: by whom
    for step in range(int(distance.max(initial=0)), 0, -1):
        share = np.divide(1 + through, paths, out=np.zeros((n, n)), where=distance == step)
        through += np.where(distance == step - 1, paths * (share @ ties.T), 0)
    np.fill_diagonal(through, 0)
    lying = through.sum(axis=0) if directed else through.sum(axis=0) / 2
    pairs = (n - 1) * (n - 2) / (1 if directed else 2)
    return settle(
        divided(lying, array(pairs if normalised else 1.0)), (Reason.ONE_FIGURE, np.bool_(normalised and n < 3))
    )


def centralisation(degrees: ArrayLike) -> Result:
    """Return how far one member is the hub by degree, 0 (all alike) to 1 (a star): sum(max - d)/((n - 1)(n - 2)).

    `degrees` (n,) are not normalised and without direction. Undefined with fewer than three members.
    Source: Freeman (1979), Social Networks 1(3).
    """
    d = array(degrees)
    most = array((len(d) - 1.0) * (len(d) - 2.0))
    return settle(divided((d.max(initial=0) - d).sum(), most), (Reason.ONE_FIGURE, most == 0))


def external_internal_index(matrix: ArrayLike, groups: ArrayLike) -> Result:
    """Return (E - I)/(E + I): -1 where all ties stay within a group, 1 where all go to another.

    `matrix` (n, n), `groups` (n,) are codes; weights are ignored. Undefined without ties. Group sizes limit its
    range, so compare it with chance: `mixing`. Source: Krackhardt and Stern (1988); UCINET, E-I index.
    """
    ties = _ties(matrix)
    codes = np.asarray(groups)
    external = (ties * (codes[:, np.newaxis] != codes)).sum()
    count = ties.sum()
    return settle(divided(2 * external - count, count), (Reason.NO_TIES, count == 0))


def mixing(matrix: ArrayLike, groups: ArrayLike, draws: int = 1000, seed: int = 0) -> Mixing:
    """Hold the E-I index against `draws` networks in which the members of the groups were drawn anew.

    `at_least` and `at_most` are the shares of draws with an index as high or higher, as low or lower; the same seed
    gives the same draws. All are NaN without ties.
    """
    codes = np.asarray(groups)
    index = external_internal_index(matrix, codes)
    if index.reasons:
        return Mixing(index, np.nan, np.nan, np.nan)
    chance = np.random.default_rng(seed)
    drawn = array([external_internal_index(matrix, chance.permutation(codes)).values for _ in range(draws)])
    reached = float(np.mean(drawn >= index.values - ROUNDING))
    return Mixing(index, float(drawn.mean()), reached, float(np.mean(drawn <= index.values + ROUNDING)))


def triple_helix_synergy(counts: ArrayLike) -> Result:
    """Return T = H_u + H_i + H_g - H_ui - H_ug - H_ig + H_uig in bits; below zero is synergy of the three.

    `counts` (u, i, g) is how often a combination of their classes was seen: say firms by region, size and technology.
    Undefined where one is missing or below zero, or there are none.
    Source: McGill (1954), Psychometrika 19(2); Leydesdorff (2003), Scientometrics 58(2).
    """
    x = array(counts)
    total: Array = np.zeros(())
    for axes, sign in (((1, 2), 1), ((0, 2), 1), ((0, 1), 1), ((2,), -1), ((1,), -1), ((0,), -1), ((), 1)):
        total = total + sign * entropy(x.sum(axis=axes).ravel()).values
    return settle(total, *carried(entropy(x.ravel())))


def _ties(matrix: ArrayLike) -> Array:
    """Ones where there is a tie with somebody else."""
    ties: Array = (array(matrix) != 0).astype(np.float64)
    np.fill_diagonal(ties, 0)
    return ties


def _shortest_paths(ties: Array) -> tuple[NDArray[np.int64], Array]:
    """Steps from each member to each, -1 where there is no way, and the number of shortest ways; all at once."""
    n = len(ties)
    distance, paths = np.full((n, n), -1), np.eye(n)
    np.fill_diagonal(distance, 0)
    step = 0
    while (reached := distance == step).any():
        onward = np.where(reached, paths, 0) @ ties
        found = (onward > 0) & (distance < 0)
        step += 1
        distance[found] = step
        paths[found] = onward[found]
    return distance, paths
