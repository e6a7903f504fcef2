"""A surveyed village: one row for each person, checked cell by cell; what is empty is drawn at the founding. 住户调查

The columns are the words of `docs/own-data.en.md`. Values of the home may stand in any of its rows, in all of them
only if they agree. Nothing that names anybody is kept: homes and clans become numbers in the order of the file.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sim.scenario import values
from sim.scenario.kinship import RELATIONS, relations
from sim.scenario.nodes import Scalar
from sim.scenario.problems import Problems, Spot, did_you_mean, listed, nearest, quote
from sim.words import Text

Cells = tuple[float | None, ...]

YES_NO: Final[dict[str, tuple[str, ...]]] = {
    "no": ("no", "n", "false", "0", "否", "无", "没有"),
    "yes": ("yes", "y", "true", "1", "是", "有"),
}
SEXES: Final[dict[str, tuple[str, ...]]] = {
    "woman": ("woman", "female", "f", "w", "2", "女"),
    "man": ("man", "male", "m", "1", "男"),
}
PLACES: Final[dict[str, tuple[str, ...]]] = {
    "home": ("home", "no", "village", "在家", "否", "本村"),
    "county": ("county", "县内", "省内"),
    "coast": ("coast", "省外", "沿海"),
}
UNKNOWN: Final = frozenset({"", "-", "–", "na", "n/a", "nan", "none", "null", "?", "不详", "未知", "缺"})
FEWEST_HOMES: Final = 10
MOST_HOMES: Final = 100_000
MOST_MEMBERS: Final = 40


class Column(NamedTuple):
    """One column of a survey: a number between limits in a unit, a word out of a few, or a name of the user's own.

    `drawn` is the parameter of the codebook that stands in for an empty cell.
    """

    name: str
    label: Text
    of_home: bool
    unit: str | None = None
    low: float = 0.0
    high: float = 0.0
    words: Mapping[str, tuple[str, ...]] = {}
    drawn: str = ""
    whole: bool = False
    required: bool = False
    is_name: bool = False


def _number(name: str, zh: str, en: str, unit: str | None, high: float, drawn: str, whole: bool = False) -> Column:
    return Column(name, Text(zh, en), True, unit, 0.0, high, drawn=drawn, whole=whole)


def _yes_no(name: str, zh: str, en: str, drawn: str) -> Column:
    return Column(name, Text(zh, en), True, words=YES_NO, drawn=drawn)


COLUMNS: Final[dict[str, Column]] = {
    one.name: one
    for one in (
        Column("household", Text("户编号", "household"), True, required=True, is_name=True),
        Column("age", Text("年龄", "age"), False, "years", 0.0, 110.0, required=True),
        Column("sex", Text("性别", "sex"), False, words=SEXES, required=True),
        Column("relation", Text("与户主关系", "relation to the head"), False, words=RELATIONS),
        Column(
            "schooling",
            Text("受教育年限", "schooling"),
            False,
            "years",
            0.0,
            22.0,
            drawn="village.schooling_by_cohort",
        ),
        Column("chronic", Text("残疾或慢性病", "chronically ill"), False, words=YES_NO, drawn="village.chronic_share"),
        Column("away", Text("在外地点", "away"), False, words=PLACES, drawn="village.away_by_age"),
        Column("months_away", Text("已外出月数", "months away"), False, "months", 0.0, 600.0, whole=True),
        _yes_no("poor", "建档立卡", "registered as poor", "village.poor_share"),
        _yes_no("elite", "能人户", "well-connected", "village.elite_share"),
        Column("clan", Text("宗族", "clan"), True, drawn="village.clans", is_name=True),
        _number("place", "位置", "place along the ridge", "km", 100.0, "village.ridge_length"),
        _number("land", "承包地", "contracted land", "mu", 300.0, "village.land_mean"),
        _number("forest", "林地", "forest", "mu", 3000.0, "village.forest_mean"),
        _number("cash", "存款", "cash and deposits", "yuan", 10_000_000.0, "village.cash_median"),
        _number("kin_debt", "欠亲友款", "owed to kin", "yuan", 1_000_000.0, "village.kin_debt_mean"),
        _number("pigs", "猪", "pigs", None, 200.0, "village.pigs_mean", True),
        _number("cattle", "牛", "cattle", None, 100.0, "village.cattle_mean", True),
        _number("hives", "蜂群", "hives", None, 500.0, "village.bee_home_share", True),
        _number("tea", "老茶园", "old tea", "mu", 100.0, "village.tea_home_share", True),
        _number("frames", "绣架", "embroidery frames", None, 10.0, "village.frame_home_share", True),
        _number("looms", "织机", "looms", None, 10.0, "village.loom_home_share", True),
        _yes_no("shop", "开店", "keeps a shop", "village.shop_share"),
        _number("rooms", "空房", "spare rooms", None, 50.0, "village.rooms_most", True),
    )
}
"""Every column a survey may have."""
HOME: Final = "household"
CLAN: Final = "clan"


@dataclass(frozen=True)
class Census:
    """A village as it was surveyed: numbers by column, None where nobody knows.

    `people` has a value for each person, the members of a home one after the other and the head first; `homes` one for
    each home. Words are places in the list of their column (sex: woman 0, man 1).
    """

    people: dict[str, Cells]
    homes: dict[str, Cells]

    @property
    def households(self) -> int:
        """How many homes there are."""
        return len(self.homes[CLAN])

    @property
    def clans(self) -> int | None:
        """How many clans there are; None when no home says which is its own."""
        known = [int(clan) for clan in self.homes[CLAN] if clan is not None]
        return max(known) if known else None

    @property
    def name(self) -> str:
        """The name of its file: another village has another name."""
        text = json.dumps([self.people, self.homes], sort_keys=True)
        return f"village-{hashlib.sha256(text.encode()).hexdigest()[:20]}.parquet"

    def known(self) -> dict[str, tuple[int, int]]:
        """For each column how many persons or homes have a value, and how many there are."""
        both = {**self.people, **self.homes}
        return {name: (sum(cell is not None for cell in cells), len(cells)) for name, cells in both.items()}

    def rows(self) -> list[dict[str, float | str | None]]:
        """One row a person in the words of the columns, as a file has them."""
        found = []
        for k, home in enumerate(self.people[HOME]):
            h = int(home or 1) - 1
            row: dict[str, float | str | None] = {}
            for name, column in COLUMNS.items():
                cell = self.people[name][k] if name in self.people else self.homes[name][h]
                row[name] = str(int(cell)) if column.is_name and cell is not None else _word(column, cell)
            found.append(row)
        return found

    def __str__(self) -> str:
        return self.name


class Surveyed(NamedTuple):
    """A village that was read, the head of its file, and how many relations were told by age and sex."""

    village: Census
    head: Sequence[str]
    guessed: int


def census(head: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], file: str, problems: Problems) -> Surveyed:
    """The village in a table of texts; every wrong cell is reported with its row and column.

    `rows` are numbered as the file counts them. Columns may have their English or their Chinese name; others are not
    read. Raises ScenarioError when anything is wrong.
    """
    places = _places(head, file, problems)
    problems.raise_if_any()
    table = _Table(places, file, problems)
    for line, cells in rows:
        table.take(line, cells)
    return Surveyed(table.village(), head, table.guessed)


def unread(head: Sequence[str]) -> list[tuple[str, str | None]]:
    """The columns of a file that say nothing to us, each with the column that may have been meant."""
    return [(name, nearest(name, COLUMNS, _labels())) for name in head if name.strip() and _column(name) is None]


def _labels() -> dict[str, Text]:
    return {name: column.label for name, column in COLUMNS.items()}


def _column(word: str) -> str | None:
    plain = word.strip().lower()
    return next((name for name, one in COLUMNS.items() if plain in (name, one.label.zh, one.label.en.lower())), None)


def _word(column: Column, cell: float | None) -> float | str | None:
    return list(column.words)[int(cell)] if column.words and cell is not None else cell


def _places(head: Sequence[str], file: str, problems: Problems) -> dict[str, int]:
    """Where each column stands in the file."""
    places: dict[str, int] = {}
    for k, word in enumerate(head):
        name = _column(word)
        if name in places:
            problems.add(Spot(file, 1, k + 1), _TWICE.fill(name=quote(word)))
        elif name is not None:
            places[name] = k
    for name, column in COLUMNS.items():
        if column.required and name not in places:
            others = [word for word in head if word.strip() and _column(word) is None]
            near = did_you_mean(name, others) if nearest(name, others) else Text("", "")
            problems.add(Spot(file), _MISSING.fill(name=name, label=column.label, near=near))
    return places


class _Table:
    """Collects the persons and homes of a file row by row."""

    def __init__(self, places: dict[str, int], file: str, problems: Problems) -> None:
        self.places, self.file, self.problems = places, file, problems
        self.homes: dict[str, dict[str, float | None]] = {}
        self.said: dict[tuple[str, str], int] = {}
        self.members: dict[str, list[tuple[int, dict[str, float | None]]]] = {}
        self.clans: dict[str, int] = {}
        self.guessed = 0

    def take(self, line: int, cells: Sequence[str]) -> None:
        """Read one row."""
        given = {name: cells[k].strip() if k < len(cells) else "" for name, k in self.places.items()}
        if not any(given.values()):
            return
        home = given[HOME]
        if home.lower() in UNKNOWN:
            self._wrong(line, HOME, _EMPTY.fill(name=HOME))
            home = ""
        person: dict[str, float | None] = {}
        for name, text in given.items():
            if name == HOME:
                continue
            column = COLUMNS[name]
            value = self._cell(column, line, text)
            if column.of_home:
                self._of_home(home, column, line, value)
            else:
                person[name] = value
        self.homes.setdefault(home, {})
        self.members.setdefault(home, []).append((line, person))

    def village(self) -> Census:
        """All that was read, the members of each home in order."""
        if not FEWEST_HOMES <= len(self.homes) <= MOST_HOMES:
            said = _HOMES.fill(low=FEWEST_HOMES, high=MOST_HOMES, got=len(self.homes))
            self.problems.add(Spot(self.file), said)
        self.problems.raise_if_any()
        of_person = [name for name, column in COLUMNS.items() if not column.of_home]
        people: dict[str, list[float | None]] = {name: [] for name in (HOME, *of_person)}
        for h, members in enumerate(self.members.values()):
            for person in self._in_order(members):
                people[HOME].append(float(h + 1))
                for name in of_person:
                    people[name].append(person.get(name))
        self.problems.raise_if_any()
        of_home = [name for name, column in COLUMNS.items() if column.of_home and name != HOME]
        homes = {name: tuple(home.get(name) for home in self.homes.values()) for name in of_home}
        homes[CLAN] = _renumbered(homes[CLAN])
        return Census({name: tuple(cells) for name, cells in people.items()}, homes)

    def _in_order(self, members: list[tuple[int, dict[str, float | None]]]) -> list[dict[str, float | None]]:
        if len(members) > MOST_MEMBERS:
            self._wrong(members[0][0], HOME, _MEMBERS.fill(most=MOST_MEMBERS, got=len(members)))
            return []
        found = relations([(line, *_facts(person)) for line, person in members])
        for line, message in found.wrong:
            self._wrong(line, "relation", message)
        codes = found.codes
        self.guessed += sum(person.get("relation") is None for _, person in members)
        for (_, person), code in zip(members, codes, strict=True):
            person["relation"] = float(code)
        return [members[k][1] for k in sorted(range(len(members)), key=lambda k: (codes[k], k))]

    def _cell(self, column: Column, line: int, text: str) -> float | None:
        """The value of a cell; None when it is empty or wrong."""
        if text.lower() in UNKNOWN:
            if column.required:
                self._wrong(line, column.name, _EMPTY.fill(name=column.name))
            return None
        if column.is_name:
            return float(self.clans.setdefault(text, len(self.clans) + 1))
        if column.words:
            return self._choice(column, line, text)
        spot = self._spot(line, column.name)
        node = Scalar(spot, text)
        found = values.number(node, column.name, column.unit, self.problems, column.whole)
        inside = found is not None and values.between(
            node, column.name, column.unit, column.low, column.high, found, self.problems
        )
        return found if inside else None

    def _choice(self, column: Column, line: int, text: str) -> float | None:
        # A table program writes a code as 1.0.
        plain = text.lower().removesuffix(".0")
        for code, words in enumerate(column.words.values()):
            if plain in words:
                return float(code)
        self._wrong(line, column.name, _WORD.fill(name=column.name, words=listed(column.words), got=quote(text)))
        return None

    def _of_home(self, home: str, column: Column, line: int, value: float | None) -> None:
        if value is None:
            return
        own = self.homes.setdefault(home, {})
        before = own.setdefault(column.name, value)
        first = self.said.setdefault((home, column.name), line)
        if before != value:
            self._wrong(line, column.name, _DIFFERS.fill(name=column.name, home=quote(home), line=first))

    def _spot(self, line: int, name: str) -> Spot:
        return Spot(self.file, line, self.places.get(name, 0) + 1)

    def _wrong(self, line: int, name: str, message: Text) -> None:
        self.problems.add(self._spot(line, name), message)


def _renumbered(clans: Cells) -> Cells:
    """Clans in the order of the homes, so that a village read again from its own file is the same."""
    order = {clan: float(k + 1) for k, clan in enumerate(dict.fromkeys(clan for clan in clans if clan is not None))}
    return tuple(None if clan is None else order[clan] for clan in clans)


def _facts(person: Mapping[str, float | None]) -> tuple[int | None, float, int]:
    """What kinship is told by: relation, age, sex; a wrong cell was reported and stands in as a child of none."""
    relation = person.get("relation")
    return None if relation is None else int(relation), person.get("age") or 0.0, int(person.get("sex") or 0)


_TWICE: Final = Text("'{name}' 这一列有两次。", "the column '{name}' is there twice.")
_MISSING: Final = Text("缺少列 '{name}'（{label}）{near}", "the column '{name}' ({label}) is missing{near}")
_EMPTY: Final = Text("'{name}' 不能空着。", "'{name}' must not be empty.")
_HOMES: Final = Text(
    "村庄必须有 {low} 到 {high} 户（这里有 {got} 户）", "a village must have {low} to {high} homes (got {got})"
)
_MEMBERS: Final = Text("一户最多 {most} 人（这里有 {got} 人）", "a home has at most {most} members (got {got})")
_WORD: Final = Text("'{name}' 必须是 {words} 之一（写的是 {got}）", "'{name}' must be one of {words} (got {got})")
_DIFFERS: Final = Text(
    "'{name}' 与同一户（{home}）第 {line} 行不一致；一户只有一个值。",
    "'{name}' differs from row {line} of the same home ({home}); a home has one value.",
)
