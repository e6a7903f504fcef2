"""Hope and attachment. 盼头与依恋"""

from sim.village.compiled import kernel, step
from sim.village.rules import migration
from sim.village.tables import COAST, TIES, VILLAGE


@step
def hope_and_attach(people, households, state, p):
    """Reads growth of linked homes, place; writes hope, attachment (R33)."""
    if p.switch.R33 == 0.0:
        return
    for h in range(len(households.id)):
        growth = growth_in_sight(households, h)
        i = households.first[h]
        while i >= 0:
            if people.place[i] <= COAST:
                people.hope[i] = migration.hope_next(people.hope[i], growth, p.hope.hope_gain, p.hope.hope_scale)
                away = 0.0 if people.place[i] == VILLAGE else 1.0
                people.attachment[i] = migration.attachment_next(
                    people.attachment[i],
                    people.attachment_start[i],
                    away,
                    p.hope.attachment_gain,
                    p.hope.attachment_away,
                )
            i = people.next[i]


@kernel
def growth_in_sight(households, h):
    """Mean log growth of local income of the linked homes that still have members."""
    total = 0.0
    count = 0
    for k in range(TIES):
        tie = households.ties[h][k]
        if tie >= 0 and households.registered[tie] > 0:
            total += households.growth[tie]
            count += 1
    return total / count if count > 0 else 0.0
