"""What an outside yuan does, in a sentence for each scenario that spends more than the base. 乘数的说法"""

from typing import TYPE_CHECKING, Final

from sim.findings.circulation import AGAINST_CASH, HANDS, MULTIPLIER, Turn
from sim.findings.compare import Comparison
from sim.words import Text

if TYPE_CHECKING:
    from sim.scenario import Scenario


def sentences(comparison: Comparison, lang: str) -> list[str]:
    """One sentence for each arm that spends more than the base."""
    return [text.get(lang) for arm in comparison.arms if (text := _sentence(comparison, arm)) is not None]


def _sentence(comparison: Comparison, arm: "Scenario") -> Text | None:
    found = {one.measure: one for one in comparison.turns if one.scenario == arm.stem}
    if not found or found[MULTIPLIER].twins < 2:
        return None
    clauses = [_local(found[MULTIPLIER], found[HANDS]), _cash(found[AGAINST_CASH])]
    return _IN_MONTHS.fill(
        first=found[MULTIPLIER].first,
        last=found[MULTIPLIER].last,
        arm=arm.name,
        clauses=Text("；".join(one.zh for one in clauses), "; ".join(one.en for one in clauses)),
    )


def _local(one: Turn, hands: Turn) -> Text:
    if not one.told:
        return _NO_MULTIPLIER
    return _MULTIPLIER.fill(**_numbers(one), hands=f"{hands.value:.2f}".replace("-", "−"))


def _cash(one: Turn) -> Text:
    return _CASH.fill(**_numbers(one)) if one.told else _NO_CASH


def _numbers(one: Turn) -> dict[str, str]:
    numbers = {"value": one.value, "low": one.low, "high": one.high, "hand": one.benchmark}
    return {"money": f"{one.money:,.0f}"} | {key: f"{n:.2f}".replace("-", "−") for key, n in numbers.items()}


_IN_MONTHS: Final = Text(
    "第 {first} 至 {last} 个月，“{arm}”：{clauses}。", "In months {first} to {last}, {arm}: {clauses}."
)
_MULTIPLIER: Final = Text(
    "每 1 元进村的外部资金（共多 {money} 元）使村民当地收入多 {value} 元（95% 区间 {low} 至 {high}），"
    "按手算为 {hand} 元；其中在户与户之间转手 {hands} 元",
    "each yuan of outside money that comes into the village ({money} yuan more) brings {value} yuan of local income "
    "(95 % interval {low} to {high}), {hand} by hand; {hands} yuan of it go from home to home",
)
_NO_MULTIPLIER: Final = Text(
    "没有可测出的外部资金进村，乘数无法得出",
    "no multiplier can be told, because no more outside money is seen to come into the village",
)
_CASH: Final = Text(
    "每支出 1 元使登记人口收入多 {value} 元（95% 区间 {low} 至 {high}），同样的钱平均发放至少是 {hand} 元",
    "each yuan spent brings {value} yuan of registered income (95 % interval {low} to {high}), where the same money "
    "as equal cash is at least {hand}",
)
_NO_CASH: Final = Text(
    "与平均发放现金相比无法得出，因为支出在各对孪生村之间相差太大",
    "it cannot be told against equal cash, because the twins spend too differently",
)
