"""The model told by the ODD protocol with its questions on decisions, made from the code's own registry. ODD 说明

ODD: Grimm et al. 2020; ODD + D: Müller et al. 2013. Tables, schedule, rules, numbers, actions and measures are read
from where they live, so the page cannot say other than the code does; only the design concepts are prose.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from typing import Final

from sim.codebook.claims import hypotheses, outcomes
from sim.shown import rulebook, told
from sim.words import Text, unit_text

_PARTS: Final[dict[str, Text]] = {
    "title": Text("模型说明（ODD + D）", "The model by the ODD + D protocol"),
    "made": Text(
        "本页由 `python tools/make_odd.py` 从代码生成，请勿手改。", "Made from the code by `python tools/make_odd.py`."
    ),
    "purpose": Text("1 目的与模式", "1 Purpose and patterns"),
    "entities": Text("2 实体、状态变量与尺度", "2 Entities, state variables and scales"),
    "process": Text("3 过程概览与时序", "3 Process overview and scheduling"),
    "concepts": Text("4 设计概念与决策", "4 Design concepts and decisions"),
    "initial": Text("5 初始化", "5 Initialisation"),
    "input": Text("6 输入数据", "6 Input data"),
    "submodels": Text("7 子模型", "7 Submodels"),
    "actions": Text("8 情景行动", "8 Actions of a scenario"),
    "outcomes": Text("9 观察什么", "9 What is observed"),
}
_PURPOSE: Final = Text(
    "说明介入、增权、营造三阶段工作怎样改变一个贫困山村的收入、贫困、不平等、资金流通和青壮年外出，并让每个说法都能被推翻。"
    "阶段、模式和口号本身没有作用，只通过工时、技能、存量、价格、信贷、消息、信任、风险和照护起作用。"
    "用来检验的模式：外出的年龄峰、春节前后的进出、同乡带动、互助资金的偏斜、一哄而上后的跌价、撤出后的衰退。",
    "To show how the three phases of intervention, empowerment and building change income, poverty, inequality, the "
    "circulation of money and the leaving of the young in a poor mountain village, and to let every claim be refuted. "
    "Phases, modes and slogans have no effect of their own: they work through hours, skill, stock, prices, credit, "
    "news, trust, risk and care. Patterns to check against: the age hump of leaving, the bunching around the Spring "
    "Festival, networks, skewed access to loans, falling prices after a rush, decay after exit.",
)
_CONCEPTS: Final[tuple[tuple[Text, Text], ...]] = (
    (
        Text("涌现", "Emergence"),
        Text(
            "外出率、价格涨跌、资金覆盖、合作社的成败由个人和家庭的决定产生，没有一条是写定的。",
            "Migration, price busts, coverage of the fund, the fate of the cooperative come out of decisions of people "
            "and homes; none is written down.",
        ),
    ),
    (
        Text("决策主体与目标", "Who decides, and for what"),
        Text(
            "个人决定外出、回流、上课；家庭决定副业、借款、入社、分工。目标是消费的对数，加上风险、照护、依恋和劳累的代价。",
            "Persons decide on leaving, return and courses; homes on trades, loans, membership and sharing hours. "
            "They care for log income, less the cost of risk, care, attachment and drudgery.",
        ),
    ),
    (
        Text("理性程度", "Bounded rationality"),
        Text(
            "按上月所见、适应性价格预期和贪心配时来决定，不做最优规划；损失比同样的收益分量重。",
            "They act on what was seen last month, on adaptive price expectations and greedy sharing of hours; nobody "
            "optimises over time, and losses weigh more than gains.",
        ),
    ),
    (
        Text("学习", "Learning"),
        Text(
            "干中学与课程、对机构和合作社的信任、价格预期、机构的档案与能力。",
            "Skill by doing and by courses, trust as counted evidence, price expectations, records and ability of the "
            "agency.",
        ),
    ),
    (
        Text("感知", "Sensing"),
        Text(
            "家庭看到亲族和近邻；机构只知道它调查过的。",
            "Homes see kin and the nearest homes; the agency knows only what it surveyed.",
        ),
    ),
    (
        Text("相互作用", "Interaction"),
        Text(
            "市场、联保小组、亲友借贷、合作社、组织与名额抽签。",
            "Markets, joint liability, kin loans, the cooperative, organisations, and lots for places.",
        ),
    ),
    (
        Text("随机性", "Stochasticity"),
        Text(
            "每次抽签是（种子、用途、月、编号、选项）的函数（Philox4x32-10），所以孪生村在第一次不同行动之前逐位相同。",
            "Every draw is a function of seed, purpose, month, id and option (Philox4x32-10), so twins are equal to "
            "the bit until they first act differently.",
        ),
    ),
    (
        Text("集体与异质性", "Collectives and heterogeneity"),
        Text(
            "家庭、宗族、互助小组、合作社、组织；人在年龄、性别、教育、能力、技能、依恋和动力上不同，家在土地、位置、贫困登记上不同。",
            "Homes, clans, groups of the fund, the cooperative, organisations; people differ in age, sex, schooling, "
            "ability, skill, attachment and drive, homes in land, place and registered poverty.",
        ),
    ),
)
_INPUT: Final = Text(
    "没有外部序列：天气、价格与就业冲击由抽签产生，或由情景行动给出。",
    "No outside series: weather, prices and shocks are drawn, or set by actions of a scenario.",
)
_SCALES: Final = Text(
    "一步是一个月，通常 240 个月，之前有 60 个月预跑；一个村，10 至 100,000 户，沿山脊排列。",
    "A step is a month, usually 240 of them after 60 months of burn-in; a village of 10 to 100,000 homes on a ridge.",
)
_ENTITIES: Final = ("people", "households", "agency", "staff", "fund", "groups", "bank", "coop", "loans", "markets")


def page(lang: str) -> str:
    """The whole page as Markdown in one language."""
    parts = [f"# {_PARTS['title'].get(lang)}", _PARTS["made"].get(lang)]
    parts += [f"## {_PARTS['purpose'].get(lang)}", _PURPOSE.get(lang), *_claims(lang)]
    parts += [f"## {_PARTS['entities'].get(lang)}", _SCALES.get(lang), *_tables(lang)]
    parts += [f"## {_PARTS['process'].get(lang)}", *_schedule(lang)]
    parts.append(f"## {_PARTS['concepts'].get(lang)}")
    parts += [f"**{head.get(lang)}** – {body.get(lang)}" for head, body in _CONCEPTS]
    parts += [f"## {_PARTS['initial'].get(lang)}", _numbers(told.sections()["village"], lang)]
    parts += [f"## {_PARTS['input'].get(lang)}", _INPUT.get(lang)]
    parts += [f"## {_PARTS['submodels'].get(lang)}", *_rules(lang)]
    parts += [f"## {_PARTS['actions'].get(lang)}", *_verbs(lang)]
    parts += [f"## {_PARTS['outcomes'].get(lang)}", *_observed(lang)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _claims(lang: str) -> Iterator[str]:
    rows = [f"- {one.name}: {one.claim.get(lang)}" for one in hypotheses().values()]
    yield "\n".join(rows)


def _tables(lang: str) -> Iterator[str]:
    """State variables of each table with units."""
    from sim.village.living import COLUMNS

    names = [*_ENTITIES, *(name for name in COLUMNS if name not in _ENTITIES and name not in _SPACE)]
    for name in names:
        yield f"### {name}"
        yield "\n".join(
            f"- `{column.name}` [{unit_text(column.unit).get(lang) or '–'}] {column.label.get(lang)}"
            for column in COLUMNS[name]
        )


_SPACE: Final = frozenset({"lottery", "scratch", "log", "overrides", "ledger", "actions", "state", "trades"})


def _schedule(lang: str) -> Iterator[str]:
    """The paragraphs of the schedule page with the steps of each and what they say of themselves."""
    from sim.village import schedule

    source = inspect.getsource(schedule)
    says = {function.place.rsplit(".", 1)[-1]: function.says for function in rulebook.functions()}
    calls = {
        node.lineno: ast.unparse(node.value.func)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    }
    rows: list[str] = []
    for number, line in enumerate(source.splitlines(), 1):
        heading = re.match(r"\s+# (\S+) ([A-Z][A-Z ]+): (.*)", line)
        if heading:
            rows.append(f"\n**{heading[1] if lang == 'zh' else heading[2].capitalize()}** – {heading[3]}\n")
        elif number in calls and rows:
            rows.append(f"1. `{calls[number]}` – {says.get(calls[number], '')}")
    yield "\n".join(rows)


def _rules(lang: str) -> Iterator[str]:
    """Every rule: what it says, its equation, its neutral value, its numbers with source."""
    for name, law in rulebook.rules().items():
        yield f"### {name} {law.title.get(lang)}"
        yield law.text.get(lang)
        yield f"`{law.equation}`"
        off = told.FRAME.get(lang) if law.frame else f"switch.{name}: off – {law.neutral.get(lang)}"
        yield f"*{off}*"
        yield _numbers([one for one in told.parameters_of(name) if one in told.parameters()], lang)


def _numbers(names: list[str], lang: str) -> str:
    """A table of parameters: name, meaning, value, unit, range, status."""
    if not names:
        return ""
    head = (
        "| 参数 | 含义 | 值 | 单位 | 范围 | 状态 |"
        if lang == "zh"
        else "| parameter | meaning | value | unit | range | status |"
    )
    rows = [head, "|---|---|---|---|---|---|"]
    for name in names:
        one = told.parameters()[name]
        span = "" if one.low is None else f"{told.plain(one.low)}–{told.plain(one.high)}"
        status = f"{one.status}{f' [{one.source}]' if one.source else ''}"
        rows.append(
            f"| `{name}` | {one.label.get(lang)} | {told.plain(one.value)} | {unit_text(one.unit).get(lang)} | {span} "
            f"| {status} |"
        )
    return "\n".join(rows)


def _verbs(lang: str) -> Iterator[str]:
    yield "\n".join(
        f"- `{one.name}` {one.label.get(lang)}: {one.does.get(lang)} ({', '.join(one.rules)})"
        for one in told.verbs().values()
    )


def _observed(lang: str) -> Iterator[str]:
    colon = "：" if lang == "zh" else ": "
    yield "\n".join(
        f"- {one.name} {one.label.get(lang)}{colon}{one.formula}"
        + (f" (`{'`, `'.join(one.measures)}`)" if one.measures else "")
        for one in outcomes().values()
    )
