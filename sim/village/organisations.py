"""The columns of the organisations that help, a table of one row each. 机构"""

from __future__ import annotations

from sim.village.columns import Column
from sim.words import Text


def _c(name: str, kind: str, unit: str, zh: str, en: str, size: int = 0) -> Column:
    return Column(name, kind, unit, Text(zh, en), size)


AGENCY = (
    _c("is_here", "l", "0/1", "机构在村", "an agency works in the village"),
    _c("was_here", "l", "0/1", "机构来过", "an agency works here or has worked here"),
    _c("supervised", "f", "hours", "督促工时", "hours of supervision done this month"),
    _c("wanted", "l", "persons", "定员", "posts of workers"),
    _c("workers", "l", "persons", "在岗社工", "workers at work"),
    _c("arrives", "l", "months", "到来月", "code month in which it comes"),
    _c("leaves", "l", "months", "撤出月", "code month from which it is gone"),
    _c("budget", "f", "yuan", "预算", "money for the whole stay"),
    _c("donors_before", "l", "fen", "来前捐方余额", "balance of the donors when it came"),
    _c("projects", "l", "projects", "项目数", "projects at a time"),
    _c("visit_rule", "l", "code", "走访次序", "who is visited first: 0 by lot, 1 poor, 2 near the road"),
    _c("share_visit", "f", "share", "走访时间份额", "share of time for visits"),
    _c("share_supervise", "f", "share", "督促时间份额", "share of time for supervision"),
    _c("share_archive", "f", "share", "建档时间份额", "share of time for records"),
    _c("ability", "f", "share", "能力", "mean ability of the workers"),
    _c("supporter_hours", "f", "hours", "支持者工时", "hours that supporters give"),
    _c("capacity", "f", "hours", "总工时", "hours of the month"),
    _c("load", "f", "factor", "负荷", "hours asked over hours there are"),
    _c("work_share", "f", "share", "工时效率", "share of an hour that becomes work"),
    _c("productivity", "f", "factor", "产出", "work in an hour"),
    _c("hours_visit", "f", "hours", "走访工时", "hours of visits"),
    _c("hours_course", "f", "hours", "培训工时", "hours for courses"),
    _c("hours_counsel", "f", "hours", "辅导工时", "hours of counselling"),
    _c("hours_supervise", "f", "hours", "督促工时", "hours of supervision"),
    _c("hours_archive", "f", "hours", "建档工时", "hours for records"),
    _c("hours_other", "f", "hours", "其他工时", "hours for all other actions and paperwork"),
    _c("records", "f", "share", "档案", "completeness of the records"),
    _c("put_off", "l", "count", "推迟行动", "actions put off this month"),
    _c("log_used", "l", "rows", "日志行数", "rows of the log in use"),
)
"""The agency of the social workers; without one, actions happen as the scenario says."""

STAFF = (
    _c("at_work", "l", "0/1", "在岗", "holds a post"),
    _c("talent", "f", "share", "能力", "ability of the worker"),
    _c("experience", "f", "share", "本地经验", "local experience"),
    _c("fatigue", "f", "share", "疲劳", "fatigue"),
)
"""The workers of the agency, one row for each post."""
POSTS = 100
"""Rows of the staff."""

LOG = (
    _c("put_month", "h", "months", "月", "code month"),
    _c("put_action", "i", "row", "行动", "row of the action"),
    _c("put_reason", "b", "code", "原因", "why it was put off"),
)
"""What was put off, when and why."""
NO_HOURS, NO_BUDGET, GONE = 1, 2, 3
PUT_OFF = (
    Text("无", "none"),
    Text("工时不够", "no hours left"),
    Text("钱不够", "no money left"),
    Text("机构已撤出", "the agency is gone"),
)
"""Why an action was put off, by code."""
