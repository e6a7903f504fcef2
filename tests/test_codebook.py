"""The codebook that ships: every number has a unit, a status and two languages; and the door to it."""

import os
import subprocess
import sys
import zipfile
from importlib import resources
from pathlib import Path

import pytest
import yaml

import sim.codebook
from sim.codebook import (
    CodebookError,
    check_value,
    codebook,
    default_values,
    doubts,
    nearest,
    outside_range,
    problems,
    read,
)

PACKAGE = Path(sim.codebook.__file__).parent
SECTION = """
farming.crop_yield: {label: {zh: 作物亩产, en: Crop yield}, unit: kg / mu, value: 400, range: [250, 500],
  status: assumed, since: 0.1.0}
farming.hours_by_month: {label: {zh: 每月工时, en: Hours by month}, unit: hours / mu, value: [0, 9, 3],
  status: assumed, since: 0.1.0}
migration.constant_coast: {label: {zh: 沿海常数, en: 'Constant, coast'}, unit: utility, value: -1.7, range: [-4, 0],
  status: assumed, since: 0.1.0}
migration.coast_share: {label: {zh: 沿海占比, en: Share of the coast}, unit: share, value: 0.5, range: [0.2, 0.8],
  status: assumed, since: 0.1.0}
migration.wage_share: {label: {zh: 工资比, en: Wage over the mean}, unit: share, value: 1.1, range: [0.5, 1.5],
  status: assumed, since: 0.1.0}
migration.job_loss: {label: {zh: 失业概率, en: Losing a job}, unit: probability / month, value: 0.03,
  range: [0.015, 0.06], status: assumed, since: 0.1.0}
farming.slope: {label: {zh: 斜率, en: Slope}, unit: logit, value: 0.0, status: assumed, since: 0.1.0}
farming.noise: {label: {zh: 波动, en: Noise}, unit: log, value: 0.1, range: [0, 0.3], status: assumed, since: 0.1.0}
migration.season: {label: {zh: 季节, en: Season}, unit: factor, value: [0.3, 2.2], status: assumed, since: 0.1.0}
migration.effect: {label: {zh: 影响, en: Effect}, unit: factor, value: 0.3, range: [-1, 1], status: assumed,
  since: 0.1.0}
farming.weights: {label: {zh: 权重, en: Weights}, unit: share, value: [0.4, 0.6], range: [0.3, 0.7], status: assumed,
  since: 0.1.0}
switch.R24: {label: {zh: 外出, en: Leaving}, unit: switch, value: on, range: [0, 1], status: assumed, since: 0.1.0}
"""
TRADES = """
since: 0.1.0
fields:
  market: {label: {zh: 所用市场, en: Market}, unit: row}
  storable: {label: {zh: 可储存, en: Storable}, unit: switch}
rows:
  bees:
    label: {zh: 养蜂, en: Bees}
    values: {market: {value: 0, status: assumed}, storable: {value: on, status: assumed}}
  tea:
    label: {zh: 茶叶, en: Tea}
    values: {market: {value: 1, status: assumed}, storable: {value: on, status: assumed}}
"""


@pytest.fixture
def book(tmp_path):
    """A small codebook: a section and a table of two trades."""
    (tmp_path / "some.yaml").write_text(SECTION, "utf-8")
    (tmp_path / "trades.yaml").write_text(TRADES, "utf-8")
    return read(tmp_path)


def test_the_shipped_codebook_has_no_problems():
    """Every number that ships has a unit, a status, a version and two languages, and every source is known."""
    assert problems(codebook()) == []
    assert len(codebook().entries) > 300


def test_the_shipped_files_say_what_the_reader_reads():
    """A slow and independent reading of the files finds the same values, units and ranges."""
    entries = codebook().entries
    for path in PACKAGE.glob("*.yaml"):
        tree = yaml.safe_load(path.read_text("utf-8"))
        if path.name in ("sources.yaml", "rules.yaml"):
            continue
        cells = {
            f"{path.stem}.{row}.{field}": cell
            for row, parts in tree.get("rows", {}).items()
            for field, cell in parts["values"].items()
        } or tree
        for name, cell in cells.items():
            value = cell["value"]
            assert entries[name].value == (tuple(value) if isinstance(value, list) else value)
            assert [entries[name].low, entries[name].high] == cell.get("range", [None, None])
            assert entries[name].unit == cell.get("unit", entries[name].unit)


