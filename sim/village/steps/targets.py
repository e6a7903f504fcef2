"""Whom an action addresses. 行动对象"""

from sim.village.compiled import kernel
from sim.village.tables import COAST, COUNTY, VILLAGE

ALL, POOR, WOMEN, ELDERS, YOUTH, LEFT_BEHIND, CLAN = 0, 1, 2, 3, 4, 5, 6
TARGET_NAMES = ("all", "poor", "women", "elders", "youth", "left_behind", "clan")


@kernel
def is_addressed(people, households, i, target, clan):
    """1 when an action with this target addresses person i."""
    if target == ALL:
        return 1
    h = people.household[i]
    if target == POOR:
        return households.is_poor[h]
    if target == WOMEN:
        return 1 - people.is_man[i]
    if target == ELDERS:
        return 1 if people.age_months[i] >= 720 else 0
    if target == YOUTH:
        return 1 if 192 <= people.age_months[i] < 432 else 0
    if target == LEFT_BEHIND:
        return home_is_left_behind(people, households, h)
    return 1 if households.clan[h] == clan else 0


@kernel
def home_is_addressed(people, households, h, target, clan):
    """1 when somebody at home is addressed."""
    i = households.first[h]
    while i >= 0:
        if people.place[i] == VILLAGE and is_addressed(people, households, i, target, clan) == 1:
            return 1
        i = people.next[i]
    return 0


@kernel
def home_is_left_behind(people, households, h):
    """1 when a child, a wife or an elder of the home is left behind (R06)."""
    i = households.first[h]
    while i >= 0:
        if is_left_behind(people, households, i) == 1:
            return 1
        i = people.next[i]
    return 0


@kernel
def is_away(people, i):
    """1 when the person works in the county or at the coast."""
    return 1 if people.place[i] == COUNTY or people.place[i] == COAST else 0


@kernel
def is_left_behind(people, households, i):
    """1 for a child with a parent away, a woman of 18-59 with her husband away, an elder without adults (R06)."""
    if people.place[i] != VILLAGE:
        return 0
    age = people.age_months[i] // 12
    if age < 16:
        mother_away = people.mother[i] >= 0 and is_away(people, people.mother[i]) == 1
        father_away = people.father[i] >= 0 and is_away(people, people.father[i]) == 1
        return 1 if mother_away or father_away else 0
    if age < 60:
        partner = people.partner[i]
        return 1 if people.is_man[i] == 0 and partner >= 0 and is_away(people, partner) == 1 else 0
    h = people.household[i]
    away = 0
    k = households.first[h]
    while k >= 0:
        if 216 <= people.age_months[k] < 720 and people.place[k] <= COAST:
            if people.place[k] == VILLAGE:
                return 0
            away = 1
        k = people.next[k]
    return away
