"""A fund with one group of three homes for tests, and what to do with it."""

from typing import Any

from village_helpers import penniless, set_parameters

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import DONORS, FUND
from sim.village.living import Village
from sim.village.steps.kin import FOR_TRADE
from sim.village.steps.lenders import BANK_ROW, FOR_EVER

T = 12
"""A January."""


def three_members() -> Village:
    """Three homes without a yuan in one group of an open fund; they live on air and never refuse to pay."""
    village = penniless()
    w = village.world
    w.state.lenders[0], w.fund.is_open[0], w.fund.opened[0] = 1, 1, 0
    w.fund.most[0], w.fund.term[0], w.fund.rate[0], w.fund.purpose[0] = 1000.0, 12, 0.12, 2
    w.fund.groups[0], w.fund.group_size[0], w.groups.members[0], w.groups.tie[0] = 1, 3, 3, 0.5
    for h in range(3):
        w.groups.member[0][h] = h
        home = w.households
        home.fund_group[h], home.residents[h], home.registered[h], home.is_poor[h] = 0, 2, 2, 0
        home.is_elite[h], home.income_year[h] = 0, 10_000.0 * (h + 1)
    for i in range(w.state.people_used[0]):
        w.people.age_months[i] = 480
    set_parameters(village, consumption__least=0.0, fund__wilful=0.0, fund__covers_share=0.05, fund__lag=0.0)
    return village


def open_bank(village: Village, **terms: float) -> None:
    """A bank that came long ago, stays for ever and is paid back month by month, as the step leaves it that opens one;
    the terms are columns of its row.
    """
    columns = {"is_open": 1, "opened": 0, "closes": FOR_EVER, "form": 1} | terms
    for name, value in columns.items():
        getattr(village.world.bank, name)[BANK_ROW] = value


def owed(village: Village, home: int = 0, kind: int = tb.FUND_LENDS, amount: float = 1200.0, **more: Any) -> int:
    """A loan over twelve instalments at 12 % a year, the first of them due in this January; returns its row."""
    w = village.world
    k = int(w.state.loans_used[0])
    w.state.loans_used[0] = k + 1
    row = {
        "borrower": home, "lender": -1, "lender_kind": kind, "amount": amount, "principal": amount,
        "instalment": amount / 12.0, "due": T, "rate": 0.12, "purpose": FOR_TRADE, "month": T - 1, "fee": 0.0,
        "arrears": 0, "refuses": 0,
    }  # fmt: skip
    for name, value in (row | more).items():
        getattr(w.loans, name)[k] = value
    return k


def serve(village: Village, t: int = T) -> None:
    """The step in which loans are served."""
    w = village.world
    schedule.serve_loans(
        w.households, w.fund, w.groups, w.bank, w.loans, w.agency, w.state, w.ledger, village.parameters, t
    )


def keep_fund(village: Village, t: int) -> None:
    """The step in which the fund keeps its books."""
    w = village.world
    schedule.keep_the_fund(w.households, w.fund, w.groups, w.state, w.ledger, village.parameters, t)


def endow(village: Village, yuan: float, **columns: int) -> None:
    """The fund gets money from the donors, under the names of its columns in fen; the rest is the group's pot."""
    ledger, w = village.world.ledger, village.world
    ledger.balance[FUND] += round(yuan * 100)
    ledger.balance[DONORS] -= round(yuan * 100)
    for name, fen in columns.items():
        getattr(w.fund, name)[0] = fen
    w.groups.pot[0] += round(yuan * 100) - sum(columns.values())
