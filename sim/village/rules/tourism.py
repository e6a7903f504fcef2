"""Guests and the environment they come for. 生态旅游"""

from sim.village.compiled import rule


@rule
def visitors(base, season, eco, eco_power, promo, steps_taken, steps):
    """Visitors of a month (R16): season, environment, promotion, and how far tourism has come step by step."""
    return base * season * eco**eco_power * (1.0 + promo) * steps_taken / steps


@rule
def nights(guests, stay, rooms, room_nights):
    """Nights that guests ask for (R16), at most what the rooms that may be let can take."""
    return min(guests * stay, rooms * room_nights)


@rule
def eco_next(eco, eco_recovery, eco_damage, guests, eco_capacity):
    """Environment after a month, 0 to 1 (R16): it recovers, and suffers from guests beyond its capacity."""
    crowd = max(0.0, guests / eco_capacity - 1.0)
    return min(1.0, max(0.0, eco + eco_recovery * (1.0 - eco) - eco_damage * crowd))


@rule
def may_step(steps_taken, wanted, months_since, step_months):
    """1 when the next step of tourism may be taken (R16): policy lets it, and the last one is long enough ago."""
    if steps_taken >= wanted:
        return 0
    return 1 if steps_taken < 1 or months_since >= step_months else 0
