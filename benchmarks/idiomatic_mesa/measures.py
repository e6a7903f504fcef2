"""The month's measures of the Mesa village, under the names of the project's notebook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import median_high
from typing import TYPE_CHECKING, Any

from benchmarks.idiomatic_mesa.accounts import add_up
from sim.village import tables as tb
from sim.village.ledger import FLOWS
from sim.village.measures import LENDING, MEASURES, PER_TRADE
from sim.village.measures_building import LASTING
from sim.village.measures_funnel import FUNNEL, LOAN_USES
from sim.village.measures_modes import OF_MODES
from sim.village.measures_plan import PLAN_MEASURES
from sim.village.measures_resources import OF_RESOURCES
from sim.village.measures_spread import SPREAD, WORK
from sim.village.measures_support import SUPPORT
from sim.village.measures_survey import SURVEYING

if TYPE_CHECKING:
    from benchmarks.idiomatic_mesa.person import Person
    from benchmarks.idiomatic_mesa.village import MesaVillage

FARM_DAYS = 240.0
"""30 days of 8 hours: who works as many in a year counts as a worker."""
OF_AGENCY = tuple(
    measure.name
    for measure in MEASURES
    if measure.name.startswith("agency_")
    or measure.name in ("trust_mean", "contact_share", "supporters", "actions_put_off", "records")
)
NOT_IN_BASELINE = (
    "trained_people", "programme_cost", "coop_members", "coop_delivery_share", "side_selling_share", "effort_share",
    "coop_premium", "coop_surplus", "coop_patronage", "coop_cash",
    *OF_AGENCY, *(n for n, *_ in (*LENDING, *LASTING, *OF_MODES, *PLAN_MEASURES, *OF_RESOURCES, *SUPPORT, *SURVEYING)),
)  # fmt: skip
"""Measures of what outsiders do; nobody comes in the baseline."""
OF_THE_PAGE_ALONE = tuple(name for name, *_ in (*SPREAD, *WORK, *FUNNEL, *LOAN_USES))
"""Measures that the Mesa village does not take: most are taken once a year, and it would be the same sums again."""


def names(model: MesaVillage) -> list[str]:
    """Every measure, those of the trades and the money flows included."""
    left_out = {*NOT_IN_BASELINE, *OF_THE_PAGE_ALONE}
    own = [measure.name for measure in MEASURES if measure.name not in left_out]
    trades = [f"{kind}_{trade.name}" for kind, *_ in PER_TRADE for trade in model.trades]
    return [*own, *trades, *(f"flow_{flow.name}" for flow in FLOWS)]


def ratio(part: float, whole: float) -> float:
    """part over whole, 0 when there is nothing."""
    return part / whole if whole > 0.0 else 0.0


class Notebook:
    """The measures of the last month, and the month sums that yearly measures need."""

    def __init__(self) -> None:
        self.values: dict[str, float] = {}
        self.sums: list[dict[str, float]] = []
        self.net_before: list[float] = [0.0] * tb.TRADES

    def reporter(self, name: str) -> Callable[[Any], float]:
        """What Mesa's data collector asks for one measure."""
        return partial(self._value, name)

    def _value(self, name: str, model: MesaVillage) -> float:
        return self.values[name]

    def observe(self, model: MesaVillage) -> None:
        """Write all measures of the month."""
        people = list(model.people)
        self.sums.append(self.month_sums(model))
        self.values = (
            resident_income(model) | registered_income(model) | away(model, people) | workers(people)
            | people_at_home(people) | homes_of(model) | {f"flow_{f.name}": model.books.flow[f.code] for f in FLOWS}
        )  # fmt: skip
        self.values["local_worker_age_gap"] = local_worker_age_gap(people, self.values["migrant_age"])
        self.values |= self.sources() | self.trades(model) | {"quality_mean": quality_mean(model)}
        self.values["seasonal_share"] = self.seasonal_share(people)

    def month_sums(self, model: MesaVillage) -> dict[str, float]:
        """Village sums of the month by source, and consumption with own food."""
        homes = list(model.homes)
        sums = {source: add_up(home.income[source] for home in homes) for source in tb.SOURCES}
        return sums | {"consumption": add_up(home.consumption + home.own_food for home in homes)}

    def sources(self) -> dict[str, float]:
        """Shares and amounts a head of 12 months by source."""
        year = {name: add_up(month[name] for month in self.sums[-12:]) for name in self.sums[-1] if name != "seasonal"}
        eaten = year.pop("consumption")
        total, people = max(1.0, add_up(year.values())), max(1.0, self.values["resident_people"])
        shares = {f"{source}_income_share": amount / total for source, amount in year.items()}
        heads = {f"income_per_head_{source}": amount / people for source, amount in year.items()}
        return shares | heads | {"consumption_income_ratio": eaten / total}

    def seasonal_share(self, people: list[Person]) -> float:
        """Share of registered 16-59 on a seasonal trip, mean of 12 months."""
        adults = adults_of(people)
        self.sums[-1]["seasonal"] = ratio(sum(x.trip_left > 0 for x in adults), len(adults))
        year = [month["seasonal"] for month in self.sums[-12:]]
        return add_up(year) / len(year)

    def trades(self, model: MesaVillage) -> dict[str, float]:
        """Homes, stock, net income of the month and prices of each trade."""
        values: dict[str, float] = {}
        for trade in model.trades:
            businesses = [home.businesses[trade.number] for home in model.homes]
            market, net = businesses[0].market, add_up(business.net for business in businesses)
            values[f"households_{trade.name}"] = sum(business.units > 0 for business in businesses)
            values[f"units_{trade.name}"] = sum(business.units for business in businesses)
            before = self.net_before[trade.number] if model.calendar > 0 else 0.0
            values[f"income_{trade.name}"] = net - before
            values[f"price_local_{trade.name}"] = market.price_local
            values[f"price_outer_{trade.name}"] = market.price_outer if market.is_open else 0.0
            self.net_before[trade.number] = net
        return values


