"""Who is who in a home: the relation to the head as it was written, or as age and sex suggest. 亲属关系

The rule where nothing is written: the head is the eldest of 25 to 64, else the eldest; the spouse is the adult of the
other sex nearest in age, within 15 years; who is at least 15 years younger than the head is a child, at least 15 years
older a parent, everybody else another relative.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sim.words import Text

RELATIONS: Final[dict[str, tuple[str, ...]]] = {
    "head": ("head", "户主", "本人"),
    "spouse": ("spouse", "wife", "husband", "配偶", "妻子", "丈夫"),
    "child": ("child", "son", "daughter", "子女", "儿子", "女儿"),
    "child_in_law": ("child_in_law", "son_in_law", "daughter_in_law", "儿媳", "女婿", "儿媳女婿"),
    "grandchild": ("grandchild", "孙辈", "孙子", "孙女", "外孙"),
    "parent": ("parent", "mother", "father", "父母", "父亲", "母亲"),
    "sibling": ("sibling", "brother", "sister", "兄弟姐妹"),
    "other": ("other", "其他"),
}
HEAD, SPOUSE, CHILD, IN_LAW, GRANDCHILD, PARENT, SIBLING, OTHER = range(len(RELATIONS))

WORKING: Final = (25.0, 65.0)
ADULT: Final = 18.0
COUPLE: Final = 15.0
GENERATION: Final = 15.0

Member = tuple[int, int | None, float, int]
"""Row of the file, relation or None, age in years, 1 for a man."""


class Relations(NamedTuple):
    """The relation of each member, and what contradicts itself: row and message."""

    codes: list[int]
    wrong: list[tuple[int, Text]]


def relations(members: Sequence[Member]) -> Relations:
    """Everybody's relation to the head; what is written is kept, the rest follows the rule."""
    codes: list[int | None] = [relation for _, relation, _, _ in members]
    if HEAD not in codes:
        codes[_head(members, codes)] = HEAD
    head = codes.index(HEAD)
    age, is_man = members[head][2:]
    if SPOUSE not in codes:
        partner = _partner(members, codes, age, is_man)
        if partner is not None:
            codes[partner] = SPOUSE
    found = [_guessed(one[2], age) if code is None else code for one, code in zip(members, codes, strict=True)]
    return Relations(found, _contradictions(members, found, head))


def _head(members: Sequence[Member], codes: Sequence[int | None]) -> int:
    """The eldest of working age of those whose relation is not written, else the eldest of all."""
    free = [k for k, code in enumerate(codes) if code is None] or list(range(len(members)))
    low, high = WORKING
    return max(free, key=lambda k: (low <= members[k][2] < high, members[k][2]))


def _partner(members: Sequence[Member], codes: Sequence[int | None], age: float, is_man: int) -> int | None:
    free = [
        k
        for k, (_, _, own, sex) in enumerate(members)
        if codes[k] is None and sex != is_man and own >= ADULT and abs(own - age) < COUPLE
    ]
    return min(free, key=lambda k: abs(members[k][2] - age), default=None)


def _guessed(own: float, head: float) -> int:
    if own <= head - GENERATION:
        return CHILD
    return PARENT if own >= head + GENERATION else OTHER


def _contradictions(members: Sequence[Member], codes: Sequence[int], head: int) -> list[tuple[int, Text]]:
    wrong = []
    age, is_man = members[head][2:]
    for k, ((line, _, own, sex), code) in enumerate(zip(members, codes, strict=True)):
        if code == HEAD and k != head:
            wrong.append((line, _TWO.fill(what=_HEAD, line=members[head][0])))
        elif code == SPOUSE and codes.index(SPOUSE) != k:
            wrong.append((line, _TWO.fill(what=_SPOUSE, line=members[codes.index(SPOUSE)][0])))
        elif code == SPOUSE and sex == is_man:
            wrong.append((line, _SAME_SEX))
        elif (code == CHILD and own >= age) or (code == PARENT and own <= age):
            wrong.append((line, _AGES.fill(own=f"{own:g}", head=f"{age:g}")))
    return wrong


_HEAD: Final = Text("户主", "head")
_SPOUSE: Final = Text("配偶", "spouse")
_TWO: Final = Text("一户只有一个{what}（另一个在第 {line} 行）", "a home has one {what} (another is in row {line})")
_SAME_SEX: Final = Text(
    "户主与配偶的性别相同；模型里的生育需要一男一女，请写作 other。",
    "head and spouse have the same sex; births in the model need a man and a woman: write 'other'.",
)
_AGES: Final = Text(
    "子女应比户主小、父母应比户主大（{own} 岁与户主 {head} 岁）",
    "a child must be younger and a parent older than the head ({own} years, head {head})",
)
