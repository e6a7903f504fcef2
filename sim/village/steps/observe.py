"""The month's measures; nothing here writes to the village. 观察"""

from sim.village.compiled import kernel, step
from sim.village.ledger import cash
from sim.village.steps.order import sort_values
from sim.village.steps.targets import is_left_behind
from sim.village.steps.world import is_usual_resident
from sim.village.tables import BURN_IN, COAST, TRADES, VILLAGE


@step
def observe_income(households, state, scratch, notebook, p, t):
    """Reads yearly incomes; writes income, poverty and inequality of both populations to the notebook."""
    row = t + BURN_IN
    line = p.measures.poverty_line
    observe_resident_income(households, scratch, notebook, line, row)
    observe_registered_income(households, scratch, notebook, line, row)
    observe_sources(households, notebook, row, t)


@kernel
def observe_resident_income(households, scratch, notebook, line, row):
    """Income per head, FGT before and after dibao, Gini and quintiles of usual residents."""
    n, persons, mean, poor, gap, severity = tally(scratch, households.income_year, households.usual_residents, line)
    before = 0.0
    for h in range(len(households.id)):
        members = households.usual_residents[h]
        if members > 0 and households.income_year[h] / members - households.dibao_income[h] / members < line:
            before += members
    notebook.income_per_head_resident[row] = mean
    notebook.poverty_headcount_resident[row] = poor
    notebook.poverty_gap_resident[row] = gap
    notebook.poverty_severity_resident[row] = severity
    notebook.poverty_headcount_before_dibao[row] = before / max(1.0, persons)
    notebook.resident_people[row] = persons
    notebook.gini_income_resident[row] = gini(scratch, n)
    notebook.income_quintile_ratio[row] = quintile_ratio(scratch, n, persons)


@kernel
def observe_registered_income(households, scratch, notebook, line, row):
    """Income per head, FGT and Gini of registered persons."""
    n, persons, mean, poor, gap, severity = tally(scratch, households.registered_year, households.registered, line)
    notebook.income_per_head_registered[row] = mean
    notebook.poverty_headcount_registered[row] = poor
    notebook.poverty_gap_registered[row] = gap
    notebook.poverty_severity_registered[row] = severity
    notebook.registered_people[row] = persons
    notebook.gini_income_registered[row] = gini(scratch, n)
    poor_income, poor_members, rest_income, rest_members = 0.0, 0.0, 0.0, 0.0
    for h in range(len(households.id)):
        if households.is_poor[h] == 1:
            poor_income += households.registered_year[h] if households.registered[h] > 0 else 0.0
            poor_members += households.registered[h]
        else:
            rest_income += households.registered_year[h] if households.registered[h] > 0 else 0.0
            rest_members += households.registered[h]
    notebook.income_per_head_registered_poor[row] = ratio(poor_income, poor_members)
    notebook.income_per_head_registered_rest[row] = ratio(rest_income, rest_members)


@kernel
def tally(scratch, yearly, members, line):
    """Homes, persons, mean income a head and FGT 0, 1, 2 of one population; leaves incomes sorted with their weights.

    `yearly` and `members` are columns of the households; homes without members of the population do not count.
    """
    n = 0
    persons, total, poor, gap, severity = 0.0, 0.0, 0.0, 0.0, 0.0
    for h in range(len(members)):
        if members[h] == 0:
            continue
        head = yearly[h] / members[h]
        short = max(0.0, (line - head) / line)
        persons += members[h]
        total += yearly[h]
        poor += members[h] if head < line else 0.0
        gap += members[h] * short
        severity += members[h] * short * short
        scratch.key[n] = head
        scratch.row[n] = h
        n += 1
    sort_values(scratch, n)
    for k in range(n):
        scratch.weight[k] = members[scratch.row[k]]
    people = max(1.0, persons)
    return n, persons, total / people, poor / people, gap / people, severity / people


@kernel
def gini(scratch, n):
    """Gini of sorted values with weights; negative incomes stay in, a total of zero gives zero."""
    weights = 0.0
    value = 0.0
    twice_area = 0.0
    for k in range(n):
        before = value
        value += scratch.key[k] * scratch.weight[k]
        weights += scratch.weight[k]
        twice_area += (before + value) * scratch.weight[k]
    if value <= 0.0 or weights <= 0.0:
        return 0.0
    return 1.0 - twice_area / (value * weights)


