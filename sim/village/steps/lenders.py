"""Fund, bank and lending organisation come to the village; homes hear of them and join in groups. 互助资金与银行"""

from sim.village.compiled import kernel, step
from sim.village.draws import JOIN_FUND, LOAN_NEWS, uniform
from sim.village.ledger import DONORS, FUND, FUND_CAPITAL, FUND_DEPOSIT, NGO, NGO_CAPITAL, cash, pay, pay_at_most
from sim.village.rules import lending
from sim.village.steps.actions import BANK_LOANS, FUND_RULE, NGO_LOANS, OPEN_FUND, is_due
from sim.village.steps.order import sort_values
from sim.village.tables import BANK_LENDS, COAST, FUND_LENDS, NGO_LENDS, TIES

BANK_ROW, NGO_ROW = 0, NGO_LENDS - BANK_LENDS
"""Rows of those who lend from one purse."""
FOR_EVER = 1_000_000


@step
def set_up_lenders(fund, bank, agency, actions, state, ledger, p, t):
    """Reads open_fund, fund_rule, bank_loans, ngo_loans actions; writes is_open, opened, closes, deposit, group_size,
    most, term, rate, form, purpose, majority_cap, elite_weight, chest, quota, left, subsidy, lenders, beside_budget,
    programme_cost; the capital is paid in (R49, R50).
    """
    if bank.is_open[BANK_ROW] == 1 and (t - bank.opened[BANK_ROW]) % 12 == 0:
        bank.left[BANK_ROW] = bank.quota[BANK_ROW]
    for a in range(len(actions.verb)):
        verb = actions.verb[a]
        if verb != OPEN_FUND and verb != FUND_RULE and verb != BANK_LOANS and verb != NGO_LOANS:
            continue
        if is_due(actions, a, t) == 0:
            continue
        if verb == BANK_LOANS:
            open_bank(bank, actions, p, a, t)
        elif verb == NGO_LOANS:
            open_ngo(bank, agency, actions, state, ledger, p, a, t)
        else:
            if verb == OPEN_FUND:
                open_fund(fund, actions, state, ledger, p, a, t)
            if fund.is_open[0] == 1:
                change_rules(fund, actions, a)
    state.lenders[0] = fund.is_open[0] + bank.is_open[BANK_ROW] + bank.is_open[NGO_ROW]


@kernel
def open_fund(fund, actions, state, ledger, p, a, t):
    """Outsiders put capital in; the first time the rules of the codebook hold, later it is more capital (R49)."""
    paid = pay(ledger, DONORS, FUND, actions.capital[a], FUND_CAPITAL)
    state.programme_cost[0] += paid
    fund.chest[0] += int(round(paid * 100.0))
    if fund.is_open[0] == 1:
        return
    fund.is_open[0] = 1
    fund.opened[0] = t
    fund.deposit[0] = actions.deposit[a]
    fund.group_size[0] = int(actions.group_size[a])
    fund.most[0] = p.fund.most
    fund.term[0] = int(p.fund.term)
    fund.rate[0] = p.fund.fee
    fund.form[0] = int(p.fund.form)
    fund.purpose[0] = int(p.fund.purpose)
    fund.majority_cap[0] = int(p.fund.majority_cap)
    fund.elite_weight[0] = p.fund.elite_weight


@kernel
def change_rules(fund, actions, a):
    """Rules that an action names hold from now on; -1 stands for one that it does not name (R49, R50)."""
    if actions.most[a] >= 0.0:
        fund.most[0] = actions.most[a]
    if actions.term[a] >= 0.0:
        fund.term[0] = int(actions.term[a])
    if actions.fee[a] >= 0.0:
        fund.rate[0] = actions.fee[a]
    if actions.form[a] >= 0.0:
        fund.form[0] = int(actions.form[a])
    if actions.purpose[a] >= 0.0:
        fund.purpose[0] = int(actions.purpose[a])
    if actions.majority_cap[a] >= 0.0:
        fund.majority_cap[0] = int(actions.majority_cap[a])
    if actions.elite_weight[a] >= 0.0:
        fund.elite_weight[0] = actions.elite_weight[a]


