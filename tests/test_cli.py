"""The front door: what a user types, what comes back, and with which exit code."""

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from runs_helpers import MONTHS, environment, lines, python, village

from sim.scenario import check


def test_a_run_ends_in_a_table_and_a_folder(here):
    """The table goes to stdout with the place of the results; pictures and data are there."""
    told = village("run", "small.yaml", cwd=here)
    folder = here / "outputs" / "small"

    assert told.returncode == 0, told.stderr
    assert "Results: outputs/small" in told.stdout
    assert {path.name for path in folder.iterdir()} == {
        "charts", "families.parquet", "flows.csv", "manifest.json", "monthly.csv", "monthly.parquet", "persons.parquet",
        "scenario.yaml"
    }  # fmt: skip
    assert list((folder / "charts").glob("*.zh.png"))
    assert list((folder / "charts").glob("*.en.svg"))


def test_a_run_as_json_is_one_object_of_the_promised_shape(here):
    """Only the object is on stdout."""
    told = village("run", "small.yaml", "--seed", 5, "--months", 3, "--json", "--out", "there", cwd=here)
    found = json.loads(told.stdout)

    assert told.returncode == 0, told.stderr
    assert list(found) == ["ok", "scenario", "seed", "months", "out", "fingerprint", "seconds", "measures"]
    assert (found["ok"], found["scenario"], found["seed"], found["months"]) == (True, "small", 5, 3)
    assert found["out"] == "there"
    assert re.fullmatch("[0-9a-f]{64}", found["fingerprint"])
    assert set(found["measures"]["away_share"]) == {"unit", "better", "first", "last"}
    assert (here / "there" / "manifest.json").exists()


def test_the_command_line_and_python_give_the_same_bits(here):
    """One model, two doors."""
    code = "import sim; print(sim.run(sim.load_scenario('small.yaml'), seed=5).fingerprint)"
    told = village("run", "small.yaml", "--seed", 5, "--json", cwd=here)

    assert json.loads(told.stdout)["fingerprint"] == python(code, cwd=here).stdout.strip()


def test_a_setting_changes_the_run_and_is_kept_in_the_scenario(here):
    """`--set` acts like a parameter in the file."""
    name = "side_industries.bees.price_local"
    told = village("run", "small.yaml", "--months", 2, "--set", f"{name}=80 yuan/kg", cwd=here)

    assert told.returncode == 0, told.stderr
    assert f"{name}: 80.0" in (here / "outputs/small/scenario.yaml").read_text("utf-8")


def test_every_mistake_in_file_and_settings_is_told_at_once(here):
    """Exit 3, one line for each mistake, no traceback, nothing written."""
    (here / "bad.yaml").write_text("extends: small.yaml\nmonts: 12\nactions:\n  - {do: trian, month: 3}\n")
    told = village("run", "bad.yaml", "--set", "farmng.x=1", "--set", "loose", cwd=here)

    assert told.returncode == 3
    assert told.stdout == ""
    assert "bad.yaml:2:1: " in told.stderr
    assert "did you mean 'months'" in told.stderr
    assert "did you mean 'train'" in told.stderr
    assert "farmng.x" in told.stderr
    assert "must be name=value (got 'loose')" in told.stderr
    assert "Traceback" not in told.stderr
    assert not (here / "outputs").exists()


def test_mistakes_as_json_have_places(here):
    """`{ok: false, errors: [{file, line, column, message}]}`."""
    (here / "bad.yaml").write_text("extends: small.yaml\nmonts: 12\n")
    told = village("run", "bad.yaml", "--json", cwd=here)
    found = json.loads(told.stdout)

    assert told.returncode == 3
    assert found["ok"] is False
    assert [(e["file"], e["line"], e["column"]) for e in found["errors"]] == [("bad.yaml", 2, 1)]
    assert "monts" in found["errors"][0]["message"]


def test_a_missing_file_is_a_wrong_file(here):
    """Exit 3, and the message names it."""
    told = village("run", "nowhere.yaml", cwd=here)

    assert told.returncode == 3
    assert "nowhere.yaml" in told.stderr


@pytest.mark.parametrize("words", [["walk"], ["run"], ["run", "baseline", "--seed", "x"], ["compare", "baseline"]])
def test_a_wrong_command_line_is_exit_2(here, words):
    """What click does not understand is told with the usage."""
    told = village(*words, cwd=here)

    assert told.returncode == 2
    assert "Usage" in told.stderr


def test_a_foreign_folder_is_exit_5_before_anything_is_run(here):
    """The thesis is still there."""
    (here / "thesis").mkdir()
    (here / "thesis" / "text.txt").write_text("years of work")
    told = village("run", "small.yaml", "--out", "thesis", cwd=here)

    assert told.returncode == 5
    assert "village did not make" in told.stderr
    assert [path.name for path in (here / "thesis").iterdir()] == ["text.txt"]


def test_the_folder_one_stands_in_is_exit_5(here):
    """`--out .` would replace the floor under the user; nothing is touched."""
    (here / "empty").mkdir()
    told = village("run", "../small.yaml", "--out", ".", cwd=here / "empty")

    assert told.returncode == 5
    assert "you are working in '.'" in told.stderr
    assert "our mistake" not in told.stderr


