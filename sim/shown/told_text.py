"""How the text is told: its sentences, the mechanisms behind them, outcomes to look at, and hypotheses. 文本的讲述"""

from typing import Any, Final

from sim.codebook.claims import PARTS, Comparison, Mechanism, hypotheses, mechanisms, outcomes, sentences
from sim.shown import labels, rulebook, told
from sim.shown.told import Explanation, both, page
from sim.words import Text, word

SENTENCES: Final = Text("原文", "in the text")
TEST: Final = Text("效果检验", "test of its effect")
EFFECT: Final = Text("作用", "effect")
FORMULA: Final = Text("公式", "formula")
WHERE: Final = Text("哪里看", "where to look")
CLAIMS: Final = Text("命题的符号", "claimed signs")
FAILS: Final = Text("可能推翻它的", "what can refute it")
RUN: Final = Text("检验", "put it to the test")


def sentence(name: str, lang: str) -> Explanation:
    """A sentence of the text: the mechanisms behind it, each with its rules, actions and the test of its effect."""
    one = sentences()[name]
    behind = [mechanisms()[key] for key in one.mechanisms]
    lines = [(Text(f"  {key.name}", f"  {key.name}"), _facts(key, lang)) for key in behind]
    data = {"part": one.part, "said": both(one.said), "mechanisms": [as_data(key) for key in behind]}
    return page("sentence", name, one.said, "", lines, data, lang)


def mechanism(name: str, lang: str) -> Explanation:
    """A mechanism: its phrase, the rules and actions it became, what shows it, and the test of its effect."""
    one = mechanisms()[name]
    data = as_data(one)
    lines = [
        (SENTENCES, _quoted(data["sentences"], lang)),
        (word("rules"), told.titles(one.rules, lang)),
        (word("parameters"), ", ".join(data["parameters"])),
        (word("verbs"), ", ".join(one.verbs)),
        (word("measures"), ", ".join(one.measures)),
        (told.HOW_OFF, ", ".join(data["switches"])),
        (TEST, one.test),
        (EFFECT, one.none.get(lang)),
    ]
    return page("mechanism", name, one.phrase, "", lines, data, lang)


def _quoted(names: list[str], lang: str) -> str:
    """Sentences by number and in their words."""
    return " ".join(f"{name} {sentences()[name].said.get(lang)}" for name in names)


def as_data(one: Mechanism) -> dict[str, Any]:
    """A mechanism for programs, with what the code itself says of its rules: parameters and switches."""
    known = rulebook.rules()
    built = [name for name in one.rules if name in known]
    return {
        "id": one.name,
        "phrase": both(one.phrase),
        "sentences": [name for name, sentence in sentences().items() if one.name in sentence.mechanisms],
        "rules": list(one.rules),
        "parameters": list(dict.fromkeys(read for name in built for read in told.parameters_of(name))),
        "verbs": list(one.verbs),
        "measures": list(one.measures),
        "switches": [f"{told.SWITCH}{name}=off" for name in built if not known[name].frame],
        "test": one.test,
        "no_effect": both(one.none) if one.none.en else None,
    }


def outcome(name: str, lang: str) -> Explanation:
    """An outcome: its formula, and the measures or commands that give it."""
    one = outcomes()[name]
    lines = [(FORMULA, one.formula), (word("measures"), ", ".join(one.measures)), (WHERE, one.where.get(lang))]
    data = {
        "label": both(one.label),
        "formula": one.formula,
        "measures": list(one.measures),
        "where": both(one.where),
    }
    return page("outcome", name, one.label, "", lines, data, lang)


def hypothesis(name: str, lang: str) -> Explanation:
    """A hypothesis: the differences it claims, what can refute it, and how to put it to the test."""
    one = hypotheses()[name]
    arrows = [_arrow(test, lang) for test in one.tests]
    lines = [
        (CLAIMS, Text("；", "; ").get(lang).join(arrows)),
        (FAILS, one.fails.get(lang)),
        (RUN, f"village hypothesis {name}"),
    ]
    data = {
        "claim": both(one.claim),
        "fails": both(one.fails),
        "tests": [test._asdict() for test in one.tests],
    }
    return page("hypothesis", name, one.claim, "", lines, data, lang)


def coverage(lang: str) -> Explanation:
    """The text sentence by sentence with the mechanisms behind each: rules, actions, and the test of the effect."""
    lines, part = [], ""
    for name, one in sentences().items():
        if one.part != part:
            part = one.part
            lines += ["", PARTS[part].get(lang).upper()]
        lines.append(f"{name}  {one.said.get(lang)}")
        lines += [f"      {_line(mechanisms()[key], lang)}" for key in one.mechanisms]
    data = {"mechanisms": [as_data(one) for one in mechanisms().values()], "sentences": _sentences()}
    return Explanation("coverage", "", "\n".join(lines).strip(), data)


def _line(one: Mechanism, lang: str) -> str:
    """A mechanism in one line: phrase, rules, actions, test, and why there is no effect where there is none."""
    return f"{one.name} {_facts(one, lang)}"


def _facts(one: Mechanism, lang: str) -> str:
    facts = [", ".join(one.rules), ", ".join(one.verbs), one.test, one.none.get(lang)]
    return f"{one.phrase.get(lang)}  [{' | '.join(fact for fact in facts if fact)}]"


def _sentences() -> list[dict[str, Any]]:
    return [
        {"id": one.name, "part": one.part, "said": both(one.said), "mechanisms": list(one.mechanisms)}
        for one in sentences().values()
    ]


def _arrow(test: Comparison, lang: str) -> str:
    """A claimed sign in words: which scenario against which, the measure, the month, and the way it goes."""
    from sim.scenario import load_scenario

    base, arm = (load_scenario(name).name for name in (test.base, test.arm))
    what, rival = labels.measure(test.measure).label, labels.measure(test.rival or test.measure).label
    said = _BETWEEN if test.base == test.arm else _AGAINST
    against = _THAN.fill(rival=rival) if test.rival else Text("", "")
    way = Text("更高", "higher") if test.rises else Text("更低", "lower")
    return said.fill(arm=arm, base=base, what=what, against=against, way=way, month=test.month).get(lang)


_BETWEEN: Final = Text("“{arm}”第 {month} 个月：{what}{against}{way}", "{arm}, month {month}: {what}{against} {way}")
_AGAINST: Final = Text(
    "“{arm}”比“{base}”，第 {month} 个月：{what}{against}{way}",
    "{arm} against {base}, month {month}: {what}{against} {way}",
)
_THAN: Final = Text("比{rival}", " than {rival},")
