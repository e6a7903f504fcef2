"""What an outside yuan does, in a sentence for each scenario that spends more than the base. 乘数的说法"""

from typing import TYPE_CHECKING, Final

from sim.findings.circulation import AGAINST_CASH, COMES_IN, HANDS, MULTIPLIER, Turn
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
    one = found[MULTIPLIER]
    said = {"first": one.first, "last": one.last, "arm": arm.name, "money": f"{one.money:,.0f}"}
    if not one.told:
        return _UNTOLD.fill(**said)
    return _TOLD.fill(
        **said,
        **_numbers("local", one),
        **_numbers("cash", found[AGAINST_CASH]),
        **_numbers("hands", found[HANDS]),
        inside=f"{found[COMES_IN].gained:,.0f}".replace("-", "−"),
    )


def _numbers(name: str, one: Turn) -> dict[str, str]:
    numbers = {"": one.value, "_low": one.low, "_high": one.high, "_hand": one.benchmark}
    return {f"{name}{key}": _two(number) for key, number in numbers.items()}


def _two(number: float) -> str:
    text = f"{number:.2f}"
    # "-0.00" would read as a loss.
    return text.removeprefix("-") if not text.strip("-0.") else text.replace("-", "−")


_TOLD: Final = Text(
    "第 {first} 至 {last} 个月，“{arm}”多支出 {money} 元，其中 {inside} 元进村：每支出 1 元使当地收入多 {local} 元"
    "（95% 区间 {local_low} 至 {local_high}；到户的 1 元按手算为 {local_hand} 元），户与户之间的支付多 {hands} 元"
    "（手算 {hands_hand} 元），登记人口收入多 {cash} 元（95% 区间 {cash_low} 至 {cash_high}；"
    "同样的钱平均发给各户为 {cash_hand} 元）。",
    "In months {first} to {last}, {arm} spends {money} yuan more, of which {inside} come into the village: each yuan "
    "spent brings {local} yuan of local income (95 % interval {local_low} to {local_high}; by hand {local_hand} for a "
    "yuan that reaches homes), {hands} yuan of payments from home to home (by hand {hands_hand}) and {cash} yuan of "
    "registered income (95 % interval {cash_low} to {cash_high}; {cash_hand} when the same money is shared equally).",
)
_UNTOLD: Final = Text(
    "第 {first} 至 {last} 个月，“{arm}”多支出 {money} 元：支出在各对孪生村之间相差太大，每元带来多少无法得出。",
    "In months {first} to {last}, {arm} spends {money} yuan more: what a yuan brings cannot be told, because the twins "
    "spend too differently.",
)
