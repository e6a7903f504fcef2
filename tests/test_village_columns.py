"""Tables as columns: narrow, one after the other, and long enough for the hardest month."""

import numpy as np
import pytest
from village_helpers import small, young

from sim.village import columns, compiled
from sim.village import tables as tb
from sim.village.living import COLUMNS


@pytest.mark.parametrize("name", COLUMNS)
def test_a_living_table_is_the_record_it_came_from(name: str):
    """Every column, vectors too, holds what it was given, also after the table has grown."""
    kind = tb.dtype(COLUMNS[name])
    table = np.zeros(70, kind).view(np.recarray)
    for place, column in enumerate(kind.names or ()):
        table[column] = np.arange(table[column].size).reshape(table[column].shape) % 100 + place % 25
    living = tb.to_living(table)
    grown = tb.to_arrays(tb.longer(living, kind, 200), kind)

    assert tb.rows_of(living) == 70
    assert tb.to_arrays(living, kind).tobytes() == table.tobytes()
    assert grown[:70].tobytes() == table.tobytes()
    assert not any(grown[70:].tobytes())


@pytest.mark.skipif(compiled.PLAIN, reason="plain tables are lists")
def test_columns_start_at_cache_lines_and_do_not_touch():
    """A column begins at a line of the cache and ends before the next one begins."""
    table = tb.to_living(tb.new_table(tb.PEOPLE, 70))
    ends = 0
    for column in tb.PEOPLE:
        values = getattr(table, column.name)
        start = values.ctypes.data

        assert start % columns.LINE == 0
        assert start >= ends
        ends = start + values.nbytes


@pytest.mark.skipif(compiled.PLAIN, reason="plain code has one kind of whole number")
def test_whole_numbers_of_every_width_share_one_compiled_form():
    """A rule asked with a constant, a yes or no and narrow columns is compiled once, for int64."""
    from numba import types

    law = compiled.rule(_sum_of_three)
    for kinds in ((types.int8, types.int16, types.boolean), (types.int32, types.int64, types.literal(3))):
        law.get_call_template(kinds, {})

    assert law.signatures == [(types.int64, types.int64, types.int64)]


def _sum_of_three(a, b, c):
    """A law for a test."""
    return a + b + c


def test_a_number_that_does_not_fit_is_refused_where_it_can_be():
    """NumPy refuses it at once, a plain table when it is read; only a compiled store would cut it."""

    def write_and_read() -> None:
        table.place[0] = 200
        tb.to_arrays(table, tb.dtype(tb.PEOPLE))

    table = tb.to_living(tb.new_table(tb.PEOPLE, 1))
    with pytest.raises(OverflowError, match="out of bounds for int8"):
        write_and_read()


def test_trade_bits_fit_their_columns():
    """One bit for each trade and a sign: 15 trades at most."""
    assert tb.TRADES <= 15
    assert {c.kind for c in (*tb.PEOPLE, *tb.HOUSEHOLDS) if c.unit == "bits"} == {"h"}


def test_a_village_where_all_marry_and_bear_at_once_has_room():
    """More newcomers in one month than the founding left rows for: the table grows before the month begins."""
    village = young(small(homes=200, founding={"people.birth_chance": 1.0, "people.marriage_chance": 1.0}))
    used = int(village.world.state.people_used[0])
    free = tb.rows_of(village.world.people) - used
    village.advance(1)

    assert int(village.world.state.people_used[0]) - used > free


def test_repaid_loans_leave_and_open_ones_keep_their_order():
    """When tables grow, what is owed stays as it was, row by row."""
    village = young(small(homes=30, founding={"village.kin_debt_share": 0.9}))
    village.advance(24)
    loans, used = village.table("loans").copy(), int(village.world.state.loans_used[0])
    still = loans[:used][loans.principal[:used] > 0.0]
    village._grow()

    assert 0 < len(still) < used
    assert int(village.world.state.loans_used[0]) == len(still)
    assert village.table("loans")[: len(still)].tobytes() == still.tobytes()
