"""The charts of one run: income, poverty, who is away, side industries, prices, hours, the fund. 一次运行的图"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import numpy as np

from sim.shown import labels
from sim.shown.charts import parts
from sim.shown.charts.of_year import OF_YEAR
from sim.shown.charts.parts import Chart, Curve, Dash, Panel, Run, Series
from sim.shown.wording import joined, number, shown_unit, shown_value, went, with_unit
from sim.village.organisations import ALL_TASKS
from sim.words import Text, word

Book = Mapping[str, Curve]

SOURCES: Final = {
    "farm": "#5B8C5A",
    "side": "#E3A23C",
    "wage": "#4F7CAC",
    "remittance": "#8C6BB1",
    "transfer": "#A3ADB8",
    "asset": "#9C6644",
}
AGES: Final = {"16_24": "#D1495B", "25_34": "#E3A23C", "35_44": "#4F7CAC", "45_59": "#5B8C5A"}
ACTIVITIES: Final = {"farm": "#5B8C5A", "side": "#E3A23C", "wage": "#4F7CAC", "care": "#C97B9B"}
TRADES: Final = {
    "bees": "#E3A23C",
    "embroidery": "#D1495B",
    "embroidery_simple": "#F0A6AE",
    "weaving": "#8C6BB1",
    "mushrooms": "#9C6644",
    "poultry": "#4F7CAC",
    "pigs": "#D98CB3",
    "cattle": "#6B705C",
    "misc_farm": "#A3ADB8",
    "goats": "#3D5A80",
    "herbs": "#5B8C5A",
    "perennial_herbs": "#A7C957",
    "tea": "#2A9D8F",
    "homestay": "#6D597A",
}
TASKS: Final = {
    "visit": "#4F7CAC",
    "meet_orgs": "#3D5A80",
    "survey": "#2A9D8F",
    "plan": "#6D597A",
    "publicity": "#D1495B",
    "policy_info": "#F2B5A7",
    "finance": "#A7C957",
    "resource_link": "#8AB6D6",
    "course": "#E3A23C",
    "counsel": "#8C6BB1",
    "supervise": "#5B8C5A",
    "market": "#C77B30",
    "archive": "#9C6644",
    "other": "#A3ADB8",
}
FARM_TRADES: Final = ("pigs", "cattle", "misc_farm")
"""Trades that the measures count as farming, not as side industry."""

TOTAL: Final = "#1F2430"


def charts_of(run: Run) -> list[Chart]:
    """All charts of one run; a chart with nothing to show is left out."""
    makers: list[Callable[[Run], Chart | None]] = [
        income_by_source,
        poverty,
        away_by_age,
        side_industries,
        prices,
        hours,
        trust_and_contact,
        workers_month,
        cooperative,
        fund_circulation,
        *OF_YEAR,
    ]
    return [chart for chart in (make(run) for make in makers) if chart is not None]


def income_by_source(run: Run) -> Chart | None:
    """Income per resident head, stacked by where it comes from."""
    found = _stacked(run.notebook, {source: f"income_per_head_{source}" for source in SOURCES}, SOURCES)
    if not found:
        return None
    unit = labels.measure(f"income_per_head_{next(iter(SOURCES))}").unit
    total = np.sum([series.values for series in found], axis=0)
    axis = Text("常住人口人均收入（{unit}）", "income per resident head ({unit})").fill(unit=shown_unit(unit))
    whole = went(Text("常住人口人均收入", "income per resident head"), *parts.ends(total), unit, *parts.when(total))
    return _chart(
        run,
        "income_by_source",
        Text("收入来源", "Income by source"),
        joined(whole, _most_changed(found, unit)),
        [Panel(tuple(found), axis, stacked=True)],
    )


def poverty(run: Run) -> Chart | None:
    """Share of persons below the line, and how far below."""
    counted = {"poverty_headcount_resident": "#D1495B", "poverty_headcount_registered": "#4F7CAC"}
    deep = {"poverty_gap_resident": "#E3A23C", "poverty_severity_resident": "#9C6644"}
    heads, depth = _measured(run.notebook, counted), _measured(run.notebook, deep)
    if not heads:
        return None
    panels = [Panel(tuple(heads), _axis(Text("低于贫困线的人", "persons below the line"), "share"))]
    if depth:
        panels.append(Panel(tuple(depth), _axis(Text("缺口", "shortfall"), "share")))
    return _chart(run, "poverty", Text("贫困", "Poverty"), _goes(run.notebook, next(iter(counted))), panels)


def away_by_age(run: Run) -> Chart | None:
    """Share of registered persons who are away, by age, beside those on seasonal trips."""
    groups = {f"away_share_{ages}": colour for ages, colour in AGES.items()}
    found = _measured(run.notebook, groups, {f"away_share_{ages}": _ages(ages) for ages in AGES})
    whole = _measured(run.notebook, {"away_share": TOTAL}, {"away_share": Text("16–59 岁合计", "all aged 16–59")}, "--")
    trips = _measured(
        run.notebook, {"seasonal_share": "#7A828E"}, {"seasonal_share": Text("季节性外出", "on seasonal trips")}, ":"
    )
    if not found:
        return None
    axis = _axis(Text("占户籍人口", "share of registered persons"), "share")
    sentence = _goes(run.notebook, "away_share" if whole else next(iter(groups)))
    return _chart(
        run,
        "away_by_age",
        Text("按年龄看谁在外", "Who is away, by age"),
        sentence,
        [Panel((*found, *whole, *trips), axis)],
    )


def side_industries(run: Run) -> Chart | None:
    """Homes in each side industry, and what each brings to the village."""
    book = run.notebook
    trades = [trade for trade in _used_trades(book) if trade not in FARM_TRADES]
    if not trades:
        return None
    names = labels.trades()
    homes = [
        Series(names[t], np.asarray(book[f"households_{t}"]), TRADES[t]) for t in trades if f"households_{t}" in book
    ]
    income = [
        Series(names[t], parts.yearly_mean(book[f"income_{t}"]), TRADES[t]) for t in trades if f"income_{t}" in book
    ]
    panels = []
    if homes:
        panels.append(
            Panel(
                tuple(homes), Text("从事的农户（户）", "homes in the trade"), Text("从事的农户", "Homes in each trade")
            )
        )
    if income:
        axis = Text("全村收入（{unit}）", "village income ({unit})").fill(
            unit=shown_unit(labels.measure(f"income_{trades[0]}").unit)
        )
        panels.append(
            Panel(
                tuple(income),
                axis,
                _smooth(Text("各业收入", "Income of each trade"), len(income[0].values)),
                stacked=True,
            )
        )
    return _chart(
        run,
        "side_industries",
        Text("副业", "Side industries"),
        joined(_trade_sentence(homes), _total_sentence(income, trades)),
        panels,
    )


def prices(run: Run) -> Chart | None:
    """Local and outer price of every trade that was practised, each in its own panel."""
    book = run.notebook
    names = labels.trades()
    panels, moves = [], []
    for trade in _used_trades(book):
        found = _price_series(book, trade)
        unit = labels.measure(f"price_local_{trade}").unit
        if not found or unit == "yuan / yuan":  # goods counted by their worth cost one
            continue
        heading = Text("{trade}（{unit}）", "{trade} ({unit})").fill(trade=names[trade], unit=shown_unit(unit))
        panels.append(Panel(tuple(found), Text("", ""), heading))
        moves.append((_relative_change(found[0].values), trade, found[0].values, unit))
    if not panels:
        return None
    _, trade, values, unit = max(moves, key=lambda move: move[0])
    what = Text("{trade}的本地价", "the local price of {trade}").fill(trade=names[trade])
    sentence = went(what, *parts.ends(values), unit, *parts.when(values))
    return _chart(run, "prices", Text("价格", "Prices"), sentence, panels, columns=3, shared=True)


def hours(run: Run) -> Chart | None:
    """Hours of a resident adult by activity."""
    found = _stacked(run.notebook, {one: f"hours_per_adult_{one}" for one in ACTIVITIES}, ACTIVITIES, smooth=True)
    if not found:
        return None
    unit = labels.measure("hours_per_adult_farm").unit
    total = np.sum([series.values for series in found], axis=0)
    axis = Text("每名常住成年人工时（{unit}）", "per resident adult ({unit})").fill(unit=shown_unit(unit))
    whole = went(
        Text("每名常住成年人的工时", "hours of a resident adult"), *parts.ends(total), unit, *parts.when(total)
    )
    heading = _smooth(Text("每月工时", "Hours a month"), len(total))
    return _chart(
        run,
        "hours",
        Text("工时", "Hours of work and care"),
        joined(whole, _most_changed(found, unit)),
        [Panel(tuple(found), axis, heading, stacked=True)],
    )


def trust_and_contact(run: Run) -> Chart | None:
    """Trust in the agency and who knows its workers, and supporters; drawn where there is an agency."""
    shares = _measured(run.notebook, {"trust_mean": "#4F7CAC", "contact_share": "#E3A23C"})
    people = _measured(run.notebook, {"supporters": "#5B8C5A"})
    if not shares or not parts.has_agency(run):
        return None
    panels = [Panel(tuple(shares), _axis(Text("信任；认识社工的户", "trust; homes that know the worker"), "share"))]
    if people and parts.used(run.notebook["supporters"]):
        panels.append(Panel(tuple(people), _axis(Text("支持者", "supporters"), "persons")))
    sentence = _goes(run.notebook, "trust_mean")
    return _chart(run, "trust", Text("对社工的信任与接触", "Trust in the worker and contact"), sentence, panels)


def workers_month(run: Run) -> Chart | None:
    """Hours of the agency by task; drawn where there is an agency."""
    if not parts.has_agency(run):
        return None
    names = {task: f"agency_hours_{task}" for task in TASKS}
    found = _stacked(run.notebook, names, TASKS, said=ALL_TASKS)
    if not found:
        return None
    unit = labels.measure("agency_hours_visit").unit
    total = np.sum([series.values for series in found], axis=0)
    panels = [Panel(tuple(found), _axis(Text("全机构工时", "hours of the agency"), unit), stacked=True)]
    if parts.used(run.notebook.get("actions_put_off")):
        late = Series(Text("推迟的行动", "actions put off"), np.asarray(run.notebook["actions_put_off"]), "#D1495B")
        panels.append(Panel((late,), Text("推迟的行动（个）", "actions put off")))
    whole = went(Text("机构每月的工时", "hours of the agency"), *parts.ends(total), unit, *parts.when(total))
    what = Text("社工的时间", "The social worker's time")
    return _chart(run, "workers_month", what, joined(whole, _most_changed(found, unit)), panels)


def cooperative(run: Run) -> Chart | None:
    """Members, what they deliver and how they work, and what the cooperative leaves; only where there is one."""
    book = run.notebook
    if not parts.used(book.get("coop_members")):
        return None
    members = _measured(book, {"coop_members": TOTAL})
    conduct = _measured(
        book, {"coop_delivery_share": "#4F7CAC", "side_selling_share": "#D1495B", "effort_share": "#5B8C5A"}
    )
    money = _measured(book, {"coop_surplus": "#E3A23C", "coop_patronage": "#8C6BB1", "coop_cash": "#7A828E"})
    panels = [
        Panel(tuple(members), Text("户", "homes"), Text("社员", "Members")),
        Panel(tuple(conduct), _axis(Text("占比", "share"), "share"), Text("交货与用心", "Deliveries and care")),
        Panel(tuple(money), Text("元", "yuan"), Text("盈余与现金", "Surplus and cash")),
    ]
    how = "effort_share" if parts.used(book.get("effort_share")) else "coop_delivery_share"
    sentence = joined(_goes(book, "coop_members"), _goes(book, how))
    return _chart(run, "cooperative", Text("合作社", "The cooperative"), sentence, panels)


def fund_circulation(run: Run) -> Chart | None:
    """What the fund has lent and what lies idle, how often its money turns, whom it has reached."""
    book = run.notebook
    if not parts.used(book.get("fund_capital")):
        return None
    lent = np.asarray(book["fund_lent"], float)
    idle = np.asarray(book["fund_capital"], float) - lent
    money = (
        Series(Text("借出", "lent"), lent / 1000.0, "#E3A23C"),
        Series(Text("闲置", "idle"), np.maximum(idle, 0.0) / 1000.0, "#A3ADB8"),
    )
    turns = _measured(book, {"fund_turnover": "#4F7CAC"}, {"fund_turnover": Text("周转率", "turnover")})
    reached = _measured(
        book,
        {"fund_coverage": "#5B8C5A", "fund_coverage_poor": "#D1495B", "arrears_share": "#9C6644"},
        {
            "fund_coverage": Text("借过款的户", "homes that have borrowed"),
            "fund_coverage_poor": Text("借过款的贫困户", "poor homes that have borrowed"),
            "arrears_share": Text("逾期占未还本金", "in arrears, of principal owed"),
        },
    )
    panels = [
        Panel(money, Text("资金（千元）", "money (1,000 yuan)"), Text("借出与闲置", "Lent and idle"), stacked=True),
        Panel(tuple(turns), _axis(Text("周转", "turnover"), "1 / year"), Text("周转率", "Turnover")),
        Panel(tuple(reached), _axis(Text("份额", "share"), "share"), Text("惠及与逾期", "Reach and arrears")),
    ]
    began = int(np.flatnonzero(np.asarray(book["fund_capital"]) > 0.0)[0])
    months = parts.length(book)
    sentence = Text(
        "第 {began} 到 {month} 个月，资金平均每年周转 {turns} 次；到期末，借过款的户占 {reach}%（贫困户 {poor}%）。",
        "From month {began} to {month} the money turned {turns} times a year on average; at the end {reach} % of homes "
        "had borrowed ({poor} % of poor homes).",
    ).fill(
        month=months,
        turns=number(float(np.mean(book["fund_turnover"][began:]))),
        reach=number(100.0 * float(book["fund_coverage"][-1])),
        poor=number(100.0 * float(book["fund_coverage_poor"][-1])),
        began=began + 1,
    )
    return _chart(run, "fund_circulation", Text("互助资金的流通", "Circulation of the fund"), sentence, panels)


def _chart(
    run: Run, name: str, what: Text, sentence: Text, panels: Iterable[Panel], columns: int = 1, shared: bool = False
) -> Chart:
    scenario: Any = run.scenario
    months = parts.length(run.notebook)
    title = parts.quotable(what, scenario.name, parts.period(scenario.starts, months))
    marks = parts.begins(scenario, months)
    return Chart(name, title, sentence, tuple(panels), parts.time_axis(scenario.starts), columns, shared, marks)


def _measured(
    book: Book, colours: Mapping[str, str], names: Mapping[str, Text] | None = None, dash: Dash = "-"
) -> list[Series]:
    """Series of those measures that the notebook has, shares in percent."""
    found = []
    for name, colour in colours.items():
        if name in book:
            one = labels.measure(name)
            values = np.asarray(book[name], float) * shown_value(1.0, one.unit)
            found.append(Series((names or {}).get(name, one.label), values, colour, dash))
    return found


def _stacked(
    book: Book,
    columns: Mapping[str, str],
    colours: Mapping[str, str],
    smooth: bool = False,
    said: Mapping[str, Text] | None = None,
) -> list[Series]:
    """Areas of those parts that were ever other than zero; their words are in the shared vocabulary, or as `said`."""
    return [
        Series(
            word(part) if said is None else said[part],
            parts.yearly_mean(book[column]) if smooth else np.asarray(book[column], float),
            colours[part],
        )
        for part, column in columns.items()
        if column in book and np.any(book[column])
    ]


def _used_trades(book: Book) -> list[str]:
    return [
        trade
        for trade in labels.trades()
        if trade in TRADES and (parts.used(book.get(f"units_{trade}")) or parts.used(book.get(f"households_{trade}")))
    ]


def _price_series(book: Book, trade: str) -> list[Series]:
    both = [("local", "#4F7CAC"), ("outer", "#E3A23C")]
    return [
        Series(word(where), np.asarray(book[f"price_{where}_{trade}"], float), colour)
        for where, colour in both
        if parts.used(book.get(f"price_{where}_{trade}"))
    ]


def _relative_change(values: Curve) -> float:
    first, last = parts.ends(values)
    return abs(last / first - 1.0) if first else 0.0


def _most_changed(series: list[Series], unit: str) -> Text:
    """The part that moved most between first and last value."""
    if len(series) < 2:
        return Text("", "")
    one = max(series, key=lambda part: abs(np.subtract(*parts.ends(part.values))))
    first, last = parts.ends(one.values)
    return Text("其中变化最大的是{part}：从 {a}变为 {b}。", "The part that moved most: {part}, from {a} to {b}.").fill(
        part=one.label, a=with_unit(number(first), unit), b=with_unit(number(last), unit)
    )


def _goes(book: Book, name: str) -> Text:
    if name not in book:
        return Text("", "")
    one, values = labels.measure(name), np.asarray(book[name], float)
    return went(one.label, *parts.ends(values), one.unit, *parts.when(values))


def _trade_sentence(homes: list[Series]) -> Text:
    if not homes:
        return Text("", "")
    one = max(homes, key=lambda series: abs(np.subtract(*parts.ends(series.values))))
    what = Text("从事{trade}的农户", "homes in {trade}").fill(trade=one.label)
    return went(what, *parts.ends(one.values), "households", *parts.when(one.values))


def _total_sentence(income: list[Series], trades: list[str]) -> Text:
    if not income:
        return Text("", "")
    total = np.sum([series.values for series in income], axis=0)
    unit = labels.measure(f"income_{trades[0]}").unit
    return went(Text("副业总收入", "village income from side industries"), *parts.ends(total), unit, *parts.when(total))


def _ages(ages: str) -> Text:
    low, high = ages.split("_")
    return Text(f"{low}–{high} 岁", f"aged {low}–{high}")


def _axis(what: Text, unit: str) -> Text:
    return Text("{what}（{unit}）", "{what} ({unit})").fill(what=what, unit=shown_unit(unit))


def _smooth(heading: Text, months: int) -> Text:
    if months < parts.SMOOTH_FROM:
        return heading
    return Text(f"{heading.zh}（前 12 个月平均）", f"{heading.en} (mean of the last 12 months)")
