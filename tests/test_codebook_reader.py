"""Reading the codebook, and the checker that lets no careless entry through."""

import pytest

from sim.codebook import CodebookError, problems, read

SOURCES = """
F33: {what: {zh: 农业普查, en: Census of agriculture}, grade: A}
tan2004: {what: {zh: 谭垦等, en: Tan Ken et al.}, grade: A}
"""

ENTRY = """
farming.crop_yield:
  label: {zh: 作物亩产, en: Crop yield}
  unit: kg / mu
  value: 400
  range: [250, 500]
  status: sourced
  source: F33
  note: {zh: 综合, en: One crop row}
  since: 0.1.0
"""

TABLE = """
since: 0.1.0
fields:
  price_local: {label: {zh: 本地价, en: Local price}, unit: yuan / goods}
  hours_by_month: {label: {zh: 工时, en: Hours}, unit: hours / unit}
  storable: {label: {zh: 可储存, en: Storable}, unit: switch}
rows:
  bees:
    label: {zh: 养蜂, en: Bees}
    units: {unit: hive, goods: kg}
    values:
      price_local: {value: 70, range: [50, 90], status: assumed}
      hours_by_month: {value: [2, 1.5], status: assumed, note: {zh: 注, en: A note}}
      storable: {value: on, status: assumed}
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with sources, one section and one table, all in order."""
    for name, text in (("sources", SOURCES), ("farming", ENTRY), ("side_industries", TABLE)):
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def change(folder, file, old, new):
    """The mistakes found after one change in one file."""
    path = folder / f"{file}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return problems(read(folder))


def test_a_good_codebook_has_no_problems(folder):
    """What the checker refuses below is refused for its one mistake."""
    assert problems(read(folder)) == []


def test_an_entry_is_read_whole(folder):
    """Words, unit, value, range, status, source, note and version arrive as written."""
    entry = read(folder).entries["farming.crop_yield"]

    assert entry.label == ("作物亩产", "Crop yield")
    assert (entry.unit, entry.value, entry.low, entry.high) == ("kg / mu", 400, 250.0, 500.0)
    assert (entry.status, entry.source, entry.source_keys, entry.since) == ("sourced", "F33", ("F33",), "0.1.0")
    assert entry.note == ("综合", "One crop row")


def test_a_row_of_a_table_is_settable_cell_by_cell(folder):
    """The price of honey is `side_industries.bees.price_local`, in yuan a kilogram."""
    book = read(folder)
    price = book.entries["side_industries.bees.price_local"]
    row = book.tables["side_industries"].rows["bees"]

    assert (price.value, price.unit, price.since) == (70, "yuan / kg", "0.1.0")
    assert price.label == ("养蜂 – 本地价", "Bees – Local price")
    assert book.entries["side_industries.bees.hours_by_month"].value == (2.0, 1.5)
    assert book.entries["side_industries.bees.storable"].value == 1
    assert row.values == {"price_local": 70, "hours_by_month": (2.0, 1.5), "storable": 1}
    assert row.entries["price_local"] is price


def test_a_cell_may_have_its_own_unit_and_version(folder):
    """A later row whose price is counted otherwise says so in its cell."""
    assert change(folder, "side_industries", "value: 70,", "value: 70, unit: yuan / piece, since: 0.2.0,") == []
    price = read(folder).entries["side_industries.bees.price_local"]

    assert (price.unit, price.since) == ("yuan / piece", "0.2.0")


