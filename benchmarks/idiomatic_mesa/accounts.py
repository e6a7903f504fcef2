"""Money: accounts of whole fen, and the books in which every payment stands under its flow."""

from __future__ import annotations

from collections.abc import Iterable

from sim.village.ledger import FLOWS, LARGEST_PAYMENT


def add_up(values: Iterable[float]) -> float:
    """The sum from left to right, each step rounded: from Python 3.12 on `sum` of floats rounds only once."""
    total = 0.0
    for value in values:
        total += value
    return total


class Account:
    """What one holder has; only accounts outside the village may go below zero."""

    __slots__ = ("fen", "may_owe")

    def __init__(self, fen: int = 0, *, may_owe: bool = False) -> None:
        self.fen = fen
        self.may_owe = may_owe

    @property
    def yuan(self) -> float:
        """Money in the account, yuan."""
        return self.fen / 100.0


class Books:
    """Pays between accounts and keeps the flows of the month, fen by flow code."""

    def __init__(self) -> None:
        self.flow = [0] * len(FLOWS)

    def open_the_month(self) -> None:
        """Nothing has been paid yet."""
        self.flow = [0] * len(FLOWS)

    def pay(self, payer: Account, payee: Account, amount: float, flow: int) -> float:
        """Move `amount` yuan, rounded to fen; returns the yuan paid."""
        if not 0.0 <= amount <= LARGEST_PAYMENT:
            raise ValueError("pay: amount must be between zero and the largest payment", amount, flow)
        fen = round(amount * 100.0)
        if payer.fen < fen and not payer.may_owe:
            raise ValueError("pay: an inside account may not go below zero", payer.fen, flow)
        payer.fen -= fen
        payee.fen += fen
        self.flow[flow] += fen
        return fen / 100.0

    def pay_at_most(self, payer: Account, payee: Account, amount: float, flow: int) -> float:
        """Pay `amount` yuan or what the payer has, whichever is less; returns the yuan paid."""
        amount = min(amount, payer.yuan)
        return self.pay(payer, payee, 0.0 if amount < 0.0 else amount, flow)

    def share_out(self, payer: Account, shares: list[tuple[Account, float]], pot: float, flow: int) -> list[float]:
        """Pay each account its weight's share of a pot to the exact fen; returns what each got, yuan."""
        pot_fen = round(pot * 100.0)
        total = add_up(weight for _, weight in shares)
        given, so_far, parts = 0, 0.0, []
        for account, weight in shares:
            so_far += weight
            due = int(pot_fen * (so_far / total)) if so_far < total else pot_fen
            part = max(0, due - given) / 100.0
            given = max(given, due)
            parts.append(self.pay(payer, account, part, flow))
        return parts
