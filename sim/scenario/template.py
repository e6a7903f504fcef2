"""A new scenario file to start from, with its comments in the reader's language. 样板"""

import json
from typing import Final

from sim.scenario.verbs import VERBS, Verb
from sim.words import Text

_PAGE: Final = """\
# {head}
# {how}

# {base}
extends: baseline

# {both}
name: {{zh: {name}, en: {name}}}
question:
  zh: 您想问什么？
  en: What do you want to ask?
look_at:
  zh: 看哪些曲线？
  en: Which curves answer it?

# {village}
village:
  type: default            # default, karst_far, forest, near_county
  households: 150
  starts: 2016-01

# {months}
months: 240

# {parameters}
parameters:
  # side_industries.bees.price_local: 80 yuan / kg
  # switch.R23: off

# {agency}
agency:
  # {{type: outside, staff: 2, leaves: 61, budget: 800000 yuan, time: {{visit: 45 %, supervise: 10 %, archive: 5 %}}}}

# {actions}
# {when}
# {target}
actions:
  - {{do: train, trade: bees, from: 13, until: 72, every: 6, seats: 25, hours: 40 hours}}
  - {{do: open_market, trade: bees, month: 13}}
  # {more}
{rows}
"""

_WORDS: Final[dict[str, Text]] = {
    "head": Text(
        "一个情景：村庄是什么样，发生什么，什么时候。", "A scenario: what the village is, what is done in it, and when."
    ),
    "how": Text(
        "检查：village check 本文件；运行：village run 本文件；参数名：village explain",
        "Check: village check FILE; run: village run FILE; names of parameters: village explain",
    ),
    "base": Text(
        "以附带的情景或别的文件为底，这里只写不同之处。",
        "Start from a shipped scenario or another file and write only what differs.",
    ),
    "both": Text("中文和英文都要写。", "Both languages are needed."),
    "village": Text(
        "建村时的样子；不写就用这里的值。", "The village at its founding; these are the values when nothing is written."
    ),
    "months": Text("第 1 个月是第一年的一月。", "Month 1 is the January of the first year."),
    "parameters": Text(
        "从第 1 个月起改变的参数；不写单位就用手册里的单位。",
        "Parameters changed from month 1 on; a bare number is in the unit of the codebook.",
    ),
    "agency": Text(
        "机构：几名社工，从哪个月起撤出，全程预算，时间份额；不写就没有机构。",
        "The agency: workers, month from which it is gone, budget, shares of its time; without this there is none.",
    ),
    "actions": Text("做什么：每行一个行动。", "What is done: one action a row."),
    "when": Text(
        "时间：month，或 from、until（含）、every（每几个月一次）。",
        "Time: month, or from, until (included) and every.",
    ),
    "target": Text(
        "对象 target：all, poor, women, elders, youth, left_behind, clan:1 …",
        "target: all, poor, women, elders, youth, left_behind, clan:1 …",
    ),
    "more": Text("其他行动（去掉行首的 # 就生效）：", "More verbs (remove the # to use one):"),
}
_EXAMPLES: Final[dict[str, str]] = {
    "trade": "bees",
    "units": "50",
    "amount": "500 yuan",
    "jobs": "10",
    "wage": "1200 yuan / month",
    "places": "20",
    "factor": "0.8",
    "parameter": "side_industries.bees.price_local",
    "value": "80 yuan / kg",
    "workers": "1",
    "step": "3",
    "kind": "interest_subsidy",
    "share": "0.5",
}
_RULE_CHANGED: Final[dict[str, str]] = {"fund_rule": "term: 6 months", "coop_rule": "reserve: 10 %"}
"""What the example of a verb changes that must name a rule."""


def template(name: str, lang: str) -> str:
    """The text of a new scenario file; it passes `check` as it stands."""
    # A JSON string is a YAML string, so no name can break the file.
    quoted = json.dumps(" ".join(name.split()) or "village", ensure_ascii=False)
    rows = [
        f"  # - {_example(verb)}   # {verb.does.get(lang)}"
        for verb in VERBS.values()
        if verb.name not in ("train", "open_market")
    ]
    said = {key: word.get(lang) for key, word in _WORDS.items()}
    return _PAGE.format(name=quoted, rows="\n".join(rows), **said)


def _example(verb: Verb) -> str:
    names = [a.name for a in verb.arguments if a.required]
    names += [other for name, value, others in verb.needs_if if _EXAMPLES[name] == value for other in others]
    arguments = [f"{name}: {_EXAMPLES[name]}" for name in names]
    if verb.names_one:
        arguments = arguments or [_RULE_CHANGED[verb.name]]
    month = "month: 13" if verb.name != "exit" else "month: 60"
    return "{" + ", ".join([f"do: {verb.name}", month, *arguments]) + "}"
