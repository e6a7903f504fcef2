"""The survey: who is asked, what is seen, what is found, and what the agency makes of it. 调查"""

from sim.village.compiled import kernel, step
from sim.village.draws import (
    ANSWER,
    DISCOVERY,
    EXPERT_LOOK,
    LOOK,
    SURVEY_LOT,
    VOCAL,
    lottery_key,
    normal,
    uniform,
)
from sim.village.ledger import DONORS, MARKET, SURVEY_COST, pay
from sim.village.organisations import PLANNING, RESOURCES, STANDING, SURVEY, TOPICS, TROUBLES, WISHES
from sim.village.rules import survey as laws
from sim.village.steps.actions import ASK_HOMES, EXPERT_CHECK, PRICE_SHOCK, is_due
from sim.village.steps.agency import money_left
from sim.village.steps.opinion import form_opinions
from sim.village.steps.order import sort_lottery
from sim.village.steps.side import best_skill
from sim.village.steps.trust import HALF, turn_of
from sim.village.steps.truth import (
    groups_of,
    is_candidate,
    may_speak,
    need_of_home,
    problem_of_home,
    see_as_it_is,
)
from sim.village.tables import TRADES

ALL_TOPICS = 0
"""Value of the argument `topics` that means all four alike."""
NEED, SKILL, PLACE, SALES = 0, 1, 2, 3
"""What an answer or a look is about: part of its luck."""


@step
def survey_the_village(people, households, trades, markets, agency, surveyed, actions, state, ledger, scratch, p, t):
    """Reads hours, survey, expert_check and price_shock actions; writes asked, asked_month, asked_homes, voices,
    voices_square, problems_said, problems, true_problems, topics, known, need, suitability, skill, market, true_need,
    true_suitability, true_skill, true_market, wishes, true_wishes, checked, event, event_month, had_event, said_need,
    said_skill, plain_need, looks, seen_place, seen_market, programme_cost; pays those who are asked and the experts
    (R43, R44).
    """
    called = is_called(actions, t)
    if agency.is_here[0] == 0 and called == 0:
        return
    note_events(actions, surveyed, t)
    hours = agency.hours[0][SURVEY] + agency.hours[0][PLANNING]
    if called == 1 or hours > 0.0 or t % 12 == 0 or t == agency.arrives[0] or p.switch.R43 == 0.0:
        see_as_it_is(people, households, trades, markets, agency, surveyed, state, ledger, p)
    standing = agency.hours[0][SURVEY]
    for a in range(len(actions.verb)):
        if is_due(actions, a, t) == 0:
            continue
        if actions.verb[a] == ASK_HOMES:
            standing -= booked(agency, actions, a)
            homes, stratified = int(actions.n_hh[a]), actions.stratify[a]
            ask_homes(people, households, trades, agency, surveyed, state, ledger, scratch, p, t, homes, stratified)
            see_place_and_market(
                people, households, trades, agency, surveyed, state, p, t, actions.needs[a], actions.topics[a]
            )
        elif actions.verb[a] == EXPERT_CHECK:
            standing -= booked(agency, actions, a)
            let_expert_look(surveyed, state, ledger, p, t, actions.trade[a])
    work = standing * agency.productivity[0]
    if work > 0.0 and agency.share[0][agency.phase[0] * STANDING + SURVEY] > 0.0:
        homes = homes_affordable(agency, ledger, p, work)
        ask_homes(people, households, trades, agency, surveyed, state, ledger, scratch, p, t, homes, agency.stratify[0])
        see_place_and_market(people, households, trades, agency, surveyed, state, p, t, work, ALL_TOPICS)
    form_opinions(trades, agency, surveyed, p, t)


@kernel
def is_called(actions, t):
    """1 when the scenario itself sends somebody to ask or to look this month."""
    for a in range(len(actions.verb)):
        if (actions.verb[a] == ASK_HOMES or actions.verb[a] == EXPERT_CHECK) and is_due(actions, a, t) == 1:
            return 1
    return 0


@kernel
def booked(agency, actions, a):
    """Hours of the month that an action took of the task (R40)."""
    return actions.needs[a] / agency.work_share[0] if agency.work_share[0] > 0.0 else 0.0


@kernel
def note_events(actions, surveyed, t):
    """A price shock is an accident that sticks in the mind: a rise speaks for a trade, a fall against it (R43)."""
    for a in range(len(actions.verb)):
        j = actions.trade[a]
        if actions.verb[a] == PRICE_SHOCK and j >= 0 and is_due(actions, a, t) == 1:
            surveyed.event[j] = 1.0 if actions.factor[a] > 1.0 else 0.0
            surveyed.event_month[j] = t
            surveyed.had_event[j] = 1


@kernel
def homes_affordable(agency, ledger, p, work):
    """Homes that the standing task asks this month, as far as hours and money go (R43)."""
    homes = laws.homes_in(work, agency.stratify[0], p.survey.home_hours, p.survey.stratified_more)
    if p.survey.home_cost > 0.0:
        homes = min(homes, money_left(agency, ledger) // p.survey.home_cost)
    return int(homes)


@kernel
def ask_homes(people, households, trades, agency, surveyed, state, ledger, scratch, p, t, homes, stratified):
    """A part of the sample is drawn by lot, as far as it is stratified; the rest is who comes first in the visits."""
    by_lot = int(stratified * homes + 0.5)
    asked = ask_in_turn(
        people, households, trades, agency, surveyed, state, ledger, scratch, p, t, by_lot, stratified, 1
    )
    asked += ask_in_turn(
        people, households, trades, agency, surveyed, state, ledger, scratch, p, t, homes - asked, stratified, 0
    )
    state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.survey.home_cost * asked, SURVEY_COST)


