import gc

import pytest

from storage.domain.heap import many_objects


def test_cycles_are_not_searched_meanwhile_and_are_afterwards() -> None:
    with many_objects():
        meanwhile = gc.isenabled()
    assert (meanwhile, gc.isenabled()) == (False, True)


def test_an_error_leaves_the_collector_at_work() -> None:
    with pytest.raises(ZeroDivisionError), many_objects():
        _ = 1 / 0
    assert gc.isenabled()


def test_steps_within_each_other_leave_the_collector_to_the_outer_one() -> None:
    with many_objects():
        with many_objects():
            pass
        assert not gc.isenabled()
