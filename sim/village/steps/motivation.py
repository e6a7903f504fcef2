"""Drive and efficacy: what success and failure in sight, sales, counsel and relief make of them. 动力"""

from sim.village.compiled import kernel, step
from sim.village.draws import PASSIVE, uniform
from sim.village.rules import motivation, side
from sim.village.steps.order import sort_values
from sim.village.tables import COAST, TIES, TRADES, VILLAGE


@kernel
def is_passive(people, households, state, p, i):
    """1 for an adult of a registered lower-income home with a passive habit (R69); who has it stays the same."""
    grown = 192 <= people.age_months[i] < 720
    if p.switch.R69 == 0.0 or not grown or households.is_poor[people.household[i]] == 0:
        return 0
    return 1 if uniform(state.seed[0], PASSIVE, 0, people.id[i], 0) < p.drive.passive_share else 0


@kernel
def hours_withheld(people, households, state, p, i):
    """Hours that a passive adult does not give in a month in which relief is most of the income (R69)."""
    if households.relief_months[people.household[i]] == 0 or is_passive(people, households, state, p, i) == 0:
        return 0.0
    return p.drive.passive_hours * max(0.0, people.hours_cap[i] - people.course_hours[i])


@kernel
def verdict(people, households, trades, p, h, j, best):
    """1 when a trade succeeded last year, -1 when it failed, 0 when neither (R70); `best` is the home's skill.

    With the rule switched off any net money above zero is a success and all else a failure.
    """
    net = households.trade_net[h][j]
    if p.switch.R70 == 0.0:
        return 1 if net > 0.0 else -1
    ability = side.skill_factor(best, trades.novice_share[j], p.side.skill_exponent)
    sales = households.expected_price[h][j] * trades.output_year[j] * ability
    expected = (sales - trades.input_year[j]) / max(1.0, trades.hours_year[j])
    good = motivation.good_hour(p.work.casual_wage, p.work.casual_share, expected, p.drive.success_share)
    return motivation.judged(net, households.trade_hours[h][j], good, p.time_use.leisure_value, 0)


@kernel
def side_trades(trades):
    """The trades that are no farming, one bit each."""
    bits = 0
    for j in range(TRADES):
        if trades.counts_as_farm[j] == 0.0:
            bits |= 1 << j
    return bits


@step
def see_success(people, households, trades, scratch, p, t):
    """In January reads successes and failures of linked homes; writes rank, success_seen, has_seen (R70)."""
    if t % 12 != 0 or p.switch.R70 == 0.0:
        return
    n = 0
    for h in range(len(households.id)):
        if households.usual_residents[h] > 0:
            scratch.key[n] = households.income_year[h] / households.usual_residents[h]
            scratch.row[n] = h
            n += 1
    sort_values(scratch, n)
    for k in range(n):
        households.rank[scratch.row[k]] = (k + 0.5) / n
    bits = side_trades(trades)
    for h in range(len(households.id)):
        look_around(people, households, p, h, bits)


@kernel
def look_around(people, households, p, h, bits):
    """What one home sees of those who take part in side trades: success 1, failure 0, neither one half (R70)."""
    total, weights = 0.0, 0.0
    man = head_is_man(people, households, h)
    for k in range(TIES):
        tie = households.ties[h][k]
        if tie < 0 or households.registered[tie] == 0:
            continue
        won, lost = households.succeeds[tie] & bits, households.fails[tie] & bits
        if won == 0 and lost == 0 and households.keeps[tie] & bits == 0:
            continue
        same = 1.0 if head_is_man(people, households, tie) == man else 0.0
        weight = motivation.likeness(households.rank[h], households.rank[tie], same)
        value = 0.5
        if lost == 0 and won > 0:
            value = 1.0
        elif won == 0 and lost > 0:
            value = 0.0
            weight *= p.drive.failure_weight
        total += weight * value
        weights += weight
    households.has_seen[h] = 1 if weights > 0.0 else 0
    households.success_seen[h] = total / weights if weights > 0.0 else 0.5


@kernel
def head_is_man(people, households, h):
    """1 when the eldest member at home is a man, 0 when a woman or nobody is at home."""
    age = -1
    man = 0
    i = households.first[h]
    while i >= 0:
        if people.place[i] == VILLAGE and people.age_months[i] > age:
            age = people.age_months[i]
            man = people.is_man[i]
        i = people.next[i]
    return man


@step
def renew_drive(people, households, trades, state, p, t):
    """Reads sales, success_seen, advised, trust, dibao_income; writes relief_income, relief_months, drive, efficacy
    (R69).
    """
    bits = side_trades(trades)
    for h in range(len(households.id)):
        share = relief_share(households, h)
        households.relief_income[h] *= 11.0 / 12.0
        most = share > 0.5 and households.workers[h] > 0
        households.relief_months[h] = households.relief_months[h] + 1 if most else 0
        if p.switch.R69 == 0.0:
            continue
        # The year is judged once, so its news moves people once; told every month it would leave none between.
        news = 1.0 if t % 12 == 0 and p.switch.R70 > 0.0 else 0.0
        failed = news if households.fails[h] & bits > 0 else 0.0
        i = households.first[h]
        while i >= 0:
            if people.place[i] <= COAST:
                renew_drive_of(people, households, state, p, h, i, share, news, failed)
            i = people.next[i]


@kernel
def relief_share(households, h):
    """Dibao and relief over the income of the last 12 months, at most 1 (R69)."""
    relief = households.dibao_income[h] + households.relief_income[h]
    return min(1.0, relief / max(1.0, households.income_year[h]))


@kernel
def renew_drive_of(people, households, state, p, h, i, share, news, failed):
    """One person: those away and children only return to their own drive (R69)."""
    d = p.drive
    here = people.place[i] == VILLAGE and people.age_months[i] >= 180
    sold = here and (people.worked_bits[i] & households.sold[h]) > 0
    sees = news if here and households.has_seen[h] == 1 else 0.0
    mastery = motivation.mastery(households.sold_value[h], households.sold_expected[h]) if sold else 0.0
    habit = here and households.relief_months[h] > d.passive_after
    passive = is_passive(people, households, state, p, i) * 1.0 if habit else 0.0
    people.drive[i] = motivation.drive_next(
        people.drive[i], people.drive_start[i], households.success_seen[h], sees, mastery,
        people.advised[i] * 1.0 if here else 0.0, people.trust[i], passive, share, failed if here else 0.0,
        d.drive_return, d.drive_seen, d.drive_mastery, d.drive_advice, d.drive_relief, d.drive_failure,
    )  # fmt: skip
    if sold:
        people.efficacy[i] = motivation.efficacy_next(
            people.efficacy[i], households.sold_value[h], households.sold_expected[h], d.efficacy_gain
        )
