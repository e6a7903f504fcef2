"""The project itself: what a newcomer types, what is installed, and what an import costs."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
HEAVY = {"dask", "distributed", "matplotlib", "mesa", "networkx", "numba", "pandas", "pyarrow", "scipy", "uvicorn"}


def readme_lines() -> list[str]:
    """The lines of the README that set the project up."""
    return [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("python3 ")]


def printed_by(code: str, folder: Path = ROOT) -> str:
    """What a fresh Python prints that runs some code."""
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from this checkout, without asking any registry."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    return next(folder.glob("*.whl"))


def test_the_first_line_runs_a_village_and_the_second_the_tests():
    """A newcomer copies two lines; both make their own environment and take what the lock says."""
    first, second = readme_lines()

    assert first.endswith(".venv/bin/village run scenarios/three_phases.yaml")
    assert re.search(r"\.venv/bin/pytest( |$)", second)
    for line in (first, second):
        assert line.startswith("python3 -m venv .venv && ")
        assert "uv sync --frozen" in line


def test_ci_runs_exactly_the_test_line_of_the_readme(tmp_path):
    """`.ci/run` takes its first command from the README, so that the two cannot drift apart."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").write_bytes((ROOT / ".ci" / "run").read_bytes())
    (tmp_path / "README.md").write_bytes((ROOT / "README.md").read_bytes())
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "bin" / "python3").chmod(0o755)
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", ".ci/run"], cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PATH": path}
    )

    assert done.stdout.splitlines()[0] == f"+ {readme_lines()[1]}"
    assert f"FAILED: {readme_lines()[1]}" in done.stderr
    assert done.returncode == 1


def test_importing_the_model_loads_nothing_heavy():
    """`import sim` answers at once: compiler, tables, pictures and Mesa come in on use."""
    loaded = printed_by("import sys, sim; print(*sorted({name.partition('.')[0] for name in sys.modules}))")

    assert "sim" in loaded.split()
    assert not HEAVY & set(loaded.split())


def test_the_wheel_holds_everything_the_model_reads(wheel):
    """Numbers, fonts with their licence, and scenarios travel with the code."""
    held = set(zipfile.ZipFile(wheel).namelist())
    floor = ROOT / "sim"
    data = [path for path in floor.rglob("*") if path.suffix in {".yaml", ".ttf", ".txt", ".py", ".js", ".css", ".j2"}]

    assert {f"sim/{path.relative_to(floor).as_posix()}" for path in data} <= held
    assert {f"sim/scenario/shipped/{path.name}" for path in (ROOT / "scenarios").glob("*.yaml")} <= held
    assert not [name for name in held if name.startswith(("tests/", "outputs/", "scenarios/"))]


def test_an_installed_wheel_finds_its_scenarios(wheel, tmp_path):
    """Away from the checkout the shipped scenarios are the same files."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "import sys; sys.path.insert(0, '.'); from sim.scenario import shipped; print(*shipped())"
    expected = {path.stem for path in (ROOT / "scenarios").glob("*.yaml")}

    assert set(printed_by(code, tmp_path).split()) == expected


def test_the_licences_travel_with_the_wheel(wheel):
    """Code, texts, font and the library of the page each keep their licence."""
    held = {name.partition("/licenses/")[2] for name in zipfile.ZipFile(wheel).namelist()}

    drawing = {f"sim/shown/report/static/echarts.{name}.txt" for name in ("LICENSE", "NOTICE")}
    assert {"LICENSE", "LICENSE-texts", "sim/shown/fonts/OFL.txt"} | drawing <= held


def test_the_lock_names_only_the_public_registry():
    """Whoever installs from the lock needs no machine of ours."""
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text("utf-8")))

    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_one_version_everywhere():
    """The citation names the version that is installed."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))

    assert citation["version"] == PROJECT["project"]["version"]
    assert citation["license"] in PROJECT["project"]["license"]


def test_every_news_fragment_is_of_a_known_kind():
    """The next release can be told from the fragments, and each is found."""
    kinds = {kind["directory"] for kind in PROJECT["tool"]["towncrier"]["type"]}
    fragments = [path for path in (ROOT / "changelog.d").iterdir() if path.name not in {"README.md", ".gitignore"}]
    draft = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "next"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert kinds == {"change", "model", "fix", "breaking"}
    for path in fragments:
        assert re.fullmatch(rf"(\d+|\+[\w-]+)\.({'|'.join(sorted(kinds))})(\.\d+)?\.md", path.name), path.name
        assert path.read_text("utf-8").split()[0] in draft


def test_nothing_that_git_ignores_is_needed():
    """Results stay out of git, the page that explains them stays in."""
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()

    assert "outputs/*" in ignored
    assert "!outputs/README.md" in ignored
    assert (ROOT / "outputs" / "README.md").is_file()
