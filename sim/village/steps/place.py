"""What the place and a debt of young make of a trade. 适地与传递"""

from sim.village.compiled import kernel


@kernel
def place_factor(trades, p, j):
    """How well the place suits a trade, 1 with the rule switched off (R52)."""
    return trades.suitability[j] if p.switch.R52 > 0.0 else 1.0


@kernel
def set_aside(households, t, h, j, young):
    """Young that a home sets aside for the next one, as many as it still owes in time (R52); returns their number."""
    due = households.owed[h][j] if t <= households.owed_until[h][j] else 0
    households.to_pass[h][j] = min(young, due)
    return households.to_pass[h][j]