@kernel
def open_bank(bank, actions, p, a, t):
    """The bank lends under these terms from now on, up to a quota a year (R49)."""
    k = BANK_ROW
    if bank.is_open[k] == 0:
        bank.is_open[k] = 1
        bank.opened[k] = t
        bank.closes[k] = FOR_EVER
        bank.form[k] = 1
    bank.quota[k] = actions.quota[a]
    bank.left[k] = actions.quota[a]
    bank.rate[k] = actions.rate[a]
    bank.subsidy[k] = actions.interest_subsidy[a]
    bank.most[k] = actions.most[a] if actions.most[a] >= 0.0 else p.bank.most
    bank.term[k] = int(actions.term[a] if actions.term[a] >= 0.0 else p.bank.term)
    bank.purpose[k] = int(actions.purpose[a] if actions.purpose[a] >= 0.0 else p.bank.purpose)


@kernel
def open_ngo(bank, agency, actions, state, ledger, p, a, t):
    """Donors entrust a principal to the lending organisation; it lends what it holds until its time is over (R49).

    The principal is none of the agency's budget.
    """
    k = NGO_ROW
    paid = pay(ledger, DONORS, NGO, actions.principal[a], NGO_CAPITAL)
    state.programme_cost[0] += paid
    agency.beside_budget[0] += agency.was_here[0] * int(round(paid * 100.0))
    bank.left[k] += paid
    if bank.is_open[k] == 0:
        bank.is_open[k] = 1
        bank.opened[k] = t
        bank.form[k] = int(p.ngo.form)
    bank.closes[k] = t + int(actions.duration[a] if actions.duration[a] > 0.0 else p.ngo.duration)
    bank.rate[k] = actions.rate[a] if actions.rate[a] >= 0.0 else p.ngo.rate
    bank.most[k] = actions.most[a] if actions.most[a] >= 0.0 else p.ngo.most
    bank.term[k] = int(actions.term[a] if actions.term[a] >= 0.0 else p.ngo.term)
    bank.purpose[k] = int(actions.purpose[a] if actions.purpose[a] >= 0.0 else p.ngo.purpose)


@kernel
def mark_of(lender):
    """The bit of `heard` that stands for a lender; 4 marks who has just heard of the fund."""
    return 8 if lender == NGO_LENDS else lender


@kernel
def lends(fund, bank, lender, t):
    """1 when a lender is in the village and still lends."""
    if lender == FUND_LENDS:
        return fund.is_open[0]
    k = lender - BANK_LENDS
    return 1 if bank.is_open[k] == 1 and t < bank.closes[k] else 0


@step
def hear_and_join(people, households, fund, groups, bank, state, ledger, scratch, p, t):
    """Reads who knows, cash, ties; writes heard, fund_group, groups, pot, members, member, tie, chest; deposits are
    paid in (R49, R51).
    """
    if state.lenders[0] == 0:
        return
    for lender in range(FUND_LENDS, NGO_LENDS + 1):
        opened = fund.opened[0] if lender == FUND_LENDS else bank.opened[lender - BANK_LENDS]
        if lends(fund, bank, lender, t) == 1:
            hear(people, households, state, scratch, p, t, lender, p.information.opening_hours if opened == t else 0.0)
    if fund.is_open[0] == 0:
        return
    for h in range(len(households.id)):
        # All are asked when it opens, so who hears of it in that month has no second chance.
        later = 1 if t > fund.opened[0] else 0
        if (later == 0 or (households.heard[h] >> 2) & 1 == 1) and would_join(
            people, households, fund, state, ledger, p, h, later
        ):
            households.fund_group[h] = -2
            households.heard[h] |= FUND_LENDS
        households.heard[h] &= ~4
    form_groups(households, fund, groups, ledger, scratch)
    share_chest(fund, groups)


