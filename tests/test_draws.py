"""Luck: the published vectors, the distributions, and that no draw can move another."""

import ast
import math
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from village_helpers import MODEL, shims

from sim.village import draws, founding

VECTORS = [
    ((0,) * 6, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ((0xFFFFFFFF,) * 6, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    (
        (0xA4093822, 0x299F31D0, 0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
]
"""Key, counter and answer of Random123's kat_vectors for philox4x32, ten rounds."""
PURPOSES = {name: value for name, value in vars(draws).items() if name.isupper() and isinstance(value, int)}


@pytest.fixture(scope="module")
def luck(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The draws, ready to be asked from Python in either mode."""
    names = "philox uniform lottery_key descendant_id gumbel normal lognormal binomial whole".split()
    return shims(tmp_path_factory.mktemp("draws"), *(f"draws.{name}" for name in names))


def many(luck: ModuleType, purpose: int, count: int = 4000, seed: int = 7) -> np.ndarray:
    """Uniforms of one purpose for many ids."""
    return np.array([luck.uniform(seed, purpose, 3, who, 0) for who in range(1, count + 1)])


@pytest.mark.parametrize(("given_words", "answer"), VECTORS, ids=["zero", "ones", "pi"])
def test_philox_gives_the_published_answers(luck: ModuleType, given_words: tuple[int, ...], answer: str):
    """The counter-based generator is the published one, word for word."""
    words = luck.philox(*given_words)

    assert " ".join(f"{word & 0xFFFFFFFF:08x}" for word in words) == answer


def test_a_uniform_is_made_as_written(luck: ModuleType):
    """Key = seed, counter = id, month + 2^16, purpose and option; 52 bits and a half."""
    seed, purpose, month, who, option = 2**40 + 7, draws.CHOICE, -60, 2**50 + 3, 2
    w0, w1, _, _ = luck.philox(
        seed & 0xFFFFFFFF, seed >> 32, who & 0xFFFFFFFF, who >> 32, month + 65536, purpose * 65536 + option
    )

    assert luck.uniform(seed, purpose, month, who, option) == (w0 * 2**20 + (w1 >> 12) + 0.5) / 2**52


@given(seed=st.integers(0, 2**62), purpose=st.integers(200, 240), option=st.integers(0, 40), who=st.integers(1, 2**62))
def test_founding_draws_the_same_luck_as_the_months(luck: ModuleType, seed: int, purpose: int, option: int, who: int):
    """The arrays of the founding and the scalar draw of month -60 are one and the same number."""
    drawn = founding.draw(seed, purpose, np.array([who, 1]), option)

    assert drawn[0] == luck.uniform(seed, purpose, founding.START, who, option)


@given(seed=st.integers(0, 2**63 - 1), who=st.integers(0, 2**63 - 1), month=st.integers(-60, 1200))
def test_a_uniform_lies_strictly_between_zero_and_one(luck: ModuleType, seed: int, who: int, month: int):
    """Neither end is ever drawn, so logarithms are safe."""
    assert 0.0 < luck.uniform(seed, draws.JOB, month, who, 0) < 1.0


def test_uniforms_are_even(luck: ModuleType):
    """Mean one half, and each tenth holds a tenth (chi-square of nine degrees below its 99.9 % point)."""
    u = many(luck, draws.JOB)
    counts, _ = np.histogram(u, bins=10, range=(0.0, 1.0))

    assert u.mean() == pytest.approx(0.5, abs=4 / math.sqrt(12 * len(u)))
    assert ((counts - len(u) / 10) ** 2 / (len(u) / 10)).sum() < 27.9


@pytest.mark.parametrize("other", [draws.JOB_LOSS, draws.RETURN, draws.ILLNESS])
def test_purposes_are_independent(luck: ModuleType, other: int):
    """Luck with work says nothing about luck with anything else."""
    r = np.corrcoef(many(luck, draws.JOB), many(luck, other))[0, 1]

    assert abs(r) < 4 / math.sqrt(4000)


def test_neighbours_months_and_seeds_are_independent(luck: ModuleType):
    """The next id, the next month, the next option and the next seed are strangers."""
    base = many(luck, draws.JOB)
    next_month = [luck.uniform(7, draws.JOB, 4, who, 0) for who in range(1, 4001)]
    next_option = [luck.uniform(7, draws.JOB, 3, who, 1) for who in range(1, 4001)]

    for other in (base[1:], next_month, next_option, many(luck, draws.JOB, seed=8)):
        assert abs(np.corrcoef(base[: len(other)], other)[0, 1]) < 4 / math.sqrt(4000)


def test_the_order_of_asking_does_not_matter(luck: ModuleType):
    """A draw belongs to its key: asked backwards, twice or alone, it is the same number."""
    forwards = [luck.uniform(7, draws.RETURN, 5, who, 0) for who in range(50)]
    backwards = [luck.uniform(7, draws.RETURN, 5, who, 0) for who in reversed(range(50))]

    assert forwards == backwards[::-1]
    assert luck.uniform(7, draws.RETURN, 5, 20, 0) == forwards[20]


def test_purposes_have_numbers_of_their_own():
    """No two purposes share a number, and none reaches into the numbers of the founding."""
    skipped = {"MASK", "FOUNDING", "KIND_CHILD", "KIND_PARTNER"}
    numbers = [value for name, value in PURPOSES.items() if name not in skipped]

    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < draws.FOUNDING


def test_every_purpose_is_drawn_somewhere():
    """A purpose that nobody draws would be a promise."""
    imported = set()
    for file in MODEL.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "sim.village.draws":
                imported |= {alias.name for alias in node.names}

    assert set(PURPOSES) - {"MASK"} - imported == set()


@given(u=st.floats(1e-12, 1.0 - 1e-12))
def test_the_normal_is_the_quantile_of_scipy(luck: ModuleType, u: float):
    """Acklam's approximation stays within 1.2e-9 of the quantile."""
    assert luck.normal(u) == pytest.approx(norm.ppf(u), rel=1.2e-9, abs=1.2e-9)


def test_the_normal_rises_with_its_uniform(luck: ModuleType):
    """More luck is more luck, so twins stay coupled; the joints of the approximation show no step."""
    grid = [k / 4001 for k in range(1, 4001)]
    values = [luck.normal(u) for u in grid]

    assert values == sorted(values)
    assert luck.normal(0.5) == 0.0


def test_a_lognormal_has_its_median_at_even_luck(luck: ModuleType):
    """Half of all bills are above the median; one standard deviation multiplies by e to the spread."""
    assert luck.lognormal(0.5, 4335.0, 0.9) == 4335.0
    assert luck.lognormal(float(norm.cdf(1.0)), 100.0, 0.5) == pytest.approx(100.0 * math.exp(0.5), rel=1e-7)


def test_a_gumbel_choice_is_a_logit(luck: ModuleType):
    """An option better by ln 3 is chosen three times in four."""
    luck_a = many(luck, draws.CHOICE)
    luck_b = np.array([luck.uniform(7, draws.CHOICE, 3, who, 1) for who in range(1, 4001)])
    chosen = [luck.gumbel(a) + math.log(3.0) > luck.gumbel(b) for a, b in zip(luck_a, luck_b, strict=True)]

    assert np.mean(chosen) == pytest.approx(0.75, abs=4 * math.sqrt(0.75 * 0.25 / 4000))


@pytest.mark.parametrize(("count", "chance"), [(1, 0.3), (5, 0.05), (30, 0.5)])
def test_a_binomial_has_its_mean_and_its_spread(luck: ModuleType, count: int, chance: float):
    """Of n units a share p is lost on average, with the variance n p (1 - p)."""
    hits = np.array([luck.binomial(float(u), count, chance) for u in many(luck, draws.STOCK_LOSS)])
    variance = count * chance * (1.0 - chance)

    assert set(hits) <= set(range(count + 1))
    assert hits.mean() == pytest.approx(count * chance, abs=4 * math.sqrt(variance / 4000))
    assert hits.var() == pytest.approx(variance, rel=0.15)


@given(u=st.floats(1e-9, 1.0 - 1e-9), more=st.floats(0.0, 0.2), count=st.integers(1, 30), chance=st.floats(0.0, 0.8))
def test_a_greater_chance_never_loses_fewer(luck: ModuleType, u: float, more: float, count: int, chance: float):
    """At equal luck a riskier stock loses at least as much: twins stay coupled."""
    assert luck.binomial(u, count, chance) <= luck.binomial(u, count, min(1.0, chance + more))


def test_a_binomial_knows_its_ends(luck: ModuleType):
    """No chance loses nothing, certainty loses all, and nothing can be lost of nothing."""
    assert luck.binomial(0.5, 7, 0.0) == 0
    assert luck.binomial(0.5, 7, 1.0) == 7
    assert luck.binomial(0.5, 0, 0.5) == 0


def test_whole_numbers_keep_the_mean(luck: ModuleType):
    """Two and three tenths are two or three, and two and three tenths on average."""
    drawn = np.array([luck.whole(2.3, float(u)) for u in many(luck, draws.INCREASE)])

    assert set(drawn) == {2, 3}
    assert drawn.mean() == pytest.approx(2.3, abs=4 * math.sqrt(0.3 * 0.7 / 4000))
    assert luck.whole(2.0, 0.001) == 2


def test_descendants_have_ids_of_their_own(luck: ModuleType):
    """No child shares an id with a sibling, a partner of the parent, or a founder."""
    ids = [
        luck.descendant_id(parent, number, kind) for parent in range(64, 2064) for number in (1, 2) for kind in (1, 2)
    ]

    assert len(set(ids)) == len(ids)
    assert all(0 < one < 2**63 for one in ids)
    assert min(ids) > 10**6


def test_a_lottery_is_fair(luck: ModuleType):
    """Every id wins about as often: the first of ten in a tenth of the months."""
    winners = [min(range(10), key=lambda who: luck.lottery_key(7, draws.SEAT, month, who)) for month in range(2000)]
    counts = np.bincount(winners, minlength=10)

    assert ((counts - 200) ** 2 / 200).sum() < 27.9
