"""A cooperative of three homes for tests, and what to do with it."""

from village_helpers import set_parameters, stockless, trade

from sim.village import schedule
from sim.village.ledger import COOP, MARKET
from sim.village.living import Village
from sim.village.parameters import trade_names

CLOTH = trade_names().index("weaving")


def three_members() -> Village:
    """Three member homes of an open cooperative, without a yuan or stock; cloth sells at 100, outside at 200."""
    village = stockless()
    w = village.world
    trade(
        village, CLOTH, price_local=100.0, depth_local=1e6, storable=0.0, price_taker=0.0, cycle=0.0, quality_outer=0.5,
        hours_by_month=0.0, market=CLOTH, counts_as_farm=0.0,
    )  # fmt: skip
    w.markets.outer_price[CLOTH], w.markets.outer_depth[CLOTH] = 200.0, 1e6
    w.markets.price_local[CLOTH] = 100.0
    w.state.local_index[0] = 1.0
    c = w.coop
    c.is_open[0], c.members[0], c.outer[0] = 1, 3, 1
    c.advance[0], c.fine[0], c.paid_share[0], c.patronage_share[0], c.reserve_share[0] = 0.8, 0.25, 0.9, 0.6, 0.2
    c.price[0][CLOTH] = 200.0
    for h in range(3):
        w.households.is_member[h] = 1
        w.households.is_poor[h] = 0
        w.households.consumption_norm[h] = 1000.0
    set_parameters(
        village, markets__quality_sd=0.0, markets__quality_base=0.4, markets__quality_skill=0.0,
        markets__quality_effort=0.3, switch__R66=0.0,
    )  # fmt: skip
    return village


def put(village: Village, home: int, goods: float) -> None:
    """A home has some bolts of cloth to sell."""
    village.world.households.goods[home][CLOTH] = goods
    village.world.households.expected_price[home][CLOTH] = 100.0


def supervise(village: Village, hours: float) -> None:
    """So many hours of supervision this month."""
    village.world.agency.supervised[0] = hours


def sell(village: Village, t: int = 5) -> None:
    """The market paragraph of the page."""
    w, p = village.world, village.parameters
    schedule.decide_to_deliver(w.people, w.households, w.trades, w.markets, w.coop, w.agency, w.state, p, t)
    schedule.offer_goods(w.households, w.trades, w.markets, w.coop, w.state, p, t)
    schedule.clear_markets(w.households, w.trades, w.markets, w.state, p, t)
    schedule.sell_goods(w.households, w.trades, w.markets, w.coop, w.state, w.ledger, p, t)


def keep(village: Village, t: int = 5) -> None:
    """The cooperative closes its month."""
    w = village.world
    schedule.keep_the_coop(w.households, w.markets, w.coop, w.state, w.ledger, village.parameters, t)


def fund(village: Village, yuan: float) -> None:
    """The cooperative gets money from the market."""
    ledger = village.world.ledger
    ledger.balance[COOP] += round(yuan * 100)
    ledger.balance[MARKET] -= round(yuan * 100)
