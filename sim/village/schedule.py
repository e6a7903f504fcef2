"""One month of the village, top to bottom: the order is the model. 一个月"""

from sim.village.compiled import step
from sim.village.steps.actions import (
    give_public_posts,
    open_market,
    relieve,
    serve_care,
    shock_the_world,
)
from sim.village.steps.agency import staff_the_agency, take_up_actions
from sim.village.steps.beliefs import hope_and_attach
from sim.village.steps.borrowing import decide_to_borrow, override_borrowing
from sim.village.steps.bringing import introduce, promote
from sim.village.steps.building import build_the_name, win_buyers
from sim.village.steps.care import need_care
from sim.village.steps.collection import decide_to_deliver, keep_the_coop
from sim.village.steps.contracts import deliver_to_firm, pay_contracts, sign_contracts
from sim.village.steps.cooperative import (
    decide_to_join,
    exchange_technique,
    found_coop,
    join_or_leave,
    override_joining,
)
from sim.village.steps.evaluating import evaluate
from sim.village.steps.farming import bring_in_the_harvest, eat_own_grain, rent_land, work_the_season
from sim.village.steps.firm import keep_the_firm
from sim.village.steps.giving import raise_gifts
from sim.village.steps.granting import grant_lines
from sim.village.steps.grants import allocate_grants, tie_relief
from sim.village.steps.handover import learn_to_run
from sim.village.steps.hours import remember_hours, share_hours
from sim.village.steps.household import (
    close_the_month,
    consume,
    give_gifts,
    insure,
    open_the_month,
    pay_for_illness,
    pay_for_needs,
    pay_transfers,
    test_means,
)
from sim.village.steps.jobs import offer_jobs
from sim.village.steps.kin import repay_kin
from sim.village.steps.leaving import apply_overrides, decide_to_leave, depart
from sim.village.steps.lenders import hear_and_join, set_up_lenders
from sim.village.steps.local import develop_local, follow_fashion
from sim.village.steps.market import clear_markets, learn_prices, miss_orders, offer_goods, sell_goods
from sim.village.steps.meetings import meet_organisations
from sim.village.steps.modes import open_modes
from sim.village.steps.motivation import renew_drive, see_success
from sim.village.steps.observe import observe_flows, observe_homes, observe_income, observe_people
from sim.village.steps.observe_building import observe_building
from sim.village.steps.observe_coop import observe_coop
from sim.village.steps.observe_help import observe_agency
from sim.village.steps.observe_idle import observe_idle
from sim.village.steps.observe_labour import observe_labour
from sim.village.steps.observe_modes import observe_modes
from sim.village.steps.observe_money import observe_money
from sim.village.steps.observe_plan import observe_plan
from sim.village.steps.observe_resources import observe_resources
from sim.village.steps.observe_support import observe_support
from sim.village.steps.observe_survey import observe_survey
from sim.village.steps.observe_year import observe_year
from sim.village.steps.passing import pass_on_young
from sim.village.steps.people import (
    be_born,
    die,
    fall_ill,
    feel_needs,
    go_to_school,
    grow_older,
    marry,
    settle_estates,
)
from sim.village.steps.phases import turn_the_phase
from sim.village.steps.plan import follow_the_plan, make_plan
from sim.village.steps.policies import claim_policies, hear_of_policies, publish_policies
from sim.village.steps.promises import judge_promises
from sim.village.steps.purchase import sell_to_state
from sim.village.steps.remember import remember_the_year
from sim.village.steps.returning import decide_to_return, leave_for_good, return_home
from sim.village.steps.service import keep_the_fund, serve_loans
from sim.village.steps.shop import keep_the_shop
from sim.village.steps.side import (
    decide_to_adopt,
    feel_crowding,
    judge_the_year,
    lose_and_gain_stock,
    make_goods,
    override_adopting,
    see_neighbours,
    take_up_trades,
)
from sim.village.steps.skill import forget
from sim.village.steps.survey import survey_the_village
from sim.village.steps.technique import support_technique, teach_literacy
from sim.village.steps.tourism import open_tourism, receive_visitors
from sim.village.steps.training import hold_courses, spread_skills
from sim.village.steps.trust import (
    counsel,
    let_memories_fade,
    supervise_and_record,
    visit_homes,
    weigh_trust,
)
from sim.village.steps.work import pay_wages, send_money, work_away
from sim.village.steps.workshop import hire_for_workshop, pay_pieces
from sim.village.steps.world import count_members, draw_weather, has_room, mark_presence, move_prices