@pytest.mark.parametrize(("written", "value"), [("on", 1), ("off", 0), ("true", 1), ("1", 1), ("0", 0)])
def test_a_switch_is_on_or_off(folder, written, value):
    """A switch may be written on and off; the model reads 1 and 0."""
    text = (
        ENTRY.replace("farming.crop_yield", "switch.R24").replace("kg / mu", "switch").replace("[250, 500]", "[0, 1]")
    )
    (folder / "switch.yaml").write_text(text.replace("400", written), "utf-8")
    book = read(folder)

    assert problems(book) == []
    assert book.entries["switch.R24"].value == value
    assert isinstance(book.entries["switch.R24"].value, int)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("zh: 作物亩产, ", "", "farming.crop_yield: the label has no zh"),
        ("en: Crop yield", "en: ''", "farming.crop_yield: the label has no en"),
        ("  label: {zh: 作物亩产, en: Crop yield}\n", "", "the label has no zh"),
        ("{zh: 作物亩产, en: Crop yield}", "Crop yield", "the label must be {zh: …, en: …}"),
        ("zh: 综合, ", "", "the note has no zh"),
        ("en: One crop row", "en: null", "the note has no en"),
        ("kg / mu", "sacks", "the unit 'sacks' is not known"),
        ("kg / mu", "kg/mu", "must be written 'kg / mu'"),
        ("  unit: kg / mu\n", "", "the unit '' is not known"),
        ("value: 400", "value: 600", "the value 600 lies outside the range"),
        ("value: 400", "value: [400, 600]", "the value 600.0 lies outside the range"),
        ("value: 400", "value: many", "must be a number or a list of numbers (got 'many')"),
        ("value: 400", "value: 400 kg", "must be a number or a list of numbers"),
        ("value: 400", "value: []", "must be a number or a list of numbers"),
        ("value: 400", "value: on", "on/off is for switches only"),
        ("  value: 400\n", "", "must be a number or a list of numbers (got None)"),
        ("[250, 500]", "[500, 250]", "the range is upside down"),
        ("[250, 500]", "[250]", "the range must be [low, high]"),
        ("  source: F33\n", "", "a sourced value must name its source"),
        ("F33", "F99", "the source 'F99' is not in sources.yaml"),
        ("F33", "F33, tan2005", "the source 'tan2005' is not in sources.yaml"),
        ("status: sourced", "status: assumed", "an assumed value must not name a source"),
        ("status: sourced", "status: guessed", "the status must be one of sourced, assumed, calibrated"),
        ("  status: sourced\n", "", "the status must be one of"),
        ("  since: 0.1.0\n", "", "since is missing"),
        ("since: 0.1.0", "since: 0.1.0\n  colour: red", "'colour' is not known here"),
        ("farming.crop_yield", "crop_yield", "the name must be section.field"),
        ("farming.crop_yield", "farming.crop.yield", "the name must be section.field"),
    ],
)
def test_a_careless_entry_is_found(folder, old, new, problem):
    """Each rule of the checker finds the entry that breaks it."""
    assert any(problem in found for found in change(folder, "farming", old, new))


def test_several_sources_may_be_named(folder):
    """A number may rest on two sources, and a calibrated one on any or none."""
    assert change(folder, "farming", "F33", "F33; tan2004") == []
    assert change(folder, "farming", "sourced", "calibrated") == []
    assert change(folder, "farming", "  source: F33; tan2004\n", "") == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("      storable: {value: on, status: assumed}\n", "", "bees.storable: the row has no value for this column"),
        ("      storable:", "      storabel:", "bees.storabel: there is no such column"),
        ("value: 70", "value: 700", "bees.price_local: the value 700 lies outside"),
        ("value: on", "value: 2", "bees.storable: a switch must be on or off"),
        ("since: 0.1.0\n", "", "bees.price_local: since is missing"),
        ("goods: kg", "goods: kgg", "there is no unit 'kgg'"),
        ("units: {unit: hive, goods: kg}", "units: kg", "units must be a mapping"),
        ("unit: yuan / goods", "unit: yuan per goods", "side_industries.price_local: the unit"),
        ("{zh: 养蜂, en: Bees}", "{zh: 养蜂}", "side_industries.bees: the label has no en"),
        ("note: {zh: 注, en: A note}", "note: {zh: 注}", "bees.hours_by_month: the note has no en"),
        ("value: 70, ", "value: 70, label: {zh: 价, en: Price}, ", "'label' is not known here"),
        ("{zh: 本地价, en: Local price}", "{zh: 本地价}", "side_industries.price_local: the label has no en"),
    ],
)
def test_a_careless_row_is_found(folder, old, new, problem):
    """A table keeps the same rules as an entry, and every row fills every column."""
    assert any(problem in found for found in change(folder, "side_industries", old, new))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("zh: 农业普查, ", "", "source F33: the text has no zh"),
        ("grade: A", "grade: good", "source F33: the grade must be one of A, B, C"),
        ("grade: A", "rank: A", "'rank' is not known here"),
    ],
)
def test_a_careless_source_is_found(folder, old, new, problem):
    """A source says what it is in both languages, and how good it is."""
    assert any(problem in found for found in change(folder, "sources", old, new))


def test_a_name_belongs_to_one_entry(folder):
    """The same parameter in two files is a mistake, not a choice."""
    (folder / "fields.yaml").write_text(ENTRY, "utf-8")

    assert "farming.crop_yield: the name is there twice" in problems(read(folder))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ENTRY + ENTRY, r"bad.yaml:12: 'farming.crop_yield' is there twice"),
        ("a.b: &x {value: 1}\na.c: *x\n", "bad.yaml:1: aliases are not used"),
        ("- 1\n- 2\n", "bad.yaml:1: the top must be a mapping"),
        ("a.b: {value: 1", "bad.yaml: no YAML"),
        ("a.b: {value: 1e999}", "bad.yaml:1: 1e999 is not a finite number"),
        ("[1, 2]: 3", "bad.yaml:1: a key must be a text"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(folder, text, message):
    """A file that is no plain YAML stops the reading, with the file and the line."""
    (folder / "bad.yaml").write_text(text, "utf-8")

    with pytest.raises(CodebookError, match=message):
        read(folder)


def test_a_file_without_entries_is_no_mistake(folder):
    """An empty section reads as nothing."""
    (folder / "later.yaml").write_text("# nothing yet\n", "utf-8")

    assert problems(read(folder)) == []
