"""A village with a firm for tests: three homes, one trade, everything said."""

from typing import Any

from village_helpers import act, changed, only, set_parameters, small, stockless, tables, trade, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import FIRM, MARKET
from sim.village.living import Village
from sim.village.parameters import trade_names

CLOTH = trade_names().index("weaving")
START = -tb.BURN_IN


def with_a_firm(yuan: float = 10_000.0, **columns: Any) -> Village:
    """Three homes without a yuan, and a firm that buys cloth: 100 from the trader, 200 outside."""
    village = stockless()
    w = village.world
    trade(
        village, CLOTH, price_local=100.0, price_outer=200.0, depth_local=1e6, depth_outer=1e6, storable=0.0,
        price_taker=0.0, cycle=0.0, quality_outer=0.5, hours_by_month=0.0, market=CLOTH, counts_as_farm=0.0,
        input_year=1200.0, price_cv=0.3, startup=1000.0,
    )  # fmt: skip
    w.markets.outer_price[CLOTH], w.markets.price_local[CLOTH] = 200.0, 100.0
    w.state.local_index[0] = 1.0
    f = w.firm
    f.is_alive[0], f.has_contract[0], f.trade[0], f.term[0], f.most_homes[0] = 1, 1, CLOTH, 24, 3
    for name, value in columns.items():
        getattr(f, name)[0] = value
    pay_in(village, FIRM, yuan)
    for h in range(3):
        w.households.expected_price[h][CLOTH] = 100.0
    set_parameters(
        village, markets__quality_sd=0.0, markets__quality_base=0.7, markets__quality_skill=0.0,
        markets__quality_effort=0.0, firm__exit_chance=0.0, firm__running_cost=0.0, firm__cost_share=0.0,
        modes__fixed_cost=0.0,
    )  # fmt: skip
    return village


def pay_in(village: Village, account: int, yuan: float) -> None:
    """An account gets money from the market."""
    ledger = village.world.ledger
    ledger.balance[account] += round(yuan * 100)
    ledger.balance[MARKET] -= round(yuan * 100)


def sign(village: Village, t: int = 5) -> None:
    """Homes decide on the contract."""
    w = village.world
    schedule.sign_contracts(
        w.people, w.households, w.trades, w.markets, w.firm, w.state, w.ledger, w.lottery, village.parameters, t
    )


def trade_month(village: Village, t: int = 5) -> None:
    """The market paragraph of the page, the firm's part of it included."""
    w, p = village.world, village.parameters
    schedule.deliver_to_firm(w.households, w.trades, w.firm, w.state, p, t)
    schedule.decide_to_deliver(w.people, w.households, w.trades, w.markets, w.coop, w.agency, w.state, p, t)
    schedule.offer_goods(w.households, w.trades, w.markets, w.coop, w.state, p, t)
    schedule.clear_markets(w.households, w.trades, w.markets, w.state, p, t)
    schedule.sell_goods(w.households, w.trades, w.markets, w.coop, w.state, w.ledger, p, t)
    schedule.pay_contracts(w.households, w.trades, w.markets, w.firm, w.coop, w.state, w.ledger, p, t)


def keep_firm(village: Village, t: int = 5) -> None:
    """The firm closes its month."""
    w = village.world
    schedule.keep_the_firm(w.people, w.households, w.firm, w.coop, w.agency, w.state, w.ledger, village.parameters, t)


def family(village: Village, *ages: int) -> list[int]:
    """The first home holds these women and children and nobody else."""
    rows = only(village, *ages)
    for i in rows:
        village.world.people.is_man[i] = 0
        village.world.people.strength[i] = 0.8
        village.world.people.hours_cap[i] = 190.0 if ages[i] >= 15 else 0.0
    return rows


def grown(*actions: Any, months: int = 36, seed: int = 8, homes: int = 30, **founding: float) -> Village:
    """A village some months from its founding, with calm homes: nobody leaves."""
    values = {"switch.R24": 0.0, "firm.exit_chance": 0.0} | {k.replace("__", "."): v for k, v in founding.items()}
    village = young(small(*actions, homes=homes, founding=values), seed)
    village.advance(months)
    return village


def measured(village: Village, name: str) -> list[float]:
    """A column of the notebook, months from the founding on."""
    return [float(x) for x in getattr(village.world.notebook, name)[: village.month - START]]


def opens(verb: str, month: int = 13, **arguments: Any) -> Any:
    """A mode in some month after the founding."""
    return act(verb, START + month, **arguments)


def same_but_for_the_plan(one: Village, other: Village) -> bool:
    """Nothing in the two villages differs but what the scenario says will be done."""
    return all(column.startswith("actions.") for column in changed(tables(one), tables(other)))