def adults_of(people: list[Person]) -> list[Person]:
    """Registered persons of 16 to 59."""
    return [x for x in people if 16 <= x.years < 60]


def tally(population: list[tuple[float, int]], line: float) -> tuple[int, dict[str, float], list[tuple[float, int]]]:
    """Persons, mean income a head with FGT 0 to 2, and incomes a head sorted, each with its number of members."""
    lived_in = [(yearly, members) for yearly, members in population if members > 0]
    heads = [(yearly / members, members) for yearly, members in lived_in]
    shorts = [(max(0.0, (line - head) / line), members) for head, members in heads]
    persons = sum(members for _, members in heads)
    found = {
        "income_per_head": add_up(yearly for yearly, _ in lived_in),
        "poverty_headcount": sum(members for head, members in heads if head < line),
        "poverty_gap": add_up(members * short for short, members in shorts),
        "poverty_severity": add_up(members * short * short for short, members in shorts),
    }
    heads.sort(key=lambda item: item[0])
    return persons, {name: value / max(1.0, persons) for name, value in found.items()}, heads


def gini(heads: list[tuple[float, int]]) -> float:
    """Gini of sorted incomes a head, weighted by persons; a total of zero gives zero."""
    weights, value, twice_area = 0, 0.0, 0.0
    for head, members in heads:
        before = value
        value += head * members
        weights += members
        twice_area += (before + value) * members
    return 1.0 - twice_area / (value * weights) if value > 0.0 and weights > 0 else 0.0


def quintile_ratio(heads: list[tuple[float, int]], persons: int) -> float:
    """Mean of the top fifth of persons over that of the bottom fifth; homes on a border are split."""
    fifth, low, high, seen = persons / 5.0, 0.0, 0.0, 0.0
    for head, members in heads:
        low += head * max(0.0, min(seen + members, fifth) - seen)
        high += head * max(0.0, min(members, seen + members - (persons - fifth)))
        seen += members
    return ratio(high, low)


def resident_income(model: MesaVillage) -> dict[str, float]:
    """Income, poverty and inequality of usual residents."""
    line, homes = model.p.measures.poverty_line, [home for home in model.homes if home.usual_residents > 0]
    persons, found, heads = tally([(home.income_year, home.usual_residents) for home in homes], line)
    poor_before = sum(
        home.usual_residents
        for home in homes
        if home.income_year / home.usual_residents - home.dibao_income / home.usual_residents < line
    )
    return {f"{name}_resident": value for name, value in found.items()} | {
        "poverty_headcount_before_dibao": poor_before / max(1.0, persons),
        "resident_people": persons,
        "gini_income_resident": gini(heads),
        "income_quintile_ratio": quintile_ratio(heads, persons),
    }


def registered_income(model: MesaVillage) -> dict[str, float]:
    """Income, poverty and inequality of registered persons."""
    population = [(home.registered_year, home.registered) for home in model.homes]
    persons, found, heads = tally(population, model.p.measures.poverty_line)

    def of_group(is_poor: bool) -> float:
        homes = [home for home in model.homes if home.is_poor == is_poor and home.registered > 0]
        return ratio(add_up(home.registered_year for home in homes), sum(home.registered for home in homes))

    return {f"{name}_registered": value for name, value in found.items()} | {
        "registered_people": persons,
        "gini_income_registered": gini(heads),
        "income_per_head_registered_poor": of_group(True),
        "income_per_head_registered_rest": of_group(False),
    }


