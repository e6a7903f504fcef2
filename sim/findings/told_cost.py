"""What effects cost, in a sentence for each scenario that spends more than the base. 成本的说法"""

from typing import TYPE_CHECKING, Final

from sim.findings.compare import Comparison
from sim.findings.cost import LIFTED, Cost
from sim.words import Text

if TYPE_CHECKING:
    from sim.scenario import Scenario


def sentences(comparison: Comparison, lang: str) -> list[str]:
    """One sentence for each arm that spends more than the base, in the last month."""
    return [text.get(lang) for arm in comparison.arms if (text := _sentence(comparison, arm)) is not None]


def _sentence(comparison: Comparison, arm: "Scenario") -> Text | None:
    found = [one for one in comparison.costs if (one.scenario, one.month) == (arm.stem, comparison.months)]
    if not found or found[0].twins < 2:
        return None
    clauses = [_clause(one) for one in found]
    return _SPENDS.fill(
        month=comparison.months,
        arm=arm.name,
        base=comparison.base.name,
        spent=f"{found[0].spent:,.0f}",
        clauses=Text("；".join(one.zh for one in clauses), "; ".join(one.en for one in clauses)),
    )


def _clause(one: Cost) -> Text:
    told, untold = (_PER_PERSON, _NOBODY) if one.measure == LIFTED else (_PER_YUAN, _NO_YUAN)
    if not one.told:
        return untold
    decimals = 0 if one.measure == LIFTED else 2
    value, low, high = (_number(number, decimals) for number in (one.value, one.low, one.high))
    return told.fill(value=value, low=low, high=high)


def _number(value: float, decimals: int) -> str:
    text = f"{value:,.{decimals}f}"
    # "-0.00" would read as a loss.
    return text.removeprefix("-") if not text.strip("-0.,") else text.replace("-", "−")


_SPENDS: Final = Text(
    "到第 {month} 个月，“{arm}”比“{base}”多支出 {spent} 元：{clauses}。",
    "By month {month}, {arm} spends {spent} yuan more than {base}: {clauses}.",
)
_PER_PERSON: Final = Text(
    "每使一名登记人口越过贫困线花费 {value} 元（95% 区间 {low} 至 {high}）",
    "{value} yuan for each registered person lifted above the poverty line (95 % interval {low} to {high})",
)
_NOBODY: Final = Text(
    "每使一人越过贫困线的花费无法得出，因为没有可测出的贫困下降",
    "no cost per person lifted above the poverty line can be told, because no fall of poverty is detectable",
)
_PER_YUAN: Final = Text(
    "每支出 1 元，登记人口近 12 个月的收入多 {value} 元（95% 区间 {low} 至 {high}）",
    "{value} yuan more registered income in the last 12 months for each yuan spent (95 % interval {low} to {high})",
)
_NO_YUAN: Final = Text(
    "每元支出带来的收入无法得出，因为支出在各对孪生村之间相差太大",
    "no income per yuan spent can be told, because the twins spend too differently",
)
