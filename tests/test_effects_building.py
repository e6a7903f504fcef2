"""Effects of building and of local trades: shop, supervision, fair shares, exit, a partner, specialties."""

from typing import Any

import numpy as np
import pytest
from test_effects import TEA, WEAVING, measured, part, same_lives
from test_village_building import twin
from test_village_handover import PAIR, handed_over
from test_village_resources import lived_months, tea_house
from village_helpers import act, changed, small, tables, young

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village import tables as tb
from sim.village.ledger import FLOWS
from sim.village.living import Village

START = -tb.BURN_IN
CODES = {flow.name: flow.code for flow in FLOWS}
SKIMMED, SHOP_SALE, TRADE_SALE = CODES["coop_skim"], CODES["shop_sale"], CODES["trade_sale"]


# Shop -----------------------------------------------------------------------------------------------------------------


def test_a_village_shop_is_a_new_way_to_sell_and_takes_from_the_others():
    """Alike until the shop is opened; then a part of the goods goes there and less to the others, its orders grow, and
    nothing of it happens before or without it (R15).
    """
    opened = act("ecommerce", START + 8, trade="bees", keeper="home")
    with_shop, without = twin(opened, months=0), twin(months=0)
    part(7, 9, with_shop, without)
    share, orders = measured(with_shop, "ecom_share"), measured(with_shop, "ecom_depth")

    assert share[:7].max() == measured(without, "ecom_share").max() == 0.0 < share[-1]
    assert orders[:7].max() == measured(without, "ecom_depth").max() == 0.0 < orders[7] < orders[-1]
    sold = [village.table("notebook").flow[:16, SHOP_SALE].sum() for village in (with_shop, without)]
    assert sold[0] > 0 == sold[1]
    others = [village.table("notebook").flow[:16, TRADE_SALE].sum() for village in (with_shop, without)]
    assert others[0] < others[1]


# Supervision ----------------------------------------------------------------------------------------------------------


def watched(*rows: Any, **founding: float) -> Village:
    """A cooperative of beekeepers whose agency looks for markets and only supervises when told to."""
    common = (
        act("introduce", START + 1, trade="bees", units=56, per_household=4),
        act("form_coop", START + 2, start_grant=60_000.0, share=10.0),
    )
    small_one = {"outer_members": 2.0, "least_members": 2.0, "overhead": 200.0}
    changes = {f"cooperative.{name}": value for name, value in small_one.items()} | {"agency.quit_base": 0.0}
    changes |= {name.replace("__", "."): value for name, value in founding.items()}
    agency = Agency(staff=2, time=every_phase({"market": 0.2}))
    return young(small(*common, *rows, homes=14, agency=agency, founding=changes), 8)


SUPERVISED = act("supervise", START + 8, START + 30, hours=60.0)


def test_supervision_makes_members_careful_and_goods_better():
    """Alike until the first supervised month; then members who let things slide take care and what they bring is
    better; where all are watched anyway the hours change nothing (R65, R67, R12).
    """
    seen, unseen = watched(SUPERVISED), watched()
    part(7, 17, seen, unseen)
    care, quality = (
        [measured(village, name) for village in (seen, unseen)] for name in ("effort_share", "quality_mean")
    )

    assert care[0][:7].max() == care[1].max() == 0.0 < care[0][7:].min()
    assert quality[0][:7].tolist() == quality[1][:7].tolist()
    assert quality[0][8:].mean() > quality[1][8:].mean() + 0.02
    off = watched(SUPERVISED, switch__R67=0.0), watched(switch__R67=0.0)
    part(7, 6, *off)
    assert same_lives(*off)


def test_open_books_leave_more_to_share_among_members():
    """All members take care in both; alike until somebody looks after the books, and then nothing is skimmed any more
    and the year leaves a surplus that goes to who delivered; where nothing can be skimmed both live alike (R67, R68).
    """
    joined = {"switch__R65": 0.0}
    open_books, closed = watched(SUPERVISED, **joined), watched(**joined)
    part(7, 17, open_books, closed)
    skimmed = [village.table("notebook").flow[:24, SKIMMED] for village in (open_books, closed)]

    assert skimmed[0][:7].sum() == skimmed[1][:7].sum() > 0.0
    assert skimmed[0][7:].sum() == 0.0 < skimmed[1][7:].sum()
    for name in ("coop_surplus", "coop_patronage"):
        assert measured(open_books, name)[-1] > measured(closed, name)[-1]
    off = watched(SUPERVISED, switch__R67=0.0, **joined), watched(switch__R67=0.0, **joined)
    part(7, 6, *off)
    assert same_lives(*off)


