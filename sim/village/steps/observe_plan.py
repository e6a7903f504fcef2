"""The month's measures of the plan, the phases and the evaluation. 观察计划"""

from sim.village.compiled import step
from sim.village.rules.plan import tests_passed
from sim.village.steps.observe import ratio
from sim.village.tables import BURN_IN


@step
def observe_plan(households, agency, plan, notebook, t):
    """Reads the plan, the phase, ownership, the last evaluation; writes them to the notebook."""
    if agency.was_here[0] == 0:
        return
    row = t + BURN_IN
    homes, owned = 0.0, 0.0
    for h in range(len(households.id)):
        if households.registered[h] > 0:
            homes += 1.0
            owned += households.own_plan[h]
    made = plan.is_made[0] == 1
    first = plan.chosen[0][0] if made else 0
    notebook.plan_regret[row] = plan.regret[0] if made else 0.0
    notebook.plan_tests_passed[row] = 1.0 * tests_passed(plan.tests[0][first]) if made else 0.0
    notebook.plan_yes_share[row] = plan.yes_share[0][first] if made else 0.0
    notebook.plan_homes_share[row] = plan.homes_share[0]
    notebook.vote_turnout[row] = plan.turnout[0]
    notebook.own_plan_mean[row] = ratio(owned, homes)
    notebook.phase[row] = agency.phase[0] + 1.0 if agency.was_here[0] == 1 else 0.0
    notebook.evaluation_score[row] = plan.kept_score[0]
    notebook.credibility[row] = agency.credibility[0]
