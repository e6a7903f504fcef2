"""The cooperative as an organisation: founded, joined and left, its meetings, its end. 合作社"""

from math import log

from sim.village.compiled import kernel, step
from sim.village.draws import COOP_TASTE, uniform
from sim.village.ledger import (
    ACTION_COST,
    COOP,
    COOP_GRANT,
    COOP_REFUND,
    COOP_RETURNED,
    COOP_SHARE,
    DONORS,
    MARKET,
    cash,
    pay,
    pay_at_most,
    share_out,
)
from sim.village.rules import cooperative as laws
from sim.village.rules import side
from sim.village.steps.actions import COOP_RULE, EXCHANGE_MEETING, FORM_COOP, QUALITY_RULE, is_due
from sim.village.steps.side import best_skill
from sim.village.tables import (
    BY_INCOME,
    BY_LUCK,
    BY_ORDER,
    BY_TRUST,
    COOP_ENDED,
    NO_SHARE,
    TO_JOIN,
    TRADES,
    VILLAGE,
)


@step
def found_coop(trades, markets, coop, actions, state, ledger, p, t):
    """Reads form_coop, coop_rule and quality_rule actions; writes is_open, meets, share, reserve_share, advance,
    patronage_share, least_quality, fine, price, better_by, paid_share, grant, short_months, loss, programme_cost;
    pays the founding and its grant (R65, R68).
    """
    coop.meets[0] = 1 if coop.is_open[0] == 1 and t % 12 == 11 else 0
    for a in range(len(actions.verb)):
        verb = actions.verb[a]
        if is_due(actions, a, t) == 0:
            continue
        if verb == FORM_COOP and coop.is_open[0] == 0:
            cost = pay(ledger, DONORS, MARKET, p.cooperative.found_cost, ACTION_COST)
            cost += pay(ledger, DONORS, COOP, actions.start_grant[a], COOP_GRANT)
            state.programme_cost[0] += cost
            open_coop(trades, markets, coop, actions, p, a)
        elif verb == QUALITY_RULE and coop.is_open[0] == 1:
            state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.cooperative.rule_cost, ACTION_COST)
            coop.least_quality[0] = actions.least[a]
            coop.fine[0] = actions.penalty[a]
        elif verb == COOP_RULE and coop.is_open[0] == 1:
            write_rules(coop, actions, a)


@kernel
def open_coop(trades, markets, coop, actions, p, a):
    """The books of a new cooperative, with the rules of its founding; homes decide at once."""
    coop.is_open[0] = 1
    coop.meets[0] = 1
    coop.short_months[0] = 0
    coop.loss[0] = 0.0
    coop.grant[0] = actions.start_grant[a]
    coop.share[0] = actions.share[a]
    coop.reserve_share[0] = p.cooperative.reserve
    coop.advance[0] = p.cooperative.advance
    coop.patronage_share[0] = p.cooperative.patronage_least
    coop.least_quality[0] = 0.0
    coop.fine[0] = p.cooperative.fine
    coop.paid_share[0] = 1.0 - laws.skimmed(1.0 if p.switch.R67 == 0.0 else 0.0, p.cooperative.skim_most)
    for k in range(TRADES):
        alone = markets.price_local[k] if markets.price_local[k] > 0.0 else trades.price_local[k]
        coop.better_by[0][k] = p.cooperative.price_margin
        coop.price[0][k] = alone * (1.0 + p.cooperative.price_margin)
    write_rules(coop, actions, a)


@kernel
def write_rules(coop, actions, a):
    """Rules that an action names; what it does not name stays."""
    if actions.reserve[a] > 0.0:
        coop.reserve_share[0] = actions.reserve[a]
    if actions.advance[a] > 0.0:
        coop.advance[0] = actions.advance[a]
    if actions.patronage[a] > 0.0:
        coop.patronage_share[0] = actions.patronage[a]


@step
def exchange_technique(people, households, coop, actions, state, ledger, p, t):
    """Reads exchange_meeting actions; writes meeting_left, course_hours, programme_cost; pays the meeting: for some
    months skills spread faster among members (R11, R68).
    """
    for k in range(TRADES):
        coop.meeting_left[0][k] = max(0, coop.meeting_left[0][k] - 1)
    for a in range(len(actions.verb)):
        if actions.verb[a] != EXCHANGE_MEETING or is_due(actions, a, t) == 0 or coop.is_open[0] == 0:
            continue
        j = actions.trade[a]
        state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.cooperative.meeting_cost, ACTION_COST)
        coop.meeting_left[0][j] = int(p.cooperative.meeting_months)
        for i in range(state.people_used[0]):
            comes = people.place[i] == VILLAGE and people.trip_left[i] == 0 and (people.worked_bits[i] >> j) & 1 == 1
            if comes and households.is_member[people.household[i]] == 1:
                people.course_hours[i] += p.cooperative.meeting_hours