def test_a_place_that_cannot_be_written_is_exit_5(here):
    """A file in the way of a folder is told in one line."""
    (here / "file").write_text("")
    told = village("run", "small.yaml", "--out", "file/inside", cwd=here)

    assert told.returncode == 5
    assert len(lines(told.stderr)) == 1


BROKEN = """
import sys
from sim.village.living import Village
original = Village.advance
def breaks(self, months, *rest):
    if self.seed == 2 and self.month >= 12:
        raise ValueError("hours exceed the capacity")
    original(self, months, *rest)
Village.advance = breaks
from sim.cli import main
main(sys.argv[1:])
"""


def test_our_own_mistake_is_exit_1_with_a_file_to_send(here):
    """A short message, the whole story in a file, all of it with --debug."""
    told = python(BROKEN, "run", "small.yaml", "--seed", 2, cwd=here, TMPDIR=str(here))
    (written,) = here.glob("village-error-*.txt")
    debug = python(BROKEN, "run", "small.yaml", "--seed", 2, "--debug", cwd=here, TMPDIR=str(here))

    assert told.returncode == debug.returncode == 1
    assert "hours exceed the capacity" in told.stderr
    assert str(written) in told.stderr
    assert "Traceback" not in told.stderr
    assert "Traceback" in written.read_text("utf-8")
    assert "Traceback" in debug.stderr
    assert not (here / "outputs").exists()


def test_failed_runs_are_exit_4_with_the_effects_that_survive(here):
    """Two pairs of three are compared, the third is told with its month and reason."""
    words = ("compare", "small.yaml", "helped.yaml", "--twins", 3, "--jobs", 1, "--json", "--out", "both")
    told = python(BROKEN, *words, cwd=here)
    found = json.loads(told.stdout)

    assert told.returncode == 4, told.stderr
    assert found["ok"] is False
    assert [(one["scenario"], one["seed"], one["month"]) for one in found["failed"]] == [
        ("small", 2, 13),
        ("helped", 2, 13),
    ]
    assert found["failed"][0]["reason"] == "ValueError: hours exceed the capacity"
    assert found["effects"]
    assert json.loads((here / "both" / "manifest.json").read_text("utf-8"))["failed"] == found["failed"]


def test_a_comparison_says_in_a_sentence_what_help_does(here):
    """Table, sentence, place; the folder holds all that is needed to make it again."""
    told = village("compare", "small.yaml", "helped.yaml", "--twins", 2, cwd=here)
    folder = here / "outputs" / "small_vs_helped"

    assert told.returncode == 0, told.stderr
    assert f"Helped against Small, month {MONTHS}" in told.stdout
    assert f"By month {MONTHS}, Helped instead of Small would " in told.stdout
    assert f"By month {MONTHS}, Helped spends " in told.stdout
    assert "Results: outputs/small_vs_helped" in told.stdout
    assert {path.name for path in folder.iterdir()} == {
        "charts", "comparison.json", "costs.csv", "effects.csv", "families.parquet", "flows.parquet",
        "flows_matrix.csv", "manifest.json", "monthly.parquet", "moves.csv", "multiplier.csv", "persons.parquet",
        "runs", "scenarios", "transitions.csv", "worlds.csv"
    }  # fmt: skip
    assert village("rerun", folder, cwd=here).returncode == 0


def test_a_comparison_as_json_has_the_promised_shape_and_is_the_same_for_any_workers(here):
    """One worker and two give the same object."""
    words = ("compare", "small.yaml", "helped.yaml", "--twins", 2, "--json")
    one, two = (village(*words, "--jobs", jobs, "--out", f"jobs{jobs}", cwd=here) for jobs in (1, 2))
    found, other = json.loads(one.stdout), json.loads(two.stdout)

    assert list(found) == ["ok", "out", "twins", "base", "failed", "effects", "worlds"]
    assert (found["ok"], found["twins"], found["base"], found["failed"]) == (True, 2, "small", [])
    assert {effect["month"] for effect in found["effects"]} == {12, MONTHS}
    assert found["effects"] == other["effects"]


def test_a_terminal_sees_how_far_it_is(here):
    """On a terminal a bar counts the runs; it is talk, so stdout holds only the result."""
    screen, terminal = os.openpty()
    words = [sys.executable, "-m", "sim.cli", "compare", "small.yaml", "helped.yaml", "--twins", "2", "--json"]
    with (here / "told.json").open("w") as out:
        process = subprocess.Popen(words, cwd=here, env=environment(TERM="xterm"), stdout=out, stderr=terminal)
    os.close(terminal)
    seen = b""
    with contextlib.suppress(OSError):  # the end of a terminal is an error on Linux
        while part := os.read(screen, 4096):
            seen += part
    os.close(screen)

    assert process.wait() == 0
    assert b"running" in seen
    assert b"4/4" in seen
    assert json.loads((here / "told.json").read_text("utf-8"))["ok"] is True