@step
def run_months(world, p, first, months):
    """Advance the world from code month `first`; returns the month reached, earlier when a table is nearly full."""
    people, homes, trades, markets = world.people, world.households, world.trades, world.markets
    state, ledger, loans, scratch, book = world.state, world.ledger, world.loans, world.scratch, world.notebook
    resources = world.resources
    giving, policies = world.giving, world.policies
    agency, fund, groups, bank, coop, firm = world.agency, world.fund, world.groups, world.bank, world.coop, world.firm
    plan = world.plan
    for t in range(first, first + months):
        if has_room(people, homes, loans, state, p) == 0:
            return t

        # 外部 OUTSIDE: the year's weather and prices are there before anybody decides
        open_the_month(homes, ledger)
        draw_weather(state, p, t)
        move_prices(state, markets, p, t)
        follow_fashion(markets, state, p, t)

        # 人口 PEOPLE: who lives, is ill, goes to school
        grow_older(people, homes, state, p, t)
        fall_ill(people, homes, state, p, t)
        go_to_school(people, homes, state, ledger, p, t)
        be_born(people, homes, state, p, t)
        die(people, homes, state, ledger, p, t)
        marry(people, homes, state, ledger, p, t)
        feel_needs(people, homes, state, p, t)
        count_members(people, homes)

        # 机构 AGENCY: who works in it, what there is time and money for, whom it meets
        staff_the_agency(people, agency, world.staff, world.surveyed, world.actions, state, ledger, p, t)
        let_memories_fade(people, world.agency, state, p)
        turn_the_phase(people, homes, agency, plan, fund, loans, state, p, t)
        follow_the_plan(world.actions, plan)
        take_up_actions(
            people, homes, trades, world.actions, world.agency, world.staff, world.log, giving, state, ledger, p, t
        )
        meet_organisations(
            people, homes, trades, world.orgs, agency, world.surveyed, coop, world.actions, state, ledger, p, t
        )
        visit_homes(people, homes, world.agency, world.actions, state, world.lottery, p, t)
        counsel(people, homes, world.agency, world.actions, state, world.lottery, p, t)
        supervise_and_record(world.agency, world.actions, state, ledger, p, t)
        weigh_trust(people, homes, world.agency, state, p, t)

        # 捐赠与政策 GIFTS AND POLICIES: before anything is divided among homes, and before they count their means
        raise_gifts(homes, agency, giving, world.actions, state, ledger, p, t)
        publish_policies(homes, policies, world.actions, state, p, t)
        hear_of_policies(people, homes, policies, agency, world.actions, state, ledger, scratch, p, t)
        claim_policies(people, homes, policies, agency, state, ledger, world.lottery, p, t)

        # 调查 SURVEY: before anything is planned or done, with the homes as they came out of last month
        survey_the_village(
            people, homes, trades, markets, agency, world.surveyed, world.actions, state, ledger, world.lottery, p, t
        )

        # 计划 PLAN: drawn up with what is known by now; its trades are acted on from the next month
        make_plan(
            people, homes, trades, world.actions, agency, world.surveyed, plan, fund, bank, world.log, state, ledger,
            p, t,
        )  # fmt: skip

        # 行动 ACTIONS: outsiders act first, villagers answer
        shock_the_world(markets, world.actions, state, p, t)
        introduce(homes, people, trades, resources, world.actions, state, ledger, world.lottery, t, p)
        promote(homes, people, world.agency, world.actions, state, ledger, p, t)
        develop_local(homes, people, trades, markets, agency, world.surveyed, world.actions, state, ledger, p, t)
        open_tourism(homes, people, trades, resources, world.actions, state, ledger, p, t)
        support_technique(trades, world.actions, state, ledger, p, t)
        open_market(trades, markets, world.actions, state, ledger, p, t)
        relieve(homes, people, giving, world.actions, state, ledger, t)
        give_public_posts(people, homes, world.actions, state, world.lottery, t)
        serve_care(people, homes, world.actions, state, ledger, world.lottery, p, t)
        found_coop(trades, markets, coop, world.actions, state, ledger, p, t)
        allocate_grants(homes, people, agency, giving, world.actions, state, ledger, scratch, p, t)
        tie_relief(homes, people, giving, world.actions, state, ledger, p, t)
        open_modes(people, homes, firm, coop, world.actions, state, ledger, p, t)
        win_buyers(trades, markets, agency, world.surveyed, coop, world.brand, world.actions, state, ledger, p, t)

        # 借贷 LENDING: decide, override, rank; loans to live on are paid, lines for trades and journeys wait for them
        set_up_lenders(fund, bank, agency, world.actions, state, ledger, p, t)
        hear_and_join(people, homes, fund, groups, bank, state, ledger, scratch, p, t)
        decide_to_borrow(people, homes, trades, fund, groups, bank, agency, plan, policies, state, ledger, p, t)
        override_borrowing(people, homes, fund, groups, bank, agency, world.overrides, state, p, t)
        grant_lines(homes, fund, groups, bank, agency, loans, state, ledger, scratch, p, t)

        # 培训 TRAINING: before people leave, so that seats go to those still here
        hold_courses(
            people, homes, trades, agency, plan, world.actions, world.overrides, state, ledger, world.lottery, p, t
        )  # fmt: skip
        exchange_technique(people, homes, coop, world.actions, state, ledger, p, t)
        teach_literacy(people, homes, agency, resources, world.actions, state, ledger, world.lottery, p, t)

        # 外出 LEAVING: decide, override, act; all see last month's village
        decide_to_leave(people, homes, world.actions, state, ledger, p, t)
        apply_overrides(people, homes, world.actions, world.overrides, state, ledger, p, t)
        depart(people, homes, world.actions, loans, state, ledger, p, t)

        # 回流 RETURN: home with what the purse holds, or away for good
        decide_to_return(people, homes, state, ledger, p, t)
        return_home(people, homes, state, ledger, p)
        leave_for_good(people, homes, state, ledger, p, t)
        count_members(people, homes)

        # 土地与副业 LAND AND TRADES: who works what this year
        sign_contracts(people, homes, trades, markets, firm, state, ledger, world.lottery, p, t)
        rent_land(people, homes, state, world.lottery, p, t)
        judge_promises(people, homes, trades, resources, p, t)
        judge_the_year(people, homes, trades, state, ledger, p, t)
        see_neighbours(people, homes, trades, state, p, t)
        see_success(people, homes, trades, scratch, p, t)
        decide_to_adopt(people, homes, trades, agency, plan, policies, state, ledger, p, t)
        override_adopting(homes, trades, world.overrides, state, ledger)
        take_up_trades(homes, trades, loans, giving, state, ledger, p, t)

        # 合作社 COOPERATIVE: when homes meet, each decides; then shares are paid
        decide_to_join(people, homes, trades, markets, coop, state, ledger, p)
        override_joining(homes, coop, world.overrides, state, ledger)
        join_or_leave(homes, coop, state, ledger, p)

        # 时间 HOURS: care first, then the best return
        hire_for_workshop(people, homes, firm, state, world.lottery, p, t)
        need_care(people, homes, p)
        offer_jobs(people, homes, state, world.lottery, p, t)
        feel_crowding(homes, trades, markets, state)
        keep_the_shop(people, homes, trades, markets, coop, state, ledger, p)
        share_hours(people, homes, trades, markets, state, scratch, p, t)
        forget(people, trades, state, p, t)
        spread_skills(people, homes, coop, state, p)
        remember_hours(people, state)

        # 生产 WORK: hours become crops and goods
        work_the_season(homes, state, ledger, p, t)
        bring_in_the_harvest(homes, state, ledger, p, t)
        eat_own_grain(homes, state, ledger, p)
        make_goods(homes, trades, markets, state, ledger, p, t)
        lose_and_gain_stock(homes, trades, markets, state, ledger, p, t)
        pass_on_young(people, homes, trades, resources, state, world.lottery, p, t)

        # 市场 MARKET: goods become money, alone or through the cooperative
        receive_visitors(trades, markets, resources, state, p, t)
        deliver_to_firm(homes, trades, firm, state, p, t)
        decide_to_deliver(people, homes, trades, markets, coop, world.agency, state, p, t)
        sell_to_state(homes, trades, markets, coop, policies, state, ledger, p, t)
        offer_goods(homes, trades, markets, coop, state, p, t)
        clear_markets(homes, trades, markets, state, p, t)
        sell_goods(homes, trades, markets, coop, state, ledger, p, t)
        pay_contracts(homes, trades, markets, firm, coop, state, ledger, p, t)
        learn_prices(homes, trades, markets, p)
        miss_orders(people, homes, trades, markets, coop, state, p, t)
        keep_the_coop(homes, markets, coop, state, ledger, p, t)

        # 工资与汇款 PAY: at home and away
        pay_pieces(people, homes, firm, state, ledger, p, t)
        pay_wages(people, homes, state, ledger, p)
        work_away(people, homes, state, ledger, p, t)
        send_money(people, homes, state, ledger, p, t)

        # 转移与债务 TRANSFERS AND DEBT: what the state gives, what lenders and kin get back
        test_means(people, homes, state, scratch, p, t)
        pay_transfers(people, homes, state, ledger, p, t)
        keep_the_firm(people, homes, firm, coop, agency, state, ledger, p, t)
        serve_loans(homes, fund, groups, bank, loans, agency, state, ledger, p, t)
        keep_the_fund(homes, fund, groups, state, ledger, p, t)
        repay_kin(homes, loans, state, ledger, p)

        # 支出 SPENDING: what cannot wait, then the daily life
        pay_for_illness(people, homes, loans, state, ledger, p, t)
        insure(homes, ledger, p, t)
        pay_for_needs(homes, loans, state, ledger, p, t)
        give_gifts(homes, ledger, p)
        consume(people, homes, trades, loans, state, ledger, p, t)
        close_the_month(homes, state, p, t)
        settle_estates(homes, loans, state, ledger)

        # 观念 BELIEFS: what the month taught
        hope_and_attach(people, homes, state, p)
        renew_drive(people, homes, trades, state, p, t)
        mark_presence(people, state)

        # 评估 EVALUATION: with the month's numbers; what it concludes is acted on from the next month
        evaluate(
            people, homes, trades, markets, world.actions, agency, world.surveyed, plan, world.log, state, ledger, p, t
        )  # fmt: skip

        # 营造 BUILDING: what the month made of the name and of those who help
        build_the_name(trades, markets, coop, world.brand, state, p, t)
        learn_to_run(agency, world.actions, state, ledger, p, t)

        # 记账 RECORDS: what measures must know of earlier months, and no rule reads
        count_members(people, homes)
        remember_the_year(people, homes, trades, loans, state, p, t)

        # 观察 OBSERVE: the notebook, never the village
        observe_income(homes, state, scratch, book, p, t)
        observe_people(people, homes, state, book, t)
        observe_agency(people, homes, agency, state, book, p, t)
        observe_survey(homes, people, trades, agency, world.orgs, world.surveyed, book, p, t)
        observe_plan(homes, agency, plan, book, t)
        observe_homes(homes, trades, markets, coop, state, ledger, scratch, book, t)
        observe_money(homes, fund, groups, loans, state, book, t)
        observe_support(homes, giving, policies, loans, state, ledger, book, t)
        observe_coop(people, homes, coop, state, ledger, book, t)
        observe_resources(homes, markets, resources, book, t)
        observe_modes(people, homes, firm, state, ledger, book, t)
        observe_building(trades, markets, agency, world.brand, state, ledger, book, p, t)
        observe_idle(people, homes, trades, markets, state, scratch, book, p, t)
        observe_labour(people, state, book, p, t)
        observe_year(people, homes, trades, state, ledger, scratch, book, p, t)
        observe_flows(ledger, book, t)
    return first + months
