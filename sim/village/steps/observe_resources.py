"""The month's measures of guests, promises, fashion and passed-on stock. 观察：资源"""

from sim.village.compiled import step
from sim.village.resources import HOMESTAY
from sim.village.steps.observe import ratio
from sim.village.tables import BURN_IN, TRADES


@step
def observe_resources(households, markets, resources, notebook, t):
    """Reads resources, markets and regret; writes them to the notebook."""
    row = t + BURN_IN
    developed, trends, fits = 0.0, 0.0, 0.0
    for k in range(TRADES):
        if markets.developed[k] == 1:
            developed += 1.0
            trends += markets.trend[k]
            fits += markets.fit[k]
    homes, regret = 0.0, 0.0
    for h in range(len(households.id)):
        if households.registered[h] > 0:
            homes += 1.0
            worst = 0.0
            for j in range(TRADES):
                worst = max(worst, households.regret[h][j])
            regret += worst
    sold = markets.delivered_local[HOMESTAY][t % 6]
    notebook.eco[row] = resources.eco[0]
    notebook.visitors[row] = resources.visitors[0]
    notebook.guest_nights[row] = min(sold, resources.nights[0])
    notebook.tourism_income[row] = sold * markets.price_local[HOMESTAY]
    notebook.tourism_step[row] = resources.tourism_step[0]
    notebook.promise_gap[row] = resources.promise_gap[0]
    notebook.regret_mean[row] = ratio(regret, homes)
    notebook.stock_passed_on[row] = resources.passes[0]
    notebook.trend_developed[row] = ratio(trends, developed)
    notebook.fit_developed[row] = ratio(fits, developed)
    notebook.literacy_learners[row] = resources.learners[0]
