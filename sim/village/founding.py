"""The village at month -60: families, land, skills, kin and first stock, all by keyed luck. 立村

Founding runs once in Python, the same in both modes; five years of burn-in follow.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import betaincinv, ndtri

from sim.village import tables as tb
from sim.village.draws import FOUNDING, MASK
from sim.village.founding_own import Own, family
from sim.village.ledger import FIRST_HOUSEHOLD, FLOWS, LEDGER, OUTSIDE_KIN
from sim.village.measures import MEASURES, PER_TRADE
from sim.village.organisations import (
    AGENCY,
    BANK,
    CLAN_ORG,
    COOP,
    DIRECT_LENDERS,
    FIRM,
    FUND,
    GROUPS,
    LOG,
    ORG_KINDS,
    ORGS,
    PLAN,
    POSTS,
    STAFF,
    SURVEYED,
)
from sim.village.outlets import BRAND
from sim.village.parameters import trade_names
from sim.village.resources import RESOURCES
from sim.village.steps.kin import FROM_BEFORE
from sim.village.support import GIVING, POLICIES, POLICY_KINDS
from sim.words import Text

if TYPE_CHECKING:
    from sim.scenario.census import Census

START = -tb.BURN_IN
NEUTRAL_FIT = 0.5
"""Fit to the fashion of what nobody developed (R54)."""
CELLS = 1024
"""Least rows of scratch space: cells (member, activity) of one home, 19 for each member."""
VILLAGE_TYPES = ("default", "karst_far", "forest", "near_county")
(
    SIZE, HEAD_AGE, ROLE, SEX, SCHOOLING, CHRONIC, AWAY, COAST_OR_COUNTY, SKILL, ATTACHMENT, DRIVE, LAND, CASH, DEBT,
    POOR, LIVESTOCK, MISC, BEES, TEA, FRAME, SHOP, CLAN, PLACE, TIE, LOOM, WEALTH, ABILITY_HOME, ABILITY_OWN, CALF,
    FOREST, ROOMS,
) = range(FOUNDING + 3, FOUNDING + 34)  # fmt: skip


def draw(seed: int, purpose: int, ids: Any, option: int = 0) -> Any:
    """Uniforms of the founding month for many ids at once: the same numbers as `draws.uniform`."""
    ids = np.asarray(ids, dtype=np.int64)
    c0, c1 = ids & MASK, (ids >> 32) & MASK
    c2 = np.full_like(ids, (START + 65536) & MASK)
    c3 = np.full_like(ids, purpose * 65536 + option)
    k0, k1 = np.int64(seed & MASK), np.int64((seed >> 32) & MASK)
    with np.errstate(over="ignore"):
        for _ in range(10):
            p0, p1 = np.int64(0xD2511F53) * c0, np.int64(0xCD9E8D57) * c2
            h0, l0, h1, l1 = (p0 >> 32) & MASK, p0 & MASK, (p1 >> 32) & MASK, p1 & MASK
            c0, c1, c2, c3 = h1 ^ c1 ^ k0, l1, h0 ^ c3 ^ k1, l0
            k0, k1 = (k0 + np.int64(0x9E3779B9)) & MASK, (k1 + np.int64(0xBB67AE85)) & MASK
    return (c0 * 1048576.0 + (c1 >> 12) + 0.5) / 4503599627370496.0


def _exp(values: Any) -> Any:
    """exp by the C library, one by one: NumPy's own differs between processors."""
    return np.array([math.exp(x) for x in np.ravel(values)]).reshape(np.shape(values))


def _lognormal(u: Any, mean: float, sd_log: float) -> Any:
    return mean * _exp(sd_log * ndtri(u) - 0.5 * sd_log * sd_log)


