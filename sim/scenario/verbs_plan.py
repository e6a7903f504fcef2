"""Verbs of the plan: drawn up, evaluated. 行动：计划与评估"""

from typing import Final

from sim.scenario.verb import PLANNED, Argument, Verb
from sim.words import Text

SOURCES: Final = ("mixed", "local", "introduce")

PLAN: Final = (
    Verb(
        "plan",
        Text("制定计划", "plan"),
        Text(
            "给各业打分，做八项检验，由大家（或领导、机构）表决，选出要做的产业。",
            "Score the trades, put them to eight tests and to the vote of all (or of leaders, or of none), and choose.",
        ),
        (
            Argument("source", None, "choice", Text("候选来源", "where trades come from"), "mixed", choices=SOURCES),
            Argument("n_trades", None, "whole", Text("选几个业", "trades to choose"), 2, 1, len(PLANNED)),
            Argument("horizon", "months", "number", Text("计划的眼光", "horizon"), None, 12.0, 120.0),
            Argument("strict", None, "choice", Text("八项都要过", "all tests must pass"), "no", choices=("no", "yes")),
            Argument(
                "goal_homes", "share", "number", Text("目标：参与户比例", "goal: homes that take part"), 0.15, 0.0, 1.0
            ),
            Argument(
                "goal_income",
                "yuan / household / year",
                "number",
                Text("目标：每户净收入", "goal: net money of a home"),
                1000.0,
                0.0,
                1e6,
            ),
        ),
        ("R45", "R46", "R47"),
        "DONORS",
        later=("beta_short",),
        hours=40.0,
        task="plan",
    ),
    Verb(
        "evaluate",
        Text("评估", "evaluation"),
        Text(
            "量一量计划的目标做到多少；做得不好就重新计划。",
            "Measure how far the goals of the plan were reached; where they were not, plan again.",
        ),
        (),
        ("R73",),
        "DONORS",
        hours=40.0,
        task="other",
    ),
)

PLAN_VERBS: Final = frozenset(verb.name for verb in PLAN)
"""Verbs that need an agency: what they know is what it knows."""
