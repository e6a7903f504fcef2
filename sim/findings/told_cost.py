"""What effects cost, in a sentence for each scenario that spends more than the base. 成本的说法"""

from typing import TYPE_CHECKING, Final

from sim.findings.compare import Comparison
from sim.findings.cost import LEAST, LIFTED, RETURNED, SPENT, STAYS, Cost
from sim.words import Text

if TYPE_CHECKING:
    from sim.scenario import Scenario


EQUAL: Final = 0.01
"""Budgets are equal when the larger is within 1 % of the smaller."""


def sentences(comparison: Comparison, lang: str) -> list[str]:
    """One sentence for each arm that spends more than the base, in the last month, and a note on unequal budgets."""
    found = [_sentence(comparison, arm) for arm in comparison.arms] + [_budgets(comparison)]
    return [text.get(lang) for text in found if text is not None]


def _budgets(comparison: Comparison) -> Text | None:
    """A note when two scenarios that spend at all differ by more than 1 %: they are not two uses of one budget."""
    effects = [(arm, comparison.at(arm.stem, SPENT)) for arm in comparison.arms]
    spent = [(comparison.base, one.base) for _, one in effects[:1] if one is not None]
    spent += [(arm, one.with_) for arm, one in effects if one is not None]
    spent = [(scenario, money) for scenario, money in spent if money > LEAST]
    if len(spent) < 2:
        return None
    least, most = (pick(spent, key=lambda one: one[1]) for pick in (min, max))
    if most[1] <= least[1] * (1.0 + EQUAL):
        return None
    return _UNEQUAL.fill(
        least=least[0].name,
        little=f"{least[1]:,.0f}",
        most=most[0].name,
        much=f"{most[1]:,.0f}",
        percent=f"{100.0 * (most[1] / least[1] - 1.0):,.0f}",
    )


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
    told, untold = _CLAUSES[one.measure]
    if not one.told:
        return untold
    decimals = 2 if one.measure == RETURNED else 0
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
_PER_STAYER: Final = Text(
    "每使一名 16–35 岁的人自愿留下花费 {value} 元（95% 区间 {low} 至 {high}）",
    "{value} yuan for each person of 16 to 35 who stays by choice (95 % interval {low} to {high})",
)
_NO_STAYER: Final = Text(
    "每使一名青年自愿留下的花费无法得出，因为没有可测出的增加",
    "no cost per young person who stays by choice can be told, because no rise of their number is detectable",
)
_CLAUSES: Final = {LIFTED: (_PER_PERSON, _NOBODY), RETURNED: (_PER_YUAN, _NO_YUAN), STAYS: (_PER_STAYER, _NO_STAYER)}
_UNEQUAL: Final = Text(
    "注意：这不是同一预算之间的比较：“{most}”支出 {much} 元，比“{least}”的 {little} 元多 {percent}%。",
    "Note: these are not equal budgets: {most} spends {much} yuan, {percent} % more than {least} with {little}.",
)
