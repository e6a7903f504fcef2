"""What must have come before: a rule of the fund needs the fund, work of the agency needs it to be still there. 先后"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sim.scenario.model import Action
from sim.scenario.nodes import Mapping, Node, Scalar, is_empty
from sim.scenario.problems import Problems, Spot, listed, nearest
from sim.scenario.verbs import VERBS
from sim.scenario.verbs_agency import AGENCY_VERBS
from sim.words import Text

FOUNDED: Final[dict[str, Text]] = {
    "open_fund": Text("互助资金", "a fund"),
    "form_coop": Text("合作社", "a cooperative"),
    "bank_loans": Text("银行信贷", "bank loans"),
    "allocate_grant": Text("无偿分配", "a grant"),
    "contract_firm": Text("订单企业", "a firm with contracts"),
    "workshop": Text("车间", "a workshop"),
    "asset_shares": Text("资产入股", "asset shares"),
    "mixed_mode": Text("混合模式", "a mixture of modes"),
    "local_agency": Text("本土机构", "a local agency"),
}
"""What the verbs bring that others need, as a message names it."""
ROW_BY_ROW: Final = frozenset({"fund_rule", "coop_rule", "quality_rule"})
"""Verbs that are taken up in one go with what they need, in the order of the rows."""
ONCE: Final = ("deposit", "group_size")
"""Arguments of open_fund that hold from its founding on."""


class Row(NamedTuple):
    """A row of the file: the verb that was meant, the row itself, and the action unless the row has a mistake."""

    number: int
    verb: str
    node: Mapping
    action: Action | None


class Gone(NamedTuple):
    """The month from which the agency is gone, and where the file says so."""

    month: int
    spot: Spot


def check_sequence(
    found: Sequence[tuple[Node, Action | None]], leaves: Gone | None, can_leave: bool, problems: Problems
) -> None:
    """Report rows that could do nothing because what they need is not there yet, or no longer.

    `leaves` is when the agency leaves by itself, `can_leave` whether it leaves at all (R59); a row with a mistake of
    its own counts as well placed.
    """
    rows = list(_rows(found))
    founders = {names: [row for row in rows if row.verb in names] for names in {v.needs for v in VERBS.values()}}
    first = {names: _earliest(those) for names, those in founders.items()}
    for row in rows:
        needs = VERBS[row.verb].needs
        if needs:
            _has_what_it_needs(row, bool(founders[needs]), first[needs], problems)
        _changes_something(row, problems)
        if row.verb == "open_fund":
            _opens_once(row, first[("open_fund",)], problems)
    if can_leave:
        _agency_is_still_here(rows, leaves, problems)


def _rows(found: Sequence[tuple[Node, Action | None]]) -> Iterator[Row]:
    """Rows with a verb; one with a typed verb counts as what was most likely meant."""
    for number, (node, action) in enumerate(found):
        word = node.items.get("do") if isinstance(node, Mapping) else None
        if isinstance(node, Mapping) and isinstance(word, Scalar):
            meant = word.text if word.text in VERBS else nearest(word.text, VERBS)
            if meant is not None:
                yield Row(number, meant, node, action)


def _has_what_it_needs(row: Row, is_there: bool, first: Row | None, problems: Problems) -> None:
    needs, word = VERBS[row.verb].needs, row.node.items["do"]
    if isinstance(word, Scalar) and word.text != row.verb:
        return
    if not is_there:
        problems.add(
            word.spot,
            Text(
                f"'{row.verb}' 在这个情景里不起作用：没有{'、'.join(FOUNDED[v].zh for v in needs)}；"
                f"请在它之前写一行 {' 或 '.join(needs)}。",
                f"'{row.verb}' does nothing here without {' or '.join(FOUNDED[v].en for v in needs)}; "
                f"put a row with {' or '.join(needs)} before it.",
            ),
        )
        return
    if row.action is None or first is None or first.action is None:
        return
    late = (first.action.first, first.number if row.verb in ROW_BY_ROW else -1)
    if (row.action.first, row.number) < late:
        _too_early(row, row.action.first, first, first.action.first, problems)


def _earliest(rows: list[Row]) -> Row | None:
    """The row that acts first; None when one of them has a mistake, so that nobody knows."""
    if any(row.action is None for row in rows):
        return None
    return min(rows, key=lambda row: (row.action.first if row.action else 0, row.number), default=None)


def _too_early(row: Row, month: int, founder: Row, founded: int, problems: Problems) -> None:
    what, at = FOUNDED[founder.verb], _place(founder.node.spot, row.node.spot)
    if month == founded:
        said = Text(
            f"'{row.verb}' 与 {founder.verb} 在同一个月（第 {month} 个月），请写在那一行{at.zh}之后。",
            f"'{row.verb}' is in the same month {month} as {founder.verb}; write it below that row{at.en}.",
        )
    else:
        said = Text(
            f"'{row.verb}' 从第 {month} 个月开始，但第 {founded} 个月才有{what.zh}{at.zh}。",
            f"'{row.verb}' begins in month {month}, but there is {what.en} only from month {founded} on{at.en}.",
        )
    problems.add(_time_spot(row.node), said)


def _changes_something(row: Row, problems: Problems) -> None:
    """A row that changes rules names at least one."""
    verb = VERBS[row.verb]
    names = [argument.name for argument in verb.arguments]
    if verb.names_one and row.action is not None and all(is_empty(row.node.items.get(name)) for name in names):
        problems.add(
            row.node.spot,
            Text(
                f"'{row.verb}' 没有写要改哪条规则；可用：{listed(names)}。",
                f"'{row.verb}' names no rule to change; allowed: {listed(names)}.",
            ),
        )


def _opens_once(row: Row, first: Row | None, problems: Problems) -> None:
    """A second open_fund brings more capital; what holds from the founding on cannot be said again."""
    if first is None or first.action is None or first.number == row.number:
        return
    at = _place(first.node.spot, row.node.spot)
    for name in (name for name in ONCE if name in row.node.items):
        problems.add(
            row.node.key_spot(name),
            Text(
                f"互助资金第 {first.action.first} 个月已经成立{at.zh}；第二个 open_fund 只增加本金、改变规则，"
                f"'{name}' 不能再改，请去掉。",
                f"the fund is open from month {first.action.first}{at.en}; a second open_fund adds capital and changes "
                f"rules, but '{name}' stays as it was founded: leave it out.",
            ),
        )


def _agency_is_still_here(rows: list[Row], leaves: Gone | None, problems: Problems) -> None:
    """Nothing that only the agency does begins after it is gone, unless a local one goes on."""
    if any(row.verb == "local_agency" for row in rows):
        return
    exits = [row for row in rows if row.verb == "exit" and row.action is not None]
    ends = [] if leaves is None else [leaves]
    ends += [Gone(row.action.first, row.node.spot) for row in exits if row.action is not None]
    if not ends:
        return
    gone = min(ends)
    for row in rows:
        month = row.action.first if row.action is not None else 0
        if month < gone.month or row.node.spot == gone.spot:
            continue
        teacher = row.node.items.get("teacher")
        staff = row.verb == "train" and isinstance(teacher, Scalar) and teacher.text == "staff"
        if row.verb in AGENCY_VERBS or staff:
            what = "teacher: staff" if staff else row.verb
            at = _place(gone.spot, row.node.spot)
            problems.add(
                _time_spot(row.node),
                Text(
                    f"'{what}' 从第 {month} 个月开始，但机构从第 {gone.month} 个月起已不在村里{at.zh}。",
                    f"'{what}' begins in month {month}, but the agency is gone from month {gone.month} on{at.en}.",
                ),
            )


def _time_spot(row: Mapping) -> Spot:
    """Where a row says when it begins."""
    node = row.items.get("month") or row.items.get("from")
    return node.spot if node is not None else row.spot


def _place(spot: Spot, seen_from: Spot) -> Text:
    """'(line 4)', with the file when it is another one."""
    if spot.file == seen_from.file:
        return Text(f"（第 {spot.line} 行）", f" (line {spot.line})")
    return Text(f"（{spot.file}:{spot.line}）", f" ({spot.file}:{spot.line})")