@step
def decide_to_join(people, households, trades, markets, coop, state, ledger, p):
    """When homes meet, reads prices, skills, trust, cash; writes join_choice, join_reason (R65)."""
    for h in range(len(households.id)):
        households.join_choice[h] = -1
        if coop.meets[0] == 1 and households.residents[h] > 0:
            decide_for_member(people, households, trades, markets, coop, state, ledger, p, h)


@kernel
def decide_for_member(people, households, trades, markets, coop, state, ledger, p, h):
    """One home: member or outside, and the term that tipped it (R65)."""
    c = p.cooperative
    share = share_of_home(households, coop, h)
    new = households.member_months[h] < 12.0 * c.fee_years
    gain = gain_of_membership(people, households, trades, markets, coop, p, h)
    u = uniform(state.seed[0], COOP_TASTE, 0, households.id[h], 0)
    taste = log(u / (1.0 - u))
    trust = trust_of_home(people, households, h)
    month = max(1.0, households.consumption_norm[h])
    worth = laws.joining(gain, share / c.fee_years if new else 0.0, month, trust, c.mistrust, taste)
    choice = 1 if worth > 0.0 or p.switch.R65 == 0.0 else 0
    households.join_choice[h] = choice
    sign = 1.0 if choice == 1 else -1.0
    reason = BY_LUCK
    if sign * gain / month > sign * taste:
        reason = BY_INCOME
    if choice == 0 and c.mistrust * (1.0 - trust) > max(-taste, -gain / month):
        reason = BY_TRUST
    if (
        choice == 1
        and households.is_member[h] == 0
        and cash(ledger, households.account[h]) < share_due(households, coop, h)
    ):
        households.join_choice[h] = 0
        reason = NO_SHARE
    households.join_reason[h] = reason


@kernel
def share_of_home(households, coop, h):
    """Share that a home would pay, yuan: registered lower-income homes pay none (R65)."""
    return 0.0 if households.is_poor[h] == 1 else coop.share[0]


@kernel
def gain_of_membership(people, households, trades, markets, coop, p, h):
    """What a normal year's goods of a home bring more through the cooperative, yuan (R65)."""
    gain = 0.0
    for j in range(TRADES):
        if households.units[h][j] > 0 and trades.counts_as_farm[j] == 0.0:
            k = int(trades.market[j])
            ability = side.skill_factor(
                best_skill(people, households, h, j), trades.novice_share[j], p.side.skill_exponent
            )
            goods = households.units[h][j] * trades.output_year[j] * ability * (1.0 - trades.own_use_share[j])
            own = own_price(markets, k)
            gain += laws.yearly_gain(goods, own * (1.0 + coop.better_by[0][k]), own, 1.0 - coop.paid_share[0])
    return gain


@kernel
def own_price(markets, k):
    """What goods bring a home that sells alone: the trader, or the buyer from outside where one came by himself."""
    local = markets.price_local[k]
    if markets.is_open[k] == 0 or markets.price_outer[k] <= local:
        return local
    return local + markets.outer_share[k] * (markets.price_outer[k] - local)


@kernel
def trust_of_home(people, households, h):
    """Mean trust of the members of 16 and over who are at home, .5 without any."""
    total = 0.0
    count = 0
    i = households.first[h]
    while i >= 0:
        if people.place[i] == VILLAGE and people.age_months[i] >= 192:
            total += people.trust[i]
            count += 1
        i = people.next[i]
    return total / count if count > 0 else 0.5


@step
def override_joining(households, coop, overrides, state, ledger):
    """Reads the override table, cash; writes join_choice, join_reason, household, override_refused: homes with
    somebody there may be told in any month of an open cooperative, else the model's own choice stands (R65).
    """
    for k in range(len(overrides.household)):
        h = overrides.household[k]
        if h < 0 or overrides.decision[k] != TO_JOIN:
            continue
        overrides.household[k] = -1
        choice = overrides.choice[k]
        can_pay = households.is_member[h] == 1 or cash(ledger, households.account[h]) >= share_due(households, coop, h)
        if coop.is_open[0] == 1 and households.residents[h] > 0 and (choice == 0 or can_pay):
            households.join_choice[h] = choice
            households.join_reason[h] = BY_ORDER
        else:
            state.override_refused[0] += 1


