"""What the agency makes of what it heard and saw, its errors included, and what goes with a worker. 机构的看法"""

from sim.village.compiled import kernel
from sim.village.organisations import TOPICS, TROUBLES, WISHES
from sim.village.rules import survey as laws
from sim.village.rules import trust as feelings
from sim.village.tables import TRADES


@kernel
def form_opinions(trades, agency, surveyed, p, t):
    """Write the estimates of every trade and problem (R43); with the rule off they are the truth."""
    heard = laws.effective(agency.voices[0][0], agency.voices_square[0][0])
    for q in range(TROUBLES):
        said = mean_of(agency.problems_said[0][q], agency.voices[0][0])
        agency.problems[0][q] = laws.estimate(
            heard, said, p.survey.preconception, p.survey.neutral, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        )
        if p.switch.R43 == 0.0:
            agency.problems[0][q] = agency.true_problems[0][q]
    for j in range(TRADES):
        if p.switch.R44 == 0.0:
            surveyed.known[j] = 1
        if p.switch.R43 == 0.0:
            take_for_true(surveyed, j)
            continue
        surveyed.need[j] = opinion_of_need(agency, surveyed, p, t, j, 1.0, 1.0, 1.0, 1.0)
        surveyed.skill[j] = opinion(
            agency, surveyed, p, t, j, heard, mean_of(surveyed.said_skill[j], agency.voices[0][0])
        )
        place = mean_of(surveyed.seen_place[j], surveyed.looks[j])
        sales = mean_of(surveyed.seen_market[j], surveyed.looks[j])
        surveyed.suitability[j] = opinion(agency, surveyed, p, t, j, surveyed.looks[j], place)
        surveyed.market[j] = opinion(agency, surveyed, p, t, j, surveyed.looks[j], sales)
        for g in range(WISHES):
            weights, squares = agency.voices[0][1 + g], agency.voices_square[0][1 + g]
            said = mean_of(surveyed.said_need[j][1 + g], weights)
            surveyed.wishes[j][g] = opinion(agency, surveyed, p, t, j, laws.effective(weights, squares), said)


@kernel
def take_for_true(surveyed, j):
    """The estimates of one trade are what is true (R43)."""
    surveyed.need[j] = surveyed.true_need[j]
    surveyed.suitability[j] = surveyed.true_suitability[j]
    surveyed.skill[j] = surveyed.true_skill[j]
    surveyed.market[j] = surveyed.true_market[j]
    for g in range(WISHES):
        surveyed.wishes[j][g] = surveyed.true_wishes[j][g]


@kernel
def mean_of(total, weights):
    """Mean of what was said or seen, 0 when nothing was."""
    return total / weights if weights > 0.0 else 0.0


@kernel
def opinion(agency, surveyed, p, t, j, respondents, said):
    """One estimate of trade j with all its errors (R43)."""
    return laws.estimate(
        respondents, said, p.survey.preconception, surveyed.prior[j],
        weight_of_habit(surveyed, p), surveyed.habit[j], weight_of_event(surveyed, p, t, j), surveyed.event[j],
        surveyed.record_weight[j], surveyed.record[j],
    )  # fmt: skip


@kernel
def opinion_of_need(agency, surveyed, p, t, j, preconception, habit, event, loud):
    """Estimated need of trade j (R43); each of the four errors is there at 1 and left out at 0."""
    heard = laws.effective(agency.voices[0][0], agency.voices_square[0][0])
    said = mean_of(surveyed.said_need[j][0], agency.voices[0][0])
    if loud == 0.0:
        heard = agency.asked_homes[0] * 1.0
        said = mean_of(surveyed.plain_need[j], heard)
    return laws.estimate(
        heard, said, preconception * p.survey.preconception, surveyed.prior[j],
        habit * weight_of_habit(surveyed, p), surveyed.habit[j],
        event * weight_of_event(surveyed, p, t, j), surveyed.event[j], surveyed.record_weight[j], surveyed.record[j],
    )  # fmt: skip


@kernel
def weight_of_habit(surveyed, p):
    """Habit weighs only where there is one: the agency did some trade before (R43)."""
    done = 0.0
    for j in range(TRADES):
        done = max(done, surveyed.habit[j])
    return p.survey.habit if done > 0.0 else 0.0


@kernel
def weight_of_event(surveyed, p, t, j):
    """What an event of trade j still weighs (R43); none, where there was none."""
    if surveyed.had_event[j] == 0:
        return 0.0
    return laws.fading(p.survey.event, t - surveyed.event_month[j], p.survey.event_fades)


@kernel
def forget_survey(agency, surveyed, p, share, records):
    """Of what was heard and seen a part becomes what was thought before when a share of the staff goes (R58)."""
    for q in range(TOPICS):
        agency.topics[0][q] = feelings.handed_over(agency.topics[0][q], 0.0, share, 0.0, records)
    for q in range(TROUBLES):
        base = p.survey.neutral * agency.voices[0][0]
        agency.problems_said[0][q] = feelings.handed_over(agency.problems_said[0][q], base, share, 0.0, records)
    for j in range(TRADES):
        prior = surveyed.prior[j]
        for g in range(1 + WISHES):
            base = prior * agency.voices[0][g]
            surveyed.said_need[j][g] = feelings.handed_over(surveyed.said_need[j][g], base, share, 0.0, records)
        base = prior * agency.voices[0][0]
        surveyed.said_skill[j] = feelings.handed_over(surveyed.said_skill[j], base, share, 0.0, records)
        base = prior * agency.asked_homes[0]
        surveyed.plain_need[j] = feelings.handed_over(surveyed.plain_need[j], base, share, 0.0, records)
        base = prior * surveyed.looks[j]
        surveyed.seen_place[j] = feelings.handed_over(surveyed.seen_place[j], base, share, 0.0, records)
        surveyed.seen_market[j] = feelings.handed_over(surveyed.seen_market[j], base, share, 0.0, records)