def test_scenarios_of_different_length_are_compared_as_far_as_all_go(here):
    """The note says up to which month."""
    (here / "short.yaml").write_text("extends: small.yaml\nname: {zh: 短, en: Short}\nmonths: 3\n", "utf-8")
    told = village("compare", "small.yaml", "short.yaml", "--twins", 1, "--jobs", 1, "--json", cwd=here)

    assert told.returncode == 0, told.stderr
    assert "they are compared up to month 3" in told.stderr
    assert {effect["month"] for effect in json.loads(told.stdout)["effects"]} == {3}


def test_two_scenarios_of_one_name_are_refused(here):
    """Their results could not be told apart."""
    told = village("compare", "small.yaml", "small.yaml", cwd=here)

    assert told.returncode == 3
    assert "two scenarios are called 'small'" in told.stderr


def test_twins_on_their_own_judgement_are_not_yet_built(here):
    """`--twins auto` is refused with a cure."""
    told = village("compare", "small.yaml", "helped.yaml", "--twins", "auto", cwd=here)

    assert told.returncode == 2
    assert "not yet" in told.stderr


def test_a_rerun_that_differs_is_exit_1(here):
    """And says what has changed since."""
    village("run", "small.yaml", cwd=here)
    path = here / "outputs/small/manifest.json"
    found = json.loads(path.read_text("utf-8"))
    found["runs"][0]["fingerprint"], found["model"] = "0" * 64, "another"
    path.write_text(json.dumps(found))
    told = village("rerun", "outputs/small", cwd=here)

    assert told.returncode == 1
    assert "small 7: different" in told.stdout
    assert "not the one of that time" in told.stderr


def test_a_new_scenario_can_be_run_and_is_never_overwritten(here):
    """The template passes its own check; a second `new` leaves the file alone."""
    told = village("new", "mine", cwd=here)
    again = village("new", "mine", cwd=here)

    assert told.returncode == 0
    assert "Written: mine.yaml" in told.stdout
    assert check([here / "mine.yaml"]) == []
    assert again.returncode == 5
    assert "left alone" in again.stderr


def test_check_tells_all_mistakes_of_all_files(here):
    """Good files are told too."""
    (here / "bad.yaml").write_text("extends: small.yaml\nmonts: 12\n")
    good = village("check", "small.yaml", "helped.yaml", cwd=here)
    bad = village("check", "small.yaml", "bad.yaml", "--json", cwd=here)

    assert good.returncode == 0
    assert lines(good.stdout) == ["small.yaml: no mistakes.", "helped.yaml: no mistakes."]
    assert bad.returncode == 3
    assert len(json.loads(bad.stdout)["errors"]) == 1


def test_diff_says_in_words_what_differs(here):
    """The helped village has one more action."""
    told = village("diff", "small.yaml", "helped.yaml", "--json", cwd=here)
    found = json.loads(told.stdout)

    assert found["ok"] is True
    assert any(line.startswith("added ") and "3000" in line for line in found["differences"])


def test_schema_and_scenarios_can_be_read_by_programs(here):
    """Both are JSON."""
    schema = json.loads(village("schema", cwd=here).stdout)
    shipped = json.loads(village("scenarios", "--json", cwd=here).stdout)

    assert schema["type"] == "object"
    assert shipped["scenarios"][0]["stem"] == "baseline"
    assert all(Path(one["file"]).is_file() for one in shipped["scenarios"])


def test_explain_knows_a_measure_and_answers_a_typo(here):
    """The unit is told; a near name is offered."""
    told = village("explain", "away_share", cwd=here)
    typo = village("explain", "away_shar", cwd=here)

    assert told.returncode == 0, told.stderr
    assert "away_share" in told.stdout
    assert typo.returncode == 2
    assert "away_share" in typo.stderr


def test_help_and_talk_speak_the_language_asked_for(here):
    """`--lang` wins over the language of the system, for help and for errors."""
    assert "运行一个村庄" in village("run", "--help", "--lang", "zh", cwd=here).stdout
    assert "Run one village" in village("run", "--help", "--lang", "en", cwd=here, VILLAGE_LANG="zh").stdout
    assert "没有这个文件" in village("run", "nowhere", "--lang", "zh", cwd=here).stderr
    assert "运行一个村庄" in village("--help", cwd=here, VILLAGE_LANG="zh").stdout


def test_the_version_is_told(here):
    """One line with a number."""
    assert village("--version", cwd=here).stdout.startswith("village ")


def test_a_reader_that_stops_reading_is_no_error(here):
    """`village schema | head -1` ends in peace."""
    code = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-m', 'sim.cli', 'schema'], "
        "stdout=subprocess.PIPE, stderr=subprocess.PIPE); p.stdout.close(); print(p.stderr.read().decode(), p.wait())"
    )

    assert python(code, cwd=here).stdout.split() == ["0"]


def test_a_warm_model_need_not_be_compiled(here):
    """In plain mode there is nothing to do."""
    told = village("warm", cwd=here)

    assert told.returncode == 0
    assert "nothing needs compiling" in told.stdout
