"""The ledger: whole fen, nothing created, no debt of the village's own accounts."""

import math
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from village_helpers import shims

from sim.village import ledger as books
from sim.village import tables as tb
from sim.village.ledger import FIRST_HOUSEHOLD, FLOWS, GOVERNMENT, LEDGER, MARKET, PENSION, VILLAGE_TRADE

HOME, NEIGHBOUR = FIRST_HOUSEHOLD, FIRST_HOUSEHOLD + 1


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """Where payments are made from Python in either mode."""
    names = ("ledger.pay", "ledger.pay_at_most", "ledger.cash", "ledger.share_out")
    return shims(tmp_path_factory.mktemp("ledger"), *names)


def new_ledger(fen: int = 0) -> Any:
    """A ledger of two homes; the first holds some fen that came from the market."""
    table = tb.new_table(LEDGER, max(FIRST_HOUSEHOLD + 2, len(FLOWS)))
    table.balance[HOME], table.balance[MARKET] = fen, -fen
    return tb.to_living(table)


def total(ledger: Any) -> int:
    """Sum of all accounts, fen."""
    return int(np.sum(ledger.balance))


def test_a_payment_leaves_one_account_and_enters_the_other(desk: ModuleType):
    """A hundred yuan and five fen move, and are noted under their flow."""
    ledger = new_ledger()
    paid = desk.pay(ledger, GOVERNMENT, HOME, 100.05, PENSION)

    assert paid == 100.05
    assert ledger.balance[GOVERNMENT] == -10_005
    assert ledger.balance[HOME] == 10_005
    assert ledger.flow[PENSION] == 10_005


@pytest.mark.parametrize(
    ("amount", "fen"), [(0.125, 12), (0.375, 38), (0.625, 62), (0.004, 0), (0.006, 1), (1.0, 100), (0.0, 0)]
)
def test_an_amount_is_rounded_once_half_to_even(desk: ModuleType, amount: float, fen: int):
    """Twelve and a half fen are twelve, thirty-seven and a half are thirty-eight."""
    ledger = new_ledger()
    paid = desk.pay(ledger, GOVERNMENT, HOME, amount, PENSION)

    assert ledger.balance[HOME] == fen
    assert paid == fen / 100.0


@pytest.mark.parametrize("amount", [-0.01, -1.0, math.nan, math.inf, -math.inf, 1.1e10])
def test_no_strange_amount_is_paid(desk: ModuleType, amount: float):
    """Less than nothing, not a number and more than the largest payment are refused."""
    ledger = new_ledger(10_000)

    with pytest.raises(ValueError, match="amount must be between zero and the largest payment") as refused:
        desk.pay(ledger, HOME, NEIGHBOUR, amount, PENSION)
    assert len(refused.value.args) == 3
    assert ledger.balance[HOME] == 10_000
    assert total(ledger) == 0


@pytest.mark.parametrize("payer", [HOME, VILLAGE_TRADE], ids=["home", "village trade"])
def test_no_account_of_the_village_goes_into_debt(desk: ModuleType, payer: int):
    """One fen more than there is cannot be paid; the error names payer and flow."""
    ledger = new_ledger()

    with pytest.raises(ValueError, match="an inside account may not go below zero") as refused:
        desk.pay(ledger, payer, NEIGHBOUR, 0.01, PENSION)
    assert list(refused.value.args[1:]) == [payer, PENSION]
    assert total(ledger) == 0


def test_the_world_outside_may_owe(desk: ModuleType):
    """Market, government, donors, bank and kin outside may go below zero."""
    ledger = new_ledger()
    for outside in range(books.FIRST_INSIDE):
        desk.pay(ledger, outside, HOME, 10.0, PENSION)

    assert [int(ledger.balance[a]) for a in range(books.FIRST_INSIDE)] == [-1000] * books.FIRST_INSIDE
    assert total(ledger) == 0


def test_who_has_less_pays_what_he_has(desk: ModuleType):
    """Five yuan in the purse pay five of the ten that are due, and nothing the second time."""
    ledger = new_ledger(500)

    assert desk.pay_at_most(ledger, HOME, MARKET, 10.0, PENSION) == 5.0
    assert desk.pay_at_most(ledger, HOME, MARKET, 10.0, PENSION) == 0.0
    assert desk.pay_at_most(ledger, HOME, MARKET, -3.0, PENSION) == 0.0
    assert ledger.balance[HOME] == 0


def test_nobody_is_asked_for_a_number_that_is_none(desk: ModuleType):
    """`pay_at_most` lets nothing through that `pay` would refuse."""
    ledger = new_ledger(500)

    with pytest.raises(ValueError, match="amount must be between zero and the largest payment"):
        desk.pay_at_most(ledger, HOME, MARKET, math.nan, PENSION)
    assert desk.pay_at_most(ledger, HOME, MARKET, math.inf, PENSION) == 5.0
    assert total(ledger) == 0


def test_cash_is_the_balance_in_yuan(desk: ModuleType):
    """Twelve hundred and thirty-four fen are twelve yuan thirty-four."""
    assert desk.cash(new_ledger(1234), HOME) == 12.34


@given(
    payments=st.lists(
        st.tuples(st.integers(0, HOME + 1), st.integers(0, HOME + 1), st.floats(0.0, 1e7)), min_size=1, max_size=30
    )
)
def test_no_series_of_payments_creates_money(desk: ModuleType, payments: list[tuple[int, int, float]]):
    """Whatever is paid to whom, the accounts sum to zero and the village's own never go below it."""
    ledger = new_ledger(123_456)
    for payer, payee, amount in payments:
        desk.pay_at_most(ledger, payer, payee, amount, PENSION)

        assert total(ledger) == 0
    assert min(int(ledger.balance[a]) for a in range(books.FIRST_INSIDE, HOME + 2)) >= 0


@given(
    pot=st.integers(0, 10_000_000),
    weights=st.lists(st.floats(0.01, 1000.0), min_size=1, max_size=40),
)
def test_a_pot_is_shared_out_to_the_last_fen(desk: ModuleType, pot: int, weights: list[float]):
    """Shares follow the weights within a fen or two, and together they are the pot."""
    table = tb.new_table(LEDGER, max(FIRST_HOUSEHOLD + len(weights), len(FLOWS)))
    table.balance[VILLAGE_TRADE], table.balance[MARKET] = pot, -pot
    ledger = tb.to_living(table)
    total_weight = so_far = 0.0
    for weight in weights:
        total_weight += weight
    given_fen = 0
    for k, weight in enumerate(weights):
        so_far += weight
        given_fen = desk.share_out(
            ledger, VILLAGE_TRADE, FIRST_HOUSEHOLD + k, pot, given_fen, so_far, total_weight, PENSION
        )

    shares = [int(ledger.balance[FIRST_HOUSEHOLD + k]) for k in range(len(weights))]
    assert sum(shares) == pot == given_fen
    assert ledger.balance[VILLAGE_TRADE] == 0
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - pot * weight / total_weight) <= 1.0 + 1e-6 * pot


def test_every_flow_has_a_payer_a_payee_and_two_languages():
    """A flow goes from a known sector to a known sector, and its number is its place."""
    assert [flow.code for flow in FLOWS] == list(range(len(FLOWS)))
    assert len({flow.name for flow in FLOWS}) == len(FLOWS)
    for flow in FLOWS:
        assert {flow.payer, flow.payee} <= set(books.SECTORS)
        assert flow.label.zh and flow.label.en
