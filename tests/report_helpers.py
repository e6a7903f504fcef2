"""A small comparison and its page, made once for the tests of the page."""

from pathlib import Path

from runs_helpers import village

MONTHS = 26
BASE = """\
extends: baseline
name: {zh: 小村, en: Small}
village: {households: 24}
months: 26
"""
NAME = 'With a fund <b>& "courses"</b> </script><script>document.title = "broken"</script>'
ARM = f"""\
extends: plain.yaml
name: {{zh: "有基金<b>与培训</b>", en: '{NAME}'}}
parameters: {{side.adopt_rate: 0.5}}
actions:
  - {{do: open_fund, month: 3, capital: 30000 yuan}}
  - {{do: train, trade: bees, month: 4, seats: 10, hours: 40}}
  - {{do: relief, month: 6, amount: 3000 yuan}}
"""


def compared(folder: Path) -> Path:
    """Two scenarios lived by two twins, with their page; the name of one tries to break out of the page."""
    (folder / "plain.yaml").write_text(BASE, "utf-8")
    (folder / "fund.yaml").write_text(ARM, "utf-8")
    done = village("compare", "plain.yaml", "fund.yaml", "--twins", "2", "--out", "out", cwd=folder, page=True)
    assert done.returncode == 0, done.stderr
    return folder / "out"
