"""A scenario as a function of its parameters, for tools that ask with numbers and want numbers back. 作为函数

`as_function` gives something that EMA-Workbench, SALib or optuna can call: named parameters in, measures out.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from sim.scenario import Scenario


@dataclass(frozen=True)
class VillageFunction:
    """Call it with `name=value` for its parameters; it answers with the mean of each measure over the seeds.

    `parameters` maps the names in the call to those of the codebook. A parameter that is left out keeps the value of
    the scenario. With `base` the answer is the difference to that scenario, under the same numbers and the same luck.
    It can be pickled, so that a pool of processes may share it.
    """

    scenario: "Scenario"
    parameters: Mapping[str, str]
    measures: tuple[str, ...]
    base: "Scenario | None" = None
    seeds: tuple[int, ...] = (1,)
    month: int | None = None

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """For each parameter the range that the codebook gives it, as far as a scenario may use it; NaN without one."""
        from sim.findings.hypotheses import uncertain

        known, unknown = uncertain(), (math.nan, math.nan)
        return {name: known.get(entry, unknown) for name, entry in self.parameters.items()}

    def __call__(self, **values: Any) -> dict[str, float]:
        """Live the village with these values.

        Raises:
            TypeError: a name that is none of the parameters.
            ScenarioError: a value that its parameter cannot have.
            RunFailed: the model broke.
        """
        if unknown := [name for name in values if name not in self.parameters]:
            raise TypeError(f"no parameter {', '.join(unknown)}; there are {', '.join(self.parameters)}")
        numbers = {self.parameters[name]: _plain(value) for name, value in values.items()}
        with_ = self._lived(self.scenario, numbers)
        if self.base is None:
            return with_
        without = self._lived(self.base, numbers)
        return {name: with_[name] - without[name] for name in self.measures}

    def _lived(self, scenario: "Scenario", numbers: dict[str, Any]) -> dict[str, float]:
        from sim.runs import run

        months = self.month or min(one.months for one in (self.scenario, self.base or self.scenario))
        laid = scenario.overlay(numbers)
        lived = [run(laid, seed, months).notebook for seed in self.seeds]
        return {name: float(np.mean([one[name][months - 1] for one in lived])) for name in self.measures}


def as_function(
    scenario: "Scenario | str",
    parameters: Iterable[str] | Mapping[str, str],
    measures: Sequence[str],
    *,
    base: "Scenario | str | None" = None,
    seeds: Iterable[int] = (1,),
    month: int | None = None,
) -> VillageFunction:
    """A scenario as a function of some parameters of the codebook.

    Args:
        scenario: a Scenario, or what `load_scenario` takes.
        parameters: names of the codebook (`side.adopt_rate`), or a mapping from names of your own, for tools that want
            plain identifiers.
        measures: what the function answers.
        base: when given, the function answers with differences to this scenario.
        seeds: the lucks over which the answer is a mean; the same for every call, so that calls can be compared.
        month: at which month the measures are read (the last).

    Raises:
        ScenarioError: a scenario can't be read, or the codebook has no such parameter.
        ValueError: no such measure, or a month beyond the scenario.
    """
    from sim.runs.result import measures as known
    from sim.scenario.problems import did_you_mean

    one, other = _loaded(scenario), None if base is None else _loaded(base)
    names = dict(parameters) if isinstance(parameters, Mapping) else {name: name for name in parameters}
    _must_be_known(names.values())
    for name in measures:
        if name not in known():
            raise ValueError(f"there is no measure '{name}'{did_you_mean(name, known()).en}")
    last = min(side.months for side in (one, other or one))
    if month is not None and not 1 <= month <= last:
        raise ValueError(f"'month' must be from 1 to {last} (got {month})")
    lucks = tuple(seeds)
    if not lucks:
        raise ValueError("'seeds' must hold at least one seed")
    return VillageFunction(one, names, tuple(measures), other, lucks, month)


def _must_be_known(names: Iterable[str]) -> None:
    from sim.scenario.problems import Problems, Spot
    from sim.scenario.values import parameter_name

    problems = Problems()
    for name in names:
        parameter_name(name, Spot("parameters"), problems)
    problems.raise_if_any()


def _loaded(source: "Scenario | str") -> "Scenario":
    from sim.scenario import Scenario, load_scenario

    return source if isinstance(source, Scenario) else load_scenario(source)


def _plain(value: Any) -> Any:
    """A number of NumPy as one of Python, so that a scenario can be written to a file."""
    return value.item() if isinstance(value, np.generic) else value
