"""Figures that the tests of indicators draw from."""

from hypothesis import strategies as st

amounts = st.one_of(st.integers(1, 10**9).map(float), st.floats(0.01, 1e9))
some_or_none = st.one_of(st.just(0.0), amounts)


def sizes(least: int = 1, most: int = 12) -> st.SearchStrategy[list[float]]:
    """Amounts from zero up, not all zero."""
    return st.lists(some_or_none, min_size=least, max_size=most).filter(any)


@st.composite
def tables(draw: st.DrawFn) -> list[list[float]]:
    """Regions x industries, each with some activity."""
    columns = draw(st.integers(1, 6))
    return draw(st.lists(st.lists(amounts, min_size=columns, max_size=columns), min_size=1, max_size=6))
