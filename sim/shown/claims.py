"""Claims of the text in words: what was tested, what came out, and what decides it. 命题的讲述"""

import math
from typing import TYPE_CHECKING, Final

from sim.words import Text

if TYPE_CHECKING:
    from sim.findings.hypotheses import Sign, Verdict

WORDS: Final[dict[str, Text]] = {
    "supported": Text("支持", "supported"),
    "refuted": Text("不支持", "refuted"),
    "undecided": Text("不能判定", "undecided"),
}

_HEAD: Final = Text("{name}：{claim}", "{name}: {claim}")
_VERDICT: Final = Text(
    "在本模型的规则和参数范围内：{word}。{draws} 组参数中，{share} % 的所有差异都合乎命题"
    "（90 % 及以上为支持，10 % 及以下为不支持）。",
    "Under these rules and ranges: {word}. In {share} % of {draws} draws all differences have the claimed sign "
    "(supported from 90 %, refuted up to 10 %).",
)
_SIGN: Final = Text(
    "  第 {month} 个月的{measure}，“{arm}”应{way}于“{base}”：{share} % 的抽取如此，{none} % 没有差别；"
    "平均差 {mean}，中间九成 {low} 至 {high}。",
    "  {measure}, month {month}: {arm} should be {way} than {base}. So in {share} % of draws, {none} % without any "
    "difference; mean difference {mean}, nine in ten between {low} and {high}.",
)
_RIVAL: Final = Text(
    "  第 {month} 个月，“{arm}”的{measure}应{way}于“{base}”的{rival}：{share} % 的抽取如此，{none} % 没有差别；"
    "平均差 {mean}，中间九成 {low} 至 {high}。",
    "  {measure} of {arm}, month {month}, should be {way} than {rival} of {base}. So in {share} % of draws, {none} % "
    "without any difference; mean difference {mean}, nine in ten between {low} and {high}.",
)
_LEADER: Final = Text(
    "最能决定结果的参数：{name}（{label}），秩相关 {rho}；它{way}，命题越容易成立。",
    "The parameter that decides it most: {name} ({label}), rank correlation {rho}; "
    "the claim holds more easily the {way} it is.",
)
_NO_LEADER: Final = Text(
    "没有哪个参数明显决定结果（已按参数个数校正）。",
    "No single parameter stands out (corrected for how many there are).",
)
_FAILS: Final = Text("模型里可能推翻它的：{fails}", "What in the model can refute it: {fails}")
ENOUGH: Final = 30
"""With fewer draws the verdict is only a first look, and says so."""
_FEW: Final = Text(
    "抽取太少，只能算初看：真实占比可能在 {low} % 到 {high} %（95 %）之间；请用 --draws 多抽。",
    "Too few draws for more than a first look: the share may lie anywhere from {low} % to {high} % (95 %); "
    "ask for more with --draws.",
)
_FAILED: Final = Text("{n} 组参数的村庄没有跑完，没有计入。", "{n} draws broke off and are not counted.")


def verdict_lines(verdict: "Verdict", lang: str) -> list[str]:
    """What came out of a hypothesis, line by line."""
    one = verdict.hypothesis
    share = f"{100 * verdict.share:.0f}"
    lines = [
        _HEAD.fill(name=one.name, claim=one.claim).get(lang),
        _VERDICT.fill(word=WORDS[verdict.word], draws=verdict.draws, share=share).get(lang),
    ]
    lines += [_sign(sign).get(lang) for sign in verdict.signs]
    lines.append(_leader(verdict).get(lang))
    lines.append(_FAILS.fill(fails=one.fails).get(lang))
    if verdict.failed:
        lines.append(_FAILED.fill(n=verdict.failed).get(lang))
    if 0 < verdict.draws < ENOUGH:
        low, high = wilson(verdict.share, verdict.draws)
        lines.append(_FEW.fill(low=f"{100 * low:.0f}", high=f"{100 * high:.0f}").get(lang))
    return lines


def wilson(share: float, draws: int) -> tuple[float, float]:
    """The 95 % interval of a share seen in so many draws (Wilson 1927), each end between 0 and 1."""
    z2 = 1.96**2 / draws
    middle, half = share + z2 / 2.0, math.sqrt(z2 * (share * (1.0 - share) + z2 / 4.0))
    return max(0.0, (middle - half) / (1.0 + z2)), min(1.0, (middle + half) / (1.0 + z2))


def _sign(sign: "Sign") -> Text:
    from sim.scenario import load_scenario
    from sim.shown import labels
    from sim.shown.wording import difference_unit, digits, shown_value, signed, with_unit

    measure = labels.measure(sign.test.measure)
    numbers = [shown_value(value, measure.unit) for value in (sign.mean, sign.low, sign.high)]
    mean, low, high = (signed(value, digits(*numbers)) for value in numbers)
    return (_RIVAL if sign.test.rival else _SIGN).fill(
        measure=measure.label,
        rival=labels.measure(sign.test.rival or sign.test.measure).label,
        month=sign.test.month,
        arm=load_scenario(sign.test.arm).name,
        base=load_scenario(sign.test.base).name,
        way=Text("高", "higher") if sign.test.rises else Text("低", "lower"),
        share=f"{100 * sign.share:.0f}",
        none=f"{100 * sign.none:.0f}",
        mean=with_unit(mean, difference_unit(measure.unit)),
        low=low,
        high=high,
    )


def _leader(verdict: "Verdict") -> Text:
    from sim.codebook import codebook

    if verdict.leader is None:
        return _NO_LEADER
    found = verdict.leader
    return _LEADER.fill(
        name=found.parameter,
        label=codebook().entries[found.parameter].label,
        rho=f"{found.correlation:+.2f}",
        way=Text("越大", "larger") if found.correlation > 0 else Text("越小", "smaller"),
    )
