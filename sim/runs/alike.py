"""Twins are alike, to the last bit, until their scenarios act differently: checked in every batch. 核对孪生"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.runs.result import Result
from sim.scenario.apart import first_month_apart
from sim.words import Text, language

if TYPE_CHECKING:
    from sim.scenario import Scenario


class NotTwins(RuntimeError):
    """Two runs with one seed differ before their scenarios do: a mistake of the model, and no comparison holds."""

    def __init__(self, base: str, scenario: str, seed: int, what: str, month: int, first: int | None) -> None:
        super().__init__(base, scenario, seed, what, month, first)
        apart = Text("两个情景始终相同", "the scenarios never differ")
        if first is not None:
            apart = Text(f"两个情景从第 {first} 个月起才不同", f"the scenarios differ only from month {first} on")
        self.message = Text(
            f"{base} 与 {scenario}（种子 {seed}）的“{what}”在第 {month} 个月已经不同，而{apart.zh}；"
            "它们不是孪生村，因此不作比较。",
            f"{base} and {scenario} with seed {seed} have another '{what}' in month {month}, but {apart.en}; "
            "they are no twins, so nothing is compared.",
        )

    def __str__(self) -> str:
        return self.message.get(language())


def must_be_twins(
    results: Mapping[tuple[str, int], Result], scenarios: "Sequence[Scenario]", seeds: Sequence[int]
) -> None:
    """Raise NotTwins unless every measure and every flow has the bits of the first scenario before the first month
    in which a scenario acts differently.
    """
    for other in scenarios[1:]:
        first = first_month_apart(scenarios[0], other)
        for seed in seeds:
            pair = results.get((scenarios[0].stem, seed)), results.get((other.stem, seed))
            if pair[0] is None or pair[1] is None:
                continue
            found = first_difference(pair[0], pair[1], None if first is None else max(0, first - 1))
            if found is not None:
                raise NotTwins(scenarios[0].stem, other.stem, seed, *found, first)


def first_difference(one: Result, other: Result, months: int | None = None) -> tuple[str, int] | None:
    """The first user month that is not the same to the bit, with its measure or `flows`; None when all are.

    Looks at the first `months` months, at all that both have when not given.
    """
    until = min(one.months, other.months, one.months if months is None else months)
    unequal = {"flows": (one.flows[:until] != other.flows[:until]).any(axis=1)}
    for name in one.notebook:
        if name in other.notebook:
            bits = [np.ascontiguousarray(run.notebook[name][:until]).view(np.int64) for run in (one, other)]
            unequal[name] = bits[0] != bits[1]
    found = [(int(np.argmax(months)) + 1, name) for name, months in unequal.items() if months.any()]
    month, name = min(found, default=(0, ""))
    return (name, month) if month else None
