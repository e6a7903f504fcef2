"""The flow of money between sectors, month by month: who pays and who is paid. 资金流向"""

from typing import Any, Final

import numpy as np

from sim.shown.charts.parts import YEAR
from sim.shown.report.gather import Gathered
from sim.shown.report.parts import Cell, Choice, Figure, Slider, Table, pair, quoted
from sim.shown.wording import number, signed
from sim.words import Text, word

COLOURS: Final = {
    "market": "#6B7280", "government": "#0044BB", "donors": "#D55E00", "bank": "#881100", "outside_kin": "#A3A3A3",
    "village_trade": "#B4D8BD", "households": "#5A9E6B", "migrants": "#5588FF", "fund": "#0072B2",
    "cooperative": "#008080", "grant_pool": "#F2A878", "ngo": "#D09A90", "firm": "#333333",
}  # fmt: skip
SECTORS: Final = {
    "market": Text("市场（村外）", "market outside"),
    "government": Text("政府", "government"),
    "donors": Text("项目出资方", "donors of the programme"),
    "bank": Text("银行", "bank"),
    "outside_kin": Text("村外亲友", "kin outside"),
    "village_trade": Text("村内往来", "between homes"),
    "households": Text("农户", "homes"),
    "migrants": Text("外出者", "migrants"),
    "fund": Text("互助资金", "mutual-aid fund"),
    "cooperative": Text("合作社", "cooperative"),
    "grant_pool": Text("捐赠款", "pool of gifts"),
    "ngo": Text("社会组织", "lending organisation"),
    "firm": Text("企业", "firm"),
}
"""Sectors of the ledger in words."""
MOST_MONTHLY: Final = 4
"""With more scenarios than these the page carries years instead of months, so that it stays small."""
TOP: Final = 12
"""Rows of the table for each scenario."""


def money(found: Gathered) -> list[Figure]:
    """Who pays whom in yuan, mean of the villages, for a month or the year that ends with it."""
    pairs, books = _books(found)
    if not pairs:
        return []
    places = sorted({one for both in pairs for one in both}, key=list(SECTORS).index)
    stretch = 1 if len(books) <= MOST_MONTHLY else YEAR
    data: dict[str, Any] = {
        "stretch": stretch,
        "sectors": [pair(SECTORS[name]) for name in places],
        "colours": [COLOURS[name] for name in places],
        "links": [[places.index(payer), places.index(payee)] for payer, payee in pairs],
        "books": [np.rint(_summed(book, stretch)).astype(int).T.tolist() for book in books],
        "unit": pair(Text("元", "yuan")),
    }
    title = quoted(Text("钱从哪里来、到哪里去", "where money comes from and where it goes"),
                   [one.name for one in found.scenarios], found.span, found.luck)  # fmt: skip
    steps = _months(found)[stretch - 1 :: stretch] or _months(found)[-1:]
    sliders = (Slider("month", Text("到第几个月为止", "up to month"), steps, len(steps) - 1),)
    year, month = Text("12 个月合计", "sum of 12 months"), Text("单月", "one month")
    spans = Choice("span", Text("时间", "time"), (year, month) if stretch == 1 else (year,))
    worlds = Choice("world", word("scenario"), tuple(one.name for one in found.scenarios))
    choices = (worlds, spans) if len(found.scenarios) > 1 else (spans,)
    table = _table(found, pairs, books)
    return [Figure("money", "sankey", title, _sentence(found, pairs, books), data, table, _NOTE, sliders, choices)]


def _books(found: Gathered) -> tuple[list[tuple[str, str]], list[Any]]:
    """Pairs of sectors between which money ever flowed, and for each scenario months × pairs, yuan."""
    from sim.village.ledger import FLOWS

    means = [
        np.mean([one.flows[: found.months] for one in found.of(scenario.stem)], axis=0) / 100.0
        for scenario in found.scenarios
    ]
    every = list(dict.fromkeys((flow.payer, flow.payee) for flow in FLOWS))
    to_pair = np.zeros((len(FLOWS), len(every)))
    for flow in FLOWS:
        to_pair[flow.code, every.index((flow.payer, flow.payee))] = 1.0
    sums = [mean @ to_pair for mean in means]
    used = [k for k in range(len(every)) if any(book[:, k].any() for book in sums)]
    return [every[k] for k in used], [book[:, used] for book in sums]


def _summed(book: Any, stretch: int) -> Any:
    """Sums of whole stretches of months; what is left at the end has no sum of its own."""
    whole = len(book) // stretch * stretch
    return book[:whole].reshape(-1, stretch, book.shape[1]).sum(axis=1) if whole else book.sum(axis=0, keepdims=True)


def _months(found: Gathered) -> tuple[Text, ...]:
    year, month = map(int, found.base.starts.split("-"))
    names = []
    for k in range(found.months):
        at = year * YEAR + month - 1 + k
        stamp = f"{at // YEAR}-{at % YEAR + 1:02d}"
        names.append(Text(f"{stamp}（第 {k + 1} 月）", f"{stamp} (month {k + 1})"))
    return tuple(names)


def _table(found: Gathered, pairs: list[tuple[str, str]], books: list[Any]) -> Table:
    """The largest flows of the last year of every scenario, and what differs from the base."""
    last = [book[-YEAR:].sum(axis=0) for book in books]
    order = np.argsort(-np.max(last, axis=0), kind="stable")[: TOP + len(found.scenarios)]
    head = [Text("付款方", "who pays"), Text("收款方", "who is paid"), *(one.name for one in found.scenarios)]
    head += [Text(f"{arm.name.zh}：差异", f"{arm.name.en}: difference") for arm in found.arms]
    rows: list[tuple[Cell, ...]] = []
    for k in order:
        payer, payee = (SECTORS[name] for name in pairs[k])
        gaps = [signed(float(one[k] - last[0][k]), 0) for one in last[1:]]
        rows.append((payer, payee, *(number(float(one[k]), 0) for one in last), *gaps))
    return Table(tuple(head), tuple(rows))


def _sentence(found: Gathered, pairs: list[tuple[str, str]], books: list[Any]) -> Text:
    said = []
    inside = [k for k, (payer, payee) in enumerate(pairs) if "households" in (payer, payee)]
    months = min(YEAR, found.months)
    for one, book in zip(found.scenarios[:3], books, strict=False):
        year = book[-months:].sum(axis=0)
        comes = sum(float(year[k]) for k in inside if pairs[k] == ("market", "households"))
        sent = sum(float(year[k]) for k in inside if pairs[k] == ("migrants", "households"))
        state = sum(float(year[k]) for k in inside if pairs[k][0] in ("government", "donors"))
        said.append(
            _SAID.fill(
                name=one.name, months=months, comes=number(comes, 0), sent=number(sent, 0), state=number(state, 0)
            )
        )
    return Text("".join(one.zh for one in said), " ".join(one.en for one in said))


_SAID: Final = Text(
    "“{name}”最后 {months} 个月：市场付给农户 {comes} 元，外出者寄回或带回 {sent} 元，"
    "政府与出资方付给农户 {state} 元。",
    "{name}, last {months} months: the market paid homes {comes} yuan, migrants sent or brought {sent}, government and "
    "donors paid {state}.",
)
_NOTE: Final = Text(
    "左边付款，右边收款；同一部门两边都可能出现。各村平均，表中为最后一年。",
    "Who pays stands at the left, who is paid at the right; a sector may stand on both sides. Means of the villages; "
    "the table is of the last year.",
)