@kernel
def quintile_ratio(scratch, n, persons):
    """Mean of the top fifth of persons over that of the bottom fifth; homes on a border are split."""
    fifth = persons / 5.0
    low = 0.0
    high = 0.0
    seen = 0.0
    for k in range(n):
        w = scratch.weight[k]
        low += scratch.key[k] * max(0.0, min(seen + w, fifth) - seen)
        high += scratch.key[k] * max(0.0, min(w, seen + w - (persons - fifth)))
        seen += w
    return high / low if low > 0.0 else 0.0


@kernel
def observe_sources(households, notebook, row, t):
    """Village sums of the month by source, and shares and per-head amounts of 12 months."""
    farm, side, wage, sent, transfer, asset = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    eaten = 0.0
    for h in range(len(households.id)):
        farm += households.income[h][0]
        side += households.income[h][1]
        wage += households.income[h][2]
        sent += households.income[h][3]
        transfer += households.income[h][4]
        asset += households.income[h][5]
        eaten += households.consumption[h] + households.own_food[h]
    notebook.month_farm[row] = farm
    notebook.month_side[row] = side
    notebook.month_wage[row] = wage
    notebook.month_remittance[row] = sent
    notebook.month_transfer[row] = transfer
    notebook.month_asset[row] = asset
    notebook.month_consumption[row] = eaten
    farm, side, wage, sent, transfer, asset, eaten = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(max(0, row - 11), row + 1):
        farm += notebook.month_farm[k]
        side += notebook.month_side[k]
        wage += notebook.month_wage[k]
        sent += notebook.month_remittance[k]
        transfer += notebook.month_transfer[k]
        asset += notebook.month_asset[k]
        eaten += notebook.month_consumption[k]
    total = max(1.0, farm + side + wage + sent + transfer + asset)
    people = max(1.0, notebook.resident_people[row])
    notebook.farm_income_share[row] = farm / total
    notebook.side_income_share[row] = side / total
    notebook.wage_income_share[row] = wage / total
    notebook.remittance_income_share[row] = sent / total
    notebook.transfer_income_share[row] = transfer / total
    notebook.asset_income_share[row] = asset / total
    notebook.income_per_head_farm[row] = farm / people
    notebook.income_per_head_side[row] = side / people
    notebook.income_per_head_wage[row] = wage / people
    notebook.income_per_head_remittance[row] = sent / people
    notebook.income_per_head_transfer[row] = transfer / people
    notebook.income_per_head_asset[row] = asset / people
    notebook.consumption_income_ratio[row] = eaten / total


@kernel
def ratio(part, whole_):
    """part over whole, 0 when there is nothing."""
    return part / whole_ if whole_ > 0.0 else 0.0


@step
def observe_people(people, households, state, notebook, t):
    """Reads places, ages, hours; writes who is away, left behind, trained, and hours to the notebook."""
    row = t + BURN_IN
    observe_away(people, state, notebook, row)
    observe_youth(people, households, state, notebook, row)
    observe_workers(people, state, notebook, row)
    children, elders, women, trained = 0.0, 0.0, 0.0, 0.0
    hope, drive, adults, at_home = 0.0, 0.0, 0.0, 0.0
    farm, side, wage, care = 0.0, 0.0, 0.0, 0.0
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            continue
        age = people.age_months[i] // 12
        behind = is_left_behind(people, households, i)
        children += behind if age < 16 else 0.0
        women += behind if 16 <= age < 60 else 0.0
        elders += behind if age >= 60 else 0.0
        home = people.place[i] == VILLAGE and people.trip_left[i] == 0
        trained += 1.0 if home and people.taught[i] > 0 else 0.0
        if 16 <= age < 60:
            adults += 1.0
            hope += people.hope[i]
            drive += people.drive[i]
            at_home += 1.0 if home else 0.0
            farm += people.farm_hours[i] + people.livestock_hours[i]
            side += people.side_hours[i]
            wage += people.wage_hours[i]
            care += people.care_hours[i]
    notebook.left_behind_children[row] = children
    notebook.left_behind_elders[row] = elders
    notebook.left_behind_women[row] = women
    notebook.trained_people[row] = trained
    notebook.hope_mean[row] = ratio(hope, adults)
    notebook.drive_mean[row] = ratio(drive, adults)
    notebook.hours_per_adult_farm[row] = ratio(farm, at_home)
    notebook.hours_per_adult_side[row] = ratio(side, at_home)
    notebook.hours_per_adult_wage[row] = ratio(wage, at_home)
    notebook.hours_per_adult_care[row] = ratio(care, at_home)