def away(model: MesaVillage, people: list[Person]) -> dict[str, float]:
    """Shares of those away, by age, and their mean age."""
    residents = [x for x in people if x.is_usual_resident]
    adults = [(x.years, x) for x in adults_of(people)]
    gone = [(age, x) for age, x in adults if not x.is_usual_resident]

    def share(youngest: int, oldest: int) -> float:
        of_age = sum(youngest <= age <= oldest for age, _ in adults)
        return ratio(sum(youngest <= age <= oldest for age, _ in gone), of_age)

    def young(is_poor: bool) -> float:
        there = [x for age, x in adults if age <= 35 and x.home.is_poor == is_poor]
        return ratio(sum(not x.is_usual_resident for x in there), len(there))

    return {
        "away_share": share(16, 59),
        "youth_away_share": share(16, 35),
        "youth_away_share_poor": young(True),
        "youth_away_share_rest": young(False),
        "away_share_16_24": share(16, 24),
        "away_share_25_34": share(25, 34),
        "away_share_35_44": share(35, 44),
        "away_share_45_59": share(45, 59),
        "coast_share": ratio(sum(x.place == tb.COAST for _, x in gone), len(gone)),
        "migrant_age": ratio(sum(age for age, _ in gone), len(gone)),
        "elder_share": ratio(sum(x.years >= 60 for x in residents), len(residents)),
        "left_for_good_share": ratio(model.left_total, model.left_total + len(people)),
    }


def workers(people: list[Person]) -> dict[str, float]:
    """Ages and sex of those who work on the farm."""
    farmers = [x for x in people if x.place == tb.VILLAGE and x.farm_hours_year >= FARM_DAYS]
    return {
        "farm_workers_to_35": ratio(sum(x.years <= 35 for x in farmers), len(farmers)),
        "farm_workers_36_54": ratio(sum(36 <= x.years <= 54 for x in farmers), len(farmers)),
        "farm_workers_from_55": ratio(sum(x.years >= 55 for x in farmers), len(farmers)),
        "farm_workers_women": ratio(sum(not x.is_man for x in farmers), len(farmers)),
    }


def local_worker_age_gap(people: list[Person], migrant_age: float) -> float:
    """Mean age of residents with 30 paid days less that of migrants."""
    local = [
        x for x in people if x.place == tb.VILLAGE and x.wage_hours_year >= FARM_DAYS and x.is_usual_resident
    ]  # fmt: skip
    return ratio(sum(x.years for x in local), len(local)) - migrant_age if local else 0.0


def quality_mean(model: MesaVillage) -> float:
    """Mean quality of the lots that side trades offered this month."""
    lots = [market.qualities for market in model.markets if market.trade.source == "side"]
    return ratio(add_up(map(add_up, lots)), sum(map(len, lots)))


def people_at_home(people: list[Person]) -> dict[str, float]:
    """Who is left behind, beliefs, and hours of those at home."""
    behind, adults = [x for x in people if x.is_left_behind], adults_of(people)
    at_home = sum(x.place == tb.VILLAGE and x.trip_left == 0 for x in adults)
    return {
        "left_behind_children": sum(x.years < 16 for x in behind),
        "left_behind_women": sum(16 <= x.years < 60 for x in behind),
        "left_behind_elders": sum(x.years >= 60 for x in behind),
        "hope_mean": ratio(add_up(x.hope for x in adults), len(adults)),
        "efficacy_mean": ratio(add_up(x.efficacy for x in adults), len(adults)),
        "drive_mean": ratio(add_up(x.drive for x in adults), len(adults)),
        "hours_per_adult_farm": ratio(add_up(x.farm_hours + x.livestock_hours for x in adults), at_home),
        "hours_per_adult_side": ratio(add_up(x.side_hours for x in adults), at_home),
        "hours_per_adult_wage": ratio(add_up(x.wage_hours for x in adults), at_home),
        "hours_per_adult_care": ratio(add_up(x.care_hours for x in adults), at_home),
    }


def homes_of(model: MesaVillage) -> dict[str, float]:
    """Trades, land, care and cash of the homes."""
    every, lived_in = list(model.homes), [home for home in model.homes if home.registered > 0]
    needing = [home for home in lived_in if home.care_need > 0.0]
    kept = [
        business
        for home in lived_in
        for business in home.businesses
        if business.trade.source == "side" and business.worked > 0.0
    ]
    seeing = [home for home in every if home.has_seen]
    return {
        "success_seen": ratio(add_up(home.success_seen for home in seeing), len(seeing)),
        "skill_mean": ratio(add_up(business.skill_used for business in kept), len(kept)),
        "cash_median": median_high(home.account.yuan for home in lived_in) if lived_in else 0.0,
        "idle_land_share": ratio(add_up(home.idle_land for home in every), add_up(home.land for home in every)),
        "unused_hours_share": ratio(
            add_up(home.spare_hours for home in lived_in), add_up(home.cap_hours for home in lived_in)
        ),
        "care_gap_mean": ratio(add_up(home.care_gap for home in needing), len(needing)),
        "catastrophic_share": ratio(sum(home.was_catastrophic for home in lived_in), len(lived_in)),
        "short_share": ratio(sum(home.is_short for home in lived_in), len(lived_in)),
        "carried_home_mean": ratio(model.carried_home, model.homecomings),
    }