def test_every_trade_fills_every_column():
    """A side industry is a row of data: the same columns for bees as for tea."""
    table = codebook().tables["side_industries"]

    assert len(table.rows) > 10
    for row in table.rows.values():
        assert list(row.values) == list(table.fields)


def test_default_values_are_those_of_the_entries():
    """The model starts from the value of each entry, switches on."""
    values = default_values()

    assert values.keys() == codebook().entries.keys()
    assert all(value == 1 for name, value in values.items() if name.startswith("switch."))


@pytest.mark.parametrize("name", sorted(codebook().entries))
def test_every_default_may_be_set_to_itself(name):
    """A value that ships passes the door, unchanged and without a doubt."""
    value = codebook().entries[name].value

    assert check_value(name, value) == value
    assert outside_range(name, value) is None


def test_every_source_of_the_project_is_there():
    """A reader who meets F33 can look up what it is, in both languages."""
    source = codebook().sources["F33"]

    assert source.text.en == "Guizhou 3rd Agricultural Census headline numbers"
    assert source.text.zh == "贵州省第三次农业普查主要数据"
    assert source.grade == "A"
    assert sum(key.startswith("F") for key in codebook().sources) == 111


def test_the_codebook_is_read_from_a_wheel(tmp_path):
    """The numbers are found inside an archive too, where there is no folder, and no heavy package is loaded."""
    archive = tmp_path / "village.whl"
    with zipfile.ZipFile(archive, "w") as wheel:
        for name in ("__init__.py", "words.py"):
            wheel.write(PACKAGE.parent / name, f"sim/{name}")
        for file in resources.files("sim.codebook").iterdir():
            if file.name.endswith((".py", ".yaml")):
                wheel.writestr(f"sim/codebook/{file.name}", file.read_bytes())
    code = (
        "import sys, sim.codebook as c; print(len(c.codebook().entries), c.__file__);"
        "print([m for m in ('numba', 'numpy', 'pandas', 'pyarrow') if m in sys.modules])"
    )
    surroundings = {**os.environ, "PYTHONPATH": str(archive)}
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, env=surroundings, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert said.startswith(f"{len(codebook().entries)} {archive}")
    assert said.strip().endswith("[]")


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("farming.crop_yield", 380, 380),
        ("farming.crop_yield", "380 kg/mu", 380),
        ("farming.crop_yield", "760 jin / mu", 380),
        ("farming.crop_yield", 380.5, 380.5),
        ("farming.hours_by_month", ["60 minutes", 0, 1], (1.0, 0.0, 1.0)),
        ("migration.constant_coast", -3.0, -3.0),
        ("migration.constant_coast", 1.0, 1.0),
        ("migration.coast_share", "45 %", 0.45),
        ("migration.wage_share", "120 %", 1.2),
        ("farming.slope", -0.5, -0.5),
        ("migration.effect", -0.5, -0.5),
        ("trades.bees.market", 1.0, 1),
        ("trades.bees.storable", "off", 0),
        ("switch.R24", "off", 0),
        ("switch.R24", "no", 0),
        ("switch.R24", "关", 0),
        ("switch.R24", True, 1),
        ("switch.R24", 0.0, 0),
    ],
)
def test_a_value_is_brought_to_the_unit_of_the_codebook(book, name, written, expected):
    """What a user writes becomes the number that the model reads."""
    assert check_value(name, written, book) == expected


