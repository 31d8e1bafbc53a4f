"""The page on testing shows a file that runs as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from backbone.testing import rehearsal

ROOT = Path(__file__).parents[2]
[EXAMPLE] = re.findall(
    r"```python\n(.+?)```", (ROOT / "docs/testing.md").read_text("utf-8"), re.DOTALL
)


def test_the_example_of_the_page_passes_in_a_file_of_its_own(tmp_path):
    file = tmp_path / "test_bakery.py"
    file.write_text(EXAMPLE, "utf-8")

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert "2 passed" in run.stdout, run.stdout + run.stderr


def test_the_ten_lines_of_the_docstring_are_those_of_the_page():
    shown = re.findall(r"^    (.*)$", rehearsal.__doc__, re.MULTILINE)
    lines = [line for line in shown if line and not line.startswith("FARM")]

    assert "\n".join(lines) in re.sub(r"\n\n", "\n", EXAMPLE)