class Founder:
    """Builds all tables of a village of `households` homes for one seed; what a census knows is not drawn."""

    def __init__(
        self, values: dict[str, Any], households: int, village_type: str, seed: int, census: Census | None = None
    ) -> None:
        self.v = {name.removeprefix("village."): value for name, value in values.items() if name.startswith("village.")}
        self.values = values
        self.census = census
        self.own = Own(census)
        self.n = households
        self.seed = seed
        self.type = VILLAGE_TYPES.index(village_type)
        self.home_ids = np.arange(1, households + 1, dtype=np.int64)

    def households(self) -> Any:
        """Homes with land, money, kin and first stock; members are not counted yet."""
        v, seed, ids, own = self.v, self.seed, self.home_ids, self.own
        homes = tb.new_table(tb.HOUSEHOLDS, self.n)
        homes.id = ids
        homes.account = FIRST_HOUSEHOLD + np.arange(self.n)
        homes.first[:] = -1
        homes.tenant[:] = -1
        homes.adopt_choice[:] = homes.join_choice[:] = -1
        homes.success_seen[:] = 0.5
        homes.fund_group[:] = -1
        homes.apply_choice[:] = tb.UNDECIDED
        homes.barred_until[:] = START
        homes.labour_ratio[:] = 1.0
        homes.place_on_ridge = own.home("place", draw(seed, PLACE, ids) * v["ridge_length"])
        # A census counts clans from 1.
        homes.clan = (own.home("clan", 1.0 + draw(seed, CLAN, ids) * int(v["clans"])) - 1.0).astype(np.int64)
        wealth = ndtri(draw(seed, WEALTH, ids))
        homes.is_poor = own.home("poor", wealth < ndtri(v["poor_share"])).astype(np.int64)
        land = _lognormal(draw(seed, LAND, ids), v["land_mean"] * v["type_land"][self.type], v["land_sd_log"])
        homes.land = own.home("land", np.minimum(land, 30.0))
        chance = v["elite_share"] / max(0.01, 1.0 - v["poor_share"])
        homes.is_elite = own.home("elite", (homes.is_poor == 0) & (draw(seed, WEALTH, ids, 1) < chance))
        homes.idle_share[:] = v["idle_land_share"]
        homes.idle_land = homes.land * homes.idle_share
        factor = np.where(homes.is_poor == 1, v["factor_poor"], v["factor_other"])
        homes.misc_scale = _lognormal(draw(seed, MISC, ids), 1.0, v["misc_sd_log"]) * factor
        homes.has_shop = own.home("shop", draw(seed, SHOP, ids) < v["shop_share"]).astype(np.int64)
        homes.grain = 160.0 * 3.0 * np.ones(self.n)
        homes.forest = own.home("forest", _lognormal(draw(seed, FOREST, ids), v["forest_mean"], v["forest_sd_log"]))
        homes.rooms = own.home("rooms", draw(seed, ROOMS, ids) * (v["rooms_most"] + 1.0)).astype(np.int64)
        homes.ties = self._ties(homes)
        self._stock(homes, factor)
        return homes

    def _ties(self, homes: Any) -> Any:
        """Eight linked homes each: kin by lot within the clan, then the nearest homes along the ridge."""
        kin = round(self.v["kin_share_of_ties"] * tb.TIES)
        ties = np.full((self.n, tb.TIES), -1, dtype=np.int64)
        along = np.argsort(homes.place_on_ridge, kind="stable")
        rank = np.empty(self.n, dtype=np.int64)
        rank[along] = np.arange(self.n)
        clans = [np.flatnonzero(homes.clan == c) for c in range(int(self.v["clans"]))]
        lots = [draw(self.seed, TIE, self.home_ids, k) for k in range(tb.TIES)]
        for h in range(self.n):
            chosen: list[int] = []
            members = clans[homes.clan[h]]
            for k in range(min(kin, len(members) - 1)):
                pick = int(members[int(lots[k][h] * len(members))])
                if pick != h and pick not in chosen:
                    chosen.append(pick)
            for other in along[max(0, rank[h] - tb.TIES) : rank[h] + tb.TIES + 1][:: 1 if h % 2 else -1]:
                near = int(other)
                if near != h and near not in chosen and abs(int(rank[near] - rank[h])) <= tb.TIES // 2 + 1:
                    chosen.append(near)
                if len(chosen) == tb.TIES:
                    break
            ties[h, : len(chosen)] = chosen[: tb.TIES]
        return ties

    def _stock(self, homes: Any, factor: Any) -> None:
        """First stock: pigs, cattle, the miscellaneous farm, some hives, frames, looms and old tea."""
        v, seed, ids, own = self.v, self.seed, self.home_ids, self.own
        row = {name: j for j, name in enumerate(trade_names())}
        for column, mean, most, option in (("pigs", v["pigs_mean"], 4, 0), ("cattle", v["cattle_mean"], 2, 1)):
            amount = _lognormal(draw(seed, LIVESTOCK, ids, option), mean, v["livestock_sd_log"]) * factor
            whole = np.floor(amount) + (draw(seed, CALF, ids, option) < amount - np.floor(amount))
            homes.units[:, row[column]] = own.home(column, np.minimum(whole, most)).astype(np.int64)
        homes.units[:, row["misc_farm"]] = 1
        hives = np.where(draw(seed, BEES, ids) < v["bee_home_share"], int(v["bee_hives"]), 0)
        homes.units[:, row["bees"]] = own.home("hives", hives)
        homes.units[:, row["tea"]] = own.home("tea", draw(seed, TEA, ids) < v["tea_home_share"])
        homes.units[:, row["weaving"]] = own.home("looms", draw(seed, LOOM, ids) < v["loom_home_share"])
        frames = own.home("frames", draw(seed, FRAME, ids) < v["frame_home_share"])
        fine = draw(seed, FRAME, ids, 1) < 0.5
        homes.units[:, row["embroidery"]] = frames * fine
        homes.units[:, row["embroidery_simple"]] = frames * ~fine
        for name, j in row.items():
            homes.expected_price[:, j] = self.values[f"side_industries.{name}.price_local"]
            homes.kept_months[:, j] = np.where(homes.units[:, j] > 0, 240, 0)

    def people(self, homes: Any) -> tuple[Any, int]:
        """Members of every home, by role: head couple, children, parents, siblings; returns table and rows used."""
        ids = self.home_ids
        shares = np.cumsum(self.v["size_shares"])
        sizes = self.own.sizes(1 + np.searchsorted(shares, draw(self.seed, SIZE, ids) * shares[-1]))
        total = int(sizes.sum())
        people = tb.new_table(tb.PEOPLE, total + total // 25 + 64)
        people.mother[:] = people.father[:] = people.partner[:] = people.course_trade[:] = people.next[:] = -1
        people.leave_choice[:] = tb.UNDECIDED
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        home = np.repeat(np.arange(self.n), sizes)
        place_in_home = np.arange(total) - starts[home]
        people.id[:total] = ids[home] * 64 + place_in_home
        people.household[:total] = home
        people.next[:total] = np.where(place_in_home + 1 < sizes[home], np.arange(total) + 1, -1)
        homes.first = starts
        sexes = draw(self.seed, SEX, people.id[:total]) < self.v["man_share"]
        heads = draw(self.seed, HEAD_AGE, ids)
        roles = draw(self.seed, ROLE, people.id[:total])
        columns = {
            name: people[name] for name in ("is_man", "partner", "mother", "father", "age_months", "children_born")
        }
        columns["is_man"][:total] = sexes
        for h in range(self.n):
            if self.census is None:
                self._family(columns, int(starts[h]), int(sizes[h]), float(heads[h]), roles)
            else:
                family(columns, self.census, int(starts[h]), int(sizes[h]))
        self._traits(people, homes, total)
        return people, total

    def _family(self, column: dict[str, Any], start: int, size: int, u: float, roles: Any) -> None:
        """One home: the head's age sets who lives with him; a lone head may be old, a large home has three ages."""
        head = 28.0 + 44.0 * u if size > 1 else 45.0 + 38.0 * u
        children = parents = 0
        for k in range(size):
            i = start + k
            age = head
            if k == 0:
                column["is_man"][i] = 1 if size > 1 else column["is_man"][i]
            elif k == 1:
                age = head - 4.0 + 4.0 * roles[i]
                column["is_man"][i] = 0
                column["partner"][i], column["partner"][start] = start, i
            elif head < 52.0 and size >= 5 and parents < 2 and k >= size - 2:
                age = min(86.0, head + 22.0 + 8.0 * roles[i])
                column["is_man"][i] = k % 2
                column["father" if k % 2 else "mother"][start] = i
                parents += 1
            else:
                age = max(0.0, head - 24.0 - 2.6 * children - 3.0 * roles[i])
                column["mother"][i], column["father"][i] = start + 1, start
                children += 1
            column["age_months"][i] = int(age * 12.0)
        if size > 1:
            column["children_born"][start + 1] = children

    def _traits(self, people: Any, homes: Any, total: int) -> None:
        """Schooling, health, ability, beliefs, skills and who is away, for all founders at once."""
        v, seed, own = self.v, self.seed, self.own
        who = people.id[:total]
        home = people.household[:total]
        age = people.age_months[:total] / 12.0
        mean = np.select([age < 20, age < 40, age < 60], v["schooling_by_cohort"][:3], v["schooling_by_cohort"][3])
        schooling = np.clip(np.round(mean + v["schooling_sd"] * ndtri(draw(seed, SCHOOLING, who))), 0, 16) + 0.0
        people.schooling[:total] = own.person(
            "schooling", np.where(age < 16, np.clip(np.floor(age) - 6, 0, 9), schooling)
        )
        people.is_pupil[:total] = (age >= 6) & (age < 16)
        norm = 1.0 - self.values["health.norm_fall"] * np.maximum(0.0, age - 45.0)
        chronic = draw(seed, CHRONIC, who) < v["chronic_share"] * np.where(homes.is_poor[home] == 1, 1.6, 0.7)
        chronic = own.person("chronic", chronic) > 0.0
        people.health[:total] = np.where(chronic & (age >= 18), norm - v["chronic_loss"], norm)
        sd, shared = self.values["migration.ability_sd_log"], self.values["migration.ability_share_home"]
        z_home = ndtri(draw(seed, FOUNDING + 1, self.home_ids))[home]
        z_own = ndtri(draw(seed, FOUNDING + 2, who))
        people.ability[:total] = _exp(sd * (math.sqrt(shared) * z_home + math.sqrt(1.0 - shared) * z_own))
        for column, purpose in (("attachment", ATTACHMENT), ("drive", DRIVE)):
            a, b = v[f"{column}_shape"]
            people[column][:total] = betaincinv(a, b, draw(seed, purpose, who))
        people.attachment_start[:] = people.attachment
        people.drive_start[:] = people.efficacy[:] = people.drive
        people.hope[:total] = v["hope_start"]
        people.trust[:total] = 0.5
        people.home_bits[:] = 0xFFF
        taught = self.values["shop.digital_schooling"] * people.schooling[:total]
        older = self.values["shop.digital_age"] * np.maximum(0.0, age - 25.0)
        people.digital_skill[:total] = np.clip(taught - older, 0.0, 1.0)
        self._skills(people, total, age)
        self._send_away(people, total, age)
        people.purse[:total] = FIRST_HOUSEHOLD + self.n + np.arange(total)

    def _skills(self, people: Any, total: int, age: Any) -> None:
        """Starting skills by age, sex and trade."""
        v = self.v
        man = people.is_man[:total] == 1
        grown = age >= 16
        for j, name in enumerate(trade_names()):
            mean = np.full(total, v["skill_other"])
            if name in ("embroidery", "embroidery_simple"):
                mean = np.where(
                    man, 0.02, np.where(age >= 40, v["skill_embroidery_older"], v["skill_embroidery_younger"])
                )
            elif name == "bees":
                mean = np.where(man & (age >= 50), v["skill_bees_elder_men"], v["skill_other"])
            elif name == "goats":
                mean = np.where(man & (age >= 50), v["skill_goats_elder_men"], v["skill_other"])
            elif name in ("pigs", "cattle", "misc_farm"):
                mean = v["skill_own_livestock"] + np.where(man, -0.5, 0.5) * v["skill_livestock_women_more"]
            noise = v["skill_sd"] * ndtri(draw(self.seed, SKILL, people.id[:total], j))
            sd = np.where(mean > 0.1, 1.0, 0.3)
            people.skill[:total, j] = np.where(grown, np.clip(mean + noise * sd, 0.0, 1.0), 0.0)

    def _send_away(self, people: Any, total: int, age: Any) -> None:
        """Who is away at the start, by age; half of them at the coast."""
        v = self.v
        profile = v["away_by_age"]
        chance = np.select([age < 16, age < 22, age < 30, age < 40, age < 50, age < 60], [0.0, *profile], 0.0)
        away = draw(self.seed, AWAY, people.id[:total]) < chance
        coast = draw(self.seed, COAST_OR_COUNTY, people.id[:total]) < v["coast_share"]
        place = self.own.person("away", np.where(away, np.where(coast, tb.COAST, tb.COUNTY), tb.VILLAGE))
        people.place[:total] = place
        away = place != tb.VILLAGE
        months = self.own.person("months_away", 1 + (36 * draw(self.seed, AWAY, people.id[:total], 1)))
        people.months_away[:total] = np.where(away, months, 0)
        people.home_bits[:total] = np.where(away, 0, 0xFFF)
        people.has_job[:total] = away
        people.trips[:total] = away


def found(
    values: dict[str, Any],
    households: int,
    village_type: str,
    seed: int,
    months: int,
    trades: Any,
    census: Census | None = None,
) -> tb.World:
    """All tables of the village at month -60, as record arrays, with a notebook for burn-in and `months`.

    With a census the village has its homes and people, and what the census does not know is drawn.
    """
    founder = Founder(values, households, village_type, seed, census)
    homes = founder.households()
    people, used = founder.people(homes)
    _start_incomes(homes, people, used)
    _know_trades(homes, people, used, values, trades)
    ledger = tb.new_table(LEDGER, max(len(FLOWS), FIRST_HOUSEHOLD + households + len(people)))
    loans = _open_money(founder, homes, ledger)
    state = tb.new_table(tb.STATE, 1)
    state.seed[0] = seed
    state.people_used[0] = used
    state.loans_used[0] = int((loans.borrower >= 0).sum())
    state.homes_per_150[0] = households / 150.0
    for factor in ("year_weather", "weather_action", "migrant_index", "local_index"):
        state[factor][0] = 1.0
    state.grain_price[0] = values["farming.crop_price"]
    state.casual_factor[0] = founder.v["type_casual"][founder.type]
    state.nectar_factor[0] = founder.v["type_nectar"][founder.type]
    state.month[0] = START
    return tb.World(
        people=people,
        households=homes,
        trades=trades,
        markets=_markets(trades),
        resources=_resources(values),
        state=state,
        agency=tb.new_table(AGENCY, 1),
        brand=tb.new_table(BRAND, 1),
        staff=tb.new_table(STAFF, POSTS),
        orgs=_organisations(int(founder.v["clans"])),
        log=tb.new_table(LOG, 1),
        surveyed=tb.new_table(SURVEYED, tb.TRADES),
        plan=tb.new_table(PLAN, 1),
        fund=tb.new_table(FUND, 1),
        groups=_groups(households),
        bank=tb.new_table(BANK, DIRECT_LENDERS),
        giving=tb.new_table(GIVING, 1),
        policies=tb.new_table(POLICIES, POLICY_KINDS),
        coop=tb.new_table(COOP, 1),
        firm=tb.new_table(FIRM, 1),
        actions=tb.new_table(tb.ACTIONS, 0),
        loans=loans,
        ledger=ledger,
        overrides=_overrides(8),
        lottery=tb.new_table(tb.LOTTERY, len(people)),
        scratch=tb.new_table(tb.SCRATCH, max(CELLS, households)),
        notebook=tb.new_table(notebook_columns(), tb.BURN_IN + months),
    )  # fmt: skip


def _organisations(clans: int) -> Any:
    """The organisations of the village, one of each kind and one of each clan; who leads them is chosen later."""
    table = tb.new_table(ORGS, ORG_KINDS - 1 + clans)
    table.leader[:] = -1
    for o in range(len(table)):
        table.kind[o] = min(o, CLAN_ORG)
        table.clan[o] = max(0, o - CLAN_ORG)
    return table


def notebook_columns() -> tuple[tb.Column, ...]:
    """One column for each measure, a vector for each kind of trade measure, and the hidden sums."""
    shown = tuple(tb.Column(m.name, "f", m.unit, m.label) for m in MEASURES)
    trades = tuple(tb.Column(k, "f", u, Text(zh, en), tb.TRADES) for k, u, zh, en in PER_TRADE)
    flows = tb.Column("flow", "l", "fen", Text("资金流量", "money flows of the month by code"), len(FLOWS))
    return (*shown, *trades, *tb.NOTEBOOK_SUMS, flows)


def _start_incomes(homes: Any, people: Any, used: int) -> None:
    """A first guess of habits and yearly incomes; the burn-in replaces it."""
    at_home = np.bincount(people.household[:used][people.place[:used] == tb.VILLAGE], minlength=len(homes))
    homes.permanent_income = 500.0 * at_home
    homes.consumption_norm = 400.0 * np.maximum(at_home, 1)
    homes.local_income[:] = (600.0 * at_home)[:, None]
    homes.resident_income[:] = (700.0 * at_home)[:, None]
    homes.registered_income[:] = (800.0 * at_home)[:, None]
    homes.local_year = 7200.0 * at_home
    homes.income_year = 8400.0 * at_home


def _know_trades(homes: Any, people: Any, used: int, values: dict[str, Any], trades: Any) -> None:
    """A home knows the trades it holds and those in which somebody has some skill (R17)."""
    for j in range(tb.TRADES):
        skilled = np.zeros(len(homes), dtype=bool)
        enough = people.skill[:used, j] >= values["side.know_skill"]
        skilled[people.household[:used][enough]] = True
        knows = (homes.units[:, j] > 0) | (skilled & (trades.enabled[j] > 0.0))
        homes.knows |= np.where(knows, np.int64(1) << j, 0)


def _open_money(founder: Founder, homes: Any, ledger: Any) -> Any:
    """Starting cash and kin debts; what homes hold came from outside, so that all accounts sum to zero."""
    v, seed, ids = founder.v, founder.seed, founder.home_ids
    median = v["cash_median"] * np.where(homes.is_poor == 1, v["cash_factor_poor"], 1.0)
    cash = np.minimum(median * _exp(v["cash_sd_log"] * ndtri(draw(seed, CASH, ids))), 200_000.0)
    fen = np.round(founder.own.home("cash", cash) * 100.0).astype(np.int64)
    ledger.balance[homes.account] = fen
    ledger.balance[OUTSIDE_KIN] = -int(fen.sum())
    owes = draw(seed, DEBT, ids) < v["kin_debt_share"]
    amounts = np.round(_lognormal(draw(seed, DEBT, ids, 1), v["kin_debt_mean"], 0.8), 2)
    amounts = np.round(founder.own.home("kin_debt", np.where(owes, amounts, 0.0)), 2)
    owes = amounts > 0.0
    loans = tb.new_table(tb.LOANS, 5 * len(homes) + 128 + int(owes.sum()))
    loans.borrower[:] = -1
    for k, h in enumerate(np.flatnonzero(owes)):
        loans.borrower[k], loans.lender[k] = h, -1
        loans.principal[k] = amounts[h]
        loans.instalment[k] = amounts[h] / founder.values["consumption.kin_loan_months"]
        loans.purpose[k], loans.month[k] = FROM_BEFORE, START
        homes.kin_debt[h] = amounts[h]
    return loans


def _markets(trades: Any) -> Any:
    markets = tb.new_table(tb.MARKETS, tb.TRADES)
    markets.outer_price = trades.price_outer
    markets.outer_depth = trades.depth_outer
    markets.price_local = trades.price_local
    markets.mean_price[:] = 0.0
    markets.shop_keeper[:] = -1
    for factor in ("shock_factor", "depth_factor", "crowding", "trend", "price_more", "depth_more"):
        markets[factor][:] = 1.0
    markets.fit[:] = NEUTRAL_FIT
    return markets


def _resources(values: dict[str, Any]) -> Any:
    """The place before anybody comes."""
    resources = tb.new_table(RESOURCES, 1)
    resources.eco[0] = values["tourism.eco_start"]
    return resources


def _groups(households: int) -> Any:
    """Room for groups of two homes, the smallest there are."""
    groups = tb.new_table(GROUPS, households // 2 + 1)
    groups.member[:] = -1
    groups.barred_until[:] = START
    return groups


def _overrides(rows: int) -> Any:
    table = tb.new_table(tb.OVERRIDES, rows)
    table.person[:] = table.household[:] = -1
    return table