@kernel
def ask_in_turn(
    people, households, trades, agency, surveyed, state, ledger, scratch, p, t, homes, stratified, by_lot
):  # fmt: skip
    """Ask so many homes, those never asked first; returns how many were asked (R43)."""
    n = 0
    for h in range(len(households.id)):
        again = t - households.asked_month[h] >= p.survey.again_months
        if households.residents[h] > 0 and (households.asked[h] == 0 or again):
            away = abs(households.place_on_ridge[h] - p.agency.road_at)
            key = lottery_key(state.seed[0], SURVEY_LOT, t, households.id[h])
            if by_lot == 0:
                key = turn_of(households, agency, state, t, h, away)
            scratch.row[n] = h
            scratch.whole_key[n] = (key >> 1) + (HALF if households.asked[h] > 0 else 0)
            n += 1
    sort_lottery(scratch, n)
    asked = min(n, homes)
    for k in range(asked):
        listen(people, households, trades, agency, surveyed, state, ledger, p, t, scratch.row[k], stratified)
    return asked


@kernel
def listen(people, households, trades, agency, surveyed, state, ledger, p, t, h, stratified):
    """One home says what it needs and can do; the loud weigh more (R43)."""
    seed, who = state.seed[0], households.id[h]
    households.asked[h] += 1
    households.asked_month[h] = t
    agency.asked_homes[0] += 1
    loud = laws.vocal(uniform(seed, VOCAL, 0, who, 0), households.is_elite[h], p.survey.elite_loudness)
    w = laws.weight(loud, stratified, p.survey.loudness)
    agency.voices[0][0] += w
    agency.voices_square[0][0] += w * w
    groups = groups_of(people, households, h)
    for g in range(WISHES):
        agency.voices[0][1 + g] += w * ((groups >> g) & 1)
        agency.voices_square[0][1 + g] += w * w * ((groups >> g) & 1)
    for q in range(TROUBLES):
        agency.problems_said[0][q] += w * problem_of_home(households, p, h, q)
    for j in range(TRADES):
        if is_candidate(trades, j) == 0:
            continue
        own = best_skill(people, households, h, j)
        need = need_of_home(households, trades, ledger, p, h, j, own)
        said = laws.answered(need, normal(uniform(seed, ANSWER, t, who, 4 * j + NEED)), p.survey.answer_sd)
        seen = laws.answered(own, normal(uniform(seed, ANSWER, t, who, 4 * j + SKILL)), p.survey.answer_sd)
        surveyed.plain_need[j] += said
        surveyed.said_skill[j] += w * seen
        surveyed.said_need[j][0] += w * said
        for g in range(WISHES):
            surveyed.said_need[j][1 + g] += w * said * ((groups >> g) & 1)


@kernel
def see_place_and_market(people, households, trades, agency, surveyed, state, p, t, hours, topics):
    """Hours of work complete the topics, show place and market, and may find a hidden local trade (R43, R44)."""
    looks = hours / p.survey.look_hours
    for j in range(TRADES):
        if is_candidate(trades, j) == 1 and surveyed.checked[j] == 0:
            sd = laws.error_of_looks(looks, p.survey.place_sd)
            place = normal(uniform(state.seed[0], LOOK, t, j, PLACE))
            sales = normal(uniform(state.seed[0], LOOK, t, j, SALES))
            surveyed.looks[j] += looks
            surveyed.seen_place[j] += looks * laws.answered(surveyed.true_suitability[j], place, sd)
            surveyed.seen_market[j] += looks * laws.answered(surveyed.true_market[j], sales, sd)
    needed = p.survey.topic_hours * state.homes_per_150[0]
    on_resources = 0.0
    for q in range(TOPICS):
        part = hours / TOPICS if topics == ALL_TOPICS else (hours if topics == 1 + q else 0.0)
        agency.topics[0][q] = laws.complete(agency.topics[0][q], part, needed)
        on_resources += part if q == RESOURCES else 0.0
    discover(people, households, trades, surveyed, state, p, t, on_resources)


@kernel
def discover(people, households, trades, surveyed, state, p, t, hours):
    """Hidden local trades are found by those who look at resources and have met women and elders (R44)."""
    chance = laws.discovery_chance(
        hours, share_met(people, households, state, p), p.survey.discovery, p.survey.discovery_hours
    )
    for j in range(TRADES):
        if trades.hidden[j] > 0.0 and surveyed.known[j] == 0:
            surveyed.known[j] = 1 if uniform(state.seed[0], DISCOVERY, t, j, 0) < chance else 0


@kernel
def share_met(people, households, state, p):
    """Share of the women and elders at home who know the worker or whose home was asked (R44)."""
    met, count = 0.0, 0.0
    for i in range(state.people_used[0]):
        if may_speak(people, i) == 1 and (people.is_man[i] == 0 or people.age_months[i] >= 720):
            known = people.contact[i] >= p.trust.known_from or households.asked[people.household[i]] > 0
            met += 1.0 if known else 0.0
            count += 1.0
    return met / count if count > 0.0 else 0.0


@kernel
def let_expert_look(surveyed, state, ledger, p, t, j):
    """An expert says how place and market are; that replaces what was seen before (R43)."""
    place = normal(uniform(state.seed[0], EXPERT_LOOK, t, j, PLACE))
    sales = normal(uniform(state.seed[0], EXPERT_LOOK, t, j, SALES))
    surveyed.checked[j] = 1
    surveyed.looks[j] = p.survey.expert_looks
    surveyed.seen_place[j] = surveyed.looks[j] * laws.answered(surveyed.true_suitability[j], place, p.survey.expert_sd)
    surveyed.seen_market[j] = surveyed.looks[j] * laws.answered(surveyed.true_market[j], sales, p.survey.expert_sd)
    state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.survey.expert_cost, SURVEY_COST)
