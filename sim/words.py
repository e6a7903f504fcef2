"""Every shared word once, in Chinese and in English. 词汇

`Text` holds one thing said in both languages; `WORDS` are the terms of charts and tables, `UNITS` the units a reader
sees beside a number. Labels of parameters, measures, verbs and trades live beside the thing they name.
"""

import os
from typing import Final, Literal, NamedTuple

Language = Literal["zh", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


class Text(NamedTuple):
    """One thing said in Chinese and in English."""

    zh: str
    en: str

    def get(self, lang: str) -> str:
        """The text in `lang`; every language but Chinese reads English."""
        return self.zh if lang.lower().startswith("zh") else self.en

    def fill(self, **values: object) -> "Text":
        """The same text with `{names}` filled; a value that is a Text speaks each language in its turn."""
        return Text(self.zh.format(**_said(values, "zh")), self.en.format(**_said(values, "en")))


def _said(values: dict[str, object], lang: str) -> dict[str, object]:
    return {name: value.get(lang) if isinstance(value, Text) else value for name, value in values.items()}


def language(choice: str | None = None) -> Language:
    """The reader's language: `choice`, else VILLAGE_LANG, else the language of the system, else English."""
    for asked in (choice, os.environ.get("VILLAGE_LANG")):
        if asked:
            return "zh" if asked.lower().startswith("zh") else "en"
    # LC_ALL overrides LC_MESSAGES, which overrides LANG, as the C library has it.
    system = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    return "zh" if system.lower().startswith("zh") else "en"


def word(term: str) -> Text:
    """The shared word for `term`; an unknown term is our own bug, so it raises KeyError."""
    return WORDS[term]


def unit_text(unit: str) -> Text:
    """A unit as a reader sees it; a unit without its own words is shown as it stands."""
    return UNITS.get(unit, Text(unit, unit))


WORDS: Final[dict[str, Text]] = {
    # time
    "month": Text("月份", "month"),
    "year": Text("年", "year"),
    "years_since_start": Text("开始后的年数", "years since the start"),
    "first": Text("第一个月", "first"),
    "last": Text("最后一个月", "last"),
    "change": Text("变化", "change"),
    # tables
    "name": Text("名称", "name"),
    "measure": Text("指标", "measure"),
    "scenario": Text("情景", "scenario"),
    "value": Text("数值", "value"),
    "unit": Text("单位", "unit"),
    "range": Text("取值范围", "range"),
    "source": Text("来源", "source"),
    "status": Text("依据", "status"),
    "note": Text("说明", "note"),
    "rule": Text("规则", "rule"),
    "rules": Text("规则", "rules"),
    "verb": Text("行动", "verb"),
    "verbs": Text("行动", "verbs"),
    "parameter": Text("参数", "parameter"),
    "parameters": Text("参数", "parameters"),
    "measures": Text("指标", "measures"),
    "mechanisms": Text("机制", "mechanisms"),
    "outcomes": Text("看什么", "outcomes"),
    "hypotheses": Text("命题", "hypotheses"),
    "trade": Text("副业", "trade"),
    "trades": Text("副业", "trades"),
    "equation": Text("公式", "equation"),
    "population": Text("统计人群", "population"),
    "better": Text("何为变好", "better"),
    "up": Text("越高越好", "up"),
    "down": Text("越低越好", "down"),
    "neither": Text("不分好坏", "neither"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "sourced": Text("有文献来源", "sourced"),
    "assumed": Text("假设", "assumed"),
    "calibrated": Text("校准所得", "calibrated"),
    # comparison
    "base": Text("对照", "base"),
    "with": Text("情景下", "with"),
    "difference": Text("差异", "difference"),
    "interval_95": Text("95% 区间", "95 % interval"),
    "low": Text("下限", "low"),
    "high": Text("上限", "high"),
    "p_better": Text("变好的孪生村占比", "share of twins that do better"),
    "twins": Text("孪生村", "twins"),
    "seed": Text("随机种子", "seed"),
    "no_effect": Text("没有差异", "no difference"),
    # income by source
    "farm": Text("农业", "farming"),
    "side": Text("副业", "side industries"),
    "wage": Text("本地务工", "local wages"),
    "remittance": Text("汇款", "remittances"),
    "transfer": Text("转移收入", "transfers"),
    "asset": Text("财产收入", "assets"),
    "care": Text("照料", "care"),
    "income": Text("收入", "income"),
    # hours of the agency
    # prices
    "price": Text("价格", "price"),
    "local": Text("本地价", "local"),
    "outer": Text("外部价", "outer"),
    # people and homes
    "households": Text("户", "households"),
    "village": Text("村庄", "village"),
    "age": Text("年龄", "age"),
    "away": Text("外出", "away"),
    # targets of an action
    "all": Text("全体", "all"),
    "poor": Text("低收入户", "lower-income homes"),
    "women": Text("妇女", "women"),
    "elders": Text("老人", "elders"),
    "youth": Text("青年", "youth"),
    "left_behind": Text("留守家庭", "left-behind families"),
}

UNITS: Final[dict[str, Text]] = {
    "": Text("", ""),
    "1": Text("", ""),
    "-": Text("", ""),
    "share": Text("占比", "share"),
    "%": Text("%", "%"),
    "percentage point": Text("个百分点", "percentage points"),
    "index": Text("指数", "index"),
    "count": Text("个", "count"),
    "yuan": Text("元", "yuan"),
    "yuan/year": Text("元/年", "yuan/year"),
    "yuan / year": Text("元/年", "yuan / year"),
    "yuan/month": Text("元/月", "yuan/month"),
    "yuan / month": Text("元/月", "yuan / month"),
    "yuan/hour": Text("元/小时", "yuan/hour"),
    "yuan / hour": Text("元/小时", "yuan / hour"),
    "yuan/kg": Text("元/公斤", "yuan/kg"),
    "yuan / kg": Text("元/公斤", "yuan / kg"),
    "yuan / unit": Text("元/单位", "yuan / unit"),
    "yuan / person": Text("元/人", "yuan / person"),
    "yuan / household": Text("元/户", "yuan / household"),
    "1 / year": Text("次/年", "times / year"),
    "loans": Text("笔", "loans"),
    "loans / month": Text("笔/月", "loans / month"),
    "hours": Text("小时", "hours"),
    "hour": Text("小时", "hours"),
    "hours / month": Text("小时/月", "hours / month"),
    "hours/month": Text("小时/月", "hours/month"),
    "month": Text("月", "months"),
    "months": Text("月", "months"),
    "year": Text("年", "years"),
    "years": Text("年", "years"),
    "kg": Text("公斤", "kg"),
    "kg / month": Text("公斤/月", "kg / month"),
    "km": Text("公里", "km"),
    "mu": Text("亩", "mu"),
    "persons": Text("人", "persons"),
    "person": Text("人", "persons"),
    "people": Text("人", "people"),
    "households": Text("户", "households"),
    "household": Text("户", "households"),
    "units": Text("单位", "units"),
    "unit": Text("单位", "units"),
}