@step
def join_or_leave(households, coop, state, ledger, p):
    """Reads join_choice; writes is_member, member_months, shares, join_choice, join_reason, members, outer, ownership,
    is_open, endings, delivers, delivered, takes_care, sales, advances, costs, fines, surplus, patronage,
    programme_cost; pays shares in and back: too few members end it (R65).
    """
    if coop.is_open[0] == 0:
        return
    members = 0
    paid_in = 0.0
    for h in range(len(households.id)):
        if households.is_member[h] == 1:
            households.member_months[h] += 1
            if households.join_choice[h] == 0 or households.registered[h] == 0:
                leave_coop(households, ledger, h)
        elif households.join_choice[h] == 1:
            join_coop(households, coop, ledger, h)
        members += households.is_member[h]
        paid_in += households.shares[h]
    coop.members[0] = members
    coop.outer[0] = 1 if members >= p.cooperative.outer_members else 0
    coop.ownership[0] = laws.ownership(paid_in, coop.grant[0])
    if members < p.cooperative.least_members and coop.meets[0] == 1:
        end_coop(households, coop, state, ledger)


@kernel
def share_due(households, coop, h):
    """What a home has to pay in to become a member, yuan; shares kept from before count."""
    return max(0.0, share_of_home(households, coop, h) - households.shares[h])


@kernel
def join_coop(households, coop, ledger, h):
    """A home becomes a member when it can pay its share."""
    due = share_due(households, coop, h)
    if cash(ledger, households.account[h]) < due:
        households.join_choice[h] = 0
        households.join_reason[h] = NO_SHARE
        return
    households.shares[h] += pay(ledger, households.account[h], COOP, due, COOP_SHARE)
    households.is_member[h] = 1
    households.member_months[h] = 0


@kernel
def leave_coop(households, ledger, h):
    """A member leaves; the share is paid back as far as the account goes, the rest stays owned."""
    households.is_member[h] = 0
    households.member_months[h] = 0
    households.delivers[h] = 0
    households.takes_care[h] = 0
    households.shares[h] -= pay_at_most(ledger, COOP, households.account[h], households.shares[h], COOP_REFUND)


@kernel
def end_coop(households, coop, state, ledger):
    """The cooperative ends: what is left goes to the holders of capital, or back to the donors (R68)."""
    total = 0.0
    for h in range(len(households.id)):
        total += capital_of_home(households, coop, h)
    left, given, so_far = ledger.balance[COOP], 0, 0.0
    for h in range(len(households.id)):
        weight = capital_of_home(households, coop, h)
        if weight > 0.0:
            so_far += weight
            given = share_out(ledger, COOP, households.account[h], left, given, so_far, total, COOP_REFUND)
    # The members are counted until all have been paid, because each holds a part of the grant.
    for h in range(len(households.id)):
        if households.is_member[h] == 1:
            households.join_reason[h] = COOP_ENDED
        households.is_member[h] = 0
        households.member_months[h] = 0
        households.shares[h] = 0.0
        households.delivers[h] = 0
        households.takes_care[h] = 0
        for j in range(TRADES):
            households.delivered[h][j] = 0.0
    state.programme_cost[0] -= pay(ledger, COOP, DONORS, cash(ledger, COOP), COOP_RETURNED)
    close_books(coop)
    coop.is_open[0] = 0
    coop.members[0] = 0
    coop.outer[0] = 0
    coop.endings[0] += 1


@kernel
def close_books(coop):
    """The year's books end with the cooperative; another one begins without them (R68)."""
    coop.sales[0] = 0.0
    coop.advances[0] = 0.0
    coop.costs[0] = 0.0
    coop.fines[0] = 0.0
    coop.surplus[0] = 0.0
    coop.patronage[0] = 0.0


@kernel
def capital_of_home(households, coop, h):
    """Capital that counts for a home, yuan: what it paid, and as a member an equal part of the grant (R68)."""
    own = households.shares[h]
    if households.is_member[h] == 1 and coop.members[0] > 0:
        own += coop.grant[0] / coop.members[0]
    return own
