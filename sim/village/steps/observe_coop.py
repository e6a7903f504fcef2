"""The month's measures of the cooperative and of motivation. 观察：合作社与动力"""

from sim.village.compiled import step
from sim.village.ledger import COOP, cash
from sim.village.steps.observe import ratio
from sim.village.tables import BURN_IN, COAST


@step
def observe_coop(people, households, coop, state, ledger, notebook, t):
    """Reads the cooperative, efficacy, success_seen; writes them to the notebook, deliveries as shares of 12 months."""
    row = t + BURN_IN
    opened = coop.is_open[0] == 1
    notebook.month_member_goods[row] = coop.member_goods[0] if opened else 0.0
    notebook.month_coop_goods[row] = coop.coop_goods[0] if opened else 0.0
    notebook.month_sold_lots[row] = coop.sold_lots[0] if opened else 0.0
    notebook.month_coop_lots[row] = coop.lots[0] if opened else 0.0
    notebook.month_premium[row] = coop.premium[0] * notebook.month_coop_goods[row]
    goods, through, sold, lots, premium = 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(max(0, row - 11), row + 1):
        goods += notebook.month_member_goods[k]
        through += notebook.month_coop_goods[k]
        sold += notebook.month_sold_lots[k]
        lots += notebook.month_coop_lots[k]
        premium += notebook.month_premium[k]
    careful, members, seeing, seen = 0.0, 0.0, 0.0, 0.0
    for h in range(len(households.id)):
        members += households.is_member[h]
        careful += households.takes_care[h]
        seeing += households.has_seen[h]
        seen += households.success_seen[h] if households.has_seen[h] == 1 else 0.0
    adults, efficacy = 0.0, 0.0
    for i in range(state.people_used[0]):
        if people.place[i] <= COAST and 192 <= people.age_months[i] < 720:
            adults += 1.0
            efficacy += people.efficacy[i]
    notebook.coop_members[row] = members
    notebook.coop_delivery_share[row] = ratio(through, goods)
    notebook.side_selling_share[row] = ratio(sold - lots, sold)
    notebook.effort_share[row] = ratio(careful, members)
    notebook.coop_premium[row] = ratio(premium, through)
    notebook.coop_surplus[row] = coop.surplus[0]
    notebook.coop_patronage[row] = coop.patronage[0]
    notebook.coop_cash[row] = cash(ledger, COOP)
    notebook.efficacy_mean[row] = ratio(efficacy, adults)
    notebook.success_seen[row] = ratio(seen, seeing)