@pytest.mark.parametrize(
    ("name", "written", "message"),
    [
        ("farming.crop_yeild", 380, "no parameter 'farming.crop_yeild'; did you mean 'farming.crop_yield'"),
        ("weather", 1, "the codebook has no parameter 'weather'$"),
        ("farming.crop_yield", "380 hours", "'farming.crop_yield': 'hours' does not convert"),
        ("farming.crop_yield", -1, r"must be at least 0 kg / mu \(got -1\)"),
        ("farming.crop_yield", "nan", "finite number"),
        ("farming.crop_yield", [380], "must be a number"),
        ("farming.hours_by_month", [1, 2], "must be a list of 3 numbers"),
        ("farming.hours_by_month", 4, "must be a list of 3 numbers"),
        ("farming.hours_by_month", [1, 2, -3], "must be at least 0"),
        ("migration.coast_share", "140 %", "must be between 0 and 1 share"),
        ("migration.coast_share", -0.1, "must be between 0 and 1 share"),
        ("migration.job_loss", "12 % / year", "never converted between times"),
        ("migration.job_loss", 1.2, "must be between 0 and 1"),
        ("migration.season", [1, -1], "must be at least 0 factor"),
        ("farming.noise", -0.1, "must be at least 0 log"),
        ("farming.weights", [0.4, 1.6], "must be between 0 and 1 share"),
        ("trades.bees.market", 2, "must be a whole number between 0 and 1 row"),
        ("trades.bees.market", -1, "must be a whole number between 0 and 1 row"),
        ("trades.bees.market", 0.5, "must be a whole number between 0 and 1 row"),
        ("trades.bees.storable", 7, "must be on or off"),
        ("switch.R24", 2, "must be on or off"),
        ("switch.R24", "perhaps", "must be on or off"),
        ("switch.R24", 0.5, "must be on or off"),
    ],
)
def test_a_value_that_cannot_be_is_refused(book, name, written, message):
    """An amount is not negative, a share no more than all, a switch never half on."""
    with pytest.raises(CodebookError, match=message) as refused:
        check_value(name, written, book)

    assert any("\u4e00" <= letter <= "\u9fff" for letter in refused.value.message.zh)


def test_a_value_outside_the_evidence_is_doubted_but_not_refused(book):
    """A yield of 600 kg may be tried; the reader is told that nobody has seen it."""
    value = check_value("farming.crop_yield", 600, book)
    said = outside_range("farming.crop_yield", value, book)

    assert said == (
        "'farming.crop_yield' = 600，超出证据给出的范围 250–500 公斤/亩",
        "'farming.crop_yield' = 600 lies outside the range of the evidence, 250–500 kg / mu",
    )


@pytest.mark.parametrize(
    ("name", "value", "outside"),
    [
        ("farming.crop_yield", 250, False),
        ("farming.crop_yield", 500, False),
        ("farming.crop_yield", 249.9, True),
        ("farming.weights", (0.3, 0.7), False),
        ("farming.weights", (0.3, 0.8), True),
        ("farming.hours_by_month", (99.0, 0.0, 0.0), False),
    ],
)
def test_the_ends_of_the_range_are_inside(book, name, value, outside):
    """The evidence includes its two ends; each number of a list counts; where no range is known none is left."""
    assert (outside_range(name, value, book) is not None) == outside
    assert len(doubts(name, value, book)) == outside


def test_every_number_outside_the_evidence_is_told(book):
    """Two weights beyond the range are two doubts; the first stands for both where one line is enough."""
    told = doubts("farming.weights", (0.2, 0.8), book)

    assert ["= 0.2 " in told[0].en, "= 0.8 " in told[1].en] == [True, True]
    assert outside_range("farming.weights", (0.2, 0.8), book) == told[0]


@pytest.mark.parametrize("asked", ["farming.crop_yeild", "crop_yeild", "Crop yields", "作物亩产", "FARMING.CROP_YIELD"])
def test_a_slip_of_the_pen_finds_the_parameter(book, asked):
    """A name is found by most of its letters, its last part, or its label in either language."""
    assert nearest(asked, book=book)[0] == "farming.crop_yield"


def test_nonsense_has_no_nearest_name(book):
    """What is near nothing is answered with nothing."""
    assert nearest("zzzzzz", book=book) == []


def test_a_broken_shipped_codebook_is_not_used(tmp_path, monkeypatch):
    """A mistake of form in an edited file stops the model before it starts, and names the entry."""
    (tmp_path / "some.yaml").write_text(SECTION.replace("value: 400", "value: much"), "utf-8")
    monkeypatch.setattr("sim.codebook.reader.resources.files", lambda package: tmp_path)

    with pytest.raises(CodebookError, match=r"farming.crop_yield: the value must be a number"):
        codebook.__wrapped__()