@kernel
def observe_away(people, state, notebook, row):
    """Shares of those away, by age, and their mean age."""
    n16, n25, n35, n45, young = 0.0, 0.0, 0.0, 0.0, 0.0
    a16, a25, a35, a45, away_young, away, coast, seasonal, years = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    residents, elders = 0.0, 0.0
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            continue
        age = people.age_months[i] // 12
        gone = 1.0 - is_usual_resident(people.home_bits[i])
        residents += 1.0 - gone
        elders += 1.0 - gone if age >= 60 else 0.0
        if age < 16 or age >= 60:
            continue
        seasonal += 1.0 if people.trip_left[i] > 0 else 0.0
        away += gone
        years += gone * age
        coast += gone if people.place[i] == COAST else 0.0
        young += 1.0 if age <= 35 else 0.0
        away_young += gone if age <= 35 else 0.0
        if age < 25:
            n16 += 1.0
            a16 += gone
        elif age < 35:
            n25 += 1.0
            a25 += gone
        elif age < 45:
            n35 += 1.0
            a35 += gone
        else:
            n45 += 1.0
            a45 += gone
    adults = n16 + n25 + n35 + n45
    notebook.away_share[row] = ratio(away, adults)
    notebook.youth_away_share[row] = ratio(away_young, young)
    notebook.away_share_16_24[row] = ratio(a16, n16)
    notebook.away_share_25_34[row] = ratio(a25, n25)
    notebook.away_share_35_44[row] = ratio(a35, n35)
    notebook.away_share_45_59[row] = ratio(a45, n45)
    notebook.coast_share[row] = ratio(coast, away)
    notebook.month_seasonal[row] = ratio(seasonal, adults)
    notebook.seasonal_share[row] = mean_of_year(notebook.month_seasonal, row)
    notebook.migrant_age[row] = ratio(years, away)
    notebook.elder_share[row] = ratio(elders, residents)
    notebook.left_for_good_share[row] = ratio(
        state.left_total[0], state.left_total[0] + notebook.registered_people[row]
    )


@kernel
def observe_youth(people, households, state, notebook, row):
    """Who of the young of poor and of other homes is away."""
    poor, poor_away, rest, rest_away = 0.0, 0.0, 0.0, 0.0
    for i in range(state.people_used[0]):
        if people.place[i] > COAST or people.age_months[i] < 192 or people.age_months[i] >= 432:
            continue
        gone = 1.0 - is_usual_resident(people.home_bits[i])
        if households.is_poor[people.household[i]] == 1:
            poor += 1.0
            poor_away += gone
        else:
            rest += 1.0
            rest_away += gone
    notebook.youth_away_share_poor[row] = ratio(poor_away, poor)
    notebook.youth_away_share_rest[row] = ratio(rest_away, rest)


@kernel
def mean_of_year(column, row):
    """Mean of a notebook column over the last 12 months, or those there are."""
    total = 0.0
    first = max(0, row - 11)
    for k in range(first, row + 1):
        total += column[k]
    return total / (row + 1 - first)