# Exit and a partner ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("switch", [1.0, 0.0])
def test_an_agency_that_is_told_to_go_is_missed_from_that_month_on(switch: float):
    """Alike until the exit; then visits stop and trust falls month by month, below that of the twin in which it rises;
    where agencies do not leave nothing differs ever (R59).
    """
    gone, stays = (
        handed_over(*rows, months=0, leaves=40, switch__R59=switch) for rows in ((act("exit", START + 6),), ())
    )
    part(5, 12, gone, stays)

    if switch == 0.0:
        assert same_lives(gone, stays)
        return
    assert measured(gone, "agency_workers")[5:].max() == 0.0 < measured(stays, "agency_workers")[5:].min()
    trust = measured(gone, "trust_mean"), measured(stays, "trust_mean")
    assert trust[0][:5].tolist() == trust[1][:5].tolist()
    assert trust[0][-1] < trust[0][5] < trust[1][5] < trust[1][-1]


def paired(*rows: Any, **founding: float) -> Village:
    """A local organisation with money enough takes over in the seventh month."""
    local = act("local_agency", START + 2, workers=2, budget=900_000.0, projects=2)
    return handed_over(local, *rows, months=0, leaves=6, **founding)


@pytest.mark.parametrize(("focus", "taught", "other"), [("do", "can_do", "can_plan"), ("plan", "can_plan", "can_do")])
def test_a_partner_raises_the_ability_it_teaches(focus: str, taught: str, other: str):
    """Alike until the partner comes; then the organisation gets better at what it is taught than its twin alone, and
    not at the rest (R59).
    """
    with_partner, alone = paired(act("pair_agency", START + 10, **PAIR, focus=focus)), paired()
    part(9, 12, with_partner, alone)
    ability = measured(with_partner, f"local_{taught}"), measured(alone, f"local_{taught}")
    rest = measured(with_partner, f"local_{other}"), measured(alone, f"local_{other}")

    assert ability[0][:9].tolist() == ability[1][:9].tolist()
    assert ability[0][-1] > ability[1][-1] + 0.05
    np.testing.assert_allclose(rest[0], rest[1], atol=0.01)
    if focus == "do":
        assert measured(with_partner, "trust_mean")[-1] > measured(alone, "trust_mean")[-1]


def test_where_abilities_are_no_matter_a_partner_is_only_paid():
    """People and homes live the same with and without the partner when every organisation can do everything (R59)."""
    off = {"switch__R59": 0.0}
    with_partner, alone = paired(act("pair_agency", START + 10, **PAIR, focus="do"), **off), paired(**off)
    part(9, 6, with_partner, alone)

    lives = "people", "households", "loans"
    assert changed(tables(with_partner, *lives), tables(alone, *lives)) == set()
    assert measured(with_partner, "programme_cost")[-1] > measured(alone, "programme_cost")[-1]


# Local trades ---------------------------------------------------------------------------------------------------------


def looms(months: int, *rows: Any, **founding: float) -> Any:
    """Homes that weave, month by month, in a village of thirty."""
    return measured(lived_months(months, *rows, homes=30, **founding), "households")[:, WEAVING]


def test_work_on_a_local_trade_brings_it_back_with_the_numbers_of_the_codebook():
    """Alike until the work begins, and through the winter; in the second spring more homes weave than in the twin.
    Where work on it makes nothing better even eager homes do not begin (R17, R44, R54).
    """
    work = act("develop_local", START + 6, START + 18, trade="weaving")
    developed, left = looms(18, work), looms(18)

    assert developed[:5].tolist() == left[:5].tolist()
    assert developed[-1] > left[-1]
    eager = {"side__adopt_rate": 1.0, "village__cash_median": 20_000.0, "side__adopt_base": 5.0, "switch__R54": 0.0}
    assert looms(12, work, **eager).tolist() == looms(12, **eager).tolist()


@pytest.mark.parametrize("switch", [1.0, 0.0])
def test_fashion_reaches_a_specialty_that_was_developed(switch: float):
    """Alike until the fashion differs; then the tea that was worked on sells better in fashion than out of it, month by
    month more; where there is no fashion both villages live the same (R54).
    """
    still = {"resources__trend_sd": 0.0, "resources__trend_persistence": 1.0, "switch__R54": switch}
    work = act("develop_local", START + 3, START + 8, trade="tea")
    out, in_fashion = tea_house(work, months=2, **still), tea_house(work, months=2, **still)
    assert same_lives(out, in_fashion)
    for village, trend in ((out, 0.6), (in_fashion, 1.4)):
        village.world.markets.trend[TEA] = trend
        village.advance(6)
    gap = measured(in_fashion, "price_outer")[:, TEA] - measured(out, "price_outer")[:, TEA]

    assert gap[:2].tolist() == [0.0, 0.0]
    if switch == 1.0:
        assert 0.0 < gap[3] < gap[-1]
    else:
        assert same_lives(out, in_fashion)
