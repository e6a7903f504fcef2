"""Drive, efficacy, and what success and failure in sight do."""

from math import exp

import pytest
from village_helpers import keeper, lived, member, only, penniless, set_parameters, stockless, trade

from sim.village import schedule
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.parameters import trade_names

CLOTH, PIGS = trade_names().index("weaving"), trade_names().index("pigs")
JANUARY, MAY = 0, 4


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan and without stock; their drive is what it was at the start."""
    village = stockless()
    homes = village.world.households
    for h in range(3):
        homes.income_year[h], homes.usual_residents[h], homes.registered[h] = 10_000.0, 3, 3
        homes.dibao_income[h] = homes.relief_income[h] = 0.0
        for k in range(tb.TIES):
            homes.ties[h][k] = -1
    trade(village, CLOTH, counts_as_farm=0.0)
    return village


def renew(village: Village, t: int = MAY) -> None:
    """The step that renews drive."""
    w = village.world
    schedule.renew_drive(w.people, w.households, w.trades, w.state, village.parameters, t)


def see(village: Village) -> None:
    """The step in which homes look around in January."""
    w = village.world
    schedule.see_success(w.people, w.households, w.trades, w.scratch, village.parameters, JANUARY)


def judge(village: Village) -> None:
    """The step that judges the year."""
    w = village.world
    schedule.judge_the_year(w.people, w.households, w.trades, w.state, w.ledger, village.parameters, JANUARY)


def grown(village: Village, drive: float, own: float) -> int:
    """The head of the first home, with a drive."""
    i = member(village)
    village.world.people.drive[i], village.world.people.drive_start[i] = drive, own
    return i


def test_without_signals_drive_only_returns_to_its_own(village: Village):
    """A tenth of the way each month, from above and from below; relief does nothing where its weight is zero (R69)."""
    i = grown(village, 0.4, 0.6)
    village.world.households.relief_months[0], village.world.households.relief_income[0] = 99, 9000.0
    village.world.households.is_poor[0] = 1
    set_parameters(village, drive__drive_return=0.1, drive__drive_relief=0.0, drive__passive_share=1.0)
    seen = []
    for _ in range(3):
        renew(village)
        seen.append(float(village.world.people.drive[i]))

    assert seen == pytest.approx([0.42, 0.438, 0.4542])
    village.world.people.drive[i] = 0.8
    renew(village)
    assert village.world.people.drive[i] == pytest.approx(0.78)


def test_switched_off_drive_is_what_it_was(village: Village):
    """Nothing moves drive or efficacy when the rule is off (R69)."""
    i = grown(village, 0.4, 0.6)
    village.world.people.advised[i] = 1
    set_parameters(village, switch__R69=0.0)
    renew(village, JANUARY)

    assert village.world.people.drive[i] == 0.4


def test_counsel_helps_whom_one_trusts(village: Village):
    """Counsel lifts drive by .03 x trust x what is missing (R69)."""
    i = grown(village, 0.5, 0.5)
    village.world.people.advised[i], village.world.people.trust[i] = 1, 0.8
    renew(village)

    assert village.world.people.drive[i] == pytest.approx(0.5 + 0.03 * 0.8 * 0.5)


def test_sales_beyond_expectation_lift_drive_and_efficacy(village: Village):
    """1,500 instead of 1,000 yuan in a trade one worked in; who did not work in it feels nothing (R69)."""
    i, k = only(village, 40, 38)
    w = village.world
    for x in (i, k):
        w.people.drive[x] = w.people.drive_start[x] = w.people.efficacy[x] = 0.5
    w.households.sold[0], w.households.sold_value[0], w.households.sold_expected[0] = 1 << CLOTH, 1500.0, 1000.0
    w.people.worked_bits[i], w.people.worked_bits[k] = 1 << CLOTH, 1 << PIGS
    renew(village)

    assert w.people.drive[i] == pytest.approx(0.5 + 0.04 * 0.5 * 0.5)
    assert w.people.efficacy[i] == pytest.approx(0.55)
    assert (w.people.drive[k], w.people.efficacy[k]) == (0.5, 0.5)


def test_relief_wears_on_a_few_only(village: Village):
    """After half a year of relief that is most of the income a passive adult loses .0025 x relief x drive a month, and
    nobody else does (R69).
    """
    w = village.world
    i = grown(village, 0.5, 0.5)
    set_parameters(village, drive__passive_share=1.0, drive__passive_after=6.0)
    w.households.is_poor[0], w.households.workers[0] = 1, 1
    drives = []
    for _ in range(8):
        w.households.relief_income[0] = 8000.0
        renew(village)
        drives.append(float(w.people.drive[i]))

    assert drives[5] == 0.5
    assert drives[6] == pytest.approx(0.5 * (1.0 - 0.0025 * 0.8))
    for name, value in (("is_poor", 0), ("relief_months", 0)):
        w.people.drive[i] = 0.5
        getattr(w.households, name)[0] = value
        renew(village)
        assert w.people.drive[i] == 0.5


def test_relief_fades_within_a_year(village: Village):
    """A twelfth of the remembered relief is forgotten each month."""
    village.world.households.relief_income[0] = 1200.0
    renew(village)

    assert village.world.households.relief_income[0] == pytest.approx(1100.0)


def year(village: Village, home: int, net: float, hours: float = 100.0) -> None:
    """A home kept one loom for long; so much net money and so many hours since last January."""
    keeper(village, home, CLOTH, 1)
    village.world.households.trade_net[home][CLOTH] = net
    village.world.households.trade_hours[home][CLOTH] = hours
    village.world.households.expected_price[home][CLOTH] = 0.0


def bits(village: Village, column: str) -> list[int]:
    """Which of the three homes has the bit of cloth in a column."""
    return [(int(getattr(village.world.households, column)[h]) >> CLOTH) & 1 for h in range(3)]


def test_a_year_is_judged_by_the_hour(village: Village):
    """With casual work of 3 yuan an hour as the mark and rest worth 2: 4 succeeds, 2.5 is neither, 1 fails (R70)."""
    set_parameters(village, work__casual_wage=30.0, work__casual_share=0.1, time_use__leisure_value=2.0)
    for h, net in enumerate((400.0, 250.0, 100.0)):
        year(village, h, net)
    judge(village)

    assert (bits(village, "succeeds"), bits(village, "fails")) == ([1, 0, 0], [0, 0, 1])
    for h, net in enumerate((400.0, 250.0, -100.0)):
        year(village, h, net)
    set_parameters(village, switch__R70=0.0)
    judge(village)
    assert (bits(village, "succeeds"), bits(village, "fails")) == ([1, 1, 0], [0, 0, 1])


def test_a_steady_good_keeper_stays_a_success(village: Village):
    """Ten years alike are ten successes, whatever the first year was (R70)."""
    for _ in range(10):
        year(village, 0, 2000.0)
        judge(village)
        assert bits(village, "succeeds")[0] == 1


def test_dead_stock_is_a_failure(village: Village):
    """Who worked in a trade and has nothing left of it failed, but only while the rule is on (R70)."""
    for switch, failed in ((1.0, 1), (0.0, 0)):
        set_parameters(village, switch__R70=switch)
        year(village, 0, 500.0)
        village.world.households.units[0][CLOTH] = 0
        judge(village)
        assert bits(village, "fails")[0] == failed


def neighbours(village: Village, won: int, lost: int) -> float:
    """What the first home sees of two linked homes, both with the same income and a man as head."""
    homes = village.world.households
    homes.ties[0][0], homes.ties[0][1] = 1, 2
    for i in range(village.world.state.people_used[0]):
        village.world.people.is_man[i] = 1
    for h in range(3):
        homes.succeeds[h] = homes.fails[h] = homes.keeps[h] = 0
    homes.succeeds[1] = won << CLOTH
    homes.fails[2] = lost << CLOTH
    see(village)
    return float(homes.success_seen[0])


def test_failures_weigh_more_than_successes(village: Village):
    """A success one rank away and a failure two ranks away, weighed 1.8; nobody in sight is balanced (R70)."""
    set_parameters(village, drive__failure_weight=1.8)
    for h, income in enumerate((10_000.0, 20_000.0, 30_000.0)):
        village.world.households.income_year[h] = income
    near, far = exp(-1.0 / 3.0), 1.8 * exp(-2.0 / 3.0)

    assert neighbours(village, 1, 0) == 1.0
    assert neighbours(village, 0, 1) == 0.0
    assert neighbours(village, 1, 1) == pytest.approx(near / (near + far))
    assert neighbours(village, 0, 0) == 0.5
    assert village.world.households.has_seen[0] == 0


def test_farming_is_no_demonstration(village: Village):
    """Everybody keeps pigs: their success is seen by nobody (R70)."""
    homes = village.world.households
    homes.ties[0][0] = 1
    trade(village, PIGS, counts_as_farm=1.0)
    homes.succeeds[1] = homes.keeps[1] = 1 << PIGS
    see(village)

    assert (homes.has_seen[0], homes.success_seen[0]) == (0, 0.5)


def test_news_of_the_year_moves_drive_once(village: Village):
    """In January success in sight lifts drive by .05, failure lowers it; in other months nothing happens (R69, R70)."""
    w = village.world
    w.households.has_seen[0] = 1
    for seen, t, drive in ((1.0, JANUARY, 0.55), (0.0, JANUARY, 0.45), (1.0, MAY, 0.5)):
        i = grown(village, 0.5, 0.5)
        w.households.success_seen[0] = seen
        renew(village, t)
        assert w.people.drive[i] == pytest.approx(drive)
    set_parameters(village, switch__R70=0.0)
    i = grown(village, 0.5, 0.5)
    renew(village, JANUARY)
    assert w.people.drive[i] == 0.5


def test_a_failed_year_of_ones_own_discourages(village: Village):
    """A twentieth of drive is lost in January (R69)."""
    i = grown(village, 0.6, 0.6)
    village.world.households.fails[0] = 1 << CLOTH
    renew(village, JANUARY)

    assert village.world.people.drive[i] == pytest.approx(0.57)


def adopters(success: int) -> int:
    """Homes that took up weaving by themselves within some years, where each January the first cohort did well or not.

    A third of the homes hold a loom from the start; the rest know of it.
    """
    cloth = 1 << CLOTH

    def cohort(village: Village) -> None:
        homes = village.world.households
        for h in range(len(homes.id)):
            homes.knows[h] |= cloth
            if h % 3 == 0:
                homes.units[h][CLOTH], homes.kept_months[h][CLOTH] = 1, 240
                homes.succeeds[h], homes.fails[h] = (cloth, 0) if success else (0, cloth)

    village = lived(6, change=cohort, side__adopt_rate=1.0, village__cash_median=20_000.0)
    return sum(1 for h in range(len(village.world.households.id)) if village.world.households.units[h][CLOTH] > 0)


def test_a_failing_first_cohort_lowers_participation():
    """Fewer homes take weaving up where the first keepers failed than where they succeeded (R17, R70)."""
    assert adopters(0) < adopters(1)


def test_drive_lives_and_stays_in_bounds():
    """After three years drive has moved for many, and is nowhere outside .05 to .95."""
    village = lived(36)
    people = village.table("people")[: int(village.world.state.people_used[0])]

    assert (people.drive != people.drive_start).sum() > 20
    assert people.drive.min() >= 0.05
    assert people.drive.max() <= 0.95
    assert ((people.efficacy >= 0.0) & (people.efficacy <= 1.0)).all()


def test_dibao_and_relief_count_as_most_of_the_income_beyond_a_half(village: Village):
    """4,000 of dibao and 1,000 of relief are a half of 10,000, and a month of more begins the count anew (R69)."""
    homes = village.world.households
    homes.workers[0] = 1
    months = []
    for relief in (1000.0, 1001.0, 1001.0, 900.0, 1001.0):
        homes.dibao_income[0], homes.relief_income[0] = 4000.0, relief
        renew(village)
        months.append(int(homes.relief_months[0]))

    assert months == [0, 1, 2, 0, 1]


@pytest.mark.parametrize(("age", "poor", "passive"), [(59, 1, 1), (60, 1, 0), (16, 1, 1), (15, 1, 0), (40, 0, 0)])
def test_the_passive_are_of_working_age_and_poor(village: Village, age: int, poor: int, passive: int):
    """Relief wears on nobody below 16, from 60 on, or of a home that is not poor (R69)."""
    i = only(village, age)[0]
    w = village.world
    w.people.drive[i] = w.people.drive_start[i] = 0.5
    set_parameters(village, drive__passive_share=1.0)
    w.households.is_poor[0], w.households.workers[0] = poor, 1
    w.households.relief_months[0], w.households.relief_income[0] = 9, 8000.0
    renew(village)

    assert (w.people.drive[i] < 0.5) == (passive == 1)


@pytest.mark.parametrize(("age", "place"), [(14, tb.VILLAGE), (40, tb.COUNTY), (40, tb.COAST)])
def test_children_and_those_away_only_return_to_their_own_drive(village: Village, age: int, place: int):
    """What is seen, a failure at home, counsel and sales are nothing to who is not there or below 15 (R69)."""
    i, _ = only(village, age, 40)
    w = village.world
    w.people.drive[i] = w.people.drive_start[i] = w.people.efficacy[i] = 0.5
    w.people.place[i], w.people.advised[i], w.people.trust[i] = place, 1, 1.0
    w.people.worked_bits[i] = w.households.sold[0] = w.households.fails[0] = 1 << CLOTH
    w.households.sold_value[0], w.households.sold_expected[0] = 1500.0, 1000.0
    w.households.has_seen[0], w.households.success_seen[0] = 1, 1.0
    renew(village, JANUARY)

    assert (w.people.drive[i], w.people.efficacy[i]) == (0.5, 0.5)


def test_who_only_keeps_a_trade_is_seen_as_neither_and_the_gone_are_not_seen(village: Village):
    """A neighbour who keeps looms without success or failure takes from what the success of another says."""
    homes = village.world.households
    assert neighbours(village, 1, 0) == 1.0
    homes.keeps[2] = 1 << CLOTH
    see(village)
    near, far = exp(-abs(homes.rank[0] - homes.rank[1])), exp(-abs(homes.rank[0] - homes.rank[2]))
    assert homes.success_seen[0] == pytest.approx((near + 0.5 * far) / (near + far))
    homes.registered[1] = 0
    see(village)
    assert (homes.success_seen[0], homes.has_seen[0]) == (0.5, 1)
    homes.registered[2] = 0
    see(village)
    assert homes.has_seen[0] == 0


def test_likeness_is_of_income_a_head_and_of_sex(village: Village):
    """Alike in income a head, the success of a home with a man at its head counts twice the failure of a woman's."""
    homes, people = village.world.households, village.world.people
    set_parameters(village, drive__failure_weight=1.0)
    for h, (income, heads) in enumerate(((6000.0, 2), (9000.0, 3), (30_000.0, 10))):
        homes.income_year[h], homes.usual_residents[h] = income, heads
    neighbours(village, 1, 1)
    i = int(homes.first[2])
    while i >= 0:
        people.is_man[i] = 0
        i = int(people.next[i])
    see(village)
    ranks = [float(homes.rank[h]) for h in range(3)]

    assert sorted(ranks) == pytest.approx([1 / 6, 3 / 6, 5 / 6])
    won, lost = 2.0 * exp(-abs(ranks[0] - ranks[1])), exp(-abs(ranks[0] - ranks[2]))
    assert homes.success_seen[0] == pytest.approx(won / (won + lost))
    homes.income_year[0] = 6001.0
    see(village)
    assert homes.rank[0] == pytest.approx(5 / 6)


def test_the_passive_give_fewer_hours():
    """Where relief is most of the income a passive adult has a quarter fewer hours to share (R69)."""
    spare = []
    for share in (0.0, 1.0):
        village = penniless()
        w = village.world
        set_parameters(village, drive__passive_share=share)
        i = member(village)
        w.households.is_poor[0], w.households.relief_months[0] = 1, 1
        for x in range(w.state.people_used[0]):
            w.people.hours_cap[x] = 200.0 if x == i else 0.0
        for j in range(tb.TRADES):
            w.households.units[0][j] = 0
        w.households.land[0] = w.households.idle_land[0] = 0.0
        w.people.steady_job[i] = w.people.public_post[i] = 0
        w.people.casual_offer[i] = 0.0
        w.households.care_need[0] = 0.0
        schedule.share_hours(w.people, w.households, w.trades, w.markets, w.state, w.scratch, village.parameters, MAY)
        spare.append(float(w.people.free_hours[i] + w.people.care_hours[i]))

    assert spare == pytest.approx([200.0, 150.0])