@kernel
def observe_workers(people, state, notebook, row):
    """Ages and sex of those with 30 days of 8 hours on the farm or in paid work within a year."""
    days = 240.0
    farmers, young, middle, old, women = 0.0, 0.0, 0.0, 0.0, 0.0
    local, years = 0.0, 0.0
    for i in range(state.people_used[0]):
        if people.place[i] != VILLAGE:
            continue
        age = people.age_months[i] // 12
        if people.farm_hours_year[i] >= days:
            farmers += 1.0
            women += 1.0 - people.is_man[i]
            young += 1.0 if age <= 35 else 0.0
            middle += 1.0 if 36 <= age <= 54 else 0.0
            old += 1.0 if age >= 55 else 0.0
        if people.wage_hours_year[i] >= days and is_usual_resident(people.home_bits[i]) == 1:
            local += 1.0
            years += age
    notebook.farm_workers_to_35[row] = ratio(young, farmers)
    notebook.farm_workers_36_54[row] = ratio(middle, farmers)
    notebook.farm_workers_from_55[row] = ratio(old, farmers)
    notebook.farm_workers_women[row] = ratio(women, farmers)
    notebook.local_worker_age_gap[row] = ratio(years, local) - notebook.migrant_age[row] if local > 0.0 else 0.0


@step
def observe_homes(households, trades, markets, coop, state, ledger, scratch, notebook, t):
    """Reads homes, stock, prices, cash; writes trades, land, care, cash and cost to the notebook."""
    row = t + BURN_IN
    land, idle, spare, cap, gaps, needing, bad, short, homes = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    skill, keepers = 0.0, 0.0
    n = 0
    for h in range(len(households.id)):
        land += households.land[h]
        idle += households.idle_land[h]
        if households.registered[h] == 0:
            continue
        homes += 1.0
        spare += households.spare_hours[h]
        cap += households.cap_hours[h]
        if households.care_need[h] > 0.0:
            needing += 1.0
            gaps += households.care_gap[h]
        bad += households.was_catastrophic[h]
        short += households.is_short[h]
        scratch.key[n] = cash(ledger, households.account[h])
        scratch.row[n] = h
        n += 1
        for j in range(TRADES):
            if trades.counts_as_farm[j] == 0.0 and households.worked[h][j] > 0.0:
                keepers += 1.0
                skill += households.skill_used[h][j]
    sort_values(scratch, n)
    notebook.cash_median[row] = scratch.key[n // 2] if n > 0 else 0.0
    notebook.idle_land_share[row] = ratio(idle, land)
    notebook.unused_hours_share[row] = ratio(spare, cap)
    notebook.care_gap_mean[row] = ratio(gaps, needing)
    notebook.catastrophic_share[row] = ratio(bad, homes)
    notebook.short_share[row] = ratio(short, homes)
    notebook.skill_mean[row] = ratio(skill, keepers)
    notebook.carried_home_mean[row] = ratio(state.carried_home[0], state.homecomings[0])
    notebook.programme_cost[row] = state.programme_cost[0]
    observe_trades(households, trades, markets, coop, notebook, row)


@kernel
def observe_trades(households, trades, markets, coop, notebook, row):
    """Homes, stock, net income and prices of each trade; the quality of what side trades offered."""
    lots, quality = 0.0, 0.0
    for j in range(TRADES):
        k = int(trades.market[j])
        if trades.counts_as_farm[j] == 0.0:
            lots += markets.lots[j]
            quality += markets.quality[j]
        homes, units, income = 0.0, 0.0, 0.0
        for h in range(len(households.id)):
            homes += 1.0 if households.units[h][j] > 0 else 0.0
            units += households.units[h][j]
            income += households.trade_net[h][j]
        notebook.households[row][j] = homes
        notebook.units[row][j] = units
        notebook.net_so_far[row][j] = income
        before = notebook.net_so_far[row - 1][j] if row > 0 and row % 12 > 0 else 0.0
        notebook.income[row][j] = income - before
        notebook.price_local[row][j] = markets.price_local[k]
        through_coop = coop.outer[0] == 1 and trades.counts_as_farm[j] == 0.0
        notebook.price_outer[row][j] = markets.price_outer[k] if markets.is_open[k] == 1 or through_coop else 0.0
    notebook.quality_mean[row] = ratio(quality, lots)


@step
def observe_flows(ledger, notebook, t):
    """Reads the month's flows of the ledger; writes them to the notebook."""
    for f in range(len(notebook.flow[t + BURN_IN])):
        notebook.flow[t + BURN_IN][f] = ledger.flow[f]