@kernel
def hear(people, households, state, scratch, p, t, lender, hours):
    """Who has not heard of a lender may hear this month; all see who knew before (R51). Bit 2 marks new hearers."""
    n, mark = len(households.id), mark_of(lender)
    for h in range(n):
        scratch.weight[h] = (households.heard[h] & mark) // mark
    for h in range(n):
        if scratch.weight[h] > 0.0 or households.residents[h] == 0:
            continue
        chance = 1.0
        if p.switch.R51 > 0.0:
            chance = chance_to_hear(people, households, scratch, p, h, hours, float(n))
        if uniform(state.seed[0], LOAN_NEWS, t, households.id[h], lender) < chance:
            households.heard[h] |= mark
            if lender == FUND_LENDS:
                households.heard[h] |= 4


@kernel
def chance_to_hear(people, households, scratch, p, h, hours, homes):
    """Chance that home h hears this month of what the homes marked in scratch know already (R51)."""
    known, count = 0.0, 0
    for k in range(TIES):
        tie = households.ties[h][k]
        if tie >= 0:
            count += 1
            known += scratch.weight[tie]
    head = households.first[h]
    i = p.information
    return lending.hearing_chance(
        hours, homes, known / max(1, count), float(households.is_elite[h]), people.schooling[head],
        i.by_itself, i.elite_more, i.by_hours, i.by_ties, i.by_schooling,
    )  # fmt: skip


@kernel
def would_join(people, households, fund, state, ledger, p, h, occasion):
    """True when a home joins the fund: somebody of 18 to 64, the deposit in cash, and the will to (R49).

    Poor homes pay no deposit. A home makes up its mind when the fund opens (0) and when it hears of it later (1).
    """
    if households.fund_group[h] != -1 or households.residents[h] == 0 or has_adult(people, households, h) == 0:
        return False
    if households.is_poor[h] == 0 and cash(ledger, households.account[h]) < fund.deposit[0]:
        return False
    return uniform(state.seed[0], JOIN_FUND, 0, households.id[h], occasion) < p.fund.join_share


@kernel
def has_adult(people, households, h):
    """1 when a registered member is 18 to 64."""
    i = households.first[h]
    while i >= 0:
        if people.place[i] <= COAST and 216 <= people.age_months[i] < 780:
            return 1
        i = people.next[i]
    return 0


@kernel
def form_groups(households, fund, groups, ledger, scratch):
    """Those who wait form groups with those who live next to them; the last few wait on (R49)."""
    n = 0
    for h in range(len(households.id)):
        if households.fund_group[h] == -2:
            scratch.key[n] = households.place_on_ridge[h]
            scratch.row[n] = h
            n += 1
    size = fund.group_size[0]
    if n < size:
        return
    sort_values(scratch, n)
    for first in range(0, n - size + 1, size):
        g = fund.groups[0]
        fund.groups[0] = g + 1
        groups.members[g] = size
        for k in range(size):
            h = scratch.row[first + k]
            groups.member[g][k] = h
            households.fund_group[h] = g
            if households.is_poor[h] == 0:
                paid = pay_at_most(ledger, households.account[h], FUND, fund.deposit[0], FUND_DEPOSIT)
                groups.pot[g] += int(round(paid * 100.0))
        groups.tie[g] = tie_of_group(households, groups, g)


@kernel
def tie_of_group(households, groups, g):
    """Share of the pairs of a group that are linked, 0 to 1 (R50)."""
    linked, pairs = 0, 0
    for a in range(groups.members[g]):
        for b in range(groups.members[g]):
            if a != b:
                pairs += 1
                for k in range(TIES):
                    if households.ties[groups.member[g][a]][k] == groups.member[g][b]:
                        linked += 1
    return linked / pairs if pairs > 0 else 0.0


@kernel
def share_chest(fund, groups):
    """What no group holds is divided among the pots by members, to the fen (R50)."""
    total = 0
    for g in range(fund.groups[0]):
        total += groups.members[g]
    if total == 0 or fund.chest[0] == 0:
        return
    sum_of_money, given, so_far = fund.chest[0], 0, 0
    for g in range(fund.groups[0]):
        so_far += groups.members[g]
        due = sum_of_money * so_far // total
        groups.pot[g] += due - given
        given = due
    fund.chest[0] = 0
